//! Two at the same time: one winner, and the other is told.

use greenroom::domain::post::{Post, PostState};
use greenroom::domain::publication::{Publication, PublicationStage, PublicationState};
use greenroom::domain::review::Word;
use greenroom::domain::workspace::Actor;
use greenroom::store::{Claim, Errand, Store};
use tokio::task::JoinSet;

use super::engines;
use super::given::{MIA, RUI, TEAM, Team, at, upload, verdict};

/// What came of one race between a person and a worker.
enum Outcome {
    Person(bool),
    Worker(Vec<Claim>),
}

async fn a_cancel_races_a_claim(store: &Store) {
    let team = Team::moves_in(store).await;
    for number in 1..=25 {
        let (_, publication) = team.approved(store, number, at(60)).await;
        let mut race = JoinSet::new();
        race.spawn({
            let (store, id) = (store.clone(), publication.id);
            async move {
                let mut tx = store.begin().await.unwrap();
                let read = tx.publication(id).await.unwrap().unwrap();
                let cancelled = read.cancel(at(60)).unwrap();
                match tx.save_unclaimed(&cancelled, PublicationStage::Scheduled).await {
                    Ok(()) => tx.commit().await.unwrap(),
                    Err(error) if error.is_stale() => return Outcome::Person(false),
                    Err(error) => panic!("{error}"),
                }
                Outcome::Person(true)
            }
        });
        race.spawn({
            let store = store.clone();
            async move { Outcome::Worker(store.claim(Errand::Send, "worker", at(60), at(61), 5).await.unwrap()) }
        });
        let (mut cancelled, mut claims) = (false, Vec::new());
        for outcome in race.join_all().await {
            match outcome {
                Outcome::Person(won) => cancelled = won,
                Outcome::Worker(got) => claims = got,
            }
        }
        // A worker that looked while the person was deciding sees nothing, and finds it at its next look.
        if !cancelled && claims.is_empty() {
            claims = store.claim(Errand::Send, "worker", at(60), at(61), 5).await.unwrap();
        }
        assert_ne!(cancelled, claims.len() == 1, "exactly one of the two wins");
        let now = store.publication(publication.id).await.unwrap().unwrap();
        assert_eq!(now.stage() == PublicationStage::Cancelled, cancelled);
        for claim in claims {
            let mut tx = store.begin().await.unwrap();
            let over = claim.publication.clone().cancel(at(61)).unwrap();
            tx.release(&claim, &over).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_cancel_and_a_claim_exactly_one_wins() {
    for engine in engines().await {
        a_cancel_races_a_claim(&engine.store).await;
        engine.store.close().await;
    }
}

/// A person stops a post while its worker writes down that the last chunk leaves: never both.
async fn a_cancel_races_the_point_of_no_return(store: &Store) {
    let team = Team::moves_in(store).await;
    for number in 1..=25 {
        let (_, publication) = team.approved(store, number, at(60)).await;
        let claim = store.claim(Errand::Send, "worker", at(60), at(61), 5).await.unwrap().remove(0);
        let opened = publication.start(at(60)).unwrap().open(upload(&format!("v_pub_{number}"))).unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.keep(&claim, &opened, at(61)).await.unwrap();
        tx.commit().await.unwrap();

        let mut race = JoinSet::new();
        race.spawn({
            let (store, committing) = (store.clone(), opened.clone().commit(at(60)).unwrap());
            async move {
                let mut tx = store.begin().await.unwrap();
                let kept = tx.keep(&claim, &committing, at(61)).await;
                if kept.is_ok() {
                    // The line of the trail, for which others wait as well.
                    tx.audit(TEAM, &Actor::Program, "publication.committed", None, serde_json::json!({}), at(60))
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                }
                kept.is_ok()
            }
        });
        race.spawn({
            let (store, id) = (store.clone(), opened.id);
            async move {
                let mut tx = store.begin().await.unwrap();
                let Ok(cancelled) = tx.publication(id).await.unwrap().unwrap().cancel(at(60)) else { return false };
                let saved = tx.save_over(&cancelled, PublicationStage::Publishing).await;
                if saved.is_ok() {
                    tx.commit().await.unwrap();
                }
                saved.is_ok()
            }
        });
        let won = race.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1, "either it is stopped or it goes out");
        let mut tx = store.begin().await.unwrap();
        let now = tx.publication(opened.id).await.unwrap().unwrap();
        if now.stage() == PublicationStage::Publishing {
            let cancelled = Publication { state: PublicationState::Cancelled { at: at(61) }, ..now };
            assert!(tx.save_over(&cancelled, PublicationStage::Publishing).await.unwrap_err().is_stale());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_cancel_and_the_last_chunk_exactly_one_wins() {
    for engine in engines().await {
        a_cancel_races_the_point_of_no_return(&engine.store).await;
        engine.store.close().await;
    }
}

async fn an_early_read_is_fenced(store: &Store) {
    let team = Team::moves_in(store).await;
    let (_, publication) = team.approved(store, 1, at(60)).await;
    let claim = store.claim(Errand::Send, "worker", at(60), at(61), 1).await.unwrap().remove(0);
    let mut tx = store.begin().await.unwrap();
    let cancelled = publication.clone().cancel(at(60)).unwrap();
    assert!(tx.save_unclaimed(&cancelled, PublicationStage::Scheduled).await.unwrap_err().is_stale());
    drop(tx);
    let failed = publication.clone();
    let mut tx = store.begin().await.unwrap();
    tx.release(&claim, &failed).await.unwrap();
    tx.save_unclaimed(&cancelled, PublicationStage::Scheduled).await.unwrap();
    assert!(tx.save_unclaimed(&cancelled, PublicationStage::Scheduled).await.unwrap_err().is_stale());
    tx.commit().await.unwrap();
    assert!(store.claim(Errand::Send, "worker", at(99), at(100), 1).await.unwrap().is_empty());
    assert_eq!(store.next_wake().await.unwrap(), None);
}

#[tokio::test]
async fn a_person_cannot_change_what_a_worker_holds() {
    for engine in engines().await {
        an_early_read_is_fenced(&engine.store).await;
        engine.store.close().await;
    }
}

async fn two_reviewers(store: &Store) {
    let team = Team::moves_in(store).await;
    let post = team.post(1, PostState::InReview { since: at(0) });
    let mut tx = store.begin().await.unwrap();
    tx.add_post(&post).await.unwrap();
    tx.commit().await.unwrap();

    // Both read inside their transaction, so the second waits for the first and sees its word.
    let mut both = JoinSet::new();
    for by in [MIA, RUI] {
        let (store, id) = (store.clone(), post.id);
        both.spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let mut read = tx.post(id).await.unwrap().unwrap();
            read.verdicts.push(verdict(&read, by, Word::Approve));
            tx.save_post(&read).await.unwrap();
            tx.commit().await.unwrap();
        });
    }
    both.join_all().await;
    let judged = store.post(post.id).await.unwrap().unwrap();
    assert_eq!((judged.approvals().count(), judged.version), (2, 2));

    // Who read outside and was overtaken is told so.
    let mut tx = store.begin().await.unwrap();
    assert!(tx.save_post(&post).await.unwrap_err().is_stale());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_reviewers_at_once_both_count() {
    for engine in engines().await {
        two_reviewers(&engine.store).await;
        engine.store.close().await;
    }
}

async fn numbers(store: &Store) {
    Team::moves_in(store).await;
    let mut takers = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        takers.spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let number = tx.next_post_number(TEAM).await.unwrap();
            tx.commit().await.unwrap();
            number
        });
    }
    let mut taken = takers.join_all().await;
    taken.sort_unstable();
    assert_eq!(taken, (1..=20).collect::<Vec<i64>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_two_posts_get_the_same_number() {
    for engine in engines().await {
        numbers(&engine.store).await;
        engine.store.close().await;
    }
}

async fn one_effort(store: &Store) {
    let team = Team::moves_in(store).await;
    let (post, first) = team.approved(store, 1, at(60)).await;
    let second = super::given::publication(&post, PublicationState::Scheduled { wake_at: at(60), setback: None });
    let mut tx = store.begin().await.unwrap();
    assert!(tx.add_publication(&second).await.unwrap_err().is_stale());
    drop(tx);

    // Once the first was cancelled there may be another, and it is the one that counts.
    let mut tx = store.begin().await.unwrap();
    let cancelled = first.clone().cancel(at(1)).unwrap();
    tx.save_unclaimed(&cancelled, PublicationStage::Scheduled).await.unwrap();
    tx.add_publication(&second).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.publication_of(post.id).await.unwrap(), Some(second));
    let _: Post = post;
}

#[tokio::test]
async fn a_post_has_one_publication_that_counts() {
    for engine in engines().await {
        one_effort(&engine.store).await;
        engine.store.close().await;
    }
}
