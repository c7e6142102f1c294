//! What of an account's other posts speaks against one more, and rows of one file that wait for a press.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::caption::Caption;
use greenroom::domain::conflict::Other;
use greenroom::domain::ids::{BatchId, PendingEditId, PostId, WorkspaceId};
use greenroom::domain::post::{Due, Edit, Post, PostState};
use greenroom::store::{Batch, PendingEdit, SaidSince, Store, Tx};

use super::engines;
use super::given::{MIA, TEAM, Team, at};

async fn kept(store: &Store, post: Post) -> Post {
    let mut tx = store.begin().await.unwrap();
    tx.add_post(&post).await.unwrap();
    tx.commit().await.unwrap();
    post
}

async fn neighbours(store: &Store, team: &Team, except: PostId, due: DateTime<Utc>) -> Vec<i64> {
    let gap = TimeDelta::minutes(30);
    let mut reader = store.read().await.unwrap();
    let found = reader.neighbours(team.account.id, except, due - gap, due + gap).await.unwrap();
    let number = |other| match other {
        Other::Post { number, .. } => number,
        Other::Row(row) => panic!("row {row}"),
    };
    found.into_iter().map(|one| number(one.other)).collect()
}

/// Keeps a change that waits for its answer, and rows of a file that wait for a press.
pub(super) async fn asks_and_prepares(tx: &mut Tx, team: WorkspaceId, post: PostId) {
    let mark = "1a2b3c4d".parse().unwrap();
    let (id, edit) = (PendingEditId::new(at(0)), Edit::default());
    let pending = PendingEdit { id, workspace: team, post, member: MIA, edit, mark, created_at: at(0) };
    tx.add_pending_edit(&pending).await.unwrap();
    tx.add_batch(&batch(team, 20)).await.unwrap();
}

fn batch(workspace: WorkspaceId, expires: i64) -> Batch {
    Batch {
        id: BatchId::new(at(0)),
        workspace,
        member: MIA,
        member_name: "mia".into(),
        file_name: "week.csv".into(),
        rows: 1,
        created_at: at(0),
        expires_at: at(expires),
        used_at: None,
    }
}

#[tokio::test]
async fn live_posts_near_an_instant_are_found_and_no_others() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let review = |number, minute| Post {
            due: Due::At(at(minute)),
            ..team.post(number, PostState::InReview { since: at(0) })
        };
        let mine = kept(store, review(1, 100)).await;
        for (number, minute) in [(2, 70), (3, 71), (4, 129), (5, 130)] {
            kept(store, review(number, minute)).await;
        }
        kept(store, Post { due: Due::At(at(100)), ..team.post(6, PostState::Declined { at: at(0) }) }).await;
        kept(store, Post { due: Due::At(at(100)), ..team.post(7, PostState::Draft) }).await;
        kept(store, Post { due: Due::Asap, ..team.post(8, PostState::InReview { since: at(0) }) }).await;
        team.approved(store, 9, at(110)).await;
        assert_eq!(neighbours(store, &team, mine.id, at(100)).await, [3, 9, 4]);
        store.close().await;
    }
}

