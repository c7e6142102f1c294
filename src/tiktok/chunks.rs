//! How a file is cut for TikTok: the plan announced when an upload is opened, and the pieces sent after it.
//!
//! TikTok's rules: chunks of 5 to 64 MB, the last one up to 128 MB, at most 1,000, one chunk for small files, and the
//! number of chunks is `size / chunk` **rounded down**, the remainder joining the last one. The pages do not say
//! whether MB is 10⁶ or 2²⁰, so the plans here hold under both readings.
//! <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>

use serde::{Deserialize, Serialize};

/// The largest file TikTok takes: 4 GB.
pub const LARGEST_FILE_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// Up to here one chunk carries the whole file: 64 MB in the smaller reading.
const LARGEST_SINGLE_BYTES: u64 = 64_000_000;

/// The size of a chunk when there are several: well inside the limits, and 84 s of a 1 Mbit/s line.
const CHUNK_BYTES: u64 = 10_000_000;

/// The smallest chunk under both readings of "5 MB": leaves the least to send when a post is due.
const SMALLEST_CHUNK_BYTES: u64 = 5 * 1024 * 1024;

/// How a file of a known size is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkPlan {
    /// The whole file.
    pub size_bytes: u64,
    /// Every chunk but the last has this size.
    pub chunk_bytes: u64,
    /// How many chunks there are.
    pub count: u32,
}

/// One piece of a file: both ends are included, as in a `Content-Range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// Its place, from 0.
    pub index: u32,
    /// The first byte it carries, counted from 0.
    pub first: u64,
    /// The last byte it carries.
    pub last: u64,
    /// The size of the whole file.
    pub total: u64,
}

impl Chunk {
    /// How many bytes it carries.
    #[must_use]
    pub const fn len_bytes(&self) -> u64 {
        self.last + 1 - self.first
    }

    /// Does it end the file? Its arrival is what makes TikTok post.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.last + 1 == self.total
    }
}

impl ChunkPlan {
    /// The plan for a file; none for an empty one or one larger than TikTok takes.
    #[must_use]
    pub fn for_size(size_bytes: u64) -> Option<Self> {
        match size_bytes {
            0 => None,
            1..=LARGEST_SINGLE_BYTES => Some(Self { size_bytes, chunk_bytes: size_bytes, count: 1 }),
            _ if size_bytes <= LARGEST_FILE_BYTES => Self::cut(size_bytes, CHUNK_BYTES),
            _ => None,
        }
    }

    /// A plan of at least two chunks for a file that would fit into one, so that all but the end can wait at TikTok
    /// before the post is due. None when the file is too small to be cut or large enough to be cut anyway.
    #[must_use]
    pub fn for_size_in_two(size_bytes: u64) -> Option<Self> {
        if (2 * SMALLEST_CHUNK_BYTES..=LARGEST_SINGLE_BYTES).contains(&size_bytes) {
            Self::cut(size_bytes, SMALLEST_CHUNK_BYTES)
        } else {
            None
        }
    }

    fn cut(size_bytes: u64, chunk_bytes: u64) -> Option<Self> {
        let count = u32::try_from(size_bytes / chunk_bytes).ok()?;
        Some(Self { size_bytes, chunk_bytes, count })
    }

    /// The chunk at that place; none after the last.
    #[must_use]
    pub fn chunk(&self, index: u32) -> Option<Chunk> {
        if index >= self.count {
            return None;
        }
        let first = u64::from(index) * self.chunk_bytes;
        let end = if self.is_last(index) { self.size_bytes } else { first + self.chunk_bytes };
        Some(Chunk { index, first, last: end - 1, total: self.size_bytes })
    }

    /// Which chunk comes next when TikTok says it has `offset` bytes; the number of chunks when it has them all.
    ///
    /// TikTok does not say whether it counts bytes or names the last one, so a boundary of ours one byte away is meant
    /// too. None when the offset is at no boundary: then what TikTok holds is not what was sent.
    #[must_use]
    pub fn chunk_at_offset(&self, offset: u64) -> Option<u32> {
        [Some(offset), offset.checked_add(1), offset.checked_sub(1)]
            .into_iter()
            .flatten()
            .find_map(|offset| self.boundary(offset))
    }

    fn boundary(&self, offset: u64) -> Option<u32> {
        if offset == self.size_bytes {
            return Some(self.count);
        }
        let index = u32::try_from(offset.checked_div(self.chunk_bytes)?).ok()?;
        (offset.is_multiple_of(self.chunk_bytes) && index < self.count).then_some(index)
    }

