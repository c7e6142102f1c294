//! The routes of messages in channels. <https://discord.com/developers/docs/resources/message>

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State as Shared};
use serde_json::Value;

use super::message_shape::{message, without_content};
use super::messages::{Draft, snowflake};
use super::payload::Payload;
use super::people::{may, visible_channel};
use super::refusal::{Form, Refused};
use super::rest::{Answer, done, ok};
use super::rules::{Writing, check_message};
use super::server::permission;
use super::state::{Message, State};
use super::{Discord, Snowflake};

/// A message the bot may read.
pub(crate) fn readable(state: &State, channel: Snowflake, id: Snowflake) -> Result<&Message, Refused> {
    visible_channel(state, channel)?;
    let message = state.public_message(channel, id).ok_or_else(|| Refused::unknown(10008, "Message"))?;
    may(state, channel, permission::READ_MESSAGE_HISTORY)?;
    Ok(message)
}

pub(crate) async fn create(
    Shared(discord): Shared<Discord>,
    Path(channel): Path<Snowflake>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let body = &payload.json;
    let made = discord.change(|state| {
        may_write(state, channel, &payload)?;
        check_message(body, Writing::Message, "")?;
        if body["enforce_nonce"] == true
            && let Some(earlier) = state.made_with_nonce(state.bot, &body["nonce"])
        {
            if earlier.deleted {
                return Err(Refused::unknown(10008, "Message"));
            }
            return Ok(message(state, earlier));
        }
        let draft =
            Draft { channel, author: state.bot, only_for: None, interaction: None, body, files: &payload.files };
        let made = state.create_message(&draft)?;
        state.unarchive(channel);
        Ok(state.message(made).map_or(Value::Null, |made| message(state, made)))
    })?;
    ok(made)
}

/// A message as this bot, which has not asked for the privileged intent for content, is shown it: of other people's it sees
/// what they say only where they mention it. <https://docs.discord.com/developers/events/gateway#message-content-intent>
fn shown(state: &State, of: &Message) -> Value {
    let whole = message(state, of);
    let is_for_the_bot = of.author == state.bot || of.mentioned_users.contains(&state.bot);
    if is_for_the_bot { whole } else { without_content(&whole) }
}

fn may_write(state: &State, channel: Snowflake, payload: &Payload) -> Result<(), Refused> {
    let place = visible_channel(state, channel)?;
    let write = if place.is_thread() { permission::SEND_MESSAGES_IN_THREADS } else { permission::SEND_MESSAGES };
    let mut wanted = write;
    if !payload.files.is_empty() {
        wanted |= permission::ATTACH_FILES;
    }
    if payload.json["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty()) {
        wanted |= permission::EMBED_LINKS;
    }
    if !payload.json["message_reference"].is_null() {
        wanted |= permission::READ_MESSAGE_HISTORY;
    }
    may(state, channel, wanted)
}

pub(crate) async fn list(
    Shared(discord): Shared<Discord>,
    Path(channel): Path<Snowflake>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let state = discord.lock();
    visible_channel(&state, channel)?;
    if may(&state, channel, permission::READ_MESSAGE_HISTORY).is_err() {
        return ok(Value::Array(Vec::new()));
    }
    let limit = query.get("limit").map_or(Some(50), |text| text.parse().ok()).filter(|limit| (1..=100).contains(limit));
    let Some(limit) = limit else {
        return Err(Form::refuse("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    };
    let point = |key: &str| query.get(key).and_then(|text| text.parse::<Snowflake>().ok());
    let all: Vec<&Message> = state.messages_in(channel).filter(|message| message.only_for.is_none()).collect();
    let split = |id: Snowflake| all.partition_point(|message| message.id < id);
    let (from, to) = if let Some(after) = point("after") {
        let from = all.partition_point(|message| message.id <= after);
        (from, all.len().min(from + limit))
    } else if let Some(around) = point("around") {
        let to = all.len().min(split(around) + limit.div_ceil(2));
        (to.saturating_sub(limit), to)
    } else {
        let to = point("before").map_or(all.len(), split);
        (to.saturating_sub(limit), to)
    };
    // Newest first, whichever way was asked.
    ok(all[from..to].iter().rev().map(|one| shown(&state, one)).collect())
}

pub(crate) async fn read(
    Shared(discord): Shared<Discord>,
    Path((channel, id)): Path<(Snowflake, Snowflake)>,
) -> Answer {
    let state = discord.lock();
    ok(shown(&state, readable(&state, channel, id)?))
}

pub(crate) async fn edit(
    Shared(discord): Shared<Discord>,
    Path((channel, id)): Path<(Snowflake, Snowflake)>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let edited = discord.change(|state| {
        let place = visible_channel(state, channel)?;
        let archived = place.archived;
        let known = state.public_message(channel, id).ok_or_else(|| Refused::unknown(10008, "Message"))?;
        if known.author != state.bot {
            return Err(Refused::new(403, 50005, "Cannot edit a message authored by another user"));
        }
        if archived {
            return Err(Refused::new(400, 50083, "Thread is archived"));
        }
        check_message(&payload.json, Writing::Edit, "")?;
        state.count_late_edit(id)?;
        state.edit_message(id, &payload.json, &payload.files)?;
        Ok(state.message(id).map_or(Value::Null, |edited| message(state, edited)))
    })?;
    ok(edited)
}

pub(crate) async fn remove(
    Shared(discord): Shared<Discord>,
    Path((channel, id)): Path<(Snowflake, Snowflake)>,
) -> Answer {
    discord.change(|state| {
        visible_channel(state, channel)?;
        let known = state.public_message(channel, id).ok_or_else(|| Refused::unknown(10008, "Message"))?;
        if known.author != state.bot {
            may(state, channel, permission::MANAGE_MESSAGES)?;
        }
        state.delete_message(id);
        Ok(())
    })?;
    done()
}

/// An id in a path that may also be a word such as `@original`.
pub(crate) fn named(text: &str) -> Option<Snowflake> {
    snowflake(&Value::String(text.to_owned()))
}
