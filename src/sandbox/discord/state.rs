//! Everything the local Discord remembers, and how ids are made. All of it lies behind one lock in [`super::Discord`];
//! nothing here waits, so a change and the events it causes are one step.

use std::collections::{BTreeMap, VecDeque};
use std::hash::RandomState;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::faults::{FileFault, RestFault};
use super::limits::Bucket;
use super::server::{Channel, Guild, Member, User};
use super::{Call, Ping, Snowflake};
use crate::domain::clock::SharedClock;
use crate::sandbox::gateway::Gateway;

/// The first millisecond of Discord's ids: 2015-01-01.
const EPOCH_MILLIS: i64 = 1_420_070_400_000;

/// The flag of a message only one person sees.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The flag of a deferred reply that has not come yet.
pub(crate) const LOADING: u64 = 1 << 7;
/// The flag of a message that pings nobody.
pub(crate) const SILENT: u64 = 1 << 12;
/// The flag of a message that has a thread.
pub(crate) const HAS_THREAD: u64 = 1 << 5;

/// A reaction: the emoji as the wire has it, and who put it.
#[derive(Clone, Debug)]
pub(crate) struct Reaction {
    pub(crate) emoji: Value,
    pub(crate) users: Vec<Snowflake>,
}

/// A message, visible to all or to one.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) author: Snowflake,
    /// The only person who sees it.
    pub(crate) only_for: Option<Snowflake>,
    /// The interaction that made it.
    pub(crate) interaction: Option<Snowflake>,
    pub(crate) nonce: Option<Value>,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Snowflake>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) flags: u64,
    pub(crate) replies_to: Option<Snowflake>,
    /// What it forwards, as it was then.
    pub(crate) forwards: Option<Forwarded>,
    pub(crate) mentioned_users: Vec<Snowflake>,
    pub(crate) mentioned_roles: Vec<Snowflake>,
    pub(crate) mentions_everyone: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) edited_at: Option<DateTime<Utc>>,
    /// When it was edited after its first hour.
    pub(crate) late_edits: VecDeque<DateTime<Utc>>,
    pub(crate) deleted: bool,
}

/// A message as it was when somebody forwarded it.
#[derive(Clone, Debug)]
pub(crate) struct Forwarded {
    pub(crate) message: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) content: String,
    pub(crate) attachments: Vec<Snowflake>,
    pub(crate) created_at: DateTime<Utc>,
}

/// What became of an interaction so far.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 form.
    pub(crate) kind: u8,
    pub(crate) user: Snowflake,
    pub(crate) guild: Snowflake,
    pub(crate) channel: Snowflake,
    /// What was used, as people say it: `/schedule`.
    pub(crate) with: String,
    /// The message whose component was used.
    pub(crate) source: Option<Snowflake>,
    pub(crate) delivered_at: Instant,
    pub(crate) created_at: DateTime<Utc>,
    /// The callback type and how long it took.
    pub(crate) answered: Option<(u8, Duration)>,
    /// Is a type-5 reply still to come?
    pub(crate) deferred: bool,
    pub(crate) original: Option<Snowflake>,
    pub(crate) followups: Vec<Snowflake>,
    pub(crate) form: Option<Value>,
    pub(crate) choices: Vec<Value>,
}

/// A file somebody sent.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
    /// Does it hang on an interaction or a private message only?
    pub(crate) ephemeral: bool,
}