    /// Is it the chunk whose arrival makes TikTok post?
    #[must_use]
    pub const fn is_last(&self, index: u32) -> bool {
        index + 1 == self.count
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plans_match_the_known_good_ones() {
        for (size, chunk, count, last) in [
            (1, 1, 1, 1),
            (4_194_304, 4_194_304, 1, 4_194_304),
            (50_000_123, 50_000_123, 1, 50_000_123),
            (64_000_000, 64_000_000, 1, 64_000_000),
            (64_000_001, 10_000_000, 6, 14_000_001),
            (66_259_900, 10_000_000, 6, 16_259_900),
            (128_000_000, 10_000_000, 12, 18_000_000),
            (158_008_374, 10_000_000, 15, 18_008_374),
            (1_000_000_000, 10_000_000, 100, 10_000_000),
            (4_294_967_296, 10_000_000, 429, 14_967_296),
        ] {
            let plan = ChunkPlan::for_size(size).unwrap();
            assert_eq!((plan.chunk_bytes, plan.count), (chunk, count), "{size}");
            assert_eq!(plan.chunk(count - 1).unwrap().len_bytes(), last, "{size}");
        }
    }

    #[test]
    fn ranges_are_those_of_tiktoks_own_example() {
        let plan = ChunkPlan { size_bytes: 50_000_123, chunk_bytes: 10_000_000, count: 5 };
        let ranges: Vec<_> = (0..9).map_while(|index| plan.chunk(index)).map(|c| (c.first, c.last)).collect();
        let ends = [9_999_999, 19_999_999, 29_999_999, 39_999_999, 50_000_122];
        let firsts = [0, 10_000_000, 20_000_000, 30_000_000, 40_000_000];
        assert_eq!(ranges, firsts.into_iter().zip(ends).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_and_too_much_have_no_plan() {
        assert_eq!(ChunkPlan::for_size(0), None);
        assert_eq!(ChunkPlan::for_size(LARGEST_FILE_BYTES + 1), None);
    }

    #[test]
    fn an_early_start_needs_a_file_that_can_be_cut() {
        assert_eq!(ChunkPlan::for_size_in_two(10_485_759), None);
        assert_eq!(ChunkPlan::for_size_in_two(64_000_001), None);
        let plan = ChunkPlan::for_size_in_two(10_485_760).unwrap();
        assert_eq!((plan.chunk_bytes, plan.count), (5_242_880, 2));
    }

    #[test]
    fn what_tiktok_has_is_read_as_a_count_or_as_the_last_byte() {
        let plan = ChunkPlan::for_size(64_000_001).unwrap();
        for (offset, next) in [
            (0, Some(0)),
            (9_999_999, Some(1)),
            (10_000_000, Some(1)),
            (10_000_001, Some(1)),
            (10_000_002, None),
            (60_000_000, None),
            (64_000_000, Some(6)),
            (64_000_001, Some(6)),
            (64_000_003, None),
            (u64::MAX, None),
        ] {
            assert_eq!(plan.chunk_at_offset(offset), next, "{offset}");
        }
    }

    fn holds_every_rule(plan: ChunkPlan) {
        const MIN: u64 = 5 * 1024 * 1024;
        assert!((1..=1000).contains(&plan.count));
        assert_eq!(u64::from(plan.count), plan.size_bytes / plan.chunk_bytes, "rounded down");
        let mut next = 0;
        for index in 0..plan.count {
            let chunk = plan.chunk(index).unwrap();
            assert_eq!((chunk.first, chunk.total), (next, plan.size_bytes));
            assert_eq!(plan.chunk_at_offset(chunk.first), Some(index));
            assert_eq!(chunk.is_last(), plan.is_last(index));
            if !plan.is_last(index) {
                assert_eq!(chunk.len_bytes(), plan.chunk_bytes);
            }
            next = chunk.last + 1;
        }
        assert_eq!(next, plan.size_bytes, "the chunks are the file");
        if plan.count == 1 {
            assert_eq!(plan.chunk_bytes, plan.size_bytes);
            assert!(plan.size_bytes <= 64_000_000);
        } else {
            assert!((MIN..=64_000_000).contains(&plan.chunk_bytes));
            assert!(plan.chunk(plan.count - 1).unwrap().len_bytes() <= 128_000_000);
        }
    }

    proptest! {
        #[test]
        fn every_plan_keeps_tiktoks_rules(size in prop_oneof![1..=LARGEST_FILE_BYTES, 1..=130_000_000_u64]) {
            holds_every_rule(ChunkPlan::for_size(size).unwrap());
        }

        #[test]
        fn every_early_plan_keeps_them_too(size in 10_485_760..=64_000_000_u64) {
            let plan = ChunkPlan::for_size_in_two(size).unwrap();
            prop_assert!(plan.count >= 2);
            holds_every_rule(plan);
        }
    }
}
