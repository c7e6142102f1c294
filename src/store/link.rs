//! One SQL text, two native drivers. A [`Statement`] is the only thing that can be executed, and every statement of the
//! program is in a table that a test prepares on both engines. The macro `on!` expands one body for each driver; it is
//! used in this file and where a connection is opened or closed, nowhere else.
//!
//! Not `sqlx::Any` (no booleans on SQLite, no timestamps, no null types) and not an ORM: the reasons are measured.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::rows::{Row, Value};
use super::{Error, Result};

/// A statement with its name and its text for each engine; the two differ only where the engines truly do.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// What the code calls it.
    pub name: &'static str,
    /// The table it is mostly about; errors name it.
    pub table: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// Declares the statements of a room: constants, and `STATEMENTS`, the table of all of them.
macro_rules! statements {
    ($table:literal; $($name:ident = $sqlite:expr $(, postgres: $postgres:expr)? ;)+) => {
        $(
            const $name: $crate::store::link::Statement = $crate::store::link::statement(
                stringify!($name), $table, $sqlite, $crate::store::link::last(&[$sqlite $(, $postgres)?]),
            );
        )+
        /// Every statement of this room.
        pub(super) const STATEMENTS: &[$crate::store::link::Statement] = &[$($name),+];
    };
}
pub(super) use statements;

/// Runs one body on whichever driver is behind a link.
macro_rules! on {
    ($link:expr, $connection:ident => $body:expr) => {
        match $link {
            Link::SqliteRead(held) => {
                let $connection: &mut SqliteConnection = held;
                $body
            }
            Link::SqliteWrite(held) => {
                let $connection: &mut SqliteConnection = held;
                $body
            }
            Link::PostgresRead(held) => {
                let $connection: &mut PgConnection = held;
                $body
            }
            Link::PostgresWrite(held) => {
                let $connection: &mut PgConnection = held;
                $body
            }
        }
    };
}

/// Makes the query of a statement, with its values bound to the driver's own types.
macro_rules! query {
    ($text:expr, $values:expr) => {{
        let mut query = sqlx::query($text);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Whole(number) => query.bind(number),
                Value::Truth(truth) => query.bind(truth),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

pub(super) const fn statement(
    name: &'static str,
    table: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
) -> Statement {
    Statement { name, table, sqlite, postgres }
}

/// The engine's own text if there is one, else the common one.
pub(super) const fn last(texts: &[&'static str]) -> &'static str {
    texts[texts.len() - 1]
}

/// A connection that is held: to look, or inside a write transaction.
pub(super) enum Link {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// Answers questions over one held connection.
///
/// [`Store`](super::Store) asks each over a connection of its own; [`Tx`](super::Tx) asks inside its transaction, where
/// PostgreSQL also locks the post or publication that is read, until the transaction ends.
pub struct Reader {
    pub(super) link: Link,
}

impl Reader {
    /// Whether this is a write transaction: what is loaded here will be decided about.
    pub(super) const fn decides(&self) -> bool {
        match self.link {
            Link::SqliteWrite(_) | Link::PostgresWrite(_) => true,
            Link::SqliteRead(_) | Link::PostgresRead(_) => false,
        }
    }

    /// Whether each statement is a word to a server, and its answer waited for.
    pub(super) const fn is_on_postgres(&self) -> bool {
        match self.link {
            Link::PostgresRead(_) | Link::PostgresWrite(_) => true,
            Link::SqliteRead(_) | Link::SqliteWrite(_) => false,
        }
    }

    const fn text(&self, statement: Statement) -> &'static str {
        match self.link {
            Link::SqliteRead(_) | Link::SqliteWrite(_) => statement.sqlite,
            Link::PostgresRead(_) | Link::PostgresWrite(_) => statement.postgres,
        }
    }

    /// Every row a statement gives.
    pub(super) async fn rows(&mut self, statement: Statement, values: Vec<Value>) -> Result<Vec<Row>> {
        let text = self.text(statement);
        on!(&mut self.link, connection => {
            let rows = query!(text, values).fetch_all(connection).await.map_err(Error::from_driver)?;
            Ok(rows.into_iter().map(|row| Row::new(statement.table, row)).collect())
        })
    }

    /// The first row a statement gives, if any.
    pub(super) async fn row(&mut self, statement: Statement, values: Vec<Value>) -> Result<Option<Row>> {
        // All rows are fetched: a statement that changes something must run to its end.
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// How many rows a statement changed.
    pub(super) async fn change(&mut self, statement: Statement, values: Vec<Value>) -> Result<u64> {
        let text = self.text(statement);
        on!(&mut self.link, connection => {
            let done = query!(text, values).execute(connection).await.map_err(Error::from_driver)?;
            Ok(done.rows_affected())
        })
    }

    /// Changes exactly the row that is expected, or finds that somebody was faster.
    pub(super) async fn change_one(&mut self, statement: Statement, values: Vec<Value>) -> Result<()> {
        match self.change(statement, values).await? {
            0 => Err(Error::Stale),
            _ => Ok(()),
        }
    }
}
