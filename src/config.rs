//! Settings: a file and the environment, read once, typed and checked.
