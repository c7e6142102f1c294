//! The sentences only commands say; all others are in `discord/words`.

use crate::discord::face::{Face, literal};

/// A command that is not known (any more), or whose options changed.
pub(super) fn command_changed() -> Face {
    Face::text("This command was updated just now.\nhint: try again; if it still looks old, reload Discord")
}

/// Outside a server there is no team.
pub(super) fn servers_only() -> Face {
    Face::text("Greenroom works in servers only.\nhint: use this command in your team's server")
}

/// An option that could not be read.
pub(super) fn unreadable(given: Option<&str>) -> Face {
    let what = given.map_or_else(|| "One of the options".to_owned(), |given| format!("`{}`", literal(given)));
    Face::text(format!("{what} could not be read.\nhint: choose from the list that appears while you type"))
}

/// A link that is no link.
pub(super) fn not_a_link(given: &str) -> Face {
    Face::text(format!(
        "`{}` is not a link.\nhint: attach the file with the option `video`, or give the whole link, beginning with `https://`",
        literal(given)
    ))
}

/// A file and a link at once.
pub(super) fn one_video() -> Face {
    Face::text("A post has one video, and both `video` and `video_url` were given.\nhint: give one of them")
}

/// A visibility TikTok does not know.
pub(super) fn not_a_privacy(given: &str) -> Face {
    Face::text(format!(
        "`{}` is none of TikTok's levels of visibility.\nhint: choose from the list, or leave it out and choose in the \
         composer",
        literal(given)
    ))
}

/// A digest time that is none.
pub(super) fn not_a_clock_time(given: &str) -> Face {
    Face::text(format!("`{}` is no time of day.\nhint: write it as `09:00` or `18:30`", literal(given)))
}

/// A month that is none.
pub(super) fn not_a_month(given: &str) -> Face {
    Face::text(format!(
        "`{}` is no month.\nhint: write it as `december`, `12/2026` or `next`, or leave it out for this month",
        literal(given)
    ))
}

/// A state that is none.
pub(super) fn not_a_state(given: &str) -> Face {
    Face::text(format!("`{}` is no state of a post.\nhint: choose from the list", literal(given)))
}

/// Discord did not say what may be done where.
pub(super) fn could_not_check() -> String {
    "Discord did not tell which permissions there are just now: run `/setup` again to check".to_owned()
}
