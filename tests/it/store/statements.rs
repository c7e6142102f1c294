//! Every statement is understood by both engines. This is what a checked query macro would give, for two engines at once.

use greenroom::store::statements;
use sqlx::{Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection};

use super::engines;

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let mut misunderstood = Vec::new();
    for engine in engines().await {
        for statement in statements() {
            let outcome = if engine.url.starts_with("sqlite") {
                let mut connection = SqliteConnection::connect(&engine.url).await.unwrap();
                connection.prepare(statement.sqlite.into_sql_str()).await.map(drop)
            } else {
                let mut connection = PgConnection::connect(&engine.url).await.unwrap();
                connection.prepare(statement.postgres.into_sql_str()).await.map(drop)
            };
            if let Err(error) = outcome {
                misunderstood.push(format!(
                    "{} {}.{}: {error}",
                    engine.store.engine(),
                    statement.table,
                    statement.name
                ));
            }
        }
        engine.store.close().await;
    }
    assert!(misunderstood.is_empty(), "{}", misunderstood.join("\n"));
    assert!(statements().count() > 70, "the table of statements has lost some");
}
