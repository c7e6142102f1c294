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

/// How much of a reason a thread shows.
const LONGEST_REASON: usize = 1_200;
/// Discord takes 100; a thread is read on a phone.
const LONGEST_THREAD_NAME: usize = 60;

/// A line for a post's thread.
#[must_use]
pub fn happened(happening: &Happening, post: &Post, publication: Option<&Publication>) -> Face {
    let author = parts::person(post.author);
    let line = match happening {
        Happening::Approved { by, missing, as_manager } => approved(*by, *as_manager, *missing, post),
        Happening::TookBackNo { by } => reviews::took_back(*by),
        Happening::AsksWhy { by } => return reviews::asks_why(*by, post),
        Happening::Explained { by, reason } => reviews::explained_by(*by, &quoted(reason)),
        Happening::Recalled { lost, missing, role } => return reviews::recalled(lost, *missing, *role, post),
        Happening::TookBack { by } => format!("{} took the approval back.", parts::person(*by)),
        Happening::Declined { by, reason } => declined(*by, reason.as_deref(), &author),
        Happening::ChangesAsked { by, reason } => format!(
            "{CHANGES} {} asks for changes before this goes out.{}\n{author}: `/post edit` makes them; the review starts again.",
            parts::person(*by),
            quoted(reason)
        ),
        Happening::Edited { by } => {
            format!("{} changed this post. Earlier verdicts are void; it is in review again.", parts::person(*by))
        }
        Happening::Moved { by, due } => format!(
            "{} gave this post a new time: {}. Earlier verdicts are void; it is in review again.",
            parts::person(*by),
            parts::due_briefly(*due)
        ),
        Happening::MovedOn { guard, to } => moved_on(*guard, *to, post),
        Happening::Withdrawn { by } => {
            format!("{} {} withdrew this post. Nothing goes out.", Standing::Withdrawn.emoji(), parts::person(*by))
        }
        Happening::Lapsed => format!(
            "{} The time came before enough approvals did, so this did not go out.\n{author}: *Pick a new time* on the \
             card, or `/post move`, starts the review again.",
            Standing::Lapsed.emoji()
        ),
        Happening::Published => published(publication),
        Happening::InInbox => format!(
            "{} It is in the TikTok inbox of {}.\n{author}: open the TikTok app and finish it there; it is out only then. \
             The caption is on the card, ready to copy.",
            Standing::InInbox.emoji(),
            handle(&post.creator.username)
        ),
        Happening::Failed => failed(post, setback(publication)),
        Happening::Unclear => unclear(post, setback(publication)),
        Happening::Held => format!(
            "{} It fell due while Greenroom could not publish, and is too late to go out unasked.\n{author}: *Publish \
             now*, *Move* or *Withdraw* on the card decides; reviewers and managers can, too.",
            Standing::Held.emoji()
        ),
        Happening::Paused => held_by_a_pause(&author),
        Happening::Released { by } => format!("{} has it published now, late as it is.", parts::person(*by)),
        Happening::Retried { by } => format!("{} has it tried again.", parts::person(*by)),
        Happening::Vouched { by } => {
            format!("{} {} looked and says it is out.", Standing::Published.emoji(), parts::person(*by))
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

fn held_by_a_pause(author: &str) -> String {
    format!(
        "{} Held: its time came while publishing was paused. Once it is resumed, {author}, a reviewer or a manager \
         decides; *Move* and *Withdraw* on the card work now.",
        Standing::Held.emoji()
    )
}

fn approved_by(by: &str, as_manager: bool) -> String {
    if as_manager { format!("{YES} {by} approved, as manager.") } else { format!("{YES} {by} approved.") }
}

fn is_on_tiktok() -> String {
    format!("{} It is on TikTok", Standing::Published.emoji())
}

fn was_not_published() -> String {
    format!("{} It was not published", Standing::Failed.emoji())
}

fn nobody_can_tell() -> String {
    format!("{} Nobody can tell whether this is out, so nothing more is sent.", Standing::Unclear.emoji())
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

fn declined(by: MemberId, reason: Option<&str>, author: &str) -> String {
    let because = reason.map(quoted).unwrap_or_default();
    format!(
        "{NO} {} declined this post; it does not go out.{because}\n{author}: `/post edit` changes it and asks again.",
        parts::person(by)
    )
}

fn approved(by: MemberId, as_manager: bool, missing: usize, post: &Post) -> String {
    let next = match (missing, post.stage()) {
        (0, PostStage::InReview) => "It still waits for the changes somebody asked for.".to_owned(),
        (0, _) => format!("It {} {}.", parts::goes(post.delivery), parts::goes_out(post.due)),
        (missing, _) => format!("{} needed.", parts::count(missing, "more approval")),
    };
    format!("{} {next}", approved_by(&parts::person(by), as_manager))
}

fn moved_on(guard: Guard, to: DateTime<Utc>, post: &Post) -> String {
    let account = handle(&post.creator.username);
    let because = match guard {
        Guard::Uploads => format!("{account} has had as many uploads within an hour as are allowed"),
        Guard::Posts => format!("{account} has had as many posts within 24 hours as are allowed"),
        Guard::Drafts => format!("{account} has had as many drafts within 24 hours as TikTok takes"),
        Guard::Submissions => format!("as many posts for {account} were submitted within 24 hours as are allowed"),
    };
    let (emoji, when) = (Standing::Scheduled.emoji(), parts::due_briefly(Due::At(to)));
    format!("{emoji} Moved on to {when}, because {because}. It goes out then by itself; its approval stays.")
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
        Some(setback) => format!(
            "{opening}: {} {}\nhint: {}",
            sentence(&setback.said),
            who_can_act(setback.whose, post),
            sentence(&setback.hint)
        ),
        None => format!("{opening}. The card says why."),
    }
}

fn unclear(post: &Post, setback: Option<&Setback>) -> String {
    let said = setback.map_or_else(String::new, |setback| format!(" {}", sentence(&setback.said)));
    format!(
        "{}{said}\n{}: look at {} on TikTok, then press *It \
         is out* or *It is not, publish again* on the card.",
        nobody_can_tell(),
        parts::person(post.author),
        handle(&post.creator.username)
    )
}

fn quoted(reason: &str) -> String {
    let shown = plain(reason.trim(), LONGEST_REASON);
    if shown.is_empty() { String::new() } else { format!("\n> {}", shown.replace('\n', "\n> ")) }
}
