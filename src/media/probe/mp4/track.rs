//! One `trak`: what kind of track it is, how it is written, how long, and which way up.

use std::io::{Read, Seek};
use std::ops::Range;

use mp4_atom::{Elst, Mdhd, Pasp, Tkhd};

use super::super::ProbeError;
use super::super::source::{Part, Source};
use super::super::tally::Tally;
use super::leaf;
use crate::domain::video::AudioCodec;

/// What is known of a track. What a damaged or odd track does not say stays empty; only the picture's must be there.
#[derive(Debug, Clone, Default)]
pub(super) struct Track {
    pub(super) id: u32,
    /// `vide`, `soun` or something else.
    pub(super) handler: [u8; 4],
    /// The sample entry's four letters.
    pub(super) format: [u8; 4],
    pub(super) coded: (u32, u32),
    /// How wide and how high a pixel is.
    aspect: (u32, u32),
    pub(super) turn_degrees: u16,
    pub(super) timescale: u32,
    /// The stated length in the track's own ticks.
    pub(super) ticks: Option<u64>,
    /// What the edit list plays, in the movie's ticks.
    pub(super) edits: Option<u64>,
    pub(super) tally: Tally,
    /// From the first to the last fragment, in ticks.
    pub(super) fragments: Option<Range<u64>>,
}

impl Track {
    pub(super) fn is_sound(&self) -> bool {
        &self.handler == b"soun"
    }

    pub(super) const fn sound(&self) -> AudioCodec {
        match &self.format {
            b"mp4a" => AudioCodec::Aac,
            b"Opus" => AudioCodec::Opus,
            _ => AudioCodec::Other,
        }
    }

    /// The length in milliseconds, as stated or as counted.
    pub(super) fn millis(&self) -> u64 {
        millis(self.ticks.unwrap_or(self.tally.ticks), self.timescale)
    }

    /// The size people see: square pixels, turned.
    pub(super) fn shown(&self) -> (u32, u32) {
        let (across, down) = self.aspect;
        let wide = (u64::from(self.coded.0) * u64::from(across) + u64::from(down) / 2).checked_div(u64::from(down));
        let wide = wide.and_then(|wide| u32::try_from(wide).ok()).filter(|wide| *wide > 0).unwrap_or(self.coded.0);
        if self.turn_degrees % 180 == 90 { (self.coded.1, wide) } else { (wide, self.coded.1) }
    }
}

/// Milliseconds of so many ticks; a clock that stands still has none.
pub(super) fn millis(ticks: u64, timescale: u32) -> u64 {
    let scale = u128::from(timescale);
    let exact = (u128::from(ticks) * 1000 + scale / 2).checked_div(scale).unwrap_or(0);
    u64::try_from(exact).unwrap_or(u64::MAX)
}

/// A length that is stated. Zero and all ones, in four bytes or in eight, mean that the writer did not know.
pub(super) fn stated(ticks: u64) -> Option<u64> {
    (ticks != 0 && ticks != u64::from(u32::MAX) && ticks != u64::MAX).then_some(ticks)
}

/// Reads one track.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, body: &Range<u64>) -> Result<Track, ProbeError> {
    let mut track = Track::default();
    for part in source.children(body)? {
        match &part.kind {
            b"tkhd" => {
                let header: Tkhd = leaf(source, &part, "a track header (tkhd) is unreadable")?;
                track.id = header.track_id;
                track.turn_degrees = turn(header.matrix.a, header.matrix.b, header.matrix.c, header.matrix.d);
            }
            b"edts" => track.edits = edits(source, &part)?,
            b"mdia" => media(source, &part, &mut track)?,
            _ => {}
        }
    }
    Ok(track)
}

/// The clockwise turn that a display matrix makes. Mirrored pictures stay as they are.
const fn turn(a: i32, b: i32, c: i32, d: i32) -> u16 {
    match (a.signum(), b.signum(), c.signum(), d.signum()) {
        (0, 1, -1, 0) => 90,
        (-1, 0, 0, -1) => 180,
        (0, -1, 1, 0) => 270,
        _ => 0,
    }
}

