//! The digest.
use super::face::Face;
use crate::domain::digest::Digest;

/// The name of the chart a digest shows.
pub const CHART_FILE: &str = "chart.png";

/// The story of a day; `chart` says whether a file called [`CHART_FILE`] goes with it.
#[must_use]
pub fn digest(digest: &Digest, chart: bool) -> Face {
    Face::text(format!("{} {chart}", digest.day))
}
