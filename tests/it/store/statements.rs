//! Every statement is understood by both engines. This is what a checked query macro would give, for two engines at once.

use greenroom::store::statements;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, SqlSafeStr as _, SqliteConnection};

use super::{Engine, engines};

async fn misunderstood(engine: &Engine) -> Vec<String> {
    let mut errors = Vec::new();
    if engine.url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(&engine.url).await.unwrap();
        for statement in statements() {
            let outcome = connection.prepare(statement.sqlite.into_sql_str()).await;
            errors.extend(outcome.err().map(|error| format!("{}.{}: {error}", statement.table, statement.name)));
        }
    } else {
        let mut connection = PgConnection::connect(&engine.url).await.unwrap();
        for statement in statements() {
            let outcome = connection.prepare(statement.postgres.into_sql_str()).await;
            errors.extend(outcome.err().map(|error| format!("{}.{}: {error}", statement.table, statement.name)));
        }
    }
    errors
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    assert!(statements().count() > 70, "the table of statements has lost some");
    for engine in engines().await {
        let errors = misunderstood(&engine).await;
        assert!(errors.is_empty(), "{} does not understand\n{}", engine.store.engine(), errors.join("\n"));
        engine.store.close().await;
    }
}

#[tokio::test]
async fn what_is_due_is_found_through_the_partial_index() {
    let engine = &engines().await[0];
    let mut connection = SqliteConnection::connect(&engine.url).await.unwrap();
    let indexes = [
        ("CLAIM", "COVERING INDEX notices_wake (wake_at<?)"),
        ("CLAIM_TO_SEND", "COVERING INDEX publications_to_send (wake_at>? AND wake_at<?)"),
        ("CLAIM_TO_ASK", "COVERING INDEX publications_to_ask (wake_at>? AND wake_at<?)"),
        ("NEXT_TO_SEND", "publications_to_send"),
        ("NEXT_TO_ASK", "publications_to_ask"),
        ("AHEAD_OF", "publications_lane (account=? AND due_at>? AND due_at<?)"),
        ("NEIGHBOURS", "posts_due (account=? AND due_at>? AND due_at<?)"),
        ("NEIGHBOURS", "publications_due (account=? AND due_at>? AND due_at<?)"),
        ("SAME_BYTES", "posts_bytes (account=? AND video_sha256=? AND created_at>?)"),
        ("SAME_WORDS", "posts_words (account=? AND <expr>=? AND created_at>?)"),
        ("NEXT_IN_LANE", "publications_lane (account=? AND due_at>? AND due_at<?)"),
    ];
    for (name, index) in indexes {
        let statement = statements().find(|statement| statement.name == name).expect(name);
        let text = format!("EXPLAIN QUERY PLAN {}", statement.sqlite);
        let plan = connection.fetch_all(AssertSqlSafe(text)).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        assert!(steps.iter().any(|step| step.contains(index)), "{name}: {steps:#?}");
        assert!(!steps.iter().any(|step| step == "SCAN publications"), "{name} reads no table: {steps:#?}");
    }
}
