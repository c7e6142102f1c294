//! Weekly publishing slots: a weekday and a clock time, and the instants they come to.
//!
//! A slot is a promise about the clock on the wall. Where a clock change skips its time, it falls on the first instant
//! after the gap, so a week never loses a slot; where one repeats its time, on the first of the two, so a week never has
//! one twice. Which of them are free is decided where posts are known.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, Days, NaiveTime, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;

use super::grammar::{Said, parse};
use super::local::{local_day, moment};
use super::refusal::shown;
use super::{LONGEST_TEXT, WhenRefusal};

/// The most slots an account can have: four an hour of working days would be fewer.
pub const MOST_SLOTS: usize = 100;

/// A weekly slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    weekday: Weekday,
    /// Minutes since midnight on the clock.
    minute: u16,
}

impl Slot {
    /// The slot at that clock time, whose seconds are left out.
    #[must_use]
    pub fn new(weekday: Weekday, time: NaiveTime) -> Self {
        // A day has 1440 minutes.
        Self { weekday, minute: u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0) }
    }

    /// The slot on the weekday of that number, Monday being 1, so many minutes after midnight.
    #[must_use]
    pub fn from_numbers(weekday: u8, minute: u16) -> Option<Self> {
        let weekday = Weekday::try_from(weekday.checked_sub(1)?).ok()?;
        (minute < 24 * 60).then_some(Self { weekday, minute })
    }

    /// The number of its weekday, Monday being 1, and its minutes after midnight.
    #[must_use]
    pub fn numbers(self) -> (u32, u32) {
        (self.weekday.number_from_monday(), u32::from(self.minute))
    }

    /// On which day of the week.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        self.weekday
    }

    /// At what time, as `18:00`.
    #[must_use]
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    fn time(self) -> NaiveTime {
        NaiveTime::from_hms_opt(u32::from(self.minute / 60), u32::from(self.minute % 60), 0).unwrap_or_default()
    }
}

impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Slot {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.numbers().cmp(&other.numbers())
    }
}

/// The days of a week people name at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotDays {
    /// All seven.
    Every,
    /// Monday to Friday.
    Weekdays,
    /// Saturday and Sunday.
    Weekend,
    /// One.
    One(Weekday),
}

/// A word that names no days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDays(pub String);

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl SlotDays {
    /// Every way to name days.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [Self::Every, Self::Weekdays, Self::Weekend].into_iter().chain(WEEK.map(Self::One)).collect()
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Every => "every day",
            Self::Weekdays => "weekdays",
            Self::Weekend => "weekend",
            Self::One(Weekday::Mon) => "monday",
            Self::One(Weekday::Tue) => "tuesday",
            Self::One(Weekday::Wed) => "wednesday",
            Self::One(Weekday::Thu) => "thursday",
            Self::One(Weekday::Fri) => "friday",
            Self::One(Weekday::Sat) => "saturday",
            Self::One(Weekday::Sun) => "sunday",
        }
    }

    /// The days it names, in order.
    #[must_use]
    pub fn days(self) -> Vec<Weekday> {
        match self {
            Self::Every => WEEK.to_vec(),
            Self::Weekdays => WEEK[..5].to_vec(),
            Self::Weekend => WEEK[5..].to_vec(),
            Self::One(day) => vec![day],
        }
    }
}

impl std::str::FromStr for SlotDays {
    type Err = NotDays;
    fn from_str(text: &str) -> Result<Self, NotDays> {
        let low = text.trim().to_lowercase();
        Self::all().into_iter().find(|days| days.word() == low).ok_or_else(|| NotDays(shown(text)))
    }
}

/// Reads clock times with commas between them, as `9:00, 6pm, 18 Uhr`; each once, in order.
///
/// # Errors
/// When one of them is not exactly a clock time of whole minutes.
pub fn clock_times(text: &str) -> Result<Vec<NaiveTime>, WhenRefusal> {
    if text.chars().nth(LONGEST_TEXT * 4).is_some() {
        return Err(WhenRefusal::TooLong);
    }
    let mut times = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        times.push(clock_time(part)?);
    }
    if times.is_empty() {
        return Err(WhenRefusal::NotATimeOfDay { given: shown(text) });
    }
    times.sort_unstable();
    times.dedup();
    Ok(times)
}

fn clock_time(text: &str) -> Result<NaiveTime, WhenRefusal> {
    let not = || WhenRefusal::NotATimeOfDay { given: shown(text) };
    let Said::Phrase(phrase) = parse(text)? else { return Err(not()) };
    let said_more = phrase.instant.is_some()
        || phrase.day.is_some()
        || phrase.weekday.is_some()
        || phrase.span.is_some()
        || phrase.zone.is_some()
        || phrase.offset.is_some();
    phrase.time.filter(|time| !said_more && time.num_seconds_from_midnight() % 60 == 0).ok_or_else(not)
}

/// The slots at each of these times on each of these days.
#[must_use]
pub fn slots_on(days: SlotDays, times: &[NaiveTime]) -> Vec<Slot> {
    days.days().into_iter().flat_map(|day| times.iter().map(move |time| Slot::new(day, *time))).collect()
}

/// The instants of these slots after one instant and up to another, in order, each once.
#[must_use]
pub fn instants(slots: &[Slot], zone: Tz, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    // From the day before, since the time of a day can come to an instant of the next.
    let first = local_day(after, zone).checked_sub_days(Days::new(1));
    let last = local_day(until, zone);
    let days = first.into_iter().flat_map(|first| first.iter_days()).take_while(|day| *day <= last);
    let mut found: Vec<_> = days
        .flat_map(|day| slots.iter().filter(move |slot| slot.weekday == day.weekday()).map(move |slot| (day, *slot)))
        .map(|(day, slot)| moment(day.and_time(slot.time()), zone).first())
        .filter(|at| *at > after && *at <= until)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The slots in as few words as name them all: days, and the times they have in common.
#[must_use]
pub fn in_few_words(slots: &[Slot]) -> Vec<(SlotDays, String)> {
    let mut left = slots.to_vec();
    left.sort_unstable();
    left.dedup();
    let mut said = Vec::new();
    for days in SlotDays::all() {
        let named = days.days();
        let mut minutes: Vec<u16> =
            left.iter().filter(|slot| slot.weekday == named[0]).map(|slot| slot.minute).collect();
        minutes.retain(|minute| named.iter().all(|day| left.contains(&Slot { weekday: *day, minute: *minute })));
        if minutes.is_empty() {
            continue;
        }
        left.retain(|slot| !(named.contains(&slot.weekday) && minutes.contains(&slot.minute)));
        let mut times = String::new();
        for minute in &minutes {
            let separator = if times.is_empty() { "" } else { ", " };
            let _ = write!(times, "{separator}{}", Slot { weekday: named[0], minute: *minute }.clock());
        }
        said.push((days, times));
    }
    said
}
