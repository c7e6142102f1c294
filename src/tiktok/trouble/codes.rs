//! Every `error.code` and OAuth error TikTok documents, and the troubles that come without a code, as one table.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling>
//! <https://developers.tiktok.com/doc/oauth-error-handling>

use std::time::Duration;

use super::Next::{Later, Never, Reconnect, Renew, Unclear};
use super::decisions;
use crate::domain::breaker::BreakerKind;
use crate::domain::tempo;
use crate::say;

/// TikTok counts calls in windows of a minute.
const A_MINUTE: Duration = tempo::pause(60);
/// A creator's cap on posts moves with the day; asking more often only annoys.
const AN_HOUR: Duration = tempo::pause(60 * 60);
/// Caps on drafts and on active creators are counted over 24 hours.
const A_DAY: Duration = tempo::pause(24 * 60 * 60);

decisions! {
    /// Which trouble it is.
    Kind, otherwise Unknown;

    // Content Posting and Display
    /// The creator's posts of the last 24 hours are spent, counting those from every app.
    SpamRiskTooManyPosts "spam_risk_too_many_posts" => Later(Some(AN_HOUR)), Manager,
        say!("trouble-code-spam-risk-too-many-posts"),
        say!("trouble-code-spam-risk-too-many-posts-hint");
    /// The creator may not post at all.
    SpamRiskUserBanned "spam_risk_user_banned_from_posting" => Never, Manager,
        say!("trouble-code-spam-risk-user-banned"),
        say!("trouble-code-spam-risk-user-banned-hint");
    /// The app has posted for as many creators as it may in 24 hours.
    ReachedActiveUserCap "reached_active_user_cap" => Later(Some(A_DAY)), Operator,
        say!("trouble-code-reached-active-user-cap"),
        say!("trouble-code-reached-active-user-cap-hint");
    /// A field of the request is wrong.
    InvalidParams "invalid_params" => Never, Author,
        say!("trouble-code-invalid-params"),
        say!("trouble-code-invalid-params-hint");
    /// TikTok does not know the upload or post asked about.
    InvalidPublishId "invalid_publish_id" => Unclear, Author,
        say!("trouble-code-invalid-publish-id"),
        say!("trouble-code-invalid-publish-id-hint");
    /// The upload belongs to somebody else's token.
    PublishIdOfAnother "token_not_authorized_for_specified_publish_id" => Unclear, Operator,
        say!("trouble-code-publish-id-of-another"),
        say!("trouble-code-publish-id-of-another-hint");
    /// A download is too far along to be stopped.
    PublishNotCancellable "publish_not_cancellable" => Never, TikTok,
        say!("trouble-code-publish-not-cancellable"),
        say!("trouble-code-publish-not-cancellable-hint");
    /// The creator's TikTok app is too old for drafts of photos.
    AppVersionCheckFailed "app_version_check_failed" => Never, Manager,
        say!("trouble-code-app-version-check-failed"),
        say!("trouble-code-app-version-check-failed-hint");
    /// The file itself was refused.
    InvalidFileUpload "invalid_file_upload" => Never, Author,
        say!("trouble-code-invalid-file-upload"),
        say!("trouble-code-invalid-file-upload-hint");
    /// A field was asked for whose scope was not granted.
    ScopePermissionMissed "scope_permission_missed" => Reconnect, Manager,
        say!("trouble-code-scope-permission-missed"),
        say!("trouble-code-scope-permission-missed-hint");
    /// The access token has ended or was revoked.
    AccessTokenInvalid "access_token_invalid" => Renew, Manager,
        say!("trouble-code-access-token-invalid"),
        say!("trouble-code-access-token-invalid-hint");
    /// The scope of the whole call was not granted.
    ScopeNotAuthorized "scope_not_authorized" => Reconnect, Manager,
        say!("trouble-code-scope-not-authorized"),
        say!("trouble-code-scope-not-authorized-hint");
    /// An app without audit posts only to private accounts, and only privately.
    UnauditedClient "unaudited_client_can_only_post_to_private_accounts" => Never, Operator,
        say!("trouble-code-unaudited-client"),
        say!("trouble-code-unaudited-client-hint");
    /// The address to pull from is not known to be the operator's.
    UrlOwnershipUnverified "url_ownership_unverified" => Never, Operator,
        say!("trouble-code-url-ownership-unverified"),
        say!("trouble-code-url-ownership-unverified-hint");
    /// The chosen privacy is not on offer any more.
    PrivacyMismatch "privacy_level_option_mismatch" => Never, Author,
        say!("trouble-code-privacy-mismatch"),
        say!("trouble-code-privacy-mismatch-hint");
    /// Five drafts of the last 24 hours wait in the inbox.
    TooManyPendingDrafts "spam_risk_too_many_pending_share" => Later(Some(A_DAY)), Manager,
        say!("trouble-code-too-many-pending-drafts"),
        say!("trouble-code-too-many-pending-drafts-hint");
    /// Too many calls in a minute.
    RateLimitExceeded "rate_limit_exceeded" => Later(Some(A_MINUTE)), TikTok,
        say!("trouble-code-rate-limit-exceeded"),
        say!("trouble-code-rate-limit-exceeded-hint");
    /// TikTok failed inside.
    InternalError "internal_error" => Later(None), TikTok,
        say!("trouble-code-internal-error"),
        say!("trouble-code-internal-error-hint");

    // OAuth
    /// The person said no on the consent page.
    AccessDenied "access_denied" => Never, Manager,
        say!("trouble-code-access-denied"),
        say!("trouble-code-access-denied-hint");
    /// The app's key or secret is wrong: no account works.
    InvalidClient "invalid_client" => Never, Operator,
        say!("trouble-code-invalid-client"),
        say!("trouble-code-invalid-client-hint");
    /// The code or the refresh token is spent, expired or revoked.
    InvalidGrant "invalid_grant" => Reconnect, Manager,
        say!("trouble-code-invalid-grant"),
        say!("trouble-code-invalid-grant-hint");
    /// A form field is missing or wrong, often the code challenge or the redirect address.
    InvalidRequest "invalid_request" => Never, Operator,
        say!("trouble-code-invalid-request"),
        say!("trouble-code-invalid-request-hint");
    /// A scope is unknown or not enabled for the app.
    InvalidScope "invalid_scope" => Never, Operator,
        say!("trouble-code-invalid-scope"),
        say!("trouble-code-invalid-scope-hint");
    /// The app may not use this way of connecting.
    UnauthorizedClient "unauthorized_client" => Never, Operator,
        say!("trouble-code-unauthorized-client"),
        say!("trouble-code-unauthorized-client-hint");
    /// The program asked in a way TikTok does not know.
    UnsupportedGrantType "unsupported_grant_type" => Never, Operator,
        say!("trouble-code-unsupported-grant-type"),
        say!("trouble-code-unsupported-grant-type-hint");
    /// The program asked for something TikTok does not give.
    UnsupportedResponseType "unsupported_response_type" => Never, Operator,
        say!("trouble-code-unsupported-response-type"),
        say!("trouble-code-unsupported-response-type-hint");
    /// TikTok failed inside while connecting.
    ServerError "server_error" => Later(None), TikTok,
        say!("trouble-code-server-error"),
        say!("trouble-code-server-error-hint");
    /// TikTok is overloaded or being maintained.
    TemporarilyUnavailable "temporarily_unavailable" => Later(None), TikTok,
        say!("trouble-code-temporarily-unavailable"),
        say!("trouble-code-temporarily-unavailable-hint");

    // Without a code of TikTok's
    /// The line broke or the time was up.
    NoAnswer "no_answer" => Later(None), TikTok,
        say!("trouble-code-no-answer"),
        say!("trouble-code-no-answer-hint");
    /// An answer came that is not TikTok's, or lacks what it must have.
    Unreadable "unreadable" => Later(None), TikTok,
        say!("trouble-code-unreadable"),
        say!("trouble-code-unreadable-hint");
    /// Our own pace is spent, so TikTok was not asked.
    OwnPace "own_pace" => Later(Some(A_MINUTE)), TikTok,
        say!("trouble-code-own-pace"),
        say!("trouble-code-own-pace-hint");
    /// A code nobody has written down.
    Unknown "unknown" => Never, TikTok,
        say!("trouble-code-unknown"),
        say!("trouble-code-unknown-hint");
}

