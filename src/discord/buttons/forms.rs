//! The forms: classic text inputs, filled in with what is there already.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serenity::all::{CreateActionRow, CreateInputText, CreateModal, InputTextStyle};

use super::{Form, ReasonKind};
use crate::discord::face::bare_line;
use crate::domain::account::Account;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::post::{Due, Post, Revision};
use crate::domain::schedule::{self, When};
use crate::say;

/// The input that holds the caption.
pub const CAPTION_FIELD: &str = "caption";
/// The input that holds the cover's place in the video, in seconds.
pub const COVER_FIELD: &str = "cover";
/// The input that holds a time.
pub const WHEN_FIELD: &str = "when";
/// The input that holds a reason.
pub const REASON_FIELD: &str = "reason";

/// The input that holds an account's handle.
pub const ACCOUNT_FIELD: &str = "account";
/// The input that holds an address.
pub const ADDRESS_FIELD: &str = "address";

/// More than TikTok takes, on purpose: whoever pastes too much is told how much is over instead of losing the end.
const CAPTION_ROOM: u16 = 4_000;
const REASON_ROOM: u16 = 1_000;
const TIME_ROOM: u16 = 100;
/// Longest text that stands in an empty input.
const LONGEST_PLACEHOLDER: usize = 100;

/// Asks for caption and cover of a draft.
pub fn caption_form(post: &Post) -> CreateModal {
    let inputs = vec![caption(post.caption.as_str()), cover(post)];
    form(Form::Caption { post: post.id }, &say!("commands-form-caption-title"), inputs)
}

/// Asks for a time, showing the present one on the clock of whoever is asked.
pub fn time_form(post: &Post, zone: Tz) -> CreateModal {
    let title = say!("commands-form-time-title", number = post.number);
    form(Form::Time { post: post.id }, &title, vec![when(post, zone)])
}

/// Asks a reviewer for the reason of a verdict on the revision they saw.
pub fn reason_form(post: &Post, revision: Revision, kind: ReasonKind) -> CreateModal {
    let number = post.number;
    let (title, label, required) = match kind {
        ReasonKind::Decline => {
            (say!("commands-form-decline-title", number = number), say!("commands-form-why-not"), false)
        }
        ReasonKind::Explain => {
            (say!("commands-form-explain-title", number = number), say!("commands-form-why-not"), true)
        }
        ReasonKind::RequestChanges => {
            (say!("commands-form-changes-title", number = number), say!("commands-form-what-changes"), true)
        }
    };
    let input = CreateInputText::new(InputTextStyle::Paragraph, label, REASON_FIELD)
        .required(required)
        .max_length(REASON_ROOM)
        .placeholder(say!("commands-form-reason-hint"));
    form(Form::Reason { post: post.id, revision, kind }, &title, vec![input])
}

/// Asks for a submitted post's caption, time and cover, the time on the clock of whoever is asked.
pub fn edit_form(post: &Post, zone: Tz) -> CreateModal {
    let inputs = vec![caption(post.caption.as_str()), when(post, zone), cover(post)];
    form(Form::EditPost { post: post.id }, &say!("commands-form-edit-title", number = post.number), inputs)
}

/// Asks for time and caption of a video somebody sent as a message, and for the account where there is a choice. Of
/// several videos in the message the first is taken, which the form says.
pub fn schedule_form(
    (channel, message): (ChannelId, MessageId),
    videos: usize,
    caption_so_far: &str,
    accounts: &[Account],
) -> CreateModal {
    let label = if videos > 1 { say!("commands-form-when-first", videos = videos) } else { say!("commands-form-when") };
    let mut inputs = vec![when_input(label).required(true), caption(caption_so_far)];
    if accounts.len() > 1 {
        let names: Vec<String> = accounts.iter().map(|account| format!("@{}", account.username)).collect();
        let input = CreateInputText::new(InputTextStyle::Short, say!("commands-form-account"), ACCOUNT_FIELD)
            .required(true)
            .max_length(TIME_ROOM)
            .placeholder(bare_line(&names.join(" · "), LONGEST_PLACEHOLDER));
        inputs.push(input);
    }
    form(Form::FromMessage { channel, message }, &say!("commands-form-schedule-title"), inputs)
}

