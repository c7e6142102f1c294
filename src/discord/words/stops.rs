//! What a team reads once when an account, or the whole app, is stopped, instead of once for each of its posts.

use serenity::all::{ButtonStyle, CreateButton};

use super::parts;
use crate::discord::buttons::Press;
use crate::discord::face::{Face, handle, sentence};
use crate::discord::look::WARNING;
use crate::domain::account::Account;
use crate::domain::breaker::{Breaker, BreakerKind, Scope};
use crate::domain::ids::{AccountId, MemberId};
use crate::say;
use crate::tiktok::trouble::about_the_app;

/// What a breaker met, and what can be done. What is about the app may have been met, and written down, in another team's
/// language.
fn met(breaker: &Breaker) -> (String, String) {
    let known = about_the_app(&breaker.setback.code).filter(|_| breaker.scope == Scope::App);
    let (said, hint) = known.unwrap_or_else(|| (breaker.setback.said.clone(), breaker.setback.hint.clone()));
    (sentence(&said), sentence(&hint))
}

/// The channel is told that nothing goes out to an account, or to those the app has not posted for today.
#[must_use]
pub fn stopped(breaker: &Breaker, account: Option<&Account>) -> Face {
    let name = account.map_or_else(String::new, parts::account);
    let until = breaker.try_at.map_or_else(String::new, parts::short);
    let (met, hint) = met(breaker);
    let said = match breaker.kind {
        BreakerKind::Banned => say!("trouble-stopped-banned", name = name, hint = hint),
        BreakerKind::Reconnect => say!("trouble-stopped-reconnect", name = name, said = met, hint = hint),
        BreakerKind::TooManyPosts => say!("trouble-stopped-posts", name = name, hint = hint),
        BreakerKind::TooManyDrafts => say!("trouble-stopped-drafts", name = name, hint = hint),
        BreakerKind::TooManyAccounts => say!("trouble-stopped-accounts", until = until, hint = hint),
        BreakerKind::AppRefused => say!("trouble-stopped-app-refused", hint = hint),
    };
    let face = Face::text(format!("{WARNING} {said}"));
    match (breaker.kind, account) {
        (BreakerKind::Banned, Some(account)) => face.with_buttons(vec![
            Press::GoOn { account: account.id }.button(&say!("trouble-button-go-on"), ButtonStyle::Primary),
            Press::LookAtHeld.button(&say!("trouble-button-look-at-held"), ButtonStyle::Secondary),
        ]),
        (BreakerKind::Reconnect, Some(account)) => face.with_buttons(vec![connect(account.id)]),
        (
            BreakerKind::Banned
            | BreakerKind::Reconnect
            | BreakerKind::TooManyPosts
            | BreakerKind::TooManyDrafts
            | BreakerKind::TooManyAccounts
            | BreakerKind::AppRefused,
            _,
        ) => face,
    }
}

/// The button that gives a manager the link by which the account is connected anew.
pub(in crate::discord) fn connect(account: AccountId) -> CreateButton {
    Press::Connect { account }.button(&say!("trouble-button-connect"), ButtonStyle::Primary)
}

/// The channel is told that posts go out again that had to wait.
#[must_use]
pub fn goes_on(account: Option<&Account>) -> Face {
    Face::text(match account {
        Some(account) => say!("trouble-goes-on", name = parts::account(account)),
        None => say!("trouble-goes-on-app"),
    })
}

/// The message about a ban, once a manager says that it is over.
#[must_use]
pub fn went_on(account: &Account, by: MemberId) -> Face {
    Face::text(say!("trouble-went-on", person = parts::person(by), name = parts::account(account)))
}

/// Why a post waits whose time has come, for its card.
pub(in crate::discord) fn why_it_waits(breaker: &Breaker, username: &str) -> String {
    let next = match (breaker.kind, breaker.try_at) {
        (BreakerKind::Reconnect, _) => say!("trouble-waits-reconnect"),
        (BreakerKind::Banned, _) | (_, None) => held_because(username),
        (BreakerKind::TooManyPosts | BreakerKind::TooManyDrafts, Some(_)) => say!("trouble-waits-hourly"),
        (BreakerKind::AppRefused, Some(_)) => say!("trouble-waits-app-refused"),
        (BreakerKind::TooManyAccounts, Some(at)) => say!("trouble-waits-accounts", until = parts::short(at)),
    };
    let (said, hint) = met(breaker);
    say!("trouble-waits", said = said, next = next, hint = hint)
}

/// Why a post is held whose account is banned, for its card.
pub(in crate::discord) fn held_because(username: &str) -> String {
    say!("trouble-held-because", account = handle(username))
}

/// What stops an account, within the list of accounts.
pub(super) fn in_the_list(breaker: &Breaker) -> String {
    let (said, _) = met(breaker);
    let said = match (breaker.kind, breaker.try_at) {
        (BreakerKind::Banned, _) => say!("trouble-listed-banned", said = said),
        (BreakerKind::Reconnect, _) => say!("trouble-listed-reconnect", said = said),
        (_, Some(at)) => say!("trouble-listed-waiting", said = said, when = parts::relative(at)),
        (_, None) => said,
    };
    format!("{WARNING} {said}")
}
