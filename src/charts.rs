//! Numbers in, PNG out.
