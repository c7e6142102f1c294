//! What cannot be done any more, or not yet, because of where a post or its publication stands: a sentence and a hint for
//! each, so that nobody has to look up what the name of a state means for them.

use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;
use crate::say;

/// Why there is nothing to judge.
pub(super) fn nothing_to_judge(stage: PostStage) -> String {
    match stage {
        PostStage::Draft => say!("refusals-nothing-to-judge-draft"),
        PostStage::InReview => say!("refusals-nothing-to-judge-in-review"),
        PostStage::Approved => say!("refusals-nothing-to-judge-approved"),
        PostStage::Declined => say!("refusals-nothing-to-judge-declined"),
        PostStage::Lapsed => say!("refusals-nothing-to-judge-lapsed"),
        PostStage::Withdrawn => say!("refusals-nothing-to-judge-withdrawn"),
    }
}

/// Why there is nothing to try again or to settle of a post that was never sent.
pub(super) fn not_sent(stage: PostStage) -> String {
    match stage {
        PostStage::Draft => say!("refusals-not-sent-draft"),
        PostStage::InReview => say!("refusals-not-sent-in-review"),
        PostStage::Approved => say!("refusals-not-sent-approved"),
        PostStage::Declined => say!("refusals-not-sent-declined"),
        PostStage::Lapsed => say!("refusals-not-sent-lapsed"),
        PostStage::Withdrawn => say!("refusals-not-sent-withdrawn"),
    }
}

/// Why something cannot be done while the publication stands where it does, by the English name of that.
pub(super) fn not_now(state: &str) -> String {
    say!("refusals-not-now", short = state.replace(' ', ""), state = state)
}

/// What a person can do who wanted to judge a post that is not in review.
pub(super) fn not_in_review(stage: PostStage) -> String {
    match stage {
        PostStage::Draft => say!("refusals-not-in-review-draft"),
        PostStage::InReview => say!("refusals-not-in-review-in-review"),
        PostStage::Approved => say!("refusals-not-in-review-approved"),
        PostStage::Declined => say!("refusals-not-in-review-declined"),
        PostStage::Lapsed => say!("refusals-not-in-review-lapsed"),
        PostStage::Withdrawn => say!("refusals-not-in-review-withdrawn"),
    }
}

/// What a person can do who wanted to try again or settle what was never sent.
pub(super) fn nothing_sent(stage: PostStage) -> String {
    match stage {
        PostStage::Draft => say!("refusals-nothing-sent-draft"),
        PostStage::InReview => say!("refusals-nothing-sent-in-review"),
        PostStage::Approved => say!("refusals-nothing-sent-approved"),
        PostStage::Declined => say!("refusals-nothing-sent-declined"),
        PostStage::Lapsed => say!("refusals-nothing-sent-lapsed"),
        PostStage::Withdrawn => say!("refusals-nothing-sent-withdrawn"),
    }
}

/// Why a post that has come to its end is not changed or stopped.
pub(super) fn over(stage: PostStage) -> String {
    match stage {
        PostStage::Declined => say!("refusals-over-declined"),
        PostStage::Withdrawn => say!("refusals-over-withdrawn"),
        PostStage::Draft | PostStage::InReview | PostStage::Approved | PostStage::Lapsed => {
            say!("refusals-over-else")
        }
    }
}

/// What a person can do about a post that has come to its end.
pub(super) fn after_the_end(stage: PostStage) -> String {
    match stage {
        PostStage::Declined => say!("refusals-after-the-end-declined"),
        PostStage::Draft | PostStage::InReview | PostStage::Approved | PostStage::Lapsed | PostStage::Withdrawn => {
            say!("refusals-after-the-end-else")
        }
    }
}

/// Why it is too late to change a post or to stop it.
pub(super) fn too_late(stage: PublicationStage) -> String {
    match stage {
        PublicationStage::Published => say!("refusals-too-late-published"),
        PublicationStage::InInbox => {
            say!("refusals-too-late-in-inbox")
        }
        PublicationStage::Unclear => {
            say!("refusals-too-late-unclear")
        }
        PublicationStage::Publishing | PublicationStage::Processing => {
            say!("refusals-too-late-publishing")
        }
        PublicationStage::Scheduled
        | PublicationStage::Held
        | PublicationStage::Failed
        | PublicationStage::Cancelled => say!("refusals-too-late-else"),
    }
}

/// What a person can do when it is too late.
pub(super) fn when_too_late(stage: PublicationStage) -> String {
    match stage {
        PublicationStage::Unclear => {
            say!("refusals-when-too-late-unclear")
        }
        PublicationStage::InInbox => say!("refusals-when-too-late-in-inbox"),
        PublicationStage::Published
        | PublicationStage::Publishing
        | PublicationStage::Processing
        | PublicationStage::Scheduled
        | PublicationStage::Held
        | PublicationStage::Failed
        | PublicationStage::Cancelled => say!("refusals-when-too-late-else"),
    }
}

/// Why there is nothing to try again.
pub(super) fn nothing_to_retry(stage: PublicationStage) -> String {
    match stage {
        PublicationStage::Scheduled => say!("refusals-nothing-to-retry-scheduled"),
        PublicationStage::Publishing | PublicationStage::Processing => {
            say!("refusals-nothing-to-retry-publishing")
        }
        PublicationStage::Published => say!("refusals-nothing-to-retry-published"),
        PublicationStage::InInbox => say!("refusals-nothing-to-retry-in-inbox"),
        PublicationStage::Held => say!("refusals-nothing-to-retry-held"),
        PublicationStage::Unclear => say!("refusals-nothing-to-retry-unclear"),
        PublicationStage::Failed | PublicationStage::Cancelled => say!("refusals-nothing-to-retry-else"),
    }
}

/// Why there is nothing to settle.
pub(super) fn nothing_to_settle(stage: PublicationStage) -> String {
    match stage {
        PublicationStage::Scheduled => say!("refusals-nothing-to-settle-scheduled"),
        PublicationStage::Publishing | PublicationStage::Processing => {
            say!("refusals-nothing-to-settle-publishing")
        }
        PublicationStage::Published => say!("refusals-nothing-to-settle-published"),
        PublicationStage::InInbox => say!("refusals-nothing-to-settle-in-inbox"),
        PublicationStage::Held => say!("refusals-nothing-to-settle-held"),
        PublicationStage::Failed => say!("refusals-nothing-to-settle-failed"),
        PublicationStage::Unclear | PublicationStage::Cancelled => say!("refusals-nothing-to-settle-unclear"),
    }
}

/// What a person can do instead of trying again or settling.
pub(super) fn instead(stage: PublicationStage) -> String {
    match stage {
        PublicationStage::Held => say!("refusals-instead-held"),
        PublicationStage::Failed => say!("refusals-instead-failed"),
        PublicationStage::Unclear => say!("refusals-instead-unclear"),
        PublicationStage::Scheduled
        | PublicationStage::Publishing
        | PublicationStage::Processing
        | PublicationStage::Published
        | PublicationStage::InInbox
        | PublicationStage::Cancelled => say!("refusals-instead-else"),
    }
}
