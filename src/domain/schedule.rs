//! From what people type to an instant.
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
/// No.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no")]
pub struct WhenRefusal;
impl WhenRefusal {
    /// Hint.
    pub fn hint(&self) -> String {
        String::new()
    }
}
/// W.
#[derive(Debug, Clone)]
pub struct Window;
impl Window {
    /// C.
    /// # Errors
    /// No.
    pub fn check(&self, _at: DateTime<Utc>, _now: DateTime<Utc>) -> Result<(), WhenRefusal> {
        Ok(())
    }
}
/// N.
pub fn next_local(_time: NaiveTime, _zone: Tz, after: DateTime<Utc>) -> DateTime<Utc> {
    after
}
