//! Every promise has its story here: one binary, so that the whole set links once.
#![cfg(test)]

mod house;
mod settings;
