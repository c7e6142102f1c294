//! The way in: the three things a person of a role does most.

use std::collections::BTreeMap;

use crate::discord::face::{Face, Panel};
use crate::discord::look::{NO, Standing, YES};
use crate::say;

/// The ids of the bot's commands by name, so that they can be pressed in a text.
pub type CommandIds = BTreeMap<String, u64>;

/// What somebody may do, for `/help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helped {
    /// Any member.
    Editor,
    /// Holds the reviewer role.
    Reviewer,
    /// May manage the server.
    Manager,
}

/// The three things a person of that role does most; `ids` maps `schedule` to the id of its command.
#[must_use]
pub fn help(who: Helped, ids: &CommandIds) -> Face {
    let link = |command: &str| mention(command, ids);
    let (title, steps) = match who {
        Helped::Editor => (
            say!("replies-help-editor"),
            say!(
                "replies-help-editor-steps",
                schedule = link("schedule"),
                queue = link("queue"),
                post_edit = link("post edit"),
                post_move = link("post move"),
                post_withdraw = link("post withdraw"),
            ),
        ),
        Helped::Reviewer => (
            say!("replies-help-reviewer"),
            say!(
                "replies-help-reviewer-steps",
                yes = YES,
                no = NO,
                queue = link("queue"),
                pause = link("pause"),
                resume = link("resume"),
            ),
        ),
        Helped::Manager => (
            say!("replies-help-manager"),
            say!(
                "replies-help-manager-steps",
                setup = link("setup"),
                connect = link("account connect"),
                list = link("account list"),
                digest = link("digest"),
            ),
        ),
    };
    Face::panel(Panel::new(Standing::Scheduled.colour(), title).text(steps))
}

/// A command that can be pressed where its id is known, its name otherwise.
fn mention(command: &str, ids: &CommandIds) -> String {
    let name = command.split(' ').next().unwrap_or(command);
    ids.get(name).map_or_else(|| format!("`/{command}`"), |id| format!("</{command}:{id}>"))
}
