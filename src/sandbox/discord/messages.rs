//! Making, changing and deleting messages, whoever asks: a route, an interaction or a person.

use std::collections::VecDeque;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Snowflake;
use super::message_shape::{message, without_content};
use super::payload::Part;
use super::refusal::{Form, Refused};
use super::rules::check_not_empty;
use super::state::{EPHEMERAL, Forwarded, HAS_THREAD, LOADING, Message, SILENT, State, StoredFile};
use crate::sandbox::gateway::{Happened, intent};

/// How long a nonce is remembered: "the past few minutes".
const NONCE_WINDOW_MINUTES: i64 = 5;
/// How old a message is when edits of it become rare goods, and how many there are in an hour.
const LATE_AFTER_MINUTES: i64 = 60;
const LATE_EDITS: usize = 20;
/// Files in one message.
const MOST_FILES: usize = 10;
/// Flags a writer can set: no embeds, silent, newer components.
const SETTABLE: u64 = (1 << 2) | SILENT | (1 << 15);

/// A message about to be made.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) channel: Snowflake,
    pub(crate) author: Snowflake,
    pub(crate) only_for: Option<Snowflake>,
    pub(crate) interaction: Option<Snowflake>,
    pub(crate) body: &'a Value,
    pub(crate) files: &'a [Part],
    pub(crate) forwards: Option<Forwarded>,
}

impl State {
    /// The message this author already made with this nonce, if it is recent.
    pub(crate) fn made_with_nonce(&self, author: Snowflake, nonce: &Value) -> Option<&Message> {
        let since = self.now() - TimeDelta::minutes(NONCE_WINDOW_MINUTES);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.messages.values().rev().take_while(|message| message.created_at >= since).find(|message| {
            message.author == author && message.nonce.as_ref().is_some_and(|known| text(known) == text(nonce))
        })
    }

