//! Every SQL statement in the program, and the two databases it runs on.
//!
//! Reads are on [`Store`] (each over a connection of its own) and on [`Tx`] (inside its transaction); writes are on `Tx`
//! alone, and nothing happened until [`Tx::commit`]. SQLite has one writing connection, so a write transaction is alone;
//! on PostgreSQL a `Tx` locks the post or publication it reads. Changes expect what was read before: when that is gone
//! the answer is [`Error::Stale`], which means "somebody was faster".
//!
//! **Never let the future of [`Store::begin`] be dropped half way on PostgreSQL** (inside `select!` or a timeout): the
//! connection could go back to the pool inside a transaction nobody ends. Begin first, then choose.
//!
//! How things are stored is only known in `rows`; rules about what may follow what are in `domain`.

mod accounts;
mod audit;
mod batches;
mod breakers;
mod budgets;
mod cards;
mod claims;
mod connect;
mod consents;
mod erase;
mod export;
mod forget;
mod keys;
mod known_rights;
mod link;
mod notices;
mod outbox;
mod pace;
mod pauses;
mod picks;
mod posts;
mod publications;
mod queue;
mod rails;
mod reads;
mod reminders;
mod rows;
mod slots;
mod snapshots;
mod teams;
mod trail;
mod videos;
mod webhooks;
mod workspaces;
mod zones;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

use crate::drill;

pub use accounts::{SealedTokens, Warning};
pub use audit::AuditRow;
pub use batches::Batch;
pub use claims::{Claim, Errand, Lease};
pub use connect::{Schema, Store};
pub use consents::Consent;
pub use erase::Holdings;
pub use export::{Cell, SHEETS, Sheet};
pub use forget::EndedBefore;
pub use keys::{KeyChange, SealedBlob, SealedColumn};
pub use link::{Reader, Statement};
pub use notices::nonce;
pub use pauses::Numbered;
pub use picks::{Pick, PickedFile};
pub use posts::RevisionLine;
pub use queue::{Page, PostFilter, PostLine};
pub use rails::{PendingEdit, SaidSince};
pub use trail::{TrailCheck, TrailFlaw, TrailHead};

/// Passes over a row that cannot be believed, so that the others have their turn.
///
/// # Errors
/// When the database fails.
pub fn passed_over<T>(read: Result<Option<T>>) -> Result<Option<T>> {
    match read {
        Err(error @ Error::Inconsistent { .. }) => {
            tracing::error!("It is passed over: {error}");
            Ok(None)
        }
        read => read,
    }
}

/// What the store answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do what was asked. "Not found" is no error but `None`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is of neither database.
    #[error("the database address has to begin with `sqlite://` or `postgres://`")]
    Address,
    /// The database could not be used.
    #[error("the database could not be used")]
    Driver(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database's schema could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds something the program cannot have written.
    #[error("{table} `{id}` cannot be believed: look at its column {column}")]
    Inconsistent {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: &'static str,
        /// In which row.
        id: String,
    },
    /// What was expected is not there any more.
    #[error("somebody else changed it first")]
    Stale,
}

impl Error {
    /// Whether somebody else was faster.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        matches!(self, Self::Stale)
    }

    /// A driver's error. When PostgreSQL gave up a transaction for the sake of another one, somebody was faster.
    pub(super) fn from_driver(error: sqlx::Error) -> Self {
        const SERIALIZATION_FAILURE: &str = "40001";
        const DEADLOCK: &str = "40P01";
        match error.as_database_error().and_then(|database| database.code()).as_deref() {
            Some(SERIALIZATION_FAILURE | DEADLOCK) => Self::Stale,
            _ => Self::Driver(error),
        }
    }
}

/// Every statement of the program, so that a test can prepare them all on both engines.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [
        accounts::STATEMENTS,
        audit::STATEMENTS,
        batches::STATEMENTS,
        breakers::STATEMENTS,
        budgets::STATEMENTS,
        cards::STATEMENTS,
        claims::STATEMENTS,
        connect::STATEMENTS,
        consents::STATEMENTS,
        erase::STATEMENTS,
        export::STATEMENTS,
        forget::STATEMENTS,
        teams::STATEMENTS,
        keys::STATEMENTS,
        known_rights::STATEMENTS,
        notices::STATEMENTS,
        outbox::STATEMENTS,
        pace::STATEMENTS,
        pauses::STATEMENTS,
        picks::STATEMENTS,
        posts::STATEMENTS,
        publications::STATEMENTS,
        queue::STATEMENTS,
        rails::STATEMENTS,
        reminders::STATEMENTS,
        slots::STATEMENTS,
        snapshots::STATEMENTS,
        trail::STATEMENTS,
        videos::STATEMENTS,
        webhooks::STATEMENTS,
        workspaces::STATEMENTS,
        zones::STATEMENTS,
    ]
    .into_iter()
    .flatten()
}

/// A write transaction. Dropped without [`commit`](Tx::commit), nothing of it happened.
///
/// After any error it is to be dropped: PostgreSQL takes nothing more in it.
#[must_use = "nothing happens until it is committed"]
pub struct Tx {
    reader: Reader,
}

impl Tx {
    /// Makes everything that was written in it true.
    ///
    /// # Errors
    /// When the database cannot keep it; then nothing of it happened.
    #[track_caller]
    pub fn commit(self) -> impl Future<Output = Result<()>> + Send {
        drill::around(Location::caller(), self.reader.finish())
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}
