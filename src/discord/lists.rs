//! Lists of posts for whoever asks, page by page, and one post as its own page.
//!
//! A page keeps its filter in its buttons, so paging works after a restart and for as long as the message lives.

use chrono::{DateTime, Datelike as _, Utc};
use chrono_tz::Tz;
use serenity::all::{ButtonStyle, CreateButton};

use super::buttons::{Press, QueueFilter};
use super::cards::{CardView, shown_privately};
use super::face::{Face, Panel, bare_line, handle, units};
use super::look::Standing;
use super::words::parts;
use crate::domain::account::Account;
use crate::domain::digest::caption_preview;
use crate::domain::post::Post;
use crate::domain::publication::{Publication, PublicationStage};
use crate::domain::schedule::{short_month, short_weekday};
use crate::say;

/// How many posts one page of the queue shows.
pub const PAGE_SIZE: usize = 10;

/// How much of the page the lines may take.
const LONGEST_LIST: usize = 3_900;

/// Longest name of a choice.
const LONGEST_CHOICE: usize = 100;

/// One post of a queue.
#[derive(Debug, Clone, Copy)]
pub struct QueueEntry<'a> {
    /// The post.
    pub post: &'a Post,
    /// Its publication, once there is one.
    pub publication: Option<&'a Publication>,
    /// Where it should appear.
    pub account: &'a Account,
}

/// What a page of the queue shows.
#[derive(Debug, Clone, Copy)]
pub struct QueueView<'a> {
    /// The posts of this page only, in any order, at most [`PAGE_SIZE`].
    pub entries: &'a [QueueEntry<'a>],
    /// What was asked for.
    pub filter: QueueFilter,
    /// Which page, from zero.
    pub page: u16,
    /// How many posts there are on all pages.
    pub total: usize,
    /// What stands above the list, if anything: what is paused.
    pub above: &'a str,
    /// The member's zone.
    pub zone: Tz,
    /// Which moment it shows.
    pub now: DateTime<Utc>,
}

/// One page of what is coming.
#[must_use]
pub fn queue(view: &QueueView<'_>) -> Face {
    let colour = view.filter.standing.unwrap_or(Standing::Scheduled).colour();
    let mut title = say!("cards-queue");
    if let Some(entry) = view.entries.first().filter(|_| view.filter.account.is_some()) {
        title.push_str(&format!(" · {}", handle(&entry.account.username)));
    }
    if let Some(standing) = view.filter.standing {
        title.push_str(&format!(" · {}", standing.badge()));
    }
    let pages = view.total.div_ceil(PAGE_SIZE).max(1);
    if view.entries.is_empty() {
        return Face::panel(Panel::new(colour, title).text(format!("{}{}", view.above, nothing(view))))
            .with_buttons(if view.page > 0 { turning(view, pages) } else { Vec::new() });
    }
    let mut entries = view.entries.to_vec();
    entries.sort_by_key(|entry| (due_at(entry).is_some(), due_at(entry), entry.post.number));
    let lines: Vec<String> = entries.iter().map(|entry| line(entry, view.now)).collect();
    let footer = say!(
        "cards-queue-footer",
        page = usize::from(view.page) + 1,
        pages = pages,
        count = view.total,
        zone = view.zone.name()
    );
    let buttons = if pages > 1 { turning(view, pages) } else { Vec::new() };
    let room = LONGEST_LIST.saturating_sub(units(view.above));
    let text = format!("{}{}", view.above, parts::lines(&lines, room));
    Face::panel(Panel::new(colour, title).text(text).footer(footer)).with_buttons(buttons)
}

/// One post for whoever asked: the card without verdict buttons and without pinging anybody.
#[must_use]
pub fn shown(view: &CardView<'_>) -> Face {
    shown_privately(view)
}

/// A post as one of autocomplete's choices: `#42 · Fri 27 Nov, 18:00 · in review · Friday latte`; no markdown, no timestamps.
#[must_use]
pub fn choice(post: &Post, publication: Option<&Publication>, zone: Tz) -> String {
    let due = due(post, publication);
    let when = due.map_or_else(|| say!("cards-choice-asap"), |at| moment(at, zone));
    let standing = Standing::of(post, publication);
    let caption = caption_preview(post.caption.as_str());
    let label = format!("#{} · {when} · {standing} · {caption}", post.number);
    bare_line(label.trim_end_matches([' ', '·']), LONGEST_CHOICE)
}

/// An instant where Discord renders no timestamps: `Fri 27 Nov, 18:00`.
fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let at = at.with_timezone(&zone);
    let (day, time) = (at.date_naive(), at.format("%H:%M").to_string());
    say!(
        "cards-choice-when",
        weekday = short_weekday(day.weekday()),
        day = day.day(),
        month = short_month(day),
        time = time
    )
}

/// An account as one of autocomplete's choices: `Harbour Café (@harbour.cafe)`.
#[must_use]
pub fn account_choice(account: &Account) -> String {
    bare_line(&format!("{} (@{})", account.nickname, account.username), LONGEST_CHOICE)
}

fn due_at(entry: &QueueEntry<'_>) -> Option<DateTime<Utc>> {
    due(entry.post, entry.publication)
}

/// When a post goes out. A publication that was cancelled says nothing of that: the post may have another time since.
fn due(post: &Post, publication: Option<&Publication>) -> Option<DateTime<Utc>> {
    let counts = publication.filter(|publication| publication.stage() != PublicationStage::Cancelled);
    counts.map(|publication| publication.due_at).or_else(|| post.due.instant())
}

fn line(entry: &QueueEntry<'_>, now: DateTime<Utc>) -> String {
    let standing = Standing::of(entry.post, entry.publication);
    let when = match due_at(entry) {
        Some(at) if (at - now).num_hours().abs() < 24 => format!("{} ({})", parts::short(at), parts::relative(at)),
        Some(at) => parts::short(at),
        None => say!("cards-once-approved"),
    };
    format!(
        "{} **#{}** · {when} · {} · {} · {}",
        standing.emoji(),
        entry.post.number,
        handle(&entry.account.username),
        standing.said(),
        parts::preview(entry.post.caption.as_str())
    )
}

fn nothing(view: &QueueView<'_>) -> String {
    if view.page > 0 {
        return say!("cards-queue-page-gone");
    }
    if view.filter == QueueFilter::default() {
        return say!("cards-queue-nothing-coming");
    }
    say!("cards-queue-nothing-matches")
}

fn turning(view: &QueueView<'_>, pages: usize) -> Vec<CreateButton> {
    let page = view.page;
    let last = usize::from(page) + 1 >= pages;
    let to = |page| Press::Page { filter: view.filter, page };
    // A button that leads nowhere still needs a name of its own.
    let before = if page == 0 { u16::MAX } else { page - 1 };
    vec![
        to(before).button(&say!("cards-button-earlier"), ButtonStyle::Secondary).disabled(page == 0),
        to(page.saturating_add(1)).button(&say!("cards-button-later"), ButtonStyle::Secondary).disabled(last),
    ]
}
