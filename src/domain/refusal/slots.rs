//! Every polite no about weekly slots.

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::ids::PostId;
use crate::domain::schedule::{self, say_duration};
use crate::say;

/// Why a slot was not given, set or cleared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    /// There are no weekly slots to choose from.
    #[error("{}", say!("refusals-no-slots"))]
    NoSlots,
    /// Every weekly slot is taken, or in a time nothing may be scheduled in.
    #[error("{}", say!("refusals-no-slot-free", span = say_duration(*max_ahead)))]
    NoneFree {
        /// How far ahead slots are taken.
        max_ahead: Duration,
    },
    /// The slot a draft was given is no longer to be had.
    #[error("{}", gone(*at, *zone, *passed))]
    Gone {
        /// Which draft.
        post: PostId,
        /// The slot it had.
        at: DateTime<Utc>,
        /// The zone to say it in.
        zone: Tz,
        /// Time took it, and not another post.
        passed: bool,
        /// The next one that is free.
        next: Option<DateTime<Utc>>,
    },
    /// An account has enough weekly slots.
    #[error("{}", say!("refusals-too-many-slots", most = most))]
    TooMany {
        /// How many there can be.
        most: usize,
    },
    /// The days of a slot could not be read.
    #[error("{}", say!("refusals-not-days", given = given))]
    NotDays {
        /// What was given, safe to show.
        given: String,
    },
    /// The member may neither judge nor manage.
    #[error("{}", say!("refusals-not-a-planner"))]
    NotAPlanner,
}

impl SlotRefusal {
    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NoSlots => say!("refusals-no-slots-hint"),
            Self::NoneFree { .. } => say!("refusals-no-slot-free-hint"),
            Self::Gone { zone, next: Some(next), .. } => {
                say!("refusals-slot-gone-next", when = schedule::say(*next, *zone))
            }
            Self::Gone { next: None, .. } => say!("refusals-slot-gone-none"),
            Self::TooMany { .. } => say!("refusals-too-many-slots-hint"),
            Self::NotDays { .. } => say!("refusals-not-days-hint"),
            Self::NotAPlanner => say!("refusals-not-a-planner-hint"),
        }
    }
}

fn gone(at: DateTime<Utc>, zone: Tz, passed: bool) -> String {
    let when = schedule::say(at, zone);
    if passed { say!("refusals-slot-passed", when = when) } else { say!("refusals-slot-taken", when = when) }
}
