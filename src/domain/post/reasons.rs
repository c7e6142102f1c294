//! A no without a reason: the reason can be given afterwards, and until then the no can be taken back.
//!
//! ❌ on a card is a verdict at once, because nothing may go out that somebody objects to; on a telephone it is also
//! quickly touched by mistake. Once a reason is given, the author reads it and acts on it: from then on only an edit
//! starts the review again.

use chrono::{DateTime, Utc};

use super::{Judged, Post, PostState, Revision};
use crate::domain::ids::MemberId;
use crate::domain::refusal::Refusal;
use crate::domain::review::{ReviewPolicy, Reviewer, Verdict, Word};

impl Post {
    /// The no of that member about the present revision, while it has no reason.
    #[must_use]
    pub fn unexplained_no(&self, by: MemberId) -> Option<&Verdict> {
        let revision = self.revision();
        self.verdicts.iter().find(|verdict| {
            verdict.by == by && verdict.revision == revision && verdict.word == Word::Decline { reason: None }
        })
    }

    /// Adds the reason to the no a reviewer has said without one.
    ///
    /// # Errors
    /// When the post is not declined by them, they have given their reason, or it has changed since.
    pub fn explain(mut self, by: &Reviewer, seen: Revision, reason: &str) -> Result<Self, Refusal> {
        self.must_be_declined_without_reason(by.member().id, seen)?;
        for verdict in self.verdicts.iter_mut().filter(|verdict| verdict.by == by.member().id) {
            verdict.word = Word::Decline { reason: Some(reason.to_owned()) };
        }
        Ok(self)
    }

    /// Takes a no without a reason back: the post is in review again, with the words of the others.
    ///
    /// # Errors
    /// When the post is not declined by them without a reason, or has changed since.
    pub fn take_back_no(
        mut self,
        by: MemberId,
        seen: Revision,
        policy: ReviewPolicy,
        now: DateTime<Utc>,
    ) -> Result<(Self, Judged), Refusal> {
        self.must_be_declined_without_reason(by, seen)?;
        self.verdicts.retain(|verdict| verdict.by != by);
        let missing = usize::from(policy.approvals).saturating_sub(self.approvals().count());
        Ok((Self { state: PostState::InReview { since: now }, ..self }, Judged::Counts { missing }))
    }

    /// Whether a reviewer may still say why they said no.
    ///
    /// # Errors
    /// When the post is not declined by them without a reason, or has changed since.
    pub fn must_be_declined_without_reason(&self, by: MemberId, seen: Revision) -> Result<(), Refusal> {
        match self.state {
            PostState::Declined { .. } if seen != self.revision() => Err(Refusal::OldCard { number: self.number }),
            PostState::Declined { .. } if self.unexplained_no(by).is_some() => Ok(()),
            PostState::Declined { .. } => Err(Refusal::NoReasonAwaited { number: self.number }),
            PostState::Draft
            | PostState::InReview { .. }
            | PostState::Approved { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => Err(Refusal::NotDeclined { stage: self.stage() }),
        }
    }
}
