//! A look at a video as TikTok's processing takes one: enough of MP4 and MOV to learn length and picture size. What it
//! cannot read it lets pass; frame rates and codecs are not looked at.

/// What a look at a video finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) duration_ms: u64,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Each side of a picture is at least so many pixels.
const SMALLEST_SIDE: u32 = 360;
/// Each side of a picture is at most so many pixels.
const LARGEST_SIDE: u32 = 4_096;

/// The reason TikTok would fail a video for, if any.
pub(super) fn verdict(facts: &Facts, max_duration_seconds: u32) -> Option<String> {
    let sides = SMALLEST_SIDE..=LARGEST_SIDE;
    if facts.width > 0 && !(sides.contains(&facts.width) && sides.contains(&facts.height)) {
        return Some("picture_size_check_failed".to_owned());
    }
    // A player rounds a length to whole seconds, so the last part of a second is not counted.
    let too_long = facts.duration_ms / 1_000 > u64::from(max_duration_seconds);
    too_long.then(|| "duration_check_failed".to_owned())
}

impl Facts {
    /// Reads the movie header and the largest track header.
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let movie = boxes(file).find(|(name, _)| name == b"moov")?.1;
        let mut facts = Self::default();
        for (name, body) in boxes(movie) {
            if &name == b"mvhd" {
                facts.duration_ms = movie_length(body)?;
            } else if &name == b"trak" {
                let Some((_, header)) = boxes(body).find(|(name, _)| name == b"tkhd") else { continue };
                let (width, height) = picture(header)?;
                if u64::from(width) * u64::from(height) > u64::from(facts.width) * u64::from(facts.height) {
                    (facts.width, facts.height) = (width, height);
                }
            }
        }
        Some(facts)
    }
}

/// The boxes that lie side by side in some bytes.
fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let name: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
        let (head, size) = match number(bytes, 0)? {
            0 => (8, bytes.len()),
            1 => (16, usize::try_from((u64::from(number(bytes, 8)?) << 32) | u64::from(number(bytes, 12)?)).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        let body = bytes.get(head..size)?;
        bytes = bytes.get(size..)?;
        Some((name, body))
    })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn movie_length(header: &[u8]) -> Option<u64> {
    let long = header.first()? == &1;
    let scale = u64::from(number(header, if long { 20 } else { 12 })?);
    let units = if long {
        (u64::from(number(header, 24)?) << 32) | u64::from(number(header, 28)?)
    } else {
        u64::from(number(header, 16)?)
    };
    units.checked_mul(1_000)?.checked_div(scale)
}

/// Width and height end a track header, as 16.16 numbers.
fn picture(header: &[u8]) -> Option<(u32, u32)> {
    let end = header.len();
    Some((number(header, end.checked_sub(8)?)? >> 16, number(header, end.checked_sub(4)?)? >> 16))
}

#[cfg(test)]
mod tests {
    use super::{Facts, verdict};

    fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
        let size = u32::try_from(body.len() + 8).unwrap();
        [&size.to_be_bytes(), name, body].concat()
    }

    #[test]
    fn length_and_picture_are_read_and_judged() {
        let movie_header =
            boxed(b"mvhd", &[[0; 12].as_slice(), &1_000_u32.to_be_bytes(), &61_500_u32.to_be_bytes()].concat());
        let sides = [(1_080_u32 << 16).to_be_bytes(), (1_920_u32 << 16).to_be_bytes()].concat();
        let track = boxed(b"trak", &boxed(b"tkhd", &[[0; 76].as_slice(), &sides].concat()));
        let file = [boxed(b"ftyp", b"isom"), boxed(b"moov", &[movie_header, track].concat())].concat();
        let facts = Facts::read(&file).unwrap();
        assert_eq!(facts, Facts { duration_ms: 61_500, width: 1_080, height: 1_920 });
        assert_eq!(verdict(&facts, 61), None);
        assert_eq!(verdict(&facts, 60).as_deref(), Some("duration_check_failed"));
        assert_eq!(verdict(&Facts { width: 320, ..facts }, 600).as_deref(), Some("picture_size_check_failed"));
        assert_eq!(Facts::read(b"not a film at all"), None);
    }
}
