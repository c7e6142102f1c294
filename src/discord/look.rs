//! One emoji and one colour for each state people see, the same on every card, list and line.
//!
//! A post has two lives, its own and its publication's; people see one **standing**. Both are combined here and nowhere
//! else, so that a card, the queue and the thread never disagree.

use std::fmt;
use std::str::FromStr;

use serenity::all::Colour;

use crate::domain::post::{Post, PostStage};
use crate::domain::publication::{Publication, PublicationStage};
use crate::say;

/// A verdict for it, on buttons and reactions.
pub const YES: &str = "✅";
/// A verdict against it, on buttons and reactions.
pub const NO: &str = "❌";
/// A reviewer wants something changed first.
pub const CHANGES: &str = "💬";
/// Something to know before going on.
pub const WARNING: &str = "⚠️";
/// People have stopped it for now.
pub const PAUSED: &str = "⏸️";
/// It goes on.
pub const GOES_ON: &str = "▶️";

/// Where a post stands, as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained by the word people read for it, in Standing::said")]
pub enum Standing {
    Draft,
    InReview,
    Approved,
    Declined,
    Lapsed,
    Withdrawn,
    Scheduled,
    Publishing,
    Processing,
    Published,
    InInbox,
    Held,
    Failed,
    Unclear,
    Cancelled,
}

impl Standing {
    /// Every standing there is, in the order of a post's life.
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::InReview,
        Self::Approved,
        Self::Declined,
        Self::Lapsed,
        Self::Withdrawn,
        Self::Scheduled,
        Self::Publishing,
        Self::Processing,
        Self::Published,
        Self::InInbox,
        Self::Held,
        Self::Failed,
        Self::Unclear,
        Self::Cancelled,
    ];

    /// Where a post stands: by its own stage until it is approved, then by its publication's.
    #[must_use]
    pub fn of(post: &Post, publication: Option<&Publication>) -> Self {
        match Self::at(post.stage(), publication.map(Publication::stage)) {
            Self::Publishing if publication.is_some_and(Publication::is_ahead_of_time) => Self::Scheduled,
            standing => standing,
        }
    }

    /// The same from where the two lives are alone; what is uploaded ahead of its time is being published.
    #[must_use]
    pub const fn at(post: PostStage, publication: Option<PublicationStage>) -> Self {
        match (post, publication) {
            (PostStage::Draft, _) => Self::Draft,
            (PostStage::InReview, _) => Self::InReview,
            (PostStage::Declined, _) => Self::Declined,
            (PostStage::Lapsed, _) => Self::Lapsed,
            (PostStage::Withdrawn, _) => Self::Withdrawn,
            (PostStage::Approved, None) => Self::Approved,
            (PostStage::Approved, Some(PublicationStage::Scheduled)) => Self::Scheduled,
            (PostStage::Approved, Some(PublicationStage::Publishing)) => Self::Publishing,
            (PostStage::Approved, Some(PublicationStage::Processing)) => Self::Processing,
            (PostStage::Approved, Some(PublicationStage::Published)) => Self::Published,
            (PostStage::Approved, Some(PublicationStage::InInbox)) => Self::InInbox,
            (PostStage::Approved, Some(PublicationStage::Held)) => Self::Held,
            (PostStage::Approved, Some(PublicationStage::Failed)) => Self::Failed,
            (PostStage::Approved, Some(PublicationStage::Unclear)) => Self::Unclear,
            (PostStage::Approved, Some(PublicationStage::Cancelled)) => Self::Cancelled,
        }
    }

    /// The words people read.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Draft => say!("cards-standing-draft"),
            Self::InReview => say!("cards-standing-in-review"),
            Self::Approved => say!("cards-standing-approved"),
            Self::Declined => say!("cards-standing-declined"),
            Self::Lapsed => say!("cards-standing-lapsed"),
            Self::Withdrawn => say!("cards-standing-withdrawn"),
            Self::Scheduled => say!("cards-standing-scheduled"),
            Self::Publishing => say!("cards-standing-publishing"),
            Self::Processing => say!("cards-standing-processing"),
            Self::Published => say!("cards-standing-published"),
            Self::InInbox => say!("cards-standing-in-inbox"),
            Self::Held => say!("cards-standing-held"),
            Self::Failed => say!("cards-standing-failed"),
            Self::Unclear => say!("cards-standing-unclear"),
            Self::Cancelled => say!("cards-standing-cancelled"),
        }
    }

    /// Its emoji. A tick and a cross mean the same here as under a card.
    #[must_use]
    pub const fn emoji(self) -> &'static str {
        match self {
            Self::Draft => "✏️",
            Self::InReview => "👀",
            Self::Approved => YES,
            Self::Declined => NO,
            Self::Lapsed => "⌛",
            Self::Withdrawn => "↩️",
            Self::Scheduled => "🗓️",
            Self::Publishing => "📤",
            Self::Processing => "⚙️",
            Self::Published => "🎬",
            Self::InInbox => "📥",
            Self::Held => "✋",
            Self::Failed => "🛑",
            Self::Unclear => "❓",
            Self::Cancelled => "🚫",
        }
    }

    /// Its colour: greys rest, blues work, greens are good, yellows wait for a person, reds went wrong.
    #[must_use]
    pub const fn colour(self) -> Colour {
        Colour::new(match self {
            Self::Draft => 0x0099_AAB5,
            Self::InReview => 0x00F1_C40F,
            Self::Approved => 0x002E_CC71,
            Self::Declined => 0x00A8_3232,
            Self::Lapsed => 0x00C2_7C0E,
            Self::Withdrawn => 0x0060_7D8B,
            Self::Scheduled => 0x001A_BC9C,
            Self::Publishing => 0x0034_98DB,
            Self::Processing => 0x0058_65F2,
            Self::Published => 0x0057_F287,
            Self::InInbox => 0x009B_59B6,
            Self::Held => 0x00E6_7E22,
            Self::Failed => 0x00ED_4245,
            Self::Unclear => 0x00EB_459E,
            Self::Cancelled => 0x004F_545C,
        })
    }

    /// Emoji and word: `👀 in review`.
    #[must_use]
    pub fn badge(self) -> String {
        format!("{} {}", self.emoji(), self.said())
    }

    /// The word it has inside a button's name and as a choice, in every language the same.
    pub(super) fn word(self) -> String {
        let word = match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Scheduled => "scheduled",
            Self::Publishing => "publishing",
            Self::Processing => "processing",
            Self::Published => "published",
            Self::InInbox => "in_inbox",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
            Self::Cancelled => "cancelled",
        };
        word.to_owned()
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said())
    }
}

impl FromStr for Standing {
    type Err = String;
    /// Reads what people type or choose: `in review`, `in_review`.
    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.trim().to_lowercase().replace(' ', "_");
        Self::ALL.into_iter().find(|one| one.word() == word).ok_or_else(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_states_look_alike() {
        let emoji: HashSet<_> = Standing::ALL.map(Standing::emoji).into();
        let colours: HashSet<_> = Standing::ALL.map(|one| one.colour().0).into();
        assert_eq!((emoji.len(), colours.len()), (Standing::ALL.len(), Standing::ALL.len()));
    }

    #[test]
    fn a_state_is_read_as_it_is_written() {
        for standing in Standing::ALL {
            assert_eq!(standing.said().parse(), Ok(standing));
            assert_eq!(standing.word().parse(), Ok(standing));
        }
    }
}
