//! Why a file is no table of posts.

use super::columns::Column;
use super::{LARGEST_FILE, MOST_ROWS};
use crate::domain::video::looks;
use crate::say;

/// How many headings are repeated in a refusal.
const FEW: usize = 5;

/// Why a file is no table of posts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum SheetRefusal {
    /// It is larger than any that could be taken.
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// It is something else.
    NotCsv {
        /// What it looks like.
        looks_like: &'static str,
    },
    /// A row has another number of cells, or a quote is never closed.
    Broken {
        /// What is wrong, and where.
        said: String,
    },
    /// A column that is needed is not there.
    Lacks {
        /// Which.
        names: Vec<String>,
    },
    /// Headings nobody knows.
    Unknown {
        /// Which.
        names: Vec<String>,
    },
    /// Two columns are the same.
    Twice {
        /// Which.
        name: String,
    },
    /// There are headings and nothing below.
    NoRows,
    /// More than can be taken at once.
    TooMany {
        /// How many.
        count: usize,
    },
}

impl SheetRefusal {
    /// The sentence.
    fn said(&self) -> String {
        match self {
            Self::TooLarge => say!("bulk-too-large", most = LARGEST_FILE / 1_048_576),
            Self::Empty => say!("bulk-empty"),
            Self::NotCsv { looks_like } => say!("bulk-not-csv", looks_like = looks(looks_like)),
            Self::Broken { said } => say!("bulk-broken", said = said.as_str()),
            Self::Lacks { names } => say!("bulk-lacks", count = names.len(), names = listed(names)),
            Self::Unknown { names } => say!("bulk-unknown", count = names.len(), names = listed(names)),
            Self::Twice { name } => say!("bulk-twice", name = name.as_str()),
            Self::NoRows => say!("bulk-no-rows"),
            Self::TooMany { count } => say!("bulk-too-many", count = *count, most = MOST_ROWS),
        }
    }

    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::TooLarge | Self::TooMany { .. } => say!("bulk-hint-split", most = MOST_ROWS),
            Self::Empty | Self::NoRows => say!("bulk-hint-rows"),
            Self::NotCsv { .. } => say!("bulk-hint-save-as"),
            Self::Broken { .. } => say!("bulk-hint-quotes"),
            Self::Lacks { .. } | Self::Twice { .. } => say!("bulk-hint-first-line"),
            Self::Unknown { .. } => {
                let known: Vec<_> =
                    Column::ALL.iter().filter(|one| **one != Column::Ours).map(Column::to_string).collect();
                say!("bulk-hint-columns", names = format!("`{}`", known.join("`, `")))
            }
        }
    }
}

/// The first of these names, and how many more there are.
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(FEW).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(FEW) {
        None | Some(0) => shown,
        Some(more) => say!("bulk-names-and-more", names = shown, count = more),
    }
}
