//! The video in somebody's message: found when somebody points at it, fetched when the form with the time comes back.
//!
//! A message that was forwarded carries what it holds as a snapshot, which counts like files of its own. Asked for later,
//! a message of other people's comes without its files, because the bot does not ask Discord for the right to read along:
//! <https://docs.discord.com/developers/events/gateway#message-content-intent>. Then the file that was pointed at is
//! taken; whether the message is still there is asked in any case.

use serenity::all::{Attachment, Message};
use url::Url;

use super::commands::schedule::{Asked, take_in};
use super::{Bot, http, people};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::post::Post;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::is_named_like_a_video;
use crate::flows::Failure;
use crate::flows::submit::HandIn;
use crate::store::PickedFile;

/// Discord's number for a message that is not there.
const UNKNOWN_MESSAGE: isize = 10_008;

/// What was found in a message.
#[derive(Debug)]
pub(super) struct Found {
    /// The first video.
    pub(super) file: PickedFile,
    /// How many videos there are.
    pub(super) videos: usize,
    /// The message's words, as the beginning of a caption.
    pub(super) caption: String,
}

/// What the form asked for.
#[derive(Debug)]
pub(super) struct Wished {
    /// The time as it was typed.
    pub(super) when: String,
    /// The words.
    pub(super) caption: String,
    /// The account, where the form asked for one.
    pub(super) account: Option<String>,
}

/// The video in a message, if there is one.
pub(super) fn find(message: &Message) -> Option<Found> {
    let mut videos = videos(message);
    let file = picked(videos.next()?);
    let snapshot = || message.message_snapshots.iter().map(|snapshot| snapshot.content.as_str());
    let words = std::iter::once(message.content.as_str()).chain(snapshot()).find(|words| !words.trim().is_empty());
    Some(Found { file, videos: videos.count() + 1, caption: words.map(without_mentions).unwrap_or_default() })
}

/// Where a message is, and which it is.
pub(super) fn ids(message: &Message) -> (ChannelId, MessageId) {
    (ChannelId(message.channel_id.get()), MessageId(message.id.get()))
}

/// Hands in the video this member pointed at, if its message is still there.
pub(super) async fn hand_in(
    bot: &Bot,
    by: &Member,
    (channel, message): (ChannelId, MessageId),
    wished: Wished,
    asked: Asked<'_>,
) -> Result<Post, Failure> {
    let pick = bot.flows.store.pick(by.workspace, by.id, message).await?.ok_or(Refusal::OldButton)?;
    let file = present(bot, channel, message, pick.file).await?;
    let video_url = Url::parse(&file.link).map_err(|_| Refusal::NoVideoInMessage)?;
    let Wished { when, caption, account } = wished;
    let given = HandIn { video_url, file_name: file.file_name, when, caption, account, privacy: None };
    let (channel, message) = (channel.0.max(1), message.0.max(1));
    let by = people::acting(by.clone(), channel.into(), Some(message.into()));
    take_in(&bot.flows, &by, given, false, asked).await
}

/// The file as its message has it now, else as it was when somebody pointed at it.
async fn present(bot: &Bot, channel: ChannelId, message: MessageId, file: PickedFile) -> Result<PickedFile, Failure> {
    match bot.http.get_message(channel.0.max(1).into(), message.0.max(1).into()).await {
        Ok(message) => {
            let fresh = videos(&message).map(picked).find(|one| one.attachment == file.attachment);
            Ok(fresh.unwrap_or(file))
        }
        Err(error) if http::code(&error) == Some(UNKNOWN_MESSAGE) => Err(Refusal::MessageGone.into()),
        Err(error) => {
            // The menu works in channels the bot cannot see.
            tracing::debug!("The message with a video cannot be looked at again: {error}");
            Ok(file)
        }
    }
}

fn videos(message: &Message) -> impl Iterator<Item = &Attachment> {
    let forwarded = message.message_snapshots.iter().flat_map(|snapshot| &snapshot.attachments);
    message.attachments.iter().chain(forwarded).filter(|file| is_video(file))
}

/// By what Discord says of it, or by the end of its name; the bytes decide when they are here.
fn is_video(file: &Attachment) -> bool {
    let said = file.content_type.as_deref().is_some_and(|kind| kind.starts_with("video/"));
    said || is_named_like_a_video(&file.filename)
}

fn picked(file: &Attachment) -> PickedFile {
    PickedFile { attachment: file.id.to_string(), link: file.url.clone(), file_name: file.filename.clone() }
}

/// A message's words without what means something in Discord alone: `<@1>`, `<#2>`, `<:name:3>`.
fn without_mentions(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('<') {
        let marks = after.starts_with(['@', '#', ':', '/', 't', 'a', 'i']);
        let end = after.find('>').filter(|end| marks && !after[..*end].contains(char::is_whitespace));
        kept.push_str(before);
        match end {
            Some(end) => rest = &after[end + 1..],
            None => {
                kept.push('<');
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn file(id: u64, name: &str, kind: Option<&str>) -> Value {
        json!({
            "id": id.to_string(), "filename": name, "size": 9, "content_type": kind,
            "url": format!("https://cdn.discordapp.com/attachments/1/{id}/{name}"), "proxy_url": "https://x",
        })
    }

    fn message(files: &[Value], forwarded: &[Value]) -> Message {
        let author = json!({ "id": "5", "username": "mia", "discriminator": "0", "avatar": null });
        let time = "2026-11-25T08:00:00.000000+00:00";
        let snapshot = json!({ "message": {
            "content": "forwarded words", "timestamp": time, "edited_timestamp": null, "mentions": [], "type": 0,
            "attachments": forwarded, "embeds": [], "flags": 0,
        }});
        let mut whole = json!({
            "id": "3", "channel_id": "2", "author": author, "content": "<@9> Friday <3 latte <:cup:4>",
            "timestamp": time, "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
            "mention_roles": [], "attachments": files, "embeds": [], "pinned": false, "type": 0,
        });
        if !forwarded.is_empty() {
            whole["content"] = json!("");
            whole["message_snapshots"] = json!([snapshot]);
        }
        serde_json::from_value(whole).unwrap()
    }

    #[test]
    fn the_first_video_is_found_among_other_files() {
        let files = [file(1, "notes.pdf", None), file(2, "LATTE.MOV", None), file(3, "b", Some("video/mp4"))];
        let found = find(&message(&files, &[])).unwrap();
        assert_eq!((found.file.attachment.as_str(), found.videos), ("2", 2));
        assert_eq!(found.caption, "Friday <3 latte");
        assert!(find(&message(&files[..1], &[])).is_none());
    }

    #[test]
    fn a_forwarded_video_counts() {
        let found = find(&message(&[], &[file(4, "latte.mp4", Some("video/mp4"))])).unwrap();
        assert_eq!((found.file.file_name.as_str(), found.caption.as_str()), ("latte.mp4", "forwarded words"));
    }
}
