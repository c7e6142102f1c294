//! How a post moves from state to state. Each transition consumes the post and gives back the next one, or says why not.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Due, Post, PostState, Revision};
use crate::domain::account::Delivery;
use crate::domain::caption::Caption;
use crate::domain::creator::{Choices, CreatorInfo, Privacy};
use crate::domain::ids::{MemberId, VerdictId};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Member, ReviewPolicy, Reviewer, Verdict, Word};
use crate::domain::schedule::Window;

/// What has to hold when a draft is submitted, or a post gets a new time.
#[derive(Debug, Clone, Copy)]
pub struct SubmitRules<'a> {
    /// When posts may be due.
    pub window: &'a Window,
    /// The app has passed TikTok's audit.
    pub audited: bool,
}

/// What became of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It was there already; nothing changed.
    Already,
    /// It counts; that many more approvals are needed.
    Counts {
        /// Approvals still missing.
        missing: usize,
    },
    /// It settled the matter.
    Settled,
}

/// What somebody wants changed about a post; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// New words.
    pub caption: Option<Caption>,
    /// New choices.
    pub choices: Option<Choices>,
    /// A new time, and the zone it was given in.
    pub due: Option<(Due, Tz)>,
}

/// Why these choices cannot be submitted for this creator, if they cannot.
///
/// The points of TikTok's list: <https://developers.tiktok.com/doc/content-sharing-guidelines>
#[must_use]
pub fn choices_refusal(choices: &Choices, creator: &CreatorInfo, delivery: Delivery, audited: bool) -> Option<Refusal> {
    // TikTok takes nothing but the video of a draft: whoever finishes it in the app chooses there.
    if delivery == Delivery::Draft {
        return None;
    }
    let Some(privacy) = choices.privacy else { return Some(Refusal::PrivacyNotChosen) };
    if !creator.privacy_options.contains(&privacy) {
        return Some(Refusal::PrivacyNotOffered { asked: privacy, offered: creator.privacy_options.clone() });
    }
    if choices.discloses && !choices.own_brand && !choices.branded_content {
        return Some(Refusal::DisclosureIncomplete);
    }
    if choices.branded_content && privacy == Privacy::SelfOnly {
        return Some(Refusal::BrandedCannotBePrivate);
    }
    if !audited && privacy != Privacy::SelfOnly {
        return Some(Refusal::OnlyPrivateUntilAudited);
    }
    if !audited && creator.is_public() {
        return Some(Refusal::AccountNotPrivate);
    }
    let closed = [
        (choices.comments && creator.comment_disabled, "comments"),
        (choices.duet && creator.duet_disabled, "duets"),
        (choices.stitch && creator.stitch_disabled, "stitches"),
    ];
    closed.into_iter().find(|(clash, _)| *clash).map(|(_, what)| Refusal::CreatorClosed { what })
}

impl Post {
    /// Changes a draft in its composer.
    ///
    /// # Errors
    /// When it is no draft any more, or somebody else's.
    pub fn compose(self, by: &Member, edit: Edit) -> Result<Self, Refusal> {
        self.must_be_drafted_by(by)?;
        Ok(self.with(edit))
    }

    /// Hands a draft to the reviewers.
    ///
    /// # Errors
    /// When something TikTok requires is not chosen, the time does not work, or it is no draft of this member.
    pub fn submit(self, by: &Member, rules: SubmitRules<'_>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.must_be_drafted_by(by)?;
        if let Some(refusal) = choices_refusal(&self.choices, &self.creator, self.delivery, rules.audited) {
            return Err(refusal);
        }
        if let Due::At(at) = self.due {
            rules.window.check(at, now)?;
        }
        Ok(Self { state: PostState::InReview { since: now }, verdicts: Vec::new(), ..self })
    }

    /// Records a reviewer's word on the revision they saw.
    ///
    /// # Errors
    /// When the post is not in review, the card they saw is not the present one, or it is their own post.
    pub fn judge(
        mut self,
        by: &Reviewer,
        seen: Revision,
        word: Word,
        policy: ReviewPolicy,
        now: DateTime<Utc>,
    ) -> Result<(Self, Judged), Refusal> {
        let reviewer = by.member();
        self.must_be_in_review(seen)?;
        if word == Word::Approve && reviewer.id == self.author && !policy.self_review {
            return Err(Refusal::OwnPost);
        }
        if let Some(at) = self.lapses_at()
            && at <= now
        {
            return Err(Refusal::TooLateToJudge { due: at });
        }
        self.verdicts.retain(|verdict| verdict.revision == seen);
        let already = self.verdicts.iter().any(|verdict| verdict.by == reviewer.id && verdict.word == word);
        let declined = matches!(word, Word::Decline { .. });
        if !already {
            self.verdicts.retain(|verdict| verdict.by != reviewer.id);
            self.verdicts.push(Verdict {
                id: VerdictId::new(now),
                by: reviewer.id,
                by_name: reviewer.name.clone(),
                revision: seen,
                word,
                as_manager: by.as_manager(),
                reacted: by.reacted(),
                at: now,
            });
        }
        if declined {
            return Ok((Self { state: PostState::Declined { at: now }, ..self }, Judged::Settled));
        }
        let missing = usize::from(policy.approvals).saturating_sub(self.approvals().count());
        let blocked = self.verdicts.iter().any(|verdict| matches!(verdict.word, Word::RequestChanges { .. }));
        // Said again, a word may settle the matter all the same: the team may need fewer approvals now.
        if missing == 0 && !blocked {
            return Ok((Self { state: PostState::Approved { at: now }, ..self }, Judged::Settled));
        }
        Ok((self, if already { Judged::Already } else { Judged::Counts { missing } }))
    }

