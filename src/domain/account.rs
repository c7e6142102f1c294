//! A connected TikTok account.
