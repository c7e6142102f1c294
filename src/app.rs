//! Builds every part, runs them together, stops them in order. The only place that knows everybody.

use std::fmt;

use serde::Serialize;

use crate::config::{Config, Roles};

/// What `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Would the bot work?
    pub works: bool,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.works { "it would work" } else { "it would not work" })
    }
}

/// Runs these parts until the process is asked to stop.
///
/// # Errors
/// A part cannot start, or ends before it is asked to.
pub async fn run(config: Config, roles: Roles) -> anyhow::Result<()> {
    drop(config);
    anyhow::bail!("{roles} is not wired yet")
}

/// Brings the database up to date.
///
/// # Errors
/// The database cannot be reached or changed.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    anyhow::bail!("{:?} is not wired yet", config.database)
}

/// Checks everything that usually goes wrong.
pub async fn doctor(config: &Config) -> Report {
    let _ = config;
    Report { works: false }
}
