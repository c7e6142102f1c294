//! Where the time comes from.
//!
//! Everything asks a [`Clock`]; the database never does. The system's clock serves the
//! product; a [`PushedClock`] serves the sandbox and the tests, where time moves only or also when somebody says so.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeZone, Utc};

/// A source of the present, to the millisecond: what the database keeps.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The instant it is.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that can be handed around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> DateTime<Utc> {
        from_millis(Utc::now().timestamp_millis())
    }
}

/// A clock that somebody else can push forward (or back): standing still, or running with an offset.
#[derive(Debug)]
pub struct PushedClock {
    /// Milliseconds since 1970 when standing; milliseconds of offset when running.
    millis: AtomicI64,
    runs: bool,
}

impl PushedClock {
    /// Stands at `at` until it is told otherwise.
    #[must_use]
    pub fn standing(at: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self { millis: AtomicI64::new(at.timestamp_millis()), runs: false })
    }

    /// Runs with the machine's clock until it is pushed ahead of it.
    #[must_use]
    pub fn running() -> Arc<Self> {
        Arc::new(Self { millis: AtomicI64::new(0), runs: true })
    }

    /// Moves the clock forward.
    pub fn push(&self, by: Duration) {
        self.millis.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::SeqCst);
    }

    /// Puts the clock at an instant.
    pub fn set(&self, at: DateTime<Utc>) {
        let base = if self.runs { SystemClock.now().timestamp_millis() } else { 0 };
        self.millis.store(at.timestamp_millis() - base, Ordering::SeqCst);
    }
}

impl Clock for PushedClock {
    fn now(&self) -> DateTime<Utc> {
        let millis = self.millis.load(Ordering::SeqCst);
        if self.runs { from_millis(SystemClock.now().timestamp_millis() + millis) } else { from_millis(millis) }
    }
}

/// The instant that many milliseconds after 1970, or the earliest there is.
#[must_use]
pub fn from_millis(millis: i64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(millis).single().unwrap_or(DateTime::<Utc>::MIN_UTC)
}
