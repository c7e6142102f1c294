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
use crate::domain::schedule::{short_month, short_weekday};
use crate::say;

/// The name of the chart a digest shows.
pub const CHART_FILE: &str = "chart.png";

/// How many accounts have a field of their own; four fields are kept for the day, one for those left out.
const MOST_ACCOUNTS: usize = 15;

/// The story of a day; `chart` says whether a file called [`CHART_FILE`] goes with it.
#[must_use]
pub fn digest(digest: &Digest, chart: bool) -> Face {
    let day = digest.day;
    let title = say!(
        "cards-digest-title",
        weekday = short_weekday(day.weekday()),
        day = day.day(),
        month = short_month(day),
        year = day.year()
    );
    let headed = |standing: Standing, said: String| format!("{} {said}", standing.emoji());
    let mut panel = Panel::new(Standing::Published.colour(), title).text(opening(digest));
    // What needs a person comes first: on a phone the end is scrolled past.
    panel = panel.field(&say!("cards-digest-needs-a-hand"), list(digest.needs_a_hand.iter().map(needs)), false).field(
        &headed(Standing::Failed, say!("cards-digest-failed")),
        list(digest.failed.iter().map(post)),
        false,
    );
    for account in digest.accounts.iter().take(MOST_ACCOUNTS) {
        panel = panel.field(&plain_line(&account.name, parts::LONGEST_NAME), numbers(account), false);
    }
    if digest.accounts.len() > MOST_ACCOUNTS {
        let more = digest.accounts.len() - MOST_ACCOUNTS;
        let said = say!("cards-digest-more-accounts", count = more, most = MOST_ACCOUNTS);
        panel = panel.field(&say!("cards-digest-and"), said, false);
    }
    panel = panel
        .field(
            &headed(Standing::Scheduled, say!("cards-digest-goes-out-today")),
            list(digest.going_out_today.iter().map(post)),
            false,
        )
        .field(
            &headed(Standing::InReview, say!("cards-digest-waits-for-review")),
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
        return say!("cards-digest-nothing");
    }
    let (today, waiting) = (digest.going_out_today.len(), digest.waiting_for_review.len());
    let opening = say!("cards-digest-opening", today = today, waiting = waiting);
    match digest.needs_a_hand.len() + digest.failed.len() {
        0 => opening,
        hands => format!("{opening} {}", say!("cards-digest-hands", count = hands)),
    }
}

fn numbers(account: &AccountStory) -> String {
    let Some(day) = &account.day else {
        return say!("cards-digest-no-numbers-yet");
    };
    let figures = [
        (say!("cards-digest-views"), day.views),
        (say!("cards-digest-likes"), day.likes),
        (say!("cards-digest-comments"), day.comments),
        (say!("cards-digest-shares"), day.shares),
        (say!("cards-digest-followers"), day.followers),
    ];
    let mut lines: Vec<String> =
        figures.iter().filter_map(|(name, figure)| figure.map(|figure| self::figure(name, figure))).collect();
    if lines.is_empty() {
        return say!("cards-digest-no-numbers");
    }
    lines.extend(best("day", day.best.as_ref()));
    lines.extend(best("week", day.best_of_week.as_ref()));
    lines.extend(coverage(day));
    lines.push(say!("cards-digest-read", when = parts::relative(day.taken_at)));
    parts::lines(&lines, LONGEST_VALUE)
}

fn figure(name: &str, figure: Figure) -> String {
    let mut said = vec![format!("{name} **{}**", short_number(figure.now))];
    match (figure.since_yesterday, figure.over_week) {
        (None, None) => said.push(say!("cards-digest-first-reading")),
        (yesterday, week) => {
            said.extend(yesterday.map(|change| say!("cards-digest-since-yesterday", change = signed(change))));
            said.extend(week.map(|change| say!("cards-digest-over-week", change = signed(change))));
        }
    }
    said.join(" · ")
}

fn signed(change: i64) -> String {
    match change {
        0 => "±0".to_owned(),
        1.. => format!("+{}", short_number(change)),
        ..0 => short_number(change),
    }
}

/// The post that gained most in a span: the `day` or the `week`.
fn best(span: &str, best: Option<&BestPost>) -> Option<String> {
    let best = best?;
    let title = match plain_line(&best.title, parts::LONGEST_NAME) {
        empty if empty.is_empty() => say!("cards-digest-untitled"),
        title => title,
    };
    // A bracket or space would end the link early.
    let url = best.share_url.as_deref().filter(|url| is_web_address(url) && !url.contains(['(', ')', ' ', '<', '>']));
    let named = url.map_or_else(|| title.clone(), |url| format!("[{title}]({url})"));
    let (gained, views) = (signed(best.views_gained), short_number(best.views));
    let said = |named: String| {
        let (gained, views) = (gained.as_str(), views.as_str());
        say!("cards-digest-best", span = span, post = named, gained = gained, views = views)
    };
    let whole = said(named);
    // Half an address would be worse than none.
    Some(if whole.len() < LONGEST_VALUE / 3 { whole } else { said(title) })
}

fn coverage(day: &AccountDay) -> Option<String> {
    let all = usize::try_from(day.videos_in_all?).ok()?;
    (day.videos_listed < all && day.views.is_some())
        .then(|| say!("cards-digest-coverage", listed = day.videos_listed, all = all))
}

fn list(all: impl Iterator<Item = String>) -> String {
    parts::lines(&all.collect::<Vec<_>>(), LONGEST_VALUE)
}

fn post(line: &PostLine) -> String {
    let when = line.due_at.map_or_else(|| say!("cards-once-approved"), parts::short);
    format!("**#{}** · {when} · {} · {}", line.number, name(&line.account), parts::preview(&line.caption))
}

fn needs(hand: &NeedsAHand) -> String {
    let said = match hand {
        NeedsAHand::TokenExpiring { account, at } => {
            say!("cards-hand-permission-ends", account = name(account), when = parts::relative(*at))
        }
        NeedsAHand::Reconnect { account } => say!("cards-hand-permission-gone", account = name(account)),
        NeedsAHand::BudgetNearItsEnd { account, used, allowed } => {
            say!("cards-hand-budget", account = name(account), used = *used, allowed = *allowed)
        }
        NeedsAHand::Paused { account } => say!("cards-hand-paused", account = name(account)),
        NeedsAHand::Held(line) => format!("{} {}", Standing::Held.emoji(), say!("cards-hand-held", post = post(line))),
        NeedsAHand::Unclear(line) => {
            format!("{} {}", Standing::Unclear.emoji(), say!("cards-hand-unclear", post = post(line)))
        }
        NeedsAHand::NoNumbers { account, last_at: Some(at) } => {
            say!("cards-hand-no-numbers-since", account = name(account), since = parts::short(*at))
        }
        NeedsAHand::NoNumbers { account, last_at: None } => say!("cards-hand-no-numbers", account = name(account)),
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
