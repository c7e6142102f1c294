//! What is in a file?
//!
//! Its kind is told by its bytes, never by its name or by what a server called it; then the walk for that kind reads
//! the few parts that hold facts and seeks over everything else, so a file of four gigabytes costs a few kilobytes of
//! reading.
//!
//! Every byte is somebody else's: no number read from a file decides how much memory is taken, nothing recurses, and
//! every loop has an end that the file cannot move. Frames are never decoded here.

mod mp4;
mod source;
mod tally;
mod webm;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use crate::domain::video::{VideoFacts, VideoRefusal};
use source::Source;

/// Why there are no facts.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The file is not a video TikTok takes: the person who sent it should hear so.
    #[error(transparent)]
    Refused(#[from] VideoRefusal),
    /// The disk did not give the bytes: the file is not to blame.
    #[error("The file could not be read here: {0}")]
    Unreadable(#[from] io::Error),
}

impl ProbeError {
    /// A file that contradicts itself.
    const fn damaged(what: &'static str) -> Self {
        Self::Refused(VideoRefusal::Damaged { what })
    }
}

/// Reads the facts. This blocks: from async code use [`probe_path`].
pub fn probe(file: impl Read + Seek) -> Result<VideoFacts, ProbeError> {
    let mut source = Source::open(file)?;
    let mut start = [0; 512];
    let known = usize::try_from(source.length().min(512)).unwrap_or(0);
    source.read(0, &mut start[..known])?;
    match &start[..known] {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => webm::probe(&mut source),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i' | b'v', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'm', b'i', b'f', b'1', ..] => Err(not_a_video("a picture").into()),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => mp4::probe(&mut source),
        other => Err(not_a_video(looks_like(other)).into()),
    }
}

/// Reads the facts of a file on disk without holding up the other tasks.
pub async fn probe_path(path: &Path) -> Result<VideoFacts, ProbeError> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || probe(File::open(path)?))
        .await
        .unwrap_or_else(|stopped| Err(ProbeError::Unreadable(io::Error::other(stopped))))
}

const fn not_a_video(looks_like: &'static str) -> VideoRefusal {
    VideoRefusal::NotAVideo { looks_like }
}

/// What the first bytes of something that is not a video look like, so that the sender sees what went wrong.
fn looks_like(start: &[u8]) -> &'static str {
    match start {
        [] => "an empty file",
        [b'G', b'I', b'F', b'8', ..] => "a GIF",
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => "a picture",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "a picture",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', ..] => "an AVI file",
        [b'F', b'L', b'V', ..] => "a Flash video",
        [b'O', b'g', b'g', b'S', ..] => "an Ogg file",
        [b'I', b'D', b'3', ..] | [b'R', b'I', b'F', b'F', ..] => "a sound file",
        [b'P', b'K', 3, 4, ..] => "a ZIP archive",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [0, 0, 1, 0xBA, ..] => "an MPEG program stream",
        [0x47, ..] if start.get(188) == Some(&0x47) => "an MPEG transport stream",
        other => looks_like_text(other),
    }
}

fn looks_like_text(start: &[u8]) -> &'static str {
    let text = start.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(start).trim_ascii_start();
    match text {
        [b'<', ..] => "a web page",
        [b'{' | b'[', ..] if start.is_ascii() => "a server's answer in JSON",
        _ if start.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => "plain text",
        _ => "none of the kinds known here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn refusal(bytes: &[u8]) -> String {
        probe(Cursor::new(bytes)).unwrap_err().to_string()
    }

    #[test]
    fn something_else_is_named_by_its_first_bytes() {
        let said = |what: &str| format!("This file is not a video TikTok takes: it looks like {what}.");
        assert_eq!(refusal(b""), said("an empty file"));
        assert_eq!(refusal(b"\n <!DOCTYPE html><html>"), said("a web page"));
        assert_eq!(refusal(b"{\"message\": \"404: Not Found\"}"), said("a server's answer in JSON"));
        assert_eq!(refusal(b"PK\x03\x04\x14\0"), said("a ZIP archive"));
        assert_eq!(refusal(b"\0\0\0\x18ftypheic\0\0\0\0"), said("a picture"));
        assert_eq!(refusal(&[7; 3]), said("none of the kinds known here"));
    }

    #[test]
    fn a_disk_that_fails_is_not_the_files_fault() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        impl Seek for Broken {
            fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
                Ok(100)
            }
        }
        assert!(matches!(probe(Broken), Err(ProbeError::Unreadable(_))));
    }
}
