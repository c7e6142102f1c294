//! What a video is held against: TikTok's own limits, and the preset's stricter ones.

use serde::{Deserialize, Serialize};

use super::words::{clock, frames, size, size_over};
use super::{Container, VideoFacts};

/// Pixels, each side as coded. <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>
const SIDE: std::ops::RangeInclusive<u32> = 360..=4096;
/// Thousandths of frames in a second. TikTok says 23 to 60; phones set to 60 average up to half a frame more.
const FRAME_RATE: std::ops::RangeInclusive<u32> = 23_000..=60_500;
/// Seconds: the longest any creator may post through the API.
const LONGEST_SECONDS: u32 = 600;
/// TikTok says 4 GB and not whether it counts in thousands: this is the larger reading, the settings default to the
/// smaller.
const LARGEST_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// The strict preset: pixels shown.
const STRICT_SIZE: (u32, u32) = (540, 960);
/// The strict preset: at least 15 seconds.
const STRICT_SHORTEST_MILLIS: u64 = 15_000;
/// The strict preset: 1 GB.
const STRICT_LARGEST_BYTES: u64 = 1_000_000_000;

/// Which limits refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// TikTok's own; the strict ones only warn.
    #[default]
    Official,
    /// TikTok's own and the strict ones: 9:16, at least 540×960, 15 s to 10 min, up to 1 GB, MP4 or MOV.
    Strict,
}

/// What the operator set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VideoRules {
    /// Which limits refuse.
    pub preset: Preset,
    /// The largest file taken, in bytes; TikTok's own limit holds besides.
    pub max_bytes: u64,
}

/// Something about a video that people should know before it goes out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VideoWarning {
    /// It is not upright.
    #[error("This video shows {width}×{height}; the strict preset asks for 9:16.")]
    Shape {
        /// Pixels shown.
        width: u32,
        /// Pixels shown.
        height: u32,
    },
    /// It has fewer pixels than the preset asks for.
    #[error(
        "This video shows {width}×{height}; the strict preset asks for at least {}×{}.",
        STRICT_SIZE.0,
        STRICT_SIZE.1
    )]
    Small {
        /// Pixels shown.
        width: u32,
        /// Pixels shown.
        height: u32,
    },
    /// It is shorter than the preset asks for.
    #[error(
        "This video is {} long; the strict preset asks for at least {}.",
        clock(*.millis),
        clock(STRICT_SHORTEST_MILLIS)
    )]
    Short {
        /// How long it plays.
        millis: u64,
    },
    /// It is larger than the preset asks for.
    #[error(
        "This video has {}; the strict preset allows {}.",
        size_over(*.size_bytes, STRICT_LARGEST_BYTES),
        size(STRICT_LARGEST_BYTES)
    )]
    Large {
        /// The file's size.
        size_bytes: u64,
    },
    /// The preset does not know the container.
    #[error("This video is a {container} file; the strict preset asks for MP4 or MOV.")]
    Container {
        /// What it is.
        container: Container,
    },
    /// The file does not say how many frames it has.
    #[error("This video does not state its frame rate; TikTok takes 23 to 60 fps and checks it on arrival.")]
    FrameRateUnknown,
    /// The average is within TikTok's limit, a part of it is not.
    #[error("This video reaches {} fps in places; TikTok takes up to 60 fps and checks it on arrival.", frames(*.milli))]
    FrameRatePeaks {
        /// Thousandths of frames in the busiest second.
        milli: u32,
    },
}

impl VideoWarning {
    /// Whether the strict preset turns it into a refusal.
    #[must_use]
    pub const fn refused_when_strict(&self) -> bool {
        match self {
            Self::Shape { .. }
            | Self::Small { .. }
            | Self::Short { .. }
            | Self::Large { .. }
            | Self::Container { .. } => true,
            Self::FrameRateUnknown | Self::FrameRatePeaks { .. } => false,
        }
    }

    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Shape { .. } | Self::Small { .. } => "export it upright, best as 1080×1920",
            Self::Short { .. } => "use a longer cut",
            Self::Large { .. } => "export it with a lower bitrate",
            Self::Container { .. } => "export it as MP4 with H.264",
            Self::FrameRateUnknown | Self::FrameRatePeaks { .. } => "export it with a constant rate of 30 fps",
        }
        .to_owned()
    }
}

