//! The gateway half of the local Discord: sessions, sequence numbers, heartbeats, resuming, and events by intent.
//!
//! A session outlives its connection and keeps what it sent, so a bot that comes back hears what it missed.
//! <https://discord.com/developers/docs/events/gateway>

mod frames;
mod line;
mod trouble;

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use line::connect;
pub use trouble::GatewayTrouble;

use super::discord::wire::Wire;
use super::discord::{Snowflake, shapes, state::State};

/// What a bot can ask to hear of.
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Those that need a switch in the developer portal.
    pub(crate) const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
    /// Every bit that means something.
    pub(crate) const ALL: u64 = ((1 << 17) - 1) | (1 << 20) | 1 << 21 | 1 << 24 | 1 << 25;
}

/// How many events a session can replay.
const KEPT_EVENTS: usize = 10_000;

/// A bot that introduced itself.
#[derive(Clone, Debug)]
pub struct Identified {
    /// When.
    pub at: DateTime<Utc>,
    /// What it wants to hear of.
    pub intents: u64,
    /// Does it want compressed frames?
    pub compress: bool,
}

/// Something to write to a connection.
#[derive(Clone, Debug)]
pub(crate) enum Outgoing {
    Frame(Value),
    Close(Option<u16>),
}

/// The way to a connected bot.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) number: u64,
    pub(crate) sender: UnboundedSender<Outgoing>,
    pub(crate) wire: Wire,
}

impl Line {
    pub(crate) fn send(&self, outgoing: Outgoing) {
        // A connection that just ended cannot take it; the session keeps its events for the next one.
        let _ = self.sender.send(outgoing);
    }
}

/// What a bot introduced itself with, and everything sent to it since.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) sequence: u64,
    pub(crate) events: VecDeque<Value>,
    pub(crate) compress: bool,
    pub(crate) intents: u64,
    pub(crate) line: Option<Line>,
}

/// All sessions, and the trouble in store for them.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) identified: Vec<Identified>,
    pub(crate) resumed: u32,
    pub(crate) lines: u64,
    /// What went out, over all connections.
    pub(crate) sent: VecDeque<Value>,
    pub(crate) heartbeat_millis: u64,
    pub(crate) allowed_intents: u64,
    pub(crate) troubles: trouble::InStore,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: BTreeMap::new(),
            identified: Vec::new(),
            resumed: 0,
            lines: 0,
            sent: VecDeque::new(),
            heartbeat_millis: 41_250,
            allowed_intents: intent::ALL & !intent::PRIVILEGED,
            troubles: trouble::InStore::default(),
        }
    }
}

impl Gateway {
    pub(crate) fn online(&self) -> bool {
        self.sessions.values().any(|session| session.line.is_some())
    }

    /// Remembers a frame that goes out; the oldest are forgotten.
    fn keep(&mut self, frame: &Value) {
        self.sent.push_back(frame.clone());
        if self.sent.len() > KEPT_EVENTS {
            self.sent.pop_front();
        }
    }

    pub(crate) fn heal(&mut self) {
        self.troubles = trouble::InStore::default();
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) kind: &'static str,
    /// The intent that lets a session hear of it; 0 for everybody.
    pub(crate) needs: u64,
    pub(crate) data: Value,
    /// What those without the intent for content get to see.
    pub(crate) without_content: Option<Value>,
}

impl Happened {
    pub(crate) fn new(kind: &'static str, needs: u64, data: Value) -> Self {
        Self { kind, needs, data, without_content: None }
    }
}

impl State {
    /// Tells every session that may hear it; one that is away hears it when it resumes.
    pub(crate) fn emit(&mut self, happened: &Happened) {
        let lacks = self.gateway.troubles.lacks(happened.kind);
        for session in self.gateway.sessions.values_mut() {
            if happened.needs != 0 && session.intents & happened.needs == 0 {
                continue;
            }
            let sees = session.intents & intent::MESSAGE_CONTENT != 0;
            let data = happened.without_content.as_ref().filter(|_| !sees).unwrap_or(&happened.data);
            let mut data = data.clone();
            if let Some(pointer) = &lacks {
                trouble::remove(&mut data, pointer);
            }
            session.push(happened.kind, &data);
        }
    }

    /// As [`Self::emit`], unless the bot cannot see the channel.
    pub(crate) fn emit_in(&mut self, channel: Snowflake, happened: &Happened) {
        if self.permissions_in(self.bot, channel) & super::discord::server::permission::VIEW_CHANNEL != 0 {
            self.emit(happened);
        }
    }

    /// What a session hears first.
    pub(crate) fn welcome(&mut self, session: &str) {
        let guilds: Vec<_> = self.guilds.values().filter(|guild| guild.members.contains_key(&self.bot)).collect();
        let unavailable: Vec<_> =
            guilds.iter().map(|guild| json!({"id": guild.id.to_string(), "unavailable": true})).collect();
        let whole: Vec<_> = guilds.iter().map(|guild| shapes::whole_guild(self, guild)).collect();
        let ready = json!({
            "v": 10, "user": shapes::own_user(self), "guilds": unavailable, "session_id": session,
            "session_type": "normal", "user_settings": {}, "relationships": [], "private_channels": [], "presences": [],
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "shard": [0, 1], "_trace": [],
            "application": {"id": self.application.to_string(), "flags": 1 << 23},
            "resume_gateway_url": format!("{}/resume", self.base_url.replacen("http", "ws", 1)),
        });
        let Some(session) = self.gateway.sessions.get_mut(session) else { return };
        session.push("READY", &ready);
        if session.intents & intent::GUILDS != 0 {
            whole.into_iter().for_each(|guild| session.push("GUILD_CREATE", &guild));
        }
    }
}

impl Session {
    pub(crate) fn push(&mut self, kind: &str, data: &Value) {
        self.sequence += 1;
        let frame = json!({"op": 0, "t": kind, "s": self.sequence, "d": data});
        if let Some(line) = &self.line {
            line.send(Outgoing::Frame(frame.clone()));
        }
        self.events.push_back(frame);
        if self.events.len() > KEPT_EVENTS {
            self.events.pop_front();
        }
    }
}
