//! Logs that name things.
