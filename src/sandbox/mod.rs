//! The outside world, played locally.

pub mod run;
