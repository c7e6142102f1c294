//! What a team intends to publish, and its life.