/// How long the edit list plays, or nothing when there is none that says.
fn edits<R: Read + Seek>(source: &mut Source<R>, edts: &Part) -> Result<Option<u64>, ProbeError> {
    let Some(part) = source.children(&edts.body)?.into_iter().find(|part| &part.kind == b"elst") else {
        return Ok(None);
    };
    let list: Elst = leaf(source, &part, "an edit list (elst) is unreadable")?;
    let played = list.entries.iter().fold(0_u64, |sum, edit| sum.saturating_add(edit.segment_duration));
    Ok((played > 0).then_some(played))
}

fn media<R: Read + Seek>(source: &mut Source<R>, mdia: &Part, track: &mut Track) -> Result<(), ProbeError> {
    let parts = source.children(&mdia.body)?;
    for part in &parts {
        match &part.kind {
            b"mdhd" => {
                let header: Mdhd = leaf(source, part, "a track's clock (mdhd) is unreadable")?;
                track.timescale = header.timescale;
                track.ticks = stated(header.duration);
                track.tally = Tally::new(header.timescale);
            }
            // Four bytes of version, four of nothing, then the kind.
            b"hdlr" if part.body.end - part.body.start >= 12 => track.handler = source.array(part.body.start + 8)?,
            _ => {}
        }
    }
    for part in parts.iter().filter(|part| &part.kind == b"minf") {
        for table in source.children(&part.body)?.iter().filter(|part| &part.kind == b"stbl") {
            tables(source, table, track)?;
        }
    }
    Ok(())
}

fn tables<R: Read + Seek>(source: &mut Source<R>, stbl: &Part, track: &mut Track) -> Result<(), ProbeError> {
    for part in source.children(&stbl.body)? {
        match &part.kind {
            b"stsd" => description(source, &part, track)?,
            b"stts" => times(source, &part, &mut track.tally)?,
            _ => {}
        }
    }
    Ok(())
}

/// The first sample description: four letters, and for a picture its size at bytes 24 to 28 and boxes from 78 on.
fn description<R: Read + Seek>(source: &mut Source<R>, stsd: &Part, track: &mut Track) -> Result<(), ProbeError> {
    const WHAT: &str = "it does not say how its picture is written (stsd)";
    let room = stsd.body.end - stsd.body.start;
    let count = if room < 8 { 0 } else { u32::from_be_bytes(source.array(stsd.body.start + 4)?) };
    if count == 0 || u64::from(count) * 8 > room - 8 {
        return Err(ProbeError::damaged(WHAT));
    }
    let entry = match source.part(stsd.body.start.saturating_add(8), stsd.body.end)? {
        Some(entry) if entry.body.end <= stsd.body.end => entry,
        _ => return Err(ProbeError::damaged(WHAT)),
    };
    track.format = entry.kind;
    if &track.handler != b"vide" {
        return Ok(());
    }
    if entry.body.end - entry.body.start < 78 {
        return Err(ProbeError::damaged(WHAT));
    }
    let [a, b, c, d] = source.array(entry.body.start + 24)?;
    track.coded = (u32::from(u16::from_be_bytes([a, b])), u32::from(u16::from_be_bytes([c, d])));
    let inner = entry.body.start + 78..entry.body.end;
    // Decoder settings are the decoder's business: if they cannot be listed, pixels are taken as square.
    let inner = match source.children(&inner) {
        Ok(inner) => inner,
        Err(ProbeError::Refused(_)) => Vec::new(),
        Err(unreadable) => return Err(unreadable),
    };
    if let Some(part) = inner.iter().find(|part| &part.kind == b"pasp") {
        let aspect: Pasp = leaf(source, part, "its pixel shape (pasp) is unreadable")?;
        track.aspect = (aspect.h_spacing, aspect.v_spacing);
    }
    Ok(())
}

/// Adds up the time table: after eight bytes, pairs of how many frames and how many ticks each.
fn times<R: Read + Seek>(source: &mut Source<R>, stts: &Part, tally: &mut Tally) -> Result<(), ProbeError> {
    const WHAT: &str = "its time table (stts) is shorter than it states";
    let room = stts.body.end - stts.body.start;
    let count = if room < 8 { u32::MAX } else { u32::from_be_bytes(source.array(stts.body.start + 4)?) };
    if u64::from(count) * 8 > room.saturating_sub(8) {
        return Err(ProbeError::damaged(WHAT));
    }
    for index in 0..u64::from(count) {
        let [a, b, c, d, delta @ ..] = source.array::<8>(stts.body.start + 8 + index * 8)?;
        tally.add(u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes(delta));
    }
    Ok(())
}
