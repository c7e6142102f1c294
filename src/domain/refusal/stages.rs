//! What cannot be done any more, or not yet, because of where a post or its publication stands: a sentence and a hint for
//! each, so that nobody has to look up what the name of a state means for them.

use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;

/// Where a post stands, after "This post".
pub(super) const fn stands(stage: PostStage) -> &'static str {
    match stage {
        PostStage::Draft => "is still a draft",
        PostStage::InReview => "is in review",
        PostStage::Approved => "is approved",
        PostStage::Declined => "was declined",
        PostStage::Lapsed => "has lapsed",
        PostStage::Withdrawn => "was withdrawn",
    }
}

/// What a person can do who wanted to judge a post that is not in review.
pub(super) const fn not_in_review(stage: PostStage) -> &'static str {
    match stage {
        PostStage::Draft => "its author submits it first",
        PostStage::InReview => "use the buttons of its newest card",
        PostStage::Approved => "until it goes out, *Withdraw* on its card or `/post withdraw` still stops it",
        PostStage::Declined => "its author changes it with `/post edit`, which starts a new review",
        PostStage::Lapsed => "its author picks a new time with `/post move`, which starts a new review",
        PostStage::Withdrawn => "its author starts again with `/schedule`",
    }
}

/// What a person can do who wanted to try again or settle what was never sent.
pub(super) const fn nothing_sent(stage: PostStage) -> &'static str {
    match stage {
        PostStage::Draft => "finish it in its composer first",
        PostStage::InReview => "it goes out once enough reviewers have approved it",
        PostStage::Approved => "it goes out by itself at its time",
        PostStage::Declined => "`/post edit` changes it and starts a new review",
        PostStage::Lapsed => "`/post move` gives it a new time and starts a new review",
        PostStage::Withdrawn => "start again with `/schedule`",
    }
}

/// Why a post that has come to its end is not changed or stopped.
pub(super) const fn over(stage: PostStage) -> &'static str {
    match stage {
        PostStage::Declined => "This post is declined, so nothing of it goes out and there is nothing to stop.",
        PostStage::Withdrawn => "This post was withdrawn, which is for good; it cannot be changed any more.",
        PostStage::Draft | PostStage::InReview | PostStage::Approved | PostStage::Lapsed => {
            "This post cannot be changed any more."
        }
    }
}

/// What a person can do about a post that has come to its end.
pub(super) const fn after_the_end(stage: PostStage) -> &'static str {
    match stage {
        PostStage::Declined => "`/post edit` changes it and starts a new review",
        PostStage::Draft | PostStage::InReview | PostStage::Approved | PostStage::Lapsed | PostStage::Withdrawn => {
            "start again with `/schedule`"
        }
    }
}

/// Why it is too late to change a post or to stop it.
pub(super) const fn too_late(stage: PublicationStage) -> &'static str {
    match stage {
        PublicationStage::Published => "This post is out already, so it can no longer be changed or stopped here.",
        PublicationStage::InInbox => {
            "This post lies in the TikTok inbox already, so it can no longer be changed or stopped here."
        }
        PublicationStage::Unclear => {
            "Nobody knows yet whether this post is out, so it cannot be changed or stopped until somebody says so."
        }
        PublicationStage::Publishing | PublicationStage::Processing => {
            "The whole video of this post is with TikTok already, so it can no longer be changed or stopped."
        }
        PublicationStage::Scheduled
        | PublicationStage::Held
        | PublicationStage::Failed
        | PublicationStage::Cancelled => "This post can no longer be changed.",
    }
}

/// What a person can do when it is too late.
pub(super) const fn when_too_late(stage: PublicationStage) -> &'static str {
    match stage {
        PublicationStage::Unclear => {
            "`/post resolve` says how to find out; if it is not out, it can be changed afterwards"
        }
        PublicationStage::InInbox => "whoever finishes it in the TikTok app can still change or drop it there",
        PublicationStage::Published
        | PublicationStage::Publishing
        | PublicationStage::Processing
        | PublicationStage::Scheduled
        | PublicationStage::Held
        | PublicationStage::Failed
        | PublicationStage::Cancelled => "what is on TikTok can be changed or deleted in the TikTok app",
    }
}

/// Why there is nothing to try again.
pub(super) const fn nothing_to_retry(stage: PublicationStage) -> &'static str {
    match stage {
        PublicationStage::Scheduled => "This post has not failed; it goes out by itself when it is its turn.",
        PublicationStage::Publishing | PublicationStage::Processing => {
            "This post is on its way to TikTok right now; there is nothing to try again."
        }
        PublicationStage::Published => "This post is out already; there is nothing to try again.",
        PublicationStage::InInbox => "This post arrived in the TikTok inbox; there is nothing to try again.",
        PublicationStage::Held => "This post is held and was never tried; somebody decides about it first.",
        PublicationStage::Failed | PublicationStage::Unclear | PublicationStage::Cancelled => {
            "There is nothing of this post to try again just now."
        }
    }
}

/// Why there is nothing to settle.
pub(super) const fn nothing_to_settle(stage: PublicationStage) -> &'static str {
    match stage {
        PublicationStage::Scheduled => "Nothing about this post is unclear: it waits for its turn.",
        PublicationStage::Publishing | PublicationStage::Processing => {
            "Nothing about this post is unclear yet: it is on its way to TikTok right now."
        }
        PublicationStage::Published => "Nothing about this post is unclear: it is out.",
        PublicationStage::InInbox => "Nothing about this post is unclear: it lies in the TikTok inbox.",
        PublicationStage::Held => "Nothing about this post is unclear: it is held and was not sent.",
        PublicationStage::Failed => "Nothing about this post is unclear: it failed and is not out.",
        PublicationStage::Unclear | PublicationStage::Cancelled => "Nothing about this post is unclear any more.",
    }
}

/// What a person can do instead of trying again or settling.
pub(super) const fn instead(stage: PublicationStage) -> &'static str {
    match stage {
        PublicationStage::Held => "*Publish now*, *Move* or *Withdraw* on its card decides",
        PublicationStage::Failed => "`/post retry` tries it again",
        PublicationStage::Scheduled
        | PublicationStage::Publishing
        | PublicationStage::Processing
        | PublicationStage::Published
        | PublicationStage::InInbox
        | PublicationStage::Unclear
        | PublicationStage::Cancelled => "`/post show` tells how it goes",
    }
}
