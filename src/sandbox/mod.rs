//! The outside world, played locally.

pub mod mischief;
pub mod run;
pub mod tiktok;
