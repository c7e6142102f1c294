//! The outside world, played locally: a Discord and a TikTok written from their documentation.
//!
//! They speak only HTTP and WebSocket to the app, and know nothing of it; only [`run`], the starter, knows both sides.

pub mod discord;
pub mod gateway;
pub mod mischief;
pub mod page;
pub mod run;
pub mod tiktok;
