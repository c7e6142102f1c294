//! What went wrong while publishing, as a setback people can read.

use super::breakers::NEEDS_RECONNECT;
use crate::domain::account::Account;
use crate::domain::publication::{Next, Setback, Whose};
use crate::domain::refusal::Refusal;
use crate::flows::Failure;
use crate::flows::tokens::NoAccess;
use crate::say;
use crate::tiktok;
use crate::tiktok::trouble::Trouble;

/// What TikTok's trouble means for the publication.
pub(super) fn setback(trouble: &Trouble) -> Setback {
    let next = match trouble.next {
        tiktok::trouble::Next::Later(wait) => {
            Next::Later { at_least_seconds: wait.map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(i64::MAX)) }
        }
        tiktok::trouble::Next::Renew => Next::Later { at_least_seconds: 0 },
        tiktok::trouble::Next::Reconnect | tiktok::trouble::Next::Never => Next::Never,
        tiktok::trouble::Next::Unclear => Next::Unclear,
    };
    Setback { code: trouble.code.clone(), said: trouble.sentence(), hint: trouble.hint(), whose: trouble.whose(), next }
}

pub(super) fn no_access(none: NoAccess) -> Result<Setback, Failure> {
    match none {
        NoAccess::Trouble(trouble) => Ok(setback(&trouble)),
        NoAccess::NotConnected(account) => Ok(not_connected(&account)),
        NoAccess::Broken(error) => Err(Failure::Broken(error)),
    }
}

pub(super) fn not_connected(account: &Account) -> Setback {
    Setback {
        code: NEEDS_RECONNECT.into(),
        said: say!("trouble-setback-not-connected", username = account.username.as_str()),
        hint: say!("trouble-setback-not-connected-hint"),
        whose: Whose::Manager,
        next: Next::Never,
    }
}

pub(super) fn interrupted() -> Setback {
    Setback {
        code: "interrupted".into(),
        said: say!("trouble-setback-interrupted"),
        hint: say!("trouble-setback-interrupted-hint"),
        whose: Whose::Operator,
        next: Next::Later { at_least_seconds: 0 },
    }
}

pub(super) fn broken_bytes(said: String) -> Setback {
    Setback {
        code: "video_damaged".into(),
        said,
        hint: say!("trouble-setback-broken-bytes-hint"),
        whose: Whose::Operator,
        next: Next::Never,
    }
}

pub(super) fn changed_meanwhile(refusal: &Refusal) -> Setback {
    Setback {
        code: "creator_changed".into(),
        said: say!("trouble-setback-creator-changed", refusal = refusal.to_string()),
        hint: say!("trouble-setback-creator-changed-hint", hint = refusal.hint()),
        whose: Whose::Author,
        next: Next::Never,
    }
}

pub(super) fn our_fault() -> Setback {
    Setback {
        code: "broken".into(),
        said: say!("trouble-setback-our-fault"),
        hint: say!("trouble-setback-our-fault-hint"),
        whose: Whose::Operator,
        next: Next::Later { at_least_seconds: 0 },
    }
}
