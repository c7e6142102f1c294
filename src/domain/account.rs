//! A connected TikTok account: what was granted, how fresh its tokens are, how posts are delivered to it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::creator::{Scope, Scopes};
use super::ids::{AccountId, MemberId, WorkspaceId};

/// An access token is renewed when less than this is left of it, or less than a quarter of its life if that is shorter.
pub const RENEW_BEFORE_END: TimeDelta = TimeDelta::minutes(30);

/// How long before the end of a consent people are warned, each time once.
const CONSENT_WARNINGS: [TimeDelta; 4] =
    [TimeDelta::days(14), TimeDelta::days(7), TimeDelta::days(3), TimeDelta::days(1)];

/// How a post reaches the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It is published.
    Direct,
    /// It lands in the creator's inbox and a person finishes it in the app.
    Draft,
}

/// Whether the account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Its tokens work as far as we know.
    Connected,
    /// TikTok refused its tokens; a manager has to connect it again.
    NeedsReconnect,
    /// A manager disconnected it; its tokens are forgotten.
    Disconnected,
}

impl Delivery {
    /// The word it is stored and offered under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Draft => "draft",
        }
    }
}

impl FromStr for Delivery {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Direct, Self::Draft].into_iter().find(|one| one.word() == text).ok_or_else(|| text.to_owned())
    }
}

impl Health {
    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::NeedsReconnect => "needs_reconnect",
            Self::Disconnected => "disconnected",
        }
    }
}

impl FromStr for Health {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Connected, Self::NeedsReconnect, Self::Disconnected]
            .into_iter()
            .find(|one| one.word() == text)
            .ok_or_else(|| text.to_owned())
    }
}

/// A TikTok account that a workspace may post to. Its tokens are not here: they stay sealed in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which account of ours.
    pub id: AccountId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// TikTok's id of the person for this app; budgets are counted by it.
    pub open_id: String,
    /// The unique handle, without `@`.
    pub username: String,
    /// The name people know.
    pub nickname: String,
    /// What the person granted.
    pub scopes: Scopes,
    /// How posts reach it.
    pub delivery: Delivery,
    /// Whether it can be used.
    pub health: Health,
    /// When the access token ends.
    pub access_expires_at: DateTime<Utc>,
    /// When the refresh token ends.
    pub refresh_expires_at: DateTime<Utc>,
    /// When TikTok gave the present tokens.
    pub renewed_at: DateTime<Utc>,
    /// Who connected it last.
    pub connected_by: MemberId,
    /// When that was.
    pub connected_at: DateTime<Utc>,
}

impl Account {
    /// Whether the access token should be renewed before it is used again.
    #[must_use]
    pub fn needs_renewal(&self, now: DateTime<Utc>) -> bool {
        // Lives are TikTok's to choose: one of ten minutes must not be renewed at every use.
        let quarter = (self.access_expires_at - self.renewed_at) / 4;
        self.access_expires_at - now < RENEW_BEFORE_END.min(quarter)
    }

    /// Whether people should hear that the consent ends, when they last heard of it at `warned_at`.
    #[must_use]
    pub fn consent_ends_soon(&self, warned_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let passed = |before: &TimeDelta| {
            let from = self.refresh_expires_at - *before;
            from <= now && warned_at.is_none_or(|warned_at| warned_at < from)
        };
        self.health == Health::Connected && CONSENT_WARNINGS.iter().any(passed)
    }

    /// Whether a post can be handed to TikTok for it at all.
    #[must_use]
    pub fn can_publish(&self) -> bool {
        let scope = match self.delivery {
            Delivery::Direct => Scope::VideoPublish,
            Delivery::Draft => Scope::VideoUpload,
        };
        self.health == Health::Connected && self.scopes.contains(scope)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.username)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::creator::Scopes;

    fn account(life: TimeDelta) -> Account {
        let now = DateTime::UNIX_EPOCH;
        Account {
            id: AccountId::new(now),
            workspace: WorkspaceId(1),
            open_id: "open-harbour".into(),
            username: "harbour.cafe".into(),
            nickname: "Harbour Café".into(),
            scopes: Scopes::default(),
            delivery: Delivery::Direct,
            health: Health::Connected,
            access_expires_at: now + life,
            refresh_expires_at: now + TimeDelta::days(180),
            renewed_at: now,
            connected_by: MemberId(1),
            connected_at: now,
        }
    }

    #[test]
    fn a_token_is_renewed_half_an_hour_before_its_end() {
        let account = account(TimeDelta::hours(2));
        let needs = |minutes| account.needs_renewal(DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes));
        assert!(!needs(0) && !needs(90) && needs(91) && needs(500));
    }

    #[test]
    fn a_token_with_a_short_life_is_not_renewed_at_every_use() {
        let account = account(TimeDelta::minutes(12));
        let needs = |minutes| account.needs_renewal(DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes));
        assert!(!needs(0) && !needs(9) && needs(10));
    }

    #[test]
    fn people_hear_four_times_that_a_consent_ends() {
        let account = account(TimeDelta::hours(2));
        let mut warned_at = None;
        let mut heard = Vec::new();
        for hours in 0..180 * 24 {
            let now = DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
            if account.consent_ends_soon(warned_at, now) {
                warned_at = Some(now);
                heard.push(180 - hours / 24);
            }
        }
        assert_eq!(heard, [14, 7, 3, 1]);
    }
}
