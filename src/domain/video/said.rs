//! What is said about a video, in the language spoken now.
//!
//! What a file looks like and what is wrong with it is found out where its bytes are read, in English; here it is put into
//! the reader's words.

use super::limits::{SIDE, STRICT_LARGEST_BYTES, STRICT_SHORTEST_MILLIS, STRICT_SIZE, VideoRefusal, VideoWarning};
use super::words::{clock, frames, size, size_over};
use crate::say;

impl VideoWarning {
    /// The sentence.
    pub(super) fn said(&self) -> String {
        match self {
            Self::Shape { width, height } => say!("videos-shape", width = *width, height = *height),
            Self::Small { width, height } => say!(
                "videos-small",
                width = *width,
                height = *height,
                least_width = STRICT_SIZE.0,
                least_height = STRICT_SIZE.1
            ),
            Self::Short { millis } => {
                say!("videos-short", length = clock(*millis), least = clock(STRICT_SHORTEST_MILLIS))
            }
            Self::Large { size_bytes } => say!(
                "videos-large",
                size = size_over(*size_bytes, STRICT_LARGEST_BYTES),
                most = size(STRICT_LARGEST_BYTES)
            ),
            Self::Container { container } => say!("videos-container", container = container.to_string()),
            Self::FrameRateUnknown => say!("videos-frame-rate-unknown"),
            Self::FrameRatePeaks { milli } => say!("videos-frame-rate-peaks", frames = frames(*milli)),
        }
    }

    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Shape { .. } | Self::Small { .. } => say!("videos-hint-upright"),
            Self::Short { .. } => say!("videos-hint-longer"),
            Self::Large { .. } => say!("videos-hint-bitrate"),
            Self::Container { .. } => say!("videos-hint-mp4"),
            Self::FrameRateUnknown | Self::FrameRatePeaks { .. } => say!("videos-hint-constant-rate"),
        }
    }
}

impl VideoRefusal {
    /// The sentence.
    pub(super) fn said(&self) -> String {
        match self {
            Self::NotAVideo { looks_like } => say!("videos-not-a-video", looks_like = looks(looks_like)),
            Self::CutShort { expected_bytes, size_bytes } => {
                say!("videos-cut-short", expected = size_over(*expected_bytes, *size_bytes), size = size(*size_bytes))
            }
            Self::Damaged { what } => say!("videos-damaged", what = damage(what)),
            Self::NoPicture => say!("videos-no-picture"),
            Self::Codec { codec } => say!("videos-codec", codec = written_in(codec)),
            Self::Sides { coded_width, coded_height } => say!(
                "videos-sides",
                width = *coded_width,
                height = *coded_height,
                least = *SIDE.start(),
                most = *SIDE.end()
            ),
            Self::FrameRate { milli } => say!("videos-frame-rate", frames = frames(*milli)),
            Self::DurationUnknown { max_seconds } => say!("videos-duration-unknown", most = seconds(*max_seconds)),
            Self::TooLong { millis, max_seconds, of_creator: true } => {
                say!("videos-too-long-for-creator", length = clock(*millis), most = seconds(*max_seconds))
            }
            Self::TooLong { millis, max_seconds, of_creator: false } => {
                say!("videos-too-long", length = clock(*millis), most = seconds(*max_seconds))
            }
            Self::TooLarge { size_bytes, max_bytes } => {
                say!("videos-too-large", size = size_over(*size_bytes, *max_bytes), most = size(*max_bytes))
            }
            Self::Preset(warning) => warning.said(),
        }
    }

    /// What a person can do about it, without the word `hint:`.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NotAVideo { .. } => say!("videos-hint-attach"),
            Self::CutShort { .. } => say!("videos-hint-upload-again"),
            Self::Damaged { .. } => say!("videos-hint-export-again"),
            Self::NoPicture => say!("videos-hint-attach-picture"),
            Self::Codec { .. } => say!("videos-hint-mp4"),
            Self::Sides { .. } => say!("videos-hint-upright"),
            Self::FrameRate { .. } => say!("videos-hint-rate"),
            Self::DurationUnknown { .. } => say!("videos-hint-save-once"),
            Self::TooLong { max_seconds, .. } => say!("videos-hint-cut", most = seconds(*max_seconds)),
            Self::TooLarge { max_bytes, .. } => say!("videos-hint-bitrate-below", most = size(*max_bytes)),
            Self::Preset(warning) => warning.hint(),
        }
    }
}

fn seconds(count: u32) -> String {
    clock(u64::from(count) * 1000)
}

/// A number of bytes, exactly.
pub(super) fn bytes(count: u64) -> String {
    say!("videos-bytes", count = count.to_string())
}

/// A number with what stands behind its point, if anything does.
pub(super) fn decimal(whole: &str, rest: &str) -> String {
    if rest.is_empty() { whole.to_owned() } else { say!("videos-decimal", whole = whole, rest = rest) }
}

