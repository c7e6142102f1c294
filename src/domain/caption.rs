//! Captions, counted as TikTok counts.
use serde::{Deserialize, Serialize};
/// Words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Caption(String);
impl Caption {
    /// Reads it.
    /// # Errors
    /// No.
    pub fn new(text: &str) -> Result<Self, CaptionRefusal> {
        Ok(Self(text.to_owned()))
    }
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
/// No.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no")]
pub struct CaptionRefusal;
impl CaptionRefusal {
    /// Hint.
    pub fn hint(&self) -> String {
        String::new()
    }
}
