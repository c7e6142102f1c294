//! Reactions: the bot's own, other people's, and who reacted. <https://discord.com/developers/docs/resources/message#create-reaction>

use std::collections::HashMap;

use axum::extract::{Path, Query, State as Shared};
use serde_json::{Value, json};

use super::people::may;
use super::refusal::Refused;
use super::rest::{Answer, done, ok};
use super::rest_messages::readable;
use super::server::permission;
use super::state::{Reaction, State};
use super::{Discord, Snowflake, shapes};
use crate::sandbox::gateway::{Happened, intent};

/// Different reactions on one message.
const MOST_KINDS: usize = 20;

/// The emoji of a path: a character, or `name:id` for one of a server's own.
pub(crate) fn emoji(text: &str) -> Option<Value> {
    if let Some((name, id)) = text.trim_start_matches("a:").split_once(':') {
        let id: Snowflake = id.parse().ok()?;
        return Some(json!({"id": id.to_string(), "name": name}));
    }
    let plain = !text.is_empty()
        && text.chars().any(|letter| !letter.is_ascii_alphanumeric() && !letter.is_ascii_punctuation());
    plain.then(|| json!({"id": null, "name": text}))
}

/// Are two emoji the same, whether or not they say to be shown in colour?
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    let bare = |emoji: &Value| emoji["name"].as_str().unwrap_or_default().replace('\u{fe0f}', "");
    if one["id"].is_null() && other["id"].is_null() { bare(one) == bare(other) } else { one["id"] == other["id"] }
}

fn known_emoji(text: &str) -> Result<Value, Refused> {
    emoji(text).ok_or_else(|| Refused::new(400, 10014, "Unknown Emoji"))
}

impl State {
    /// Puts a reaction and tells the sessions. Twice is once.
    pub(crate) fn add_reaction(&mut self, message: Snowflake, user: Snowflake, emoji: &Value) -> Result<(), Refused> {
        let Some(on) = self.messages.get_mut(&message) else { return Err(Refused::unknown(10008, "Message")) };
        let (channel, author, kinds) = (on.channel, on.author, on.reactions.len());
        match on.reactions.iter_mut().find(|one| same(&one.emoji, emoji)) {
            Some(one) if one.users.contains(&user) => return Ok(()),
            Some(one) => one.users.push(user),
            None if kinds >= MOST_KINDS => {
                return Err(Refused::new(400, 30010, "Maximum number of reactions reached (20)"));
            }
            None => on.reactions.push(Reaction { emoji: emoji.clone(), users: vec![user] }),
        }
        let mut data = self.reaction_event(channel, message, user, emoji);
        data["message_author_id"] = json!(author.to_string());
        data["burst_colors"] = json!([]);
        if let Some(member) = self.channel_guild(channel).and_then(|guild| guild.members.get(&user)) {
            data["member"] = shapes::member(self, member);
        }
        self.emit_in(channel, &Happened::new("MESSAGE_REACTION_ADD", self.reaction_intent(channel), data));
        Ok(())
    }

    /// Takes a reaction back and tells the sessions; `false` if there was none.
    pub(crate) fn remove_reaction(&mut self, message: Snowflake, user: Snowflake, emoji: &Value) -> bool {
        let Some(on) = self.messages.get_mut(&message) else { return false };
        let channel = on.channel;
        let Some(one) = on.reactions.iter_mut().find(|one| same(&one.emoji, emoji)) else { return false };
        if !one.users.contains(&user) {
            return false;
        }
        one.users.retain(|known| *known != user);
        on.reactions.retain(|one| !one.users.is_empty());
        let data = self.reaction_event(channel, message, user, emoji);
        self.emit_in(channel, &Happened::new("MESSAGE_REACTION_REMOVE", self.reaction_intent(channel), data));
        true
    }

    fn reaction_event(&self, channel: Snowflake, message: Snowflake, user: Snowflake, emoji: &Value) -> Value {
        let mut data = json!({
            "user_id": user.to_string(), "channel_id": channel.to_string(), "message_id": message.to_string(),
            "emoji": emoji, "burst": false, "type": 0,
        });
        if let Some(guild) = self.channel_guild(channel) {
            data["guild_id"] = json!(guild.id.to_string());
        }
        data
    }

    fn reaction_intent(&self, channel: Snowflake) -> u64 {
        let guild = self.channel_guild(channel).is_some();
        if guild { intent::GUILD_MESSAGE_REACTIONS } else { intent::DIRECT_MESSAGE_REACTIONS }
    }
}

type OnMessage = Path<(Snowflake, Snowflake, String)>;

pub(crate) async fn add_own(Shared(discord): Shared<Discord>, Path((channel, message, word)): OnMessage) -> Answer {
    discord.change(|state| {
        let on = readable(state, channel, message)?;
        let wanted = known_emoji(&word)?;
        if !on.reactions.iter().any(|one| same(&one.emoji, &wanted)) {
            may(state, channel, permission::ADD_REACTIONS)?;
        }
        if state.channels.get(&channel).is_some_and(|channel| channel.archived) {
            return Err(Refused::new(400, 50083, "Thread is archived"));
        }
        state.add_reaction(message, state.bot, &wanted)
    })?;
    done()
}

pub(crate) async fn remove_own(Shared(discord): Shared<Discord>, Path((channel, message, word)): OnMessage) -> Answer {
    discord.change(|state| {
        readable(state, channel, message)?;
        let wanted = known_emoji(&word)?;
        state.remove_reaction(message, state.bot, &wanted);
        Ok(())
    })?;
    done()
}

pub(crate) async fn remove_of(
    Shared(discord): Shared<Discord>,
    Path((channel, message, word, user)): Path<(Snowflake, Snowflake, String, Snowflake)>,
) -> Answer {
    discord.change(|state| {
        readable(state, channel, message)?;
        may(state, channel, permission::MANAGE_MESSAGES)?;
        let wanted = known_emoji(&word)?;
        state.remove_reaction(message, user, &wanted);
        Ok(())
    })?;
    done()
}

pub(crate) async fn list(
    Shared(discord): Shared<Discord>,
    Path((channel, message, word)): OnMessage,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let state = discord.lock();
    let on = readable(&state, channel, message)?;
    let wanted = known_emoji(&word)?;
    let limit = query.get("limit").and_then(|text| text.parse().ok()).unwrap_or(25_usize).clamp(1, 100);
    let after: Snowflake = query.get("after").and_then(|text| text.parse().ok()).unwrap_or(0);
    // Super reactions are listed apart, and nobody here gives any.
    let burst = query.get("type").is_some_and(|kind| kind == "1");
    let given = on.reactions.iter().filter(|one| !burst && same(&one.emoji, &wanted));
    let mut users: Vec<Snowflake> =
        given.flat_map(|one| one.users.iter().copied()).filter(|user| *user > after).collect();
    users.sort_unstable();
    ok(users.iter().take(limit).map(|user| shapes::user(&state, *user)).collect())
}
