//! A post's own story, line by line, in its thread. The author is pinged only when it is their turn.

use chrono::{DateTime, Utc};

use super::{parts, reviews};
use crate::discord::cards::who_can_act;
use crate::discord::face::{Face, bare_line, handle, is_web_address, plain, sentence};
use crate::discord::look::{CHANGES, NO, Standing, YES};
use crate::domain::budget::Guard;
use crate::domain::ids::MemberId;
use crate::domain::notice::Happening;
use crate::domain::post::{Due, Post, PostStage};
use crate::domain::publication::{Publication, PublicationState, Setback, Whose};
use crate::say;

/// How much of a reason a thread shows.
const LONGEST_REASON: usize = 1_200;
/// Discord takes 100; a thread is read on a phone.
const LONGEST_THREAD_NAME: usize = 60;

/// A line for a post's thread.
#[must_use]
pub fn happened(happening: &Happening, post: &Post, publication: Option<&Publication>) -> Face {
    let line = match happening {
        Happening::Approved { by, missing, as_manager } => approved(*by, *as_manager, *missing, post),
        Happening::TookBackNo { by } => reviews::took_back(*by),
        Happening::AsksWhy { by } => return reviews::asks_why(*by, post),
        Happening::Explained { by, reason } => reviews::explained_by(*by, &quoted(reason)),
        Happening::Recalled { lost, missing, role } => return reviews::recalled(lost, *missing, *role, post),
        Happening::TookBack { by } => say!("replies-thread-took-back", person = parts::person(*by)),
        Happening::Declined { by, reason } => declined(*by, reason.as_deref(), post),
        Happening::ChangesAsked { by, reason } => changes_asked(*by, reason, post),
        Happening::Edited { by } => say!("replies-thread-edited", person = parts::person(*by)),
        Happening::Moved { by, due } => moved(*by, *due),
        Happening::MovedOn { guard, to } => moved_on(*guard, *to, post),
        Happening::Withdrawn { by } => {
            let emoji = Standing::Withdrawn.emoji();
            say!("replies-thread-withdrawn", emoji = emoji, person = parts::person(*by))
        }
        Happening::Lapsed => {
            let emoji = Standing::Lapsed.emoji();
            say!("replies-thread-lapsed", emoji = emoji, author = parts::person(post.author))
        }
        Happening::Published => published(publication),
        Happening::InInbox => in_inbox(post),
        Happening::Failed => failed(post, setback(publication)),
        Happening::Unclear => unclear(post, setback(publication)),
        Happening::Held => {
            say!("replies-thread-held", emoji = Standing::Held.emoji(), author = parts::person(post.author))
        }
        Happening::Paused => {
            say!("replies-thread-paused", emoji = Standing::Held.emoji(), author = parts::person(post.author))
        }
        Happening::Released { by } => say!("replies-thread-released", person = parts::person(*by)),
        Happening::Retried { by } => say!("replies-thread-retried", person = parts::person(*by)),
        Happening::Vouched { by } => {
            let emoji = Standing::Published.emoji();
            say!("replies-thread-vouched", emoji = emoji, person = parts::person(*by))
        }
    };
    let face = Face::text(line);
    if is_authors_turn(happening, publication) { face.pinging(post.author) } else { face }
}

/// How the line about it begins, where the rest follows what has become of the post since: by this it is known again.
/// None where its words never change.
#[must_use]
pub fn opening(happening: &Happening) -> Option<String> {
    match happening {
        Happening::Approved { by, as_manager, .. } => Some(approved_by(&parts::person(*by), *as_manager)),
        Happening::Recalled { lost, .. } => Some(reviews::recalled_opening(lost)),
        Happening::Published => Some(is_on_tiktok()),
        Happening::Failed => Some(was_not_published()),
        Happening::Unclear => Some(nobody_can_tell()),
        Happening::TookBack { .. }
        | Happening::TookBackNo { .. }
        | Happening::AsksWhy { .. }
        | Happening::Explained { .. }
        | Happening::Declined { .. }
        | Happening::ChangesAsked { .. }
        | Happening::Edited { .. }
        | Happening::Moved { .. }
        | Happening::MovedOn { .. }
        | Happening::Withdrawn { .. }
        | Happening::Lapsed
        | Happening::InInbox
        | Happening::Held
        | Happening::Paused
        | Happening::Released { .. }
        | Happening::Retried { .. }
        | Happening::Vouched { .. } => None,
    }
}

fn approved_by(by: &str, as_manager: bool) -> String {
    if as_manager {
        say!("replies-thread-approved-by-manager", yes = YES, person = by)
    } else {
        say!("replies-thread-approved-by", yes = YES, person = by)
    }
}

fn is_on_tiktok() -> String {
    say!("replies-thread-published", emoji = Standing::Published.emoji())
}

fn was_not_published() -> String {
    say!("replies-thread-failed", emoji = Standing::Failed.emoji())
}

fn nobody_can_tell() -> String {
    say!("replies-thread-unclear", emoji = Standing::Unclear.emoji())
}

/// What a post's thread is called; at most 100 characters, without markdown.
#[must_use]
pub fn thread_name(post: &Post) -> String {
    bare_line(format!("#{} {}", post.number, post.caption.as_str()).trim(), LONGEST_THREAD_NAME)
}

