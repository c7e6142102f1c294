//! What people have yet to be told.
