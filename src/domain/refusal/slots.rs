//! Every polite no about weekly slots.

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::ids::PostId;
use crate::domain::schedule::{say, say_duration};

/// Why a slot was not given, set or cleared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    /// There are no weekly slots to choose from.
    #[error("No weekly slots are set for this account.")]
    NoSlots,
    /// Every weekly slot is taken, or in a time nothing may be scheduled in.
    #[error("No weekly slot of this account is free in the next {}.", say_duration(*.max_ahead))]
    NoneFree {
        /// How far ahead slots are taken.
        max_ahead: Duration,
    },
    /// The slot a draft was given is no longer to be had.
    #[error("The slot {} {}.", say(*.at, *.zone), if *.passed { "is too near or has passed" } else { "now has another post" })]
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
    #[error("An account can have up to {most} weekly slots.")]
    TooMany {
        /// How many there can be.
        most: usize,
    },
    /// The days of a slot could not be read.
    #[error("`{given}` names no day of the week.")]
    NotDays {
        /// What was given, safe to show.
        given: String,
    },
    /// The member may neither judge nor manage.
    #[error("Only reviewers and managers can change the weekly slots.")]
    NotAPlanner,
}

impl SlotRefusal {
    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NoSlots => {
                "a reviewer or manager sets some with `/slots set`; until then name a time, for example `tomorrow 18:00`"
                    .into()
            }
            Self::NoneFree { .. } => {
                "name a time, for example `tomorrow 18:00`, or have a reviewer add slots with `/slots set`".into()
            }
            Self::Gone { zone, next: Some(next), .. } => format!("the next free slot is {}", say(*next, *zone)),
            Self::Gone { next: None, .. } => "no other slot is free; press *Change time* and name a time".into(),
            Self::TooMany { .. } => "`/slots clear` makes room".into(),
            Self::NotDays { .. } => "choose from the list: a day, `weekdays`, `weekend` or `every day`".into(),
            Self::NotAPlanner => "ask one of them; `/slots show` shows the slots there are".into(),
        }
    }
}
