//! Many posts from one file: what a table of rows says, read without guessing.
//!
//! [`sheet`] turns bytes of any usual encoding and delimiter into cells, [`columns`] finds what each column is called in
//! English or German, [`row`] reads the cells of one row. A row that cannot be read says everything that is wrong with it
//! at once, each with what would be right; what the file as a whole lacks refuses all of it. Nothing TikTok wants chosen by
//! a person is chosen here: a row without a level of visibility is no good row.

mod columns;
mod refusal;
pub mod report;
mod row;
mod sheet;

use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;

use super::creator::Choices;
use super::schedule::local_day;

pub use columns::{Column, EXAMPLE};
pub use refusal::SheetRefusal;
pub use row::{RowProblem, Source, read_row};
pub use sheet::{Sheet, read_sheet};

/// The most rows one file may have.
pub const MOST_ROWS: usize = 200;

/// The largest file that is looked at. Ten thousand rows are far smaller, so that they are refused by their number.
pub const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// What one row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// When, as it was typed.
    pub when: String,
    /// Where the video is.
    pub video: Source,
    /// The words, as they were typed.
    pub caption: String,
    /// The account's handle; the only one there is if absent.
    pub account: Option<String>,
    /// Everything else that was chosen.
    pub choices: Choices,
}

/// The example with times on the day after tomorrow.
#[must_use]
pub fn example(zone: Tz, now: DateTime<Utc>) -> String {
    let day = local_day(now, zone) + Days::new(2);
    EXAMPLE.replace("{day}", &day.to_string())
}
