//! From what people type to an instant.
