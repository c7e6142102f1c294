//! Every row of a database as text, so that a test can say that nothing changed.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

/// What is only ever looked at: the steps of the schema.
const NOT_OURS: &str = "_sqlx_migrations";

/// Every row of every table, as `table: values`, without those of the server with this number.
pub(super) async fn rows(database: &str, without: u64) -> BTreeSet<String> {
    let mut connection = SqliteConnection::connect(database).await.unwrap();
    let tables = sqlx::query("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let mut all = BTreeSet::new();
    for table in tables.iter().map(|row| row.get::<String, _>(0)).filter(|table| table != NOT_OURS) {
        let columns = sqlx::query("select name from pragma_table_info($1) order by cid")
            .bind(&table)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let quoted: Vec<_> = columns.iter().map(|row| format!("quote(\"{}\")", row.get::<String, _>(0))).collect();
        let select = format!("select {} from \"{table}\"", quoted.join(" || ' ' || "));
        for row in sqlx::query(AssertSqlSafe(select)).fetch_all(&mut connection).await.unwrap() {
            all.insert(format!("{table}: {}", row.get::<String, _>(0)));
        }
    }
    connection.close().await.unwrap();
    let theirs = without.to_string();
    all.retain(|row| !row.contains(&theirs));
    all
}

/// What is in one and not in the other, to be read when a test fails.
pub(super) fn differences(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<String> {
    let gone = before.difference(after).map(|row| format!("- {row}"));
    gone.chain(after.difference(before).map(|row| format!("+ {row}"))).collect()
}
