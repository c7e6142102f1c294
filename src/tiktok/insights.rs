//! The numbers TikTok shows about a profile and its public videos.
//!
//! They are totals at this moment: what a day brought is the difference between two snapshots of ours. Play time, reach
//! and audience are not offered here.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-video-object>

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::domain::creator::{Scope, Scopes};

use super::Client;
use super::trouble::{Kind, Trouble};
use super::wire::text;

/// The most videos TikTok tells about in one call.
pub const VIDEOS_PER_CALL: usize = 20;

const BASIC_FIELDS: &str = "open_id,display_name,avatar_url";
const PROFILE_FIELDS: &str = "username,is_verified,profile_deep_link";
const STATS_FIELDS: &str = "follower_count,following_count,likes_count,video_count";
const VIDEO_FIELDS: &str = "id,create_time,share_url,title,video_description,duration,cover_image_url,\
    view_count,like_count,comment_count,share_count";

/// A profile and its totals. What was not granted is absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UserNumbers {
    /// Who it is, as this app knows them.
    pub open_id: String,
    /// The name people know.
    pub display_name: String,
    /// Where the picture is, for a while.
    pub avatar_url: Option<String>,
    /// The unique handle, without `@`.
    pub username: Option<String>,
    /// TikTok vouches for who it is.
    pub is_verified: Option<bool>,
    /// The address of the profile.
    #[serde(rename = "profile_deep_link")]
    pub profile_url: Option<String>,
    /// How many follow.
    #[serde(rename = "follower_count")]
    pub followers: Option<i64>,
    /// How many are followed.
    #[serde(rename = "following_count")]
    pub following: Option<i64>,
    /// Likes on all videos together.
    #[serde(rename = "likes_count")]
    pub likes: Option<i64>,
    /// How many public videos there are.
    #[serde(rename = "video_count")]
    pub videos: Option<i64>,
}

/// A public video and its totals. A number TikTok leaves out is absent, not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoNumbers {
    /// TikTok's identifier.
    pub id: String,
    /// When it was posted.
    pub created_at: Option<DateTime<Utc>>,
    /// Its address.
    pub share_url: Option<String>,
    /// Its title; TikTok cuts it at about 150 letters.
    pub title: String,
    /// Its caption; TikTok cuts it at about 150 letters.
    pub description: String,
    /// How long it runs.
    pub duration_seconds: Option<u32>,
    /// Its cover; the address lives six hours.
    pub cover_url: Option<String>,
    /// How often it was watched.
    pub views: Option<i64>,
    /// How often it was liked.
    pub likes: Option<i64>,
    /// How many comments it has.
    pub comments: Option<i64>,
    /// How often it was shared.
    pub shares: Option<i64>,
}

/// Some videos, newest first, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most [`VIDEOS_PER_CALL`].
    pub videos: Vec<VideoNumbers>,
    /// Give this to get the next page: an instant in milliseconds.
    pub cursor: Option<i64>,
    /// There is a next page.
    pub has_more: bool,
}

#[derive(Deserialize)]
struct UserOnTheWire {
    user: UserNumbers,
}

#[derive(Deserialize)]
struct PageOnTheWire {
    #[serde(default)]
    videos: Vec<VideoOnTheWire>,
    cursor: Option<i64>,
    #[serde(default)]
    has_more: bool,
}

#[derive(Deserialize)]
struct VideoOnTheWire {
    id: Value,
    create_time: Option<i64>,
    share_url: Option<String>,
    title: Option<String>,
    video_description: Option<String>,
    duration: Option<u32>,
    cover_image_url: Option<String>,
    view_count: Option<i64>,
    like_count: Option<i64>,
    comment_count: Option<i64>,
    share_count: Option<i64>,
}