    /// Takes a reviewer's own approval back, which works until the last one has come.
    ///
    /// # Errors
    /// When the post is not in review or the card is not the present one.
    pub fn take_back(mut self, by: MemberId, seen: Revision, policy: ReviewPolicy) -> Result<(Self, Judged), Refusal> {
        self.must_be_in_review(seen)?;
        let before = self.verdicts.len();
        self.verdicts.retain(|verdict| verdict.by != by || verdict.word != Word::Approve);
        if self.verdicts.len() == before {
            return Ok((self, Judged::Already));
        }
        let missing = usize::from(policy.approvals).saturating_sub(self.approvals().count());
        Ok((self, Judged::Counts { missing }))
    }

    /// Changes what would go out. Every verdict is void and the post is in review (again).
    ///
    /// # Errors
    /// When the member may not change it, it is a draft, or what is asked does not work.
    pub fn edit(self, by: &Member, edit: Edit, rules: SubmitRules<'_>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.must_be_changeable_by(by)?;
        match self.state {
            PostState::Draft => return Err(Refusal::StillADraft),
            PostState::Withdrawn { .. } => return Err(Refusal::Over { stage: self.stage() }),
            PostState::InReview { .. }
            | PostState::Approved { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. } => {}
        }
        let before = self.revision();
        let changed = self.with(edit);
        if changed.revision() == before
            && !matches!(changed.state, PostState::Lapsed { .. } | PostState::Declined { .. })
        {
            return Err(Refusal::NothingChanged);
        }
        if let Some(refusal) = choices_refusal(&changed.choices, &changed.creator, changed.delivery, rules.audited) {
            return Err(refusal);
        }
        if let Due::At(at) = changed.due {
            rules.window.check(at, now)?;
        }
        Ok(Self { state: PostState::InReview { since: now }, verdicts: Vec::new(), ..changed })
    }

    /// Stops it for good. A publication that has begun must have been asked first.
    ///
    /// # Errors
    /// When the member may not, or it is over already.
    pub fn withdraw(self, by: &Member, is_reviewer: bool, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !is_reviewer {
            self.must_be_changeable_by(by)?;
        }
        match self.state {
            PostState::Draft | PostState::InReview { .. } | PostState::Approved { .. } | PostState::Lapsed { .. } => {
                Ok(Self { state: PostState::Withdrawn { at: now }, ..self })
            }
            PostState::Declined { .. } | PostState::Withdrawn { .. } => Err(Refusal::Over { stage: self.stage() }),
        }
    }

    /// Marks a post whose time came while it was still in review. Anything else is left as it is.
    #[must_use]
    pub fn lapse(self, now: DateTime<Utc>) -> Option<Self> {
        match self.state {
            PostState::InReview { .. } if self.lapses_at().is_some_and(|at| at <= now) => {
                Some(Self { state: PostState::Lapsed { at: now }, ..self })
            }
            PostState::Draft
            | PostState::InReview { .. }
            | PostState::Approved { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => None,
        }
    }

    /// When it lapses unless enough reviewers say yes: at its due time, or a day after submission if it has none.
    #[must_use]
    pub fn lapses_at(&self) -> Option<DateTime<Utc>> {
        match (&self.state, self.due) {
            (PostState::InReview { .. }, Due::At(at)) => Some(at),
            (PostState::InReview { since }, Due::Asap) => Some(*since + chrono::TimeDelta::hours(24)),
            (
                PostState::Draft
                | PostState::Approved { .. }
                | PostState::Declined { .. }
                | PostState::Lapsed { .. }
                | PostState::Withdrawn { .. },
                _,
            ) => None,
        }
    }

    fn with(self, edit: Edit) -> Self {
        let (due, zone) = edit.due.unwrap_or((self.due, self.zone));
        Self {
            caption: edit.caption.unwrap_or(self.caption),
            choices: edit.choices.unwrap_or(self.choices),
            due,
            zone,
            ..self
        }
    }

    fn must_be_drafted_by(&self, by: &Member) -> Result<(), Refusal> {
        match self.state {
            PostState::Draft if self.author == by.id && self.workspace == by.workspace => Ok(()),
            PostState::Draft => Err(Refusal::NotYours),
            PostState::InReview { .. }
            | PostState::Approved { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => Err(Refusal::AlreadySubmitted { number: self.number }),
        }
    }

    fn must_be_changeable_by(&self, by: &Member) -> Result<(), Refusal> {
        if self.workspace == by.workspace && (self.author == by.id || by.manages) {
            Ok(())
        } else {
            Err(Refusal::NotYours)
        }
    }

    fn must_be_in_review(&self, seen: Revision) -> Result<(), Refusal> {
        match self.state {
            PostState::InReview { .. } if seen == self.revision() => Ok(()),
            PostState::InReview { .. } => Err(Refusal::OldCard { number: self.number }),
            PostState::Draft
            | PostState::Approved { .. }
            | PostState::Declined { .. }
            | PostState::Lapsed { .. }
            | PostState::Withdrawn { .. } => Err(Refusal::NotInReview { stage: self.stage() }),
        }
    }
}
