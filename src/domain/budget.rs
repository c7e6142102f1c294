//! How much may go to TikTok for one account: so many of something within so long, wherever that span begins.
//!
//! An [`Allowance`] is the rule and [`Calls`] the calls of the last minute. A [`Guard`] is an allowance over hours, the
//! operator's own or TikTok's for drafts: [`forecast()`] tells people beforehand which post would be moved on, and
//! [`room`] says at its time whether it is. What lies in the future, because a clock was set back, counts as just now:
//! nobody waits longer than the span for it, and never is more allowed than the rule says.

mod calls;
mod forecast;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::account::Delivery;

pub use calls::Calls;
pub use forecast::{Excess, forecast, submitted};

/// What TikTok keeps for one creator at most: drafts nobody has finished, in 24 hours.
/// <https://developers.tiktok.com/doc/content-posting-api-reference-upload-video>
const MOST_DRAFTS: u32 = 5;

/// So many within so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// How many.
    pub most: u32,
    /// How long each of them counts.
    pub within: TimeDelta,
}

impl Allowance {
    /// How many of these instants, in order, count at that moment.
    #[must_use]
    pub fn used(self, taken: &[DateTime<Utc>], at: DateTime<Utc>) -> usize {
        self.counting(taken, at).len()
    }

    /// The first moment from `at` on that has room for one more, as far as these instants, in order, are concerned.
    #[must_use]
    pub fn room_from(self, taken: &[DateTime<Utc>], at: DateTime<Utc>) -> DateTime<Utc> {
        let counting = self.counting(taken, at);
        let most = usize::try_from(self.most.max(1)).unwrap_or(usize::MAX);
        counting.len().checked_sub(most).map_or(at, |too_many| counting[too_many] + self.within)
    }

    fn counting(self, taken: &[DateTime<Utc>], at: DateTime<Utc>) -> &[DateTime<Utc>] {
        let over = taken.partition_point(|one| *one <= at - self.within);
        let known = taken.partition_point(|one| *one <= at);
        &taken[over..known.max(over)]
    }
}

/// What is counted for an account over hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Uploads that were opened.
    Uploads,
    /// Direct posts whose point of no return was passed.
    Posts,
    /// Drafts whose point of no return was passed.
    Drafts,
    /// Posts that were submitted for review.
    Submissions,
}

impl Guard {
    /// Every guard there is.
    pub const ALL: [Self; 4] = [Self::Uploads, Self::Posts, Self::Drafts, Self::Submissions];

    /// What a post that is delivered so counts against, besides its upload.
    #[must_use]
    pub const fn of(delivery: Delivery) -> Self {
        match delivery {
            Delivery::Direct => Self::Posts,
            Delivery::Draft => Self::Drafts,
        }
    }

    /// The word it is stored under; a setback of it has the same code.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Uploads => "uploads_per_hour",
            Self::Posts => "posts_per_day",
            Self::Drafts => "drafts_per_day",
            Self::Submissions => "scheduled_per_day",
        }
    }

    /// The guard of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|guard| guard.word() == word)
    }
}

/// The local guards of each account, as the operator set them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// Uploads that may be opened in any hour.
    pub uploads_per_hour: u32,
    /// Posts that may go out in any 24 hours.
    pub posts_per_day: u32,
    /// Posts that may be submitted for review in any 24 hours.
    pub scheduled_per_day: u32,
}

impl Guards {
    /// What a guard allows.
    #[must_use]
    pub const fn allowance(&self, guard: Guard) -> Allowance {
        match guard {
            Guard::Uploads => Allowance { most: self.uploads_per_hour, within: TimeDelta::hours(1) },
            Guard::Posts => Allowance { most: self.posts_per_day, within: TimeDelta::hours(24) },
            Guard::Drafts => Allowance { most: MOST_DRAFTS, within: TimeDelta::hours(24) },
            Guard::Submissions => Allowance { most: self.scheduled_per_day, within: TimeDelta::hours(24) },
        }
    }
}

/// What an account has used of its guards, each in order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// When uploads were opened.
    pub uploads: Vec<DateTime<Utc>>,
    /// When direct posts went out.
    pub posts: Vec<DateTime<Utc>>,
    /// When drafts went out.
    pub drafts: Vec<DateTime<Utc>>,
    /// When posts were submitted for review.
    pub submissions: Vec<DateTime<Utc>>,
    /// Uploads that are open and have not passed their point of no return.
    pub under_way: usize,
}

impl Usage {
    /// What counts against a guard.
    #[must_use]
    pub fn of(&self, guard: Guard) -> &[DateTime<Utc>] {
        match guard {
            Guard::Uploads => &self.uploads,
            Guard::Posts => &self.posts,
            Guard::Drafts => &self.drafts,
            Guard::Submissions => &self.submissions,
        }
    }

    /// The same, to note more.
    pub fn of_mut(&mut self, guard: Guard) -> &mut Vec<DateTime<Utc>> {
        match guard {
            Guard::Uploads => &mut self.uploads,
            Guard::Posts => &mut self.posts,
            Guard::Drafts => &mut self.drafts,
            Guard::Submissions => &mut self.submissions,
        }
    }
}

/// Whether a try may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// It may.
    Free,
    /// What is under way may take the last place; that is known soon.
    Soon,
    /// A guard is spent.
    Spent {
        /// Which.
        guard: Guard,
        /// The moment it leaves room for this one, after those that were moved on before.
        until: DateTime<Utc>,
    },
}

/// Whether a try may begin now; `promised` are the moments to which others of the account were moved on.
#[must_use]
pub fn room(
    guards: &Guards,
    delivery: Delivery,
    usage: &Usage,
    promised: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> Room {
    let kinds = [Guard::Uploads, Guard::of(delivery)];
    let is_spent = |guard: &Guard| guards.allowance(*guard).room_from(usage.of(*guard), now) > now;
    let Some(guard) = kinds.into_iter().find(is_spent) else {
        let day = Guard::of(delivery);
        let allowance = guards.allowance(day);
        let taken = allowance.used(usage.of(day), now) + usage.under_way;
        let most = usize::try_from(allowance.most.max(1)).unwrap_or(usize::MAX);
        return if taken < most { Room::Free } else { Room::Soon };
    };
    let lists = kinds.map(|kind| {
        // An upload that is under way is among the uploads already; whether it becomes a post is not known.
        let pending = if kind == Guard::Uploads { 0 } else { usage.under_way };
        let mut list = usage.of(kind).to_vec();
        list.extend(std::iter::repeat_n(now, pending));
        list.extend(promised);
        list.sort_unstable();
        (guards.allowance(kind), list)
    });
    Room::Spent { guard, until: first_room(&lists, now) }
}

/// The first moment from `from` on that has room in every list; what lies after a moment does not count at it.
fn first_room(lists: &[(Allowance, Vec<DateTime<Utc>>)], from: DateTime<Utc>) -> DateTime<Utc> {
    let mut at = from;
    loop {
        let next = lists.iter().fold(at, |at, (allowance, list)| allowance.room_from(list, at));
        if next == at {
            return at;
        }
        at = next;
    }
}

#[cfg(test)]
mod tests;
