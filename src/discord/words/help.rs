//! The way in: the three things a person of a role does most.

use std::collections::BTreeMap;

use crate::discord::face::{Face, Panel};
use crate::discord::look::{NO, Standing, YES};

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
            "What you can do here",
            [
                format!("{} hands in a video: time, caption, settings, then *Submit for review*.", link("schedule")),
                format!("{} shows what is coming and where every post stands.", link("queue")),
                format!(
                    "{} changes a post, {} gives it another time, {} stops it.",
                    link("post edit"),
                    link("post move"),
                    link("post withdraw")
                ),
            ],
        ),
        Helped::Reviewer => (
            "What you can do here as a reviewer",
            [
                format!("Judge cards in the review channel: press *Approve* or react with {YES}; {NO} declines."),
                format!("{} with `state: in review` lists what waits for you.", link("queue")),
                format!("{} stops everything at once; {} lets it go on.", link("pause"), link("resume")),
            ],
        ),
        Helped::Manager => (
            "What you can do here as a manager",
            [
                format!("{} sets who reviews, where, and by which clock.", link("setup")),
                format!(
                    "{} adds a TikTok account; {} shows how each is doing.",
                    link("account connect"),
                    link("account list")
                ),
                format!("{} shows the numbers now; every day they come by themselves.", link("digest")),
            ],
        ),
    };
    let [first, second, third] = steps;
    let text = format!("1. {first}\n2. {second}\n3. {third}");
    Face::panel(Panel::new(Standing::Scheduled.colour(), title).text(text))
}

/// A command that can be pressed where its id is known, its name otherwise.
fn mention(command: &str, ids: &CommandIds) -> String {
    let name = command.split(' ').next().unwrap_or(command);
    ids.get(name).map_or_else(|| format!("`/{command}`"), |id| format!("</{command}:{id}>"))
}
