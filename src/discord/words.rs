//! Every sentence people read: what happened, what comes next and when, who can act.
//!
//! Here are the refusals; the rooms below hold the rest: `words/thread.rs` a post's own story, `words/replies.rs` what a
//! person reads after a command or a button, `words/reviews.rs` what reviewers are asked and told, `words/accounts.rs` and
//! `words/setup.rs` what managers read, `words/stops.rs` what stops an account, `words/pauses.rs` the stop button,
//! `words/times.rs` zones and slots, `words/help.rs` the way in, `words/leaving.rs` the way out.
//! Cards, lists and the digest have files of their own and share `words/parts.rs`.

mod accounts;
mod bulk;
mod doubts;
mod help;
mod leaving;
pub(super) mod parts;
pub(super) mod pauses;
mod replies;
mod reviews;
mod setup;
pub(super) mod stops;
mod thread;
mod times;

use chrono_tz::Tz;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

use super::buttons::Press;
use super::face::{Face, handle, literal, sentence, shorten};
use crate::domain::ids::PostId;
use crate::domain::refusal::{Refusal, SlotRefusal};
use crate::domain::schedule::{self, WhenRefusal};
use crate::domain::video::VideoRefusal;
use crate::say;

pub use accounts::{
    AccountLine, accounts, connect_link, connected, consent_ends, disconnected, needs_reconnect, will_not_go_out,
};
pub use bulk::{
    batch_asks, batch_card, batch_discarded, batch_scheduled, bulk_example, checked, checking_rows, row_said,
};
pub(super) use doubts::{asks_before, in_spite_of, submit_all_the_same};
pub use doubts::{tried_again, weighed};
pub use help::{CommandIds, Helped, help};
pub use leaving::{erase_asks, erased, erasing, export_too_large, exported};
pub use pauses::{paused, paused_now, resumed, resumed_now};
pub use replies::{
    bad_cover, checking, discarded, edited, fetching, judged, moved, released, released_all, retried, submitted,
    took_back, upload_link, vouched, withdrawn,
};
pub use reviews::{channel_gone, explained, reminder, took_back_no};
pub use setup::settings;
pub use stops::{goes_on, stopped, went_on};
pub use thread::{approved_during_a_pause, happened, opening, thread_name};
pub use times::{SlotsLine, slots_cleared, slots_set, slots_shown, zone_chosen};

/// Most instants that are offered at once: one row of buttons.
const MOST_OFFERS: usize = 5;
/// Longest label of a button.
const LONGEST_LABEL: usize = 80;

/// A polite no: the sentence, and on its own line the hint.
#[must_use]
pub fn refused(refusal: &Refusal) -> Face {
    let refusal = harmless(refusal);
    let (said, hint) = (refusal.to_string(), refusal.hint());
    match refusal {
        Refusal::WhichTime { post, zone, ref refusal } => which_time(post, refusal, zone),
        Refusal::Slot(SlotRefusal::Gone { post, next: Some(_), .. }) => no(&sentence(&said), &sentence(&hint))
            .with_buttons(vec![
                Press::NextSlot { post }.button(&say!("refusals-take-next-slot"), ButtonStyle::Primary),
                Press::ChangeTime { post }.button(&say!("refusals-another-time"), ButtonStyle::Secondary),
            ]),
        // Its role is shown as Discord shows roles; nobody else's words are in it.
        Refusal::NotAReviewer { .. } => no(&said, &hint),
        _ => no(&sentence(&said), &sentence(&hint)),
    }
}

/// Something went wrong on our side; the operator finds it by the reference.
#[must_use]
pub fn broken(reference: &str) -> Face {
    no(&say!("refusals-broken", reference = literal(reference)), &say!("refusals-broken-hint"))
}

/// A refused time with a button for each instant that could be meant or would work, for a draft or post.
#[must_use]
pub fn time_offers(post: PostId, refusal: &WhenRefusal, zone: Tz) -> Face {
    let mut offers = refusal.offers();
    offers.sort_unstable();
    offers.dedup();
    let button = |at: &chrono::DateTime<chrono::Utc>| -> CreateButton {
        let label = shorten(&schedule::say(*at, zone), LONGEST_LABEL);
        Press::TakeTime { post, unix: at.timestamp() }.button(&label, ButtonStyle::Secondary)
    };
    let buttons: Vec<_> = offers.iter().take(MOST_OFFERS).map(button).collect();
    let mut face = refused(&Refusal::When(refusal.clone()));
    if !buttons.is_empty() {
        face.content = format!("{}\n{}", face.content, say!("refusals-press-the-time"));
        face.components.push(CreateActionRow::Buttons(buttons));
    }
    face
}

/// The same for a draft that has no composer yet: its video is kept until somebody chooses.
fn which_time(post: PostId, refusal: &WhenRefusal, zone: Tz) -> Face {
    let mut face = time_offers(post, refusal, zone);
    face.content = format!("{}\n{}", face.content, say!("refusals-video-kept"));
    let other = Press::ChangeTime { post }.button(&say!("refusals-another-time"), ButtonStyle::Secondary);
    face.with_buttons(vec![other])
}

/// Somebody pressed a button in a message that was made for somebody else.
#[must_use]
pub fn not_for_you() -> Face {
    no(&say!("refusals-not-for-you"), &say!("refusals-not-for-you-hint"))
}

/// Somebody pressed a button, or sent a form, that is no longer there.
#[must_use]
pub fn old_button() -> Face {
    refused(&Refusal::OldButton)
}

/// A sentence, and on its own line what the person can do.
fn no(said: &str, hint: &str) -> Face {
    let said = whole_sentence(said);
    let hint = hint.trim();
    if hint.is_empty() {
        return Face::text(said);
    }
    Face::text(say!("refusals-with-hint", said = shorten(&said, 1_500), hint = hint))
}

/// Begins with a capital and ends with a stop, wherever it was written.
fn whole_sentence(said: &str) -> String {
    let mut chars = said.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let stop = if said.trim_end().ends_with(['.', '?', '…', ':']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), chars.as_str())
}

/// The same refusal with other people's words in it made harmless.
fn harmless(refusal: &Refusal) -> Refusal {
    match refusal {
        Refusal::AccountNotReady { username } => Refusal::AccountNotReady { username: literal(username) },
        Refusal::AccountBanned { username } => Refusal::AccountBanned { username: literal(username) },
        Refusal::AccountElsewhere { username } => Refusal::AccountElsewhere { username: literal(username) },
        Refusal::Pause(refusal) => Refusal::Pause(pauses::harmless(refusal)),
        Refusal::WhichAccount { names } => {
            let names = names.iter().map(|name| handle(name.trim_start_matches('@')));
            Refusal::WhichAccount { names: names.collect() }
        }
        Refusal::Video(VideoRefusal::Codec { codec }) => {
            Refusal::Video(VideoRefusal::Codec { codec: format!("`{}`", literal(codec)) })
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_whole_wherever_it_was_written() {
        assert_eq!(whole_sentence("no time was given"), "No time was given.");
        assert_eq!(whole_sentence("`x` is not understood"), "`x` is not understood.");
        assert_eq!(whole_sentence("A post needs a video."), "A post needs a video.");
    }

    #[test]
    fn a_name_in_a_refusal_cannot_leave_its_backticks_or_mention_anybody() {
        let face = refused(&Refusal::AccountNotReady { username: "x` @everyone <@1>".into() });
        assert!(!face.content.contains("@everyone") && !face.content.contains("<@1>"), "{}", face.content);
        assert_eq!(face.content.lines().next().map(|line| line.matches('`').count()), Some(2));
    }
}
