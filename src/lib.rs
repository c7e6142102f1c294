//! Greenroom: a team hands a video to the bot in Discord, a reviewer approves exactly what will go out,
//! and at the due time it is on TikTok: once, never twice, never unapproved, never silently missing.
//!
//! The house has four floors and every arrow points down: people (`discord`, `web`) and the clock (`scheduler`) ask;
//! `flows` decides; `store`, `media` and `tiktok` keep and carry; `domain` knows the rules. Beside it stands `sandbox`,
//! which plays the outside world and speaks only HTTP and WebSocket to the app. `ARCHITECTURE.md` is the long form.

pub mod app;
pub mod charts;
pub mod cli;
pub mod config;
pub mod discord;
pub mod domain;
pub mod drill;
pub mod flows;
pub mod media;
pub mod sandbox;
pub mod scheduler;
pub mod store;
pub mod telemetry;
pub mod tiktok;
pub mod vault;
pub mod web;
pub mod words;
