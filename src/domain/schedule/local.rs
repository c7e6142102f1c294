//! Clock times as people in a zone live them: what a clock change does to them, days and their ends, and how an instant
//! is said where Discord's own timestamps do not render.

use std::fmt::Write as _;

use chrono::{
    DateTime, Datelike as _, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
    Weekday,
};
use chrono_tz::{GapInfo, Tz};

/// What a clock time in a zone comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// It is that time once.
    Once(DateTime<Utc>),
    /// Clocks were put forward over it; the first instant after the gap.
    Skipped(DateTime<Utc>),
    /// Clocks were put back over it; both instants, in order.
    Repeated([DateTime<Utc>; 2]),
}

impl Moment {
    /// The first instant at or after that time.
    pub(super) fn first(self) -> DateTime<Utc> {
        match self {
            Self::Once(at) | Self::Skipped(at) | Self::Repeated([at, _]) => at,
        }
    }

    /// The last instant at that time, or the first after it.
    pub(super) fn last(self) -> DateTime<Utc> {
        match self {
            Self::Once(at) | Self::Skipped(at) | Self::Repeated([_, at]) => at,
        }
    }
}

/// Finds the instants at which clocks in `zone` show `local`.
pub(super) fn moment(local: NaiveDateTime, zone: Tz) -> Moment {
    match zone.from_local_datetime(&local) {
        chrono::LocalResult::Single(at) => Moment::Once(at.to_utc()),
        chrono::LocalResult::Ambiguous(one, other) => {
            let (one, other) = (one.to_utc(), other.to_utc());
            Moment::Repeated([one.min(other), one.max(other)])
        }
        chrono::LocalResult::None => {
            let end = GapInfo::new(&local, &zone).and_then(|gap| gap.end);
            Moment::Skipped(end.map_or_else(|| local.and_utc(), |at| at.to_utc()))
        }
    }
}

