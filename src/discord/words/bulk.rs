//! What people read about many posts from one file.

use serenity::all::ButtonStyle;

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
use crate::store::Batch;

/// The button that schedules all the same.
const SCHEDULED: &str = "Schedule all the same";
/// How much room the rows have in a private answer; a message holds 2,000 characters.
const ROOM: usize = 1_400;
/// How much room they have in the message to the reviewers.
const CARD_ROOM: usize = 3_500;

/// What `/bulk` without a file says; the example hangs on it.
#[must_use]
pub fn bulk_example() -> Face {
    Face::text(format!(
        "`/bulk` takes a CSV file in which each row is a post, up to {MOST_ROWS}: the attached example shows the columns. \
         Needed are `when`, `video` and `privacy`; German headings work too.\n\
         A video is a link beginning with `https://`, or the name of a file that you sent in this channel in a message that \
         mentions me: Discord shows me the files of no other messages.\n\
         Nothing is scheduled before you have seen what becomes of each row.\n\
         hint: change the example, then give it to `/bulk` with the option `file`"
    ))
}

/// A file is being checked.
#[must_use]
pub fn checking_rows(done: usize, of: usize) -> Face {
    Face::text(format!("Checking the rows: {done} of {of}."))
}

/// What became of each row, with the button that schedules the good ones.
#[must_use]
pub fn checked(checked: &Checked) -> Face {
    let good = checked.rows.iter().filter(|row| is_good(row)).count();
    let total = checked.rows.len();
    let again = "correct the rows in the attached file and give it to `/bulk` again";
    let (head, hint) = match (good, total - good) {
        (0, _) => ("None of the rows can be scheduled, so nothing was prepared.".to_owned(), again.to_owned()),
        (_, 0) => (
            format!("{} can be scheduled. Nothing is scheduled yet.", parts::count(good, "row")),
            "the rows wait for a day, or until you check another file".to_owned(),
        ),
        (_, _) => (
            format!("{good} of {} can be scheduled. Nothing is scheduled yet.", parts::count(total, "row")),
            format!("{again}, or schedule the good ones alone"),
        ),
    };
    let mut lines: Vec<(bool, String)> =
        checked.rows.iter().enumerate().map(|(index, row)| (is_good(row), line(index + 1, row))).collect();
    // Where not everything fits, what somebody has to do something about comes first.
    if lines.iter().map(|(_, line)| units(line) + 1).sum::<usize>() > ROOM {
        lines.sort_by_key(|(is_good, _)| *is_good);
    }
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let face = Face::text(format!("{head}\n{}\nhint: {hint}", parts::lines(&lines, ROOM)));
    match &checked.batch {
        Some(batch) => {
            let label = format!("Schedule {}", parts::count(good, "row"));
            face.with_buttons(vec![Press::ScheduleBatch { batch: batch.id }.button(&label, ButtonStyle::Primary)])
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
            format!("{YES} Row {number}: ok, #{post}, {} to {}{warned}", when(*due), handle(username))
        }
        RowOutcome::Bad(wrong) => {
            let all: Vec<String> =
                wrong.iter().map(|one| shorten(&sentence(&said(one)), parts::LONGEST_REASON)).collect();
            format!("{NO} Row {number}: {}", all.join("; "))
        }
    }
}

fn when(due: Due) -> String {
    match due {
        Due::At(at) => parts::short(at),
        Due::Asap => "as soon as it is approved".to_owned(),
    }
}

fn said(wrong: &Wrong) -> String {
    let said = wrong.said.trim_end_matches('.');
    if wrong.hint.is_empty() { said.to_owned() } else { format!("{said} (hint: {})", wrong.hint) }
}

/// What the returned file says of a row.
#[must_use]
pub fn row_said(row: &RowOutcome) -> RowSaid {
    match row {
        RowOutcome::Good { warnings, .. } if warnings.is_empty() => {
            RowSaid { result: "ok".to_owned(), hint: String::new() }
        }
        RowOutcome::Good { warnings, .. } => {
            RowSaid { result: "ok, with warnings".to_owned(), hint: warnings.join(" ") }
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
    Face::text(asks_before(SCHEDULED, question)).with_buttons(vec![press.button(SCHEDULED, ButtonStyle::Danger)])
}

/// All rows went to review.
#[must_use]
pub fn batch_scheduled(posts: &[Post], channel: Option<ChannelId>) -> Face {
    let place = channel.map_or_else(String::new, |channel| format!(" in <#{channel}>"));
    let numbers = match posts {
        [] => String::new(),
        [one] => format!("#{}", one.number),
        [first, .., last] => format!("#{} to #{}", first.number, last.number),
    };
    Face::text(format!(
        "{} Submitted {}: {numbers}. They are in review{place}, with a card each.",
        Standing::InReview.emoji(),
        parts::count(posts.len(), "post"),
    ))
}

/// The one message to the reviewers about all rows of a file.
#[must_use]
pub fn batch_card(batch: &Batch, posts: &[(u32, Post)], accounts: &[Account], reviewers: Option<RoleId>) -> Face {
    let line = |(row, post): &(u32, Post)| {
        let account = accounts.iter().find(|account| account.id == post.account);
        let handle = account.map_or_else(String::new, |account| format!(" · {}", handle(&account.username)));
        let sign = if post.in_spite_of.is_empty() { String::new() } else { format!(" {WARNING}") };
        let words = parts::preview(post.caption.as_str());
        format!("Row {row} · **#{}** · {}{handle} · {words}{sign}", post.number, when(post.due))
    };
    let lines: Vec<String> = posts.iter().map(line).collect();
    let count = parts::count(posts.len(), "post");
    let file = plain_line(&batch.file_name, parts::LONGEST_NAME);
    let author = format!("{} ({})", parts::person(batch.member), plain_line(&batch.member_name, parts::LONGEST_NAME));
    let panel = Panel::new(Standing::InReview.colour(), format!("{} {count} from {file}", Standing::InReview.emoji()))
        .text(format!("{}\n\nEach has a card of its own, on which it is judged.", parts::lines(&lines, CARD_ROOM)))
        .field("Author", author, true);
    let mut face = Face::panel(panel);
    if let Some(role) = reviewers {
        face.content = format!("<@&{role}> {count} from one file wait for your verdict.");
        face.ping_roles.push(role);
    }
    face
}
