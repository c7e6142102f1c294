//! Claims: each row once, fenced by its epoch, rescued when its lease has ended.

use std::collections::HashMap;

use chrono::TimeDelta;
use greenroom::domain::post::{Post, PostStage, PostState};
use greenroom::domain::publication::{Publication, PublicationState, Stage};
use greenroom::store::{Errand, Store};
use tokio::task::JoinSet;

use super::engines;
use super::given::{Team, at, upload};

const ROWS: i64 = 2_000;

/// Claims until nothing is left, and names what was got.
async fn claims_all(store: Store, owner: String) -> Vec<String> {
    let mut got = Vec::new();
    loop {
        let claims = store.claim(Errand::Send, &owner, at(0), at(10), 20).await.unwrap();
        if claims.is_empty() {
            return got;
        }
        got.extend(claims.iter().map(|claim| claim.publication.id.to_string()));
    }
}

async fn each_row_is_claimed_once(store: &Store) {
    let team = Team::moves_in(store).await;
    let mut tx = store.begin().await.unwrap();
    for number in 1..=ROWS {
        let post = team.post(number, PostState::Approved { at: at(0) });
        tx.add_post(&post).await.unwrap();
        let due_at = at(0) - TimeDelta::milliseconds(number % 97);
        let scheduled = PublicationState::Scheduled { wake_at: due_at, setback: None };
        let publication = Publication { due_at, state: scheduled, ..Publication::of(&post, at(0)) };
        tx.add_publication(&publication).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut workers = JoinSet::new();
    for worker in 0..4 {
        workers.spawn(claims_all(store.clone(), format!("worker {worker}")));
    }
    let mut times: HashMap<String, u32> = HashMap::new();
    for id in workers.join_all().await.into_iter().flatten() {
        *times.entry(id).or_default() += 1;
    }
    assert_eq!(times.len(), 2_000, "every row was claimed");
    assert!(times.values().all(|claimed| *claimed == 1), "no row was claimed twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_claim_two_thousand_rows_each_exactly_once() {
    for engine in engines().await {
        each_row_is_claimed_once(&engine.store).await;
        engine.store.close().await;
    }
}

async fn a_lapsed_lease(store: &Store) {
    let team = Team::moves_in(store).await;
    let (post, publication) = team.approved(store, 1, at(60)).await;
    assert!(store.claim(Errand::Send, "early", at(59), at(61), 5).await.unwrap().is_empty());

    // The first worker opens an upload and is then stopped.
    let mut first = store.claim(Errand::Send, "first", at(60), at(61), 5).await.unwrap();
    let first = first.remove(0);
    assert_eq!((first.owner(), first.epoch()), ("first", 1));
    assert_eq!((first.post_stage, first.post_revision), (PostStage::Approved, post.revision()));
    assert_eq!(first.publication, publication);
    let opened = first.publication.clone().start(at(60)).unwrap().open(upload("v_pub_1")).unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.keep(&first, &opened, at(62)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(
        store.claim(Errand::Send, "second", at(61), at(65), 5).await.unwrap().is_empty(),
        "the lease was made longer"
    );

    // The second finds the upload in the row and goes on with it.
    let mut second = store.claim(Errand::Send, "second", at(62), at(65), 5).await.unwrap();
    let second = second.remove(0);
    assert_eq!(second.epoch(), 2);
    assert_eq!(second.publication, opened);
    assert_eq!(store.publication_by_publish_id("v_pub_1").await.unwrap(), Some(opened.clone()));

    // The first wakes up. Nothing it does counts any more.
    let mut tx = store.begin().await.unwrap();
    assert!(tx.keep(&first, &opened, at(70)).await.unwrap_err().is_stale());
    assert!(tx.release(&first, &opened).await.unwrap_err().is_stale());
    drop(tx);
    assert_eq!(store.extend("first", &[first.lease()], at(70)).await.unwrap(), 0);
    assert_eq!(store.extend("second", &[first.lease()], at(70)).await.unwrap(), 0);
    assert_eq!(store.next_wake().await.unwrap(), Some(at(65)));

    assert_eq!(store.extend("second", &[first.lease(), second.lease()], at(66)).await.unwrap(), 1);
    assert_eq!(store.next_wake().await.unwrap(), Some(at(66)));

    // Another upload never takes the place of the one that is written down.
    let mut other = opened.clone();
    if let PublicationState::Publishing { attempt, .. } = &mut other.state {
        attempt.stage = Stage::Uploading { upload: upload("v_pub_2"), sent_bytes: 0 };
    }
    let mut tx = store.begin().await.unwrap();
    assert!(tx.keep(&second, &other, at(70)).await.unwrap_err().is_stale());
    drop(tx);

    let delivered = opened.commit(at(60)).unwrap().deliver(at(63)).unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.release(&second, &delivered).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), delivered.wake_at());
    assert_eq!(store.publication(publication.id).await.unwrap(), Some(delivered));
    assert_eq!(store.extend("second", &[second.lease()], at(70)).await.unwrap(), 0, "what was let go of is not held");
}

#[tokio::test]
async fn a_stopped_workers_publication_is_rescued_and_its_late_writes_are_refused() {
    for engine in engines().await {
        a_lapsed_lease(&engine.store).await;
        engine.store.close().await;
    }
}

async fn retries(store: &Store) {
    let team = Team::moves_in(store).await;
    let (_, publication) = team.approved(store, 1, at(60)).await;
    // Round after round, also when a person has the count begin anew, one attempt is under way at most.
    let mut latest = publication;
    for round in 0..3_i64 {
        let now = at(60 + 10 * round);
        let claim = store.claim(Errand::Send, "worker", now, now + TimeDelta::minutes(1), 1).await.unwrap().remove(0);
        assert_eq!(claim.publication, latest);
        let opened = claim.publication.clone().start(now).unwrap().open(upload(&format!("p{round}"))).unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.keep(&claim, &opened, now).await.unwrap();
        let failed = opened.meet(never(), now).unwrap();
        tx.release(&claim, &failed).await.unwrap();
        let again = failed.retry(now).unwrap();
        tx.save_unclaimed(&again, greenroom::domain::publication::PublicationStage::Failed).await.unwrap();
        tx.commit().await.unwrap();
        latest = again;
    }
    assert_eq!(store.publication(latest.id).await.unwrap(), Some(latest));
}

fn never() -> greenroom::domain::publication::Setback {
    greenroom::domain::publication::Setback {
        code: "internal".into(),
        said: "It did not work.".into(),
        hint: "try again".into(),
        whose: greenroom::domain::publication::Whose::TikTok,
        next: greenroom::domain::publication::Next::Never,
    }
}

#[tokio::test]
async fn a_failed_publication_can_be_tried_again_and_again() {
    for engine in engines().await {
        retries(&engine.store).await;
        engine.store.close().await;
    }
}

async fn giving_back(store: &Store) {
    let team = Team::moves_in(store).await;
    let (_, publication) = team.approved(store, 1, at(60)).await;
    let held = store.claim(Errand::Send, "one", at(60), at(90), 5).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(store.release_own("another").await.unwrap(), 0);
    assert_eq!(store.release_own("one").await.unwrap(), 1);
    assert_eq!(store.claim(Errand::Send, "two", at(60), at(90), 5).await.unwrap()[0].publication, publication);
    let mut tx = store.begin().await.unwrap();
    assert!(tx.keep(&held[0], &publication, at(91)).await.unwrap_err().is_stale());
}

#[tokio::test]
async fn a_worker_that_stops_gives_back_what_it_holds() {
    for engine in engines().await {
        giving_back(&engine.store).await;
        engine.store.close().await;
    }
}

async fn nudging(store: &Store) {
    let team = Team::moves_in(store).await;
    let (post, publication) = team.approved(store, 1, at(60)).await;
    let mut tx = store.begin().await.unwrap();
    tx.wake(publication.id, at(30)).await.unwrap();
    tx.commit().await.unwrap();
    // The row is looked at early; the publication itself still says when its time is.
    let claim = store.claim(Errand::Send, "worker", at(30), at(31), 1).await.unwrap().remove(0);
    assert_eq!(claim.publication, publication);
    let mut tx = store.begin().await.unwrap();
    tx.wake(publication.id, at(30)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), Some(at(31)), "a lease is not cut short");
    let _: Post = post;
}

#[tokio::test]
async fn a_nudge_has_a_publication_looked_at_and_changes_nothing_else() {
    for engine in engines().await {
        nudging(&engine.store).await;
        engine.store.close().await;
    }
}