/// Asks for the address TikTok's consent page led to.
pub fn address_form() -> CreateModal {
    let input = CreateInputText::new(InputTextStyle::Paragraph, say!("commands-form-address"), ADDRESS_FIELD)
        .required(true)
        .max_length(CAPTION_ROOM)
        .placeholder("http://127.0.0.1:…/oauth/tiktok/callback?code=…&scopes=…&state=…");
    form(Form::Address, &say!("commands-form-address-title"), vec![input])
}

/// A cover's place as people write it: `2.5`.
#[must_use]
pub fn cover_seconds(millis: u32) -> String {
    let text = format!("{}.{:03}", millis / 1_000, millis % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn form(name: Form, title: &str, inputs: Vec<CreateInputText>) -> CreateModal {
    CreateModal::new(name.to_string(), title).components(inputs.into_iter().map(CreateActionRow::InputText).collect())
}

fn caption(so_far: &str) -> CreateInputText {
    let input = CreateInputText::new(InputTextStyle::Paragraph, say!("commands-form-caption"), CAPTION_FIELD)
        .required(false)
        .max_length(CAPTION_ROOM)
        .placeholder(say!("commands-form-caption-hint"));
    let room: String = so_far.chars().take(usize::from(CAPTION_ROOM)).collect();
    if room.is_empty() { input } else { input.value(room) }
}

fn cover(post: &Post) -> CreateInputText {
    let input = CreateInputText::new(InputTextStyle::Short, say!("commands-form-cover"), COVER_FIELD)
        .required(false)
        .max_length(12)
        .placeholder(say!("commands-form-cover-hint"));
    match post.choices.cover_millis {
        0 => input,
        millis => input.value(cover_seconds(millis)),
    }
}

fn when(post: &Post, zone: Tz) -> CreateInputText {
    when_input(say!("commands-form-when")).required(true).value(match post.due {
        Due::Asap => "asap".to_owned(),
        Due::At(at) => typed(at, zone),
    })
}

/// An instant as people would type it, where that names no other; else as machines write it.
fn typed(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    let plain = local.format("%Y-%m-%d %H:%M").to_string();
    match schedule::read(&plain, zone, at) {
        Ok(When::At { at: read, .. }) if read == at => plain,
        _ => local.format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    }
}

fn when_input(label: String) -> CreateInputText {
    CreateInputText::new(InputTextStyle::Short, label, WHEN_FIELD)
        .max_length(TIME_ROOM.min(u16::try_from(schedule::LONGEST_TEXT).unwrap_or(TIME_ROOM)))
        .placeholder(say!("commands-form-when-hint"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::creator::cover_millis;

    #[test]
    fn a_time_is_given_as_people_type_it_and_reads_as_the_same_instant() {
        let berlin = chrono_tz::Europe::Berlin;
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        for (instant, said) in [
            ("2026-11-27T17:00:00Z", "2026-11-27 18:00"),
            ("2026-11-27T17:00:07Z", "2026-11-27T18:00:07+01:00"),
            // Clocks show this hour twice.
            ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"),
        ] {
            assert_eq!(typed(at(instant), berlin), said);
            let read = schedule::read(said, berlin, at("2026-10-01T00:00:00Z"));
            assert!(matches!(read, Ok(When::At { at: read, .. }) if read == at(instant)), "{said}");
        }
    }

    #[test]
    fn a_cover_is_read_in_seconds() {
        let read = |text| cover_millis(text);
        assert_eq!(read(""), Some(0));
        assert_eq!(read("2.5"), Some(2_500));
        assert_eq!(read("2,5 s"), Some(2_500));
        assert_eq!(read("1:02.25"), Some(62_250));
        for nonsense in ["-1", "two", "1.2345", "1:2:3", ".", "99999999999", "71583:00"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
        assert_eq!(cover_seconds(62_250), "62.25");
    }
}
