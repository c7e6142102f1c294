//! Pieces that several messages share: instants, people, accounts, captions and choices, said the same way everywhere.

use chrono::{DateTime, Utc};

use crate::discord::buttons::cover_seconds;
use crate::discord::face::{block, handle, plain, plain_line, shorten, units};
use crate::domain::account::Account;
use crate::domain::caption::LONGEST_CAPTION;
use crate::domain::creator::{Choices, Privacy};
use crate::domain::digest::caption_preview;
use crate::domain::ids::MemberId;
use crate::domain::post::{Due, Post};
use crate::say;

/// Escaped captions up to this long are shown as text; beyond it a block needs less room.
const LONGEST_ESCAPED: usize = 3_000;
/// How much of a name is shown.
pub(in crate::discord) const LONGEST_NAME: usize = 80;
/// How much of a reason is shown where it stands among other things.
pub(in crate::discord) const LONGEST_REASON: usize = 300;

/// An instant with its date, in the reader's own zone.
pub(in crate::discord) fn full(at: DateTime<Utc>) -> String {
    format!("<t:{}:F>", at.timestamp())
}

/// An instant with its date, shorter.
pub(in crate::discord) fn short(at: DateTime<Utc>) -> String {
    format!("<t:{}:f>", at.timestamp())
}

/// How far away an instant is.
pub(in crate::discord) fn relative(at: DateTime<Utc>) -> String {
    format!("<t:{}:R>", at.timestamp())
}

/// A person, as Discord shows them.
pub(in crate::discord) fn person(who: MemberId) -> String {
    format!("<@{who}>")
}

/// An account as people know it: `Harbour Café (@harbour.cafe)`.
pub(in crate::discord) fn account_name(nickname: &str, username: &str) -> String {
    format!("{} ({})", plain_line(nickname, LONGEST_NAME), handle(username))
}

/// The same, of a connected account.
pub(in crate::discord) fn account(account: &Account) -> String {
    account_name(&account.nickname, &account.username)
}

/// An instant with its date, and how far away it is.
pub(in crate::discord) fn instant(at: DateTime<Utc>) -> String {
    format!("{} ({})", full(at), relative(at))
}

/// When a post is due, with the zone its time was given in.
pub(in crate::discord) fn due(post: &Post) -> String {
    match post.due {
        Due::Asap => say!("replies-due-asap"),
        Due::At(at) => say!("replies-due-at", when = instant(at), zone = zone(post)),
    }
}

/// The word by which a sentence chooses what it says of the time: `asap` or `at`.
pub(in crate::discord) const fn due_word(due: Due) -> &'static str {
    match due {
        Due::Asap => "asap",
        Due::At(_) => "at",
    }
}

/// The instant a post is due, to be put into a sentence; nothing where none was named.
pub(in crate::discord) fn due_briefly(due: Due) -> String {
    due.instant().map_or_else(String::new, instant)
}

/// The same, with the zone its time was given in.
pub(in crate::discord) fn due_in_zone(post: &Post) -> String {
    let said = |at| say!("replies-due-in-zone", date = full(at), left = relative(at), zone = zone(post));
    post.due.instant().map_or_else(String::new, said)
}

fn zone(post: &Post) -> String {
    plain_line(post.zone.name(), 64)
}

/// The whole caption under its length; never shortened, because it is judged.
pub(in crate::discord) fn caption(post: &Post) -> String {
    let text = post.caption.as_str();
    let (length, most) = (units(text), LONGEST_CAPTION);
    if text.is_empty() {
        return say!("replies-caption-none", length = length, most = most);
    }
    let (hashtags, mentions) = (post.caption.hashtags().len(), post.caption.mentions().len());
    let head = say!("replies-caption", length = length, most = most, hashtags = hashtags, mentions = mentions);
    let escaped = plain(text, usize::MAX);
    if units(&escaped) <= LONGEST_ESCAPED { format!("{head}\n{escaped}") } else { format!("{head}\n{}", block(text)) }
}

/// The caption in a block, ready to be copied.
pub(in crate::discord) fn caption_to_copy(post: &Post) -> String {
    match post.caption.as_str() {
        "" => say!("replies-caption-to-copy-none"),
        text => format!("{}\n{}", say!("replies-caption-to-copy"), block(text)),
    }
}

/// The beginning of a caption on one line.
pub(in crate::discord) fn preview(caption: &str) -> String {
    match caption_preview(caption) {
        empty if empty.is_empty() => say!("replies-preview-none"),
        line => plain_line(&line, 2 * LONGEST_NAME),
    }
}

/// What TikTok's app calls a level of privacy.
pub(in crate::discord) fn privacy(level: Privacy) -> String {
    match level {
        Privacy::PublicToEveryone => say!("replies-privacy-everyone"),
        Privacy::MutualFollowFriends => say!("replies-privacy-friends"),
        Privacy::FollowerOfCreator => say!("replies-privacy-followers"),
        Privacy::SelfOnly => say!("replies-privacy-self"),
    }
}

/// Every choice of a post, one a line.
pub(in crate::discord) fn choices(choices: &Choices) -> String {
    let on = |on: bool| if on { say!("replies-choices-on") } else { say!("replies-choices-off") };
    let who = match choices.privacy {
        Some(level) => say!("replies-choices-privacy", level = privacy(level)),
        None => say!("replies-choices-privacy-none"),
    };
    let disclosure = match (choices.discloses, choices.own_brand, choices.branded_content) {
        (false, _, _) => say!("replies-choices-disclosure-off"),
        (true, false, false) => say!("replies-choices-disclosure-open"),
        (true, true, false) => say!("replies-choices-disclosure-own"),
        (true, false, true) => say!("replies-choices-disclosure-branded"),
        (true, true, true) => say!("replies-choices-disclosure-both"),
    };
    [
        who,
        say!(
            "replies-choices-interactions",
            comments = on(choices.comments),
            duet = on(choices.duet),
            stitch = on(choices.stitch),
        ),
        disclosure,
        say!("replies-choices-ai", on = on(choices.ai_generated)),
        say!("replies-choices-cover", cover = cover(choices)),
    ]
    .join("\n")
}

/// Which frame is the cover.
pub(in crate::discord) fn cover(choices: &Choices) -> String {
    match choices.cover_millis {
        0 => say!("replies-cover-first"),
        millis => say!("replies-cover-at", seconds = cover_seconds(millis)),
    }
}

/// Names in a row: `mia, rui and kim`.
pub(in crate::discord) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => say!("replies-names", first = first.join(", "), last = last.as_str()),
    }
}

/// As many lines as fit, and how many do not.
pub(in crate::discord) fn lines(all: &[String], most_units: usize) -> String {
    let mut shown = Vec::new();
    let mut length = 0;
    for (index, line) in all.iter().enumerate() {
        let line = shorten(line, most_units / 2);
        // Room for `and 12345 more`.
        if length + units(&line) + 24 > most_units {
            shown.push(say!("replies-lines-more", count = all.len() - index));
            break;
        }
        length += units(&line) + 1;
        shown.push(line);
    }
    shown.join("\n")
}
