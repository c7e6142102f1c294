//! What a person can do about each polite no.

use super::{Refusal, stages};
use crate::say;

impl Refusal {
    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Video(refusal) => refusal.hint(),
            Self::When(refusal) => refusal.hint(),
            Self::Caption(refusal) => refusal.hint(),
            Self::Fetch { hint, .. } | Self::TikTok { hint, .. } => hint.clone(),
            Self::Sheet(refusal) => refusal.hint(),
            Self::BatchGone => say!("refusals-batch-gone-hint"),
            Self::BatchUsed => say!("refusals-batch-used-hint"),
            Self::BatchSpoilt { .. } => say!("refusals-batch-spoilt-hint"),
            Self::NoSuchPost => say!("refusals-no-such-post-hint"),
            Self::NoSuchAccount => say!("refusals-no-such-account-hint"),
            Self::NoAccount => say!("refusals-no-account-hint"),
            Self::WhichAccount { .. } => say!("refusals-which-account-hint"),
            Self::AccountNotReady { .. } => say!("refusals-account-not-ready-hint"),
            Self::AccountBanned { .. } => say!("refusals-account-banned-hint"),
            Self::Slot(refusal) => refusal.hint(),
            Self::WhichTime { refusal, .. } => refusal.hint(),
            Self::NoVideo => say!("refusals-no-video-hint"),
            Self::NoVideoInMessage => say!("refusals-no-video-in-message-hint"),
            Self::MessageGone => say!("refusals-message-gone-hint"),
            Self::NotSetUp { .. } => say!("refusals-not-set-up-hint"),
            Self::NotAReviewer { .. } => say!("refusals-not-a-reviewer-hint"),
            Self::NotAManager => say!("refusals-not-a-manager-hint"),
            Self::NotYours => say!("refusals-not-yours-hint"),
            Self::NotYoursToDecide => say!("refusals-not-yours-to-decide-hint"),
            Self::Pause(refusal) => refusal.hint(),
            Self::OwnPost => say!("refusals-own-post-hint"),
            Self::OldCard { .. } => say!("refusals-old-card-hint"),
            Self::OldButton => say!("refusals-old-button-hint"),
            Self::AlreadySubmitted { number } => say!("refusals-already-submitted-hint", number = number),
            Self::StillADraft => say!("refusals-still-a-draft-hint"),
            Self::NotInReview { stage } => stages::not_in_review(*stage),
            Self::NothingSent { stage } => stages::nothing_sent(*stage),
            Self::NotNow { .. } | Self::NotDeclined { .. } => say!("refusals-not-now-hint"),
            Self::NoReasonAwaited { .. } => say!("refusals-no-reason-awaited-hint"),
            Self::Over { stage } => stages::after_the_end(*stage),
            Self::AlreadyGoingOut { stage } => stages::when_too_late(*stage),
            Self::NothingToRetry { stage } | Self::NothingToSettle { stage } => stages::instead(*stage),
            Self::TooLateToJudge { .. } => say!("refusals-too-late-to-judge-hint"),
            Self::NothingChanged => say!("refusals-nothing-changed-hint"),
            Self::NoReason => say!("refusals-no-reason-hint"),
            Self::PrivacyNotChosen => say!("refusals-privacy-not-chosen-hint"),
            Self::PrivacyNotOffered { .. } => say!("refusals-privacy-not-offered-hint"),
            Self::DisclosureIncomplete => say!("refusals-disclosure-incomplete-hint"),
            Self::BrandedCannotBePrivate => say!("refusals-branded-cannot-be-private-hint"),
            Self::OnlyPrivateUntilAudited => say!("refusals-only-private-until-audited-hint"),
            Self::AccountNotPrivate => say!("refusals-account-not-private-hint"),
            Self::CreatorClosed { .. } => say!("refusals-creator-closed-hint"),
            Self::TooManyApprovals { most, .. } => say!("refusals-too-many-approvals-hint", most = most),
            Self::SomebodyWasFaster => say!("refusals-somebody-was-faster-hint"),
            Self::LinkSpent | Self::ConsentRefused => say!("refusals-link-spent-hint"),
            Self::NotTheAddress => say!("refusals-not-the-address-hint"),
            Self::NotYourLink => say!("refusals-not-your-link-hint"),
            Self::VideoForgotten { .. } => say!("refusals-video-forgotten-hint"),
            Self::BeingErased => say!("refusals-being-erased-hint"),
            Self::AccountElsewhere { .. } => say!("refusals-account-elsewhere-hint"),
        }
    }
}
