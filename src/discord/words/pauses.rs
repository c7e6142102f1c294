//! What people read about the stop button: whoever pressed it, the team, and everywhere that posts are shown while it
//! lasts.

use super::parts;
use crate::discord::face::{Face, handle, literal, plain_line};
use crate::discord::look::{GOES_ON, PAUSED, Standing, WARNING};
use crate::domain::account::Account;
use crate::domain::ids::MemberId;
use crate::domain::pause::{Pause, PauseRefusal};
use crate::flows::pause::{Paused, Resumed};

/// The reply to `/pause`.
#[must_use]
pub fn paused_now(paused: &Paused) -> Face {
    let what = what(paused.account.as_ref());
    let stopped = match &paused.stopped[..] {
        [] => String::new(),
        numbers => {
            format!("\nStopped before the last part of the video left, so nothing of it is out: {}.", posts(numbers))
        }
    };
    Face::text(format!(
        "{PAUSED} {what} is paused. Nothing goes out{} until somebody runs `/resume`. {}{stopped}{}",
        to_it(paused.account.as_ref()),
        MEANWHILE,
        too_late(&paused.past)
    ))
}

/// The channel is told that publishing is paused: by whom, why, and what nobody can stop any more.
#[must_use]
pub fn paused(account: Option<&Account>, by: MemberId, reason: Option<&str>, past: &[i64]) -> Face {
    let what = match account {
        Some(account) => format!("publishing to {}", parts::account(account)),
        None => "all publishing".to_owned(),
    };
    Face::text(format!(
        "{PAUSED} {} paused {what}.{}Nothing goes out{} until a reviewer or a manager runs `/resume`. {MEANWHILE}{}",
        parts::person(by),
        because(reason),
        to_it(account),
        too_late(past)
    ))
}

/// The reply to `/resume`.
#[must_use]
pub fn resumed_now(resumed: &Resumed) -> Face {
    let what = what(resumed.account.as_ref());
    let next = match &resumed.still {
        Some(all) => still_paused(all),
        None => afterwards(resumed.held),
    };
    Face::text(format!("{what} is resumed. {next}"))
}

/// The channel is told that publishing is resumed; `still` names the pause of all that goes on.
#[must_use]
pub fn resumed(
    account: Option<&Account>,
    by: MemberId,
    reason: Option<&str>,
    held: i64,
    still: Option<&Pause>,
) -> Face {
    let what = match account {
        Some(account) => format!("publishing to {}", parts::account(account)),
        None => "all publishing".to_owned(),
    };
    let next = still.map_or_else(|| afterwards(held), still_paused);
    Face::text(format!("{GOES_ON} {} resumed {what}.{}{next}", parts::person(by), because(reason)))
}

/// On the card of a post whose account is paused.
pub(in crate::discord) fn on_a_card(pause: &Pause) -> String {
    format!(
        "{PAUSED} {}. Until a reviewer or a manager runs `/resume`, nothing goes out; at its time this post is held, and \
         somebody decides afterwards.",
        who_and_why(pause)
    )
}

/// On the card of a post that is held while its account is paused.
pub(in crate::discord) fn on_a_held_card(pause: &Pause) -> String {
    format!(
        "Held, because publishing is paused. *Publish now* works once a reviewer or a manager has run `/resume`; *Move* \
         starts a new review and *Withdraw* stops it, now as well.\n{PAUSED} {}.",
        who_and_why(pause)
    )
}

/// In the list of accounts.
pub(super) fn in_the_list(pause: &Pause) -> String {
    format!(
        "{PAUSED} {}. Posts that fall due are held; after `/resume` somebody decides about each.",
        who_and_why(pause)
    )
}

/// Above the queue: everything that is paused; nothing where nothing is.
pub(in crate::discord) fn above_the_queue(pauses: &[(Pause, Option<Account>)]) -> String {
    let line = |(pause, account): &(Pause, Option<Account>)| {
        let what = account.as_ref().map_or_else(|| "Everything".to_owned(), |account| handle(&account.username));
        format!("{PAUSED} {what}: {}.\n", lower(&who_and_why(pause)))
    };
    pauses.iter().map(line).collect()
}

