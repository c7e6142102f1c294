//! Bytes of videos: kept, streamed, deleted.
