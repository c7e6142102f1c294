//! The rules: pure functions and enums. No IO, no async, no clock of its own.
//!
//! A **workspace** is one team; its **members** hand in **videos** as **posts** and its **reviewers** give **verdicts**
//! on one **revision**, the fingerprint of exactly what would go out. An approved post has a **publication** for its
//! **account**: the machine's effort, made of **attempts**, ending in a **receipt** or a **trouble**. What people have
//! yet to be told is a **notice**; numbers at a moment are a **snapshot**, the story of a day a **digest**. Every
//! instant at which something should happen is called **due** and is UTC.

pub mod account;
pub mod breaker;
pub mod budget;
pub mod bulk;
pub mod caption;
pub mod clock;
pub mod conflict;
pub mod creator;
pub mod digest;
pub mod ids;
pub mod jitter;
pub mod notice;
pub mod pause;
pub mod post;
pub mod publication;
pub mod refusal;
pub mod review;
pub mod schedule;
pub mod tempo;
pub mod video;
pub mod workspace;
