//! The outside world, played locally.

pub mod discord;
pub mod gateway;
pub mod mischief;
pub mod page;
pub mod run;
pub mod tiktok;
