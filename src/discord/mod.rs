//! Discord in, Discord out.
