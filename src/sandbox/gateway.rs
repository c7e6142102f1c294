//! The gateway half of the local Discord: sessions, sequence numbers, heartbeats, resuming, and events by intent.
