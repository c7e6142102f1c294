//! The month as people see it: a picture, and below it the same in words, for whoever cannot see the picture and for
//! what does not fit into it.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use chrono_tz::Tz;
use serenity::all::{ButtonStyle, CreateButton};

use super::buttons::Press;
use super::face::{Face, Panel, bare_line, handle, shorten};
use super::look::Standing;
use super::words::parts;
use crate::charts::{MonthEntry, MonthView, PictureError, Tone, month_chart};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::schedule::{Month, local_day, short_weekday, short_weekdays};
use crate::say;
use crate::store::PostLine;

/// How much of the message the list may take: enough for a quiet month, and no wall of text below a full one.
const LONGEST_LIST: usize = 1_600;
/// Longest description of a picture.
/// <https://docs.discord.com/developers/resources/message#attachment-object>
const LONGEST_ALT: usize = 1_024;

/// What a calendar shows.
#[derive(Debug, Clone, Copy)]
pub struct CalendarView<'a> {
    /// Which month.
    pub month: Month,
    /// Its posts, in the order of their times.
    pub lines: &'a [PostLine],
    /// The team's accounts, disconnected ones too.
    pub accounts: &'a [Account],
    /// By which clock.
    pub zone: Tz,
    /// Which moment it shows.
    pub now: DateTime<Utc>,
}

/// The message below the picture.
#[must_use]
pub fn calendar(view: &CalendarView<'_>) -> Face {
    let text = if view.lines.is_empty() {
        say!("cards-calendar-nothing", month = view.month.said())
    } else {
        listed(&days(view))
    };
    let footer = say!("cards-calendar-footer", count = view.lines.len(), zone = view.zone.name());
    let panel = Panel::new(Standing::Scheduled.colour(), view.month.said()).text(text).footer(footer);
    Face::panel(panel).with_buttons(turning(view.month))
}

/// As many days as fit; where some do not, the last line says how many, and where they are.
fn listed(days: &[String]) -> String {
    let text = parts::lines(days, LONGEST_LIST);
    let is_whole = days.last().is_none_or(|last| text.ends_with(&shorten(last, LONGEST_LIST / 2)));
    match text.rsplit_once('\n') {
        Some((shown, _)) if !is_whole => {
            let more = say!("cards-calendar-more-days", count = days.len() - shown.lines().count());
            format!("{shown}\n{more}")
        }
        Some(_) | None => text,
    }
}

/// The picture as PNG.
///
/// # Errors
/// When it cannot be drawn.
pub fn picture(view: &CalendarView<'_>) -> Result<Vec<u8>, PictureError> {
    // A stripe for each account that has a post, in the order in which they come.
    let mut places: Vec<AccountId> = Vec::new();
    for line in view.lines {
        if !places.contains(&line.account) {
            places.push(line.account);
        }
    }
    let times: Vec<(NaiveDate, String)> = view.lines.iter().filter_map(|line| local(line, view.zone)).collect();
    let entry = |(line, (day, time)): (&PostLine, &'_ (NaiveDate, String))| {
        let account = places.iter().position(|one| *one == line.account).unwrap_or(0);
        (*day, time.clone(), account, tone(standing(line)))
    };
    let owned: Vec<_> = view.lines.iter().zip(&times).map(entry).collect();
    let entries: Vec<MonthEntry<'_>> = owned
        .iter()
        .map(|(day, time, account, tone)| MonthEntry { day: *day, time, account: *account, tone: *tone })
        .collect();
    let accounts: Vec<String> = places.iter().map(|id| format!("@{}", name(view, *id))).collect();
    let aside = say!("cards-calendar-posts", count = view.lines.len());
    let (more, weekdays) = (say!("cards-calendar-more"), short_weekdays());
    let tones = Tone::ALL.map(|tone| match tone {
        Tone::Waits => say!("cards-tone-waits"),
        Tone::Coming => say!("cards-tone-coming"),
        Tone::Out => say!("cards-tone-out"),
        Tone::Trouble => say!("cards-tone-trouble"),
        Tone::Over => say!("cards-tone-over"),
    });
    month_chart(&MonthView {
        month: view.month,
        today: local_day(view.now, view.zone),
        entries: &entries,
        accounts: &accounts,
        title: &view.month.said(),
        aside: &aside,
        weekdays: weekdays.each_ref().map(String::as_str),
        tones: tones.each_ref().map(String::as_str),
        more: &more,
    })
}

