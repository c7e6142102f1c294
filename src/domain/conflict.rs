//! What speaks against a post without forbidding it: another one too close, the same video or words once more, a limit
//! that is spent.
//!
//! People are asked about each of these before they go on, and what they went on in spite of stays with the post. A
//! [`Mark`] stands for exactly what they were shown: should anything else speak against it by the time they answer, they
//! are asked again. What a doubt is about says whether a change of a post can have brought it up.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::budget::Excess;
use super::ids::PostId;
use super::post::{Edit, PostStage};
use crate::say;

/// For how long the same video or the same words count as said already.
pub const SAID_WITHIN: TimeDelta = TimeDelta::days(30);

/// How many neighbours are named: more say nothing new.
const MOST_NEIGHBOURS: usize = 3;

/// What a doubt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Another post of the account is too close.
    Conflict,
    /// The account shows these bytes already.
    SameVideo,
    /// The account says these words already.
    SameCaption,
    /// A limit of the account is spent.
    Budget,
}

impl Matter {
    /// Everything a doubt can be about.
    pub const ALL: [Self; 4] = [Self::Conflict, Self::SameVideo, Self::SameCaption, Self::Budget];
}

/// What is in the way: a post, or another row of the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// A post of the account.
    Post {
        /// Which.
        id: PostId,
        /// The number people call it by.
        number: i64,
    },
    /// Another row, counted from one.
    Row(u32),
}

/// Another post of the account, and when it goes out or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbour {
    /// Which.
    pub other: Other,
    /// When.
    pub due: DateTime<Utc>,
}

/// One thing that speaks against a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Another post is closer than the account's posts should be.
    Conflict {
        /// Which.
        neighbour: Neighbour,
        /// How much later it is; less than nothing if it is earlier.
        later_by: TimeDelta,
        /// How far apart they should be.
        least: TimeDelta,
    },
    /// Another post shows the same bytes.
    SameVideo {
        /// Which.
        other: Other,
    },
    /// Another post says the same words.
    SameCaption {
        /// Which.
        other: Other,
    },
    /// A limit is spent.
    Budget(Excess),
}

/// What people went on in spite of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// What it is about.
    pub matter: Matter,
    /// What they were shown.
    pub said: String,
    /// What makes it the same doubt later, however it is worded then; see [`Doubt::key`].
    pub key: String,
}

/// The neighbours of a post due then that are closer than `least`, the closest first.
#[must_use]
pub fn conflicts(due: DateTime<Utc>, neighbours: &[Neighbour], least: TimeDelta) -> Vec<Doubt> {
    let mut close: Vec<_> = neighbours.iter().map(|one| (one.due - due, *one)).collect();
    close.retain(|(later_by, _)| later_by.abs() < least);
    close.sort_by_key(|(later_by, _)| (later_by.abs(), *later_by));
    let doubt = |(later_by, neighbour)| Doubt::Conflict { neighbour, later_by, least };
    close.into_iter().take(MOST_NEIGHBOURS).map(doubt).collect()
}

/// What a change of a post can have brought up. What went to review no more, or never did, is asked about anew.
#[must_use]
pub fn touched(edit: &Edit, stage: PostStage) -> Vec<Matter> {
    match stage {
        PostStage::Draft | PostStage::Declined | PostStage::Lapsed | PostStage::Withdrawn => Matter::ALL.to_vec(),
        PostStage::InReview | PostStage::Approved => {
            let time = [Matter::Conflict, Matter::Budget].into_iter().filter(|_| edit.due.is_some());
            time.chain(edit.caption.as_ref().map(|_| Matter::SameCaption)).collect()
        }
    }
}

impl Doubt {
    /// What it is about.
    #[must_use]
    pub const fn matter(&self) -> Matter {
        match self {
            Self::Conflict { .. } => Matter::Conflict,
            Self::SameVideo { .. } => Matter::SameVideo,
            Self::SameCaption { .. } => Matter::SameCaption,
            Self::Budget(_) => Matter::Budget,
        }
    }

    /// What a person is shown.
    #[must_use]
    pub fn said(&self, username: &str, zone: Tz) -> String {
        match self {
            Self::Conflict { neighbour: Neighbour { other, .. }, later_by, least } => {
                let (other, by, least) = (other.to_string(), span(later_by.abs()), span(*least));
                match later_by.num_seconds() {
                    0 => say!("trouble-doubt-same-time", other = other, username = username, least = least),
                    1.. => say!("trouble-doubt-later", other = other, username = username, by = by, least = least),
                    ..0 => say!("trouble-doubt-earlier", other = other, username = username, by = by, least = least),
                }
            }
            Self::SameVideo { other } => {
                say!("trouble-doubt-same-video", other = other.to_string(), username = username)
            }
            Self::SameCaption { other } => {
                say!("trouble-doubt-same-caption", other = other.to_string(), username = username)
            }
            Self::Budget(excess) => excess.said(username, zone),
        }
    }

    /// The same, to be kept with a post that goes on in spite of it.
    #[must_use]
    pub fn overridden(&self, username: &str, zone: Tz) -> Overridden {
        Overridden { matter: self.matter(), said: self.said(username, zone), key: self.key() }
    }

