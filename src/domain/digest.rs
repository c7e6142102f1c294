//! Snapshots become the story of a day.
use super::ids::AccountId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
/// Numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Whose.
    pub account: AccountId,
    /// When.
    pub taken_at: DateTime<Utc>,
}
