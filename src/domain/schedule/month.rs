//! A month of the calendar: how people type it, how it is said, and which instants belong to it in a zone.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::local::day_span;
use super::words;

/// The years a calendar knows; before and after them nobody plans anything.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;
/// How many months back a name without a year may mean: `october`, typed in November, was last month.
const BACK: i32 = 5;
/// What months are called in English, which is understood in every language.
const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Words that say nothing beside a month.
const FILLERS: [&str; 7] = ["month", "monat", "the", "in", "im", "of", "der"];

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    /// 1 to 12.
    month: u32,
}

/// What was typed is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a month")]
pub struct NotAMonth;

impl Month {
    /// The month of a day; days before or after all calendars belong to the first or the last month.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year().clamp(*YEARS.start(), *YEARS.end()), month: day.month() }
    }

    fn new(year: i32, month: u32) -> Option<Self> {
        (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// Its first day.
    ///
    /// # Panics
    /// Never: every month has a first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("every month has a first day")
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u32 {
        (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(self.year, self.month, *day).is_some()).unwrap_or(28)
    }

    /// The month so many later, or earlier below zero, as far as there are calendars.
    #[must_use]
    pub fn later(self, by: i32) -> Option<Self> {
        let months = (self.year * 12).checked_add(i32::try_from(self.month).ok()? - 1)?.checked_add(by)?;
        Self::new(months.div_euclid(12), u32::try_from(months.rem_euclid(12)).ok()? + 1)
    }

    /// When it begins and when it is over in a zone.
    #[must_use]
    pub fn span(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        let last = self.first_day().with_day(self.days()).unwrap_or_else(|| self.first_day());
        (day_span(self.first_day(), zone).0, day_span(last, zone).1)
    }

    /// What it is called, with its year: `December 2026`.
    #[must_use]
    pub fn said(self) -> String {
        format!("{} {}", self.name(), self.year)
    }

    /// What it is called in any year: `December`.
    #[must_use]
    pub fn name(self) -> String {
        name(self.month)
    }

    /// What it is called in English, with its year.
    fn in_english(self) -> String {
        let place = usize::try_from(self.month).unwrap_or(1).saturating_sub(1);
        format!("{} {}", NAMES[place.min(11)], self.year)
    }

    /// Reads what somebody typed on a day: `december`, `dezember 2026`, `2026-12`, `12/2026`, `next`; nothing is this
    /// month. A name without a year means the nearest such month.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn read(text: &str, today: NaiveDate) -> Result<Self, NotAMonth> {
        let this = Self::of(today);
        if text.chars().nth(super::LONGEST_TEXT).is_some() {
            return Err(NotAMonth);
        }
        let lower = text.to_lowercase();
        let parts: Vec<&str> = lower
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '.' | ',' | '–'))
            .filter(|part| !part.is_empty() && !FILLERS.contains(part))
            .collect();
        let found = match parts.as_slice() {
            [] => Some(this),
            [word] => this.named(word),
            [one, other] => month(one)
                .zip(year(other))
                .or_else(|| month(other).zip(year(one)))
                .and_then(|(month, year)| Self::new(year, month)),
            [..] => None,
        };
        found.ok_or(NotAMonth)
    }

    /// The month a word names, seen from this one.
    fn named(self, word: &str) -> Option<Self> {
        match word {
            "this" | "now" | "current" | "today" | "heute" | "jetzt" | "dieser" | "diesen" | "aktuell" => Some(self),
            "next" | "nächster" | "nächsten" | "nächste" | "naechster" | "naechsten" | "kommender" | "kommenden" => {
                self.later(1)
            }
            "last" | "previous" | "letzter" | "letzten" | "letzte" | "voriger" | "vorigen" | "vergangenen" => {
                self.later(-1)
            }
            _ => {
                let month = month(word)?;
                (-BACK..12 - BACK).filter_map(|by| self.later(by)).find(|one| one.month == month)
            }
        }
    }
}

