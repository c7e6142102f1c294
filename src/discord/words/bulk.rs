//! What people read about many posts from one file.

use serenity::all::{ButtonStyle, CreateButton};

use super::doubts::asks_before;
use super::parts;
use crate::discord::buttons::Press;
use crate::discord::face::{Face, Panel, handle, plain, plain_line, sentence, shorten, units};
use crate::discord::look::{NO, Standing, WARNING, YES};
use crate::domain::account::Account;
use crate::domain::bulk::MOST_ROWS;
use crate::domain::bulk::report::RowSaid;
use crate::domain::ids::{BatchId, ChannelId, RoleId};
use crate::domain::post::{Due, Post};
use crate::flows::bulk::{Checked, RowOutcome, Wrong};
use crate::flows::warn::Question;
use crate::say;
use crate::store::Batch;

/// How much room the rows have in a private answer; a message holds 2,000 characters.
const ROOM: usize = 1_400;
/// How much room they have in the message to the reviewers.
const CARD_ROOM: usize = 3_500;

/// What `/bulk` without a file says; the example hangs on it.
#[must_use]
pub fn bulk_example() -> Face {
    Face::text(say!("bulk-example", most = MOST_ROWS))
}

/// A file is being checked.
#[must_use]
pub fn checking_rows(done: usize, of: usize) -> Face {
    Face::text(say!("bulk-checking", done = done, total = of))
}

/// What became of each row, with the button that schedules the good ones.
#[must_use]
pub fn checked(checked: &Checked) -> Face {
    let good = checked.rows.iter().filter(|row| is_good(row)).count();
    let total = checked.rows.len();
    let mut lines: Vec<(bool, String)> =
        checked.rows.iter().enumerate().map(|(index, row)| (is_good(row), line(index + 1, row))).collect();
    // Where not everything fits, what somebody has to do something about comes first.
    if lines.iter().map(|(_, line)| units(line) + 1).sum::<usize>() > ROOM {
        lines.sort_by_key(|(is_good, _)| *is_good);
    }
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let rows = parts::lines(&lines, ROOM);
    let face = Face::text(match (good, total - good) {
        (0, _) => say!("bulk-none-good", rows = rows),
        (_, 0) => say!("bulk-all-good", count = good, rows = rows),
        (_, _) => say!("bulk-some-good", count = good, total = total, rows = rows),
    });
    match &checked.batch {
        Some(batch) => {
            let label = say!("bulk-schedule-rows", count = good);
            let schedule = Press::ScheduleBatch { batch: batch.id }.button(&label, ButtonStyle::Primary);
            face.with_buttons(vec![schedule, discard(batch.id)])
        }
        None => face,
    }
}

const fn is_good(row: &RowOutcome) -> bool {
    matches!(row, RowOutcome::Good { .. })
}

fn line(number: usize, row: &RowOutcome) -> String {
    match row {
        RowOutcome::Good { number: post, due, username, warnings } => {
            let warned: String =
                warnings.iter().map(|one| format!(" {WARNING} {}", plain(one, parts::LONGEST_REASON))).collect();
            let handle = handle(username);
            let said = match due {
                Due::At(at) => {
                    say!("bulk-row-good", row = number, post = *post, when = parts::short(*at), handle = handle)
                }
                Due::Asap => say!("bulk-row-good-asap", row = number, post = *post, handle = handle),
            };
            format!("{YES} {said}{warned}")
        }
        RowOutcome::Bad(wrong) => {
            let all: Vec<String> =
                wrong.iter().map(|one| shorten(&sentence(&said(one)), parts::LONGEST_REASON)).collect();
            format!("{NO} {}", say!("bulk-row-bad", row = number, said = all.join("; ")))
        }
    }
}

fn when(due: Due) -> String {
    match due {
        Due::At(at) => parts::short(at),
        Due::Asap => say!("bulk-asap"),
    }
}

fn said(wrong: &Wrong) -> String {
    let said = wrong.said.trim_end_matches('.');
    if wrong.hint.is_empty() {
        said.to_owned()
    } else {
        say!("bulk-wrong-with-hint", said = said, hint = wrong.hint.as_str())
    }
}

