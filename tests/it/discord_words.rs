//! What people read, read aloud: every sentence of the bot appears in a snapshot here.

mod aloud;
mod cards;
mod composer;
mod leaving;
mod limits;
mod lists;
mod pauses;
mod refusals;
mod replies;
mod scenes;
