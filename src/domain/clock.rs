//! Where the time comes from.
//!
//! Everything asks a [`Clock`]; the database never does. The system's clock serves the
//! product; a [`PushedClock`] serves the sandbox and the tests, where time moves only or also when somebody says so.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

/// A source of the present, to the millisecond: what the database keeps.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The instant it is.
    fn now(&self) -> DateTime<Utc>;

    /// How long it has run, by a clock that nobody can set: for spans that must not change when [`now`](Self::now) jumps.
    fn elapsed(&self) -> Duration;
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

    fn elapsed(&self) -> Duration {
        STARTED.elapsed()
    }
}

/// When the process first asked.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A clock that somebody else can push forward (or back): standing still, or running with an offset.
///
/// A push is time that passes, for everybody. A jump is a clock that was set wrong, or put right: only who reads it
/// directly is misled, while the rest of the world ([`outside`](Self::outside)) and spans ([`Clock::elapsed`]) are not.
#[derive(Debug)]
pub struct PushedClock {
    /// Milliseconds since 1970 when standing; milliseconds of offset when running.
    millis: AtomicI64,
    /// How far it is ahead of the rest of the world.
    jumped: AtomicI64,
    /// Milliseconds that have passed besides those of the machine, never fewer.
    passed: AtomicI64,
    runs: bool,
}

impl PushedClock {
    /// Stands at `at` until it is told otherwise.
    #[must_use]
    pub fn standing(at: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self::at(at.timestamp_millis(), false))
    }

    /// Runs with the machine's clock until it is pushed ahead of it.
    #[must_use]
    pub fn running() -> Arc<Self> {
        Arc::new(Self::at(0, true))
    }

    const fn at(millis: i64, runs: bool) -> Self {
        Self { millis: AtomicI64::new(millis), jumped: AtomicI64::new(0), passed: AtomicI64::new(0), runs }
    }

    /// Moves the clock forward.
    pub fn push(&self, by: Duration) {
        self.pass(i64::try_from(by.as_millis()).unwrap_or(0));
    }

    /// Puts the clock at an instant, by letting time pass.
    pub fn set(&self, at: DateTime<Utc>) {
        self.pass((at - self.now()).num_milliseconds());
    }

    /// Sets this clock wrong, or right again, by so much, without any time passing.
    pub fn jump(&self, by: TimeDelta) {
        self.jumped.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// What clocks elsewhere show: they know of pushes, not of jumps.
    #[must_use]
    pub fn outside(self: &Arc<Self>) -> SharedClock {
        Arc::new(Outside(Arc::clone(self)))
    }

    fn pass(&self, millis: i64) {
        self.millis.fetch_add(millis, Ordering::SeqCst);
        self.passed.fetch_add(millis.max(0), Ordering::SeqCst);
    }

    fn true_millis(&self) -> i64 {
        let machine = if self.runs { SystemClock.now().timestamp_millis() } else { 0 };
        machine + self.millis.load(Ordering::SeqCst)
    }
}

impl Clock for PushedClock {
    fn now(&self) -> DateTime<Utc> {
        from_millis(self.true_millis() + self.jumped.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        let machine = if self.runs { SystemClock.elapsed() } else { Duration::ZERO };
        machine + Duration::from_millis(u64::try_from(self.passed.load(Ordering::SeqCst)).unwrap_or(0))
    }
}

/// The rest of the world's clock.
#[derive(Debug)]
struct Outside(Arc<PushedClock>);

impl Clock for Outside {
    fn now(&self) -> DateTime<Utc> {
        from_millis(self.0.true_millis())
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The instant that many milliseconds after 1970, or the earliest there is.
#[must_use]
pub fn from_millis(millis: i64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(millis).single().unwrap_or(DateTime::<Utc>::MIN_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_misleads_only_who_reads_that_clock() {
        let clock = PushedClock::standing(DateTime::UNIX_EPOCH);
        let outside = clock.outside();
        clock.push(Duration::from_secs(60));
        clock.jump(TimeDelta::hours(1));
        assert_eq!(clock.now() - outside.now(), TimeDelta::hours(1));
        assert_eq!(clock.elapsed(), Duration::from_secs(60));
        clock.set(clock.now() + TimeDelta::seconds(5));
        assert_eq!(
            (outside.now() - DateTime::UNIX_EPOCH, clock.elapsed()),
            (TimeDelta::seconds(65), Duration::from_secs(65))
        );
        clock.jump(-TimeDelta::hours(2));
        assert_eq!(outside.now() - clock.now(), TimeDelta::hours(1));
        assert_eq!(clock.elapsed(), Duration::from_secs(65), "it never runs backwards");
    }
}
