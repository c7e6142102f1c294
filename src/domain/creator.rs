//! What TikTok says about a creator at this moment, and the choices a post makes within it.

use std::collections::BTreeSet;
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
    /// The longest video this creator may post, in seconds, where TikTok says.
    pub max_duration_seconds: Option<u32>,
}

impl CreatorInfo {
    /// All that is known of a creator whose account takes drafts only: TikTok tells the rest to the app that publishes.
    #[must_use]
    pub fn unknown(nickname: &str, username: &str) -> Self {
        Self {
            nickname: nickname.to_owned(),
            username: username.to_owned(),
            avatar_url: None,
            privacy_options: Vec::new(),
            comment_disabled: false,
            duet_disabled: false,
            stitch_disabled: false,
            max_duration_seconds: None,
        }
    }
}

impl CreatorInfo {
    /// Whether anybody can see the account: only such a one is offered to post to everyone.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.privacy_options.contains(&Privacy::PublicToEveryone)
    }
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

/// Reads a cover's place: seconds (`2.5`) or minutes and seconds (`0:02.5`); nothing typed is the first frame.
#[must_use]
pub fn cover_millis(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('s').trim_end();
    if text.is_empty() {
        return Some(0);
    }
    let (minutes, seconds) = text.split_once(':').unwrap_or(("0", text));
    let (whole, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(minutes) || !digits(whole) || fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: u32 = format!("{fraction:0<3}").parse().ok()?;
    let seconds = minutes.parse::<u32>().ok()?.checked_mul(60)?.checked_add(whole.parse().ok()?)?;
    seconds.checked_mul(1_000)?.checked_add(millis)
}

/// One permission a creator may grant to the app. <https://developers.tiktok.com/doc/tiktok-api-scopes>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Who the account is: identifier, display name, picture.
    #[serde(rename = "user.info.basic")]
    UserInfoBasic,
    /// The handle and the profile's addresses.
    #[serde(rename = "user.info.profile")]
    UserInfoProfile,
    /// Followers, likes and the number of videos.
    #[serde(rename = "user.info.stats")]
    UserInfoStats,
    /// The account's public videos and their numbers.
    #[serde(rename = "video.list")]
    VideoList,
    /// Posting directly.
    #[serde(rename = "video.publish")]
    VideoPublish,
    /// Leaving drafts in the inbox.
    #[serde(rename = "video.upload")]
    VideoUpload,
}

impl Scope {
    /// Every scope there is.
    pub const ALL: [Self; 6] = [
        Self::UserInfoBasic,
        Self::UserInfoProfile,
        Self::UserInfoStats,
        Self::VideoList,
        Self::VideoPublish,
        Self::VideoUpload,
    ];

    /// TikTok's word for it.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::UserInfoBasic => "user.info.basic",
            Self::UserInfoProfile => "user.info.profile",
            Self::UserInfoStats => "user.info.stats",
            Self::VideoList => "video.list",
            Self::VideoPublish => "video.publish",
            Self::VideoUpload => "video.upload",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire())
    }
}

impl FromStr for Scope {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|scope| scope.wire() == text).ok_or_else(|| text.to_owned())
    }
}

/// What a creator granted: a set, because people may switch single scopes off. Written as a list with commas.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads TikTok's list. Scopes this program has no use for are left out.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        list.split([',', ' ']).filter_map(|word| word.parse().ok()).collect()
    }

    /// Was this one granted?
    #[must_use]
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// The granted ones, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl From<String> for Scopes {
    fn from(list: String) -> Self {
        Self::parse(&list)
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, scope) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            f.write_str(scope.wire())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn granted_scopes_are_read_in_any_order_and_written_in_one() {
        let scopes = Scopes::parse("video.publish, user.info.basic,video.create,,video.publish");
        assert_eq!(scopes.to_string(), "user.info.basic,video.publish");
        assert!(scopes.contains(Scope::VideoPublish) && !scopes.contains(Scope::VideoList));
    }

    #[test]
    fn every_scope_keeps_its_word() {
        for scope in Scope::ALL {
            assert_eq!(scope.wire().parse(), Ok(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{scope}\""));
        }
        let all: Scopes = Scope::ALL.into_iter().collect();
        assert_eq!(serde_json::from_str::<Scopes>(&serde_json::to_string(&all).unwrap()).unwrap(), all);
    }
}