    /// What makes it the same doubt later, when it may be worded otherwise.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Conflict { neighbour: Neighbour { other, due }, .. } => {
                format!("conflict {} {}", other.key(), due.timestamp_millis())
            }
            Self::SameVideo { other } => format!("video {}", other.key()),
            Self::SameCaption { other } => format!("caption {}", other.key()),
            Self::Budget(excess) => format!("budget {}", excess.guard.word()),
        }
    }
}

impl Other {
    fn key(self) -> String {
        match self {
            Self::Post { id, .. } => id.to_string(),
            Self::Row(row) => format!("row {row}"),
        }
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Post { number, .. } => say!("trouble-doubt-post", number = *number),
            Self::Row(row) => say!("trouble-doubt-row", row = *row),
        })
    }
}

/// A span as people say it, in whole minutes from one minute on.
fn span(span: TimeDelta) -> String {
    match (span.num_minutes(), span.num_minutes() % 60) {
        (0, _) => say!("trouble-span-seconds", count = span.num_seconds()),
        (minutes @ 60.., 0) => say!("trouble-span-hours", count = minutes / 60),
        (minutes, _) => say!("trouble-span-minutes", count = minutes),
    }
}

/// Stands for exactly these doubts: eight hex digits, short enough for a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark([u8; 4]);

impl Mark {
    /// The mark of what is to be asked about, each with what it is about; none where there is nothing to ask.
    #[must_use]
    pub fn of<'a>(doubts: impl IntoIterator<Item = (u32, &'a Doubt)>) -> Option<Self> {
        let mut keys: Vec<String> =
            doubts.into_iter().map(|(place, doubt)| format!("{place} {}", doubt.key())).collect();
        if keys.is_empty() {
            return None;
        }
        keys.sort_unstable();
        let digest: [u8; 32] = Sha256::digest(keys.join("\n")).into();
        let [first, second, third, fourth, ..] = digest;
        Some(Self([first, second, third, fourth]))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// What was given is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no mark")]
pub struct NotAMark;

impl FromStr for Mark {
    type Err = NotAMark;
    fn from_str(text: &str) -> Result<Self, NotAMark> {
        let bytes = hex::decode(text).map_err(|_| NotAMark)?;
        bytes.try_into().map(Self).map_err(|_| NotAMark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn neighbour(number: i64, minute: i64) -> Neighbour {
        Neighbour { other: Other::Post { id: PostId::new(at(number)), number }, due: at(minute) }
    }

    fn said(doubts: &[Doubt]) -> Vec<String> {
        doubts.iter().map(|doubt| doubt.said("cafe", Tz::UTC)).collect()
    }

    #[test]
    fn exactly_as_far_apart_as_they_should_be_is_no_conflict() {
        let least = TimeDelta::minutes(30);
        let around = [neighbour(1, 70), neighbour(2, 71), neighbour(3, 130), neighbour(4, 100), neighbour(5, 95)];
        let found = conflicts(at(100), &around, least);
        assert_eq!(
            said(&found),
            [
                "Post #4 goes to @cafe at the same time; posts should be 30 minutes apart.",
                "Post #5 goes to @cafe 5 minutes earlier; posts should be 30 minutes apart.",
                "Post #2 goes to @cafe 29 minutes earlier; posts should be 30 minutes apart.",
            ]
        );
        assert_eq!(conflicts(at(100), &around, TimeDelta::zero()), []);
    }

    #[test]
    fn spans_are_said_as_people_say_them() {
        let said = |seconds| span(TimeDelta::seconds(seconds));
        assert_eq!(
            [1, 59, 60, 90, 3_600, 5_400, 7_200].map(said).join(", "),
            "1 second, 59 seconds, 1 minute, 1 minute, 1 hour, 90 minutes, 2 hours"
        );
    }

    #[test]
    fn a_mark_stands_for_what_was_shown_and_nothing_else() {
        let (one, two) = (neighbour(1, 90), neighbour(2, 95));
        let conflict = |neighbour: Neighbour, now| Doubt::Conflict {
            neighbour,
            later_by: neighbour.due - at(now),
            least: TimeDelta::minutes(30),
        };
        let mark = |doubts: &[Doubt]| Mark::of(doubts.iter().map(|doubt| (1, doubt)));
        let shown = mark(&[conflict(one, 100), conflict(two, 100)]);
        assert_eq!(shown, mark(&[conflict(two, 101), conflict(one, 101)]), "a minute later, in another order");
        assert_ne!(shown, mark(&[conflict(one, 100)]));
        assert_ne!(shown, mark(&[conflict(one, 100), conflict(two, 100), Doubt::SameVideo { other: one.other }]));
        assert_ne!(mark(&[conflict(one, 100)]), Mark::of([(2, &conflict(one, 100))]));
        assert_eq!(mark(&[]), None);
        let shown = shown.unwrap();
        assert_eq!(shown.to_string().parse(), Ok(shown));
        for other in ["", "1a2b3c", "1a2b3c4d5e", "zzzzzzzz"] {
            assert_eq!(other.parse::<Mark>(), Err(NotAMark));
        }
    }
}
