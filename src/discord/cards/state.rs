//! What a card says about where its post stands: what happened, what comes next and when, who can act.

use super::CardView;
use crate::discord::face::{handle, is_web_address, plain_line, sentence};
use crate::discord::look::Standing;
use crate::discord::words::{parts, pauses, stops};
use crate::domain::account::Delivery;
use crate::domain::breaker::BreakerKind;
use crate::domain::budget::Guard;
use crate::domain::creator::Privacy;
use crate::domain::post::{Post, PostState};
use crate::domain::publication::{
    Attempt, MOST_ATTEMPTS, Publication, PublicationState, Receipt, Setback, Stage, Whose,
};
use crate::domain::review::{Verdict, Word};

/// The sentences for a standing.
pub(super) fn line(view: &CardView<'_>, standing: Standing) -> String {
    let post = view.post;
    match standing {
        Standing::Draft => "Its author is still composing it; nobody has been asked yet.".to_owned(),
        Standing::InReview => in_review(view),
        Standing::Approved => format!("Approved by {}. {}", approvers(post), next_for(view)),
        Standing::Declined => format!(
            "Declined by {}. Nothing goes out. {} can change it with `/post edit`, which starts a new review.",
            decliner(post),
            parts::person(post.author)
        ),
        Standing::Lapsed => format!(
            "Its time came before enough approvals did, so it did not go out. {} or a manager picks a new time; \
             the review starts again.",
            parts::person(post.author)
        ),
        Standing::Withdrawn => format!("Withdrawn{}. Nothing goes out.", ended_at(post)),
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
        Whose::Author => format!("{} can act: another video, caption or setting helps.", parts::person(post.author)),
        Whose::Manager => "Somebody who may manage this server can act: the account needs care.".to_owned(),
        Whose::Operator => "Whoever runs this Greenroom can act: `greenroom doctor` says what is wrong.".to_owned(),
        Whose::TikTok => "Nobody here can act: TikTok has to recover. Try again later.".to_owned(),
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
    let mut said = format!("In review: {given} of {} so far.", parts::count(needed, "approval"));
    if !asking.is_empty() {
        said.push_str(&format!(
            " {} asked for changes; {} makes them with `/post edit`.",
            parts::names(&asking),
            parts::person(post.author)
        ));
    }
    if let Some(at) = post.lapses_at() {
        said.push_str(&format!(" It lapses {} unless it is approved before.", parts::relative(at)));
    }
    said
}

fn approvers(post: &Post) -> String {
    let names: Vec<String> = post.approvals().map(approver).collect();
    if names.is_empty() { "the reviewers".to_owned() } else { parts::names(&names) }
}

fn approver(verdict: &Verdict) -> String {
    let name = plain_line(&verdict.by_name, parts::LONGEST_NAME);
    if verdict.as_manager { format!("**{name}** (as manager)") } else { format!("**{name}**") }
}

fn decliner(post: &Post) -> String {
    let found = post.verdicts.iter().rev().find(|verdict| matches!(verdict.word, Word::Decline { .. }));
    found.map_or_else(
        || "a reviewer".to_owned(),
        |verdict| format!("**{}**", plain_line(&verdict.by_name, parts::LONGEST_NAME)),
    )
}

fn ended_at(post: &Post) -> String {
    match post.state {
        PostState::Withdrawn { at } => format!(" {}", parts::short(at)),
        PostState::Draft
        | PostState::InReview { .. }
        | PostState::Approved { .. }
        | PostState::Declined { .. }
        | PostState::Lapsed { .. } => String::new(),
    }
}

/// What follows an approval.
fn next_for(view: &CardView<'_>) -> String {
    let due_at = view.publication.map(|one| one.due_at).or_else(|| view.post.due.instant());
    let verb = match view.post.delivery {
        Delivery::Direct => "It goes out",
        Delivery::Draft => "It goes to the TikTok inbox",
    };
    match due_at {
        Some(at) if at > view.now && view.paused.is_some() => {
            format!("It is due {} ({}).", parts::full(at), parts::relative(at))
        }
        Some(at) if at > view.now => format!("{verb} {} ({}).", parts::full(at), parts::relative(at)),
        Some(_) | None => format!("{verb} within moments."),
    }
}

fn publication(view: &CardView<'_>, publication: &Publication) -> String {
    let post = view.post;
    match &publication.state {
        PublicationState::Scheduled { .. } if publication.due_at <= view.now && view.stopped.is_some() => {
            view.stopped.map_or_else(String::new, |stopped| stops::why_it_waits(stopped, &view.account.username))
        }
        PublicationState::Scheduled { setback: None, .. } => {
            format!("Approved by {}. {}", approvers(post), next_for(view))
        }
        PublicationState::Scheduled { setback: Some(setback), wake_at } if Guard::named(&setback.code).is_some() => {
            format!(
                "Moved on: {}\nIt goes out {} ({}); nobody has to do anything.",
                sentence(&setback.said),
                parts::full(*wake_at),
                parts::relative(*wake_at)
            )
        }
        PublicationState::Scheduled { setback: Some(setback), wake_at } if publication.attempts == 0 => format!(
            "It could not begin: {}\nIt is tried again {}; nobody has to do anything.",
            sentence(&setback.said),
            parts::relative((*wake_at).max(view.now))
        ),
        PublicationState::Scheduled { setback: Some(setback), wake_at } => format!(
            "Attempt {} of {MOST_ATTEMPTS} did not work: {}\nThe next attempt starts {}; nobody has to do anything.",
            publication.attempts,
            sentence(&setback.said),
            parts::relative(*wake_at)
        ),
        PublicationState::Publishing { .. } if publication.is_ahead_of_time() => format!(
            "Approved by {}. {} Its bytes go to TikTok ahead of time; the last of them waits for the hour, so it can still \
             be changed or stopped.",
            approvers(post),
            next_for(view)
        ),
        PublicationState::Publishing { attempt, .. } => publishing(attempt),
        PublicationState::Processing { .. } => {
            "Processing: TikTok has the whole video and is working on it, which may take a few minutes.".to_owned()
        }
        PublicationState::Published { receipt, at, .. } => {
            format!("Published {}. {}", parts::full(*at), link(post, receipt))
        }
        PublicationState::InInbox { at, .. } => format!(
            "In the TikTok inbox of {} since {}. Open the TikTok app, tap the message in the inbox and finish the post \
             there; it is out only then.",
            handle(&view.account.username),
            parts::short(*at)
        ),
        PublicationState::Held { .. } => held(view, publication),
        PublicationState::Failed { setback, .. } => format!(
            "Not published: {}\nhint: {}\n{}",
            sentence(&setback.said),
            sentence(&setback.hint),
            who_can_act(setback.whose, post)
        ),
        PublicationState::Unclear { setback, .. } => unclear(view, publication, setback),
        PublicationState::Cancelled { .. } => {
            "Cancelled: the post was changed or stopped before TikTok had all of it.".to_owned()
        }
    }
}

fn publishing(attempt: &Attempt) -> String {
    let again = if attempt.number > 1 {
        format!(" This is attempt {} of {MOST_ATTEMPTS}.", attempt.number)
    } else {
        String::new()
    };
    let progress = match &attempt.stage {
        Stage::Opening => "Publishing: TikTok is being asked to take the video.".to_owned(),
        Stage::Uploading { upload, sent_bytes } => {
            let percent = sent_bytes.saturating_mul(100).checked_div(upload.size_bytes).unwrap_or(0);
            format!("Publishing, {} %.", percent.min(99))
        }
        Stage::Committing { .. } => "Publishing: the last part is on its way.".to_owned(),
        Stage::Delivered { .. } => "Publishing, 100 %.".to_owned(),
    };
    progress + &again
}

fn link(post: &Post, receipt: &Receipt) -> String {
    match &receipt.url {
        Some(url) if is_web_address(url) => sentence(url),
        Some(_) | None if post.choices.privacy == Some(Privacy::SelfOnly) => {
            "Only the account itself can see it, so there is no link to share.".to_owned()
        }
        Some(_) | None => "The link follows as soon as TikTok gives it.".to_owned(),
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
        let due = parts::short(publication.due_at);
        return format!("Held since its time came, {due}: {}", stops::held_because(&view.account.username));
    }
    format!(
        "Held: it was due {} ({}), while nothing could go out, and is too late to go out unasked. {}, a reviewer or \
         a manager decides: *Publish now* as it was approved; *Move* starts a new review; *Withdraw* stops it.",
        parts::short(publication.due_at),
        parts::relative(publication.due_at),
        parts::person(view.post.author)
    )
}

fn unclear(view: &CardView<'_>, publication: &Publication, setback: &Setback) -> String {
    format!(
        "{}\nLook at {} on TikTok for a video with the caption “{}” from about {}. While nobody says what they see, \
         nothing more is sent.\nhint: {}",
        sentence(&setback.said),
        handle(&view.account.username),
        parts::preview(view.post.caption.as_str()),
        parts::short(publication.due_at),
        sentence(&setback.hint)
    )
}
