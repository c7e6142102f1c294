//! When the reviewers are reminded of a post: a day, two hours and a quarter of an hour before it lapses.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Post, PostState};

/// How long before a post lapses its reviewers are reminded: 24 h, 2 h, 15 min.
const BEFORE: [TimeDelta; 3] = [TimeDelta::hours(24), TimeDelta::hours(2), TimeDelta::minutes(15)];

/// Between two pings of the reviewers lies at least this: the card itself was the first.
const APART: TimeDelta = TimeDelta::minutes(10);

impl Post {
    /// The next moment to remind its reviewers after they were told at `told_at`, if one is left that makes sense.
    #[must_use]
    pub fn next_reminder(&self, told_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let end = self.lapses_at()?;
        BEFORE.into_iter().map(|before| end - before).find(|at| *at >= told_at + APART)
    }

    /// The first moment to remind its reviewers after it was put before them.
    #[must_use]
    pub fn first_reminder(&self) -> Option<DateTime<Utc>> {
        match self.state {
            PostState::InReview { since } => self.next_reminder(since),
            PostState::Draft
            | PostState::Approved { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => None,
        }
    }

    /// Whether a reminder that is late can be left out, because the next one follows at once or there is nothing left to
    /// remind of.
    #[must_use]
    pub fn can_skip_reminder(&self, now: DateTime<Utc>) -> bool {
        let Some(end) = self.lapses_at() else { return true };
        end <= now || BEFORE.into_iter().any(|before| end - before > now && end - before < now + APART)
    }
}
