//! What TikTok said already, and whom its words wake.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::publication::{Attempt, Publication, PublicationState, Receipt, Stage};
use greenroom::store::{Errand, Store};

use super::engines;
use super::given::{Team, at, attempt, upload};

async fn hears(store: &Store, said: u8, minutes: i64) -> bool {
    let mut tx = store.begin().await.unwrap();
    let is_new = tx.hear([said; 32], at(minutes), at(minutes) - TimeDelta::hours(74)).await.unwrap();
    tx.commit().await.unwrap();
    is_new
}

#[tokio::test]
async fn what_tiktok_said_is_heard_once_and_forgotten_in_the_end() {
    for engine in engines().await {
        let store = &engine.store;
        assert!(hears(store, 1, 0).await && hears(store, 2, 1).await);
        assert!(!hears(store, 1, 74 * 60).await, "it is remembered for as long as its signature is taken");
        assert!(hears(store, 1, 74 * 60 + 1).await);
        assert!(!hears(store, 2, 74 * 60 + 1).await);
        store.close().await;
    }
}

async fn asks(store: &Store, publish_id: &str, minutes: i64) -> bool {
    let mut tx = store.begin().await.unwrap();
    let asked = tx.ask_now(publish_id, at(minutes)).await.unwrap();
    tx.commit().await.unwrap();
    asked
}

/// One publication of the team, as its worker left it: TikTok calls its try by that name.
async fn left(store: &Store, team: &Team, name: &str, number: i64, state: PublicationState, held: bool) {
    team.approved(store, number, at(60)).await;
    let claim = store.claim(Errand::Send, "worker", at(60), at(61), 1).await.unwrap().remove(0);
    let opened = claim.publication.clone().start(at(60)).unwrap().open(upload(name)).unwrap();
    let state = match (state, opened.attempt().cloned()) {
        (PublicationState::Publishing { attempt, resume_at }, Some(opened)) => {
            PublicationState::Publishing { attempt: Attempt { stage: attempt.stage, ..opened }, resume_at }
        }
        (PublicationState::Processing { attempt, asked, since, ask_at }, Some(opened)) => {
            PublicationState::Processing { attempt: Attempt { stage: attempt.stage, ..opened }, asked, since, ask_at }
        }
        (over, _) => over,
    };
    let mut tx = store.begin().await.unwrap();
    tx.keep(&claim, &opened, at(61)).await.unwrap();
    let left = Publication { state, ..opened };
    if held {
        tx.keep(&claim, &left, later()).await.unwrap();
    } else {
        tx.release(&claim, &left).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// When each of them would be looked at by itself.
fn later() -> DateTime<Utc> {
    at(2_000)
}

async fn wakes_whom_it_should(store: &Store) {
    let team = Team::moves_in(store).await;
    let publishing = |stage| PublicationState::Publishing { attempt: attempt(1, stage), resume_at: later() };
    let processing = |name| PublicationState::Processing {
        attempt: attempt(1, Stage::Delivered { upload: upload(name) }),
        asked: 3,
        since: at(60),
        ask_at: later(),
    };
    let receipt = |name: &str| Receipt { publish_id: name.into(), post_id: None, url: None };
    let published = |name, ask_at| PublicationState::Published { receipt: receipt(name), at: at(60), ask_at };
    let in_inbox = |name, ask_at| PublicationState::InInbox { receipt: receipt(name), at: at(60), ask_at };
    let rows = [
        ("v_uploading", publishing(Stage::Uploading { upload: upload("v_uploading"), sent_bytes: 0 }), false, false),
        ("v_committing", publishing(Stage::Committing { upload: upload("v_committing") }), false, true),
        ("v_processing", processing("v_processing"), false, true),
        ("v_held", processing("v_held"), true, false),
        ("v_published", published("v_published", Some(later())), false, true),
        ("v_with_link", published("v_with_link", None), false, false),
        ("v_inbox", in_inbox("v_inbox", Some(later())), false, true),
        ("v_forgotten", in_inbox("v_forgotten", None), false, true),
        ("v_retried", PublicationState::Scheduled { wake_at: later(), setback: None }, false, false),
    ];
    for (number, (name, state, held, _)) in (1..).zip(&rows) {
        left(store, &team, name, number, state.clone(), *held).await;
    }
    assert!(!asks(store, "v_unknown", 100).await, "nobody knows that name");
    for (name, _, _, wakes) in &rows {
        let before = store.publication_by_publish_id(name).await.unwrap().unwrap();
        assert_eq!(asks(store, name, 100).await, *wakes, "{name}");
        assert!(!asks(store, name, 100).await, "{name} is awake");
        assert_eq!(store.publication_by_publish_id(name).await.unwrap(), Some(before), "no state changes");
    }
    let mut woken = 0;
    for errand in Errand::ALL {
        woken += store.claim(errand, "another", at(100), at(101), 50).await.unwrap().len();
    }
    assert_eq!(woken, rows.iter().filter(|(_, _, _, wakes)| *wakes).count());
}

#[tokio::test]
async fn only_what_would_be_asked_about_anyway_is_asked_about_now() {
    for engine in engines().await {
        wakes_whom_it_should(&engine.store).await;
        engine.store.close().await;
    }
}
