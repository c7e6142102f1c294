//! What managers read when they take everything away, or have it erased.

use crate::discord::face::{Face, literal};
use crate::domain::video::size;
use crate::flows::export::Counts;
use crate::say;
use crate::store::Holdings;

/// The most of a server's name there is.
const LONGEST_NAME: usize = 100;

/// What an erasure would take, and what to type for it. `mistyped` if something else was typed.
#[must_use]
pub fn erase_asks(server: &str, holdings: &Holdings, mistyped: bool) -> Face {
    let mistyped = mistyped.then(|| say!("replies-erase-mistyped"));
    let all = [
        say!("replies-erase-asks"),
        say!("replies-erase-posts", count = holdings.posts),
        say!("replies-erase-videos", count = holdings.videos, size = size(holdings.video_bytes)),
        say!("replies-erase-accounts", count = holdings.accounts),
        say!("replies-erase-numbers", snapshots = holdings.snapshots, entries = holdings.entries),
        say!("replies-erase-settings"),
    ];
    let waiting = (holdings.waiting > 0).then(|| say!("replies-erase-waiting", count = holdings.waiting));
    let leaving = (holdings.leaving > 0).then(|| say!("replies-erase-leaving", count = holdings.leaving));
    let confirm = say!("replies-erase-confirm", server = name(server));
    let lines: Vec<String> = mistyped.into_iter().chain(all).chain(waiting).chain(leaving).chain([confirm]).collect();
    Face::text(lines.join("\n"))
}

/// Everything is gone.
#[must_use]
pub fn erased(holdings: &Holdings) -> Face {
    Face::text(say!("replies-erased", posts = holdings.posts, videos = holdings.videos, accounts = holdings.accounts))
}

/// Everything is stopped and goes as soon as it can.
#[must_use]
pub fn erasing(holdings: &Holdings) -> Face {
    Face::text(say!("replies-erasing", count = holdings.leaving))
}

/// The file with everything hangs on this message.
#[must_use]
pub fn exported(counts: &Counts) -> Face {
    let rows = |wanted: &str| {
        let found = counts.iter().find(|(name, _)| *name == wanted);
        found.map_or(0, |(_, rows)| u64::try_from(*rows).unwrap_or(u64::MAX))
    };
    Face::text(say!(
        "replies-exported",
        posts = rows("posts"),
        accounts = rows("accounts"),
        snapshots = rows("snapshots"),
        entries = rows("audit"),
    ))
}

/// More is stored than Discord takes as one file.
#[must_use]
pub fn export_too_large(limit_bytes: u64, workspace: u64) -> Face {
    Face::text(say!("replies-export-too-large", size = size(limit_bytes), workspace = workspace.to_string()))
}

/// A server's name as it has to be typed.
fn name(server: &str) -> String {
    literal(&server.chars().take(LONGEST_NAME).collect::<String>())
}
