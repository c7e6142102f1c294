//! What managers read about the TikTok accounts of their team.

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::ButtonStyle;

use super::stops::connect;
use super::{parts, pauses, stops};
use crate::discord::buttons::Press;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, handle, link_button};
use crate::discord::look::{Standing, WARNING};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::breaker::Breaker;
use crate::domain::creator::Scope;
use crate::domain::ids::MemberId;
use crate::domain::pause::Pause;
use crate::say;

/// A permission that ends sooner than this is worth a word.
const SOON: TimeDelta = TimeDelta::days(14);

/// One account of the list.
#[derive(Debug, Clone, Copy)]
pub struct AccountLine<'a> {
    /// Which.
    pub account: &'a Account,
    /// Posts, or drafts where it takes those, that went out in the last 24 hours.
    pub used: usize,
    /// How many of them are allowed in 24 hours.
    pub allowed: u32,
    /// What stops it, if anything does.
    pub stopped: Option<&'a Breaker>,
    /// Who has paused it or all, if somebody has.
    pub paused: Option<&'a Pause>,
}

/// The reply to `/account connect`: a personal link; `is_pasted` where what it leads to has to be brought back.
#[must_use]
pub fn connect_link(url: &str, delivery: Delivery, expires_at: DateTime<Utc>, is_pasted: bool) -> Face {
    let link = say!("replies-connect-link", until = parts::relative(expires_at), delivery = delivery.word());
    let paste = is_pasted.then(|| say!("replies-connect-paste"));
    let said: Vec<String> = [link].into_iter().chain(paste).chain([say!("replies-connect-told")]).collect();
    let open = link_button(&say!("replies-connect-button"), url);
    let paste =
        is_pasted.then(|| Press::PasteAddress.button(&say!("replies-connect-paste-button"), ButtonStyle::Secondary));
    Face::text(said.join("\n")).with_buttons(open.into_iter().chain(paste).collect())
}

/// The channel is told who connected what, and which features the granted scopes allow.
#[must_use]
pub fn connected(account: &Account, by: MemberId) -> Face {
    let said = say!("replies-account-connected", person = parts::person(by), account = parts::account(account));
    Face::text(format!("{said} {}\n{}", delivered(account.delivery), features(account)))
}

/// The channel is told that an account was disconnected.
#[must_use]
pub fn disconnected(username: &str, by: MemberId) -> Face {
    Face::text(say!("replies-account-disconnected", person = parts::person(by), account = handle(username)))
}

/// The channel is told that an account has to be connected again; `waiting` posts of it are due within a day.
#[must_use]
pub fn needs_reconnect(account: &Account, waiting: i64) -> Face {
    let said = say!("replies-account-needs-reconnect", warning = WARNING, account = parts::account(account));
    Face::text(match waiting {
        0 => said,
        soon => format!("{said} {}", say!("replies-account-needs-reconnect-soon", count = soon)),
    })
    .with_buttons(vec![connect(account.id)])
}

/// The channel is warned of posts that are due within a day and will not go out.
#[must_use]
pub fn will_not_go_out(account: &Account, waiting: i64) -> Face {
    let why = match account.health {
        Health::NeedsReconnect => "refused",
        Health::Disconnected | Health::Connected => "disconnected",
    };
    Face::text(say!(
        "replies-account-will-not-go-out",
        warning = WARNING,
        count = waiting,
        account = parts::account(account),
        why = why,
    ))
    .with_buttons(vec![connect(account.id)])
}

/// The channel is told that TikTok wants a new consent before long.
#[must_use]
pub fn consent_ends(account: &Account) -> Face {
    Face::text(say!(
        "replies-account-consent-ends",
        warning = WARNING,
        account = parts::account(account),
        when = parts::relative(account.refresh_expires_at),
    ))
    .with_buttons(vec![connect(account.id)])
}

/// The reply to `/account list`.
#[must_use]
pub fn accounts(lines: &[AccountLine<'_>], now: DateTime<Utc>) -> Face {
    let panel = Panel::new(Standing::Scheduled.colour(), say!("replies-accounts-title"));
    if lines.is_empty() {
        return Face::panel(panel.text(say!("replies-accounts-none")));
    }
    let panel = lines.iter().fold(panel, |panel, line| {
        let name = parts::account(line.account);
        panel.field(&name, one(line, now), false)
    });
    Face::panel(panel)
}

fn one(line: &AccountLine<'_>, now: DateTime<Utc>) -> String {
    let account = line.account;
    let health = match account.health {
        Health::Connected if account.refresh_expires_at - now < SOON => {
            let when = parts::relative(account.refresh_expires_at);
            say!("replies-accounts-ends-soon", warning = WARNING, when = when)
        }
        Health::Connected => say!(
            "replies-accounts-connected",
            person = parts::person(account.connected_by),
            when = parts::short(account.refresh_expires_at),
        ),
        Health::NeedsReconnect => say!("replies-accounts-refused", warning = WARNING),
        Health::Disconnected => return say!("replies-accounts-disconnected"),
    };
    let stopped = line.stopped.filter(|_| account.health == Health::Connected).map(stops::in_the_list);
    let budget =
        say!("replies-accounts-used", used = line.used, allowed = line.allowed, delivery = account.delivery.word());
    let rest = [delivered(account.delivery), features(account), budget];
    let paused = line.paused.map(pauses::in_the_list);
    let said: Vec<String> = [health].into_iter().chain(paused).chain(stopped).chain(rest).collect();
    let said = said.join("\n");
    crate::discord::face::shorten(&said, LONGEST_VALUE)
}

fn delivered(delivery: Delivery) -> String {
    match delivery {
        Delivery::Direct => say!("replies-accounts-direct"),
        Delivery::Draft => say!("replies-accounts-draft"),
    }
}

/// What the granted scopes allow, and what is missing for the rest.
fn features(account: &Account) -> String {
    let all = [
        (Scope::VideoPublish, say!("replies-accounts-feature-publish")),
        (Scope::VideoUpload, say!("replies-accounts-feature-drafts")),
        (Scope::UserInfoStats, say!("replies-accounts-feature-account")),
        (Scope::VideoList, say!("replies-accounts-feature-videos")),
    ];
    let (granted, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|(scope, _)| account.scopes.contains(*scope));
    let works: Vec<String> = granted.into_iter().map(|(_, what)| what).collect();
    let lacks: Vec<String> = missing.iter().map(|(scope, what)| format!("{what} (`{scope}`)")).collect();
    let works = if works.is_empty() {
        say!("replies-accounts-granted-nothing")
    } else {
        say!("replies-accounts-granted", features = parts::names(&works))
    };
    if lacks.is_empty() {
        return works;
    }
    let lacks = say!("replies-accounts-not-granted", features = parts::names(&lacks));
    let cannot = match account.delivery {
        _ if account.can_publish() || account.health != Health::Connected => None,
        Delivery::Direct => Some(say!("replies-accounts-no-publishing")),
        Delivery::Draft => Some(say!("replies-accounts-no-drafts")),
    };
    let said: Vec<String> = [works, lacks].into_iter().chain(cannot).chain([say!("replies-accounts-grant")]).collect();
    said.join(" ")
}
