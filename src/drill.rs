//! Places at which the crash test has the program die, and mistakes it has the program make on purpose.
//!
//! The places are points with a name, along the way of a publication; every transaction, just before and just after it is
//! made true; and every call to TikTok or of the outbox to Discord, just before and just after it. Only the first are
//! listed: a program under test writes down which of the others it came by, into the file that `DRILL_LOG` names, and the
//! crash test reads them there.
//!
//! Both exist only in the build that `examples/crashes` makes for itself (the feature `crash-test`); everywhere else a
//! point is nothing and a mistake is the constant `false`. They are armed through the environment variable `FAILPOINTS`,
//! in the words of the `fail` crate: `keep.after=return` dies at the first passage, `keep.after=20%return` at one in
//! five, `mistake.late=return` makes the mistake.
//!
//! This is the floor of the house: every room may stand on it, and it knows nobody.

use std::fmt::Display;

/// Every point with a name, by room and in the order in which a publication passes them. A test holds this list against
/// the source: each name stands there once.
pub const POINTS: [&str; 36] = [
    "claim.before",
    "claim.inside",
    "claim.after",
    "extend.before",
    "extend.inside",
    "extend.after",
    "begin.before",
    "creator_info.before",
    "creator_info.after",
    "start.before",
    "start.after",
    "init.before",
    "init.after",
    "open.before",
    "open.after",
    "chunk.before",
    "chunk.after",
    "chunk.kept",
    "commit.before",
    "commit.after",
    "last.before",
    "last.after",
    "status.before",
    "status.after",
    "keep.before",
    "keep.inside",
    "keep.after",
    "let_go.before",
    "let_go.inside",
    "let_go.after",
    "renew.before",
    "renew.again",
    "renew.after",
    "tokens.before",
    "tokens.inside",
    "tokens.after",
];

/// Every mistake: to start again past the point of no return, to note TikTok's name for an upload only after the bytes,
/// and to write without asking whether the claim still holds.
pub const MISTAKES: [&str; 3] = ["restart", "late", "unfenced"];

/// Whether this is the build of the crash test.
pub const IS_CRASH_TEST: bool = cfg!(feature = "crash-test");

/// Arms what the environment names. A word it cannot read ends the program, for a test that arms nothing proves nothing.
#[cfg(feature = "crash-test")]
pub fn arm() {
    // Kept until the process ends: at its end the scenario would disarm everything.
    std::mem::forget(fail::FailScenario::setup());
}

/// Nothing can be armed in this build.
#[cfg(not(feature = "crash-test"))]
pub const fn arm() {}

/// Dies here, as from a loss of power, when the point of that name is armed.
#[cfg(feature = "crash-test")]
pub fn point(name: &str) {
    fail::fail_point!(name, |_| std::process::abort());
}

/// Nothing dies in this build.
#[cfg(not(feature = "crash-test"))]
#[inline]
pub const fn point(_name: &str) {}

/// Passes the places just before and just after a transaction of this place in the source, or a call of that name. In the
/// build of the crash test either may be the end, and what comes by is written down.
///
/// # Errors
/// What `work` says. Only work that went well has an `after`.
#[cfg(feature = "crash-test")]
pub async fn around<T, E>(place: impl Display + Send, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    seen(&format!("{place} before"));
    let done = work.await?;
    seen(&format!("{place} after"));
    Ok(done)
}

#[cfg(feature = "crash-test")]
fn seen(name: &str) {
    log::note(name);
    point(name);
}

/// Nothing dies in this build.
///
/// # Errors
/// What `work` says.
#[cfg(not(feature = "crash-test"))]
#[inline]
pub fn around<T, E, Work>(_place: impl Display, work: Work) -> Work
where
    Work: Future<Output = Result<T, E>>,
{
    work
}

/// Which transactions and calls this process came by.
#[cfg(feature = "crash-test")]
mod log {
    use std::collections::BTreeSet;
    use std::fs::OpenOptions;
    use std::io::Write as _;
    use std::sync::{Mutex, PoisonError};

    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    /// Writes a name down the first time. Where that fails the crash test misses the name and says so.
    pub(super) fn note(name: &str) {
        let Some(path) = std::env::var_os("DRILL_LOG") else { return };
        let is_new = SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        if is_new && let Ok(mut file) = OpenOptions::new().create(true).append(true).open(path) {
            drop(file.write_all(format!("{name}\n").as_bytes()));
        }
    }
}

/// Whether the mistake of that name is to be made.
#[cfg(feature = "crash-test")]
#[must_use]
pub fn mistake(name: &str) -> bool {
    fail::fail_point!(&format!("mistake.{name}"), |_| true);
    false
}

/// No mistake is made in this build.
#[cfg(not(feature = "crash-test"))]
#[inline]
#[must_use]
pub const fn mistake(_name: &str) -> bool {
    false
}
