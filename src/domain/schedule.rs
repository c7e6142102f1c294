//! From what people type to an instant.
//!
//! A closed grammar over words, English and German: everything it does not know is refused by name, because a time read
//! wrongly is a video published at the wrong hour. A clock time that a clock change skips or repeats is never guessed,
//! and neither are `next friday` or `03/04/2027`: the refusal carries the instants that could be meant.
//! Here is also what surrounds a time: the [`Window`] it has to fall into, the [`suggestions`] shown while somebody
//! types, zones by name, and days as people in a zone live them. Conflicts between posts are not decided here.

mod dayparts;
mod grammar;
mod local;
mod maintenance;
mod month;
mod refusal;
mod resolve;
pub mod slots;
mod suggest;
mod window;
mod words;
mod zones;

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use local::{day_span, distance, local_day, next_local, say, short_month, short_weekday, short_weekdays};
pub use maintenance::{Maintenance, NotAMaintenance};
pub use month::{Month, NotAMonth, months};
pub use refusal::{Part, WhenRefusal, say_duration};
pub use suggest::{Suggestion, say_with_distance, suggestions};
pub use window::Window;
pub use zones::{zone, zones};

/// Longest text that is read, in characters: the longest sensible one, with weekday, zone and offset, stays under 80.
pub const LONGEST_TEXT: usize = 100;

/// When somebody wants a post to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At an instant, given in a zone.
    At {
        /// The instant.
        at: DateTime<Utc>,
        /// The zone it was given in, to show it in again.
        zone: Tz,
    },
    /// As soon as it is approved.
    Asap,
    /// In the account's next free weekly slot.
    NextSlot,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At { at, zone } => f.write_str(&say(*at, *zone)),
            Self::Asap => f.write_str("asap"),
            Self::NextSlot => f.write_str("next slot"),
        }
    }
}

/// Reads what somebody in `zone` typed at `now`; instants already over are read too, a [`Window`] refuses them.
pub fn read(text: &str, zone: Tz, now: DateTime<Utc>) -> Result<When, WhenRefusal> {
    // Counting stops at the limit, so that a text of any size costs the same.
    if text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(WhenRefusal::TooLong);
    }
    match grammar::parse(text)? {
        grammar::Said::Asap => Ok(When::Asap),
        grammar::Said::NextSlot => Ok(When::NextSlot),
        grammar::Said::Phrase(phrase) => {
            let at = resolve::resolve(&phrase, zone, now)?;
            Ok(When::At { at, zone: phrase.zone.unwrap_or(zone) })
        }
    }
}