/// The next instant strictly after `after` at which it is `time` in `zone`: the first instant after the gap on a day
/// that skips it, the first of the two on a day that repeats it.
#[must_use]
pub fn next_local(time: NaiveTime, zone: Tz, after: DateTime<Utc>) -> DateTime<Utc> {
    let today = local_day(after, zone);
    // From yesterday, since a day's time can come to an instant of the next day; a zone has skipped a whole day.
    let start = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    (0..6)
        .filter_map(|days| start.checked_add_days(Days::new(days)))
        .map(|day| moment(day.and_time(time), zone).first())
        .find(|at| *at > after)
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The date it is in `zone` at an instant.
#[must_use]
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The first instant of a date in `zone`, and the first instant of the date after it.
#[must_use]
pub fn day_span(date: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = moment(date.and_time(NaiveTime::MIN), zone).first();
    let end = match date.succ_opt() {
        Some(next) => moment(next.and_time(NaiveTime::MIN), zone).first(),
        None => DateTime::<Utc>::MAX_UTC,
    };
    (start, end)
}

/// Says an instant in plain words, as in `Fri 27 Nov 2026, 18:00 (Europe/Berlin, UTC+1)`; to the second when it has one.
#[must_use]
pub fn say(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    if zone == Tz::UTC {
        return format!("{} (UTC)", say_clock(local.naive_local()));
    }
    format!("{} ({zone}, {})", say_clock(local.naive_local()), say_offset(local.offset().fix()))
}

/// Says a clock time with its date, as in `Fri 27 Nov 2026, 18:00`.
pub(super) fn say_clock(local: NaiveDateTime) -> String {
    let shape = if local.time().format("%S").to_string() == "00" { "%H:%M" } else { "%H:%M:%S" };
    format!("{}, {}", say_day(local.date()), local.time().format(shape))
}

/// Says a date with its weekday, as in `Fri 27 Nov 2026`.
pub(super) fn say_day(date: NaiveDate) -> String {
    let (weekday, month) = (short_weekday(date.weekday()), short_month(date));
    let year = date.format("%Y").to_string();
    crate::say!("times-day", weekday = weekday, day = date.day(), month = month, year = year)
}

/// Says a day of the week, as in `Fri`.
#[must_use]
pub fn short_weekday(weekday: Weekday) -> String {
    crate::say!("times-weekday-short", number = weekday.number_from_monday())
}

/// Says every day of the week, Monday first.
#[must_use]
pub fn short_weekdays() -> [String; 7] {
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
        .map(short_weekday)
}

/// Says a date's month, as in `Nov`.
#[must_use]
pub fn short_month(date: NaiveDate) -> String {
    crate::say!("times-month-short", number = date.month())
}

/// Says how far a clock is from UTC, as in `UTC+5:30`.
pub(super) fn say_offset(offset: FixedOffset) -> String {
    let east = offset.local_minus_utc();
    let (hours, minutes, seconds) = (east.abs() / 3600, east.abs() / 60 % 60, east.abs() % 60);
    let mut said = format!("UTC{}{hours}", if east < 0 { '-' } else { '+' });
    if minutes > 0 || seconds > 0 {
        let _ = write!(said, ":{minutes:02}");
    }
    if seconds > 0 {
        let _ = write!(said, ":{seconds:02}");
    }
    said
}

/// Says how far an instant is from another, in its two largest units, as in `in 3 h 20 min` or `2 days ago`.
#[must_use]
pub fn distance(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let seconds = to.signed_duration_since(from).num_seconds();
    match seconds {
        0 => crate::say!("times-now"),
        1.. => crate::say!("times-ahead", span = say_span(seconds)),
        ..0 => crate::say!("times-ago", span = say_span(seconds.saturating_neg())),
    }
}

/// Says a span of so many seconds in its two largest units.
pub(super) fn say_span(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let parts = [(days, "days"), (hours, "h"), (minutes, "min"), (seconds % 60, "s")];
    let largest = parts.iter().position(|(count, _)| *count > 0).unwrap_or(parts.len() - 1);
    parts[largest..]
        .iter()
        .take(2)
        .enumerate()
        .filter(|(index, (count, _))| *index == 0 || *count > 0)
        .map(|(_, (count, unit))| match *unit {
            "days" => crate::say!("times-days", count = count),
            short => format!("{count} {short}"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// A span of the standard library as one that instants can be moved by; the longest there is if it is longer.
pub(super) fn delta(span: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, in_language};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_is_said_with_its_zone() {
        assert_eq!(
            say(utc("2026-11-27T17:00:00Z"), Tz::Europe__Berlin),
            "Fri 27 Nov 2026, 18:00 (Europe/Berlin, UTC+1)"
        );
        assert_eq!(
            say(utc("2026-11-27T17:00:05Z"), Tz::Asia__Kolkata),
            "Fri 27 Nov 2026, 22:30:05 (Asia/Kolkata, UTC+5:30)"
        );
        assert_eq!(say(utc("2026-11-27T17:00:00Z"), Tz::UTC), "Fri 27 Nov 2026, 17:00 (UTC)");
    }

    #[test]
    fn a_distance_is_said_in_two_units() {
        let now = utc("2026-11-25T16:30:00Z");
        let said = |seconds| distance(now, now + TimeDelta::seconds(seconds));
        assert_eq!(said(12_000), "in 3 h 20 min");
        assert_eq!(said(20), "in 20 s");
        assert_eq!(said(86_400 + 59), "in 1 day");
        assert_eq!(said(-7200), "2 h ago");
        assert_eq!(said(0), "now");
    }

    #[test]
    fn an_instant_said_in_german_is_read_back() {
        in_language(Language::German, || {
            let at = utc("2026-03-27T17:00:00Z");
            assert_eq!(say(at, Tz::Europe__Berlin), "Fr., 27. März 2026, 18:00 (Europe/Berlin, UTC+1)");
            assert_eq!(distance(at, at + TimeDelta::days(2)), "in 2 Tagen");
            for days in 0..366 {
                let at = at + TimeDelta::days(days);
                let read = super::super::read(&say(at, Tz::Europe__Berlin), Tz::Asia__Tokyo, at);
                assert_eq!(read, Ok(super::super::When::At { at, zone: Tz::Europe__Berlin }));
            }
        });
    }

    #[test]
    fn a_day_that_changes_the_clock_is_an_hour_shorter() {
        let (start, end) = day_span(NaiveDate::from_ymd_opt(2027, 3, 28).unwrap(), Tz::Europe__Berlin);
        assert_eq!((end - start).num_hours(), 23);
    }

    #[test]
    fn a_day_without_a_midnight_starts_after_the_gap() {
        let (start, _) = day_span(NaiveDate::from_ymd_opt(2027, 9, 5).unwrap(), Tz::America__Santiago);
        assert_eq!(start.with_timezone(&Tz::America__Santiago).time(), NaiveTime::from_hms_opt(1, 0, 0).unwrap());
    }
}
