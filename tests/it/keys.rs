//! The encryption key: changed while others work, in the middle of a death, and the wrong one.

mod cli;
mod program;
mod rotation;
