//! Posting: what the creator allows, opening an upload, and asking how the post proceeds. The bytes go through
//! [`Client::send_chunk`].
//!
//! Only files are sent. TikTok could also be told to pull a video from an address, but then opening already is posting,
//! and an opening whose answer is lost could never be told from one that did not happen. Here an upload without its
//! last byte posts nothing, so a lost opening costs nothing.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::domain::creator::{CreatorInfo, Privacy};

use super::Client;
use super::chunks::ChunkPlan;
use super::trouble::{FailReason, Next, Trouble};
use super::wire::text;

/// What goes out besides the bytes. It is fixed when the upload is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectPost {
    /// The caption; empty for none.
    pub title: String,
    /// Who may see it: one of the creator's present options.
    pub privacy: Privacy,
    /// Nobody may comment.
    pub disable_comment: bool,
    /// Nobody may duet.
    pub disable_duet: bool,
    /// Nobody may stitch.
    pub disable_stitch: bool,
    /// Which frame is the cover, in milliseconds from the start.
    pub cover_millis: u32,
    /// It is a paid partnership with somebody else.
    pub brand_content: bool,
    /// It promotes the creator's own business.
    pub brand_organic: bool,
    /// It carries the label for AI-generated content.
    pub ai_generated: bool,
}

/// An upload TikTok waits for. To be saved before the first byte leaves.
#[derive(Debug, Clone, Deserialize)]
pub struct Opened {
    /// TikTok's name for the post to be.
    pub publish_id: String,
    /// Where the bytes go. Whoever has it can send them: it belongs to the vault, and lives one hour.
    pub upload_url: SecretString,
}

/// How a post proceeds, as TikTok tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How far it is.
    pub progress: Progress,
    /// How many bytes TikTok has, or the number of the last one: the pages leave that open.
    pub uploaded_bytes: Option<u64>,
    /// The video's identifier: only for public videos, after moderation, and sometimes never.
    pub post_id: Option<String>,
}

/// How far a post is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Bytes are missing, or TikTok works on them.
    Uploading,
    /// TikTok fetches the bytes itself.
    Downloading,
    /// A draft waits in the creator's inbox; the creator does the rest.
    InInbox,
    /// It is posted, though moderation may still hold it back from others.
    Published,
    /// It is over without a post.
    Failed(FailReason),
    /// A word nobody has written down: not the end.
    Other(String),
}

impl Progress {
    fn parse(status: &str, fail_reason: &str) -> Self {
        match status {
            "PROCESSING_UPLOAD" => Self::Uploading,
            "PROCESSING_DOWNLOAD" => Self::Downloading,
            "SEND_TO_USER_INBOX" => Self::InInbox,
            "PUBLISH_COMPLETE" => Self::Published,
            "FAILED" => Self::Failed(FailReason::parse(fail_reason)),
            other => Self::Other(other.to_owned()),
        }
    }

    /// Will asking again say the same? A draft in the inbox counts: what follows is up to the creator.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        match self {
            Self::InInbox | Self::Published | Self::Failed(_) => true,
            Self::Uploading | Self::Downloading | Self::Other(_) => false,
        }
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uploading => f.write_str("PROCESSING_UPLOAD"),
            Self::Downloading => f.write_str("PROCESSING_DOWNLOAD"),
            Self::InInbox => f.write_str("SEND_TO_USER_INBOX"),
            Self::Published => f.write_str("PUBLISH_COMPLETE"),
            Self::Failed(reason) => write!(f, "FAILED ({})", reason.code),
            Self::Other(word) => f.write_str(word),
        }
    }
}

#[derive(Deserialize)]
struct CreatorOnTheWire {
    creator_nickname: String,
    creator_username: String,
    creator_avatar_url: Option<String>,
    privacy_level_options: Vec<String>,
    #[serde(default)]
    comment_disabled: bool,
    #[serde(default)]
    duet_disabled: bool,
    #[serde(default)]
    stitch_disabled: bool,
    max_video_post_duration_sec: u32,
}

impl From<CreatorOnTheWire> for CreatorInfo {
    fn from(wire: CreatorOnTheWire) -> Self {
        Self {
            nickname: wire.creator_nickname,
            username: wire.creator_username,
            avatar_url: wire.creator_avatar_url.filter(|url| !url.is_empty()),
            privacy_options: wire.privacy_level_options.iter().filter_map(|word| word.parse().ok()).collect(),
            comment_disabled: wire.comment_disabled,
            duet_disabled: wire.duet_disabled,
            stitch_disabled: wire.stitch_disabled,
            max_duration_seconds: Some(wire.max_video_post_duration_sec),
        }
    }
}

#[derive(Deserialize)]
struct StatusOnTheWire {
    status: String,
    fail_reason: Option<String>,
    #[serde(default)]
    uploaded_bytes: Value,
    /// The spelling is TikTok's.
    #[serde(default)]
    publicaly_available_post_id: Value,
}

impl From<StatusOnTheWire> for Status {
    fn from(wire: StatusOnTheWire) -> Self {
        Self {
            progress: Progress::parse(&wire.status, wire.fail_reason.as_deref().unwrap_or_default()),
            uploaded_bytes: text(&wire.uploaded_bytes).and_then(|bytes| bytes.parse().ok()),
            post_id: post_id(&wire.publicaly_available_post_id),
        }
    }
}

/// TikTok documents a list of numbers, and has been seen to send a single one, text, null or nothing.
fn post_id(value: &Value) -> Option<String> {
    let one = value.as_array().map_or(Some(value), |several| several.first())?;
    text(one).filter(|id| !id.is_empty() && id != "0")
}

