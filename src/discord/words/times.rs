//! What people read about zones and weekly slots.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::parts;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, handle};
use crate::discord::look::Standing;
use crate::domain::account::Account;
use crate::domain::schedule::say;
use crate::domain::schedule::slots::{Slot, in_few_words};

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
    let whose = if is_own { "your own zone" } else { "this server's zone" };
    let back = if is_own { "\nhint: `/timezone` without a zone goes back to this server's" } else { "" };
    Face::text(format!(
        "Times you type are now read in `{zone}`, {whose}. There it is {}. What is planned stays as it is.{back}",
        say(now, zone)
    ))
}

/// The weekly slots of one account or several, and the next free instants.
#[must_use]
pub fn slots_shown(lines: &[SlotsLine<'_>]) -> Face {
    let zone = lines.first().map_or(Tz::UTC, |line| line.zone);
    let mut panel = Panel::new(Standing::Scheduled.colour(), "Weekly slots");
    for line in lines.iter().take(MOST_ACCOUNTS) {
        panel = panel.field(&handle(&line.account.username), week(line.slots), true);
        panel = panel.field("Next free", free(line), true);
    }
    let more = lines.len().saturating_sub(MOST_ACCOUNTS);
    let more = if more > 0 { format!(" · {more} more: name one with `account`") } else { String::new() };
    Face::panel(panel.footer(format!("Times in {}{more}", zone.name())))
}

/// Slots were added.
#[must_use]
pub fn slots_set(line: &SlotsLine<'_>, added: usize) -> Face {
    let account = handle(&line.account.username);
    let what = match added {
        0 => format!("These slots of {account} were there already; nothing has changed."),
        _ => format!("{} added to {account}.", parts::count(added, "weekly slot")),
    };
    let next = match line.free.first() {
        Some(at) => format!("The next free one is {} ({}).", parts::full(*at), parts::relative(*at)),
        None => "None of its slots is free at the moment.".to_owned(),
    };
    Face::text(format!("{what} {next}\nhint: `/schedule when: next slot` takes it; times are in `{}`", line.zone))
}

/// Slots were removed, and how to have them back.
#[must_use]
pub fn slots_cleared(line: &SlotsLine<'_>, cleared: &[Slot]) -> Face {
    let account = handle(&line.account.username);
    if cleared.is_empty() {
        return Face::text(format!(
            "{account} has no such slot; nothing has changed.\nhint: `/slots show` shows the slots there are"
        ));
    }
    let back: Vec<String> = in_few_words(cleared)
        .into_iter()
        .map(|(days, times)| format!("`/slots set day: {} time: {times}`", days.word()))
        .collect();
    let left = match line.slots.len() {
        0 => "It has none left".to_owned(),
        left => format!("It has {} left", parts::count(left, "slot")),
    };
    Face::text(format!(
        "{} removed from {account}. {left}. Posts that took one keep their time.\nhint: to have them back: {}",
        parts::count(cleared.len(), "weekly slot"),
        back.join(" · ")
    ))
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
        return "None yet. A reviewer or manager adds some with `/slots set`.".to_owned();
    }
    let lines: Vec<String> = lines.iter().map(|(day, times)| format!("**{day}** {}", times.join(", "))).collect();
    parts::lines(&lines, LONGEST_VALUE)
}

fn free(line: &SlotsLine<'_>) -> String {
    let lines: Vec<String> =
        line.free.iter().map(|at| format!("{} ({})", parts::short(*at), parts::relative(*at))).collect();
    match (lines.is_empty(), line.slots.is_empty()) {
        (true, true) => "–".to_owned(),
        (true, false) => "None is free".to_owned(),
        (false, _) => parts::lines(&lines, LONGEST_VALUE),
    }
}