/// Why a file cannot go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VideoRefusal {
    /// It is something else altogether.
    #[error("This file is not a video TikTok takes: it looks like {looks_like}.")]
    NotAVideo {
        /// What the first bytes look like, with its article.
        looks_like: &'static str,
    },
    /// It ends before it says it does.
    #[error(
        "This file is cut short: its last part should end after {} but the file ends at {}.",
        size_over(*.expected_bytes, *.size_bytes),
        size(*.size_bytes)
    )]
    CutShort {
        /// Where the part that is cut should end.
        expected_bytes: u64,
        /// Where the file ends.
        size_bytes: u64,
    },
    /// It contradicts itself or cannot be read.
    #[error("This file is damaged: {what}.")]
    Damaged {
        /// What is wrong with it.
        what: &'static str,
    },
    /// It has sound at most.
    #[error("This file has no picture in it.")]
    NoPicture,
    /// TikTok does not take the codec.
    #[error("This video is written in {codec}; TikTok takes H.264, H.265, VP8 and VP9.")]
    Codec {
        /// Its common name, or the file's own abbreviation.
        codec: String,
    },
    /// A side is too short or too long.
    #[error(
        "This video is coded as {coded_width}×{coded_height}; TikTok takes sides from {} to {} pixels.",
        SIDE.start(),
        SIDE.end()
    )]
    Sides {
        /// Pixels coded.
        coded_width: u32,
        /// Pixels coded.
        coded_height: u32,
    },
    /// Too few or too many frames in a second.
    #[error("This video has {} fps; TikTok takes 23 to 60 fps.", frames(*.milli))]
    FrameRate {
        /// Thousandths of frames in a second, on average.
        milli: u32,
    },
    /// The file does not say how long it plays, so no limit can be checked.
    #[error("This video does not say how long it is; TikTok allows up to {}.", clock(u64::from(*.max_seconds) * 1000))]
    DurationUnknown {
        /// What is allowed.
        max_seconds: u32,
    },
    /// It plays longer than allowed.
    #[error(
        "This video is {} long; TikTok allows {}{}.",
        clock(*.millis),
        if *.of_creator { "this creator " } else { "" },
        clock(u64::from(*.max_seconds) * 1000)
    )]
    TooLong {
        /// How long it plays.
        millis: u64,
        /// What is allowed.
        max_seconds: u32,
        /// Whether the limit is this creator's own.
        of_creator: bool,
    },
    /// The file is too large.
    #[error("This video has {}; the limit is {}.", size_over(*.size_bytes, *.max_bytes), size(*.max_bytes))]
    TooLarge {
        /// The file's size.
        size_bytes: u64,
        /// What is allowed.
        max_bytes: u64,
    },
    /// TikTok would take it; the preset the operator chose does not.
    #[error(transparent)]
    Preset(VideoWarning),
}

impl VideoRefusal {
    /// What a person can do about it, without the word `hint:`.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NotAVideo { .. } => "attach the video itself as an MP4, MOV or WebM file".to_owned(),
            Self::CutShort { .. } => "upload it again and wait until it has arrived completely".to_owned(),
            Self::Damaged { .. } => "export it again, best as MP4 with H.264".to_owned(),
            Self::NoPicture => "attach a file with a picture, best MP4 with H.264".to_owned(),
            Self::Codec { .. } => "export it as MP4 with H.264".to_owned(),
            Self::Sides { .. } => "export it upright, best as 1080×1920".to_owned(),
            Self::FrameRate { .. } => "export it with 30 fps".to_owned(),
            Self::DurationUnknown { .. } => {
                "live recordings leave the length out: save it once with a video editor, best as MP4".to_owned()
            }
            Self::TooLong { max_seconds, .. } => {
                format!("cut it to {} or less", clock(u64::from(*max_seconds) * 1000))
            }
            Self::TooLarge { max_bytes, .. } => format!("export it with a lower bitrate, below {}", size(*max_bytes)),
            Self::Preset(warning) => warning.hint(),
        }
    }
}

/// Holds a video against TikTok's limits, the creator's own and the operator's rules.
pub fn judge(
    facts: &VideoFacts,
    size_bytes: u64,
    rules: &VideoRules,
    creator_max_seconds: Option<u32>,
) -> Result<Vec<VideoWarning>, VideoRefusal> {
    let max_bytes = rules.max_bytes.min(LARGEST_BYTES);
    if size_bytes > max_bytes {
        return Err(VideoRefusal::TooLarge { size_bytes, max_bytes });
    }
    let (coded_width, coded_height) = (facts.coded_width, facts.coded_height);
    if !SIDE.contains(&coded_width) || !SIDE.contains(&coded_height) {
        return Err(VideoRefusal::Sides { coded_width, coded_height });
    }
    if let Some(milli) = facts.frames_per_second_milli.filter(|milli| !FRAME_RATE.contains(milli)) {
        return Err(VideoRefusal::FrameRate { milli });
    }
    let max_seconds = creator_max_seconds.unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS);
    let Some(millis) = facts.duration_millis else {
        return Err(VideoRefusal::DurationUnknown { max_seconds });
    };
    if millis > u64::from(max_seconds) * 1000 {
        return Err(VideoRefusal::TooLong { millis, max_seconds, of_creator: creator_max_seconds.is_some() });
    }
    let (asked, told) = warnings(facts, size_bytes, millis);
    match (rules.preset, asked.first()) {
        (Preset::Strict, Some(first)) => Err(VideoRefusal::Preset(first.clone())),
        (Preset::Strict | Preset::Official, _) => Ok([asked, told].concat()),
    }
}

/// What the strict preset asks for, and what is worth telling under any preset.
fn warnings(facts: &VideoFacts, size_bytes: u64, millis: u64) -> (Vec<VideoWarning>, Vec<VideoWarning>) {
    let (width, height) = (facts.width, facts.height);
    let peak = facts.peak_frames_per_second_milli.unwrap_or(0);
    // Scaling to 9:16 may round either side by one pixel: 480×854 is meant to be upright.
    let upright = (u64::from(width) * 16).abs_diff(u64::from(height) * 9) <= 16;
    let small = width.min(height) < STRICT_SIZE.0 || width.max(height) < STRICT_SIZE.1;
    [
        (!upright, VideoWarning::Shape { width, height }),
        (small, VideoWarning::Small { width, height }),
        (millis < STRICT_SHORTEST_MILLIS, VideoWarning::Short { millis }),
        (size_bytes > STRICT_LARGEST_BYTES, VideoWarning::Large { size_bytes }),
        (facts.container == Container::WebM, VideoWarning::Container { container: facts.container }),
        (facts.frames_per_second_milli.is_none(), VideoWarning::FrameRateUnknown),
        (peak > *FRAME_RATE.end(), VideoWarning::FrameRatePeaks { milli: peak }),
    ]
    .into_iter()
    .filter_map(|(applies, warning)| applies.then_some(warning))
    .partition(VideoWarning::refused_when_strict)
}

#[cfg(test)]
pub(super) mod tests;
