//! Which bytes of a file somebody wants. <https://www.rfc-editor.org/rfc/rfc9110#name-range-requests>

use std::ops::Range;

use http_range_header::{RangeUnsatisfiableError, parse_range_header};

/// The part of a file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it, because nothing else was asked for, or nothing that can be read, or several parts at once.
    Whole,
    /// One part of it; never empty.
    Part(Range<u64>),
    /// A part it does not have.
    Nothing,
}

/// Reads a `Range` header for a file of that size.
pub(super) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let ranges = match header.map(parse_range_header) {
        Some(Ok(ranges)) if ranges.ranges.len() == 1 => ranges,
        Some(Err(RangeUnsatisfiableError::ZeroSuffix)) => return Wanted::Nothing,
        // A server may leave out what it cannot read; several parts would need a multipart answer, and no player asks so.
        Some(Ok(_) | Err(_)) | None => return Wanted::Whole,
    };
    match ranges.validate(size) {
        Ok(valid) => match valid.first() {
            Some(range) if *range.start() < size => {
                Wanted::Part(*range.start()..range.end().saturating_add(1).min(size))
            }
            Some(_) | None => Wanted::Nothing,
        },
        // The last thousand bytes of a hundred are all of them.
        Err(RangeUnsatisfiableError::FileSuffixOutOfBounds) if size > 0 => Wanted::Part(0..size),
        Err(_) => Wanted::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let rows = [
            (None, Wanted::Whole),
            (Some("bytes=0-"), Wanted::Part(0..10)),
            (Some("bytes=0-0"), Wanted::Part(0..1)),
            (Some("bytes=3-5"), Wanted::Part(3..6)),
            (Some("bytes=9-"), Wanted::Part(9..10)),
            (Some("bytes=3-999"), Wanted::Part(3..10)),
            (Some("bytes=-3"), Wanted::Part(7..10)),
            (Some("bytes=-10"), Wanted::Part(0..10)),
            (Some("bytes=-999"), Wanted::Part(0..10)),
            (Some("bytes=-0"), Wanted::Nothing),
            (Some("bytes=10-"), Wanted::Nothing),
            (Some("bytes=10-20"), Wanted::Nothing),
            (Some("bytes=18446744073709551615-"), Wanted::Nothing),
            (Some("bytes=0-18446744073709551615"), Wanted::Part(0..10)),
            (Some("bytes=0-1,4-5"), Wanted::Whole),
            (Some("bytes=5"), Wanted::Whole),
            (Some("bytes="), Wanted::Whole),
            (Some("lattes=0-1"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
        ];
        for (header, expected) in rows {
            assert_eq!(wanted(header, 10), expected, "{header:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
    }

    proptest! {
        #[test]
        fn a_part_is_never_empty_and_never_more_than_there_is(
            header in "bytes=[0-9]{0,20}-[0-9]{0,20}|(bytes=)?.{0,40}", size in 0..1_000_u64,
        ) {
            if let Wanted::Part(range) = wanted(Some(&header), size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
        }
    }
}
