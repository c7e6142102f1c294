//! What days and months are called in short, where Discord does not render an instant by itself.

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::say;

/// A day's weekday: `Fri`.
pub(in crate::discord) fn weekday(day: NaiveDate) -> String {
    short(day.weekday())
}

/// Every weekday, Monday first.
pub(super) fn weekdays() -> [String; 7] {
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun].map(short)
}

fn short(weekday: Weekday) -> String {
    match weekday {
        Weekday::Mon => say!("cards-day-monday"),
        Weekday::Tue => say!("cards-day-tuesday"),
        Weekday::Wed => say!("cards-day-wednesday"),
        Weekday::Thu => say!("cards-day-thursday"),
        Weekday::Fri => say!("cards-day-friday"),
        Weekday::Sat => say!("cards-day-saturday"),
        Weekday::Sun => say!("cards-day-sunday"),
    }
}

/// A day's month: `Nov`.
pub(in crate::discord) fn month(day: NaiveDate) -> String {
    match day.month0() {
        0 => say!("cards-month-january"),
        1 => say!("cards-month-february"),
        2 => say!("cards-month-march"),
        3 => say!("cards-month-april"),
        4 => say!("cards-month-may"),
        5 => say!("cards-month-june"),
        6 => say!("cards-month-july"),
        7 => say!("cards-month-august"),
        8 => say!("cards-month-september"),
        9 => say!("cards-month-october"),
        10 => say!("cards-month-november"),
        _ => say!("cards-month-december"),
    }
}
