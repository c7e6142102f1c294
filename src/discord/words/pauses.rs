//! What people read about the stop button: whoever pressed it, the team, and everywhere that posts are shown while it
//! lasts.

use super::parts;
use crate::discord::face::{Face, handle, literal, plain_line};
use crate::discord::look::{GOES_ON, PAUSED, Standing, WARNING};
use crate::domain::account::Account;
use crate::domain::ids::MemberId;
use crate::domain::pause::{Pause, PauseRefusal};
use crate::flows::pause::{Paused, Resumed};
use crate::say;

/// The reply to `/pause`.
#[must_use]
pub fn paused_now(paused: &Paused) -> Face {
    let said = match &paused.account {
        Some(account) => say!("replies-paused-now-account", account = parts::account(account)),
        None => say!("replies-paused-now"),
    };
    let stopped = match &paused.stopped[..] {
        [] => String::new(),
        stopped => {
            let posts = posts(stopped);
            format!("\n{}", say!("replies-paused-stopped", count = stopped.len(), posts = posts))
        }
    };
    let meanwhile = say!("replies-paused-meanwhile");
    Face::text(format!("{PAUSED} {said} {meanwhile}{stopped}{}", too_late(&paused.past)))
}

/// The channel is told that publishing is paused: by whom, why, and what nobody can stop any more.
#[must_use]
pub fn paused(account: Option<&Account>, by: MemberId, reason: Option<&str>, past: &[i64]) -> Face {
    let (person, reason) = (parts::person(by), because(reason));
    let (said, until) = match account {
        Some(account) => (
            say!("replies-paused-by-account", emoji = PAUSED, person = person, account = parts::account(account)),
            say!("replies-paused-until-account"),
        ),
        None => (say!("replies-paused-by", emoji = PAUSED, person = person), say!("replies-paused-until")),
    };
    let meanwhile = say!("replies-paused-meanwhile");
    Face::text(format!("{said}{reason}{until} {meanwhile}{}", too_late(past)))
}

/// The reply to `/resume`.
#[must_use]
pub fn resumed_now(resumed: &Resumed) -> Face {
    let said = match &resumed.account {
        Some(account) => say!("replies-resumed-now-account", account = parts::account(account)),
        None => say!("replies-resumed-now"),
    };
    let next = match &resumed.still {
        Some(all) => still_paused(all),
        None => afterwards(resumed.held),
    };
    Face::text(format!("{said} {next}"))
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
    let person = parts::person(by);
    let said = match account {
        Some(account) => {
            say!("replies-resumed-by-account", emoji = GOES_ON, person = person, account = parts::account(account))
        }
        None => say!("replies-resumed-by", emoji = GOES_ON, person = person),
    };
    let next = still.map_or_else(|| afterwards(held), still_paused);
    Face::text(format!("{said}{}{next}", because(reason)))
}

/// On the card of a post whose account is paused.
pub(in crate::discord) fn on_a_card(pause: &Pause) -> String {
    say!("replies-pause-on-a-card", emoji = PAUSED, pause = who_and_why(pause))
}

/// On the card of a post that is held while its account is paused.
pub(in crate::discord) fn on_a_held_card(pause: &Pause) -> String {
    say!("replies-pause-on-a-held-card", emoji = PAUSED, pause = who_and_why(pause))
}

/// In the list of accounts.
pub(super) fn in_the_list(pause: &Pause) -> String {
    say!("replies-pause-in-the-list", emoji = PAUSED, pause = who_and_why(pause))
}

/// Above the queue: everything that is paused; nothing where nothing is.
pub(in crate::discord) fn above_the_queue(pauses: &[(Pause, Option<Account>)]) -> String {
    pauses.iter().map(|(pause, account)| format!("{}\n", line_above(pause, account.as_ref()))).collect()
}

fn line_above(pause: &Pause, account: Option<&Account>) -> String {
    let what = account.map_or_else(|| say!("replies-pause-above-everything"), |account| handle(&account.username));
    let (person, since, reason) = (parts::person(pause.by), parts::relative(pause.since), why(pause));
    if pause.account.is_some() {
        say!(
            "replies-pause-above-the-queue-account",
            emoji = PAUSED,
            what = what,
            person = person,
            since = since,
            reason = reason,
        )
    } else {
        say!(
            "replies-pause-above-the-queue",
            emoji = PAUSED,
            what = what,
            person = person,
            since = since,
            reason = reason,
        )
    }
}

/// In the composer of a post for an account that is paused.
pub(in crate::discord) fn in_the_composer(pause: &Pause, username: &str) -> String {
    let (name, reason) = (pause.by_name.as_str(), pause.reason.as_deref().unwrap_or_default());
    let why = if pause.reason.is_some() { "yes" } else { "no" };
    match pause.account {
        Some(_) => {
            say!("replies-pause-in-the-composer-account", account = username, name = name, why = why, reason = reason)
        }
        None => say!("replies-pause-in-the-composer", name = name, why = why, reason = reason),
    }
}

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

/// A reason on a line of its own, or what stands between two sentences.
fn because(reason: Option<&str>) -> String {
    let reason = reason.map(|reason| plain_line(reason, parts::LONGEST_REASON));
    reason.map_or_else(|| " ".to_owned(), |reason| format!("\n> {reason}\n"))
}

fn who_and_why(pause: &Pause) -> String {
    let (person, since) = (parts::person(pause.by), parts::relative(pause.since));
    let said = if pause.account.is_some() {
        say!("replies-pause-account", person = person, since = since)
    } else {
        say!("replies-pause", person = person, since = since)
    };
    format!("{said}{}", why(pause))
}

/// A reason after a sentence that has no end yet.
fn why(pause: &Pause) -> String {
    let reason = pause.reason.as_deref().map(|reason| plain_line(reason, parts::LONGEST_REASON));
    reason.map_or_else(String::new, |reason| format!(": {reason}"))
}

fn too_late(past: &[i64]) -> String {
    match past {
        [] => String::new(),
        past => {
            let posts = posts(past);
            format!("\n{}", say!("replies-paused-too-late", warning = WARNING, count = past.len(), posts = posts))
        }
    }
}

fn posts(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| format!("#{number}")).collect();
    parts::names(&numbers)
}

fn afterwards(held: i64) -> String {
    say!("replies-resumed-held", count = held, emoji = Standing::Held.emoji())
}

fn still_paused(all: &Pause) -> String {
    say!("replies-resumed-still-paused", person = parts::person(all.by), since = parts::relative(all.since))
}
