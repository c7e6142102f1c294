//! What a browser asks of the local Discord, under `/__sandbox/` on its own port: JSON in, JSON out, no credentials.
//!
//! `MEMBER`, `CHANNEL` and `ROLE` are a name (`mia`, `review`) or an id; every id is a string. A wish a real client
//! would not offer is answered with `409 {"error": "sentence"}`; a malformed one with `400 {"error": "sentence"}`.
//! There is one server; `?guild=ID` picks another where several exist.
//!
//! `GET /__sandbox/state`
//! ```json
//! {"version": 17, "now": "2026-11-23T09:00:00Z", "gateway": "ws://127.0.0.1:5050/gateway",
//!  "bot": {"id": "10", "name": "Greenroom", "online": true},
//!  "guild": {"id": "20", "name": "Harbour Café team"},
//!  "members": [{"id": "31", "name": "mia", "roles": ["Editor"], "bot": false, "colour": "#3ba55d"}],
//!  "roles": [{"id": "41", "name": "Editor", "colour": "#3ba55d", "mentionable": false}],
//!  "channels": [{"id": "51", "name": "review", "kind": "text", "parent": null, "message": null, "messages": 3}],
//!  "commands": [{"id": "61", "type": 1, "name": "post", "description": "…", "options": ["as registered"]}]}
//! ```
//! `commands` are exactly what the bot registered (type 1 slash, 3 message menu), those of the server and the global
//! ones; with `?as=MEMBER` only those this member may use. A thread is a channel of `kind` `thread` whose `parent` is
//! the channel and whose `message` is the message it hangs on.
//!
//! `GET /__sandbox/channels/CHANNEL/messages?as=MEMBER` – oldest first, with the private ones this member can see
//! ```json
//! {"version": 17, "messages": [{"...": "a Discord message object: content, author, embeds, components, attachments with fresh links, reactions",
//!   "ephemeral": true, "thinking": false, "author_name": "Greenroom", "text": "content with names instead of <@1>",
//!   "invoked": {"member": "mia", "with": "/schedule"}}]}
//! ```
//! A reaction is `{"emoji": {"id": null, "name": "✅"}, "count": 2, "me": true, "members": ["Greenroom", "rui"]}`.
//!
//! `GET /__sandbox/channels/CHANNEL/transcript?as=MEMBER` – the same as plain text.
//!
//! `GET /__sandbox/files` – every file there is; open `url`, it is freshly signed
//! ```json
//! {"files": [{"id": "71", "name": "latte.mp4", "size": 52311, "content_type": "video/mp4", "url": "http://127.0.0.1:5050/attachments/51/71/latte.mp4?ex=…&is=…&hm=…"}]}
//! ```
//!
//! `POST /__sandbox/command` – JSON, or `multipart/form-data` with the JSON in the part `request` and each file in a
//! part named like its attachment option
//! ```json
//! {"as": "mia", "channel": "general", "name": ["post", "move"], "options": {"post": 42, "when": "fri 18:00"}}
//! ```
//! `POST /__sandbox/message-command`
//! ```json
//! {"as": "mia", "message": "81", "name": "Schedule on TikTok"}
//! ```
//! `POST /__sandbox/press`, `POST /__sandbox/select` (with `values`), `POST /__sandbox/submit`
//! ```json
//! {"as": "rui", "message": "81", "custom_id": "v1:approve:42", "values": ["public"]}
//! {"as": "rui", "interaction": "91", "fields": {"reason": "too dark"}}
//! ```
//! All five wait for the bot's first answer, three seconds at most, and return
//! ```json
//! {"interaction": "91", "answered": true, "type": 9, "after_ms": 12, "message": {"a message as above": "or null"},
//!  "modal": {"custom_id": "…", "title": "…", "components": []}}
//! ```
//! `type` is Discord's callback type: 4 message, 5 thinking, 6 nothing to see, 7 the message changed, 9 a form (`modal`
//! is then not null; send it with `submit` and this `interaction`). `{"answered": false, …}` is "The application did
//! not respond". What follows an answer arrives as a change of the channel's messages.
//!
//! `POST /__sandbox/autocomplete` – `focused` is the option being typed, its text so far is in `options`
//! ```json
//! {"as": "mia", "channel": "general", "name": ["schedule"], "options": {"when": "tom"}, "focused": "when"}
//! {"choices": [{"name": "tomorrow 18:00", "value": "2026-11-24T18:00:00Z"}]}
//! ```
//! `POST /__sandbox/react`, `POST /__sandbox/unreact` – `{}`
//! ```json
//! {"as": "rui", "message": "81", "emoji": "✅"}
//! ```
//! `POST /__sandbox/say` – JSON or multipart as above, every file part is attached; `{"message": "82"}`
//! ```json
//! {"as": "mia", "channel": "general", "text": "here is the clip"}
//! ```
//! `POST /__sandbox/forward` – `{"message": "83"}` · `POST /__sandbox/delete` – `{}`
//! ```json
//! {"as": "mia", "message": "82", "channel": "general"}
//! ```
//! `POST /__sandbox/kick` and `POST /__sandbox/invite` – `{}`: the bot leaves the server, and is let in again
//!
//! `GET /__sandbox/events` – server-sent events; `data` is the version, one at once and one after every change
//! ```text
//! event: changed
//! data: {"version": 18}
//! ```

