//! Limits that hold across processes and restarts.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::account::{Account, Delivery};
use greenroom::domain::budget::{Guard, Guards, Room, Usage, room};
use greenroom::domain::clock::PushedClock;
use greenroom::domain::ids::PublicationId;
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::Publication;
use greenroom::flows::Failure;
use greenroom::flows::budget::Budget;
use greenroom::store::Store;
use greenroom::tiktok::budget::Class;
use greenroom::tiktok::trouble::{Kind, Next};
use tokio::task::JoinSet;

use super::engines;
use super::given::{TEAM, Team, account, at};

const HARBOUR: &str = "open-harbour";

async fn takes(budget: &Budget, class: Class) -> Result<(), Option<Duration>> {
    match budget.take(HARBOUR, class).await.unwrap() {
        Ok(()) => Ok(()),
        Err(trouble) => {
            assert_eq!(trouble.kind, Kind::OwnPace);
            let Next::Later(wait) = trouble.next else { panic!("{trouble:?}") };
            Err(wait)
        }
    }
}

/// Two processes, each with connections of its own, want far more than there is.
async fn two_processes(url: &str) {
    let clock = PushedClock::standing(at(0));
    let mut granted: Vec<(Class, DateTime<Utc>)> = Vec::new();
    let stores = [Store::open(url).await.unwrap(), Store::open(url).await.unwrap()];
    let budgets = stores.each_ref().map(|store| Budget::new(store.clone(), clock.clone(), 40));
    for step in 0..8 {
        let now = at(0) + TimeDelta::seconds(step * 17);
        clock.set(now);
        let mut race = JoinSet::new();
        for budget in &budgets {
            for _ in 0..9 {
                for class in [Class::Open, Class::CreatorInfo, Class::Status] {
                    let budget = budget.clone();
                    race.spawn(async move { budget.take(HARBOUR, class).await.unwrap().ok().map(|()| class) });
                }
            }
        }
        granted.extend(race.join_all().await.into_iter().flatten().map(|class| (class, now)));
    }
    let no_more_than = |most: u32, taken: Vec<DateTime<Utc>>| {
        let most = usize::try_from(most).unwrap();
        assert!(taken.len() > most, "what there is can be used: {taken:?}");
        assert!(taken.windows(most + 1).all(|run| run[most] - run[0] >= TimeDelta::seconds(60)), "{most}: {taken:?}");
    };
    for class in [Class::Open, Class::CreatorInfo] {
        let own = granted.iter().filter(|(of, _)| *of == class).map(|(_, when)| *when).collect();
        no_more_than(class.per_minute(), own);
    }
    no_more_than(40, granted.into_iter().map(|(_, when)| when).collect());
    for store in stores {
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_ask_more_than_one_may() {
    for engine in engines().await {
        engine.store.close().await;
        two_processes(&engine.url).await;
    }
}

#[tokio::test]
async fn a_restart_forgets_no_call() {
    for engine in engines().await {
        let clock = PushedClock::standing(at(0));
        let budget = Budget::new(engine.store.clone(), clock.clone(), 100);
        for _ in 0..6 {
            takes(&budget, Class::Open).await.unwrap();
        }
        clock.push(Duration::from_secs(20));
        let again = Budget::new(Store::open(&engine.url).await.unwrap(), clock.clone(), 100);
        assert_eq!(takes(&again, Class::Open).await, Err(Some(Duration::from_secs(40))));
        takes(&again, Class::Status).await.unwrap();
        assert!(again.take("open-pier", Class::Open).await.unwrap().is_ok(), "accounts do not share");
        clock.push(Duration::from_secs(40));
        for _ in 0..6 {
            takes(&again, Class::Open).await.unwrap();
        }
        engine.store.close().await;
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_locks_nobody_out() {
    for engine in engines().await {
        let clock = PushedClock::standing(at(600));
        let budget = Budget::new(engine.store.clone(), clock.clone(), 100);
        for _ in 0..6 {
            takes(&budget, Class::Open).await.unwrap();
        }
        clock.set(at(0));
        assert_eq!(takes(&budget, Class::Open).await, Err(Some(Duration::from_secs(60))));
        clock.push(Duration::from_secs(30));
        assert_eq!(takes(&budget, Class::Open).await, Err(Some(Duration::from_secs(30))));
        clock.push(Duration::from_secs(30));
        takes(&budget, Class::Open).await.unwrap();
        engine.store.close().await;
    }
}

#[tokio::test]
async fn a_short_wait_is_waited_for_and_a_long_one_is_not() {
    let engine = engines().await.remove(0);
    let standing = Budget::new(engine.store.clone(), PushedClock::standing(at(0)), 1);
    standing.take_within(HARBOUR, Class::Display, Duration::ZERO).await.unwrap();
    let refused = standing.take_within(HARBOUR, Class::Display, Duration::from_secs(5)).await.unwrap_err();
    assert!(matches!(refused, Failure::Refused(_)), "{refused:?}");

    let clock = PushedClock::running();
    let budget = Budget::new(engine.store.clone(), clock.clone(), 1);
    budget.take_within("open-pier", Class::Display, Duration::ZERO).await.unwrap();
    clock.push(Duration::from_millis(59_900));
    budget.take_within("open-pier", Class::Display, Duration::from_secs(5)).await.unwrap();
    engine.store.close().await;
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_no_trouble_of_tiktoks() {
    let engine = engines().await.remove(0);
    let budget = Budget::new(engine.store.clone(), PushedClock::standing(at(0)), 100);
    engine.store.close().await;
    assert!(matches!(budget.take(HARBOUR, Class::Open).await, Err(Failure::Broken(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rush_is_answered_in_few_transactions() {
    for engine in engines().await {
        let budget = Arc::new(Budget::new(engine.store.clone(), PushedClock::standing(at(0)), 100));
        let mut rush = JoinSet::new();
        for number in 0..500 {
            let budget = Arc::clone(&budget);
            rush.spawn(
                async move { budget.take(&format!("open-{}", number % 50), Class::Open).await.unwrap().is_ok() },
            );
        }
        let granted = rush.join_all().await.into_iter().filter(|granted| *granted).count();
        assert_eq!(granted, 50 * 6);
        engine.store.close().await;
    }
}

async fn what_counts(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    for source in ["a", "b", "b"] {
        tx.spend(HARBOUR, Guard::Uploads, source, at(0)).await.unwrap();
    }
    tx.spend(HARBOUR, Guard::Posts, "b", at(5)).await.unwrap();
    tx.spend("open-pier", Guard::Posts, "c", at(5)).await.unwrap();
    tx.commit().await.unwrap();
    let expected = Usage { uploads: vec![at(0), at(0)], posts: vec![at(5)], ..Usage::default() };
    assert_eq!(store.usage(HARBOUR, at(10)).await.unwrap(), expected);

    // Set back, what lies ahead counts as just now; and once it is over it is gone.
    let usage = store.usage(HARBOUR, at(-60)).await.unwrap();
    assert_eq!((usage.uploads[0], usage.posts[0]), (at(-60), at(-60)));
    let mut tx = store.begin().await.unwrap();
    tx.spend(HARBOUR, Guard::Drafts, "d", at(24 * 60)).await.unwrap();
    tx.commit().await.unwrap();
    let usage = store.usage(HARBOUR, at(24 * 60)).await.unwrap();
    assert_eq!((usage.uploads.len(), usage.posts.len(), usage.drafts.len()), (0, 1, 1));
}

#[tokio::test]
async fn each_thing_counts_once_and_for_a_day() {
    for engine in engines().await {
        what_counts(&engine.store).await;
        engine.store.close().await;
    }
}

async fn what_is_ahead(store: &Store) {
    let team = Team::moves_in(store).await;
    let other: Account = account(TEAM, "open-pier", "pier");
    let (mine, publication) = team.approved(store, 1, at(60)).await;
    let (_, moved) = team.approved(store, 2, at(61)).await;
    let asap = Post { due: Due::Asap, ..team.post(3, PostState::InReview { since: at(0) }) };
    let later = Post { due: Due::At(at(90)), ..team.post(4, PostState::InReview { since: at(0) }) };
    let draft = Post { due: Due::At(at(91)), ..team.post(5, PostState::Draft) };
    let mut tx = store.begin().await.unwrap();
    for post in [&asap, &later, &draft] {
        tx.add_post(post).await.unwrap();
    }
    tx.save_account(&other).await.unwrap();
    tx.move_on(moved.id, at(200)).await.unwrap();
    tx.commit().await.unwrap();

    let mut dues = store.live_dues(&team.account, mine.id, at(10)).await.unwrap();
    dues.sort_unstable();
    assert_eq!(dues, [at(10), at(61), at(90)]);
    assert!(store.live_dues(&other, mine.id, at(10)).await.unwrap().is_empty());

    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.promised(team.account.id, publication.id, at(10)).await.unwrap(), [at(200)]);
    assert!(reader.promised(team.account.id, moved.id, at(10)).await.unwrap().is_empty());
    assert!(reader.promised(team.account.id, publication.id, at(200)).await.unwrap().is_empty());
    let read: Publication = reader.publication(moved.id).await.unwrap().unwrap();
    assert_eq!(read.moved_to, Some(at(200)));
}

#[tokio::test]
async fn what_waits_is_known_for_each_account() {
    for engine in engines().await {
        what_is_ahead(&engine.store).await;
        engine.store.close().await;
    }
}

/// Begins a try if there is room, as publishing does: held, asked, counted in one transaction.
async fn begins(store: Store, account: Account, publication: Publication, epoch: i64) -> bool {
    const GUARDS: Guards = Guards { uploads_per_hour: 3, posts_per_day: 15, scheduled_per_day: 50 };
    let now = at(60) + TimeDelta::seconds(epoch);
    let mut tx = store.begin().await.unwrap();
    tx.hold_budget(&account.open_id).await.unwrap();
    let usage = tx.usage(&account.open_id, now).await.unwrap();
    if room(&GUARDS, Delivery::Direct, &usage, &[], now) != Room::Free {
        return false;
    }
    let id: PublicationId = publication.id;
    tx.spend(&account.open_id, Guard::Uploads, &id.to_string(), now).await.unwrap();
    tx.commit().await.unwrap();
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_begin_at_once_open_no_more_than_allowed() {
    for engine in engines().await {
        let team = Team::moves_in(&engine.store).await;
        let second = Store::open(&engine.url).await.unwrap();
        let mut race = JoinSet::new();
        for number in 1..=8 {
            let (_, publication) = team.approved(&engine.store, number, at(60)).await;
            let store = if number % 2 == 0 { engine.store.clone() } else { second.clone() };
            race.spawn(begins(store, team.account.clone(), publication, number));
        }
        assert_eq!(race.join_all().await.into_iter().filter(|begun| *begun).count(), 3);
        second.close().await;
        engine.store.close().await;
    }
}