impl Kind {
    /// The kind a code stands for. TikTok spells one of them in two ways.
    #[must_use]
    pub fn of(code: &str) -> Self {
        if code == "invalid_param" { Self::InvalidParams } else { Self::named(code) }
    }

    /// Does it concern every account, because it is the app's own trouble?
    #[must_use]
    pub const fn is_app_wide(self) -> bool {
        matches!(self, Self::ReachedActiveUserCap | Self::InvalidClient | Self::UnauthorizedClient)
    }

    /// What it stops, when the next post of the account or the app would meet the same.
    #[must_use]
    pub const fn stops(self) -> Option<BreakerKind> {
        match self {
            Self::SpamRiskUserBanned => Some(BreakerKind::Banned),
            Self::SpamRiskTooManyPosts => Some(BreakerKind::TooManyPosts),
            Self::TooManyPendingDrafts => Some(BreakerKind::TooManyDrafts),
            Self::ReachedActiveUserCap => Some(BreakerKind::TooManyAccounts),
            Self::ScopePermissionMissed | Self::ScopeNotAuthorized | Self::InvalidGrant => Some(BreakerKind::Reconnect),
            Self::InvalidClient | Self::UnauthorizedClient => Some(BreakerKind::AppRefused),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_own_code() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of(kind.code()), *kind);
        }
        assert_eq!(Kind::of("invalid_param"), Kind::InvalidParams);
        assert_eq!(Kind::of("latte"), Kind::Unknown);
    }

    #[test]
    fn every_sentence_ends_and_every_hint_starts_small_and_stays_open() {
        for kind in Kind::ALL {
            assert!(kind.sentence().ends_with('.') && !kind.hint().ends_with('.'), "{kind:?}");
            assert!(kind.hint().starts_with(char::is_lowercase), "{kind:?}");
        }
    }

    #[test]
    fn only_the_apps_own_troubles_stop_every_account() {
        let wide: Vec<_> = Kind::ALL.iter().filter(|kind| kind.is_app_wide()).map(|kind| kind.code()).collect();
        assert_eq!(wide, ["reached_active_user_cap", "invalid_client", "unauthorized_client"]);
    }
}
