//! Who may do what: every command, button, form and link, asked for by those who may not.
//!
//! The lists come from the code itself. A command is taken from what is registered and fails the test without a line in
//! its table; a button or form without one does not compile.

mod commands;
mod mentions;
mod now;
mod presses;
mod rows;
mod scene;
mod states;
