//! What a card says about where its post stands: what happened, what comes next and when, who can act.

use chrono::{DateTime, Utc};

use super::CardView;
use crate::discord::face::{handle, is_web_address, plain_line, sentence};
use crate::discord::look::Standing;
use crate::discord::words::{parts, pauses, stops};
use crate::domain::breaker::BreakerKind;
use crate::domain::budget::Guard;
use crate::domain::creator::Privacy;
use crate::domain::post::{Post, PostState};
use crate::domain::publication::{
    Attempt, MOST_ATTEMPTS, Publication, PublicationState, Receipt, Setback, Stage, Whose,
};
use crate::domain::review::{Verdict, Word};
use crate::say;

/// The sentences for a standing.
pub(super) fn line(view: &CardView<'_>, standing: Standing) -> String {
    let post = view.post;
    match standing {
        Standing::Draft => say!("cards-state-draft"),
        Standing::InReview => in_review(view),
        Standing::Approved => approved(view),
        Standing::Declined => declined(post),
        Standing::Lapsed => say!("cards-state-lapsed", author = parts::person(post.author)),
        Standing::Withdrawn => withdrawn(post),
        Standing::Scheduled
        | Standing::Publishing
        | Standing::Processing
        | Standing::Published
        | Standing::InInbox
        | Standing::Held
        | Standing::Failed
        | Standing::Unclear
        | Standing::Cancelled => view.publication.map_or_else(String::new, |one| publication(view, one)),
    }
}

/// Who can do something about a setback.
pub(in crate::discord) fn who_can_act(whose: Whose, post: &Post) -> String {
    match whose {
        Whose::Author => say!("cards-act-author", author = parts::person(post.author)),
        Whose::Manager => say!("cards-act-manager"),
        Whose::Operator => say!("cards-act-operator"),
        Whose::TikTok => say!("cards-act-tiktok"),
    }
}

fn in_review(view: &CardView<'_>) -> String {
    let post = view.post;
    let (given, needed) = (post.approvals().count(), usize::from(view.workspace.approvals));
    let asking: Vec<String> = post
        .verdicts
        .iter()
        .filter(|verdict| verdict.revision == post.revision() && matches!(verdict.word, Word::RequestChanges { .. }))
        .map(|verdict| format!("**{}**", plain_line(&verdict.by_name, parts::LONGEST_NAME)))
        .collect();
    let mut said = vec![say!("cards-state-in-review", given = given, needed = needed)];
    if !asking.is_empty() {
        let author = parts::person(post.author);
        said.push(say!("cards-state-changes-asked", names = parts::names(&asking), author = author));
    }
    if let Some(at) = post.lapses_at() {
        said.push(say!("cards-state-lapses", when = parts::relative(at)));
    }
    said.join(" ")
}

/// Who approved it, and what follows.
fn approved(view: &CardView<'_>) -> String {
    let names: Vec<String> = view.post.approvals().map(approver).collect();
    let next = next_for(view);
    if names.is_empty() {
        say!("cards-state-approved", next = next)
    } else {
        say!("cards-state-approved-by", names = parts::names(&names), next = next)
    }
}

fn approver(verdict: &Verdict) -> String {
    let name = plain_line(&verdict.by_name, parts::LONGEST_NAME);
    if verdict.as_manager { say!("cards-approver-as-manager", name = name) } else { format!("**{name}**") }
}

fn declined(post: &Post) -> String {
    let author = parts::person(post.author);
    let found = post.verdicts.iter().rev().find(|verdict| matches!(verdict.word, Word::Decline { .. }));
    match found.map(|verdict| plain_line(&verdict.by_name, parts::LONGEST_NAME)) {
        Some(name) => say!("cards-state-declined-by", name = name, author = author),
        None => say!("cards-state-declined", author = author),
    }
}

fn withdrawn(post: &Post) -> String {
    match post.state {
        PostState::Withdrawn { at } => say!("cards-state-withdrawn-at", when = parts::short(at)),
        PostState::Draft
        | PostState::InReview { .. }
        | PostState::Approved { .. }
        | PostState::Declined { .. }
        | PostState::Lapsed { .. } => say!("cards-state-withdrawn"),
    }
}

/// What follows an approval.
fn next_for(view: &CardView<'_>) -> String {
    let due_at = view.publication.map(|one| one.due_at).or_else(|| view.post.due.instant());
    let delivery = view.post.delivery.word();
    match due_at {
        Some(at) if view.paused.is_some() => {
            say!("cards-next-due", when = parts::full(at), distance = parts::relative(at))
        }
        Some(at) if at > view.now => {
            say!("cards-next-goes", delivery = delivery, when = parts::full(at), distance = parts::relative(at))
        }
        Some(_) | None => say!("cards-next-within-moments", delivery = delivery),
    }
}

