//! Pieces that several messages share: instants, people, accounts, captions and choices, said the same way everywhere.

use chrono::{DateTime, Utc};

use crate::discord::buttons::cover_seconds;
use crate::discord::face::{block, handle, plain, plain_line, shorten, units};
use crate::domain::account::{Account, Delivery};
use crate::domain::caption::LONGEST_CAPTION;
use crate::domain::creator::{Choices, Privacy};
use crate::domain::digest::caption_preview;
use crate::domain::ids::MemberId;
use crate::domain::post::{Due, Post};

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

/// When a post is due, with the zone its time was given in.
pub(in crate::discord) fn due(post: &Post) -> String {
    match post.due {
        Due::Asap => "as soon as it is approved".to_owned(),
        Due::At(at) => format!("{} ({}), given in {}", full(at), relative(at), plain_line(post.zone.name(), 64)),
    }
}

/// When a post is due, within a sentence.
pub(in crate::discord) fn due_briefly(due: Due) -> String {
    match due {
        Due::Asap => "as soon as it is approved".to_owned(),
        Due::At(at) => format!("{} ({})", full(at), relative(at)),
    }
}

/// The same, with the zone its time was given in.
pub(in crate::discord) fn due_in_zone(post: &Post) -> String {
    match post.due {
        Due::Asap => due_briefly(post.due),
        Due::At(at) => format!("{} ({}, given in {})", full(at), relative(at), plain_line(post.zone.name(), 64)),
    }
}

/// What an approved post does at its time, within a sentence.
pub(in crate::discord) const fn goes(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Direct => "goes out",
        Delivery::Draft => "goes to the TikTok inbox",
    }
}

/// When an approved post goes out, within a sentence.
pub(in crate::discord) fn goes_out(due: Due) -> String {
    match due {
        Due::Asap => "now".to_owned(),
        Due::At(at) => format!("{} ({})", full(at), relative(at)),
    }
}

/// The whole caption under its length; never shortened, because it is judged.
pub(in crate::discord) fn caption(post: &Post) -> String {
    let text = post.caption.as_str();
    let head = format!("**Caption** · {} / {LONGEST_CAPTION}", units(text));
    if text.is_empty() {
        return format!("{head}\n*none*");
    }
    let escaped = plain(text, usize::MAX);
    if units(&escaped) <= LONGEST_ESCAPED { format!("{head}\n{escaped}") } else { format!("{head}\n{}", block(text)) }
}

/// The caption in a block, ready to be copied.
pub(in crate::discord) fn caption_to_copy(post: &Post) -> String {
    match post.caption.as_str() {
        "" => "**Caption** · none".to_owned(),
        text => format!("**Caption to copy**\n{}", block(text)),
    }
}

/// The beginning of a caption on one line.
pub(in crate::discord) fn preview(caption: &str) -> String {
    match caption_preview(caption) {
        empty if empty.is_empty() => "*no caption*".to_owned(),
        line => plain_line(&line, 2 * LONGEST_NAME),
    }
}

/// What TikTok's app calls a level of privacy.
pub(in crate::discord) const fn privacy(level: Privacy) -> &'static str {
    match level {
        Privacy::PublicToEveryone => "Everyone",
        Privacy::MutualFollowFriends => "Friends",
        Privacy::FollowerOfCreator => "Followers",
        Privacy::SelfOnly => "Only you",
    }
}

/// Every choice of a post, one a line.
pub(in crate::discord) fn choices(choices: &Choices) -> String {
    let on = |on: bool| if on { "on" } else { "off" };
    let disclosure = match (choices.discloses, choices.own_brand, choices.branded_content) {
        (false, _, _) => "off",
        (true, false, false) => "not said yet",
        (true, true, false) => "your brand (labeled *Promotional content*)",
        (true, false, true) => "branded content (labeled *Paid partnership*)",
        (true, true, true) => "your brand and branded content (labeled *Paid partnership*)",
    };
    [
        format!("Who can see it: {}", choices.privacy.map_or("not chosen yet", privacy)),
        format!("Comments {} · duet {} · stitch {}", on(choices.comments), on(choices.duet), on(choices.stitch)),
        format!("Content disclosure: {disclosure}"),
        format!("AI-generated label: {}", on(choices.ai_generated)),
        format!("Cover: {}", cover(choices)),
    ]
    .join("\n")
}

/// Which frame is the cover.
pub(in crate::discord) fn cover(choices: &Choices) -> String {
    match choices.cover_millis {
        0 => "first frame".to_owned(),
        millis => format!("the frame at {} s", cover_seconds(millis)),
    }
}

/// A number of things: `1 approval`, `3 approvals`.
pub(in crate::discord) fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// Names in a row: `mia, rui and kim`.
pub(in crate::discord) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
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
            shown.push(format!("and {} more", all.len() - index));
            break;
        }
        length += units(&line) + 1;
        shown.push(line);
    }
    shown.join("\n")
}
