//! Chance that can be had again: the same seed draws the same numbers (`SplitMix64`).

use std::ops::Range;
use std::time::Duration;

/// A source of chosen chance.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The chance of a seed; `of` tells those apart that draw from one seed at the same time.
    pub(crate) const fn new(seed: u64, of: u64) -> Self {
        Self(seed ^ of.wrapping_mul(0xA076_1D64_78BD_642F))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of a range that is not empty.
    pub(crate) const fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.next() % (range.end - range.start)
    }

    /// True in so many of a hundred draws.
    pub(crate) const fn percent(&mut self, percent: u64) -> bool {
        self.within(0..100) < percent
    }

    /// One of several.
    pub(crate) fn one_of<T: Clone>(&mut self, several: &[T]) -> T {
        let index = self.within(0..several.len() as u64);
        several[usize::try_from(index).unwrap_or(0)].clone()
    }

    /// A span between two numbers of milliseconds.
    pub(crate) const fn millis(&mut self, range: Range<u64>) -> Duration {
        Duration::from_millis(self.within(range))
    }

    /// Sixteen bytes.
    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        [self.next(), self.next()].iter().flat_map(|number| number.to_le_bytes()).collect()
    }
}