use std::collections::HashMap;
use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, stream};
use serde_json::{Value, json};

use super::options::Typist;
use super::state::State;
use super::{Discord, Impossible, control_deeds, shapes};

type Asked = Query<HashMap<String, String>>;

/// The routes below `/__sandbox`.
pub(crate) fn router() -> Router<Discord> {
    Router::new()
        .route("/state", get(overview))
        .route("/channels/{channel}/messages", get(messages))
        .route("/channels/{channel}/transcript", get(transcript))
        .route("/files", get(files))
        .route("/events", get(events))
        .route("/command", post(control_deeds::command))
        .route("/message-command", post(control_deeds::message_command))
        .route("/press", post(control_deeds::press))
        .route("/select", post(control_deeds::select))
        .route("/submit", post(control_deeds::submit))
        .route("/autocomplete", post(control_deeds::autocomplete))
        .route("/react", post(control_deeds::react))
        .route("/unreact", post(control_deeds::unreact))
        .route("/say", post(control_deeds::say))
        .route("/forward", post(control_deeds::forward))
        .route("/delete", post(control_deeds::delete))
        .route("/kick", post(control_deeds::kick))
        .route("/invite", post(control_deeds::invite))
}

/// Why a wish of the page was not granted.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The request makes no sense.
    Malformed(String),
    /// A real client would not offer it.
    Impossible(Impossible),
}

