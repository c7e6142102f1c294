//! What went wrong at TikTok, and what to do next: decided here, beside the codes, and nowhere else.
//!
//! `codes` knows every documented `error.code`, every OAuth error and what happens when no code comes at all;
//! `reasons` knows why a post that was accepted failed later. Each says what happens next, whose move it is, and the
//! sentence and hint people read.

mod codes;
mod reasons;

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::breaker::BreakerKind;
use crate::domain::publication::Whose;
use crate::say;

pub use codes::Kind;
pub use reasons::{FailKind, FailReason};

/// How many letters of TikTok's own words are kept.
const LONGEST_MESSAGE: usize = 300;

/// What follows from a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// It may pass. Not before this long; none leaves the pause to whoever tries.
    Later(Option<Duration>),
    /// The access token is dead: renew it, then ask again.
    Renew,
    /// The person who owns the account has to connect it again.
    Reconnect,
    /// Trying again as it is cannot work.
    Never,
    /// What happened cannot be learnt from here: a person looks, nothing is sent.
    Unclear,
}

/// A call that did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What to do next.
    pub next: Next,
    /// Which trouble it is.
    pub kind: Kind,
    /// The code as TikTok wrote it, or our own word when there was none.
    pub code: String,
    /// TikTok's message or the line's, for logs.
    pub said: String,
    /// The number TikTok's support asks for.
    pub log_id: Option<String>,
    /// The call may have taken effect although no good answer came.
    pub may_have_happened: bool,
}

impl Trouble {
    /// A trouble of a kind, in our own words.
    #[must_use]
    pub fn new(kind: Kind, said: impl Into<String>) -> Self {
        Self {
            next: kind.next(),
            kind,
            code: kind.code().to_owned(),
            said: shortened(said.into()),
            log_id: None,
            may_have_happened: matches!(kind, Kind::InternalError | Kind::Unreadable | Kind::ServerError),
        }
    }

    /// A code TikTok gave, with the HTTP status only where the code says nothing.
    pub(super) fn answered(status: u16, code: &str, said: &str, log_id: Option<String>) -> Self {
        let kind = match (Kind::of(code), status) {
            (Kind::Unknown, 429) => Kind::RateLimitExceeded,
            (Kind::Unknown, 500..) => Kind::InternalError,
            (kind, _) => kind,
        };
        let code = if code.is_empty() { kind.code() } else { code };
        Self { code: shortened(code.to_owned()), log_id, ..Self::new(kind, said) }
    }

    /// No answer came. Only a call that never got a connection certainly had no effect.
    pub(super) fn unanswered(error: reqwest::Error) -> Self {
        let may_have_happened = !(error.is_connect() || error.is_builder());
        Self { may_have_happened, ..Self::new(Kind::NoAnswer, without_address(error)) }
    }

    /// Our own pace is spent for now.
    pub(crate) fn paced(wait: Duration) -> Self {
        Self { next: Next::Later(Some(wait)), ..Self::new(Kind::OwnPace, "") }
    }

    /// Whose problem it is.
    #[must_use]
    pub const fn whose(&self) -> Whose {
        self.kind.whose()
    }

    /// What happened, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.kind {
            Kind::Unknown => say!("trouble-code-not-known", code = self.code.as_str()),
            Kind::InvalidParams if !self.said.is_empty() => {
                say!("trouble-code-invalid-params-says", said = self.said.as_str())
            }
            kind => kind.sentence(),
        }
    }

    /// What can be done about it, for people.
    #[must_use]
    pub fn hint(&self) -> String {
        self.kind.hint()
    }

    /// Does it concern every account, because it is the app's own trouble?
    #[must_use]
    pub const fn is_app_wide(&self) -> bool {
        self.kind.is_app_wide()
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TikTok: {}", self.code)?;
        if !self.said.is_empty() {
            write!(f, " ({})", self.said)?;
        }
        match &self.log_id {
            Some(log_id) => write!(f, " [log id {log_id}]"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Trouble {}

/// What a code of TikTok's stops besides the post that met it, given as an error or as the reason of a failure.
#[must_use]
pub fn stops(code: &str) -> Option<BreakerKind> {
    Kind::of(code).stops().or_else(|| FailReason::parse(code).kind.stops())
}

/// What is said, in the language spoken now, of a code that is about the whole app: another team may have met it, and in
/// another language. The sentence and the hint; none for any other code.
#[must_use]
pub fn about_the_app(code: &str) -> Option<(String, String)> {
    let kind = Kind::of(code);
    kind.is_app_wide().then(|| (kind.sentence(), kind.hint()))
}

/// An error of the line and its causes, without the address: an upload's address is a key.
pub(super) fn without_address(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        said = format!("{said}: {deeper}");
        cause = deeper.source();
    }
    said
}

fn shortened(said: String) -> String {
    match said.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &said[..end]),
        None => said,
    }
}

