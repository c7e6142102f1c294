//! The routes that only look: who the bot is, where the gateway is, the server, its members and channels.

use axum::extract::{Path, State as Shared};
use serde_json::{Value, json};
use std::sync::Arc;

use axum::Extension;

use super::payload::Payload;
use super::refusal::{Form, Refused};
use super::rest::{Answer, done, ok};
use super::server::{Channel, Guild, permission};
use super::state::State;
use super::{Discord, Snowflake, shapes};

pub(crate) async fn gateway(Shared(discord): Shared<Discord>) -> Answer {
    ok(json!({"url": discord.gateway_url()}))
}

pub(crate) async fn gateway_bot(Shared(discord): Shared<Discord>) -> Answer {
    let used = u64::try_from(discord.lock().gateway.identified.len()).unwrap_or(u64::MAX);
    ok(json!({
        "url": discord.gateway_url(), "shards": 1, "session_start_limit": {
            "total": 1000, "remaining": 1000_u64.saturating_sub(used), "reset_after": 86_400_000, "max_concurrency": 1,
        },
    }))
}

pub(crate) async fn application(Shared(discord): Shared<Discord>) -> Answer {
    let state = discord.lock();
    let owner = state.guilds.values().next().map_or(0, |guild| guild.owner);
    let mut shape = json!({
        "id": state.application.to_string(), "name": state.user_name(state.bot), "description": "", "summary": "",
        "bot": shapes::user(&state, state.bot), "verify_key": "00".repeat(32), "flags": 1 << 23, "tags": [],
        "owner": shapes::user(&state, owner), "redirect_uris": [], "rpc_origins": [],
        "integration_types_config": {"0": {}}, "approximate_guild_count": state.guilds.len(),
        "max_participants": 0, "hook": true,
    });
    for unset in [
        "icon",
        "type",
        "team",
        "interactions_endpoint_url",
        "role_connections_verification_url",
        "cover_image",
        "primary_sku_id",
    ] {
        shape[unset] = Value::Null;
    }
    for no in [
        "bot_public",
        "bot_require_code_grant",
        "is_monetized",
        "is_verified",
        "is_discoverable",
        "storefront_available",
        "integration_public",
        "integration_require_code_grant",
    ] {
        shape[no] = json!(false);
    }
    for state in [
        "event_webhooks_status",
        "discoverability_state",
        "creator_monetization_state",
        "monetization_state",
        "internal_guild_restriction",
        "store_application_state",
        "verification_state",
    ] {
        shape[state] = json!(1);
    }
    for none in [
        "discovery_eligibility_flags",
        "explicit_content_filter",
        "monetization_eligibility_flags",
        "rpc_application_state",
    ] {
        shape[none] = json!(0);
    }
    ok(shape)
}

pub(crate) async fn own_user(Shared(discord): Shared<Discord>) -> Answer {
    ok(shapes::own_user(&discord.lock()))
}

pub(crate) async fn user(Shared(discord): Shared<Discord>, Path(user): Path<Snowflake>) -> Answer {
    let state = discord.lock();
    if state.users.contains_key(&user) { ok(shapes::user(&state, user)) } else { Err(Refused::unknown(10013, "User")) }
}

/// The server, if the bot is in it.
fn known_guild(state: &State, guild: Snowflake) -> Result<&Guild, Refused> {
    let known = state.guilds.get(&guild).filter(|guild| guild.members.contains_key(&state.bot));
    known.ok_or_else(|| Refused::unknown(10004, "Guild"))
}

pub(crate) async fn guild(Shared(discord): Shared<Discord>, Path(guild): Path<Snowflake>) -> Answer {
    ok(shapes::guild(known_guild(&discord.lock(), guild)?))
}

pub(crate) async fn roles(Shared(discord): Shared<Discord>, Path(guild): Path<Snowflake>) -> Answer {
    let state = discord.lock();
    ok(known_guild(&state, guild)?.roles.values().map(shapes::role).collect())
}

pub(crate) async fn channels(Shared(discord): Shared<Discord>, Path(guild): Path<Snowflake>) -> Answer {
    let state = discord.lock();
    known_guild(&state, guild)?;
    let here = state.channels.values().filter(|channel| channel.guild == Some(guild) && !channel.is_thread());
    ok(here.map(|channel| shapes::channel(&state, channel)).collect())
}

pub(crate) async fn member(
    Shared(discord): Shared<Discord>,
    Path((guild, user)): Path<(Snowflake, Snowflake)>,
) -> Answer {
    let state = discord.lock();
    let member = known_guild(&state, guild)?.members.get(&user);
    ok(shapes::member(&state, member.ok_or_else(|| Refused::unknown(10007, "Member"))?))
}

/// A channel the bot can see.
pub(crate) fn visible_channel(state: &State, channel: Snowflake) -> Result<&Channel, Refused> {
    let known = state.channels.get(&channel).ok_or_else(|| Refused::unknown(10003, "Channel"))?;
    if state.permissions_in(state.bot, channel) & permission::VIEW_CHANNEL == 0 {
        return Err(Refused::missing_access());
    }
    Ok(known)
}

/// Fails unless the bot may do all this in the channel.
pub(crate) fn may(state: &State, channel: Snowflake, wanted: u64) -> Result<(), Refused> {
    if state.permissions_in(state.bot, channel) & wanted == wanted {
        Ok(())
    } else {
        Err(Refused::missing_permissions())
    }
}

pub(crate) async fn channel(Shared(discord): Shared<Discord>, Path(channel): Path<Snowflake>) -> Answer {
    let state = discord.lock();
    ok(shapes::channel(&state, visible_channel(&state, channel)?))
}

pub(crate) async fn typing(Shared(discord): Shared<Discord>, Path(channel): Path<Snowflake>) -> Answer {
    visible_channel(&discord.lock(), channel)?;
    done()
}

pub(crate) async fn open_direct_messages(
    Shared(discord): Shared<Discord>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let wanted = match &payload.json["recipient_id"] {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    };
    let Some(user) = wanted else {
        return Err(Form::refuse("recipient_id", "NUMBER_TYPE_COERCE", "Value is not snowflake."));
    };
    let opened = discord.change(|state| {
        if !state.users.contains_key(&user) {
            return Err(Refused::unknown(10013, "User"));
        }
        if state.is_bot(user) {
            return Err(Refused::new(400, 50007, "Cannot send messages to this user"));
        }
        let open = state.channels.values().find(|channel| channel.kind == 1 && channel.owner == Some(user));
        let id = match open {
            Some(channel) => channel.id,
            None => state.open_direct_messages(user),
        };
        let place = state.channels.get(&id).ok_or_else(Refused::not_found)?;
        Ok(shapes::channel(state, place))
    })?;
    ok(opened)
}

impl State {
    fn open_direct_messages(&mut self, user: Snowflake) -> Snowflake {
        let (id, created_at) = (self.next_id(), self.now());
        let name = format!("@{}", self.user_name(user));
        let place = Channel {
            id,
            guild: None,
            name,
            kind: 1,
            parent: None,
            owner: Some(user),
            position: 0,
            overwrites: Vec::new(),
            created_at,
            archived: false,
            auto_archive_minutes: 0,
        };
        self.channels.insert(id, place);
        id
    }
}
