//! What is wrong with the settings, said so that the operator can mend all of it in one go.
//!
//! A problem names the key, what was given and what is accepted. It never repeats a secret: neither its value nor the
//! line of the file it stands on.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A line of the settings file, counted from 1.
    Line(usize),
    /// An environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Variable(name) => write!(f, "from {name}"),
        }
    }
}

/// One thing wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting's name, such as `discord.token`; empty when the file as a whole is meant.
    pub key: String,
    /// What was given and what is accepted.
    pub said: String,
    /// Where it was given, when it was.
    pub origin: Option<Origin>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() {
            write!(f, "`{}`", self.key)?;
        }
        if let Some(origin) = &self.origin {
            let gap = if self.key.is_empty() { "" } else { " " };
            write!(f, "{gap}({origin})")?;
        }
        if !self.key.is_empty() || self.origin.is_some() {
            f.write_str(": ")?;
        }
        f.write_str(&self.said)
    }
}

/// Everything wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The settings file, when there is one.
    pub file: Option<PathBuf>,
    /// Each problem, in the order of the file.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    /// The same, said of this file.
    #[must_use]
    pub fn in_file(self, file: &Path) -> Self {
        Self { file: Some(file.to_path_buf()), ..self }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => f.write_str("a setting needs a change")?,
            many => write!(f, "{many} settings need a change")?,
        }
        if let Some(file) = &self.file {
            write!(f, " in {}", file.display())?;
        }
        f.write_str(":")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for ConfigError {}