fn publication(view: &CardView<'_>, publication: &Publication) -> String {
    let post = view.post;
    match &publication.state {
        PublicationState::Scheduled { .. } if publication.due_at <= view.now && view.stopped.is_some() => {
            view.stopped.map_or_else(String::new, |stopped| stops::why_it_waits(stopped, &view.account.username))
        }
        PublicationState::Scheduled { setback: None, .. } => approved(view),
        PublicationState::Scheduled { setback: Some(setback), wake_at } => {
            put_off(view, publication.attempts, setback, *wake_at)
        }
        PublicationState::Publishing { .. } if publication.is_ahead_of_time() => {
            format!("{} {}", approved(view), say!("cards-state-ahead-of-time"))
        }
        PublicationState::Publishing { attempt, .. } => publishing(attempt),
        PublicationState::Processing { .. } => say!("cards-state-processing"),
        PublicationState::Published { receipt, at, .. } => {
            say!("cards-state-published", when = parts::full(*at), link = link(post, receipt))
        }
        PublicationState::InInbox { at, .. } => {
            say!("cards-state-in-inbox", account = handle(&view.account.username), since = parts::short(*at))
        }
        PublicationState::Held { .. } => held(view, publication),
        PublicationState::Failed { setback, .. } => say!(
            "cards-state-failed",
            said = sentence(&setback.said),
            hint = sentence(&setback.hint),
            act = who_can_act(setback.whose, post)
        ),
        PublicationState::Unclear { setback, .. } => unclear(view, publication, setback),
        PublicationState::Cancelled { .. } => say!("cards-state-cancelled"),
    }
}

/// What stood in its way, and when it goes on by itself.
fn put_off(view: &CardView<'_>, attempts: u32, setback: &Setback, wake_at: DateTime<Utc>) -> String {
    let said = sentence(&setback.said);
    // What the pause means for it stands below.
    let paused = if view.paused.is_some() { "yes" } else { "no" };
    if Guard::named(&setback.code).is_some() {
        let (when, distance) = (parts::full(wake_at), parts::relative(wake_at));
        say!("cards-state-moved-on", said = said, when = when, distance = distance, paused = paused)
    } else if attempts == 0 {
        say!("cards-state-not-begun", said = said, when = parts::relative(wake_at.max(view.now)), paused = paused)
    } else {
        let when = parts::relative(wake_at);
        let (attempt, most) = (attempts, MOST_ATTEMPTS);
        say!("cards-state-attempt-failed", attempt = attempt, most = most, said = said, when = when, paused = paused)
    }
}

fn publishing(attempt: &Attempt) -> String {
    let progress = match &attempt.stage {
        Stage::Opening => say!("cards-publishing-opening"),
        Stage::Uploading { upload, sent_bytes } => {
            let percent = sent_bytes.saturating_mul(100).checked_div(upload.size_bytes).unwrap_or(0);
            say!("cards-publishing-percent", percent = percent.min(99))
        }
        Stage::Committing { .. } => say!("cards-publishing-last-part"),
        Stage::Delivered { .. } => say!("cards-publishing-percent", percent = 100),
    };
    if attempt.number > 1 {
        format!("{progress} {}", say!("cards-publishing-again", attempt = attempt.number, most = MOST_ATTEMPTS))
    } else {
        progress
    }
}

fn link(post: &Post, receipt: &Receipt) -> String {
    match &receipt.url {
        Some(url) if is_web_address(url) => sentence(url),
        Some(_) | None if post.choices.privacy == Some(Privacy::SelfOnly) => say!("cards-link-private"),
        Some(_) | None => say!("cards-link-follows"),
    }
}

/// Who has paused what the post waits to go out to; nothing where that stops it from nothing.
pub(super) fn paused(view: &CardView<'_>, standing: Standing) -> String {
    match standing {
        Standing::InReview | Standing::Approved | Standing::Scheduled | Standing::Failed => {
            view.paused.map_or_else(String::new, pauses::on_a_card)
        }
        Standing::Draft
        | Standing::Declined
        | Standing::Lapsed
        | Standing::Withdrawn
        | Standing::Publishing
        | Standing::Processing
        | Standing::Published
        | Standing::InInbox
        | Standing::Held
        | Standing::Unclear
        | Standing::Cancelled => String::new(),
    }
}

fn held(view: &CardView<'_>, publication: &Publication) -> String {
    if let Some(pause) = view.paused {
        return pauses::on_a_held_card(pause);
    }
    if view.stopped.is_some_and(|stopped| stopped.kind == BreakerKind::Banned) {
        let because = stops::held_because(&view.account.username);
        return say!("cards-state-held-because", due = parts::short(publication.due_at), because = because);
    }
    say!(
        "cards-state-held",
        due = parts::short(publication.due_at),
        distance = parts::relative(publication.due_at),
        author = parts::person(view.post.author)
    )
}

fn unclear(view: &CardView<'_>, publication: &Publication, setback: &Setback) -> String {
    say!(
        "cards-state-unclear",
        said = sentence(&setback.said),
        account = handle(&view.account.username),
        caption = parts::preview(view.post.caption.as_str()),
        when = parts::short(publication.due_at),
        hint = sentence(&setback.hint)
    )
}
