//! Why a time is refused: the facts, the sentence, the way out, and the instants that could be offered instead.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::LONGEST_TEXT;
use super::local::{say, say_clock, say_day, say_offset, say_span, short_weekday};
use super::words::{VOCABULARY, closest};

/// A part of a time that can be said only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Which day.
    Day,
    /// What time of day.
    Time,
    /// How long from now.
    Span,
    /// In which zone.
    Zone,
}

impl Part {
    /// What chooses the words for it.
    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Time => "time",
            Self::Span => "unit",
            Self::Zone => "zone",
        }
    }
}

/// A time that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each field is named for the fact it carries")]
pub enum WhenRefusal {
    /// Nothing was said about when.
    #[error("{}", crate::say!("times-empty"))]
    Empty,
    /// No time is that long.
    #[error("{}", crate::say!("times-too-long", most = LONGEST_TEXT))]
    TooLong,
    /// A word means nothing here.
    #[error("{}", crate::say!("times-unknown", word = word))]
    Unknown { word: String },
    /// A word means something, but no exact time.
    #[error("{}", crate::say!("times-vague", word = word))]
    Vague { word: String, offers: Vec<DateTime<Utc>> },
    /// A word that says everything stands beside others.
    #[error("{}", crate::say!("times-alone", word = word))]
    Alone { word: String },
    /// Something is said twice.
    #[error("{}", crate::say!("times-twice", word = word, part = part.name()))]
    Twice { part: Part, word: String },
    /// A day without a time.
    #[error("{}", crate::say!("times-missing-time", day = say_day(*day)))]
    MissingTime { day: NaiveDate, offers: Vec<DateTime<Utc>> },
    /// No calendar has that date.
    #[error("{}", crate::say!("times-not-in-calendar", given = given))]
    NotInCalendar { given: String },
    /// No clock shows that time.
    #[error("{}", crate::say!("times-not-a-time-of-day", given = given))]
    NotATimeOfDay { given: String },
    /// Further away than can be reckoned with.
    #[error("{}", crate::say!("times-beyond"))]
    Beyond,
    /// The weekday said is not the date's.
    #[error("{}", crate::say!("times-weekday-contradicts", day = say_day(*day), weekday = weekday_name(*said)))]
    WeekdayContradicts { said: Weekday, day: NaiveDate, offers: Vec<DateTime<Utc>> },
    /// `next` before a weekday means two different days to different people.
    #[error("{}", which_week(*weekday, *days))]
    WhichWeek { weekday: Weekday, days: [NaiveDate; 2], offers: Vec<DateTime<Utc>> },
    /// With slashes, day and month change places from country to country.
    #[error("{}", crate::say!("times-which-order", given = given, days = either(days.iter().map(|day| say_day(*day)))))]
    WhichOrder { given: String, days: Vec<NaiveDate>, offers: Vec<DateTime<Utc>> },
    /// A word for a day that is over.
    #[error("{}", crate::say!("times-gone", word = word))]
    Gone { word: String, offers: Vec<DateTime<Utc>> },
    /// Clocks are put forward over that time.
    #[error("{}", crate::say!("times-skipped", zone = zone.to_string(), clock = say_clock(*local)))]
    Skipped { local: NaiveDateTime, zone: Tz, first: DateTime<Utc> },
    /// Clocks are put back over that time.
    #[error("{}", crate::say!("times-repeated", zone = zone.to_string(), clock = say_clock(*local)))]
    Repeated { local: NaiveDateTime, zone: Tz, both: [DateTime<Utc>; 2] },
    /// The offset said is not the zone's at that time.
    #[error("{}", crate::say!("times-offset-contradicts", zone = zone.to_string(), offset = say_offset(*offset)))]
    OffsetContradicts { zone: Tz, offset: FixedOffset, offers: Vec<DateTime<Utc>> },
    /// No zone has that name.
    #[error("{}", crate::say!("times-unknown-zone", given = given))]
    UnknownZone { given: String, close: Vec<Tz> },
    /// The instant is over.
    #[error("{}", crate::say!("times-past", when = say(*at, *zone)))]
    Past { at: DateTime<Utc>, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// The instant leaves too little time for everything before it.
    #[error("{}", crate::say!("times-too-near", when = say(*at, *zone)))]
    TooNear { at: DateTime<Utc>, min_lead: Duration, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// The instant is further away than posts are kept for.
    #[error("{}", crate::say!("times-too-far", when = say(*at, *zone)))]
    TooFar { at: DateTime<Utc>, max_ahead: Duration, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// Nothing may be scheduled while maintenance lasts.
    #[error("{}", crate::say!("times-maintenance", when = say(*at, *zone), until = say(*until, *zone)))]
    Maintenance { at: DateTime<Utc>, until: DateTime<Utc>, nearest: Vec<DateTime<Utc>>, zone: Tz },
}

impl WhenRefusal {
    /// A word that says no exact time, safe to show.
    pub(super) fn vague(word: &str) -> Self {
        Self::Vague { word: shown(word), offers: Vec::new() }
    }

    /// The way out, in a few words.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Empty | Self::TooLong | Self::Alone { .. } => crate::say!("times-examples"),
            Self::Unknown { word } => match closest(&word.to_lowercase(), VOCABULARY.into_iter()) {
                Some(close) => crate::say!("times-did-you-mean", close = format!("`{close}`")),
                None if word.bytes().all(|byte| byte.is_ascii_digit()) => crate::say!("times-unknown-number-hint"),
                None => crate::say!("times-examples"),
            },
            Self::Vague { word, .. } => match word.as_str() {
                "now" | "jetzt" => crate::say!("times-vague-now-hint"),
                _ => crate::say!("times-vague-hint"),
            },
            Self::Twice { part: Part::Span, .. } => crate::say!("times-twice-span-hint"),
            Self::Twice { part, .. } => crate::say!("times-twice-hint", part = part.name()),
            Self::MissingTime { day, .. } => {
                crate::say!("times-missing-time-hint", day = day.format("%Y-%m-%d").to_string())
            }
            Self::NotInCalendar { .. } => crate::say!("times-not-in-calendar-hint"),
            Self::NotATimeOfDay { .. } => crate::say!("times-not-a-time-of-day-hint"),
            Self::Beyond => crate::say!("times-beyond-hint"),
            Self::WeekdayContradicts { day, .. } => {
                crate::say!("times-weekday-contradicts-hint", weekday = short_weekday(day.weekday()))
            }
            Self::WhichWeek { days, .. } => write_the_date(days),
            Self::WhichOrder { days, .. } => write_the_date(days),
            Self::UnknownZone { close, .. } => which_zone(close),
            Self::Skipped { zone, first, .. } => crate::say!("times-skipped-hint", when = say(*first, *zone)),
            Self::Repeated { zone, both, .. } => say_either(both, *zone),
            Self::OffsetContradicts { zone, offers, .. } => say_either(offers, *zone),
            Self::Gone { offers, .. } if offers.is_empty() => crate::say!("times-examples"),
            Self::Gone { .. } => crate::say!("times-gone-hint"),
            Self::Past { nearest, zone, .. } => say_nearest(nearest.as_slice(), *zone),
            Self::TooNear { min_lead, nearest, zone, .. } => {
                let nearest = say_nearest(nearest.as_slice(), *zone);
                crate::say!("times-too-near-hint", span = say_duration(*min_lead), nearest = nearest)
            }
            Self::TooFar { max_ahead, nearest, zone, .. } => {
                let nearest = say_nearest(nearest.as_slice(), *zone);
                crate::say!("times-too-far-hint", span = say_duration(*max_ahead), nearest = nearest)
            }
            Self::Maintenance { nearest, zone, .. } => say_nearest(nearest, *zone),
        }
    }

    /// Whether the text left open which of several instants it means, or means one that clocks skip.
    #[must_use]
    pub fn asks_which(&self) -> bool {
        match self {
            Self::Vague { .. }
            | Self::MissingTime { .. }
            | Self::WeekdayContradicts { .. }
            | Self::WhichWeek { .. }
            | Self::WhichOrder { .. }
            | Self::Skipped { .. }
            | Self::Repeated { .. }
            | Self::OffsetContradicts { .. } => true,
            Self::Empty
            | Self::TooLong
            | Self::Unknown { .. }
            | Self::Alone { .. }
            | Self::Twice { .. }
            | Self::NotInCalendar { .. }
            | Self::NotATimeOfDay { .. }
            | Self::Beyond
            | Self::Gone { .. }
            | Self::UnknownZone { .. }
            | Self::Past { .. }
            | Self::TooNear { .. }
            | Self::TooFar { .. }
            | Self::Maintenance { .. } => false,
        }
    }

    /// The instants that could be meant or would work, best first.
    #[must_use]
    pub fn offers(&self) -> Vec<DateTime<Utc>> {
        match self {
            Self::Empty
            | Self::TooLong
            | Self::Unknown { .. }
            | Self::Alone { .. }
            | Self::Twice { .. }
            | Self::NotInCalendar { .. }
            | Self::NotATimeOfDay { .. }
            | Self::Beyond
            | Self::UnknownZone { .. } => Vec::new(),
            Self::Vague { offers, .. }
            | Self::MissingTime { offers, .. }
            | Self::WeekdayContradicts { offers, .. }
            | Self::WhichWeek { offers, .. }
            | Self::WhichOrder { offers, .. }
            | Self::Gone { offers, .. }
            | Self::OffsetContradicts { offers, .. } => offers.clone(),
            Self::Skipped { first, .. } => vec![*first],
            Self::Repeated { both, .. } => both.to_vec(),
            Self::Past { nearest, .. } | Self::TooNear { nearest, .. } | Self::TooFar { nearest, .. } => {
                nearest.iter().copied().collect()
            }
            Self::Maintenance { nearest, .. } => nearest.clone(),
        }
    }

    /// The same refusal, its instants said in a zone; a window knows none and says them in UTC.
    #[must_use]
    pub fn in_zone(mut self, here: Tz) -> Self {
        if let Self::Past { zone, .. }
        | Self::TooNear { zone, .. }
        | Self::TooFar { zone, .. }
        | Self::Maintenance { zone, .. } = &mut self
        {
            *zone = here;
        }
        self
    }
}

/// What somebody typed, safe to show between backticks: shortened, without backticks and control characters.
pub(super) fn shown(given: &str) -> String {
    let hidden = |c: &char| c.is_control() || *c == '`' || ('\u{200b}'..='\u{200f}').contains(c) || is_turning(*c);
    let mut kept = given.trim().chars().filter(|c| !hidden(c));
    let mut shown: String = kept.by_ref().take(30).collect();
    if kept.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Characters that turn the direction of the text after them.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn weekday_name(weekday: Weekday) -> String {
    crate::say!("times-weekday", number = weekday.number_from_monday())
}

fn which_week(weekday: Weekday, [one, other]: [NaiveDate; 2]) -> String {
    let (one, other) = (say_day(one), say_day(other));
    crate::say!("times-which-week", weekday = weekday_name(weekday), one = one, other = other)
}

/// One or another of several things.
fn either(things: impl Iterator<Item = String>) -> String {
    things.reduce(|before, next| crate::say!("times-either", before = before, next = next)).unwrap_or_default()
}

fn which_zone(close: &[Tz]) -> String {
    let names: Vec<String> = close.iter().map(|zone| format!("`{zone}`")).collect();
    let close = match names.as_slice() {
        [] => return crate::say!("times-unknown-zone-hint"),
        [one] => one.clone(),
        [before @ .., last] => crate::say!("times-either", before = before.join(", "), next = last),
    };
    crate::say!("times-did-you-mean", close = close)
}

fn write_the_date(days: &[NaiveDate]) -> String {
    let days = either(days.iter().map(|day| format!("`{}`", day.format("%Y-%m-%d"))));
    crate::say!("times-write", what = days)
}

fn say_either(instants: &[DateTime<Utc>], zone: Tz) -> String {
    let written = |at: &DateTime<Utc>| {
        let local = zone.from_utc_datetime(&at.naive_utc());
        format!("`{}`", local.format("%Y-%m-%dT%H:%M:%S%:z"))
    };
    crate::say!("times-write", what = either(instants.iter().map(written)))
}

fn say_nearest(nearest: &[DateTime<Utc>], zone: Tz) -> String {
    match nearest {
        [] => crate::say!("times-nearest-none"),
        nearest => crate::say!("times-nearest-that-works", when = either(nearest.iter().map(|at| say(*at, zone)))),
    }
}

/// Says a span in its two largest units.
#[must_use]
pub fn say_duration(span: Duration) -> String {
    say_span(i64::try_from(span.as_secs()).unwrap_or(i64::MAX))
}