/// The months somebody may mean who has typed so much of one: what it reads as, and those whose name begins so; nothing
/// typed offers the months around this one.
#[must_use]
pub fn months(partial: &str, today: NaiveDate) -> Vec<Month> {
    let this = Month::of(today);
    let around = |by: &[i32]| by.iter().filter_map(|by| this.later(*by)).collect::<Vec<_>>();
    let partial = partial.trim().to_lowercase();
    if partial.is_empty() {
        return around(&[0, 1, 2, -1, -2]);
    }
    let mut found: Vec<Month> = Month::read(&partial, today).into_iter().collect();
    let ahead: Vec<i32> = (0..12 - BACK).chain((-BACK..0).rev()).collect();
    let begins =
        |month: &Month| [month.said(), month.in_english()].iter().any(|name| name.to_lowercase().starts_with(&partial));
    found.extend(around(&ahead).into_iter().filter(begins));
    found.dedup();
    found
}

/// What a month is called, from 1 to 12.
fn name(month: u32) -> String {
    crate::say!("times-month", number = month)
}

/// A day of a month in any year, as in `24 December`.
pub(super) fn day_of(day: u32, month: u32) -> String {
    crate::say!("times-day-of-month", day = day, month = name(month))
}

/// A month by its name or number.
fn month(word: &str) -> Option<u32> {
    words::month(word).or_else(|| {
        let short = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse().ok().filter(|month| short && (1..=12).contains(month))
    })
}

/// A year, written in full.
fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|_| word.len() == 4)
}

impl fmt::Display for Month {
    /// As it is written in a button: `2026-12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let month = Self::new(year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?);
        month.filter(|month| month.to_string() == text).ok_or(NotAMonth)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        Month::read(text, today).ok().map(|month| month.to_string())
    }

    #[test]
    fn months_are_read_as_people_type_them() {
        let readings = [
            ("", "2026-11"),
            ("this month", "2026-11"),
            ("Next", "2026-12"),
            ("nächsten Monat", "2026-12"),
            ("last", "2026-10"),
            ("december", "2026-12"),
            ("Dezember", "2026-12"),
            ("dez.", "2026-12"),
            ("october", "2026-10"),
            ("june", "2026-06"),
            ("mai", "2027-05"),
            ("März 2027", "2027-03"),
            ("2027 march", "2027-03"),
            ("2026-12", "2026-12"),
            ("12/2026", "2026-12"),
            ("12.2026", "2026-12"),
            ("2", "2027-02"),
        ];
        for (text, month) in readings {
            assert_eq!(read(text).as_deref(), Some(month), "{text}");
        }
        for nonsense in ["soon", "13", "0", "13/2026", "2026", "12/26", "1999-12", "2026-12-24", "december december"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_month_knows_its_days_and_its_neighbours() {
        let february: Month = "2028-02".parse().unwrap();
        assert_eq!((february.days(), february.said().as_str()), (29, "February 2028"));
        assert_eq!(february.later(-2).unwrap().to_string(), "2027-12");
        assert_eq!("2199-12".parse::<Month>().unwrap().later(1), None);
        assert_eq!("2026-1".parse::<Month>(), Err(NotAMonth));
        let (from, until) = "2026-10".parse::<Month>().unwrap().span(Tz::Europe__Berlin);
        // Clocks go back that month.
        assert_eq!((until - from).num_hours(), 31 * 24 + 1);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_every_month_is_read_back(text in ".{0,40}", by in -300_i32..400) {
            let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
            let _ = Month::read(&text, today);
            let month = Month::of(today).later(by).unwrap();
            prop_assert_eq!(month.to_string().parse(), Ok(month));
            prop_assert_eq!(Month::read(&month.to_string(), today), Ok(month));
            prop_assert_eq!(Month::read(&month.said(), today), Ok(month));
        }
    }
}
