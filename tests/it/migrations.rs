//! Migrations: the same numbers and the same columns on both engines, and every one of them over a database that is not
//! empty. A seed `tests/data/migrations/NNNN.sql` is written against the schema after migration NNNN, once, and is never
//! edited either: it is what somebody's database may hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use greenroom::domain::ids::{ChannelId, MessageId, WorkspaceId};
use greenroom::domain::publication::PublicationStage;
use greenroom::store::{Error, Store};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection};

use crate::store::{empty_databases, engines};

/// A database of either engine, from outside the store.
enum Outside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Outside {
    async fn opens(url: &str) -> Self {
        if url.starts_with("sqlite") {
            let made = format!("{url}?mode=rwc");
            Self::Sqlite(SqliteConnection::connect(&made).await.unwrap())
        } else {
            Self::Postgres(PgConnection::connect(url).await.unwrap())
        }
    }

    async fn migrates_to(&mut self, number: i64) {
        let of = |engine: &str| folder("migrations").join(engine);
        match self {
            Self::Sqlite(connection) => {
                Migrator::new(of("sqlite")).await.unwrap().run_direct(Some(number), connection, false).await.unwrap();
            }
            Self::Postgres(connection) => {
                Migrator::new(of("postgres")).await.unwrap().run_direct(Some(number), connection, false).await.unwrap();
            }
        }
    }

    /// Runs SQL in SQLite's dialect; the one thing a seed needs that PostgreSQL writes otherwise is a blob.
    async fn executes(&mut self, sql: &str) {
        match self {
            Self::Sqlite(connection) => {
                connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            }
            Self::Postgres(connection) => {
                connection.execute(AssertSqlSafe(sql.replace("X'", "'\\x"))).await.unwrap();
            }
        }
    }

    /// One text for each row.
    async fn lists(&mut self, sqlite: &str, postgres: &str) -> BTreeSet<String> {
        match self {
            Self::Sqlite(connection) => {
                let rows = connection.fetch_all(AssertSqlSafe(sqlite.to_owned())).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
            Self::Postgres(connection) => {
                let rows = connection.fetch_all(AssertSqlSafe(postgres.to_owned())).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn file_names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".sql"))
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations_and_each_has_a_seed() {
    let sqlite = file_names(&folder("migrations/sqlite"));
    assert_eq!(sqlite, file_names(&folder("migrations/postgres")));
    let numbers: Vec<&str> = sqlite.iter().map(|name| &name[..4]).collect();
    let seeds = file_names(&folder("tests/data/migrations"));
    assert_eq!(numbers, seeds.iter().map(|name| &name[..4]).collect::<Vec<_>>());
    assert!(numbers.iter().zip(1..).all(|(number, expected)| *number == format!("{expected:04}")), "without gaps");
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    // Each line is `table.column type required`. SQLite has no booleans: there they are whole numbers with a check.
    const SQLITE_COLUMNS: &str = "SELECT m.name || '.' || c.name || ' ' || CASE \
          WHEN m.sql LIKE '%(' || c.name || ' IN (0, 1))%' THEN 'boolean' WHEN c.type = 'INTEGER' THEN 'bigint' \
          WHEN c.type = 'BLOB' THEN 'bytea' ELSE lower(c.type) END || CASE c.\"notnull\" WHEN 1 THEN ' required' ELSE '' END \
        FROM sqlite_master m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%'";
    const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name || ' ' || data_type || \
          CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END \
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'";
    const SQLITE_INDEXES: &str =
        "SELECT tbl_name || '.' || name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'";
    // Those PostgreSQL made for a key are named after it, where SQLite hides its own.
    const POSTGRES_INDEXES: &str = "SELECT tablename || '.' || indexname FROM pg_indexes \
        WHERE schemaname = 'public' AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'";

    let mut schemas = Vec::new();
    for engine in engines().await {
        let mut outside = Outside::opens(&engine.url).await;
        let mut schema = outside.lists(SQLITE_COLUMNS, POSTGRES_COLUMNS).await;
        assert!(schema.contains("cards.superseded boolean required") && schema.contains("posts.due_at bigint"));
        schema.extend(outside.lists(SQLITE_INDEXES, POSTGRES_INDEXES).await);
        schemas.push(schema);
        engine.store.close().await;
    }
    for pair in schemas.windows(2) {
        let parted: Vec<_> = pair[0].symmetric_difference(&pair[1]).collect();
        assert!(parted.is_empty(), "only one of the two engines has: {parted:#?}");
    }
}

#[tokio::test]
async fn every_migration_runs_over_a_database_that_is_not_empty() {
    for seed in file_names(&folder("tests/data/migrations")) {
        for (url, _folder) in empty_databases().await {
            let mut outside = Outside::opens(&url).await;
            outside.migrates_to(seed[..4].parse().unwrap()).await;
            let sql = std::fs::read_to_string(folder("tests/data/migrations").join(&seed)).unwrap();
            outside.executes(&sql).await;
            drop(outside);

            let store = Store::open(&url).await.unwrap();
            everything_is_still_there(&store).await;
            store.close().await;
        }
    }
}

/// What every seed tells, whatever else it holds.
async fn everything_is_still_there(store: &Store) {
    let team = WorkspaceId(u64::MAX - 6);
    assert_eq!(store.workspace(team).await.unwrap().unwrap().approvals, 2);
    let accounts = store.accounts(team).await.unwrap();
    assert_eq!(store.sealed_tokens(accounts[0].id).await.unwrap().unwrap().refresh, [4, 5, 6]);
    assert_eq!(store.snapshots(accounts[0].id, chrono::DateTime::UNIX_EPOCH).await.unwrap().len(), 1);

    let reviews = store.open_reviews(Some(team)).await.unwrap();
    assert_eq!((reviews.len(), reviews[0].verdicts.len()), (1, 1));
    assert!(store.video(reviews[0].video).await.unwrap().is_some());
    assert_eq!(store.revisions(reviews[0].id).await.unwrap()[0].revision, reviews[0].revision());
    assert_eq!(store.thread(reviews[0].id).await.unwrap(), Some(ChannelId(78)));
    let card = store.card_by_message(ChannelId(77), MessageId(900)).await.unwrap().unwrap();
    assert_eq!((card.post, card.revision), (reviews[0].id, reviews[0].revision()));

    let approved = store.post_by_number(team, 2).await.unwrap().unwrap();
    let publication = store.publication_of(approved.id).await.unwrap().unwrap();
    assert_eq!((publication.stage(), publication.revision), (PublicationStage::Publishing, approved.revision()));
    assert_eq!(store.publication_by_publish_id("v_pub_seed").await.unwrap(), Some(publication));
    assert_eq!(store.undelivered().await.unwrap(), 1);
    assert_eq!(store.audit_trail(team, None).await.unwrap().len(), 2);
    assert_eq!(store.verify_audit(team).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_pending_is_named_until_it_was_run() {
    for (url, _folder) in empty_databases().await {
        let store = Store::open_unmigrated(&url).await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), ["0001 the first house", "0004 what stops an account"]);
        store.migrate().await.unwrap();
        assert!(store.pending_migrations().await.unwrap().is_empty());
        store.migrate().await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    for engine in engines().await {
        let mut outside = Outside::opens(&engine.url).await;
        outside
            .executes(
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'tomorrow', TRUE, X'00', 0)",
            )
            .await;
        assert!(matches!(Store::open(&engine.url).await, Err(Error::Migration(_))));
        engine.store.close().await;
    }
}
