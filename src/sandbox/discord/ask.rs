//! Interactions on their way to the bot: the envelope is the same for commands, components, forms and autocomplete.
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::state::{Asked, State, random_word};
use super::{Snowflake, shapes};
use crate::sandbox::gateway::Happened;

/// What a person did.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) kind: u8,
    pub(crate) user: Snowflake,
    pub(crate) guild: Snowflake,
    pub(crate) channel: Snowflake,
    /// As people say it: `/schedule`.
    pub(crate) with: String,
    pub(crate) source: Option<Snowflake>,
    pub(crate) data: Value,
}

impl State {
    /// Hands an interaction to the bot and starts its three seconds.
    pub(crate) fn ask(&mut self, deed: Deed) -> Snowflake {
        let (id, token) = (self.next_id(), random_word());
        let event = self.envelope(id, &token, &deed);
        let now = Instant::now();
        // Nobody to hand it to: it is over before it began, as when the program is switched off.
        let heard = !self.gateway.sessions.is_empty();
        let over = now.checked_sub(self.answer_within + Duration::from_millis(1)).unwrap_or(now);
        let asked = Asked {
            id,
            token,
            kind: deed.kind,
            user: deed.user,
            guild: deed.guild,
            channel: deed.channel,
            with: deed.with,
            source: deed.source,
            delivered_at: if heard { now } else { over },
            created_at: self.now(),
            answered: None,
            deferred: false,
            original: None,
            followups: Vec::new(),
            form: None,
            choices: Vec::new(),
        };
        self.asked.insert(id, asked);
        self.emit(&Happened::new("INTERACTION_CREATE", 0, event));
        id
    }

    fn envelope(&self, id: Snowflake, token: &str, deed: &Deed) -> Value {
        let locale = self.users.get(&deed.user).map_or("en-US", |user| user.locale.as_str());
        let guild_locale = self.guilds.get(&deed.guild).map_or("en-US", |guild| guild.locale.as_str());
        let mut event = json!({
            "id": id.to_string(), "application_id": self.application.to_string(), "type": deed.kind, "token": token,
            "version": 1, "data": deed.data, "guild_id": deed.guild.to_string(), "channel_id": deed.channel.to_string(),
            "guild": {"id": deed.guild.to_string(), "locale": guild_locale, "features": []},
            "app_permissions": self.permissions_in(self.bot, deed.channel).to_string(),
            "locale": locale, "guild_locale": guild_locale, "entitlements": [], "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": deed.guild.to_string()}, "context": 0,
            "attachment_size_limit": self.upload_limit(deed.user, deed.channel),
        });
        if let Some(channel) = self.channels.get(&deed.channel) {
            event["channel"] = self.resolved_channel(deed.user, channel);
        }
        if let Some(member) = self.member(deed.guild, deed.user) {
            event["member"] = shapes::member(self, member);
            event["member"]["permissions"] = json!(self.permissions_in(deed.user, deed.channel).to_string());
        }
        if let Some(message) = deed.source.and_then(|source| self.message(source)) {
            event["message"] = super::message_shape::message(self, message);
        }
        event
    }

    /// A channel as interactions show it.
    pub(crate) fn resolved_channel(&self, user: Snowflake, channel: &super::Channel) -> Value {
        let mut shape = shapes::channel(self, channel);
        shape["permissions"] = json!(self.permissions_in(user, channel.id).to_string());
        shape["app_permissions"] = json!(self.permissions_in(self.bot, channel.id).to_string());
        shape
    }
}
