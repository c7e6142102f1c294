//! Windows in which nothing may be scheduled: they begin when a cron pattern says so, in UTC, and last a while.

use std::fmt;
use std::str::FromStr as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use croner::Cron;

use super::document::Value;
use super::values;

/// A window that comes again and again.
#[derive(Clone, PartialEq)]
pub struct MaintenanceWindow {
    pattern: String,
    cron: Cron,
    /// How long it lasts.
    pub duration: Duration,
}

impl MaintenanceWindow {
    /// When the window that `at` falls into is over; nothing when it falls into none.
    #[must_use]
    pub fn over_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let begun_at = self.cron.find_previous_occurrence(&at, true).ok()?;
        let over_at = begun_at.checked_add_signed(chrono::Duration::from_std(self.duration).ok()?)?;
        (at < over_at).then_some(over_at)
    }

    /// The cron pattern, as it was written.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Reads `{ cron = "0 3 * * 0", duration = "2h" }`.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let accepted = || "windows such as `{ cron = \"0 3 * * SUN\", duration = \"2h\" }`".to_owned();
        let Value::Table(entries) = value else { return Err(accepted()) };
        let (Some(pattern), Some(duration), 2) = (entries.get("cron"), entries.get("duration"), entries.len()) else {
            return Err(accepted());
        };
        let (Some(pattern), Some(duration)) = (pattern.plain(), duration.plain()) else { return Err(accepted()) };
        let cron = Cron::from_str(pattern)
            .map_err(|error| format!("a cron pattern such as `0 3 * * SUN` (`{pattern}` is none: {error})"))?;
        if cron.find_next_occurrence(&DateTime::UNIX_EPOCH, true).is_err() {
            return Err(format!("a cron pattern that comes to pass (`{pattern}` never does)"));
        }
        let duration = values::real_duration(duration).map_err(|what| format!("{what} (given is `{duration}`)"))?;
        Ok(Self { pattern: pattern.to_owned(), cron, duration })
    }
}

impl fmt::Debug for MaintenanceWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for {}", self.pattern, humantime::format_duration(self.duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(toml: &str) -> Result<MaintenanceWindow, String> {
        MaintenanceWindow::read(&Value::parse(toml).unwrap())
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_covers_its_start_but_not_its_end() {
        let sunday = window(r#"{ cron = "0 3 * * SUN", duration = "2h" }"#).unwrap();
        let over_at = at("2026-11-29T05:00:00Z");
        assert_eq!(sunday.over_at(at("2026-11-29T02:59:59Z")), None);
        assert_eq!(sunday.over_at(at("2026-11-29T03:00:00Z")), Some(over_at));
        assert_eq!(sunday.over_at(at("2026-11-29T04:59:59Z")), Some(over_at));
        assert_eq!(sunday.over_at(over_at), None);
    }

    #[test]
    fn a_window_that_cannot_be_is_refused() {
        assert!(window(r#"{ cron = "0 3 * *", duration = "2h" }"#).unwrap_err().contains("`0 3 * *` is none"));
        assert!(window(r#"{ cron = "0 0 31 2 *", duration = "2h" }"#).unwrap_err().contains("never"));
        assert!(window(r#"{ cron = "0 3 * * 0", duration = "2" }"#).unwrap_err().contains("unit"));
        assert!(window(r#"{ cron = "0 3 * * 0", length = "2h" }"#).is_err());
    }
}
