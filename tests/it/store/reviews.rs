//! What keeps a review: reminders that are owed once, and what is known of people's rights.

use chrono::TimeDelta;
use greenroom::domain::ids::RoleId;
use greenroom::domain::post::Post;
use greenroom::domain::publication::Publication;
use greenroom::domain::review::{KnownRights, Word};
use greenroom::store::Store;
use tokio::task::JoinSet;

use super::engines;
use super::given::{KIM, RUI, TEAM, Team, at, verdict};

async fn saved(store: &Store, post: &Post) {
    let mut tx = store.begin().await.unwrap();
    tx.save_post(post).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_who_find_a_reminder_due_one_owes_it() {
    for engine in engines().await {
        let team = Team::moves_in(&engine.store).await;
        let post = team.in_review(&engine.store, 1).await;
        let first = engine.store.next_reminder().await.unwrap().expect("it is due in an hour");
        assert_eq!(Some(first), post.first_reminder());
        assert_eq!(engine.store.due_reminders(first, 10).await.unwrap(), [(post.id, first)]);
        let mut race = JoinSet::new();
        for _ in 0..4 {
            let (store, id) = (engine.store.clone(), post.id);
            race.spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let is_ours = tx.take_reminder(id, first, None).await.unwrap();
                tx.commit().await.unwrap();
                is_ours
            });
        }
        assert_eq!(race.join_all().await.into_iter().filter(|is_ours| *is_ours).count(), 1);
        assert_eq!(engine.store.next_reminder().await.unwrap(), None);
        engine.store.close().await;
    }
}

#[tokio::test]
async fn a_verdict_keeps_the_reminders_and_the_end_of_a_review_ends_them() {
    for engine in engines().await {
        let store = &engine.store;
        let post = Team::moves_in(store).await.in_review(store, 1).await;
        let first = store.next_reminder().await.unwrap();
        let judged = Post { verdicts: vec![verdict(&post, RUI, Word::Approve)], ..post.clone() };
        saved(store, &judged).await;
        assert_eq!(store.next_reminder().await.unwrap(), first);
        let post = store.post(post.id).await.unwrap().unwrap();
        saved(store, &post.lapse(at(600)).expect("its time has come")).await;
        assert_eq!(store.next_reminder().await.unwrap(), None);
        engine.store.close().await;
    }
}

#[tokio::test]
async fn the_newest_word_about_somebody_is_what_is_known() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let post = team.in_review(store, 1).await;
        let judged = Post { verdicts: vec![verdict(&post, RUI, Word::Approve)], ..post };
        saved(store, &judged).await;
        let holds = |minute| KnownRights { roles: vec![RoleId(5)], manages: false, seen_at: at(minute) };
        for (member, rights) in [(RUI, holds(10)), (RUI, KnownRights::gone(at(20))), (RUI, holds(15)), (KIM, holds(20))]
        {
            let mut tx = store.begin().await.unwrap();
            tx.note_rights(TEAM, member, &rights).await.unwrap();
            tx.commit().await.unwrap();
        }
        let known = store.rights_of_judges(judged.id).await.unwrap();
        assert_eq!(known, [(RUI, KnownRights::gone(at(20)))], "of those whose word counts");
        engine.store.close().await;
    }
}

#[tokio::test]
async fn who_approved_is_asked_about_twice_before_the_time() {
    let (ahead, last) = (TimeDelta::minutes(10), TimeDelta::minutes(1));
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let (post, publication): (Post, Publication) = team.approved(store, 1, at(60)).await;
        let approved = Post { verdicts: vec![verdict(&post, RUI, Word::Approve)], ..post };
        saved(store, &approved).await;
        assert_eq!(store.waiting_approved_by(TEAM, RUI).await.unwrap(), [publication.post]);
        let due = publication.due_at;
        let asked = async |now| store.judges_to_ask_about(now, ahead, last).await.unwrap().len();
        let seen = async |at| {
            let mut tx = store.begin().await.unwrap();
            tx.note_rights(TEAM, RUI, &KnownRights::gone(at)).await.unwrap();
            tx.commit().await.unwrap();
        };
        assert_eq!(asked(due - ahead - last).await, 0, "it is long until then");
        assert_eq!(asked(due - ahead).await, 1, "nothing is known of them");
        seen(due - ahead).await;
        assert_eq!(asked(due - ahead).await, 0);
        assert_eq!(asked(due - last).await, 1, "once more in the last minute");
        seen(due - last).await;
        assert_eq!(asked(due).await, 0);
        engine.store.close().await;
    }
}