/// In the composer of a post for an account that is paused.
pub(in crate::discord) fn in_the_composer(pause: &Pause, username: &str) -> String {
    let (what, by) = match pause.account {
        Some(_) => (format!("Publishing to @{username}"), &pause.by_name),
        None => ("All publishing".to_owned(), &pause.by_name),
    };
    let why = pause.reason.as_ref().map_or_else(String::new, |reason| format!(" (“{reason}”)"));
    format!("{what} is paused by {by}{why}: should its time come before somebody resumes, the post is held.")
}

const MEANWHILE: &str = "Posts that fall due meanwhile are held, and somebody decides about each of them afterwards.";

/// The same refusal with other people's words in it made harmless.
pub(super) fn harmless(refusal: &PauseRefusal) -> PauseRefusal {
    let quoted = |word: &Option<String>| word.as_deref().map(literal);
    match refusal {
        PauseRefusal::NotYours => PauseRefusal::NotYours,
        PauseRefusal::Paused { username, by, reason } => {
            PauseRefusal::Paused { username: quoted(username), by: literal(by), reason: quoted(reason) }
        }
        PauseRefusal::Already { username, by, reason } => {
            PauseRefusal::Already { username: quoted(username), by: literal(by), reason: quoted(reason) }
        }
        PauseRefusal::NotPaused { username } => PauseRefusal::NotPaused { username: quoted(username) },
        PauseRefusal::WithAll { username, by } => {
            PauseRefusal::WithAll { username: literal(username), by: literal(by) }
        }
    }
}

fn what(account: Option<&Account>) -> String {
    account.map_or_else(|| "All publishing".to_owned(), |account| format!("Publishing to {}", parts::account(account)))
}

const fn to_it(account: Option<&Account>) -> &'static str {
    if account.is_some() { " to it" } else { "" }
}

/// A reason on a line of its own, or what stands between two sentences.
fn because(reason: Option<&str>) -> String {
    let reason = reason.map(|reason| plain_line(reason, parts::LONGEST_REASON));
    reason.map_or_else(|| " ".to_owned(), |reason| format!("\n> {reason}\n"))
}

fn who_and_why(pause: &Pause) -> String {
    let why = pause.reason.as_deref().map(|reason| plain_line(reason, parts::LONGEST_REASON));
    let why = why.map_or_else(String::new, |reason| format!(": {reason}"));
    let what = if pause.account.is_some() { "Paused" } else { "All publishing is paused" };
    format!("{what} by {} {}{why}", parts::person(pause.by), parts::relative(pause.since))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn too_late(past: &[i64]) -> String {
    match past {
        [] => String::new(),
        numbers => format!(
            "\n{WARNING} Nobody can stop {} any more: the last part of the video has left, so it may be out. What is on \
             TikTok can be deleted in the TikTok app.",
            posts(numbers)
        ),
    }
}

fn posts(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| format!("#{number}")).collect();
    let listed = parts::names(&numbers);
    if numbers.len() == 1 { format!("post {listed}") } else { format!("posts {listed}") }
}

fn afterwards(held: i64) -> String {
    let ahead = "Posts whose time is still ahead go out as scheduled.";
    match held {
        0 => format!("{ahead} Nothing is held."),
        1 => format!("{ahead} {} 1 post is held, and goes out only once somebody decides so.", Standing::Held.emoji()),
        many => format!(
            "{ahead} {} {many} posts are held, and each goes out only once somebody decides so.",
            Standing::Held.emoji()
        ),
    }
}

fn still_paused(all: &Pause) -> String {
    format!(
        "But all publishing is still paused, by {} {}: nothing goes out until somebody runs `/resume` without an account.",
        parts::person(all.by),
        parts::relative(all.since)
    )
}