    /// Makes a message, pings, and tells the sessions.
    pub(crate) fn create_message(&mut self, draft: &Draft<'_>) -> Result<Snowflake, Refused> {
        let body = draft.body;
        let mut message = Message {
            id: self.next_id(),
            channel: draft.channel,
            author: draft.author,
            only_for: draft.only_for,
            interaction: draft.interaction,
            nonce: Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
            content: body["content"].as_str().unwrap_or_default().to_owned(),
            embeds: embeds(body),
            components: components(body),
            attachments: Vec::new(),
            reactions: Vec::new(),
            flags: body["flags"].as_u64().unwrap_or(0) & SETTABLE,
            replies_to: snowflake(&body["message_reference"]["message_id"]),
            forwards: draft.forwards.clone(),
            mentioned_users: Vec::new(),
            mentioned_roles: Vec::new(),
            mentions_everyone: false,
            created_at: self.now(),
            edited_at: None,
            late_edits: VecDeque::new(),
            deleted: false,
        };
        if message.only_for.is_some() {
            message.flags |= EPHEMERAL;
        }
        if message.replies_to.is_some_and(|id| self.public_message(draft.channel, id).is_none()) {
            return Err(Form::refuse("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
        }
        message.attachments = self.store_files(&message, draft.files, &body["attachments"])?;
        let shown = message.embeds.len() + message.components.len() + message.attachments.len();
        check_not_empty(&message.content, shown + usize::from(message.forwards.is_some()))?;
        self.mention(&mut message, &body["allowed_mentions"], true);
        let id = message.id;
        self.messages.insert(id, message);
        self.announce("MESSAGE_CREATE", id);
        Ok(id)
    }

    /// An empty reply that says somebody is thinking.
    pub(crate) fn create_thinking(
        &mut self,
        channel: Snowflake,
        only_for: Option<Snowflake>,
        by: Snowflake,
    ) -> Snowflake {
        let body = json!({"content": "…"});
        let draft = Draft {
            channel,
            author: self.bot,
            only_for,
            interaction: Some(by),
            body: &body,
            files: &[],
            forwards: None,
        };
        let made = self.create_message(&draft).unwrap_or_default();
        if let Some(message) = self.messages.get_mut(&made) {
            message.content.clear();
            message.flags |= LOADING;
        }
        made
    }

    /// Changes what the body names and leaves the rest.
    pub(crate) fn edit_message(&mut self, id: Snowflake, body: &Value, files: &[Part]) -> Result<(), Refused> {
        let Some(mut message) = self.message(id).cloned() else { return Err(Refused::unknown(10008, "Message")) };
        let came = message.flags & LOADING != 0;
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().clone_into(&mut message.content);
        }
        if body.get("embeds").is_some() {
            message.embeds = embeds(body);
        }
        if body.get("components").is_some() {
            message.components = components(body);
        }
        if let Some(flags) = body["flags"].as_u64() {
            message.flags = (message.flags & !(1 << 2)) | (flags & SETTABLE);
        }
        // What an embed shows stays with the embed: it is not among the attachments a bot could list.
        let shown = super::message_shape::place_files(self, &message, &mut message.embeds.clone());
        let keeps = |file: &Snowflake| {
            let listed = body["attachments"].as_array();
            let named = listed.is_none_or(|listed| listed.iter().any(|one| snowflake(&one["id"]) == Some(*file)));
            named || shown.contains(file)
        };
        message.attachments.retain(keeps);
        let new = self.store_files(&message, files, &body["attachments"])?;
        message.attachments.extend(new);
        if message.attachments.len() > MOST_FILES {
            return Err(Form::refuse("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."));
        }
        let others = message.embeds.len() + message.components.len() + message.attachments.len();
        check_not_empty(&message.content, others)?;
        message.flags &= !LOADING;
        message.edited_at = if came { None } else { Some(self.now()) };
        // An edit pings nobody, except that it is how a deferred reply first arrives.
        self.mention(&mut message, &body["allowed_mentions"], came);
        self.messages.insert(id, message);
        self.announce("MESSAGE_UPDATE", id);
        Ok(())
    }

    /// Counts an edit over the channel route of a message older than an hour.
    pub(crate) fn count_late_edit(&mut self, id: Snowflake) -> Result<(), Refused> {
        let now = self.now();
        let Some(message) = self.messages.get_mut(&id) else { return Ok(()) };
        if now - message.created_at < TimeDelta::minutes(LATE_AFTER_MINUTES) {
            return Ok(());
        }
        message.late_edits.retain(|at| now - *at < TimeDelta::hours(1));
        if message.late_edits.len() >= LATE_EDITS {
            let words = "Maximum number of edits to messages older than 1 hour reached. Try again later";
            return Err(Refused::new(400, 30046, words));
        }
        message.late_edits.push_back(now);
        Ok(())
    }

    fn mention(&mut self, message: &mut Message, allowed: &Value, pings: bool) {
        let mentioned = super::mentions::mentioned(self, message, allowed);
        if pings {
            self.note_pings(message, &mentioned);
        }
        message.mentioned_users = mentioned.users;
        message.mentioned_roles = mentioned.roles;
        message.mentions_everyone = mentioned.everyone;
    }

    /// Deletes a message and tells the sessions.
    pub(crate) fn delete_message(&mut self, id: Snowflake) {
        let Some(message) = self.messages.get_mut(&id) else { return };
        message.deleted = true;
        let (channel, private) = (message.channel, message.only_for.is_some());
        if private {
            return;
        }
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        let mut data = json!({"id": id.to_string(), "channel_id": channel.to_string()});
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
        }
        self.emit_in(channel, &Happened::new("MESSAGE_DELETE", self.message_intent(channel), data));
    }

    pub(crate) fn message_intent(&self, channel: Snowflake) -> u64 {
        let guild = self.channels.get(&channel).is_some_and(|channel| channel.guild.is_some());
        if guild { intent::GUILD_MESSAGES } else { intent::DIRECT_MESSAGES }
    }