/// What the picture shows, for whoever cannot see it.
#[must_use]
pub fn alt(view: &CalendarView<'_>) -> String {
    let mut said = say!("cards-calendar-alt", month = view.month.said(), count = view.lines.len());
    let mut before = None;
    for line in view.lines {
        let Some((day, time)) = local(line, view.zone) else { continue };
        let head = match before.replace(day) {
            Some(before) if before == day => ",".to_owned(),
            Some(_) => format!("; {}:", date(day)),
            None => format!(" {}:", date(day)),
        };
        let account = bare_line(&name(view, line.account), 60);
        let _ = write!(said, "{head} {time} @{account} {}", standing(line));
    }
    shorten(&said, LONGEST_ALT)
}

/// What the picture's file is called: each month otherwise, so that none is taken for another.
#[must_use]
pub fn file_name(month: Month) -> String {
    format!("calendar-{month}.png")
}

/// One line for each day: `Fri 27 · 18:00 👀 #42 @cafe`.
fn days(view: &CalendarView<'_>) -> Vec<String> {
    let mut days: Vec<(NaiveDate, Vec<String>)> = Vec::new();
    let today = local_day(view.now, view.zone);
    for line in view.lines {
        let Some((day, time)) = local(line, view.zone) else { continue };
        let account = handle(&name(view, line.account));
        let said = format!("{time} {} **#{}** {account}", standing(line).emoji(), line.number);
        match days.last_mut() {
            Some((last, posts)) if *last == day => posts.push(said),
            _ => days.push((day, vec![said])),
        }
    }
    let head = |day: NaiveDate| {
        let named = date(day);
        if day == today { say!("cards-calendar-today", day = named) } else { format!("**{named}**") }
    };
    days.into_iter().map(|(day, posts)| format!("{} · {}", head(day), posts.join(" · "))).collect()
}

/// A day within its month: `Fri 27`.
fn date(day: NaiveDate) -> String {
    say!("cards-calendar-day", weekday = short_weekday(day.weekday()), day = day.day())
}

fn local(line: &PostLine, zone: Tz) -> Option<(NaiveDate, String)> {
    let at = line.due_at?.with_timezone(&zone);
    Some((at.date_naive(), at.format("%H:%M").to_string()))
}

fn name(view: &CalendarView<'_>, id: AccountId) -> String {
    let found = view.accounts.iter().find(|account| account.id == id);
    found.map_or_else(|| say!("cards-calendar-unknown"), |account| account.username.clone())
}

fn standing(line: &PostLine) -> Standing {
    Standing::at(line.stage, line.publication.map(|(_, stage)| stage))
}

const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Draft | Standing::InReview => Tone::Waits,
        Standing::Approved | Standing::Scheduled | Standing::Publishing | Standing::Processing => Tone::Coming,
        Standing::Published | Standing::InInbox => Tone::Out,
        Standing::Held | Standing::Failed | Standing::Unclear => Tone::Trouble,
        Standing::Declined | Standing::Lapsed | Standing::Withdrawn | Standing::Cancelled => Tone::Over,
    }
}

fn turning(month: Month) -> Vec<CreateButton> {
    let to = |there: Month, label: String| Press::Calendar { month: there }.button(&label, ButtonStyle::Secondary);
    let before = month.later(-1).map(|there| to(there, format!("◀ {}", there.name())));
    let after = month.later(1).map(|there| to(there, format!("{} ▶", there.name())));
    before.into_iter().chain(after).collect()
}
