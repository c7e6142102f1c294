//! The digest as a message: numbers of each account, then what the day brings and what needs a hand.
//!
//! It says only what the snapshots know. A figure TikTok did not give is left out and, where a whole account has none,
//! the reason is said; a change that was not measured is not shown as zero.

use chrono::Datelike as _;

use super::face::{Face, LONGEST_VALUE, Panel, is_web_address, plain_line, shorten};
use super::look::{Standing, WARNING};
use super::words::parts;
use crate::charts::short_number;
use crate::domain::digest::{AccountDay, AccountStory, BestPost, Digest, Figure, NeedsAHand, PostLine};

/// The name of the chart a digest shows.
pub const CHART_FILE: &str = "chart.png";

/// How many accounts have a field of their own; four fields are kept for the day, one for those left out.
const MOST_ACCOUNTS: usize = 15;

/// The story of a day; `chart` says whether a file called [`CHART_FILE`] goes with it.
#[must_use]
pub fn digest(digest: &Digest, chart: bool) -> Face {
    let title = format!("{} {}", digest.day.weekday(), digest.day.format("%-d %b %Y"));
    let mut panel = Panel::new(Standing::Published.colour(), format!("Digest · {title}")).text(opening(digest));
    // What needs a person comes first: on a phone the end is scrolled past.
    panel = panel.field("Needs a hand", list(digest.needs_a_hand.iter().map(needs)), false).field(
        &format!("{} Failed", Standing::Failed.emoji()),
        list(digest.failed.iter().map(post)),
        false,
    );
    for account in digest.accounts.iter().take(MOST_ACCOUNTS) {
        panel = panel.field(&plain_line(&account.name, parts::LONGEST_NAME), numbers(account), false);
    }
    if digest.accounts.len() > MOST_ACCOUNTS {
        let more = digest.accounts.len() - MOST_ACCOUNTS;
        let said =
            format!("{} not shown here; a digest has room for {MOST_ACCOUNTS}.", parts::count(more, "more account"));
        panel = panel.field("And", said, false);
    }
    panel = panel
        .field(
            &format!("{} Goes out today", Standing::Scheduled.emoji()),
            list(digest.going_out_today.iter().map(post)),
            false,
        )
        .field(
            &format!("{} Waits for review", Standing::InReview.emoji()),
            list(digest.waiting_for_review.iter().map(post)),
            false,
        );
    if chart {
        panel = panel.attached_image(CHART_FILE);
    }
    Face::panel(panel)
}

fn opening(digest: &Digest) -> String {
    if digest.is_empty() {
        return "There is nothing to tell: no TikTok account is connected, and no post is on its way.\nhint: somebody who \
                may manage this server connects an account with `/account connect`"
            .to_owned();
    }
    let today = match digest.going_out_today.len() {
        0 => "Nothing goes out today".to_owned(),
        1 => "1 post goes out today".to_owned(),
        many => format!("{many} posts go out today"),
    };
    let waiting = match digest.waiting_for_review.len() {
        0 => "nothing waits for review".to_owned(),
        1 => "1 waits for review".to_owned(),
        many => format!("{many} wait for review"),
    };
    let hands = match digest.needs_a_hand.len() + digest.failed.len() {
        0 => String::new(),
        1 => " One thing needs a hand.".to_owned(),
        many => format!(" {many} things need a hand."),
    };
    format!("{today}, {waiting}.{hands}")
}

fn numbers(account: &AccountStory) -> String {
    let Some(day) = &account.day else {
        return "No numbers yet: none have been read from TikTok.".to_owned();
    };
    let figures = [
        ("Views", day.views),
        ("Likes", day.likes),
        ("Comments", day.comments),
        ("Shares", day.shares),
        ("Followers", day.followers),
    ];
    let mut lines: Vec<String> =
        figures.iter().filter_map(|(name, figure)| figure.map(|figure| self::figure(name, figure))).collect();
    if lines.is_empty() {
        return "No numbers: this account granted neither `user.info.stats` nor `video.list`.\nhint: `/account connect` \
                asks for them again"
            .to_owned();
    }
    lines.extend(best("Best post since yesterday", day.best.as_ref()));
    lines.extend(best("Best post of the week", day.best_of_week.as_ref()));
    lines.extend(coverage(day));
    lines.push(format!("Read {}", parts::relative(day.taken_at)));
    parts::lines(&lines, LONGEST_VALUE)
}

