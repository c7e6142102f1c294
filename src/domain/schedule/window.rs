//! The window a time has to fall into: far enough ahead to be reviewed, near enough to be kept for, outside maintenance.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local::delta;
use super::{Maintenance, When, WhenRefusal, read};

/// Offered times are whole steps of this many seconds.
const STEP: i64 = 300;

/// How long people may take to accept an offer.
pub(super) const MOMENT: TimeDelta = TimeDelta::minutes(1);

/// As many maintenance windows in a row as are looked past; more than that is no schedule.
const MOST_WINDOWS: usize = 1000;

/// When posts may be due, seen from now.
#[derive(Debug, Clone)]
pub struct Window {
    /// The least time between now and a post.
    pub min_lead: Duration,
    /// The most time between now and a post.
    pub max_ahead: Duration,
    /// The recurring times nothing is due in.
    pub maintenance: Vec<Maintenance>,
}

impl Window {
    /// Reads a time as [`read`] does and checks an instant against this window, refusing it in its own zone.
    pub fn read(&self, text: &str, zone: Tz, now: DateTime<Utc>) -> Result<When, WhenRefusal> {
        let when = read(text, zone, now)?;
        match when {
            When::At { at, zone } => self.check(at, now).map_err(|refusal| refusal.in_zone(zone))?,
            When::Asap | When::NextSlot => {}
        }
        Ok(when)
    }

    /// Refuses an instant outside the window, naming the nearest that works.
    pub fn check(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), WhenRefusal> {
        let zone = Tz::UTC;
        let (earliest, latest) = self.bounds(now);
        if at <= now {
            return Err(WhenRefusal::Past { at, nearest: self.soonest(now), zone });
        }
        if at < earliest {
            return Err(WhenRefusal::TooNear { at, min_lead: self.min_lead, nearest: self.soonest(now), zone });
        }
        if at > latest {
            return Err(WhenRefusal::TooFar { at, max_ahead: self.max_ahead, nearest: self.furthest(now), zone });
        }
        let Some((_, until)) = self.maintained(at) else { return Ok(()) };
        let mut nearest: Vec<_> = [self.open_before(at, now), self.open_from(at, now)].into_iter().flatten().collect();
        nearest.sort_by_key(|offer| (*offer - at).abs());
        nearest.truncate(2);
        Err(WhenRefusal::Maintenance { at, until, nearest, zone })
    }

    /// The last instant that is not too far ahead.
    #[must_use]
    pub fn latest(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.bounds(now).1
    }

    /// The first and the last instant allowed, maintenance apart.
    fn bounds(&self, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let ahead = |span| now.checked_add_signed(delta(span)).unwrap_or(DateTime::<Utc>::MAX_UTC);
        (ahead(self.min_lead), ahead(self.max_ahead))
    }

    fn soonest(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (earliest, _) = self.bounds(now);
        let comfortable = earliest.checked_add_signed(MOMENT).and_then(|at| step(at, STEP - 1));
        comfortable
            .and_then(|at| self.open_from(at, now))
            // A window narrower than a step has only its edge to offer.
            .or_else(|| self.open_from(earliest, now))
    }

    fn furthest(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (earliest, latest) = self.bounds(now);
        let comfortable = step(latest, 0).filter(|at| *at >= earliest);
        comfortable.and_then(|at| self.open_before(at, now)).or_else(|| self.open_before(latest, now))
    }

    /// The first instant from `at` on that is allowed.
    fn open_from(&self, mut at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (earliest, latest) = self.bounds(now);
        for _ in 0..MOST_WINDOWS {
            if at < earliest || at > latest {
                return None;
            }
            match self.maintained(at) {
                Some((_, until)) if until > at => at = until,
                Some(_) => return None,
                None => return Some(at),
            }
        }
        None
    }

    /// The last whole minute up to `at` that is allowed.
    fn open_before(&self, mut at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (earliest, latest) = self.bounds(now);
        for _ in 0..MOST_WINDOWS {
            if at < earliest || at > latest {
                return None;
            }
            match self.maintained(at) {
                Some((from, _)) => at = from.min(at).checked_sub_signed(MOMENT)?,
                None => return Some(at),
            }
        }
        None
    }

    /// The maintenance window an instant falls into that ends last.
    fn maintained(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.maintenance.iter().filter_map(|maintenance| maintenance.covering(at)).max_by_key(|(_, until)| *until)
    }
}

/// The whole step at or before an instant moved on by so many seconds.
fn step(at: DateTime<Utc>, moved_on: i64) -> Option<DateTime<Utc>> {
    // Parts of a second round up with it when moving on.
    let part = i64::from(moved_on > 0 && at.timestamp_subsec_nanos() > 0);
    let seconds = at.timestamp().checked_add(moved_on + part)?;
    DateTime::from_timestamp(seconds - seconds.rem_euclid(STEP), 0)
}
