//! How far our clock is ahead of TikTok's, from the `Date` of its answers.
//!
//! What is remembered is TikTok's time and when it came by a clock nobody can set, so that a clock which jumps after an
//! answer is found out as well as one that was wrong before.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};

use super::Client;
use crate::domain::clock::SharedClock;

/// An answer older than this says less about now: the machine may have slept in between.
const FRESH_FOR: Duration = Duration::from_secs(60);

/// What TikTok's last answer said about the time. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Skew {
    clock: Option<SharedClock>,
    said: Arc<Mutex<Option<Said>>>,
}

#[derive(Debug, Clone, Copy)]
struct Said {
    theirs: DateTime<Utc>,
    heard: Duration,
}

impl Skew {
    fn said(&self) -> MutexGuard<'_, Option<Said>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the time out of an answer's headers; an answer without it says nothing.
    pub(super) fn read(&self, headers: &HeaderMap) {
        let Some(clock) = &self.clock else { return };
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let theirs = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
        *self.said() = theirs.map(|theirs| Said { theirs: theirs.to_utc(), heard: clock.elapsed() });
    }
}

impl Client {
    /// The same client, comparing TikTok's clock with this one.
    #[must_use]
    pub fn with_clock(self, clock: SharedClock) -> Self {
        Self { skew: Skew { clock: Some(clock), said: Arc::default() }, ..self }
    }

    /// How far our clock is ahead of TikTok's, negative if it is behind; none while TikTok has not said.
    #[must_use]
    pub fn clock_ahead(&self) -> Option<TimeDelta> {
        let clock = self.skew.clock.as_ref()?;
        let said = (*self.skew.said())?;
        let since = TimeDelta::from_std(clock.elapsed().saturating_sub(said.heard)).ok()?;
        Some(clock.now() - (said.theirs + since))
    }

    /// Whether TikTok has said within the last minute what time it is.
    #[must_use]
    pub fn has_told_the_time(&self) -> bool {
        let Some(clock) = &self.skew.clock else { return false };
        self.skew.said().is_some_and(|said| clock.elapsed().saturating_sub(said.heard) < FRESH_FOR)
    }
}
