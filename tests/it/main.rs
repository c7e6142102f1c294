//! Every promise has its story here: one binary, so that the whole set links once.
mod discord_spec;
mod discord_standin;
