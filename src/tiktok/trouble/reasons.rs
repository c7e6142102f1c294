//! Why a post that TikTok had accepted failed afterwards, from `fail_reason` and from webhooks, as one table.
//! <https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status>

use super::Next::{Later, Never, Reconnect};
use super::{Next, decisions};
use crate::domain::breaker::BreakerKind;
use crate::domain::publication::Whose;
use crate::say;

decisions! {
    /// Which failure it is.
    FailKind, otherwise Unknown;

    /// Container or codec.
    FileFormat "file_format_check_failed" => Never, Author,
        say!("trouble-reason-file-format"),
        say!("trouble-reason-file-format-hint");
    /// Longer than this creator may post, or too short.
    Duration "duration_check_failed" => Never, Author,
        say!("trouble-reason-duration"),
        say!("trouble-reason-duration-hint");
    /// Outside 23 to 60 frames a second.
    FrameRate "frame_rate_check_failed" => Never, Author,
        say!("trouble-reason-frame-rate"),
        say!("trouble-reason-frame-rate-hint");
    /// A side outside 360 to 4096 pixels.
    PictureSize "picture_size_check_failed" => Never, Author,
        say!("trouble-reason-picture-size"),
        say!("trouble-reason-picture-size-hint");
    /// TikTok failed inside; its pages say to try again.
    Internal "internal" => Later(None), TikTok,
        say!("trouble-reason-internal"),
        say!("trouble-reason-internal-hint");
    /// TikTok could not fetch the video.
    VideoPullFailed "video_pull_failed" => Later(None), Operator,
        say!("trouble-reason-video-pull-failed"),
        say!("trouble-reason-video-pull-failed-hint");
    /// TikTok could not fetch a photo.
    PhotoPullFailed "photo_pull_failed" => Later(None), Operator,
        say!("trouble-reason-photo-pull-failed"),
        say!("trouble-reason-photo-pull-failed-hint");
    /// It was stopped on request.
    Cancelled "publish_cancelled" => Never, Author,
        say!("trouble-reason-cancelled"),
        say!("trouble-reason-cancelled-hint");
    /// The creator disconnected the app.
    AuthRemoved "auth_removed" => Reconnect, Manager,
        say!("trouble-reason-auth-removed"),
        say!("trouble-reason-auth-removed-hint");
    /// The creator's posts of the last 24 hours are spent.
    TooManyPosts "spam_risk_too_many_posts" => Never, Manager,
        say!("trouble-reason-too-many-posts"),
        say!("trouble-reason-too-many-posts-hint");
    /// The creator may not post at all.
    UserBanned "spam_risk_user_banned_from_posting" => Never, Manager,
        say!("trouble-reason-user-banned"),
        say!("trouble-reason-user-banned-hint");
    /// The caption was refused.
    Text "spam_risk_text" => Never, Author,
        say!("trouble-reason-text"),
        say!("trouble-reason-text-hint");
    /// TikTok's moderation refused it.
    Spam "spam_risk" => Never, Author,
        say!("trouble-reason-spam"),
        say!("trouble-reason-spam-hint");
    /// A reason nobody has written down.
    Unknown "unknown" => Never, Author,
        say!("trouble-reason-unknown"),
        say!("trouble-reason-unknown-hint");
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
            say!("trouble-reason-not-known", code = self.code.as_str())
        } else {
            self.kind.sentence()
        }
    }

    /// What can be done about it, for people.
    #[must_use]
    pub fn hint(&self) -> String {
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
