//! The outside world, played locally.

pub mod discord;
pub mod gateway;
