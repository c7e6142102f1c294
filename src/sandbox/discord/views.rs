//! What there is to see from outside: channels as people see them, what the bot called, what it registered.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::message_shape::message;
use super::state::{LOADING, Message, State};
use super::{Discord, Snowflake};
use crate::sandbox::gateway::Identified;

/// One call of the bot.
#[derive(Clone, Debug)]
pub struct Call {
    /// When.
    pub at: DateTime<Utc>,
    /// `GET`, `POST` …
    pub method: String,
    /// The path below `/api/v10`, with its query.
    pub path: String,
    /// The method and the path as documented: `POST /channels/{channel}/messages`.
    pub route: String,
    /// The JSON of the body, or of its `payload_json`.
    pub body: Value,
    /// Names and sizes of the files.
    pub files: Vec<(String, usize)>,
    /// Did the body come as a form?
    pub form: bool,
    /// The status of the answer; 0 while it runs and when the connection was cut first.
    pub status: u16,
    /// The JSON of the answer.
    pub answer: Value,
}

/// Who really heard a ping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    /// The message.
    pub message: Snowflake,
    /// The name of its channel.
    pub channel: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The names of the people.
    pub users: Vec<String>,
    /// The names of the roles.
    pub roles: Vec<String>,
    /// Was it everybody?
    pub everyone: bool,
}

impl State {
    /// A message for the page and for tests: Discord's object with what a person sees besides.
    pub(crate) fn seen(&self, one: &Message) -> Value {
        let mut shape = message(self, one);
        let reactions = shape["reactions"].as_array_mut().into_iter().flatten().zip(&one.reactions);
        for (shown, reaction) in reactions {
            shown["members"] = reaction.users.iter().map(|user| self.user_name(*user)).collect();
        }
        let asked = one.interaction.and_then(|id| self.asked.get(&id)).filter(|asked| asked.kind == 2);
        shape["invoked"] = asked.map_or(
            Value::Null,
            |asked| json!({"member": self.user_name(asked.user), "with": asked.with, "id": asked.id.to_string()}),
        );
        shape["ephemeral"] = json!(one.only_for.is_some());
        shape["thinking"] = json!(one.flags & LOADING != 0);
        shape["author_name"] = json!(self.user_name(one.author));
        shape["text"] = json!(super::transcript::readable(self, &one.content));
        shape
    }
}

impl Discord {
    /// The messages everybody sees in a channel, oldest first, as Discord objects.
    #[must_use]
    pub fn messages(&self, channel: &str) -> Vec<Value> {
        let state = self.lock();
        let Ok(id) = state.find_channel(channel) else { return Vec::new() };
        state.messages_in(id).filter(|one| one.only_for.is_none()).map(|one| state.seen(one)).collect()
    }

    /// What a member sees in a channel: also what only they see.
    #[must_use]
    pub fn seen_by(&self, member: &str, channel: &str) -> Vec<Value> {
        let state = self.lock();
        let Ok(id) = state.find_channel(channel) else { return Vec::new() };
        let Ok(user) = state.find_anybody(member) else { return Vec::new() };
        if state.permissions_in(user, id) & super::server::permission::VIEW_CHANNEL == 0 {
            return Vec::new();
        }
        let visible = |one: &&Message| one.only_for.is_none_or(|only| only == user);
        state.messages_in(id).filter(visible).map(|one| state.seen(one)).collect()
    }

    /// What only this member sees, anywhere.
    #[must_use]
    pub fn private_messages(&self, member: &str) -> Vec<Value> {
        let state = self.lock();
        let Ok(user) = state.find_anybody(member) else { return Vec::new() };
        let own = state.messages.values().filter(|one| one.only_for == Some(user) && !one.deleted);
        own.map(|one| state.seen(one)).collect()
    }

    /// A message, private ones too.
    #[must_use]
    pub fn message(&self, id: Snowflake) -> Option<Value> {
        let state = self.lock();
        state.message(id).map(|one| state.seen(one))
    }

    /// The bytes of a file by its id.
    #[must_use]
    pub fn file(&self, id: Snowflake) -> Option<bytes::Bytes> {
        self.lock().files.get(&id).map(|file| file.bytes.clone())
    }

    /// Every call of the bot so far.
    #[must_use]
    pub fn journal(&self) -> Vec<Call> {
        self.lock().journal.clone()
    }

    /// Everything registered, of all servers and global.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.lock().commands.values().flatten().cloned().collect()
    }

    /// What did not fit the specification.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }

    /// Every time a bot introduced itself anew; resuming does not count.
    #[must_use]
    pub fn identifies(&self) -> Vec<Identified> {
        self.lock().gateway.identified.clone()
    }

    /// How often a bot resumed its session.
    #[must_use]
    pub fn resumes(&self) -> u32 {
        self.lock().gateway.resumed
    }

    /// How often a bot connected to the gateway and was let in, whatever it said then.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.lock().gateway.lines
    }

    /// Every frame that went out over the gateway, oldest first.
    #[must_use]
    pub fn frames(&self) -> Vec<Value> {
        self.lock().gateway.sent.iter().cloned().collect()
    }

    /// What people did, in words, and how long they waited for the first answer, if one came.
    #[must_use]
    pub fn waits(&self) -> Vec<(String, Option<Duration>)> {
        let state = self.lock();
        state.asked.values().map(|asked| (asked.with.clone(), asked.answered.map(|(_, after)| after))).collect()
    }

    /// Who was really pinged, message by message.
    #[must_use]
    pub fn pings(&self) -> Vec<Ping> {
        self.lock().pings.clone()
    }

    /// Is a bot connected?
    #[must_use]
    pub fn online(&self) -> bool {
        self.lock().gateway.online()
    }

    /// A number that grows with every change; its receiver wakes when it does.
    #[must_use]
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.version().subscribe()
    }
}
