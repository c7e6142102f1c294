//! Looks into the database from outside while the program works, past its own code.

use std::collections::BTreeMap;

use anyhow::Context as _;
use greenroom::domain::notice::{Happening, Notice};
use sqlx::{PgPool, SqlitePool};

const PUBLICATIONS: &str = "SELECT id, post, state, epoch FROM publications WHERE workspace = $1";
const HAPPENED: &str = "SELECT payload FROM notices WHERE workspace = $1 AND kind = 'happened'";

/// A connection to either database.
#[derive(Debug)]
pub(crate) enum Rows {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A publication, as it is written down.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) post: String,
    pub(crate) state: String,
    pub(crate) epoch: i64,
}

impl Line {
    /// Nothing more will happen to it by itself, but for a link that is asked for.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state.as_str(), "published" | "in_inbox" | "failed" | "unclear" | "cancelled")
    }
}

impl Rows {
    /// Opens the database of an address.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres") {
            return Ok(Self::Postgres(PgPool::connect(url).await.context("the database cannot be watched")?));
        }
        Ok(Self::Sqlite(SqlitePool::connect(url).await.context("the database cannot be watched")?))
    }

    /// Every publication of a workspace.
    pub(crate) async fn publications(&self, workspace: &str) -> anyhow::Result<Vec<Line>> {
        Ok(match self {
            Self::Sqlite(pool) => sqlx::query_as(PUBLICATIONS).bind(workspace).fetch_all(pool).await?,
            Self::Postgres(pool) => sqlx::query_as(PUBLICATIONS).bind(workspace).fetch_all(pool).await?,
        })
    }

    /// How often people are told of each end, by post and state.
    pub(crate) async fn told(&self, workspace: &str) -> anyhow::Result<BTreeMap<(String, &'static str), usize>> {
        let payloads: Vec<(String,)> = match self {
            Self::Sqlite(pool) => sqlx::query_as(HAPPENED).bind(workspace).fetch_all(pool).await?,
            Self::Postgres(pool) => sqlx::query_as(HAPPENED).bind(workspace).fetch_all(pool).await?,
        };
        let mut told = BTreeMap::new();
        for (payload,) in payloads {
            let Notice::Happened { post, happening } = serde_json::from_str(&payload)? else { continue };
            let state = match happening {
                Happening::Published => "published",
                Happening::InInbox => "in_inbox",
                Happening::Failed => "failed",
                Happening::Unclear => "unclear",
                _ => continue,
            };
            *told.entry((post.to_string(), state)).or_default() += 1;
        }
        Ok(told)
    }
}

/// What is seen of every publication while it goes on: counts of claims only grow, ends are ends.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    seen: BTreeMap<String, Line>,
    /// How many accounts had to be connected anew.
    pub(crate) reconnected: usize,
    /// What must not be.
    pub(crate) wrong: Vec<String>,
}

impl Watch {
    /// Compares what is there now with what was there before.
    pub(crate) fn look(&mut self, lines: &[Line]) {
        for line in lines {
            if let Some(before) = self.seen.get(&line.id) {
                if line.epoch < before.epoch {
                    self.wrong.push(format!("publication {}: epoch {} after {}", line.id, line.epoch, before.epoch));
                }
                if before.is_over() && line.state != before.state {
                    self.wrong.push(format!("publication {}: {} after {}", line.id, line.state, before.state));
                }
            }
            self.seen.insert(line.id.clone(), line.clone());
        }
    }

    /// How many claims there were over all publications.
    pub(crate) fn claims(&self) -> i64 {
        self.seen.values().map(|line| line.epoch).sum()
    }
}
