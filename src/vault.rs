//! Seals and opens what must not be read from a stolen database.
