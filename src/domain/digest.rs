//! Snapshots become the story of a day.
