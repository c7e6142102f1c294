//! Trails that were altered behind the program's back: what was done is found and named.

use greenroom::domain::workspace::Actor;
use greenroom::store::{Store, TrailFlaw, TrailHead};

use super::engines;
use super::given::{MIA, TEAM, at};
use super::trail::tampers;

/// More entries than are read at once.
const ENTRIES: i64 = 1203;

async fn writes_a_long_trail(store: &Store) -> TrailHead {
    let mut tx = store.begin().await.unwrap();
    tx.ensure_workspace(TEAM, "Harbour", at(0)).await.unwrap();
    for number in 1..=ENTRIES {
        let detail = serde_json::json!({ "number": number });
        tx.audit(TEAM, &Actor::person(MIA, "mia".into()), "post.drafted", None, detail, at(number)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let check = store.check_trail(TEAM, None).await.unwrap();
    assert_eq!((check.flaws.as_slice(), check.read, check.head.seq), (&[][..], 1203, ENTRIES));
    check.head
}

#[tokio::test]
async fn whatever_is_done_to_a_trail_is_named() {
    let swap = "UPDATE audit SET seq = CASE seq WHEN 20 THEN -1 ELSE -2 END WHERE seq IN (20, 21); \
                UPDATE audit SET seq = CASE seq WHEN -1 THEN 21 ELSE 20 END WHERE seq < 0";
    let put_in = "INSERT INTO audit SELECT workspace, 1204, at, actor, act, post, detail, hash, hash FROM audit WHERE seq = 1203";
    let forget_end = "DELETE FROM audit WHERE seq > 1200; UPDATE workspaces SET audit_seq = 1200, \
                      audit_head = (SELECT hash FROM audit WHERE seq = 1200)";
    let acts: [(&str, &[TrailFlaw]); 9] = [
        ("UPDATE audit SET act = 'post.approved' WHERE seq = 7", &[TrailFlaw::Changed(7)]),
        ("UPDATE audit SET at = at + 1 WHERE seq IN (501, 1203)", &[TrailFlaw::Changed(501), TrailFlaw::Changed(1203)]),
        ("DELETE FROM audit WHERE seq = 500", &[TrailFlaw::Removed { first: 500, last: 500 }]),
        ("DELETE FROM audit WHERE seq BETWEEN 1 AND 700", &[TrailFlaw::Removed { first: 1, last: 700 }]),
        ("DELETE FROM audit WHERE seq > 1200", &[TrailFlaw::CutShort { first: 1201, last: 1203 }]),
        (swap, &[TrailFlaw::Moved { at: 20, from: 21 }, TrailFlaw::Moved { at: 21, from: 20 }]),
        (put_in, &[TrailFlaw::Added(1204)]),
        ("DELETE FROM audit", &[TrailFlaw::CutShort { first: 1, last: 1203 }]),
        // Whoever changes the workspace as well is found only by what was noted elsewhere.
        (forget_end, &[TrailFlaw::CutShort { first: 1201, last: 1203 }]),
    ];
    for (sql, flaws) in acts {
        for engine in engines().await {
            let head = writes_a_long_trail(&engine.store).await;
            for statement in sql.split("; ") {
                tampers(&engine, statement).await;
            }
            let found = engine.store.check_trail(TEAM, Some(head)).await.unwrap();
            assert_eq!(found.flaws, flaws, "{sql}");
            if sql == forget_end {
                assert_eq!(
                    engine.store.check_trail(TEAM, None).await.unwrap().flaws,
                    [],
                    "a trail that fits can be made up"
                );
            }
            engine.store.close().await;
        }
    }
}

#[tokio::test]
async fn a_trail_that_went_on_contains_what_was_noted() {
    for engine in engines().await {
        let store = &engine.store;
        let noted = writes_a_long_trail(store).await;
        let mut tx = store.begin().await.unwrap();
        tx.audit(TEAM, &Actor::Program, "post.published", None, serde_json::json!({}), at(2000)).await.unwrap();
        tx.commit().await.unwrap();
        let check = store.check_trail(TEAM, Some(noted)).await.unwrap();
        assert_eq!((check.flaws.as_slice(), check.head.seq), (&[][..], ENTRIES + 1));
        let other = TrailHead { hash: [9; 32], ..noted };
        assert_eq!(store.check_trail(TEAM, Some(other)).await.unwrap().flaws, [TrailFlaw::NotAsNoted(ENTRIES)]);
        store.close().await;
    }
}
