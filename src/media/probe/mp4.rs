//! MP4 and MOV: boxes inside boxes. The walk enters `moov`, `trak`, `mdia`, `minf`, `stbl` and `moof`, `traf` by name,
//! each in a loop of its own; whatever lies deeper is never opened. `mdat` is never read.
//!
//! The boxes of fixed size are decoded by `mp4-atom`. The two tables that grow with the video (`stts`, `trun`) are
//! counted as they are read, because a decoded table takes ten times the bytes of the written one.

mod fragments;
mod track;

use std::io::{Read, Seek};
use std::ops::Range;

use mp4_atom::{Atom, Mvhd};

use super::ProbeError;
use super::source::{Part, Source};
use crate::domain::video::{Codec, Container, VideoFacts, VideoRefusal};
use track::Track;

/// Bytes of `moov`: ten minutes at 60 fps need about one million.
const LARGEST_MOOV: u64 = 16 * 1024 * 1024;
/// Bytes of one box of fixed size, or of an edit list.
const LARGEST_LEAF: u64 = 64 * 1024;
/// How far two statements about the same length may be apart, in milliseconds: sound often ends a little later.
const TOLERATED_MILLIS: u64 = 1000;
/// Boxes that stand at the top. One of these reaching past the end is a file cut short; anything else there is junk.
const TOP: [&[u8; 4]; 12] =
    [b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"emsg", b"free", b"skip", b"wide", b"meta", b"uuid"];

/// Where the parts are that matter.
#[derive(Debug, Default)]
struct Top {
    moov: Option<Range<u64>>,
    moofs: Vec<Range<u64>>,
    /// Some media was seen whole.
    media: bool,
}

/// Reads the facts of an MP4 or MOV file.
pub(super) fn probe<R: Read + Seek>(source: &mut Source<R>) -> Result<VideoFacts, ProbeError> {
    let container =
        if &source.array::<12>(0).unwrap_or_default()[8..] == b"qt  " { Container::Mov } else { Container::Mp4 };
    let top = top(source)?;
    let Some(moov) = &top.moov else {
        return Err(ProbeError::damaged("its table of contents (moov) is missing"));
    };
    if moov.end - moov.start > LARGEST_MOOV {
        return Err(ProbeError::damaged("its table of contents (moov) is larger than any video needs"));
    }
    let parts = source.children(moov)?;
    let movie = movie(source, &parts)?;
    let mut tracks = Vec::new();
    for part in parts.iter().filter(|part| &part.kind == b"trak") {
        tracks.push(track::read(source, &part.body)?);
    }
    let picture = picture(&tracks)?;
    let codec = codec(&picture.format)?;
    if !top.media {
        return Err(cut_short(source.length().saturating_add(1), source.length()));
    }
    let mut picture = picture.clone();
    let fragmented = parts.iter().find(|part| &part.kind == b"mvex");
    if let Some(extends) = fragmented {
        fragments::add(source, &extends.body, &top.moofs, &mut picture)?;
    }
    let (ticks, millis) = length(&picture, &tracks, &movie, fragmented.is_some())?;
    if picture.tally.frames == 0 {
        return Err(ProbeError::damaged("it holds no frames"));
    }
    if picture.tally.frames > source.length() {
        return Err(ProbeError::damaged("it claims more frames than it has bytes"));
    }
    Ok(facts(container, codec, &picture, &tracks, ticks, millis))
}

fn facts(container: Container, codec: Codec, picture: &Track, tracks: &[Track], ticks: u64, millis: u64) -> VideoFacts {
    let (width, height) = picture.shown();
    VideoFacts {
        container,
        codec,
        coded_width: picture.coded.0,
        coded_height: picture.coded.1,
        width,
        height,
        turn_degrees: picture.turn_degrees,
        duration_millis: Some(millis),
        frames_per_second_milli: picture.tally.average(ticks),
        peak_frames_per_second_milli: picture.tally.peak(),
        audio: tracks.iter().find(|track| track.is_sound()).map(Track::sound),
    }
}

/// Goes along the boxes at the top, seeking over their content.
fn top<R: Read + Seek>(source: &mut Source<R>) -> Result<Top, ProbeError> {
    let mut top = Top::default();
    let (mut at, length) = (0, source.length());
    while at < length {
        let whole = top.moov.is_some() && top.media;
        let part = match source.part(at, length)? {
            Some(part) if part.body.end <= length => part,
            // Some cameras append trailers that are no boxes: once everything is there, the rest is theirs.
            Some(part) if whole && !TOP.contains(&&part.kind) => break,
            None if whole => break,
            Some(part) => return Err(cut_short(part.body.end, length)),
            None if length - at < 8 => return Err(cut_short(at + 8, length)),
            None => return Err(ProbeError::damaged("one of its parts is shorter than its own header")),
        };
        at = part.body.end;
        match &part.kind {
            b"moov" if top.moov.is_none() => top.moov = Some(part.body),
            b"moof" => top.moofs.push(part.body),
            b"mdat" => top.media |= part.body.end > part.body.start,
            _ => {}
        }
    }
    Ok(top)
}

