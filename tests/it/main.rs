//! Every promise has its story here: one binary, so that the whole set links once.
#![cfg(test)]

mod calendar;
mod certificates;
mod charts;
mod discord_commands;
mod discord_frames;
mod discord_limits;
mod discord_spec;
mod discord_standin;
mod discord_words;
mod doctor;
mod fetch;
mod house;
mod keys;
mod links;
mod lives;
mod media;
mod migrations;
mod outbox;
mod page;
mod papers;
mod postgres;
mod probe;
mod process;
mod secrets;
mod settings;
mod store;
mod stories;
mod studio;
mod tiktok_client;
mod tiktok_standin;
mod web;
mod when;
