//! Facts about a file, and what TikTok accepts.