fn figure(name: &str, figure: Figure) -> String {
    let mut said = format!("{name} **{}**", short_number(figure.now));
    match (figure.since_yesterday, figure.over_week) {
        (None, None) => said.push_str(" · first reading"),
        (yesterday, week) => {
            said.extend(yesterday.map(|change| format!(" · {} since yesterday", signed(change))));
            said.extend(week.map(|change| format!(" · {} over 7 days", signed(change))));
        }
    }
    said
}

fn signed(change: i64) -> String {
    match change {
        0 => "±0".to_owned(),
        1.. => format!("+{}", short_number(change)),
        ..0 => short_number(change),
    }
}

fn best(what: &str, best: Option<&BestPost>) -> Option<String> {
    let best = best?;
    let title = match plain_line(&best.title, parts::LONGEST_NAME) {
        empty if empty.is_empty() => "a video without a title".to_owned(),
        title => title,
    };
    // A bracket or space would end the link early.
    let url = best.share_url.as_deref().filter(|url| is_web_address(url) && !url.contains(['(', ')', ' ', '<', '>']));
    let named = url.map_or_else(|| title.clone(), |url| format!("[{title}]({url})"));
    let (gained, views) = (signed(best.views_gained), short_number(best.views));
    let said = format!("{what}: {named} · {gained} views, {views} in all");
    // Half an address would be worse than none.
    (said.len() < LONGEST_VALUE / 3)
        .then_some(said)
        .or_else(|| Some(format!("{what}: {title} · {gained} views, {views} in all")))
}

fn coverage(day: &AccountDay) -> Option<String> {
    let all = usize::try_from(day.videos_in_all?).ok()?;
    (day.videos_listed < all && day.views.is_some())
        .then(|| format!("Counted over the newest {} of {all} videos", day.videos_listed))
}

fn list(all: impl Iterator<Item = String>) -> String {
    parts::lines(&all.collect::<Vec<_>>(), LONGEST_VALUE)
}

fn post(line: &PostLine) -> String {
    let when = line.due_at.map_or_else(|| "as soon as it is approved".to_owned(), parts::short);
    format!("**#{}** · {when} · {} · {}", line.number, name(&line.account), parts::preview(&line.caption))
}

fn needs(hand: &NeedsAHand) -> String {
    let said = match hand {
        NeedsAHand::TokenExpiring { account, at } => {
            format!(
                "{}: the permission ends {}. A manager runs `/account connect`.",
                name(account),
                parts::relative(*at)
            )
        }
        NeedsAHand::Reconnect { account } => {
            format!("{}: the permission is gone, nothing goes out. A manager runs `/account connect`.", name(account))
        }
        NeedsAHand::BudgetNearItsEnd { account, used, allowed } => {
            format!("{}: {used} of {allowed} posts used in the last 24 hours.", name(account))
        }
        NeedsAHand::Paused { account } => {
            format!("{}: paused. Nothing goes out until somebody runs `/resume`.", name(account))
        }
        NeedsAHand::Held(line) => format!("{} Held: {}", Standing::Held.emoji(), post(line)),
        NeedsAHand::Unclear(line) => {
            format!("{} Unclear, somebody has to look on TikTok: {}", Standing::Unclear.emoji(), post(line))
        }
        NeedsAHand::NoNumbers { account, last_at: Some(at) } => {
            format!("{}: no numbers could be read since {}.", name(account), parts::short(*at))
        }
        NeedsAHand::NoNumbers { account, last_at: None } => {
            format!("{}: no numbers could be read yet.", name(account))
        }
    };
    match hand {
        NeedsAHand::Held(_) | NeedsAHand::Unclear(_) => said,
        NeedsAHand::TokenExpiring { .. }
        | NeedsAHand::Reconnect { .. }
        | NeedsAHand::BudgetNearItsEnd { .. }
        | NeedsAHand::Paused { .. }
        | NeedsAHand::NoNumbers { .. } => format!("{WARNING} {said}"),
    }
}

fn name(account: &str) -> String {
    shorten(&plain_line(account, parts::LONGEST_NAME), parts::LONGEST_NAME)
}
