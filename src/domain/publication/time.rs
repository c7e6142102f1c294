//! When a publication begins, and when that is too late.
//!
//! Nothing is public before its last chunk, so the others may set out before the due time and only the last one waits for
//! it. What nobody looked at until long after its time is left to a person.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Publication, PublicationState, Stage, WrongState};
use crate::domain::ids::PublicationId;
use crate::domain::post::{Due, Post};
use crate::domain::tempo;

/// The least a video needs to be uploaded ahead: two chunks of 5 MiB.
pub const SMALLEST_AHEAD_BYTES: u64 = 2 * 5 * 1024 * 1024;

/// No upload begins earlier than this before its post is due: its address lives an hour.
pub const MOST_AHEAD: TimeDelta = tempo::minutes(45);

/// Opening an upload and a few tries at a chunk fit into this.
const LEAST_AHEAD: TimeDelta = tempo::minutes(2);

/// The line that is reckoned with when a video is uploaded ahead: 500 kB a second, 4 Mbit/s.
const BYTES_PER_MILLISECOND: u64 = 500;

impl Publication {
    /// The publication of a post that has just been approved.
    #[must_use]
    pub fn of(post: &Post, now: DateTime<Utc>) -> Self {
        Self::uploaded_ahead(post, TimeDelta::zero(), now)
    }

    /// The publication of a post that has just been approved, whose bytes go to TikTok that much before it is due. Only the
    /// last chunk waits for the due time itself (see [`commit`](Self::commit)).
    #[must_use]
    pub fn uploaded_ahead(post: &Post, ahead: TimeDelta, now: DateTime<Utc>) -> Self {
        let due_at = match post.due {
            Due::At(at) => at,
            Due::Asap => now,
        };
        // What is due in a moment begins at once, and never after its time.
        let wake_at = (due_at - ahead).clamp(now.min(due_at), due_at);
        Self {
            id: PublicationId::new(now),
            workspace: post.workspace,
            post: post.id,
            account: post.account,
            revision: post.revision(),
            due_at,
            attempts: 0,
            moved_to: None,
            state: PublicationState::Scheduled { wake_at, setback: None },
        }
    }

    /// Whether the moment it waits for has passed by more than that while nobody looked: its due time, or a later one that
    /// it was put off, moved on, retried or released to. Bytes that wait at TikTok wait for the due time; an upload under way
    /// is not late, however long it takes.
    #[must_use]
    pub fn is_late(&self, late_after: TimeDelta, now: DateTime<Utc>) -> bool {
        match &self.state {
            PublicationState::Scheduled { wake_at, .. } => now - self.due_at.max(*wake_at) > late_after,
            PublicationState::Publishing { .. } => self.is_waiting_at_tiktok() && now - self.due_at > late_after,
            PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => false,
        }
    }

    /// Whether a try of it was left alone for more than that after it was to go on: whoever carried it went away, and nobody
    /// came in time.
    #[must_use]
    pub fn was_left_alone(&self, late_after: TimeDelta, now: DateTime<Utc>) -> bool {
        let PublicationState::Publishing { attempt, resume_at } = &self.state else { return false };
        !attempt.stage.is_committed() && now - self.due_at.max(*resume_at) > late_after
    }

    /// Leaves it to a person whether it still goes out. Bytes that wait at TikTok are given up: without the last ones
    /// nothing can come of them.
    ///
    /// # Errors
    /// When it does not wait, or its due time has not come.
    pub fn hold(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let waits = matches!(self.state, PublicationState::Scheduled { .. }) || self.is_waiting_at_tiktok();
        if !waits || self.due_at >= now {
            return Err(self.wrong("be held"));
        }
        Ok(Self { state: PublicationState::Held { since: now }, ..self })
    }

    /// A person wants it published now, late as it is.
    ///
    /// # Errors
    /// When it is not held.
    pub fn release(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Held { .. } = self.state else { return Err(self.wrong("be released")) };
        Ok(Self { state: PublicationState::Scheduled { wake_at: now, setback: None }, ..self })
    }

    /// Whether all but its last chunk is at TikTok and that waits, or waited, for the due time.
    #[must_use]
    pub fn is_waiting_at_tiktok(&self) -> bool {
        let PublicationState::Publishing { attempt, .. } = &self.state else { return false };
        let Stage::Uploading { upload, sent_bytes } = &attempt.stage else { return false };
        let all_but_the_last = u64::from(upload.chunk_count.saturating_sub(1)) * upload.chunk_bytes;
        attempt.started_at < self.due_at && *sent_bytes >= all_but_the_last
    }

    /// Whether its try began before it is due: its bytes are on their way or there, and people wait for its time.
    #[must_use]
    pub fn is_ahead_of_time(&self) -> bool {
        let PublicationState::Publishing { attempt, .. } = &self.state else { return false };
        !attempt.stage.is_committed() && attempt.started_at < self.due_at
    }
}

/// How long before its time the bytes of a video of that size set out; `None` when it is too small to be sent in two.
#[must_use]
pub fn upload_lead(size_bytes: u64) -> Option<TimeDelta> {
    if size_bytes < SMALLEST_AHEAD_BYTES {
        return None;
    }
    let transfer = i64::try_from(size_bytes / BYTES_PER_MILLISECOND).unwrap_or(i64::MAX);
    let transfer = TimeDelta::try_milliseconds(transfer).unwrap_or(MOST_AHEAD);
    Some((LEAST_AHEAD + transfer).min(MOST_AHEAD))
}
