//! The sentences only commands say; all others are in `discord/words`.

use crate::discord::face::{Face, literal};
use crate::say;

/// A command that is not known (any more), or whose options changed.
pub(super) fn command_changed() -> Face {
    Face::text(say!("commands-changed"))
}

/// Outside a server there is no team.
pub(super) fn servers_only() -> Face {
    Face::text(say!("commands-servers-only"))
}

/// An option that could not be read.
pub(super) fn unreadable(given: Option<&str>) -> Face {
    Face::text(match given {
        Some(given) => say!("commands-unreadable", given = literal(given)),
        None => say!("commands-unreadable-option"),
    })
}

/// A link that is no link.
pub(super) fn not_a_link(given: &str) -> Face {
    Face::text(say!("commands-not-a-link", given = literal(given)))
}

/// A file and a link at once.
pub(super) fn one_video() -> Face {
    Face::text(say!("commands-one-video"))
}

/// A visibility TikTok does not know.
pub(super) fn not_a_privacy(given: &str) -> Face {
    Face::text(say!("commands-not-a-privacy", given = literal(given)))
}

/// A digest time that is none.
pub(super) fn not_a_clock_time(given: &str) -> Face {
    Face::text(say!("commands-not-a-clock-time", given = literal(given)))
}

/// A month that is none.
pub(super) fn not_a_month(given: &str) -> Face {
    Face::text(say!("commands-not-a-month", given = literal(given)))
}

/// A state that is none.
pub(super) fn not_a_state(given: &str) -> Face {
    Face::text(say!("commands-not-a-state", given = literal(given)))
}

/// Discord did not say what may be done where.
pub(super) fn could_not_check() -> String {
    say!("commands-could-not-check")
}
