//! What the product does: one verb, one file, four beats: load, decide, save, tell.
