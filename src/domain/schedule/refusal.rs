//! Why a time is refused: the facts, the sentence, the way out, and the instants that could be offered instead.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::LONGEST_TEXT;
use super::local::{say, say_clock, say_day, say_offset, say_span};
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
    #[error("no time was given")]
    Empty,
    /// No time is that long.
    #[error("a time is at most {LONGEST_TEXT} characters long")]
    TooLong,
    /// A word means nothing here.
    #[error("`{word}` is not understood")]
    Unknown { word: String },
    /// A word means something, but no exact time.
    #[error("`{word}` does not say an exact time")]
    Vague { word: String, offers: Vec<DateTime<Utc>> },
    /// A word that says everything stands beside others.
    #[error("`{word}` stands alone")]
    Alone { word: String },
    /// Something is said twice.
    #[error("`{word}` says the {} a second time", part.name())]
    Twice { part: Part, word: String },
    /// A day without a time.
    #[error("{} is a day without a time", say_day(*day))]
    MissingTime { day: NaiveDate, offers: Vec<DateTime<Utc>> },
    /// No calendar has that date.
    #[error("`{given}` is not in the calendar")]
    NotInCalendar { given: String },
    /// No clock shows that time.
    #[error("`{given}` is not a time of day")]
    NotATimeOfDay { given: String },
    /// Further away than can be reckoned with.
    #[error("that is further away than the calendar goes")]
    Beyond,
    /// The weekday said is not the date's.
    #[error("{} is not a {}", say_day(*day), weekday_name(*said))]
    WeekdayContradicts { said: Weekday, day: NaiveDate, offers: Vec<DateTime<Utc>> },
    /// `next` before a weekday means two different days to different people.
    #[error("`next {}` could be {} or {}", weekday_name(*weekday), say_day(days[0]), say_day(days[1]))]
    WhichWeek { weekday: Weekday, days: [NaiveDate; 2], offers: Vec<DateTime<Utc>> },
    /// With slashes, day and month change places from country to country.
    #[error("`{given}` could be {}", days.iter().map(|day| say_day(*day)).collect::<Vec<_>>().join(" or "))]
    WhichOrder { given: String, days: Vec<NaiveDate>, offers: Vec<DateTime<Utc>> },
    /// A word for a day that is over.
    #[error("`{word}` is over")]
    Gone { word: String, offers: Vec<DateTime<Utc>> },
    /// Clocks are put forward over that time.
    #[error("clocks in {zone} skip {}", say_clock(*local))]
    Skipped { local: NaiveDateTime, zone: Tz, first: DateTime<Utc> },
    /// Clocks are put back over that time.
    #[error("clocks in {zone} show {} twice", say_clock(*local))]
    Repeated { local: NaiveDateTime, zone: Tz, both: [DateTime<Utc>; 2] },
    /// The offset said is not the zone's at that time.
    #[error("{zone} is not at {} then", say_offset(*offset))]
    OffsetContradicts { zone: Tz, offset: FixedOffset, offers: Vec<DateTime<Utc>> },
    /// No zone has that name.
    #[error("`{given}` is not a time zone")]
    UnknownZone { given: String, close: Vec<Tz> },
    /// The instant is over.
    #[error("{} is over", say(*at, *zone))]
    Past { at: DateTime<Utc>, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// The instant leaves too little time for everything before it.
    #[error("{} is too soon", say(*at, *zone))]
    TooNear { at: DateTime<Utc>, min_lead: Duration, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// The instant is further away than posts are kept for.
    #[error("{} is too far away", say(*at, *zone))]
    TooFar { at: DateTime<Utc>, max_ahead: Duration, nearest: Option<DateTime<Utc>>, zone: Tz },
    /// Nothing may be scheduled while maintenance lasts.
    #[error("{} is in a maintenance window that lasts until {}", say(*at, *zone), say(*until, *zone))]
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
            Self::Empty | Self::TooLong | Self::Alone { .. } => EXAMPLES.to_owned(),
            Self::Unknown { word } => match closest(&word.to_lowercase(), VOCABULARY.into_iter()) {
                Some(close) => format!("did you mean `{close}`?"),
                None if word.bytes().all(|byte| byte.is_ascii_digit()) => {
                    "write a time of day like `18:00` or `6pm`".to_owned()
                }
                None => EXAMPLES.to_owned(),
            },
            Self::Vague { word, .. } => match word.as_str() {
                "now" | "jetzt" => "`asap` goes out as soon as it is approved".to_owned(),
                _ => "give the day and the time, for example `tomorrow 18:00`".to_owned(),
            },
            Self::Twice { part: Part::Span, .. } => "say each unit once, for example `in 1h 30m`".to_owned(),
            Self::Twice { part, .. } => format!("leave only one {}", part.name()),
            Self::MissingTime { day, .. } => format!("add the time, for example `{} 18:00`", day.format("%Y-%m-%d")),
            Self::NotInCalendar { .. } => "check how many days that month has".to_owned(),
            Self::NotATimeOfDay { .. } => "times go from `00:00` to `23:59`, or from `12am` to `11:59pm`".to_owned(),
            Self::Beyond => "choose a closer time".to_owned(),
            Self::WeekdayContradicts { day, .. } => format!("leave the weekday out, or write `{}`", day.format("%a")),
            Self::WhichWeek { days, .. } => write_the_date(days),
            Self::WhichOrder { days, .. } => write_the_date(days),
            Self::UnknownZone { close, .. } => which_zone(close),
            Self::Skipped { zone, first, .. } => format!("the first time after that is {}", say(*first, *zone)),
            Self::Repeated { zone, both, .. } => say_either(both, *zone),
            Self::OffsetContradicts { zone, offers, .. } => say_either(offers, *zone),
            Self::Gone { offers, .. } if offers.is_empty() => EXAMPLES.to_owned(),
            Self::Gone { .. } => "choose a day to come".to_owned(),
            Self::Past { nearest, zone, .. } => say_nearest(nearest.as_slice(), *zone),
            Self::TooNear { min_lead, nearest, zone, .. } => {
                format!(
                    "posts need at least {} ahead; {}",
                    say_duration(*min_lead),
                    say_nearest(nearest.as_slice(), *zone)
                )
            }
            Self::TooFar { max_ahead, nearest, zone, .. } => {
                format!("posts go up to {} ahead; {}", say_duration(*max_ahead), say_nearest(nearest.as_slice(), *zone))
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

const EXAMPLES: &str = "for example `tomorrow 18:00`, `fri 6pm`, `in 3h`, `2026-12-01 09:00` or `asap`";

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

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn which_zone(close: &[Tz]) -> String {
    let names: Vec<String> = close.iter().map(|zone| format!("`{zone}`")).collect();
    match names.as_slice() {
        [] => "zones are written like `Europe/Berlin`; autocomplete lists them".to_owned(),
        [one] => format!("did you mean {one}?"),
        [before @ .., last] => format!("did you mean {} or {last}?", before.join(", ")),
    }
}

fn write_the_date(days: &[NaiveDate]) -> String {
    let days: Vec<String> = days.iter().map(|day| format!("`{}`", day.format("%Y-%m-%d"))).collect();
    format!("write {}", days.join(" or "))
}

fn say_either(instants: &[DateTime<Utc>], zone: Tz) -> String {
    let written = |at: &DateTime<Utc>| {
        let local = zone.from_utc_datetime(&at.naive_utc());
        format!("`{}`", local.format("%Y-%m-%dT%H:%M:%S%:z"))
    };
    format!("write {}", instants.iter().map(written).collect::<Vec<_>>().join(" or "))
}

fn say_nearest(nearest: &[DateTime<Utc>], zone: Tz) -> String {
    match nearest {
        [] => "no time works at the moment; an administrator can widen the window".to_owned(),
        nearest => {
            let said: Vec<String> = nearest.iter().map(|at| say(*at, zone)).collect();
            format!("the nearest time that works is {}", said.join(" or "))
        }
    }
}

/// Says a span in its two largest units.
#[must_use]
pub fn say_duration(span: Duration) -> String {
    say_span(i64::try_from(span.as_secs()).unwrap_or(i64::MAX))
}
