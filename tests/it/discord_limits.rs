//! The ways of Discord that cost a bot its line or its token: limits met with serenity's limiter on, as the real Discord
//! is called, and lines that break in every way there is.

mod lines;
mod pacing;
mod tls;