impl From<Impossible> for Trouble {
    fn from(why: Impossible) -> Self {
        Self::Impossible(why)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response<Body> {
        let (status, why) = match self {
            Self::Malformed(why) => (StatusCode::BAD_REQUEST, why),
            Self::Impossible(why) => (StatusCode::CONFLICT, why.to_string()),
        };
        (status, Json(json!({"error": why}))).into_response()
    }
}

fn colour(number: u32) -> Value {
    if number == 0 { Value::Null } else { json!(format!("#{number:06x}")) }
}

async fn overview(Shared(discord): Shared<Discord>, Query(query): Asked) -> Result<Json<Value>, Trouble> {
    let version = *discord.version().borrow();
    let state = discord.lock();
    let id = query.get("guild").and_then(|id| id.parse().ok()).unwrap_or_else(|| state.home());
    let guild = state.guilds.get(&id).ok_or_else(|| Impossible::new("there is no such server"))?;
    let members = guild.members.values().map(|member| {
        let roles = || member.roles.iter().filter_map(|id| guild.roles.get(id));
        let tint = roles().filter(|role| role.colour != 0).max_by_key(|role| role.position);
        json!({
            "id": member.user.to_string(), "name": state.user_name(member.user), "bot": state.is_bot(member.user),
            "roles": roles().map(|role| role.name.as_str()).collect::<Vec<_>>(),
            "colour": tint.map_or(Value::Null, |role| colour(role.colour)),
        })
    });
    let roles = guild.roles.values().map(|role| {
        json!({"id": role.id.to_string(), "name": role.name, "colour": colour(role.colour), "mentionable": role.mentionable})
    });
    Ok(Json(json!({
        "version": version, "now": state.now(), "gateway": discord.gateway_url(),
        "bot": {"id": state.bot.to_string(), "name": state.user_name(state.bot), "online": state.gateway.online(), "here": state.member(id, state.bot).is_some()},
        "guild": {"id": id.to_string(), "name": guild.name},
        "members": members.collect::<Vec<_>>(), "roles": roles.collect::<Vec<_>>(),
        "channels": channels(&state, id), "commands": offered(&state, id, query.get("as"))?,
    })))
}

fn channels(state: &State, guild: u64) -> Vec<Value> {
    let here = state.channels.values().filter(|channel| channel.guild == Some(guild));
    let shown = here.map(|channel| {
        json!({
            "id": channel.id.to_string(), "name": channel.name, "kind": if channel.is_thread() { "thread" } else { "text" },
            "parent": channel.parent.map(|id| id.to_string()),
            "message": channel.is_thread().then(|| channel.id.to_string()),
            "messages": state.messages_in(channel.id).filter(|one| one.only_for.is_none()).count(),
        })
    });
    shown.collect()
}

fn offered(state: &State, guild: u64, member: Option<&String>) -> Result<Vec<Value>, Impossible> {
    // With the bot its commands leave.
    let scopes = if state.member(guild, state.bot).is_some() { vec![Some(guild), None] } else { Vec::new() };
    let all = scopes.into_iter().filter_map(|scope| state.commands.get(&scope)).flatten();
    let Some(member) = member else { return Ok(all.cloned().collect()) };
    let user = state.find_member(guild, member)?;
    let by = Typist { user, guild, channel: 0 };
    Ok(all.filter(|command| state.allows(by, command)).cloned().collect())
}

async fn messages(
    Shared(discord): Shared<Discord>,
    Path(channel): Path<String>,
    Query(query): Asked,
) -> Result<Json<Value>, Trouble> {
    let version = *discord.version().borrow();
    discord.lock().find_channel(&channel)?;
    let messages = match query.get("as") {
        Some(member) => discord.seen_by(member, &channel),
        None => discord.messages(&channel),
    };
    Ok(Json(json!({"version": version, "messages": messages})))
}

async fn transcript(Shared(discord): Shared<Discord>, Path(channel): Path<String>, Query(query): Asked) -> String {
    match query.get("as") {
        Some(member) => discord.transcript_as(member, &channel),
        None => discord.transcript(&channel),
    }
}

async fn files(Shared(discord): Shared<Discord>) -> Json<Value> {
    let state = discord.lock();
    let shown = state.files.values().map(|file| {
        json!({
            "id": file.id.to_string(), "name": file.name, "size": file.bytes.len(), "content_type": file.content_type,
            "url": shapes::file(&state, file.id).map_or(Value::Null, |shape| shape["url"].clone()),
        })
    });
    Json(json!({"files": shown.collect::<Vec<_>>()}))
}

async fn events(Shared(discord): Shared<Discord>) -> Response<Body> {
    let mut answer = Sse::new(versions(&discord)).into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// The version now and after every change, until the server stops.
fn versions(discord: &Discord) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let mut changes = discord.changed();
    changes.mark_changed();
    stream::unfold((changes, discord.stopping()), |(mut changes, stopping)| async move {
        tokio::select! {
            () = stopping.cancelled() => return None,
            changed = changes.changed() => changed.ok()?,
        }
        let version = *changes.borrow_and_update();
        let event = Event::default().event("changed").data(json!({"version": version}).to_string());
        Some((Ok(event), (changes, stopping)))
    })
}
