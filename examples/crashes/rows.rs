//! Looks into the database from outside while the program works, past its own code.

use std::collections::BTreeMap;

use anyhow::Context as _;
use sqlx::{PgPool, SqlitePool};

/// Only what a worker holds changes, and that is never many.
const HELD: &str = "SELECT id, owner, epoch FROM publications WHERE owner IS NOT NULL";
const FOR_THE_WATCH: &str = "CREATE INDEX IF NOT EXISTS crashes_held ON publications (owner) WHERE owner IS NOT NULL";
const OPEN: &str = "SELECT COUNT(*) FROM publications WHERE state IN ('scheduled', 'publishing', 'processing')";
const UNTOLD: &str = "SELECT COUNT(*) FROM notices WHERE state = 'pending'";

/// A connection to either database.
#[derive(Debug)]
pub(crate) enum Rows {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Asks either database.
macro_rules! ask {
    ($rows:expr, $query:expr => $fetch:ident) => {
        match $rows {
            $crate::rows::Rows::Sqlite(pool) => $query.$fetch(pool).await?,
            $crate::rows::Rows::Postgres(pool) => $query.$fetch(pool).await?,
        }
    };
}
pub(crate) use ask;

impl Rows {
    /// Opens the database of an address.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        let rows = if url.starts_with("postgres") {
            Self::Postgres(PgPool::connect(url).await.context("the database cannot be watched")?)
        } else {
            Self::Sqlite(SqlitePool::connect(url).await.context("the database cannot be watched")?)
        };
        // Nobody but the watch asks for this, and asked every moment it must not cost the program its time.
        match &rows {
            Self::Sqlite(pool) => {
                sqlx::query(FOR_THE_WATCH).execute(pool).await?;
            }
            Self::Postgres(pool) => {
                sqlx::query(FOR_THE_WATCH).execute(pool).await?;
            }
        }
        Ok(rows)
    }

    /// Which database it is.
    pub(crate) const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// What is held now, by whom, under which count.
    pub(crate) async fn held(&self) -> anyhow::Result<Vec<(String, String, i64)>> {
        Ok(ask!(self, sqlx::query_as(HELD) => fetch_all))
    }

    /// How many publications have not come to rest.
    pub(crate) async fn open_ones(&self) -> anyhow::Result<i64> {
        Ok(ask!(self, sqlx::query_scalar(OPEN) => fetch_one))
    }

    /// How many notices have not arrived.
    pub(crate) async fn untold(&self) -> anyhow::Result<i64> {
        Ok(ask!(self, sqlx::query_scalar(UNTOLD) => fetch_one))
    }
}

/// What is seen of the claims while it goes on: their counts only grow, and one count has one owner.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    seen: BTreeMap<String, (String, i64)>,
    /// What must not be.
    pub(crate) wrong: Vec<String>,
}

impl Watch {
    /// Compares what is held now with what was held before.
    pub(crate) async fn look(&mut self, rows: &Rows) -> anyhow::Result<()> {
        for (id, owner, epoch) in rows.held().await? {
            if let Some((before, count)) = self.seen.get(&id) {
                if epoch < *count {
                    self.wrong.push(format!("publication {id}: epoch {epoch} after {count}"));
                }
                if epoch == *count && owner != *before {
                    self.wrong.push(format!("publication {id}: `{before}` and `{owner}` held it under epoch {epoch}"));
                }
            }
            self.seen.insert(id, (owner, epoch));
        }
        Ok(())
    }
}
