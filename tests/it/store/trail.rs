//! The audit trail, and rows that were changed behind the program's back.

use greenroom::domain::ids::PostId;
use greenroom::domain::notice::Notice;
use greenroom::domain::post::PostState;
use greenroom::domain::workspace::Actor;
use greenroom::store::{Errand, Error, Store};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use super::given::{MIA, RUI, TEAM, Team, at};
use super::{Engine, engines};

/// Changes the database the way no part of the program does.
pub(super) async fn tampers(engine: &Engine, sql: &str) {
    if engine.url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(&engine.url).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(&engine.url).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    }
}

async fn writes_a_trail(store: &Store) -> PostId {
    let post = PostId::new(at(0));
    let mia = Actor::person(MIA, "mia \"the cup\"".into());
    let rui = Actor::person(RUI, "rui".into());
    let mut tx = store.begin().await.unwrap();
    tx.ensure_workspace(TEAM, "Harbour", at(0)).await.unwrap();
    tx.audit(TEAM, &mia, "submitted", Some(post), serde_json::json!({"number": 1}), at(0)).await.unwrap();
    tx.audit(TEAM, &rui, "approved", Some(post), serde_json::json!({"revision": "3fa1"}), at(1)).await.unwrap();
    tx.audit(TEAM, &Actor::Program, "renewed", None, serde_json::Value::Null, at(2)).await.unwrap();
    tx.audit(TEAM, &Actor::Program, "published", Some(post), serde_json::json!({}), at(3)).await.unwrap();
    tx.commit().await.unwrap();
    post
}

#[tokio::test]
async fn the_audit_trail_tells_who_did_what_in_order() {
    for engine in engines().await {
        let store = &engine.store;
        let post = writes_a_trail(store).await;
        let acts = |trail: Vec<greenroom::store::AuditRow>| trail.into_iter().map(|row| row.act).collect::<Vec<_>>();
        assert_eq!(
            acts(store.audit_trail(TEAM, None).await.unwrap()),
            ["submitted", "approved", "renewed", "published"]
        );
        let trail = store.audit_trail(TEAM, Some(post)).await.unwrap();
        assert_eq!(trail[0].actor, Actor::person(MIA, "mia \"the cup\"".into()));
        assert_eq!((trail[1].seq, trail[1].at, &trail[1].detail["revision"]), (2, at(1), &"3fa1".into()));
        assert_eq!(acts(trail), ["submitted", "approved", "published"]);
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None);
        store.close().await;
    }
}

#[tokio::test]
async fn a_changed_or_missing_entry_is_found() {
    let acts = [
        ("UPDATE audit SET act = 'declined' WHERE seq = 2", 2),
        ("UPDATE audit SET at = at + 1 WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{\"revision\":\"ffff\"}' WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 4", 4),
    ];
    for (sql, broken) in acts {
        for engine in engines().await {
            writes_a_trail(&engine.store).await;
            tampers(&engine, sql).await;
            assert_eq!(engine.store.verify_audit(TEAM).await.unwrap(), Some(broken), "{sql}");
            engine.store.close().await;
        }
    }
}

#[tokio::test]
async fn a_trail_that_was_emptied_is_found_and_a_new_one_is_whole() {
    for engine in engines().await {
        let mut tx = engine.store.begin().await.unwrap();
        tx.ensure_workspace(TEAM, "Harbour", at(0)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(engine.store.verify_audit(TEAM).await.unwrap(), None);
        writes_a_trail(&engine.store).await;
        tampers(&engine, "DELETE FROM audit").await;
        assert_eq!(engine.store.verify_audit(TEAM).await.unwrap(), Some(1));
        engine.store.close().await;
    }
}

#[tokio::test]
async fn a_post_that_was_changed_behind_our_back_cannot_be_believed() {
    for engine in engines().await {
        let team = Team::moves_in(&engine.store).await;
        let post = team.post(1, PostState::Approved { at: at(0) });
        let mut tx = engine.store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        tx.commit().await.unwrap();
        tampers(&engine, "UPDATE posts SET caption = 'Saturday latte'").await;
        let error = engine.store.post(post.id).await.unwrap_err();
        let Error::Inconsistent { table, column, id } = &error else { panic!("{error}") };
        assert_eq!((*table, *column, id), ("posts", "revision", &post.id.to_string()));
        assert_eq!(error.to_string(), format!("posts `{}` cannot be believed: look at its column revision", post.id));
        engine.store.close().await;
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_believed_holds_up_no_other() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let (_, odd) = team.approved(store, 1, at(59)).await;
        let (_, sound) = team.approved(store, 2, at(60)).await;
        let mut tx = store.begin().await.unwrap();
        let reviewed = team.post(4, PostState::InReview { since: at(0) });
        tx.add_post(&team.post(3, PostState::InReview { since: at(0) })).await.unwrap();
        tx.add_post(&reviewed).await.unwrap();
        tx.tell(TEAM, &Notice::Card { post: odd.post }, at(0)).await.unwrap();
        tx.tell(TEAM, &Notice::Card { post: sound.post }, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        tampers(&engine, &format!("UPDATE publications SET setback = '{{' WHERE id = '{}'", odd.id)).await;
        tampers(&engine, "UPDATE posts SET caption = 'Saturday latte' WHERE number = 3").await;
        tampers(&engine, "UPDATE notices SET payload = '{' WHERE created_at = (SELECT MIN(created_at) FROM notices)")
            .await;

        let claims = store.claim(Errand::Send, "worker", at(60), at(61), 5).await.unwrap();
        assert_eq!(claims.iter().map(|claim| claim.publication.id).collect::<Vec<_>>(), [sound.id]);
        assert_eq!(store.next_wake().await.unwrap(), Some(at(61)), "it is not tried again at once");
        let owed = store.claim_notices("worker", at(60), at(61), 5).await.unwrap();
        assert_eq!(owed.iter().map(|owed| &owed.notice).collect::<Vec<_>>(), [&Notice::Card { post: sound.post }]);
        let lapsing = store.lapsing_posts(at(60), 5).await.unwrap();
        assert_eq!(lapsing.iter().map(|post| post.id).collect::<Vec<_>>(), [reviewed.id]);
        store.close().await;
    }
}
