//! What managers read about the TikTok accounts of their team.

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::ButtonStyle;

use super::{parts, pauses, stops};
use crate::discord::buttons::Press;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, handle, link_button};
use crate::discord::look::{Standing, WARNING};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::breaker::Breaker;
use crate::domain::creator::Scope;
use crate::domain::ids::MemberId;
use crate::domain::pause::Pause;

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
    let how = match delivery {
        Delivery::Direct => "Posts to it will be published directly.",
        Delivery::Draft => "Posts to it will land in its TikTok inbox, and somebody finishes them in the app.",
    };
    let face = Face::text(format!(
        "This link is yours alone, works once, and ends {}. It leads to TikTok, where you sign in as the account and \
         agree. {how}\n{}The team is told once it is connected.",
        parts::relative(expires_at),
        if is_pasted { PASTE } else { "" }
    ));
    let paste = is_pasted.then(|| Press::PasteAddress.button("Paste the address", ButtonStyle::Secondary));
    face.with_buttons(link_button("Connect on TikTok", url).into_iter().chain(paste).collect())
}

/// What to do where TikTok's page leads to an address nobody answers at.
const PASTE: &str = "Afterwards your browser shows a page that begins with `http://127.0.0.1`; it may say that it cannot be \
                     reached, and that is all right. Copy its whole address, come back here, press *Paste the address* \
                     and send it. Keep it to yourself: it works once, and only for you.\n";

/// The channel is told who connected what, and which features the granted scopes allow.
#[must_use]
pub fn connected(account: &Account, by: MemberId) -> Face {
    Face::text(format!(
        "{} connected the TikTok account {}. {}\n{}",
        parts::person(by),
        parts::account(account),
        delivered(account.delivery),
        features(account)
    ))
}

/// The channel is told that an account was disconnected.
#[must_use]
pub fn disconnected(username: &str, by: MemberId) -> Face {
    Face::text(format!(
        "{} disconnected the TikTok account {}. Its permission is returned to TikTok and forgotten here; nothing more goes \
         out to it.",
        parts::person(by),
        handle(username)
    ))
}

/// The channel is told that an account has to be connected again; `waiting` posts of it are due within a day.
#[must_use]
pub fn needs_reconnect(account: &Account, waiting: i64) -> Face {
    let soon = match waiting {
        0 => String::new(),
        1 => " One of them is due within 24 hours.".to_owned(),
        many => format!(" {many} of them are due within 24 hours."),
    };
    Face::text(format!(
        "{WARNING} TikTok no longer accepts our permission for {}. Nothing goes out to it until somebody who may manage \
         this server runs `/account connect` and signs in as that account. Posts that fall due wait, and go out by \
         themselves once it is connected again; those that are too late by then are held, and people are asked.{soon}",
        parts::account(account)
    ))
}

/// The channel is warned of posts that are due within a day and will not go out.
#[must_use]
pub fn will_not_go_out(account: &Account, waiting: i64) -> Face {
    let posts = if waiting == 1 { "1 post".to_owned() } else { format!("{waiting} posts") };
    let why = match account.health {
        Health::NeedsReconnect => "TikTok no longer accepts our permission for it",
        Health::Disconnected | Health::Connected => "it is disconnected",
    };
    Face::text(format!(
        "{WARNING} {posts} in the next 24 hours will not go out to {}: {why}.\nhint: somebody who may manage this server \
         runs `/account connect` and signs in as that account",
        parts::account(account)
    ))
}

/// The channel is told that TikTok wants a new consent before long.
#[must_use]
pub fn consent_ends(account: &Account) -> Face {
    Face::text(format!(
        "{WARNING} TikTok's permission for {} ends {}. Nothing is lost yet, and posts go out until then.\nhint: somebody \
         who may manage this server runs `/account connect` before, and signs in as that account",
        parts::account(account),
        parts::relative(account.refresh_expires_at)
    ))
}

/// The reply to `/account list`.
#[must_use]
pub fn accounts(lines: &[AccountLine<'_>], now: DateTime<Utc>) -> Face {
    let panel = Panel::new(Standing::Scheduled.colour(), "TikTok accounts");
    if lines.is_empty() {
        return Face::panel(panel.text(
            "No TikTok account is connected yet.\nhint: somebody who may manage this server connects one with `/account \
             connect`",
        ));
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
        Health::Connected if account.refresh_expires_at - now < SOON => format!(
            "{WARNING} Connected, but the permission ends {}: run `/account connect` before.",
            parts::relative(account.refresh_expires_at)
        ),
        Health::Connected => format!(
            "Connected by {}. The permission renews itself; TikTok wants a new consent by {}.",
            parts::person(account.connected_by),
            parts::short(account.refresh_expires_at)
        ),
        Health::NeedsReconnect => {
            format!("{WARNING} TikTok refuses our permission: a manager runs `/account connect`.")
        }
        Health::Disconnected => return "Disconnected. Nothing goes out to it.".to_owned(),
    };
    let what = match account.delivery {
        Delivery::Direct => "posts",
        Delivery::Draft => "drafts",
    };
    let stopped = line.stopped.filter(|_| account.health == Health::Connected).map(stops::in_the_list);
    let budget = format!("{} of {} {what} used in the last 24 hours.", line.used, line.allowed);
    let rest = [delivered(account.delivery).to_owned(), features(account), budget];
    let paused = line.paused.map(pauses::in_the_list);
    let said: Vec<String> = [health].into_iter().chain(paused).chain(stopped).chain(rest).collect();
    let said = said.join("\n");
    crate::discord::face::shorten(&said, LONGEST_VALUE)
}

const fn delivered(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Direct => "Posts are published directly.",
        Delivery::Draft => "Posts land in its TikTok inbox, and somebody finishes them in the app.",
    }
}

/// What the granted scopes allow, and what is missing for the rest.
fn features(account: &Account) -> String {
    let all = [
        (Scope::VideoPublish, "publishing"),
        (Scope::VideoUpload, "drafts"),
        (Scope::UserInfoStats, "the account's numbers"),
        (Scope::VideoList, "each video's numbers"),
    ];
    let (granted, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|(scope, _)| account.scopes.contains(*scope));
    let works: Vec<String> = granted.iter().map(|(_, what)| (*what).to_owned()).collect();
    let lacks: Vec<String> = missing.iter().map(|(scope, what)| format!("{what} (`{scope}`)")).collect();
    let works = if works.is_empty() {
        "Nothing was granted.".to_owned()
    } else {
        format!("Granted: {}.", parts::names(&works))
    };
    let cannot = match account.delivery {
        _ if account.can_publish() || account.health != Health::Connected => "",
        Delivery::Direct => " So nothing can be published to it.",
        Delivery::Draft => " So no drafts can be left in its inbox.",
    };
    if lacks.is_empty() {
        return works;
    }
    format!(
        "{works} Not granted: {}.{cannot} To grant the rest run `/account connect` again and leave every switch on TikTok's \
         page on; posts and history stay.",
        parts::names(&lacks)
    )
}