/// Writes an enum and what is decided about each of its values as one table, so that neither can lack the other.
macro_rules! decisions {
    (
        $(#[$about:meta])* $name:ident, otherwise $unknown:ident;
        $($(#[$doc:meta])* $value:ident $code:literal => $next:expr, $whose:ident, $sentence:expr, $hint:expr;)+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $value,)+ }

        impl $name {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word for it on the wire and in the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)+ }
            }

            /// What follows from it.
            #[must_use]
            pub const fn next(self) -> $crate::tiktok::trouble::Next {
                match self { $(Self::$value => $next,)+ }
            }

            /// Whose problem it is.
            #[must_use]
            pub const fn whose(self) -> $crate::domain::publication::Whose {
                match self { $(Self::$value => $crate::domain::publication::Whose::$whose,)+ }
            }

            /// What happened, for people.
            #[must_use]
            pub fn sentence(self) -> String {
                match self { $(Self::$value => $sentence,)+ }
            }

            /// What can be done about it, for people.
            #[must_use]
            pub fn hint(self) -> String {
                match self { $(Self::$value => $hint,)+ }
            }

            fn named(code: &str) -> Self {
                Self::ALL.iter().copied().find(|known| known.code() == code).unwrap_or(Self::$unknown)
            }
        }
    };
}
use decisions;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_decides_and_the_status_only_helps_where_it_is_silent() {
        for (status, code, kind) in [
            (200, "spam_risk_too_many_posts", Kind::SpamRiskTooManyPosts),
            (500, "invalid_param", Kind::InvalidParams),
            (429, "", Kind::RateLimitExceeded),
            (502, "", Kind::InternalError),
            (503, "brand_new", Kind::InternalError),
            (400, "brand_new", Kind::Unknown),
        ] {
            assert_eq!(Trouble::answered(status, code, "", None).kind, kind, "{status} {code}");
        }
    }

    #[test]
    fn what_is_about_the_account_or_the_app_stops_more_than_one_post() {
        for (code, stopped) in [
            ("spam_risk_user_banned_from_posting", Some(BreakerKind::Banned)),
            ("spam_risk_too_many_posts", Some(BreakerKind::TooManyPosts)),
            ("spam_risk_too_many_pending_share", Some(BreakerKind::TooManyDrafts)),
            ("reached_active_user_cap", Some(BreakerKind::TooManyAccounts)),
            ("scope_not_authorized", Some(BreakerKind::Reconnect)),
            ("invalid_grant", Some(BreakerKind::Reconnect)),
            ("auth_removed", Some(BreakerKind::Reconnect)),
            ("invalid_client", Some(BreakerKind::AppRefused)),
            ("spam_risk_text", None),
            ("spam_risk", None),
            ("access_token_invalid", None),
            ("privacy_level_option_mismatch", None),
            ("brand_new", None),
        ] {
            assert_eq!(stops(code), stopped, "{code}");
        }
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_came() {
        let trouble = Trouble::answered(400, "brand_new", "something", None);
        assert_eq!(trouble.sentence(), "TikTok refused with `brand_new`.");
        assert_eq!(trouble.next, Next::Never);
    }

    #[test]
    fn long_messages_are_cut_between_letters() {
        let trouble = Trouble::new(Kind::Unknown, "ü".repeat(1000));
        assert_eq!(trouble.said.chars().count(), LONGEST_MESSAGE + 1);
    }
}
