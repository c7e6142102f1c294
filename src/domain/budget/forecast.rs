//! What would not go out at its time, told while it is being scheduled.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Guard, Guards, Usage, first_room};
use crate::domain::account::Delivery;

/// A post too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// For which guard.
    pub guard: Guard,
    /// The how-manieth it is, or how many there are with it.
    pub count: usize,
    /// How many are allowed.
    pub allowed: u32,
    /// When it would go out; `None` where a later one would be moved on instead.
    pub moved_to: Option<DateTime<Utc>>,
}

/// Whether a post due then would be one too many, given when the account's other live posts are due and what it used.
#[must_use]
pub fn forecast(
    guards: &Guards,
    delivery: Delivery,
    usage: &Usage,
    others: &[DateTime<Utc>],
    due: DateTime<Utc>,
) -> Option<Excess> {
    let kinds = [Guard::Uploads, Guard::of(delivery)];
    let mut before: Vec<_> = others.iter().copied().filter(|other| *other <= due).collect();
    before.sort_unstable();
    // Everybody in order, each at the first moment with room: that is how they would go out.
    let mut lists = kinds.map(|kind| (guards.allowance(kind), usage.of(kind).to_vec()));
    for other in before {
        let goes_out = first_room(&lists, other);
        lists.iter_mut().for_each(|(_, list)| list.push(goes_out));
    }
    let goes_out = first_room(&lists, due);
    let planned = |kind: Guard| {
        let mut all: Vec<_> = usage.of(kind).iter().chain(others).copied().chain([due]).collect();
        all.sort_unstable();
        all
    };
    if goes_out > due {
        let at = kinds.into_iter().zip(&lists).find(|(_, (allowance, list))| allowance.room_from(list, due) > due);
        let (guard, (allowance, _)) = at?;
        let least = usize::try_from(allowance.most).unwrap_or(usize::MAX).saturating_add(1);
        let count = allowance.used(&planned(guard), due).max(least);
        return Some(Excess { guard, count, allowed: allowance.most, moved_to: Some(goes_out) });
    }
    kinds.into_iter().find_map(|guard| {
        let (allowance, all) = (guards.allowance(guard), planned(guard));
        let starts = all.iter().filter(|start| **start <= due && due < **start + allowance.within);
        let in_span =
            |start: &DateTime<Utc>| all.iter().filter(|one| *one >= start && **one < *start + allowance.within).count();
        let count = starts.map(in_span).max()?;
        let allowed = usize::try_from(allowance.most).unwrap_or(usize::MAX);
        (count > allowed).then_some(Excess { guard, count, allowed: allowance.most, moved_to: None })
    })
}

/// Whether one more submission for review is one too many.
#[must_use]
pub fn submitted(guards: &Guards, usage: &Usage, now: DateTime<Utc>) -> Option<Excess> {
    let guard = Guard::Submissions;
    let allowance = guards.allowance(guard);
    let count = allowance.used(usage.of(guard), now) + 1;
    let allowed = usize::try_from(allowance.most).unwrap_or(usize::MAX);
    (count > allowed).then_some(Excess { guard, count, allowed: allowance.most, moved_to: None })
}

impl Excess {
    /// What a person is warned of.
    #[must_use]
    pub fn said(&self, username: &str, zone: Tz) -> String {
        let (span, allowed) = (span(self.guard), allowed(self.guard, self.allowed));
        if self.guard == Guard::Submissions {
            let nth = ordinal(self.count);
            return format!("That is the {nth} post submitted for @{username} within {span}; {allowed}.");
        }
        match self.moved_to {
            Some(at) => format!(
                "That is the {} post for @{username} within {span}; {allowed}. It would be moved on to {} ({zone}).",
                ordinal(self.count),
                at.with_timezone(&zone).format("%a %-d %b, %H:%M")
            ),
            None => format!(
                "With it, {} posts for @{username} are due within {span}; {allowed}. The last of them would be moved on.",
                self.count
            ),
        }
    }
}

const fn span(guard: Guard) -> &'static str {
    match guard {
        Guard::Uploads => "an hour",
        Guard::Posts | Guard::Drafts | Guard::Submissions => "24 hours",
    }
}

fn allowed(guard: Guard, most: u32) -> String {
    match guard {
        Guard::Uploads | Guard::Posts | Guard::Submissions if most == 1 => "1 is allowed".to_owned(),
        Guard::Uploads | Guard::Posts | Guard::Submissions => format!("{most} are allowed"),
        Guard::Drafts => format!("TikTok takes {most} drafts"),
    }
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        (0 | 4.., _) => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_order() {
        let said = [1, 2, 3, 4, 10, 11, 12, 13, 16, 21, 22, 103, 111].map(ordinal).join(" ");
        assert_eq!(said, "1st 2nd 3rd 4th 10th 11th 12th 13th 16th 21st 22nd 103rd 111th");
    }
}