    fn announce(&mut self, kind: &'static str, id: Snowflake) {
        let Some(made) = self.message(id).filter(|made| made.only_for.is_none()) else { return };
        let channel = made.channel;
        let mut data = message(self, made);
        if let Some(guild) = self.channel_guild(channel) {
            data["guild_id"] = json!(guild.id.to_string());
            if let Some(member) = guild.members.get(&made.author) {
                data["member"] = super::shapes::partial_member(member);
            }
        }
        let own = self.is_bot(made.author) || made.mentioned_users.contains(&self.bot);
        let stripped = (!own).then(|| without_content(&data));
        let needs = self.message_intent(channel);
        self.emit_in(channel, &Happened { kind, needs, data, without_content: stripped });
    }

    /// Keeps the files of a request; `described` is the body's `attachments`, which names and describes them.
    fn store_files(&mut self, of: &Message, files: &[Part], described: &Value) -> Result<Vec<Snowflake>, Refused> {
        if files.len() > MOST_FILES {
            return Err(Form::refuse("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."));
        }
        let limit = self.upload_limit(of.author, of.channel);
        let mut ids = Vec::new();
        for (index, file) in files.iter().enumerate() {
            if u64::try_from(file.bytes.len()).is_ok_and(|size| size > limit) {
                return Err(Refused::new(413, 40005, "Request entity too large"));
            }
            let number = file.field.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|number| number.parse().ok()).unwrap_or(index);
            let entry = described
                .as_array()
                .into_iter()
                .flatten()
                .find(|entry| snowflake(&entry["id"]).is_some_and(|id| usize::try_from(id) == Ok(number)));
            let word = |key: &str| entry.and_then(|entry| entry[key].as_str()).map(str::to_owned);
            let id = self.next_id();
            let stored = StoredFile {
                id,
                channel: of.channel,
                name: plain_name(&word("filename").unwrap_or_else(|| file.name.clone())),
                description: word("description"),
                content_type: file.content_type.clone(),
                bytes: file.bytes.clone(),
                ephemeral: of.only_for.is_some(),
            };
            self.files.insert(id, stored);
            ids.push(id);
        }
        Ok(ids)
    }

    /// The largest file somebody may send in a channel.
    pub(crate) fn upload_limit(&self, user: Snowflake, channel: Snowflake) -> u64 {
        let by_server = self.channel_guild(channel).map_or(10 * 1024 * 1024, super::server::Guild::upload_limit);
        self.users.get(&user).map_or(by_server, |user| by_server.max(user.upload_limit))
    }

    pub(crate) fn mark_thread(&mut self, message: Snowflake) {
        if let Some(message) = self.messages.get_mut(&message) {
            message.flags |= HAS_THREAD;
        }
    }
}

/// An id as text or number.
pub(crate) fn snowflake(value: &Value) -> Option<Snowflake> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// A file name the way Discord stores it: no directories, no blanks, no control characters.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).collect();
    let plain = plain.replace(' ', "_");
    if plain.is_empty() { "unknown".to_owned() } else { plain }
}

fn embeds(body: &Value) -> Vec<Value> {
    let mut embeds = body["embeds"].as_array().cloned().unwrap_or_default();
    for embed in &mut embeds {
        embed["type"] = json!("rich");
    }
    embeds
}

/// The components with the numbers and bounds Discord gives those that have none.
fn components(body: &Value) -> Vec<Value> {
    let mut components = body["components"].as_array().cloned().unwrap_or_default();
    let mut last = 0;
    number(&mut components, &mut last);
    components
}

pub(crate) fn number(components: &mut [Value], last: &mut u64) {
    for one in components {
        *last += 1;
        if one["id"].is_null() {
            one["id"] = json!(*last);
        }
        if matches!(one["type"].as_u64(), Some(3 | 5..=8)) {
            for bound in ["min_values", "max_values"] {
                if one[bound].is_null() {
                    one[bound] = json!(1);
                }
            }
        }
        if let Some(inner) = one.get_mut("components").and_then(Value::as_array_mut) {
            number(inner, last);
        }
    }
}
