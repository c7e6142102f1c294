//! Why a post that TikTok had accepted failed afterwards, from `fail_reason` and from webhooks, as one table.
//! <https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status>

use super::Next::{Later, Never, Reconnect};
use super::{Next, decisions};
use crate::domain::breaker::BreakerKind;
use crate::domain::publication::Whose;

decisions! {
    /// Which failure it is.
    FailKind, otherwise Unknown;

    /// Container or codec.
    FileFormat "file_format_check_failed" => Never, Author,
        "TikTok did not accept the format of the video.",
        "export it as MP4 with H.264, then schedule it again";
    /// Longer than this creator may post, or too short.
    Duration "duration_check_failed" => Never, Author,
        "TikTok did not accept the length of the video.",
        "shorten it to what TikTok allows this account, then schedule it again";
    /// Outside 23 to 60 frames a second.
    FrameRate "frame_rate_check_failed" => Never, Author,
        "TikTok did not accept the frame rate of the video.",
        "export it with 23 to 60 frames a second, then schedule it again";
    /// A side outside 360 to 4096 pixels.
    PictureSize "picture_size_check_failed" => Never, Author,
        "TikTok did not accept the picture size of the video.",
        "export it with each side between 360 and 4096 pixels, then schedule it again";
    /// TikTok failed inside; its pages say to try again.
    Internal "internal" => Later(None), TikTok,
        "TikTok failed while working on the video.",
        "nothing to do; it is sent again";
    /// TikTok could not fetch the video.
    VideoPullFailed "video_pull_failed" => Later(None), Operator,
        "TikTok could not fetch the video.",
        "check that the address of the video can be reached from outside";
    /// TikTok could not fetch a photo.
    PhotoPullFailed "photo_pull_failed" => Later(None), Operator,
        "TikTok could not fetch a photo.",
        "check that the addresses of the photos can be reached from outside";
    /// It was stopped on request.
    Cancelled "publish_cancelled" => Never, Author,
        "The post was stopped before it went out.",
        "schedule it again if it is still wanted";
    /// The creator disconnected the app.
    AuthRemoved "auth_removed" => Reconnect, Manager,
        "The account was disconnected while TikTok worked on the video.",
        "connect the account again, then schedule the post again";
    /// The creator's posts of the last 24 hours are spent.
    TooManyPosts "spam_risk_too_many_posts" => Never, Manager,
        "TikTok takes no more posts from this account today.",
        "move it to tomorrow, or post it in the TikTok app";
    /// The creator may not post at all.
    UserBanned "spam_risk_user_banned_from_posting" => Never, Manager,
        "TikTok does not let this account post.",
        "open the TikTok app with this account; the reason is in its inbox";
    /// The caption was refused.
    Text "spam_risk_text" => Never, Author,
        "TikTok did not accept the caption.",
        "change the caption; it is reviewed again before it goes out";
    /// TikTok's moderation refused it.
    Spam "spam_risk" => Never, Author,
        "TikTok's moderation did not accept the post.",
        "look at the account in the TikTok app before trying again";
    /// A reason nobody has written down.
    Unknown "unknown" => Never, Author,
        "TikTok gave up on the post without a reason that is known here.",
        "look at the account on TikTok before trying again";
}

impl FailKind {
    /// What it stops, when the next post of the account would meet the same.
    #[must_use]
    pub const fn stops(self) -> Option<BreakerKind> {
        match self {
            Self::UserBanned => Some(BreakerKind::Banned),
            Self::TooManyPosts => Some(BreakerKind::TooManyPosts),
            Self::AuthRemoved => Some(BreakerKind::Reconnect),
            _ => None,
        }
    }
}

/// A failure with TikTok's own word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailReason {
    /// Which failure it is.
    pub kind: FailKind,
    /// The word as TikTok wrote it; empty when it gave none.
    pub code: String,
}

impl FailReason {
    /// Reads TikTok's word.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self { kind: FailKind::named(code), code: code.to_owned() }
    }

    /// What follows from it. `Later` means a new upload: this one is over.
    #[must_use]
    pub const fn next(&self) -> Next {
        self.kind.next()
    }

    /// Whose problem it is.
    #[must_use]
    pub const fn whose(&self) -> Whose {
        self.kind.whose()
    }

    /// What happened, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.kind == FailKind::Unknown && !self.code.is_empty() {
            format!("TikTok gave up on the post with `{}`.", self.code)
        } else {
            self.kind.sentence().to_owned()
        }
    }

    /// What can be done about it, for people.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        self.kind.hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_troubles_that_pass_are_tried_again() {
        let again: Vec<_> =
            FailKind::ALL.iter().filter(|kind| matches!(kind.next(), Later(_))).map(|kind| kind.code()).collect();
        assert_eq!(again, ["internal", "video_pull_failed", "photo_pull_failed"]);
    }

    #[test]
    fn every_documented_reason_leads_to_its_decision() {
        use crate::domain::publication::Whose::{Author, Manager, Operator, TikTok};
        for (reason, next, whose) in [
            ("file_format_check_failed", Never, Author),
            ("duration_check_failed", Never, Author),
            ("frame_rate_check_failed", Never, Author),
            ("picture_size_check_failed", Never, Author),
            ("internal", Later(None), TikTok),
            ("video_pull_failed", Later(None), Operator),
            ("photo_pull_failed", Later(None), Operator),
            ("publish_cancelled", Never, Author),
            ("auth_removed", Reconnect, Manager),
            ("spam_risk_too_many_posts", Never, Manager),
            ("spam_risk_user_banned_from_posting", Never, Manager),
            ("spam_risk_text", Never, Author),
            ("spam_risk", Never, Author),
            ("", Never, Author),
        ] {
            let read = FailReason::parse(reason);
            assert_eq!((read.next(), read.whose()), (next, whose), "{reason}");
            assert_eq!(read.kind == FailKind::Unknown, reason.is_empty(), "{reason}");
        }
    }

    #[test]
    fn a_reason_is_read_back_and_an_unknown_one_is_shown() {
        for kind in FailKind::ALL {
            assert_eq!(FailReason::parse(kind.code()).kind, *kind);
        }
        let odd = FailReason::parse("brand_new");
        assert_eq!(odd.sentence(), "TikTok gave up on the post with `brand_new`.");
        assert_eq!((odd.next(), odd.whose()), (Never, Whose::Author));
    }

    #[test]
    fn every_sentence_ends_and_every_hint_starts_small_and_stays_open() {
        for kind in FailKind::ALL {
            assert!(kind.sentence().ends_with('.') && !kind.hint().ends_with('.'), "{kind:?}");
            assert!(kind.hint().starts_with(char::is_lowercase), "{kind:?}");
        }
    }
}
