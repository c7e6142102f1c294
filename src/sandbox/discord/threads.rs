//! Threads: one for each message, with the message's id. <https://discord.com/developers/docs/resources/channel#start-thread-from-message>

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};
use serde_json::{Value, json};

use super::payload::Payload;
use super::people::{may, visible_channel};
use super::refusal::{Form, Refused};
use super::rest::{Answer, ok};
use super::rest_messages::readable;
use super::server::{Channel, permission};
use super::state::State;
use super::{Discord, Snowflake, shapes};
use crate::sandbox::gateway::{Happened, intent};

pub(crate) async fn start(
    Shared(discord): Shared<Discord>,
    Path((channel, message)): Path<(Snowflake, Snowflake)>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let body = &payload.json;
    let name = body["name"].as_str().unwrap_or_default();
    let minutes = body["auto_archive_duration"].as_u64().unwrap_or(1440);
    let mut form = Form::default();
    if name.is_empty() || name.chars().count() > 100 {
        form.bad_length("name", 1, 100);
    }
    if ![60, 1440, 4320, 10080].contains(&minutes) {
        form.no_choice("auto_archive_duration");
    }
    form.finish()?;
    let started = discord.change(|state| {
        readable(state, channel, message)?;
        may(state, channel, permission::CREATE_PUBLIC_THREADS)?;
        if state.channels.contains_key(&message) {
            return Err(Refused::new(400, 160_004, "A thread has already been created for this message"));
        }
        let place = state.channels.get(&channel).ok_or_else(|| Refused::unknown(10003, "Channel"))?;
        if place.is_thread() || place.guild.is_none() {
            return Err(Refused::new(400, 50024, "Cannot execute action on this channel type"));
        }
        let thread = Channel {
            id: message,
            guild: place.guild,
            name: name.to_owned(),
            kind: 11,
            parent: Some(channel),
            owner: Some(state.bot),
            position: 0,
            overwrites: Vec::new(),
            created_at: state.now(),
            archived: false,
            auto_archive_minutes: minutes,
        };
        let mut shape = shapes::channel(state, &thread);
        state.channels.insert(message, thread);
        state.mark_thread(message);
        let answer = shape.clone();
        shape["newly_created"] = json!(true);
        state.emit_in(channel, &Happened::new("THREAD_CREATE", intent::GUILDS, shape));
        Ok(answer)
    })?;
    ok(started)
}

/// Renames or puts away a thread; the only channels the bot may change here are threads.
pub(crate) async fn change(
    Shared(discord): Shared<Discord>,
    Path(channel): Path<Snowflake>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let body = &payload.json;
    let changed = discord.change(|state| {
        let place = visible_channel(state, channel)?;
        if !place.is_thread() {
            return Err(Refused::missing_permissions());
        }
        if place.owner != Some(state.bot) {
            may(state, channel, permission::MANAGE_THREADS)?;
        }
        if let Some(place) = state.channels.get_mut(&channel) {
            if let Some(name) = body["name"].as_str() {
                name.clone_into(&mut place.name);
            }
            if let Some(archived) = body["archived"].as_bool() {
                place.archived = archived;
            }
        }
        Ok(state.tell_thread(channel))
    })?;
    ok(changed)
}

impl State {
    /// A message wakes an archived thread.
    pub(crate) fn unarchive(&mut self, channel: Snowflake) {
        let Some(place) = self.channels.get_mut(&channel).filter(|place| place.archived) else { return };
        place.archived = false;
        self.tell_thread(channel);
    }

    fn tell_thread(&mut self, channel: Snowflake) -> Value {
        let shape = self.channels.get(&channel).map_or(Value::Null, |place| shapes::channel(self, place));
        self.emit_in(channel, &Happened::new("THREAD_UPDATE", intent::GUILDS, shape.clone()));
        shape
    }
}
