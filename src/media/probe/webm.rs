//! WebM: elements inside elements. Only `Info` and `Tracks` are read, both small and near the start; clusters, where the
//! frames are, are seeked over. Matroska looks the same but for one word in its header, and is refused by that word.

use std::io::{Read, Seek};
use std::ops::Range;
use std::time::Duration;

use mkv_element::prelude::{Ebml, Element, Info, TrackEntry, Video};

use super::source::Source;
use super::{ProbeError, not_a_video};
use crate::domain::video::{AudioCodec, Codec, Container, VideoFacts, VideoRefusal};

const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_A966;
const TRACKS: u64 = 0x1654_AE6B;
const TRACK_ENTRY: u64 = 0xAE;
const CLUSTER: u64 = 0x1F43_B675;
/// Bytes of the header and of `Info`, which hold a few numbers and names.
const LARGEST_INFO: u64 = 64 * 1024;
/// Bytes of `Tracks`: the codecs' own settings take a few thousand.
const LARGEST_TRACKS: u64 = 256 * 1024;
/// A recording has one picture and one sound, seldom more.
const MOST_TRACKS: usize = 64;

/// One element: its number and where its content lies; the end is missing when the size is not stated.
struct Piece {
    id: u64,
    start: u64,
    end: Option<u64>,
}

impl Piece {
    /// Where the content lies, for elements that must state their size.
    fn body(&self) -> Result<Range<u64>, ProbeError> {
        let end = self.end.ok_or(ProbeError::damaged("a table in it does not state its size"))?;
        Ok(self.start..end)
    }
}

/// Reads the facts of a WebM file.
pub(super) fn probe<R: Read + Seek>(source: &mut Source<R>) -> Result<VideoFacts, ProbeError> {
    let header = piece(source, 0)?;
    let range = whole(source, &header)?;
    let ebml: Ebml = element(&source.bytes(&range, LARGEST_INFO)?)?;
    // A header without the word means Matroska.
    match ebml.doc_type.as_deref() {
        Some("webm") => {}
        Some("matroska") | None => return Err(not_a_video("a Matroska file (MKV)").into()),
        Some(_) => return Err(not_a_video("none of the kinds known here").into()),
    }
    let segment = piece(source, range.end)?;
    if segment.id != SEGMENT {
        return Err(ProbeError::damaged("its segment is missing"));
    }
    let end = match segment.end {
        Some(_) => whole(source, &segment)?.end,
        None => source.length(),
    };
    let (info, tracks) = find(source, segment.start..end)?;
    let info: Info = element(&source.bytes(&info, LARGEST_INFO)?)?;
    let entries = entries(source, &tracks)?;
    facts(&info, &entries)
}

/// Where `Info` and `Tracks` are. The first frames must be there too, or nothing would play.
fn find<R: Read + Seek>(source: &mut Source<R>, segment: Range<u64>) -> Result<(Range<u64>, Range<u64>), ProbeError> {
    let (mut info, mut tracks, mut frames) = (None, None, false);
    let mut at = segment.start;
    while at < segment.end {
        let piece = piece(source, at)?;
        match piece.id {
            INFO => info = Some(whole(source, &piece)?),
            TRACKS => tracks = Some(whole(source, &piece)?),
            CLUSTER => frames = true,
            _ => {}
        }
        match (&info, &tracks, piece.end) {
            (Some(info), Some(tracks), _) if frames => return Ok((info.clone(), tracks.clone())),
            // A cluster without a size goes on until the next one: what has not come by now is not there.
            (_, _, None) => break,
            (_, _, Some(end)) => at = end,
        }
    }
    Err(ProbeError::damaged("its tables (Info, Tracks) or its frames are missing"))
}

/// Reads the number and size of the element at `at`.
fn piece<R: Read + Seek>(source: &mut Source<R>, at: u64) -> Result<Piece, ProbeError> {
    source.count_part()?;
    let mut bytes = [0; 12];
    let room = usize::try_from(source.length().saturating_sub(at).min(12)).unwrap_or(0);
    source.read(at, &mut bytes[..room])?;
    let cut = ProbeError::Refused(VideoRefusal::CutShort { expected_bytes: at + 12, size_bytes: source.length() });
    let invalid = || if room < 12 { cut } else { ProbeError::damaged("one of its elements has no valid header") };
    let Some((id, size, length)) = header(&bytes[..room]) else {
        return Err(invalid());
    };
    let start = at + length;
    Ok(Piece { id, start, end: size.map(|size| start.saturating_add(size)) })
}

/// Number, size and length of an element header. The number keeps its marker bit, as it is always written.
fn header(bytes: &[u8]) -> Option<(u64, Option<u64>, u64)> {
    let (id, id_length) = number(bytes)?;
    let (size, size_length) = number(bytes.get(id_length..)?)?;
    let ones = (1 << (7 * size_length)) - 1;
    let size = size & ones;
    let length = u64::try_from(id_length + size_length).ok()?;
    Some((id, (size != ones).then_some(size), length))
}

/// A number of one to eight bytes, as many as its first byte has leading zeros and one.
fn number(bytes: &[u8]) -> Option<(u64, usize)> {
    let length = usize::try_from(bytes.first()?.leading_zeros()).ok()? + 1;
    let bytes = bytes.get(..length).filter(|_| length <= 8)?;
    Some((bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), length))
}

