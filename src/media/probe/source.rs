//! A file that is read in small pieces at known places, and the boxes in it.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use super::ProbeError;

/// Bytes held at once: a box header and its neighbours, without reading much of what is skipped.
const BUFFER: usize = 4096;
/// Boxes or elements looked at in one file. Ten minutes in one fragment for each frame have about 300,000.
const PARTS: u32 = 500_000;
/// Children of one box. A track of a camera has about ten.
const CHILDREN: usize = 512;

/// A reader that knows where it is and how much there is.
pub(super) struct Source<R> {
    reader: BufReader<R>,
    at: u64,
    length: u64,
    parts_left: u32,
}

/// One box: its four letters and where its content lies. The end is what the box claims.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) kind: [u8; 4],
    pub(super) body: Range<u64>,
}

impl<R: Read + Seek> Source<R> {
    pub(super) fn open(mut reader: R) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        reader.seek(SeekFrom::Start(0))?;
        Ok(Self { reader: BufReader::with_capacity(BUFFER, reader), at: 0, length, parts_left: PARTS })
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Fills `into` from `at` on.
    pub(super) fn read(&mut self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let (from, to) = (i128::from(self.at), i128::from(at));
        let step = i64::try_from(to - from).map_err(io::Error::other)?;
        // A relative step keeps the buffer when the place is inside it.
        self.reader.seek_relative(step)?;
        self.at = at;
        self.reader.read_exact(into)?;
        self.at += into.len() as u64;
        Ok(())
    }

    /// The bytes at known places, as an array.
    pub(super) fn array<const N: usize>(&mut self, at: u64) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read(at, &mut bytes)?;
        Ok(bytes)
    }

    /// A whole range, when it is within `at_most` bytes and within the file.
    pub(super) fn bytes(&mut self, range: &Range<u64>, at_most: u64) -> Result<Vec<u8>, ProbeError> {
        let wanted = range.end.saturating_sub(range.start);
        if wanted > at_most || range.end > self.length {
            return Err(ProbeError::damaged("one of its tables is larger than any video needs"));
        }
        let mut bytes = vec![0; usize::try_from(wanted).unwrap_or(0)];
        self.read(range.start, &mut bytes)?;
        Ok(bytes)
    }

    /// Counts one more box or element, so that a file of nothing but headers ends the walk.
    pub(super) const fn count_part(&mut self) -> Result<(), ProbeError> {
        match self.parts_left.checked_sub(1) {
            Some(left) => {
                self.parts_left = left;
                Ok(())
            }
            None => Err(ProbeError::damaged("it is cut into more parts than any video needs")),
        }
    }

    /// The box at `at` inside something that ends at `end`, or nothing when the bytes there form no box.
    pub(super) fn part(&mut self, at: u64, end: u64) -> Result<Option<Part>, ProbeError> {
        self.count_part()?;
        if end.saturating_sub(at) < 8 {
            return Ok(None);
        }
        let [a, b, c, d, kind @ ..] = self.array::<8>(at)?;
        let (header, size) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (8, end - at),
            1 if end - at < 16 => return Ok(None),
            1 => (16, u64::from_be_bytes(self.array(at + 8)?)),
            size => (8, u64::from(size)),
        };
        let body = at + header..at.saturating_add(size);
        Ok((size >= header).then_some(Part { kind, body }))
    }

    /// The boxes directly inside a range. A rest too short for a box is padding, which QuickTime writes.
    pub(super) fn children(&mut self, range: &Range<u64>) -> Result<Vec<Part>, ProbeError> {
        let mut children = Vec::new();
        let mut at = range.start;
        while range.end.saturating_sub(at) >= 8 {
            match self.part(at, range.end)? {
                Some(part) if part.body.end <= range.end && children.len() < CHILDREN => {
                    at = part.body.end;
                    children.push(part);
                }
                _ => return Err(ProbeError::damaged("its parts do not fit into each other")),
            }
        }
        Ok(children)
    }
}