fn source_info(plan: &ChunkPlan) -> Value {
    json!({
        "source": "FILE_UPLOAD",
        "video_size": plan.size_bytes,
        "chunk_size": plan.chunk_bytes,
        "total_chunk_count": plan.count,
    })
}

impl Client {
    /// What the creator is called and allows right now. To be asked before every post.
    /// <https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info>
    ///
    /// # Errors
    /// TikTok refused (also when the creator cannot post now), or no answer came.
    pub async fn creator_info(&self, access: &SecretString) -> Result<CreatorInfo, Trouble> {
        let creator: CreatorOnTheWire =
            self.post("/v2/post/publish/creator_info/query/", None, access, &json!({})).await?;
        Ok(creator.into())
    }

    /// Opens an upload that becomes a post when its last byte arrives.
    /// <https://developers.tiktok.com/doc/content-posting-api-reference-direct-post>
    ///
    /// # Errors
    /// TikTok refused, or no answer came: then nothing can be posted, because nobody knows where to send the bytes.
    pub async fn open_direct(
        &self,
        access: &SecretString,
        post: &DirectPost,
        plan: &ChunkPlan,
    ) -> Result<Opened, Trouble> {
        let mut post_info = json!({
            "privacy_level": post.privacy.wire(),
            "disable_comment": post.disable_comment,
            "disable_duet": post.disable_duet,
            "disable_stitch": post.disable_stitch,
            "video_cover_timestamp_ms": post.cover_millis,
            "brand_content_toggle": post.brand_content,
            "brand_organic_toggle": post.brand_organic,
            "is_aigc": post.ai_generated,
        });
        if !post.title.is_empty() {
            post_info["title"] = post.title.as_str().into();
        }
        let body = json!({ "post_info": post_info, "source_info": source_info(plan) });
        self.post("/v2/post/publish/video/init/", None, access, &body).await
    }

    /// Opens an upload that becomes a draft in the creator's inbox. TikTok takes no caption and no choices with it.
    /// <https://developers.tiktok.com/doc/content-posting-api-reference-upload-video>
    ///
    /// # Errors
    /// TikTok refused, or no answer came: then no draft can come of it.
    pub async fn open_draft(&self, access: &SecretString, plan: &ChunkPlan) -> Result<Opened, Trouble> {
        let body = json!({ "source_info": source_info(plan) });
        self.post("/v2/post/publish/inbox/video/init/", None, access, &body).await
    }

    /// Asks how a post proceeds. Changes nothing, so it may be repeated.
    /// <https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status>
    ///
    /// # Errors
    /// TikTok refused, or no answer came. A refusal to tell is never taken for a post that failed: where asking again
    /// cannot help, the trouble says [`Next::Unclear`] and not [`Next::Never`].
    pub async fn status(&self, access: &SecretString, publish_id: &str) -> Result<Status, Trouble> {
        let body = json!({ "publish_id": publish_id });
        match self.post::<StatusOnTheWire>("/v2/post/publish/status/fetch/", None, access, &body).await {
            Ok(status) => Ok(status.into()),
            Err(trouble) if trouble.next == Next::Never => Err(Trouble { next: Next::Unclear, ..trouble }),
            Err(trouble) => Err(trouble),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tiktok::trouble::FailKind;

    use super::*;

    fn status(answer: Value) -> Status {
        serde_json::from_value::<StatusOnTheWire>(answer).unwrap().into()
    }

    #[test]
    fn a_post_id_is_read_in_every_form_tiktok_sends() {
        for (sent, read) in [
            (json!(null), None),
            (json!([]), None),
            (json!(""), None),
            (json!([7_123_456_789_012_345_678_u64]), Some("7123456789012345678")),
            (json!(["7123456789012345678"]), Some("7123456789012345678")),
            (json!(7_123_456_789_012_345_678_u64), Some("7123456789012345678")),
            (json!("7123456789012345678"), Some("7123456789012345678")),
        ] {
            let read_as = status(json!({ "status": "PUBLISH_COMPLETE", "publicaly_available_post_id": sent }));
            assert_eq!(read_as.post_id.as_deref(), read);
        }
        assert_eq!(status(json!({ "status": "PUBLISH_COMPLETE" })).post_id, None);
    }

    #[test]
    fn every_word_for_progress_is_understood() {
        for (word, progress, settled) in [
            ("PROCESSING_UPLOAD", Progress::Uploading, false),
            ("PROCESSING_DOWNLOAD", Progress::Downloading, false),
            ("SEND_TO_USER_INBOX", Progress::InInbox, true),
            ("PUBLISH_COMPLETE", Progress::Published, true),
            ("BREWING", Progress::Other("BREWING".to_owned()), false),
        ] {
            let read = status(json!({ "status": word, "fail_reason": "", "uploaded_bytes": 12 }));
            assert_eq!((read.progress.is_settled(), read.uploaded_bytes), (settled, Some(12)));
            assert_eq!(read.progress.to_string(), word);
            assert_eq!(read.progress, progress);
        }
        let failed = status(json!({ "status": "FAILED", "fail_reason": "internal" }));
        assert!(matches!(failed.progress, Progress::Failed(FailReason { kind: FailKind::Internal, .. })));
    }

    #[test]
    fn a_privacy_nobody_knows_is_not_offered() {
        let creator: CreatorOnTheWire = serde_json::from_value(json!({
            "creator_nickname": "Harbour", "creator_username": "harbour.cafe",
            "privacy_level_options": ["SELF_ONLY", "CLOSE_FRIENDS"], "max_video_post_duration_sec": 600,
        }))
        .unwrap();
        assert_eq!(CreatorInfo::from(creator).privacy_options, [Privacy::SelfOnly]);
    }
}
