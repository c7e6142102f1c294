//! The people who have accounts on the local TikTok: what is true about each of them, and may change at run time.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// An account on the local TikTok.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Creator {
    /// The unique handle.
    pub username: String,
    /// The name people see.
    pub nickname: String,
    /// Whether only followers see the account.
    pub private: bool,
    /// Whether nobody may comment.
    pub comment_disabled: bool,
    /// Whether nobody may make duets.
    pub duet_disabled: bool,
    /// Whether nobody may make stitches.
    pub stitch_disabled: bool,
    /// The longest video this account may post.
    pub max_duration_seconds: u32,
    /// Whether the account is banned from posting.
    pub banned: bool,
    /// Whether the account carries the verified mark.
    pub verified: bool,
    /// What the account says about itself.
    pub bio: String,
    /// Followers before anything was posted here.
    pub followers: u32,
    /// Posts made through other apps in the last day; they count against the same cap.
    pub posts_elsewhere: u32,
    /// How many posts in a day this account may make over all apps.
    pub posts_per_day: u32,
}

impl Default for Creator {
    fn default() -> Self {
        Self {
            username: String::new(),
            nickname: String::new(),
            private: false,
            comment_disabled: false,
            duet_disabled: false,
            stitch_disabled: false,
            max_duration_seconds: 600,
            banned: false,
            verified: false,
            bio: String::new(),
            followers: 1_200,
            posts_elsewhere: 0,
            posts_per_day: 15,
        }
    }
}

impl Creator {
    /// A public account with nothing unusual about it.
    #[must_use]
    pub fn named(username: &str, nickname: &str) -> Self {
        Self { username: username.to_owned(), nickname: nickname.to_owned(), ..Self::default() }
    }

    /// The accounts a newcomer finds.
    #[must_use]
    pub fn pair() -> Vec<Self> {
        vec![
            Self {
                bio: "Coffee by the water, from six in the morning".to_owned(),
                followers: 8_412,
                ..Self::named("harbour.cafe", "Harbour Café")
            },
            Self {
                bio: "We mend bicycles and show how".to_owned(),
                followers: 2_077,
                max_duration_seconds: 300,
                ..Self::named("northpier.bikes", "North Pier Bikes")
            },
        ]
    }

    /// The audiences TikTok offers for this account's posts.
    pub(super) fn privacy_options(&self) -> [&'static str; 3] {
        let widest = if self.private { "FOLLOWER_OF_CREATOR" } else { "PUBLIC_TO_EVERYONE" };
        [widest, "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
    }

    /// The id this account has for one app.
    pub(super) fn open_id(&self, client_key: &str) -> String {
        let print = hex::encode(Sha256::digest(format!("{client_key}\n{}", self.username)));
        format!("{}-{}-{}-{}-{}", &print[..8], &print[8..12], &print[12..16], &print[16..20], &print[20..32])
    }

    /// The id this account has for all apps of one developer.
    pub(super) fn union_id(&self) -> String {
        self.open_id("all apps of one developer")
    }
}