impl VideoOnTheWire {
    fn read(self) -> Option<VideoNumbers> {
        Some(VideoNumbers {
            id: text(&self.id)?,
            created_at: self.create_time.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            share_url: self.share_url.filter(|url| !url.is_empty()),
            title: self.title.unwrap_or_default(),
            description: self.video_description.unwrap_or_default(),
            duration_seconds: self.duration,
            cover_url: self.cover_image_url.filter(|url| !url.is_empty()),
            views: self.view_count,
            likes: self.like_count,
            comments: self.comment_count,
            shares: self.share_count,
        })
    }
}

impl From<PageOnTheWire> for Page {
    fn from(wire: PageOnTheWire) -> Self {
        let videos = wire.videos.into_iter().filter_map(VideoOnTheWire::read).collect();
        Self { videos, cursor: wire.cursor, has_more: wire.has_more }
    }
}

/// The fields that may be asked for: TikTok refuses the whole call for one too many.
fn user_fields(granted: &Scopes) -> String {
    let mut fields = vec![BASIC_FIELDS];
    if granted.contains(Scope::UserInfoProfile) {
        fields.push(PROFILE_FIELDS);
    }
    if granted.contains(Scope::UserInfoStats) {
        fields.push(STATS_FIELDS);
    }
    fields.join(",")
}

impl Client {
    /// The profile, as far as it was granted.
    /// <https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info>
    ///
    /// # Errors
    /// TikTok refused, or no answer came.
    pub async fn user(&self, access: &SecretString, granted: &Scopes) -> Result<UserNumbers, Trouble> {
        let answer: UserOnTheWire = self.get("/v2/user/info/", &user_fields(granted), access).await?;
        Ok(answer.user)
    }

    /// The public videos, newest first, from `cursor` on.
    /// <https://developers.tiktok.com/doc/tiktok-api-v2-video-list>
    ///
    /// # Errors
    /// TikTok refused, or no answer came.
    pub async fn videos(&self, access: &SecretString, cursor: Option<i64>) -> Result<Page, Trouble> {
        let mut body = Map::from_iter([("max_count".to_owned(), json!(VIDEOS_PER_CALL))]);
        if let Some(cursor) = cursor {
            body.insert("cursor".to_owned(), cursor.into());
        }
        let page: PageOnTheWire = self.post("/v2/video/list/", Some(VIDEO_FIELDS), access, &body).await?;
        Ok(page.into())
    }

    /// These public videos of the account, at most [`VIDEOS_PER_CALL`]. Those TikTok does not know are left out.
    /// <https://developers.tiktok.com/doc/tiktok-api-v2-video-query>
    ///
    /// # Errors
    /// There are too many, TikTok refused, or no answer came.
    pub async fn videos_by_id(&self, access: &SecretString, ids: &[String]) -> Result<Vec<VideoNumbers>, Trouble> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        if ids.len() > VIDEOS_PER_CALL {
            return Err(Trouble::new(Kind::InvalidParams, format!("{} videos asked for at once", ids.len())));
        }
        let body = json!({ "filters": { "video_ids": ids } });
        let page: PageOnTheWire = self.post("/v2/video/query/", Some(VIDEO_FIELDS), access, &body).await?;
        Ok(Page::from(page).videos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_granted_fields_are_asked_for() {
        assert_eq!(user_fields(&Scopes::default()), BASIC_FIELDS);
        let stats = user_fields(&Scopes::parse("user.info.basic,user.info.stats"));
        assert!(stats.contains("follower_count") && !stats.contains("username"), "{stats}");
    }

    #[test]
    fn a_missing_number_is_absent_and_not_zero() {
        let page: PageOnTheWire = serde_json::from_value(json!({
            "videos": [{ "id": 71, "create_time": 60, "view_count": 9 }], "cursor": 60_000, "has_more": true,
        }))
        .unwrap();
        let page = Page::from(page);
        assert_eq!((page.cursor, page.has_more), (Some(60_000), true));
        let video = &page.videos[0];
        assert_eq!((video.id.as_str(), video.views, video.likes), ("71", Some(9), None));
        assert_eq!(video.created_at.unwrap().timestamp(), 60);
    }
}
