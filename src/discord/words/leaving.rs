//! What managers read when they take everything away, or have it erased.

use crate::discord::face::{Face, literal};
use crate::domain::video::size;
use crate::flows::export::Counts;
use crate::store::Holdings;

/// The most of a server's name there is.
const LONGEST_NAME: usize = 100;

/// What an erasure would take, and what to type for it. `mistyped` if something else was typed.
#[must_use]
pub fn erase_asks(server: &str, holdings: &Holdings, mistyped: bool) -> Face {
    let said = if mistyped { "That is not this server's name, so nothing was touched.\n" } else { "" };
    let going_out = match holdings.waiting {
        0 => String::new(),
        1 => "\n- the 1 post that is planned or waits for a decision will not go out".to_owned(),
        many => format!("\n- the {many} posts that are planned or wait for a decision will not go out"),
    };
    Face::text(format!(
        "{said}`/erase` deletes everything Greenroom has stored about this server, for good:\n\
         - {}, with their approvals, revisions and history\n\
         - {} ({})\n\
         - {}, whose permission is returned to TikTok\n\
         - {} and {}\n\
         - all settings{going_out}{}\n\
         What is on TikTok stays there, and so do messages in your channels. `/export` gives you everything first.\n\
         hint: to erase everything, type the server's name: `/erase confirm:{}`",
        counted(holdings.posts, "post", "posts"),
        counted(holdings.videos, "stored video", "stored videos"),
        size(holdings.video_bytes),
        counted(holdings.accounts, "TikTok account", "TikTok accounts"),
        counted(holdings.snapshots, "snapshot of numbers", "snapshots of numbers"),
        counted(holdings.entries, "entry of the audit trail", "entries of the audit trail"),
        on_its_way(holdings.leaving),
        name(server),
    ))
}

/// Everything is gone.
#[must_use]
pub fn erased(holdings: &Holdings) -> Face {
    Face::text(format!(
        "Everything Greenroom had stored about this server is erased: {}, {}, {}, settings and history. Nothing that was \
         planned goes out. Messages in your channels stay until you delete them.\n\
         hint: `/setup` begins anew",
        counted(holdings.posts, "post", "posts"),
        counted(holdings.videos, "video", "videos"),
        counted(holdings.accounts, "TikTok account", "TikTok accounts"),
    ))
}

/// Everything is stopped and goes as soon as it can.
#[must_use]
pub fn erasing(holdings: &Holdings) -> Face {
    let why = match holdings.leaving {
        0 => "TikTok has not taken the accounts' permission back yet; that is tried for a day at most.".to_owned(),
        1 => "1 post was with TikTok already and can no longer be stopped; its end is awaited, for a day at most."
            .to_owned(),
        many => format!(
            "{many} posts were with TikTok already and can no longer be stopped; their end is awaited, for a day at most."
        ),
    };
    Face::text(format!(
        "Everything that was planned is stopped, and everything stored about this server is being erased. {why} Then the \
         rest is deleted, without anybody having to do anything.\n\
         hint: what is on TikTok can be deleted in the TikTok app"
    ))
}

/// The file with everything hangs on this message.
#[must_use]
pub fn exported(counts: &Counts) -> Face {
    let rows = |wanted: &str| {
        let found = counts.iter().find(|(name, _)| *name == wanted);
        found.map_or(0, |(_, rows)| u64::try_from(*rows).unwrap_or(u64::MAX))
    };
    Face::text(format!(
        "Everything Greenroom has stored about this server, as JSON and CSV: {}, {}, {}, {} and the rest. Tokens are not in \
         it, and videos are not either: whoever runs this Greenroom can export those with `greenroom export`.",
        counted(rows("posts"), "post", "posts"),
        counted(rows("accounts"), "TikTok account", "TikTok accounts"),
        counted(rows("snapshots"), "snapshot of numbers", "snapshots of numbers"),
        counted(rows("audit"), "entry of the audit trail", "entries of the audit trail"),
    ))
}

/// More is stored than Discord takes as one file.
#[must_use]
pub fn export_too_large(limit_bytes: u64, workspace: u64) -> Face {
    Face::text(format!(
        "More is stored about this server than Discord takes as one file ({}).\n\
         hint: whoever runs this Greenroom gets all of it with `greenroom export --config FILE --workspace {workspace} \
         --out DIR`",
        size(limit_bytes)
    ))
}

fn on_its_way(leaving: u64) -> String {
    match leaving {
        0 => String::new(),
        1 => "\n- 1 post is with TikTok already and can no longer be stopped: its end is awaited, then it goes as well"
            .to_owned(),
        many => format!(
            "\n- {many} posts are with TikTok already and can no longer be stopped: their end is awaited, then they go as \
             well"
        ),
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A server's name as it has to be typed.
fn name(server: &str) -> String {
    literal(&server.chars().take(LONGEST_NAME).collect::<String>())
}