/// What the returned file says of a row.
#[must_use]
pub fn row_said(row: &RowOutcome) -> RowSaid {
    match row {
        RowOutcome::Good { warnings, .. } if warnings.is_empty() => {
            RowSaid { result: say!("bulk-ok"), hint: String::new() }
        }
        RowOutcome::Good { warnings, .. } => {
            RowSaid { result: say!("bulk-ok-with-warnings"), hint: warnings.join(" ") }
        }
        RowOutcome::Bad(wrong) => {
            let joined = |part: fn(&Wrong) -> &str| {
                let parts: Vec<&str> = wrong.iter().map(part).filter(|text| !text.is_empty()).collect();
                parts.join("; ")
            };
            RowSaid { result: joined(|one| one.said.trim_end_matches('.')), hint: joined(|one| one.hint.as_str()) }
        }
    }
}

/// What speaks against some of the rows.
#[must_use]
pub fn batch_asks(batch: BatchId, question: &Question) -> Face {
    let press = Press::ScheduleBatchAllTheSame { batch, mark: question.mark };
    let label = say!("bulk-schedule-all-the-same");
    Face::text(asks_before(&label, question))
        .with_buttons(vec![press.button(&label, ButtonStyle::Danger), discard(batch)])
}

fn discard(batch: BatchId) -> CreateButton {
    Press::DiscardBatch { batch }.button(&say!("cards-button-discard"), ButtonStyle::Secondary)
}

/// The rows of a file are gone, all or those that were not submitted by themselves.
#[must_use]
pub fn batch_discarded(rows: usize, all: bool) -> Face {
    Face::text(say!("bulk-discarded", count = rows, all = if all { "yes" } else { "no" }))
}

/// All rows went to review.
#[must_use]
pub fn batch_scheduled(posts: &[Post], channel: Option<ChannelId>) -> Face {
    let numbers = match posts {
        [] => String::new(),
        [one] => format!("#{}", one.number),
        [first, last] => say!("bulk-two-numbers", first = first.number, last = last.number),
        [first, .., last] => say!("bulk-numbers", first = first.number, last = last.number),
    };
    let said = match channel {
        Some(channel) => {
            say!("bulk-submitted-in", count = posts.len(), numbers = numbers, channel = format!("<#{channel}>"))
        }
        None => say!("bulk-submitted", count = posts.len(), numbers = numbers),
    };
    Face::text(format!("{} {said}", Standing::InReview.emoji()))
}

/// The one message to the reviewers about all rows of a file.
#[must_use]
pub fn batch_card(batch: &Batch, posts: &[(u32, Post)], accounts: &[Account], reviewers: Option<RoleId>) -> Face {
    let line = |(row, post): &(u32, Post)| {
        let account = accounts.iter().find(|account| account.id == post.account);
        let handle = account.map_or_else(String::new, |account| format!(" · {}", handle(&account.username)));
        let sign = if post.in_spite_of.is_empty() { String::new() } else { format!(" {WARNING}") };
        let words = parts::preview(post.caption.as_str());
        let (number, when) = (post.number, when(post.due));
        let said = say!("bulk-card-row", row = *row, number = number, when = when, handle = handle, words = words);
        format!("{said}{sign}")
    };
    let lines: Vec<String> = posts.iter().map(line).collect();
    let file = plain_line(&batch.file_name, parts::LONGEST_NAME);
    let author = format!("{} ({})", parts::person(batch.member), plain_line(&batch.member_name, parts::LONGEST_NAME));
    let title = say!("bulk-card-title", count = posts.len(), file = file);
    let panel = Panel::new(Standing::InReview.colour(), format!("{} {title}", Standing::InReview.emoji()))
        .text(say!("bulk-card", rows = parts::lines(&lines, CARD_ROOM)))
        .field(&say!("bulk-card-author"), author, true);
    let mut face = Face::panel(panel);
    if let Some(role) = reviewers {
        face.content = say!("bulk-card-ping", role = format!("<@&{role}>"), count = posts.len());
        face.ping_roles.push(role);
    }
    face
}
