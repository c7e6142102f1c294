//! TikTok's limits on calls: so many of each class in any 60 seconds, without a header that says how many are left.
//!
//! They are counted in `flows`, in the database, by `open_id`, because tokens change every two hours and several
//! processes may ask for one account. <https://developers.tiktok.com/doc/tiktok-api-v2-rate-limit>

use std::time::Duration;

/// Calls that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// What a creator allows, asked before a post goes out: 6 of TikTok's 20 a minute, as many as can be opened.
    CreatorInfo,
    /// What a creator allows, asked for people who compose: the other 14, so that they never hold up a post.
    Composing,
    /// Opening uploads, posts and drafts together: 6 a minute.
    Open,
    /// Asking how a post proceeds: 30 a minute.
    Status,
    /// Profile and video numbers: 600 a minute.
    Display,
}

impl Class {
    /// Every class there is.
    pub const ALL: [Self; 5] = [Self::CreatorInfo, Self::Composing, Self::Open, Self::Status, Self::Display];

    /// How many calls there are in any 60 seconds; classes that share a limit of TikTok's share it out.
    #[must_use]
    pub const fn per_minute(self) -> u32 {
        match self {
            Self::CreatorInfo | Self::Open => 6,
            Self::Composing => 14,
            Self::Status => 30,
            Self::Display => 600,
        }
    }

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CreatorInfo => "creator_info",
            Self::Composing => "composing",
            Self::Open => "open",
            Self::Status => "status",
            Self::Display => "display",
        }
    }
}

/// Waits for a call a person waits for; longer waits are the caller's.
#[expect(clippy::disallowed_methods, reason = "a pause of a moment until it is this account's turn")]
pub async fn pause(wait: Duration) {
    // Our clock counts whole milliseconds, so the moment is only surely there one later.
    tokio::time::sleep(wait + Duration::from_millis(1)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_compose_leave_the_posts_their_share() {
        assert_eq!(Class::CreatorInfo.per_minute() + Class::Composing.per_minute(), 20, "TikTok's own limit");
        assert_eq!(Class::CreatorInfo.per_minute(), Class::Open.per_minute(), "as many as can be opened");
    }
}
