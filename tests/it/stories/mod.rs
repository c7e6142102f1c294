//! The stories: what people were promised, told from beginning to end through the real program.

mod accounts;
mod bad_input;
mod breakers;
mod changes;
mod clock;
mod digests;
mod first_post;
mod lapses;
mod lateness;
mod restarts;
mod reviews;
mod trouble;
