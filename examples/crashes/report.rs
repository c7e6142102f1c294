//! What a run was and what came of it, short enough to be kept.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::course::Course;
use crate::history::Verdict;

/// Findings beyond this many are only counted.
const MOST_FINDINGS: usize = 40;

/// A run and its outcome.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) course: Course,
    pub(crate) engine: &'static str,
    pub(crate) kills: usize,
    pub(crate) freezes: usize,
    pub(crate) starved: usize,
    pub(crate) locks: usize,
    pub(crate) long_locks: usize,
    pub(crate) reconnected: usize,
    /// Troubles by kind, and all calls.
    pub(crate) troubles: (BTreeMap<String, usize>, usize),
    pub(crate) setting: Duration,
    pub(crate) took: Duration,
    pub(crate) verdict: Verdict,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { course, verdict, .. } = self;
        let build = if cfg!(debug_assertions) { "debug" } else { "release" };
        let mistake = course.mistake.map(|mistake| format!(", mistake `{mistake}`")).unwrap_or_default();
        let ahead = if course.sends_ahead() { ", bytes ahead" } else { "" };
        let bot = if course.discord { " with the bot" } else { "" };
        writeln!(
            out,
            "seed {}, {build} build {}, {}, {} workers{bot}{ahead}{mistake}: {} posts in {:.0} s ({:.0}/s), after {:.0} s of \
             setting up",
            course.seed,
            env!("CARGO_PKG_VERSION"),
            self.engine,
            course.workers,
            course.posts,
            self.took.as_secs_f64(),
            f64::from(u32::try_from(course.posts).unwrap_or(u32::MAX)) / self.took.as_secs_f64(),
            self.setting.as_secs_f64(),
        )?;
        writeln!(
            out,
            "kills {}, freezes {}, starts without room to write {}, database locked {} times ({} longer than a write \
             waits), accounts connected anew {}",
            self.kills, self.freezes, self.starved, self.locks, self.long_locks, self.reconnected
        )?;
        let (kinds, calls) = &self.troubles;
        let faults: usize = kinds.values().sum();
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        writeln!(out, "calls {calls}, faults {faults}: {}", kinds.join(", "))?;
        writeln!(
            out,
            "claims {}, tries {}, past the point of no return {}",
            verdict.claims, verdict.attempts, verdict.committed
        )?;
        writeln!(
            out,
            "approved {}: published {}, in the inbox {}, failed and told {}, unclear and told {}, held and told {}; not approved {}",
            verdict.approved,
            verdict.published,
            verdict.drafts,
            verdict.failed,
            verdict.unclear,
            verdict.held,
            verdict.unapproved
        )?;
        write!(
            out,
            "duplicates {}, lost {}, unapproved out {}, violations {}",
            verdict.duplicates,
            verdict.lost,
            verdict.unapproved_out,
            verdict.wrong.len()
        )?;
        for wrong in verdict.wrong.iter().take(MOST_FINDINGS) {
            write!(out, "\n  {wrong}")?;
        }
        Ok(())
    }
}
