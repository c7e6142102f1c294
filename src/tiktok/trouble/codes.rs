//! Every `error.code` and OAuth error TikTok documents, and the troubles that come without a code, as one table.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling>
//! <https://developers.tiktok.com/doc/oauth-error-handling>

use std::time::Duration;

use super::Next::{Later, Never, Reconnect, Renew, Unclear};
use super::decisions;
use crate::domain::breaker::BreakerKind;
use crate::domain::tempo;

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
        "TikTok takes no more posts from this account today.",
        "post it in the TikTok app, or wait: TikTok takes about 15 posts in 24 hours, from all apps together";
    /// The creator may not post at all.
    SpamRiskUserBanned "spam_risk_user_banned_from_posting" => Never, Manager,
        "TikTok does not let this account post.",
        "open the TikTok app with this account; the reason is in its inbox";
    /// The app has posted for as many creators as it may in 24 hours.
    ReachedActiveUserCap "reached_active_user_cap" => Later(Some(A_DAY)), Operator,
        "The app has reached the number of accounts TikTok lets it post for in 24 hours.",
        "an app that has not passed TikTok's audit posts for 5 accounts a day; whoever runs the app can ask for more";
    /// A field of the request is wrong.
    InvalidParams "invalid_params" => Never, Author,
        "TikTok did not accept the details of this post.",
        "check the caption and the choices, then schedule it again";
    /// TikTok does not know the upload or post asked about.
    InvalidPublishId "invalid_publish_id" => Unclear, Author,
        "TikTok no longer knows this upload, so whether the video is out cannot be asked.",
        "look at the account on TikTok, then say whether the video is there";
    /// The upload belongs to somebody else's token.
    PublishIdOfAnother "token_not_authorized_for_specified_publish_id" => Unclear, Operator,
        "TikTok says this upload belongs to another account, so whether the video is out cannot be asked.",
        "look at the account on TikTok, then say whether the video is there; check that the right account is connected";
    /// A download is too far along to be stopped.
    PublishNotCancellable "publish_not_cancellable" => Never, TikTok,
        "It is too late to stop this post at TikTok.",
        "delete it in the TikTok app once it is out";
    /// The creator's TikTok app is too old for drafts of photos.
    AppVersionCheckFailed "app_version_check_failed" => Never, Manager,
        "The TikTok app of this account is too old for this.",
        "update the TikTok app to 31.8 or newer, then try again";
    /// The file itself was refused.
    InvalidFileUpload "invalid_file_upload" => Never, Author,
        "TikTok did not accept the video file.",
        "export the video again as MP4 with H.264, then schedule it again";
    /// A field was asked for whose scope was not granted.
    ScopePermissionMissed "scope_permission_missed" => Reconnect, Manager,
        "The account has not granted everything this needs.",
        "connect the account again and leave every permission switched on";
    /// The access token has ended or was revoked.
    AccessTokenInvalid "access_token_invalid" => Renew, Manager,
        "TikTok no longer accepts the key of this account.",
        "if this does not pass by itself, connect the account again";
    /// The scope of the whole call was not granted.
    ScopeNotAuthorized "scope_not_authorized" => Reconnect, Manager,
        "The account has not granted the permission this needs.",
        "connect the account again and leave every permission switched on";
    /// An app without audit posts only to private accounts, and only privately.
    UnauditedClient "unaudited_client_can_only_post_to_private_accounts" => Never, Operator,
        "The app has not passed TikTok's audit, so it can post only to accounts that are private.",
        "make the account itself private in the TikTok app (a private post is not enough), or pass TikTok's audit";
    /// The address to pull from is not known to be the operator's.
    UrlOwnershipUnverified "url_ownership_unverified" => Never, Operator,
        "TikTok does not know that the address of the video is yours.",
        "verify the domain in TikTok's developer portal, or send files instead of addresses";
    /// The chosen privacy is not on offer any more.
    PrivacyMismatch "privacy_level_option_mismatch" => Never, Author,
        "The chosen privacy is no longer on offer for this account.",
        "choose who may see the video again; nothing else is chosen in its place";
    /// Five drafts of the last 24 hours wait in the inbox.
    TooManyPendingDrafts "spam_risk_too_many_pending_share" => Later(Some(A_DAY)), Manager,
        "The account has 5 drafts of the last 24 hours waiting in its TikTok inbox, which is all TikTok allows.",
        "finish or delete the drafts in the TikTok app";
    /// Too many calls in a minute.
    RateLimitExceeded "rate_limit_exceeded" => Later(Some(A_MINUTE)), TikTok,
        "TikTok asks for a slower pace.",
        "nothing to do; it goes on by itself in a minute";
    /// TikTok failed inside.
    InternalError "internal_error" => Later(None), TikTok,
        "TikTok has a problem of its own.",
        "nothing to do; it is tried again";

    // OAuth
    /// The person said no on the consent page.
    AccessDenied "access_denied" => Never, Manager,
        "The connection was refused on TikTok's page.",
        "start again when the owner of the account agrees";
    /// The app's key or secret is wrong: no account works.
    InvalidClient "invalid_client" => Never, Operator,
        "TikTok does not know this app.",
        "check `tiktok.client_key` and `tiktok.client_secret`; a sandbox app has its own pair";
    /// The code or the refresh token is spent, expired or revoked.
    InvalidGrant "invalid_grant" => Reconnect, Manager,
        "The connection to this account has ended.",
        "connect the account again";
    /// A form field is missing or wrong, often the code challenge or the redirect address.
    InvalidRequest "invalid_request" => Never, Operator,
        "TikTok did not accept the request to connect.",
        "check that the redirect address is registered exactly as it is set here";
    /// A scope is unknown or not enabled for the app.
    InvalidScope "invalid_scope" => Never, Operator,
        "The app asks for a permission that TikTok has not enabled for it.",
        "compare `tiktok.scopes` with the scopes of the app in TikTok's developer portal";
    /// The app may not use this way of connecting.
    UnauthorizedClient "unauthorized_client" => Never, Operator,
        "TikTok does not let this app connect accounts.",
        "check in TikTok's developer portal that Login Kit is added and the app is approved";
    /// The program asked in a way TikTok does not know.
    UnsupportedGrantType "unsupported_grant_type" => Never, Operator,
        "TikTok did not accept the way of connecting.",
        "check that `tiktok.api_url` is TikTok's own address";
    /// The program asked for something TikTok does not give.
    UnsupportedResponseType "unsupported_response_type" => Never, Operator,
        "TikTok did not accept the way of connecting.",
        "check that `tiktok.authorize_url` is TikTok's own address";
    /// TikTok failed inside while connecting.
    ServerError "server_error" => Later(None), TikTok,
        "TikTok has a problem of its own.",
        "nothing to do; it is tried again";
    /// TikTok is overloaded or being maintained.
    TemporarilyUnavailable "temporarily_unavailable" => Later(None), TikTok,
        "TikTok cannot answer for the moment.",
        "nothing to do; it is tried again";

    // Without a code of TikTok's
    /// The line broke or the time was up.
    NoAnswer "no_answer" => Later(None), TikTok,
        "TikTok did not answer.",
        "nothing to do; it is tried again";
    /// An answer came that is not TikTok's, or lacks what it must have.
    Unreadable "unreadable" => Later(None), TikTok,
        "The answer did not look like one of TikTok's.",
        "if it stays so, check `tiktok.api_url` and any proxy in between";
    /// Our own pace is spent, so TikTok was not asked.
    OwnPace "own_pace" => Later(Some(A_MINUTE)), TikTok,
        "This account has asked TikTok as often as it may in a minute.",
        "nothing to do; it goes on by itself";
    /// A code nobody has written down.
    Unknown "unknown" => Never, TikTok,
        "TikTok refused without a reason that is known here.",
        "look the code up in TikTok's documentation, then try again";
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