const fn cut_short(expected_bytes: u64, size_bytes: u64) -> ProbeError {
    ProbeError::Refused(VideoRefusal::CutShort { expected_bytes, size_bytes })
}

/// Decodes one box that does not grow with the video.
fn leaf<A: Atom, R: Read + Seek>(source: &mut Source<R>, part: &Part, what: &'static str) -> Result<A, ProbeError> {
    let bytes = source.bytes(&part.body, LARGEST_LEAF)?;
    A::decode_body(&mut &bytes[..]).map_err(|_| ProbeError::damaged(what))
}

/// What the movie says about itself.
struct Movie {
    timescale: u32,
    ticks: Option<u64>,
}

fn movie<R: Read + Seek>(source: &mut Source<R>, parts: &[Part]) -> Result<Movie, ProbeError> {
    const WHAT: &str = "its movie header (mvhd) is missing or unreadable";
    let part = parts.iter().find(|part| &part.kind == b"mvhd").ok_or(ProbeError::damaged(WHAT))?;
    let header: Mvhd = leaf(source, part, WHAT)?;
    if header.timescale == 0 {
        return Err(ProbeError::damaged("its clock (mvhd) stands still"));
    }
    Ok(Movie { timescale: header.timescale, ticks: track::stated(header.duration) })
}

/// The track people see: the first in a codec TikTok takes, else the first picture there is.
fn picture(tracks: &[Track]) -> Result<&Track, ProbeError> {
    let mut pictures = tracks.iter().filter(|track| &track.handler == b"vide");
    let first = pictures.clone().next().ok_or(VideoRefusal::NoPicture)?;
    let taken = pictures.find(|track| codec(&track.format).is_ok()).unwrap_or(first);
    if taken.timescale == 0 {
        return Err(ProbeError::damaged("the picture's clock (mdhd) is missing or stands still"));
    }
    Ok(taken)
}

fn codec(format: &[u8; 4]) -> Result<Codec, ProbeError> {
    let name = match format {
        b"avc1" | b"avc3" | b"dva1" | b"dvav" => return Ok(Codec::H264),
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => return Ok(Codec::H265),
        b"vp08" => return Ok(Codec::Vp8),
        b"vp09" => return Ok(Codec::Vp9),
        [0, 0, 0, 0] => return Err(ProbeError::damaged("it does not say how its picture is written (stsd)")),
        b"av01" => "AV1".to_owned(),
        b"mp4v" => "MPEG-4 part 2".to_owned(),
        b"encv" => "an encrypted form".to_owned(),
        b"s263" | b"h263" => "H.263".to_owned(),
        b"jpeg" | b"mjpa" | b"mjpb" => "Motion JPEG".to_owned(),
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "ProRes".to_owned(),
        other if other.iter().all(u8::is_ascii_alphanumeric) => String::from_utf8_lossy(other).into_owned(),
        _ => "an unknown codec".to_owned(),
    };
    Err(VideoRefusal::Codec { codec: name }.into())
}

/// How long the picture lasts in its own ticks, and how long the file plays in milliseconds.
fn length(picture: &Track, tracks: &[Track], movie: &Movie, fragmented: bool) -> Result<(u64, u64), ProbeError> {
    if fragmented {
        let ticks = picture.fragments.as_ref().map_or(picture.tally.ticks, |span| span.end - span.start);
        return Ok((ticks, track::millis(ticks, picture.timescale)));
    }
    let counted = track::millis(picture.tally.ticks, picture.timescale);
    let own = picture.millis();
    if own.abs_diff(counted) > TOLERATED_MILLIS {
        return Err(ProbeError::damaged("its frames do not add up to the length it states"));
    }
    let played =
        |track: &Track| track.edits.map_or_else(|| track.millis(), |edits| track::millis(edits, movie.timescale));
    let longest = tracks.iter().map(played).max().unwrap_or(0);
    let movie_millis = movie.ticks.map_or(longest, |ticks| track::millis(ticks, movie.timescale));
    if movie_millis.abs_diff(longest) > TOLERATED_MILLIS {
        return Err(ProbeError::damaged("it states two different lengths"));
    }
    let own = played(picture);
    let millis = if movie_millis.abs_diff(own) > TOLERATED_MILLIS { movie_millis } else { own };
    Ok((picture.ticks.unwrap_or(picture.tally.ticks), millis))
}
