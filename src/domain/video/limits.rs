//! What a video is held against: TikTok's own limits, and the preset's stricter ones.

use serde::{Deserialize, Serialize};

use super::{Container, VideoFacts};

/// Pixels, each side as coded. <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>
pub(super) const SIDE: std::ops::RangeInclusive<u32> = 360..=4096;
/// Thousandths of frames in a second. TikTok says 23 to 60; phones set to 60 average up to half a frame more.
const FRAME_RATE: std::ops::RangeInclusive<u32> = 23_000..=60_500;
/// Seconds: the longest any creator may post through the API.
const LONGEST_SECONDS: u32 = 600;
/// TikTok says 4 GB and not whether it counts in thousands: this is the larger reading, the settings default to the
/// smaller.
const LARGEST_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// The strict preset: pixels shown.
pub(super) const STRICT_SIZE: (u32, u32) = (540, 960);
/// The strict preset: at least 15 seconds.
pub(super) const STRICT_SHORTEST_MILLIS: u64 = 15_000;
/// The strict preset: 1 GB.
pub(super) const STRICT_LARGEST_BYTES: u64 = 1_000_000_000;

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
#[error("{}", self.said())]
pub enum VideoWarning {
    /// It is not upright.
    Shape {
        /// Pixels shown.
        width: u32,
        /// Pixels shown.
        height: u32,
    },
    /// It has fewer pixels than the preset asks for.
    Small {
        /// Pixels shown.
        width: u32,
        /// Pixels shown.
        height: u32,
    },
    /// It is shorter than the preset asks for.
    Short {
        /// How long it plays.
        millis: u64,
    },
    /// It is larger than the preset asks for.
    Large {
        /// The file's size.
        size_bytes: u64,
    },
    /// The preset does not know the container.
    Container {
        /// What it is.
        container: Container,
    },
    /// The file does not say how many frames it has.
    FrameRateUnknown,
    /// The average is within TikTok's limit, a part of it is not.
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
}

/// Why a file cannot go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum VideoRefusal {
    /// It is something else altogether.
    NotAVideo {
        /// What the first bytes look like, with its article.
        looks_like: &'static str,
    },
    /// It ends before it says it does.
    CutShort {
        /// Where the part that is cut should end.
        expected_bytes: u64,
        /// Where the file ends.
        size_bytes: u64,
    },
    /// It contradicts itself or cannot be read.
    Damaged {
        /// What is wrong with it.
        what: &'static str,
    },
    /// It has sound at most.
    NoPicture,
    /// TikTok does not take the codec.
    Codec {
        /// Its common name, or the file's own abbreviation.
        codec: String,
    },
    /// A side is too short or too long.
    Sides {
        /// Pixels coded.
        coded_width: u32,
        /// Pixels coded.
        coded_height: u32,
    },
    /// Too few or too many frames in a second.
    FrameRate {
        /// Thousandths of frames in a second, on average.
        milli: u32,
    },
    /// The file does not say how long it plays, so no limit can be checked.
    DurationUnknown {
        /// What is allowed.
        max_seconds: u32,
    },
    /// It plays longer than allowed.
    TooLong {
        /// How long it plays.
        millis: u64,
        /// What is allowed.
        max_seconds: u32,
        /// Whether the limit is this creator's own.
        of_creator: bool,
    },
    /// The file is too large.
    TooLarge {
        /// The file's size.
        size_bytes: u64,
        /// What is allowed.
        max_bytes: u64,
    },
    /// TikTok would take it; the preset the operator chose does not.
    Preset(VideoWarning),
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
