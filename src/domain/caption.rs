//! Captions, counted as TikTok counts.
