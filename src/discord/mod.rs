//! Discord in, Discord out.

pub mod buttons;
pub mod cards;
pub mod composer;
pub mod face;
pub mod lists;
pub mod look;
pub mod story;
pub mod words;
