//! Maintenance windows: on the clock of a zone, from every start a cron pattern names, for a while.
//!
//! They are reckoned in clock time, so that `0 2 * * *` for an hour is from two to three also in the night that repeats
//! or skips that hour.

use std::str::FromStr as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono::{NaiveDateTime, Timelike as _};
use chrono_tz::Tz;
use croner::Cron;

use super::local::{delta, moment};

/// Recurring times in which nothing may be scheduled.
#[derive(Debug, Clone)]
pub struct Maintenance {
    cron: Cron,
    lasts: Duration,
    zone: Tz,
}

/// A setting is not a maintenance window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMaintenance {
    /// The pattern cannot be read.
    #[error("`{cron}` is not a cron pattern: {reason}")]
    Pattern {
        /// The pattern as given.
        cron: String,
        /// What its reader objects to.
        reason: String,
    },
    /// The pattern never comes round.
    #[error("`{cron}` never happens")]
    Never {
        /// The pattern as given.
        cron: String,
    },
    /// The window lasts no time, or over a year.
    #[error("a maintenance window lasts from a second to a year")]
    Lasting,
}

impl Maintenance {
    /// Reads a window that begins whenever `cron` says in `zone`, and lasts.
    pub fn new(cron: &str, lasts: Duration, zone: Tz) -> Result<Self, NotAMaintenance> {
        if lasts < Duration::from_secs(1) || lasts > Duration::from_secs(366 * 86_400) {
            return Err(NotAMaintenance::Lasting);
        }
        let given = || cron.to_owned();
        let read = Cron::from_str(cron)
            .map_err(|error| NotAMaintenance::Pattern { cron: given(), reason: error.to_string() })?;
        if read.find_next_occurrence(&DateTime::UNIX_EPOCH, true).is_err() {
            return Err(NotAMaintenance::Never { cron: given() });
        }
        Ok(Self { cron: read, lasts, zone })
    }

    /// The window an instant falls into: its first instant, and the first after it.
    #[must_use]
    pub fn covering(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let clock = at.with_timezone(&self.zone).naive_local().with_nanosecond(0)?;
        let start = self.start_before(clock)?;
        let end = start.checked_add_signed(delta(self.lasts)).filter(|end| clock < *end)?;
        Some((moment(start, self.zone).first(), moment(end, self.zone).last()))
    }

    /// The last start at or before a clock time.
    fn start_before(&self, clock: NaiveDateTime) -> Option<NaiveDateTime> {
        // The pattern is asked on a clock that is never changed.
        self.cron.find_previous_occurrence(&clock.and_utc(), true).ok().map(|start| start.naive_utc())
    }
}
