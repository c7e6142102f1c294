//! Snapshots become the story of a day.
//!
//! A [`Snapshot`] is what TikTok said about an account at one moment. `digest/story.rs` compares snapshots and says what
//! changed, and only what our own snapshots really know: without one from yesterday there is no change since yesterday,
//! never a zero that was not measured. The digest itself is data; its sentences live in `discord/words.rs`, its picture
//! in `charts.rs`.

mod story;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, WorkspaceId};

pub use story::{Window, account_day, video_day};

/// What TikTok said about an account at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Whose numbers these are.
    pub account: AccountId,
    /// When they were read.
    pub taken_at: DateTime<Utc>,
    /// People who follow, unless the scope for it was not granted.
    pub followers: Option<i64>,
    /// Likes on everything the account ever posted, unless the scope for it was not granted.
    pub likes_total: Option<i64>,
    /// Public videos, unless the scope for it was not granted.
    pub video_count: Option<i64>,
    /// The videos that were listed. Empty means that the list was not read, unless `video_count` says there are none.
    pub videos: Vec<VideoSnapshot>,
}

/// One video's numbers within a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoSnapshot {
    /// TikTok's number of the video, which never changes.
    pub tiktok_id: String,
    /// What TikTok shows as its title.
    pub title: String,
    /// Where people watch it.
    pub share_url: Option<String>,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
    /// How often it was watched.
    pub views: i64,
    /// How many like it.
    pub likes: i64,
    /// How many comments it has.
    pub comments: i64,
    /// How often it was passed on.
    pub shares: i64,
}

/// A number now and how it moved; a change that no snapshot knows is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The number in the newest snapshot.
    pub now: i64,
    /// How it moved since the snapshot of a day before; below zero when it fell.
    pub since_yesterday: Option<i64>,
    /// How it moved since the snapshot of seven days before; below zero when it fell.
    pub over_week: Option<i64>,
}

/// The video that gained most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BestPost {
    /// What TikTok shows as its title.
    pub title: String,
    /// Where people watch it.
    pub share_url: Option<String>,
    /// How many views it gained in the time looked at.
    pub views_gained: i64,
    /// How many views it has.
    pub views: i64,
}

/// One account's day. A figure is absent when TikTok did not tell us that number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDay {
    /// When the newest numbers were read.
    pub taken_at: DateTime<Utc>,
    /// Views of the listed videos.
    pub views: Option<Figure>,
    /// Likes of the whole account, or of the listed videos when TikTok does not tell the account's.
    pub likes: Option<Figure>,
    /// Comments on the listed videos.
    pub comments: Option<Figure>,
    /// Shares of the listed videos.
    pub shares: Option<Figure>,
    /// People who follow.
    pub followers: Option<Figure>,
    /// How many videos were listed, so that people can be told when it is fewer than there are.
    pub videos_listed: usize,
    /// How many videos the account has.
    pub videos_in_all: Option<i64>,
    /// The video that gained most views since yesterday, if one gained any.
    pub best: Option<BestPost>,
    /// The video that gained most views over seven days, if one gained any.
    pub best_of_week: Option<BestPost>,
    /// Views gained in the day that ended on each date, oldest first; a day that is not known is left out.
    pub series: Vec<(NaiveDate, i64)>,
}

/// One account in the digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountStory {
    /// What the account is called.
    pub name: String,
    /// Its day, once there is a snapshot.
    pub day: Option<AccountDay>,
}

/// One post in a list of the digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostLine {
    /// The number people call it by.
    pub number: i64,
    /// The beginning of its caption, see [`caption_preview`].
    pub caption: String,
    /// When it is due; an `asap` post has no time yet.
    pub due_at: Option<DateTime<Utc>>,
    /// The name of the account it goes to.
    pub account: String,
}

/// Something that does not mend itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum NeedsAHand {
    /// The permission from TikTok ends soon.
    TokenExpiring {
        /// The account's name.
        account: String,
        /// When it ends.
        at: DateTime<Utc>,
    },
    /// The permission from TikTok is gone: somebody has to connect the account again.
    Reconnect {
        /// The account's name.
        account: String,
    },
    /// Today's posts are nearly used up.
    BudgetNearItsEnd {
        /// The account's name.
        account: String,
        /// Posts already sent in the last 24 hours.
        used: u32,
        /// Posts allowed in 24 hours.
        allowed: u32,
    },
    /// Nothing goes out until somebody resumes.
    Paused {
        /// The account's name.
        account: String,
    },
    /// A post fell due while it could not go out; a person decides.
    Held(PostLine),
    /// Nobody knows whether it is out; a person looks.
    Unclear(PostLine),
    /// The numbers could not be read.
    NoNumbers {
        /// The account's name.
        account: String,
        /// The last time they could.
        last_at: Option<DateTime<Utc>>,
    },
}

/// A workspace's day as the channel gets to see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Whose day.
    pub workspace: WorkspaceId,
    /// Which day, in the workspace's own time.
    pub day: NaiveDate,
    /// Each account's numbers.
    pub accounts: Vec<AccountStory>,
    /// What goes out today.
    pub going_out_today: Vec<PostLine>,
    /// What waits for a reviewer.
    pub waiting_for_review: Vec<PostLine>,
    /// What did not work.
    pub failed: Vec<PostLine>,
    /// What needs a person.
    pub needs_a_hand: Vec<NeedsAHand>,
}

impl Digest {
    /// Is there nothing at all to tell?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.accounts.is_empty()
            && self.going_out_today.is_empty()
            && self.waiting_for_review.is_empty()
            && self.failed.is_empty()
            && self.needs_a_hand.is_empty()
    }
}

/// How much of a caption a list shows: one line on a phone, in characters.
const PREVIEW_LENGTH: usize = 48;

/// The beginning of a caption on one line, cut at a word where one ends in the second half.
#[must_use]
pub fn caption_preview(caption: &str) -> String {
    let line = caption.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(PREVIEW_LENGTH) else { return line };
    // The last character gives its place to the ellipsis.
    let head: String = line[..end].chars().take(PREVIEW_LENGTH - 1).collect();
    let head = match head.rsplit_once(' ') {
        Some((words, _)) if words.chars().count() >= PREVIEW_LENGTH / 2 => words,
        Some(_) | None => &head,
    };
    // An emoji cut in two would show as two.
    let head = head.trim_end_matches(|c: char| c == '\u{200d}' || c == '\u{fe0f}' || c.is_whitespace());
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_caption_is_shown_whole_on_one_line() {
        assert_eq!(caption_preview("Friday\n latte  ☕"), "Friday latte ☕");
        assert_eq!(caption_preview(""), "");
    }

    #[test]
    fn a_long_caption_ends_at_a_word() {
        let preview = caption_preview("The quiet half hour before the harbour wakes up and the queue begins");
        assert_eq!(preview, "The quiet half hour before the harbour wakes…");
    }

    #[test]
    fn a_caption_without_spaces_is_cut_anyway() {
        let preview = caption_preview(&"é".repeat(200));
        assert_eq!(preview.chars().count(), PREVIEW_LENGTH);
    }

    #[test]
    fn a_snapshot_is_read_back_as_it_was_written() {
        let snapshot = Snapshot {
            account: AccountId::new(DateTime::UNIX_EPOCH),
            taken_at: DateTime::UNIX_EPOCH,
            followers: Some(12),
            likes_total: None,
            video_count: Some(0),
            videos: Vec::new(),
        };
        let text = serde_json::to_string(&snapshot).unwrap();
        assert_eq!(serde_json::from_str::<Snapshot>(&text).unwrap(), snapshot);
    }
}