/// Everything there is.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: SharedClock,
    last_id: Snowflake,
    pub(crate) signing: RandomState,
    pub(crate) base_url: String,
    pub(crate) token: String,
    pub(crate) link_lives_for: Duration,
    pub(crate) answer_within: Duration,
    pub(crate) application: Snowflake,
    pub(crate) bot: Snowflake,
    pub(crate) users: BTreeMap<Snowflake, User>,
    pub(crate) guilds: BTreeMap<Snowflake, Guild>,
    pub(crate) channels: BTreeMap<Snowflake, Channel>,
    pub(crate) messages: BTreeMap<Snowflake, Message>,
    pub(crate) files: BTreeMap<Snowflake, StoredFile>,
    /// By server; `None` holds the global ones.
    pub(crate) commands: BTreeMap<Option<Snowflake>, Vec<Value>>,
    pub(crate) asked: BTreeMap<Snowflake, Asked>,
    pub(crate) journal: Vec<Call>,
    pub(crate) violations: Vec<String>,
    pub(crate) pings: Vec<Ping>,
    pub(crate) rest_faults: Vec<RestFault>,
    pub(crate) file_faults: Vec<FileFault>,
    pub(crate) buckets: BTreeMap<String, Bucket>,
    pub(crate) limits: BTreeMap<String, (u32, Duration)>,
    pub(crate) gateway: Gateway,
}

impl State {
    pub(crate) fn new(clock: SharedClock, base_url: String, token: String) -> Self {
        Self {
            clock,
            last_id: 0,
            signing: RandomState::new(),
            base_url,
            token,
            link_lives_for: Duration::from_secs(24 * 60 * 60),
            answer_within: Duration::from_secs(3),
            application: 0,
            bot: 0,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            files: BTreeMap::new(),
            commands: BTreeMap::new(),
            asked: BTreeMap::new(),
            journal: Vec::new(),
            violations: Vec::new(),
            pings: Vec::new(),
            rest_faults: Vec::new(),
            file_faults: Vec::new(),
            buckets: BTreeMap::new(),
            limits: BTreeMap::new(),
            gateway: Gateway::default(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id: the time it is, and greater than every one before.
    pub(crate) fn next_id(&mut self) -> Snowflake {
        let millis = u64::try_from(self.now().timestamp_millis() - EPOCH_MILLIS).unwrap_or(0);
        self.last_id = (millis << 22).max(self.last_id + 1);
        self.last_id
    }

    pub(crate) fn is_bot(&self, user: Snowflake) -> bool {
        user == self.bot
    }

    pub(crate) fn channel_guild(&self, channel: Snowflake) -> Option<&Guild> {
        self.guilds.get(&self.channels.get(&channel)?.guild?)
    }

    pub(crate) fn member(&self, guild: Snowflake, user: Snowflake) -> Option<&Member> {
        self.guilds.get(&guild)?.members.get(&user)
    }

    /// What a user may do in a channel. In a conversation of two: everything both are there for.
    pub(crate) fn permissions_in(&self, user: Snowflake, channel: Snowflake) -> u64 {
        let Some(place) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = place.guild.and_then(|id| self.guilds.get(&id)) else {
            return super::server::permission::EVERYONE;
        };
        let parent = place.parent.filter(|_| place.is_thread()).and_then(|id| self.channels.get(&id));
        guild.members.get(&user).map_or(0, |member| guild.permissions_in(member, parent.unwrap_or(place)))
    }

    /// A message that still exists.
    pub(crate) fn message(&self, id: Snowflake) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    /// A message of a channel that everybody can see.
    pub(crate) fn public_message(&self, channel: Snowflake, id: Snowflake) -> Option<&Message> {
        self.message(id).filter(|message| message.channel == channel && message.only_for.is_none())
    }

    /// The messages of a channel, oldest first, private ones too.
    pub(crate) fn messages_in(&self, channel: Snowflake) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |message| message.channel == channel && !message.deleted)
    }

    pub(crate) fn user_name(&self, id: Snowflake) -> String {
        self.users.get(&id).map_or_else(|| "somebody".to_owned(), |user| user.name.clone())
    }

    pub(crate) fn role_name(&self, id: Snowflake) -> String {
        let role = self.guilds.values().find_map(|guild| guild.roles.get(&id));
        role.map_or_else(|| "deleted-role".to_owned(), |role| role.name.clone())
    }

    pub(crate) fn channel_name(&self, id: Snowflake) -> String {
        self.channels.get(&id).map_or_else(|| "deleted-channel".to_owned(), |channel| channel.name.clone())
    }
}

/// A random word for tokens and session ids: 32 hexadecimal digits.
pub(crate) fn random_word() -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the machine has a source of randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
