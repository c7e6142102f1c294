//! Checks everything that usually goes wrong and says what to do about it, in the order in which an operator meets it:
//! the settings, what is `stored`, the `lines` that leave the machine, the `machine`, `discord`, `tiktok`. What is missing keeps only those checks from being
//! made that need it.

mod discord;
mod lines;
mod machine;
mod stored;
mod tiktok;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::config::Config;
use crate::domain::clock::{SharedClock, SystemClock};

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Good,
    /// The bot would work, but somebody should know.
    Notice,
    /// The bot would not work.
    Bad,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was checked.
    pub check: &'static str,
    /// How it went.
    pub level: Level,
    /// What was found.
    pub found: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// What `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Would the bot work?
    pub works: bool,
    /// Everything that was checked.
    pub findings: Vec<Finding>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match finding.level {
                Level::Good => "ok  ",
                Level::Notice => "note",
                Level::Bad => "BAD ",
            };
            writeln!(f, "{mark}  {}: {}", finding.check, finding.found)?;
            if let Some(advice) = &finding.advice {
                writeln!(f, "      {advice}")?;
            }
        }
        f.write_str(if self.works { "The bot would work." } else { "The bot would not work yet." })
    }
}

impl Finding {
    fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, level: Level::Good, found: found.into(), advice: None }
    }

    fn notice(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Notice, found: found.into(), advice: Some(advice.into()) }
    }

    fn bad(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Bad, found: found.into(), advice: Some(advice.into()) }
    }
}

/// Checks everything that usually goes wrong.
pub async fn doctor(config: &Config) -> Report {
    doctor_at(config, Arc::new(SystemClock)).await
}

/// The same by another clock.
pub async fn doctor_at(config: &Config, clock: SharedClock) -> Report {
    let mut findings = vec![match config.require_for_run() {
        Ok(_) => Finding::good("settings", "everything that is needed is there"),
        Err(missing) => Finding::bad("settings", missing.to_string(), "fill them in and run doctor again"),
    }];
    let stored = stored::look(config, clock.now()).await;
    findings.extend(stored.findings);
    findings.extend(lines::look(config));
    findings.extend(machine::look(config).await);
    findings.extend(discord::look(config, stored.workspaces.as_deref()).await);
    findings.extend(tiktok::look(config, &clock).await);
    let works = findings.iter().all(|finding| finding.level != Level::Bad);
    Report { works, findings }
}