#[tokio::test]
async fn the_same_bytes_and_words_are_found_while_they_count() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let since = |begun| SaidSince { out: at(0), begun };
        let words = "x".repeat(2_200);
        let caption = Caption::new(&words).unwrap();
        let draft = Post { caption: caption.clone(), ..team.post(1, PostState::Draft) };
        let same = async |begun| {
            let mut reader = store.read().await.unwrap();
            let bytes = reader.same_bytes(team.account.id, draft.video_sha256, draft.id, since(begun)).await.unwrap();
            (
                bytes.is_some(),
                reader.same_words(team.account.id, &words, draft.id, since(begun)).await.unwrap().is_some(),
            )
        };
        for state in [PostState::Draft, PostState::Withdrawn { at: at(0) }, PostState::Declined { at: at(0) }] {
            kept(store, Post { caption: caption.clone(), ..team.post(2 + store_count(store).await, state) }).await;
        }
        assert_eq!(same(at(0)).await, (false, false));
        // The beginning is the same, the end is not.
        let other = Caption::new(&format!("{}y", "x".repeat(2_199))).unwrap();
        kept(store, Post { caption: other, ..team.post(20, PostState::InReview { since: at(0) }) }).await;
        assert_eq!(same(at(0)).await, (true, false));
        kept(store, Post { caption: caption.clone(), ..team.post(21, PostState::InReview { since: at(0) }) }).await;
        assert_eq!(same(at(0)).await, (true, true));
        assert_eq!(same(at(1)).await, (false, false), "those that began long before are not looked at");
        store.close().await;
    }
}

async fn store_count(store: &Store) -> i64 {
    let mut reader = store.read().await.unwrap();
    reader.count_posts(TEAM, &greenroom::store::PostFilter::default()).await.unwrap()
}

#[tokio::test]
async fn a_change_waits_for_its_answer_and_is_taken_once() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let post = kept(store, team.post(1, PostState::InReview { since: at(0) })).await;
        let edit = Edit {
            caption: Some(Caption::new("Other words").unwrap()),
            choices: Some(post.choices),
            due: Some((Due::At(at(90)), chrono_tz::Asia::Tokyo)),
        };
        let id = PendingEditId::new(at(0));
        let mark = "1a2b3c4d".parse().unwrap();
        let pending = PendingEdit { id, workspace: TEAM, post: post.id, member: MIA, edit, mark, created_at: at(0) };
        let mut tx = store.begin().await.unwrap();
        tx.add_pending_edit(&pending).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.pending_edit(id).await.unwrap(), Some(pending));
        let mut tx = store.begin().await.unwrap();
        tx.drop_pending_edit(id).await.unwrap();
        assert!(tx.drop_pending_edit(id).await.unwrap_err().is_stale());
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.forget_pending_edits(at(0)).await.unwrap(), 0);
        assert_eq!(tx.forget_pending_edits(at(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn a_batch_is_used_once_and_forgotten_when_its_time_is_over() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let (used, waiting) = (batch(TEAM, 10), batch(TEAM, 20));
        let post = kept(store, team.post(1, PostState::Draft)).await;
        let mut tx = store.begin().await.unwrap();
        tx.add_batch(&used).await.unwrap();
        tx.add_batch(&waiting).await.unwrap();
        tx.put_in_batch(post.id, used.id, 3).await.unwrap();
        tx.use_batch(used.id, at(5)).await.unwrap();
        assert!(tx.use_batch(used.id, at(6)).await.unwrap_err().is_stale());
        drop(tx);
        assert_eq!(store.prepared(used.id).await.unwrap(), None, "nothing of a transaction that did not end happened");
        let mut tx = store.begin().await.unwrap();
        tx.add_batch(&used).await.unwrap();
        tx.add_batch(&waiting).await.unwrap();
        tx.put_in_batch(post.id, used.id, 3).await.unwrap();
        tx.use_batch(used.id, at(5)).await.unwrap();
        tx.commit().await.unwrap();
        let rows = store.batch_posts(used.id).await.unwrap();
        assert_eq!(rows.iter().map(|(row, post)| (*row, post.id)).collect::<Vec<_>>(), [(3, post.id)]);
        assert_eq!(store.batch_of(post.id).await.unwrap(), Some(used.id));
        assert_eq!(store.waiting_batches(TEAM, MIA).await.unwrap(), std::slice::from_ref(&waiting));
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.forget_batches(at(19)).await.unwrap(), 0, "one that was scheduled stays");
        assert_eq!(tx.forget_batches(at(20)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(store.prepared(used.id).await.unwrap().unwrap().used_at, Some(at(5)));
        store.close().await;
    }
}
