//! TikTok's official API and nothing else.
