//! The machine's effort to put one post on one account, and its life.