fn is_authors_turn(happening: &Happening, publication: Option<&Publication>) -> bool {
    match happening {
        Happening::Declined { .. }
        | Happening::Explained { .. }
        | Happening::ChangesAsked { .. }
        | Happening::Lapsed
        | Happening::InInbox
        | Happening::Held
        | Happening::Paused
        | Happening::Unclear => true,
        Happening::Failed => setback(publication).is_some_and(|setback| setback.whose == Whose::Author),
        Happening::Approved { .. }
        | Happening::TookBack { .. }
        | Happening::TookBackNo { .. }
        | Happening::AsksWhy { .. }
        | Happening::Recalled { .. }
        | Happening::Edited { .. }
        | Happening::Moved { .. }
        | Happening::MovedOn { .. }
        | Happening::Withdrawn { .. }
        | Happening::Published
        | Happening::Released { .. }
        | Happening::Retried { .. }
        | Happening::Vouched { .. } => false,
    }
}

fn declined(by: MemberId, reason: Option<&str>, post: &Post) -> String {
    say!(
        "replies-thread-declined",
        no = NO,
        person = parts::person(by),
        because = reason.map(quoted).unwrap_or_default(),
        author = parts::person(post.author),
    )
}

fn changes_asked(by: MemberId, reason: &str, post: &Post) -> String {
    say!(
        "replies-thread-changes-asked",
        emoji = CHANGES,
        person = parts::person(by),
        because = quoted(reason),
        author = parts::person(post.author),
    )
}

fn approved(by: MemberId, as_manager: bool, missing: usize, post: &Post) -> String {
    let next = match (missing, post.stage()) {
        (0, PostStage::InReview) => say!("replies-thread-approved-waits"),
        (0, _) => say!(
            "replies-thread-approved-goes",
            delivery = post.delivery.word(),
            due = parts::due_word(post.due),
            when = parts::due_briefly(post.due),
        ),
        (missing, _) => say!("replies-thread-approved-needs", count = missing),
    };
    format!("{} {next}", approved_by(&parts::person(by), as_manager))
}

/// A line about the last approval of a post, while nothing goes out to its account.
#[must_use]
pub fn approved_during_a_pause(by: MemberId, as_manager: bool) -> Face {
    let next = say!("replies-thread-approved-during-a-pause");
    Face::text(format!("{} {next}", approved_by(&parts::person(by), as_manager)))
}

fn moved(by: MemberId, due: Due) -> String {
    say!("replies-thread-moved", person = parts::person(by), due = parts::due_word(due), when = parts::due_briefly(due))
}

fn moved_on(guard: Guard, to: DateTime<Utc>, post: &Post) -> String {
    let account = handle(&post.creator.username);
    let (emoji, when) = (Standing::Scheduled.emoji(), parts::instant(to));
    match guard {
        Guard::Uploads => say!("replies-thread-moved-on-uploads", emoji = emoji, when = when, account = account),
        Guard::Posts => say!("replies-thread-moved-on-posts", emoji = emoji, when = when, account = account),
        Guard::Drafts => say!("replies-thread-moved-on-drafts", emoji = emoji, when = when, account = account),
        Guard::Submissions => {
            say!("replies-thread-moved-on-submissions", emoji = emoji, when = when, account = account)
        }
    }
}

fn in_inbox(post: &Post) -> String {
    say!(
        "replies-thread-in-inbox",
        emoji = Standing::InInbox.emoji(),
        account = handle(&post.creator.username),
        author = parts::person(post.author),
    )
}

fn published(publication: Option<&Publication>) -> String {
    let url = match publication.map(|publication| &publication.state) {
        Some(PublicationState::Published { receipt, .. }) => receipt.url.as_deref(),
        Some(_) | None => None,
    };
    match url.filter(|url| is_web_address(url)) {
        Some(url) => format!("{}: {}", is_on_tiktok(), sentence(url)),
        None => format!("{}.", is_on_tiktok()),
    }
}

fn setback(publication: Option<&Publication>) -> Option<&Setback> {
    match publication.map(|publication| &publication.state) {
        Some(PublicationState::Failed { setback, .. } | PublicationState::Unclear { setback, .. }) => Some(setback),
        Some(_) | None => None,
    }
}

fn failed(post: &Post, setback: Option<&Setback>) -> String {
    let opening = was_not_published();
    match setback {
        Some(setback) => say!(
            "replies-thread-failed-why",
            opening = opening,
            said = sentence(&setback.said),
            who = who_can_act(setback.whose, post),
            hint = sentence(&setback.hint),
        ),
        None => say!("replies-thread-failed-card", opening = opening),
    }
}

fn unclear(post: &Post, setback: Option<&Setback>) -> String {
    let said = setback.map_or_else(String::new, |setback| format!(" {}", sentence(&setback.said)));
    let account = handle(&post.creator.username);
    let look = say!("replies-thread-unclear-look", author = parts::person(post.author), account = account);
    format!("{}{said}\n{look}", nobody_can_tell())
}

fn quoted(reason: &str) -> String {
    let shown = plain(reason.trim(), LONGEST_REASON);
    if shown.is_empty() { String::new() } else { format!("\n> {}", shown.replace('\n', "\n> ")) }
}
