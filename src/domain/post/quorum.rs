//! Whether the approvals of a post still hold when it is about to go out.
//!
//! Who approved may have lost the right since: the role, the server, or the permission to judge their own posts. Those
//! who are left must still be as many as the post needs; otherwise it goes back to the reviewers, without the words
//! that no longer count. How many it needs is the team's number now, but never more than have approved: a team that
//! asks for more from tomorrow on has not taken back what it approved yesterday.

use chrono::{DateTime, Utc};

use super::{Post, PostState};
use crate::domain::ids::MemberId;
use crate::domain::review::{ReviewPolicy, Word};

/// A post that went back to the reviewers, because approvals no longer count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// The post, in review again.
    pub post: Post,
    /// Whose approvals no longer count.
    pub lost: Vec<MemberId>,
    /// How many approvals it needs now.
    pub missing: usize,
}

impl Post {
    /// Those who approved the present revision and may not any more. `may_judge` says what is known of a person now.
    pub fn lost_approvals(&self, policy: ReviewPolicy, may_judge: impl Fn(MemberId) -> bool) -> Vec<MemberId> {
        let approved = self.approvals().map(|verdict| verdict.by);
        approved.filter(|by| !may_judge(*by) || (*by == self.author && !policy.self_review)).collect()
    }

    /// Takes an approved post back to the reviewers if fewer approvals are left than it needs; none while enough are.
    #[must_use]
    pub fn recall(
        self,
        policy: ReviewPolicy,
        may_judge: impl Fn(MemberId) -> bool,
        now: DateTime<Utc>,
    ) -> Option<Recalled> {
        match self.state {
            PostState::Approved { .. } => {}
            PostState::Draft
            | PostState::InReview { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => return None,
        }
        let lost = self.lost_approvals(policy, may_judge);
        let given = self.approvals().count();
        let missing = usize::from(policy.approvals).min(given).saturating_sub(given - lost.len());
        if missing == 0 {
            return None;
        }
        let mut post = Self { state: PostState::InReview { since: now }, ..self };
        post.verdicts.retain(|verdict| verdict.word != Word::Approve || !lost.contains(&verdict.by));
        Some(Recalled { missing: usize::from(policy.approvals).saturating_sub(post.approvals().count()), lost, post })
    }
}