/// What a file looks like that is something else than it should be, with its article.
pub(in crate::domain) fn looks(like: &str) -> String {
    match like {
        "an empty file" => say!("videos-looks-empty"),
        "a GIF" => say!("videos-looks-gif"),
        "a picture" => say!("videos-looks-picture"),
        "an AVI file" => say!("videos-looks-avi"),
        "a Flash video" => say!("videos-looks-flash"),
        "an Ogg file" => say!("videos-looks-ogg"),
        "a sound file" => say!("videos-looks-sound"),
        "a ZIP archive" => say!("videos-looks-zip"),
        "a PDF" => say!("videos-looks-pdf"),
        "an MPEG program stream" => say!("videos-looks-mpeg-program"),
        "an MPEG transport stream" => say!("videos-looks-mpeg-transport"),
        "a Matroska file (MKV)" => say!("videos-looks-matroska"),
        "a web page" => say!("videos-looks-page"),
        "a server's answer in JSON" => say!("videos-looks-json"),
        "plain text" => say!("videos-looks-text"),
        "none of the kinds known here" => say!("videos-looks-unknown"),
        "an Excel or OpenDocument workbook" => say!("videos-looks-workbook"),
        "an old Excel workbook" => say!("videos-looks-old-workbook"),
        "a text document" => say!("videos-looks-document"),
        "a video" => say!("videos-looks-video"),
        "something that is no text" => say!("videos-looks-no-text"),
        other => other.to_owned(),
    }
}

/// How a picture is written that TikTok does not take; names of codecs are the same everywhere.
fn written_in(codec: &str) -> String {
    match codec {
        "an encrypted form" => say!("videos-codec-encrypted"),
        "an unknown codec" => say!("videos-codec-unknown"),
        "H.264 inside WebM" => say!("videos-codec-inside", codec = "H.264", container = "WebM"),
        "H.265 inside WebM" => say!("videos-codec-inside", codec = "H.265", container = "WebM"),
        name => name.to_owned(),
    }
}

/// What is wrong with a damaged file of any kind.
fn damage(what: &str) -> String {
    match what {
        "one of its tables is larger than any video needs" => say!("videos-damaged-table-large"),
        "it is cut into more parts than any video needs" => say!("videos-damaged-parts-too-many"),
        "its parts do not fit into each other" => say!("videos-damaged-parts-unfit"),
        "a table in it does not state its size" => say!("videos-damaged-table-no-size"),
        "its segment is missing" => say!("videos-damaged-segment-missing"),
        "its tables (Info, Tracks) or its frames are missing" => say!("videos-damaged-tables-missing"),
        "one of its elements has no valid header" => say!("videos-damaged-element-header"),
        "one of its tables is unreadable" => say!("videos-damaged-table-unreadable"),
        "its table of tracks is larger than any video needs" => say!("videos-damaged-tracks-large"),
        "it does not say how large its picture is" => say!("videos-damaged-picture-size"),
        "its picture has an impossible size" => say!("videos-damaged-picture-impossible"),
        other => damage_in_mp4(other),
    }
}

/// What is wrong with a damaged MP4 or MOV.
fn damage_in_mp4(what: &str) -> String {
    match what {
        "its table of contents (moov) is missing" => say!("videos-damaged-moov-missing"),
        "its table of contents (moov) is larger than any video needs" => say!("videos-damaged-moov-large"),
        "it holds no frames" => say!("videos-damaged-no-frames"),
        "it claims more frames than it has bytes" => say!("videos-damaged-frames-too-many"),
        "one of its parts is shorter than its own header" => say!("videos-damaged-part-short"),
        "its movie header (mvhd) is missing or unreadable" => say!("videos-damaged-mvhd"),
        "its clock (mvhd) stands still" => say!("videos-damaged-mvhd-still"),
        "the picture's clock (mdhd) is missing or stands still" => say!("videos-damaged-picture-clock"),
        "it does not say how its picture is written (stsd)" => say!("videos-damaged-stsd"),
        "its frames do not add up to the length it states" => say!("videos-damaged-length-sum"),
        "it states two different lengths" => say!("videos-damaged-two-lengths"),
        "its time table (stts) is shorter than it states" => say!("videos-damaged-stts"),
        "a track header (tkhd) is unreadable" => say!("videos-damaged-tkhd"),
        "an edit list (elst) is unreadable" => say!("videos-damaged-elst"),
        "a track's clock (mdhd) is unreadable" => say!("videos-damaged-mdhd"),
        "its pixel shape (pasp) is unreadable" => say!("videos-damaged-pasp"),
        "its fragment headers (moof) are larger than any video needs" => say!("videos-damaged-moof-large"),
        "its fragment defaults (trex) are unreadable" => say!("videos-damaged-trex"),
        "a fragment does not say what it belongs to (tfhd)" => say!("videos-damaged-tfhd-missing"),
        "a fragment header (tfhd) is unreadable" => say!("videos-damaged-tfhd"),
        "a fragment's time (tfdt) is unreadable" => say!("videos-damaged-tfdt"),
        "a fragment's run of frames (trun) is shorter than it states" => say!("videos-damaged-trun"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, in_language};

    #[test]
    fn whatever_is_found_wrong_with_a_file_has_words_in_every_language() {
        let sources = [
            include_str!("../../media/probe/mp4.rs"),
            include_str!("../../media/probe/mp4/fragments.rs"),
            include_str!("../../media/probe/mp4/track.rs"),
            include_str!("../../media/probe/source.rs"),
            include_str!("../../media/probe/webm.rs"),
        ];
        let mut found = 0;
        for mark in ["damaged(\"", "const WHAT: &str = \"", "part, \""] {
            for rest in sources.iter().flat_map(|source| source.split(mark).skip(1)) {
                let what = rest.split('"').next().unwrap_or_default();
                assert_ne!(in_language(Language::German, || damage(what)), what, "it is said in English only");
                found += 1;
            }
        }
        assert!(found > 30, "{found}");
    }
}
