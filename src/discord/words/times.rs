//! What people read about zones and weekly slots.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use chrono_tz::Tz;

use super::parts;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, handle};
use crate::discord::look::Standing;
use crate::domain::account::Account;
use crate::domain::schedule::slots::{Slot, in_few_words};
use crate::domain::schedule::{self, short_weekday};
use crate::say;

/// The most accounts whose slots one message shows: Discord takes 25 fields, and each has two.
const MOST_ACCOUNTS: usize = 10;

/// The slots of one account.
#[derive(Debug, Clone, Copy)]
pub struct SlotsLine<'a> {
    /// Whose.
    pub account: &'a Account,
    /// In the order of the week.
    pub slots: &'a [Slot],
    /// The next free instants.
    pub free: &'a [DateTime<Utc>],
    /// The clock they are on.
    pub zone: Tz,
}

/// A member chose a zone, or the server's again.
#[must_use]
pub fn zone_chosen(zone: Tz, is_own: bool, now: DateTime<Utc>) -> Face {
    // A clock on the wall shows minutes.
    let now = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
    let (zone, now) = (zone.to_string(), schedule::say(now, zone));
    Face::text(if is_own {
        say!("times-zone-own", zone = zone, now = now)
    } else {
        say!("times-zone-server", zone = zone, now = now)
    })
}

/// The weekly slots of one account or several, and the next free instants.
#[must_use]
pub fn slots_shown(lines: &[SlotsLine<'_>]) -> Face {
    let zone = lines.first().map_or(Tz::UTC, |line| line.zone);
    let mut panel = Panel::new(Standing::Scheduled.colour(), say!("times-weekly-slots"));
    for line in lines.iter().take(MOST_ACCOUNTS) {
        panel = panel.field(&handle(&line.account.username), week(line.slots), true);
        panel = panel.field(&say!("times-next-free"), free(line), true);
    }
    let more = lines.len().saturating_sub(MOST_ACCOUNTS);
    Face::panel(panel.footer(match more {
        0 => say!("times-slots-footer", zone = zone.name()),
        more => say!("times-slots-footer-more", zone = zone.name(), count = more),
    }))
}

/// Slots were added.
#[must_use]
pub fn slots_set(line: &SlotsLine<'_>, added: usize) -> Face {
    let account = handle(&line.account.username);
    let what = match added {
        0 => say!("times-slots-there-already", account = account),
        _ => say!("times-slots-added", count = added, account = account),
    };
    let next = match line.free.first() {
        Some(at) => say!("times-slots-next", when = parts::full(*at), distance = parts::relative(*at)),
        None => say!("times-slots-none-free"),
    };
    Face::text(say!("times-slots-set", what = what, next = next, zone = line.zone.name()))
}

/// Slots were removed, and how to have them back.
#[must_use]
pub fn slots_cleared(line: &SlotsLine<'_>, cleared: &[Slot]) -> Face {
    let account = handle(&line.account.username);
    if cleared.is_empty() {
        return Face::text(say!("times-slots-no-such", account = account));
    }
    let back: Vec<String> = in_few_words(cleared)
        .into_iter()
        .map(|(days, times)| format!("`/slots set day: {} time: {times}`", days.word()))
        .collect();
    let removed = say!("times-slots-removed", count = cleared.len(), account = account);
    let left = say!("times-slots-left", count = line.slots.len());
    Face::text(say!("times-slots-cleared", removed = removed, left = left, back = back.join(" · ")))
}

/// The slots by the days of the week.
fn week(slots: &[Slot]) -> String {
    let mut lines: Vec<(chrono::Weekday, Vec<String>)> = Vec::new();
    for slot in slots {
        match lines.last_mut() {
            Some((day, times)) if *day == slot.weekday() => times.push(slot.clock()),
            Some(_) | None => lines.push((slot.weekday(), vec![slot.clock()])),
        }
    }
    if lines.is_empty() {
        return say!("times-slots-none-yet");
    }
    let lines: Vec<String> =
        lines.iter().map(|(day, times)| format!("**{}** {}", short_weekday(*day), times.join(", "))).collect();
    parts::lines(&lines, LONGEST_VALUE)
}

fn free(line: &SlotsLine<'_>) -> String {
    let lines: Vec<String> =
        line.free.iter().map(|at| format!("{} ({})", parts::short(*at), parts::relative(*at))).collect();
    match (lines.is_empty(), line.slots.is_empty()) {
        (true, true) => "–".to_owned(),
        (true, false) => say!("times-none-is-free"),
        (false, _) => parts::lines(&lines, LONGEST_VALUE),
    }
}
