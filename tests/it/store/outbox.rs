//! Notices: merged while they wait, fenced while they are delivered, settled only for what was read.

use chrono::NaiveDate;
use greenroom::domain::ids::{MessageId, PostId};
use greenroom::domain::notice::{Happening, Notice, Owed};
use greenroom::store::Store;
use greenroom::words::Language;

use super::engines;
use super::given::{RUI, TEAM, Team, at};

async fn tells(store: &Store, notice: &Notice, minute: i64) {
    let mut tx = store.begin().await.unwrap();
    tx.tell(TEAM, notice, at(minute)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn holds_one(store: &Store, owner: &str, minute: i64) -> Owed {
    let mut owed = store.claim_notices(owner, at(minute), at(minute + 1), 10).await.unwrap();
    assert_eq!(owed.len(), 1);
    owed.remove(0)
}

async fn merging(store: &Store) {
    Team::moves_in(store).await;
    let card = Notice::Card { post: PostId::new(at(0)) };
    tells(store, &card, 0).await;
    tells(store, &card, 1).await;
    assert_eq!(store.undelivered().await.unwrap(), 1, "one redraw shows whatever is true then");
    assert_eq!(store.next_notice().await.unwrap(), Some(at(0)), "what may wait does not make it wait longer");

    // It is asked for again while it is on its way: it keeps its lease, and is owed once more under another word.
    let first = holds_one(store, "one", 1).await;
    assert_eq!((first.version, first.nonce.len(), first.first_tried_at, &first.notice), (2, 16, None, &card));
    let mut tx = store.begin().await.unwrap();
    tx.notice_tried(&first, Language::English, at(1)).await.unwrap();
    tx.tell(TEAM, &card, at(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.claim_notices("two", at(1), at(2), 10).await.unwrap().is_empty());
    let mut tx = store.begin().await.unwrap();
    tx.notice_done(&first, Some(MessageId(900))).await.unwrap();
    tx.commit().await.unwrap();
    let again = holds_one(store, "one", 1).await;
    assert_eq!((again.id, again.version, again.first_tried_at), (first.id, 3, None));
    assert_ne!(again.nonce, first.nonce);

    let mut tx = store.begin().await.unwrap();
    tx.notice_done(&again, None).await.unwrap();
    assert!(tx.notice_done(&first, None).await.unwrap_err().is_stale());
    tx.commit().await.unwrap();
    assert_eq!((store.undelivered().await.unwrap(), store.next_notice().await.unwrap()), (0, None));
    tells(store, &card, 5).await;
    assert_ne!(holds_one(store, "one", 5).await.id, first.id, "a settled one stays settled");
}

#[tokio::test]
async fn a_notice_asked_for_again_is_owed_once_more_and_no_oftener() {
    for engine in engines().await {
        merging(&engine.store).await;
        engine.store.close().await;
    }
}

async fn trying(store: &Store) {
    Team::moves_in(store).await;
    let happened = Notice::Happened {
        post: PostId::new(at(0)),
        happening: Happening::Approved { by: RUI, missing: 1, as_manager: false },
    };
    tells(store, &happened, 0).await;
    tells(store, &happened, 0).await;
    assert_eq!(store.undelivered().await.unwrap(), 2, "each thing that happened is told");
    let owed = store.claim_notices("one", at(0), at(1), 10).await.unwrap();
    let (lost, slow) = (&owed[0], &owed[1]);

    let mut tx = store.begin().await.unwrap();
    tx.notice_tried(lost, Language::German, at(0)).await.unwrap();
    tx.notice_tried(lost, Language::English, at(2)).await.unwrap();
    tx.notice_later(lost, at(3)).await.unwrap();
    assert!(tx.notice_later(lost, at(3)).await.is_ok(), "the epoch has not moved on");
    tx.notice_renonce(slow, "another").await.unwrap();
    tx.commit().await.unwrap();

    // The slow one's lease ends; the first to hold it has nothing more to say.
    let rescued = holds_one(store, "two", 1).await;
    assert_eq!((rescued.id, rescued.nonce.as_str(), rescued.epoch), (slow.id, "another", 2));
    let mut tx = store.begin().await.unwrap();
    assert!(tx.notice_tried(slow, Language::English, at(1)).await.unwrap_err().is_stale());
    assert!(tx.notice_given_up(slow, "?").await.unwrap_err().is_stale());
    tx.notice_given_up(&rescued, "the channel is gone").await.unwrap();
    tx.commit().await.unwrap();

    let second_try = holds_one(store, "two", 3).await;
    assert_eq!((second_try.id, second_try.tries, second_try.first_tried_at), (lost.id, 2, Some(at(0))));
    assert_eq!(second_try.nonce, lost.nonce, "a second try is recognised");
    assert_eq!(
        second_try.said_in,
        Some(Language::German),
        "what may be there already is in the language of its first try"
    );
    assert_eq!(store.release_own("two").await.unwrap(), 1);
    assert_eq!(store.undelivered().await.unwrap(), 1);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.forget_notices(at(9), 9).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_notice_is_tried_until_it_arrives_or_is_given_up() {
    for engine in engines().await {
        trying(&engine.store).await;
        engine.store.close().await;
    }
}

async fn told_once(store: &Store) {
    Team::moves_in(store).await;
    let mut tx = store.begin().await.unwrap();
    tx.save_workspace(&super::given::workspace_set_up()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.workspaces_owing_digest(at(59)).await.unwrap().is_empty());
    assert_eq!(store.next_digest_due().await.unwrap(), Some(at(60)));
    assert_eq!(store.workspaces_owing_digest(at(60)).await.unwrap(), vec![super::given::workspace_set_up()]);

    let day = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.digest_told(TEAM, day, Some(at(1500))).await.unwrap());
    assert!(!tx.digest_told(TEAM, day, Some(at(1500))).await.unwrap(), "a day is told once");
    tx.commit().await.unwrap();
    assert!(store.workspaces_owing_digest(at(60)).await.unwrap().is_empty());
    assert_eq!(store.next_digest_due().await.unwrap(), Some(at(1500)));
}

#[tokio::test]
async fn the_story_of_a_day_is_told_once() {
    for engine in engines().await {
        told_once(&engine.store).await;
        engine.store.close().await;
    }
}
