//! Opening the database, bringing its schema up to date, and handing out connections.

use std::collections::HashSet;
use std::fmt;
use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{Migrate, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Executor as _, PgPool, SqlitePool};

use super::link::{Link, Reader, statements};
use super::{Error, Result, Tx};
use crate::domain::tempo;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Readers do not wait for the writer on SQLite; a handful of people look at the same time.
const SQLITE_READERS: u32 = 4;

/// Workers, people and ticks together; PostgreSQL itself allows a hundred.
const POSTGRES_CONNECTIONS: u32 = 10;

/// How long a write waits for a process outside this one that holds SQLite's lock, such as a backup.
const BUSY_FOR: Duration = Duration::from_secs(10);

/// How long PostgreSQL leaves a transaction open in which nothing is asked. A process that stands still in the middle of one
/// would keep its rows locked, past its lease and for as long as its connection seems alive; no transaction of ours waits
/// for anything but the database.
const IDLE_IN_TRANSACTION: Duration = tempo::pause(30);

/// How long to wait for a free connection before saying that the database cannot be used.
const CONNECTION_WITHIN: Duration = Duration::from_secs(15);

statements! { "workspaces";
    APPLIED = "SELECT version FROM _sqlx_migrations";
}

#[derive(Clone)]
enum Db {
    /// One connection writes, so write transactions queue up in the pool instead of meeting SQLite's lock: four writers
    /// gained nothing and made the slowest claim ten times slower.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// How the schema of the database stands to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// It is the one this program works with.
    Fits,
    /// So many migrations were not run yet.
    Behind(usize),
    /// So many migrations of a newer program were run.
    Ahead(usize),
}

/// The database. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    db: Db,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may carry a password.
        f.debug_tuple("Store").field(&self.engine()).finish()
    }
}

impl Store {
    /// Opens the database at `sqlite://path` (made if missing) or `postgres://…` and brings its schema up to date.
    ///
    /// # Errors
    /// When the address is of neither kind, the database cannot be reached, or its schema is newer than this program.
    pub async fn open(url: &str) -> Result<Self> {
        let store = Self::open_unmigrated(url).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens the database and leaves its schema as it is.
    ///
    /// # Errors
    /// When the address is of neither kind or the database cannot be reached.
    pub async fn open_unmigrated(url: &str) -> Result<Self> {
        let db = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)
                .map_err(Error::from_driver)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL may lose the last commits when the power goes, and a commit here is a promise made before a
                // call that cannot be taken back.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_FOR);
            keep_private(options.get_filename());
            let pool = || SqlitePoolOptions::new().acquire_timeout(CONNECTION_WITHIN);
            // The file and its WAL are made by one connection before others look.
            let writer = pool().max_connections(1).connect_with(options.clone()).await.map_err(Error::from_driver)?;
            let readers = pool()
                .max_connections(SQLITE_READERS)
                .connect_lazy_with(options.create_if_missing(false).read_only(true));
            Db::Sqlite { writer, readers }
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(Error::from_driver)?.application_name("greenroom");
            let idle = format!("SET idle_in_transaction_session_timeout = {}", IDLE_IN_TRANSACTION.as_millis());
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(CONNECTION_WITHIN)
                .after_connect(move |connection, _| {
                    let idle = idle.clone();
                    Box::pin(async move { connection.execute(AssertSqlSafe(idle)).await.map(drop) })
                });
            Db::Postgres(pool.connect_with(options).await.map_err(Error::from_driver)?)
        } else {
            return Err(Error::Address);
        };
        Ok(Self { db })
    }

    /// Brings the schema up to date, on one connection.
    ///
    /// # Errors
    /// When a migration fails, or the schema is newer than this program.
    pub async fn migrate(&self) -> Result<()> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await.map_err(Error::from_driver)?;
                SQLITE.run_direct(None, &mut *connection, false).await?;
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(Error::from_driver)?;
                POSTGRES.run_direct(None, &mut *connection, false).await?;
            }
        }
        Ok(())
    }

    /// The names of the migrations that were not run yet, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked, or its schema is newer than this program.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let (migrator, applied) = match &self.db {
            Db::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await.map_err(Error::from_driver)?;
                (&SQLITE, applied(&mut *connection, &SQLITE.table_name).await?)
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(Error::from_driver)?;
                (&POSTGRES, applied(&mut *connection, &POSTGRES.table_name).await?)
            }
        };
        if let Some(newer) = applied.iter().find(|version| !migrator.version_exists(**version)) {
            return Err(sqlx::migrate::MigrateError::VersionMissing(*newer).into());
        }
        let pending = migrator.iter().filter(|migration| !applied.contains(&migration.version));
        Ok(pending.map(|migration| format!("{:04} {}", migration.version, migration.description)).collect())
    }

    /// Which database it is, as people call it.
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        match self.db {
            Db::Sqlite { .. } => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }

    /// Asks the database whether its schema is this program's: cheap, and an answer at all says that it answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn schema(&self) -> Result<Schema> {
        let rows = self.read().await?.rows(APPLIED, Vec::new()).await?;
        let applied = rows.iter().map(|row| row.get("version")).collect::<Result<HashSet<i64>>>()?;
        let known: HashSet<i64> = SQLITE.iter().map(|migration| migration.version).collect();
        Ok(match (applied.difference(&known).count(), known.difference(&applied).count()) {
            (0, 0) => Schema::Fits,
            (0, missing) => Schema::Behind(missing),
            (more, _) => Schema::Ahead(more),
        })
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { writer, readers } => {
                readers.close().await;
                // The last connection to go folds the WAL back into the file.
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins a write transaction. Its future must run to its end: see the head of this module.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin(&self) -> Result<Tx> {
        let link = match &self.db {
            // IMMEDIATE: what is read inside must still be so when it is written.
            Db::Sqlite { writer, .. } => {
                Link::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await.map_err(Error::from_driver)?)
            }
            Db::Postgres(pool) => Link::PostgresWrite(pool.begin().await.map_err(Error::from_driver)?),
        };
        Ok(Tx { reader: Reader { link } })
    }

    /// A connection to look over, for more than one question.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Reader> {
        let link = match &self.db {
            Db::Sqlite { readers, .. } => Link::SqliteRead(readers.acquire().await.map_err(Error::from_driver)?),
            Db::Postgres(pool) => Link::PostgresRead(pool.acquire().await.map_err(Error::from_driver)?),
        };
        Ok(Reader { link })
    }
}

impl Reader {
    /// Ends a write transaction by making it true.
    pub(super) async fn finish(self) -> Result<()> {
        match self.link {
            Link::SqliteWrite(transaction) => transaction.commit().await.map_err(Error::from_driver),
            Link::PostgresWrite(transaction) => transaction.commit().await.map_err(Error::from_driver),
            Link::SqliteRead(_) | Link::PostgresRead(_) => Ok(()),
        }
    }
}

async fn applied<C: Migrate>(connection: &mut C, table: &str) -> Result<HashSet<i64>> {
    connection.ensure_migrations_table(table).await?;
    Ok(connection.list_applied_migrations(table).await?.into_iter().map(|migration| migration.version).collect())
}

/// Makes a database file that nobody but its owner can read; SQLite gives what it puts beside it the same rights. A file that
/// is there keeps its own, and where none can be made, opening it says why.
fn keep_private(path: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}