/// The content of an element that must lie inside the file.
fn whole<R>(source: &Source<R>, piece: &Piece) -> Result<Range<u64>, ProbeError>
where
    R: Read + Seek,
{
    let body = piece.body()?;
    if body.end > source.length() {
        let (expected_bytes, size_bytes) = (body.end, source.length());
        return Err(VideoRefusal::CutShort { expected_bytes, size_bytes }.into());
    }
    Ok(body)
}

fn element<E: Element>(bytes: &[u8]) -> Result<E, ProbeError> {
    E::decode_body(&mut &*bytes).map_err(|_| ProbeError::damaged("one of its tables is unreadable"))
}

/// The tracks one by one, so that a table of thousands takes no more memory than one.
fn entries<R: Read + Seek>(source: &mut Source<R>, tracks: &Range<u64>) -> Result<Vec<TrackEntry>, ProbeError> {
    if tracks.end - tracks.start > LARGEST_TRACKS {
        return Err(ProbeError::damaged("its table of tracks is larger than any video needs"));
    }
    let mut entries = Vec::new();
    let mut at = tracks.start;
    while at < tracks.end {
        let body = piece(source, at)?;
        let (id, body) = (body.id, body.body()?);
        if body.end > tracks.end || entries.len() == MOST_TRACKS {
            return Err(ProbeError::damaged("its parts do not fit into each other"));
        }
        at = body.end;
        if id == TRACK_ENTRY {
            entries.push(element(&source.bytes(&body, LARGEST_TRACKS)?)?);
        }
    }
    Ok(entries)
}

fn facts(info: &Info, entries: &[TrackEntry]) -> Result<VideoFacts, ProbeError> {
    let track = entries.iter().find(|entry| *entry.track_type == 1).ok_or(VideoRefusal::NoPicture)?;
    let codec = codec(&track.codec_id)?;
    let Some(video) = &track.video else {
        return Err(ProbeError::damaged("it does not say how large its picture is"));
    };
    let pixels =
        |value: u64| u32::try_from(value).map_err(|_| ProbeError::damaged("its picture has an impossible size"));
    let (coded_width, coded_height) = (pixels(*video.pixel_width)?, pixels(*video.pixel_height)?);
    let (width, height) = shown(video, (coded_width, coded_height));
    let rate = track.default_duration.as_ref().and_then(|nanos| rate(**nanos));
    let sound = entries.iter().find(|entry| *entry.track_type == 2);
    Ok(VideoFacts {
        container: Container::WebM,
        codec,
        coded_width,
        coded_height,
        width,
        height,
        turn_degrees: 0,
        duration_millis: info.duration.as_ref().and_then(|ticks| millis(**ticks, *info.timestamp_scale)),
        frames_per_second_milli: rate,
        peak_frames_per_second_milli: rate,
        audio: sound.map(|entry| match &*entry.codec_id {
            "A_OPUS" => AudioCodec::Opus,
            "A_VORBIS" => AudioCodec::Vorbis,
            _ => AudioCodec::Other,
        }),
    })
}

fn codec(name: &str) -> Result<Codec, ProbeError> {
    let codec = match name {
        "V_VP8" => return Ok(Codec::Vp8),
        "V_VP9" => return Ok(Codec::Vp9),
        "V_AV1" => "AV1",
        "V_MPEG4/ISO/AVC" => "H.264 inside WebM",
        "V_MPEGH/ISO/HEVC" => "H.265 inside WebM",
        _ => "an unknown codec",
    };
    Err(VideoRefusal::Codec { codec: codec.to_owned() }.into())
}

/// The size people see. Display sizes are pixels or a mere ratio; units of length say nothing about pixels.
fn shown(video: &Video, coded: (u32, u32)) -> (u32, u32) {
    let (Some(width), Some(height)) = (&video.display_width, &video.display_height) else {
        return coded;
    };
    let (width, height) = (u32::try_from(**width).unwrap_or(0), u32::try_from(**height).unwrap_or(0));
    let stretched = u64::from(coded.1) * u64::from(width) / u64::from(height.max(1));
    match (*video.display_unit, u32::try_from(stretched)) {
        (0, _) if width > 0 && height > 0 => (width, height),
        (3, Ok(stretched)) if stretched > 0 => (stretched, coded.1),
        _ => coded,
    }
}

/// Thousandths of frames in a second when one lasts so many nanoseconds.
fn rate(nanos: u64) -> Option<u32> {
    let milli = (1_000_000_000_000_u64.saturating_add(nanos / 2)).checked_div(nanos)?;
    Some(u32::try_from(milli).unwrap_or(u32::MAX)).filter(|milli| *milli > 0)
}

/// Milliseconds of so many ticks of so many nanoseconds; what is no length, or none a video has, is unknown.
fn millis(ticks: f64, nanos: u64) -> Option<u64> {
    // Half a millisecond more rounds to the nearest.
    let seconds = ticks * nanos as f64 / 1e9 + 0.0005;
    let length = Duration::try_from_secs_f64(seconds).ok()?;
    u64::try_from(length.as_millis()).ok().filter(|millis| *millis > 0)
}
