//! The outside world, played locally.
