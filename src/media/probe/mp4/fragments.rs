//! Fragmented files: the frames are told by `moof` boxes along the file instead of tables at its start.

use std::io::{Read, Seek};
use std::ops::Range;

use mp4_atom::{Tfdt, Tfhd, Trex};

use super::super::ProbeError;
use super::super::source::{Part, Source};
use super::super::tally::Tally;
use super::leaf;
use super::track::Track;

/// Bytes of all `moof` together: an hour at 60 fps needs about four million.
const LARGEST_MOOFS: u64 = 64 * 1024 * 1024;

/// What a run of frames states, by the bits of its flags.
const DATA_OFFSET: u32 = 0x1;
const FIRST_FLAGS: u32 = 0x4;
const DURATION: u32 = 0x100;
const PER_FRAME: u32 = 0xF00;

/// Adds the frames of every fragment to the picture's track.
pub(super) fn add<R: Read + Seek>(
    source: &mut Source<R>,
    mvex: &Range<u64>,
    moofs: &[Range<u64>],
    picture: &mut Track,
) -> Result<(), ProbeError> {
    let all = moofs.iter().fold(0_u64, |sum, moof| sum.saturating_add(moof.end - moof.start));
    if all > LARGEST_MOOFS {
        return Err(ProbeError::damaged("its fragment headers (moof) are larger than any video needs"));
    }
    let default = default_duration(source, mvex, picture.id)?;
    // Frames told at the start of the file come first.
    let mut span = (picture.tally.ticks > 0).then_some(0..picture.tally.ticks);
    for moof in moofs {
        for traf in source.children(moof)?.iter().filter(|part| &part.kind == b"traf") {
            fragment(source, traf, default, picture.id, (&mut picture.tally, &mut span))?;
        }
    }
    picture.fragments = span;
    Ok(())
}

/// How long a frame lasts when its fragment does not say.
fn default_duration<R: Read + Seek>(source: &mut Source<R>, mvex: &Range<u64>, id: u32) -> Result<u32, ProbeError> {
    for part in source.children(mvex)?.iter().filter(|part| &part.kind == b"trex") {
        let defaults: Trex = leaf(source, part, "its fragment defaults (trex) are unreadable")?;
        if defaults.track_id == id {
            return Ok(defaults.default_sample_duration);
        }
    }
    Ok(0)
}

fn fragment<R: Read + Seek>(
    source: &mut Source<R>,
    traf: &Part,
    default: u32,
    id: u32,
    (tally, span): (&mut Tally, &mut Option<Range<u64>>),
) -> Result<(), ProbeError> {
    let parts = source.children(&traf.body)?;
    let Some(part) = parts.iter().find(|part| &part.kind == b"tfhd") else {
        return Err(ProbeError::damaged("a fragment does not say what it belongs to (tfhd)"));
    };
    let header: Tfhd = leaf(source, part, "a fragment header (tfhd) is unreadable")?;
    if header.track_id != id {
        return Ok(());
    }
    let start = match parts.iter().find(|part| &part.kind == b"tfdt") {
        Some(part) => leaf::<Tfdt, R>(source, part, "a fragment's time (tfdt) is unreadable")?.base_media_decode_time,
        None => span.as_ref().map_or(0, |span| span.end),
    };
    let before = tally.ticks;
    for part in parts.iter().filter(|part| &part.kind == b"trun") {
        run(source, part, header.default_sample_duration.unwrap_or(default), tally)?;
    }
    let end = start.saturating_add(tally.ticks - before);
    *span = Some(span.as_ref().map_or(start..end, |span| span.start.min(start)..span.end.max(end)));
    Ok(())
}

/// Adds one run: flags and a count, two optional fields, then up to four fields for each frame.
fn run<R: Read + Seek>(source: &mut Source<R>, trun: &Part, default: u32, tally: &mut Tally) -> Result<(), ProbeError> {
    const WHAT: &str = "a fragment's run of frames (trun) is shorter than it states";
    let room = trun.body.end - trun.body.start;
    if room < 8 {
        return Err(ProbeError::damaged(WHAT));
    }
    let [a, b, c, d, count @ ..] = source.array::<8>(trun.body.start)?;
    let (flags, count) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes(count));
    let start = 8 + u64::from((flags & (DATA_OFFSET | FIRST_FLAGS)).count_ones()) * 4;
    let stride = u64::from((flags & PER_FRAME).count_ones()) * 4;
    if start + u64::from(count) * stride > room {
        return Err(ProbeError::damaged(WHAT));
    }
    if flags & DURATION == 0 {
        tally.add(count, default);
        return Ok(());
    }
    for index in 0..u64::from(count) {
        let duration = source.array(trun.body.start + start + index * stride)?;
        tally.add(1, u32::from_be_bytes(duration));
    }
    Ok(())
}
