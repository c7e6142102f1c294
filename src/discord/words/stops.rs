//! What a team reads once when an account, or the whole app, is stopped, instead of once for each of its posts.

use serenity::all::ButtonStyle;

use super::parts;
use crate::discord::buttons::Press;
use crate::discord::face::{Face, handle, sentence};
use crate::discord::look::WARNING;
use crate::domain::account::Account;
use crate::domain::breaker::{Breaker, BreakerKind};
use crate::domain::ids::MemberId;

/// The channel is told that nothing goes out to an account, or to those the app has not posted for today.
#[must_use]
pub fn stopped(breaker: &Breaker, account: Option<&Account>) -> Face {
    let name = account.map_or_else(String::new, parts::account);
    let hint = sentence(&breaker.setback.hint);
    let until = breaker.try_at.map_or_else(String::new, parts::short);
    let said = match breaker.kind {
        BreakerKind::Banned => format!(
            "{WARNING} TikTok has banned {name} from posting. Nothing goes out to it: posts that fall due are held, and \
             nobody is asked about each of them before somebody who may manage this server presses *Go on*."
        ),
        BreakerKind::Reconnect => format!(
            "{WARNING} Nothing goes out to {name}: {} Posts that fall due wait, and go out by themselves once it is \
             connected again; those that are too late by then are held, and people are asked.",
            sentence(&breaker.setback.said)
        ),
        BreakerKind::TooManyPosts => format!(
            "{WARNING} TikTok takes no more posts from {name} for now. Posts that fall due wait and are tried again \
             every hour, one at a time, until a day after their time; nobody has to do anything."
        ),
        BreakerKind::TooManyDrafts => format!(
            "{WARNING} The TikTok inbox of {name} holds 5 drafts of the last 24 hours, which is all TikTok allows. Posts \
             that fall due wait and are tried again every hour, one at a time, until a day after their time."
        ),
        BreakerKind::TooManyAccounts => format!(
            "{WARNING} TikTok lets this app post for only so many accounts a day, and today's are used up. Posts of \
             accounts that have not posted today wait until {until}, and then go out by themselves. Nobody here did \
             anything wrong; whoever runs this Greenroom can ask TikTok for more."
        ),
        BreakerKind::AppRefused => format!(
            "{WARNING} TikTok does not accept the credentials of this app, so nothing goes out to any account. Posts that \
             fall due wait and are tried again every 10 minutes, one at a time, until a day after their time. Nobody here \
             did anything wrong; whoever runs this Greenroom can mend it."
        ),
    };
    let face = Face::text(format!("{said}\nhint: {hint}"));
    match (breaker.kind, account) {
        (BreakerKind::Banned, Some(account)) => face.with_buttons(vec![
            Press::GoOn { account: account.id }.button("Go on", ButtonStyle::Primary),
            Press::LookAtHeld.button("Look at what is held", ButtonStyle::Secondary),
        ]),
        _ => face,
    }
}

/// The channel is told that posts go out again that had to wait.
#[must_use]
pub fn goes_on(account: Option<&Account>) -> Face {
    let whose = account.map_or_else(|| "this app".to_owned(), parts::account);
    Face::text(format!(
        "TikTok takes posts from {whose} again. Those that waited go out now, in the order they were due."
    ))
}

/// The message about a ban, once a manager says that it is over.
#[must_use]
pub fn went_on(account: &Account, by: MemberId) -> Face {
    Face::text(format!(
        "{} has {} go on: posts go out to it again as they fall due. What was held meanwhile is asked about in a message \
         of its own.",
        parts::person(by),
        parts::account(account)
    ))
}

/// Why a post waits whose time has come, for its card.
pub(in crate::discord) fn why_it_waits(breaker: &Breaker, username: &str) -> String {
    let next = match (breaker.kind, breaker.try_at) {
        (BreakerKind::Reconnect, _) => {
            "It goes out by itself once the account is connected again, unless it is too late by then.".to_owned()
        }
        (BreakerKind::Banned, _) | (_, None) => held_because(username),
        (BreakerKind::TooManyPosts | BreakerKind::TooManyDrafts, Some(_)) => {
            "It is tried again every hour until a day after its time; nobody has to do anything.".to_owned()
        }
        (BreakerKind::AppRefused, Some(_)) => {
            "It is tried again every 10 minutes until a day after its time; whoever runs this Greenroom can mend it."
                .to_owned()
        }
        (BreakerKind::TooManyAccounts, Some(at)) => {
            format!("It goes out by itself after {}; nobody here has to do anything.", parts::short(at))
        }
    };
    format!("Waiting: {} {next}\nhint: {}", sentence(&breaker.setback.said), sentence(&breaker.setback.hint))
}

/// Why a post is held whose account is banned, for its card.
pub(in crate::discord) fn held_because(username: &str) -> String {
    format!(
        "TikTok does not let {} post. Somebody who may manage this server presses *Go on* once it does again; then people \
         decide.",
        handle(username)
    )
}

/// What stops an account, within the list of accounts.
pub(super) fn in_the_list(breaker: &Breaker) -> String {
    let said = sentence(&breaker.setback.said);
    match (breaker.kind, breaker.try_at) {
        (BreakerKind::Banned, _) => {
            format!(
                "{WARNING} {said} Posts that fall due are held; after a manager presses *Go on* somebody decides about each."
            )
        }
        (BreakerKind::Reconnect, _) => {
            format!("{WARNING} {said} Posts that fall due wait until it is connected again.")
        }
        (_, Some(at)) => {
            format!("{WARNING} {said} Posts that are due wait; it is tried again {}.", parts::relative(at))
        }
        (_, None) => format!("{WARNING} {said}"),
    }
}
