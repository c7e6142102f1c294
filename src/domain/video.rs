//! Facts about a file, and what TikTok accepts.
//!
//! The facts are read by `media::probe` and kept with the video; judging them is a pure question, asked again whenever
//! the creator's own limit may have changed.
//!
//! Two sets of limits are known: TikTok's own, which always refuse, and the stricter preset an operator may choose. What
//! only the preset asks for is a warning unless it was chosen. Reading bytes is deliberately not here.

mod limits;
mod names;
mod said;
mod words;

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{MemberId, VideoId, WorkspaceId};
use crate::say;

pub use limits::{Preset, VideoRefusal, VideoRules, VideoWarning, judge};
pub use names::{is_named_like_a_video, name_in_link};
pub(in crate::domain) use said::looks;
use words::frames;
pub use words::{clock, size};

/// The kinds of file TikTok takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// MPEG-4.
    Mp4,
    /// QuickTime.
    Mov,
    /// WebM.
    WebM,
}

impl Container {
    /// What to call such a file in a `Content-Type` header.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::WebM => "video/webm",
        }
    }

    /// The usual ending of such a file's name, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::WebM => "webm",
        }
    }
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mp4 => "MP4",
            Self::Mov => "MOV",
            Self::WebM => "WebM",
        })
    }
}

/// The codecs TikTok takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// AVC.
    H264,
    /// HEVC, also inside Dolby Vision.
    H265,
    /// VP8.
    Vp8,
    /// VP9.
    Vp9,
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::H264 => "H.264",
            Self::H265 => "H.265",
            Self::Vp8 => "VP8",
            Self::Vp9 => "VP9",
        })
    }
}

/// How the sound is written. TikTok states no rule about it, so it is told, never judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AudioCodec {
    /// AAC and its family.
    Aac,
    /// Opus.
    Opus,
    /// Vorbis.
    Vorbis,
    /// Anything else.
    Other,
}

impl fmt::Display for AudioCodec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aac => "AAC",
            Self::Opus => "Opus",
            Self::Vorbis => "Vorbis",
            Self::Other => "other sound",
        })
    }
}

/// What a file says about the video in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoFacts {
    /// The kind of file.
    pub container: Container,
    /// How the picture is written.
    pub codec: Codec,
    /// Pixels in a row, as coded. TikTok's limits are judged by the coded size.
    pub coded_width: u32,
    /// Rows, as coded.
    pub coded_height: u32,
    /// The width people see, after the turn and with square pixels.
    pub width: u32,
    /// The height people see.
    pub height: u32,
    /// Degrees clockwise by which a player turns the picture: 0, 90, 180 or 270.
    pub turn_degrees: u16,
    /// How long it plays, or nothing when the file does not say (a live recording).
    pub duration_millis: Option<u64>,
    /// Frames in a thousand seconds, on average: 23,976 is 23.976 fps.
    pub frames_per_second_milli: Option<u32>,
    /// The same in the busiest second, which differs when the rate varies.
    pub peak_frames_per_second_milli: Option<u32>,
    /// How the sound is written, or nothing when there is none.
    pub audio: Option<AudioCodec>,
}

impl VideoFacts {
    /// The facts in a line: `MP4 · H.264 · 1080×1920 · 0:15 · 24 fps · 19 kB`.
    #[must_use]
    pub fn summary(&self, size_bytes: u64) -> String {
        let mut parts = vec![
            self.container.to_string(),
            self.codec.to_string(),
            format!("{}×{}", self.width, self.height),
            self.duration_millis.map_or_else(
                || say!("videos-length-unknown"),
                |millis| clock(millis.saturating_add(500) / 1000 * 1000),
            ),
        ];
        parts.extend(self.frames_per_second_milli.map(|milli| format!("{} fps", frames(milli))));
        if self.audio.is_none() {
            parts.push(say!("videos-silent"));
        }
        parts.push(size(size_bytes));
        parts.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_fit_in_a_line() {
        let facts = limits::tests::upright();
        assert_eq!(facts.summary(19_494), "MP4 · H.264 · 1080×1920 · 0:15 · 24 fps · 19 kB");
        let live = VideoFacts { duration_millis: None, frames_per_second_milli: None, audio: None, ..facts };
        assert_eq!(live.summary(1_181_116_006), "MP4 · H.264 · 1080×1920 · unknown length · silent · 1.18 GB");
    }

    #[test]
    fn the_facts_are_read_back_from_json_as_they_were() {
        let facts = limits::tests::upright();
        let json = serde_json::to_string(&facts).unwrap();
        assert!(json.contains(r#""container":"mp4","codec":"h264""#), "{json}");
        assert_eq!(serde_json::from_str::<VideoFacts>(&json).unwrap(), facts);
    }
}

/// Stored bytes and the facts read from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Video {
    /// Which video.
    pub id: VideoId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// The fingerprint of the bytes.
    pub sha256: [u8; 32],
    /// How many bytes.
    pub size_bytes: u64,
    /// What the file says about itself.
    pub facts: VideoFacts,
    /// What the member's file was called; data only, never a path.
    pub file_name: String,
    /// Where the bytes are in the media store.
    pub key: String,
    /// Who handed it in.
    pub created_by: MemberId,
    /// When.
    pub created_at: DateTime<Utc>,
}
