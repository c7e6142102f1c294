//! What would not go out at its time, told while it is being scheduled.

use chrono::{DateTime, Datelike as _, Utc};
use chrono_tz::Tz;

use super::{Guard, Guards, Usage, first_room};
use crate::domain::account::Delivery;
use crate::say;

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
        if self.guard == Guard::Submissions {
            return say!(
                "trouble-excess-submitted",
                nth = ordinal(self.count),
                username = username,
                allowed = self.allowed
            );
        }
        match self.moved_to {
            Some(at) => self.moved(username, at.with_timezone(&zone)),
            None => self.later(username),
        }
    }

    /// It would be moved on itself.
    fn moved(&self, username: &str, to: DateTime<Tz>) -> String {
        let (nth, allowed) = (ordinal(self.count), self.allowed);
        let (moment, zone) = (moment(to), to.timezone().name());
        match self.guard {
            Guard::Uploads => say!(
                "trouble-excess-moved-uploads",
                nth = nth,
                username = username,
                allowed = allowed,
                moment = moment,
                zone = zone
            ),
            Guard::Drafts => say!(
                "trouble-excess-moved-drafts",
                nth = nth,
                username = username,
                allowed = allowed,
                moment = moment,
                zone = zone
            ),
            Guard::Posts | Guard::Submissions => say!(
                "trouble-excess-moved-posts",
                nth = nth,
                username = username,
                allowed = allowed,
                moment = moment,
                zone = zone
            ),
        }
    }

    /// Another one would be moved on because of it.
    fn later(&self, username: &str) -> String {
        let (count, allowed) = (self.count, self.allowed);
        match self.guard {
            Guard::Uploads => {
                say!("trouble-excess-later-uploads", count = count, username = username, allowed = allowed)
            }
            Guard::Drafts => say!("trouble-excess-later-drafts", count = count, username = username, allowed = allowed),
            Guard::Posts | Guard::Submissions => {
                say!("trouble-excess-later-posts", count = count, username = username, allowed = allowed)
            }
        }
    }
}

/// A moment as people say it: `Fri 27 Nov, 18:00`.
fn moment(at: DateTime<Tz>) -> String {
    say!(
        "trouble-moment",
        weekday = at.weekday().number_from_monday(),
        day = at.day(),
        month = at.month(),
        time = at.format("%H:%M").to_string()
    )
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        (0 | 4.., _) => "th",
    };
    say!("trouble-nth", number = number, ending = ending)
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
