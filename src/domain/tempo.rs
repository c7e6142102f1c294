//! How long the waits around publishing last.
//!
//! They are as long as they say, but for the build that is killed on purpose (`crash-test` in `Cargo.toml`): there each
//! is shorter by one factor, the same for all, so that their order and proportions stay and a lease ends in 0.4 s.
//! The default build has no such switch.

use std::time::Duration;

use chrono::TimeDelta;

/// By how much the crash test's program shortens its waits; what stands for an hour of TikTok's is shortened by the same.
pub const CRASH_FACTOR: u32 = 75;

/// By how much waits are shortened in this build.
const SHORTENED_BY: u32 = if cfg!(feature = "crash-test") { CRASH_FACTOR } else { 1 };

/// So many seconds.
#[must_use]
pub const fn seconds(count: i64) -> TimeDelta {
    // Lossless: the factor fits every number.
    TimeDelta::milliseconds(count * 1_000 / SHORTENED_BY as i64)
}

/// So many minutes.
#[must_use]
pub const fn minutes(count: i64) -> TimeDelta {
    seconds(count * 60)
}

/// So many hours.
#[must_use]
pub const fn hours(count: i64) -> TimeDelta {
    minutes(count * 60)
}

/// So many seconds of real waiting.
#[must_use]
pub const fn pause(seconds: u64) -> Duration {
    Duration::from_millis(seconds * 1_000 / SHORTENED_BY as u64)
}

/// So many claims that are held at once. Where everything is asked and renewed so much oftener, no machine keeps up with as
/// many.
#[must_use]
pub const fn claims(count: usize) -> usize {
    if cfg!(feature = "crash-test") { count / 4 } else { count }
}

#[cfg(all(test, not(feature = "crash-test")))]
mod tests {
    use super::*;

    #[test]
    fn the_default_build_waits_as_long_as_it_says() {
        assert_eq!(
            (seconds(30), minutes(2), hours(24)),
            (TimeDelta::seconds(30), TimeDelta::minutes(2), TimeDelta::days(1))
        );
        assert_eq!((pause(10), claims(512)), (Duration::from_secs(10), 512));
    }
}
