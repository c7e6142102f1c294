//! Every promise has its story here: one binary, so that the whole set links once.
#![cfg(test)]

mod charts;
mod fetch;
mod house;
mod lives;
mod media;
mod probe;
mod settings;
mod tiktok_client;
mod tiktok_standin;
mod when;
