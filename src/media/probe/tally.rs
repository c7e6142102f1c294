//! Frames and the time they take, added up as they are read.

/// Counts runs of equally long frames; lengths are in ticks of the track's timescale.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    timescale: u64,
    pub(super) frames: u64,
    pub(super) ticks: u64,
    /// Short runs wait here until a second is full: one odd frame between two others is no frame rate.
    waiting: (u64, u64),
    busiest: Option<u32>,
}

impl Tally {
    pub(super) fn new(timescale: u32) -> Self {
        Self { timescale: u64::from(timescale), ..Self::default() }
    }

    /// Adds `count` frames of `delta` ticks each.
    pub(super) fn add(&mut self, count: u32, delta: u32) {
        let (count, span) = (u64::from(count), u64::from(count) * u64::from(delta));
        self.frames = self.frames.saturating_add(count);
        self.ticks = self.ticks.saturating_add(span);
        if span >= self.timescale {
            self.waiting = (0, 0);
            self.look_at(count, span);
            return;
        }
        self.waiting = (self.waiting.0.saturating_add(count), self.waiting.1.saturating_add(span));
        if self.waiting.1 >= self.timescale {
            let (frames, ticks) = std::mem::take(&mut self.waiting);
            self.look_at(frames, ticks);
        }
    }

    /// Thousandths of frames in a second when all frames take `ticks`.
    pub(super) fn average(&self, ticks: u64) -> Option<u32> {
        self.rate(self.frames, ticks).filter(|rate| *rate > 0)
    }

    /// The rate of the busiest stretch that lasts a second, or the average of something shorter.
    pub(super) fn peak(&self) -> Option<u32> {
        self.busiest.or_else(|| self.average(self.ticks))
    }

    fn look_at(&mut self, frames: u64, ticks: u64) {
        self.busiest = self.busiest.max(self.rate(frames, ticks));
    }

    fn rate(&self, frames: u64, ticks: u64) -> Option<u32> {
        let (frames, ticks) = (u128::from(frames), u128::from(ticks));
        let milli = (frames * 1000 * u128::from(self.timescale) + ticks / 2).checked_div(ticks)?;
        Some(u32::try_from(milli).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_that_changes_has_an_average_and_a_peak() {
        let mut tally = Tally::new(600);
        tally.add(480, 10);
        tally.add(240, 20);
        assert_eq!((tally.average(tally.ticks), tally.peak()), (Some(45_000), Some(60_000)));
    }

    #[test]
    fn one_odd_frame_is_no_peak() {
        let mut tally = Tally::new(600);
        for _ in 0..300 {
            tally.add(1, 19);
            tally.add(1, 21);
        }
        tally.add(1, 1);
        tally.add(300, 20);
        assert!(tally.peak().unwrap() < 31_000, "{:?}", tally.peak());
    }

    #[test]
    fn no_time_is_no_rate_and_nothing_overflows() {
        assert_eq!(Tally::new(600).peak(), None);
        let mut tally = Tally::new(u32::MAX);
        tally.add(u32::MAX, u32::MAX);
        tally.add(u32::MAX, u32::MAX);
        assert_eq!(tally.peak(), Some(1000));
    }
}
