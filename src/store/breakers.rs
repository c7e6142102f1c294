//! What stops an account or the app, as rows; and who waits behind it.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, json, values};
use super::{Result, Tx};
use crate::domain::breaker::{Breaker, BreakerKind, Scope};

/// The scope that is no account.
const APP: &str = "app";

statements! { "breakers";
    BREAKER = "SELECT scope AS id, kind, since, try_at, setback, told, closed_at FROM breakers WHERE scope = $1";
    BREAKER_HELD = "SELECT scope AS id, kind, since, try_at, setback, told, closed_at FROM breakers WHERE scope = $1",
        postgres: "SELECT scope AS id, kind, since, try_at, setback, told, closed_at FROM breakers WHERE scope = $1 \
                   FOR UPDATE";
    SAVE = "INSERT INTO breakers (scope, kind, since, try_at, setback, told, closed_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) \
            ON CONFLICT (scope) DO UPDATE SET kind = excluded.kind, since = excluded.since, try_at = excluded.try_at, \
            setback = excluded.setback, told = excluded.told, closed_at = excluded.closed_at";
    // Of those who saw the same time come, one takes the turn.
    TAKE_TURN = "UPDATE breakers SET try_at = $3 WHERE scope = $1 AND try_at = $2 AND closed_at IS NULL";
    // Those that wait behind a breaker were put off to its next try, or only their place in the queue was. They go on in
    // the order they were due.
    WAKE_WAITING = "UPDATE publications SET next_at = $3, wake_at = due_at \
                    WHERE (CAST($1 AS TEXT) IS NULL OR account = $1) AND owner IS NULL AND state = 'scheduled' \
                      AND due_at <= $3 AND next_at > $3 AND next_at = $2";
    WAKE_PAUSED = "UPDATE publications SET wake_at = next_at WHERE account = $1 AND owner IS NULL \
                   AND state = 'scheduled' AND wake_at > next_at";
}

impl Reader {
    /// What stops an account or the app, or last did. Inside a transaction nobody else changes it until that ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn breaker(&mut self, scope: Scope) -> Result<Option<Breaker>> {
        let statement = if self.decides() { BREAKER_HELD } else { BREAKER };
        self.row(statement, values![word(scope)]).await?.map(|row| breaker(scope, &row)).transpose()
    }
}

impl Tx {
    /// Keeps a breaker, in place of the one there was for its scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_breaker(&mut self, breaker: &Breaker) -> Result<()> {
        let values = values![
            word(breaker.scope),
            breaker.kind.word(),
            breaker.since,
            breaker.try_at,
            json(&breaker.setback),
            json(&breaker.told),
            breaker.closed_at,
        ];
        self.change(SAVE, values).await.map(drop)
    }

    /// Takes the turn to try whether it is over; false when somebody else has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_turn(&mut self, seen: &Breaker, turn_ends: DateTime<Utc>) -> Result<bool> {
        Ok(self.change(TAKE_TURN, values![word(seen.scope), seen.try_at, turn_ends]).await? == 1)
    }

    /// Has everything looked at that waits behind a breaker; says how many publications that are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wake_behind(&mut self, breaker: &Breaker, now: DateTime<Utc>) -> Result<u64> {
        let account = match breaker.scope {
            Scope::Account(account) => Some(account),
            Scope::App => None,
        };
        let paused = match account {
            Some(account) => self.change(WAKE_PAUSED, values![account]).await?,
            None => 0,
        };
        Ok(paused + self.change(WAKE_WAITING, values![account, breaker.try_at, now]).await?)
    }
}

fn word(scope: Scope) -> String {
    match scope {
        Scope::Account(account) => account.to_string(),
        Scope::App => APP.to_owned(),
    }
}

fn breaker(scope: Scope, row: &Row) -> Result<Breaker> {
    Ok(Breaker {
        scope,
        kind: row.word("kind", &BreakerKind::ALL, BreakerKind::word)?,
        since: row.instant("since")?,
        try_at: row.instant_option("try_at")?,
        setback: row.json("setback")?,
        told: row.json("told")?,
        closed_at: row.instant_option("closed_at")?,
    })
}
