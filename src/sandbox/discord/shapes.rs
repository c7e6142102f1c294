//! How things look on the wire: users, members, roles, channels, servers, files. One function for each Discord object.
//! <https://discord.com/developers/docs/resources/user>, `…/guild`, `…/channel`

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::Snowflake;
use super::server::{Channel, Guild, Member, Role};
use super::state::State;

pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, false)
}

pub(crate) fn user(state: &State, id: Snowflake) -> Value {
    let (name, bot) = state.users.get(&id).map_or(("Deleted User", false), |user| (user.name.as_str(), user.bot));
    json!({
        "id": id.to_string(), "username": name, "global_name": if bot { Value::Null } else { json!(name) },
        "discriminator": if bot { "0417" } else { "0" }, "avatar": null, "bot": bot, "system": false,
        "banner": null, "accent_color": null, "public_flags": 0, "flags": 0,
        "avatar_decoration_data": null, "collectibles": null, "clan": null, "primary_guild": null,
    })
}

/// The bot as it sees itself.
pub(crate) fn own_user(state: &State) -> Value {
    let mut own = user(state, state.bot);
    for (key, value) in
        [("verified", json!(true)), ("mfa_enabled", json!(true)), ("email", Value::Null), ("locale", json!("en-US"))]
    {
        own[key] = value;
    }
    own
}

/// A member without the user, as resolved objects and messages have it.
pub(crate) fn partial_member(member: &Member) -> Value {
    json!({
        "nick": null, "avatar": null, "banner": null, "avatar_decoration_data": null, "collectibles": null,
        "roles": member.roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "joined_at": time(member.joined_at), "premium_since": null, "communication_disabled_until": null,
        "unusual_dm_activity_until": null, "pending": false, "deaf": false, "mute": false, "flags": 0,
    })
}

pub(crate) fn member(state: &State, member: &Member) -> Value {
    let mut whole = partial_member(member);
    whole["user"] = user(state, member.user);
    whole
}

pub(crate) fn role(role: &Role) -> Value {
    json!({
        "id": role.id.to_string(), "name": role.name, "description": null, "color": role.colour,
        "colors": {"primary_color": role.colour, "secondary_color": null, "tertiary_color": null},
        "hoist": false, "icon": null, "unicode_emoji": null, "position": role.position,
        "permissions": role.permissions.to_string(), "managed": false, "mentionable": role.mentionable, "flags": 0,
    })
}

pub(crate) fn channel(state: &State, channel: &Channel) -> Value {
    let last = state.messages_in(channel.id).rfind(|message| message.only_for.is_none());
    let last = last.map(|message| message.id.to_string());
    match channel.kind {
        1 => json!({
            "id": channel.id.to_string(), "type": 1, "last_message_id": last, "flags": 0,
            "recipients": [user(state, channel.owner.unwrap_or(0))],
        }),
        _ if channel.is_thread() => thread(state, channel, last.as_deref()),
        kind => json!({
            "id": channel.id.to_string(), "guild_id": channel.guild.map(|id| id.to_string()), "name": channel.name,
            "type": kind, "topic": null, "position": channel.position, "parent_id": null, "nsfw": false, "flags": 0,
            "rate_limit_per_user": 0, "last_message_id": last, "last_pin_timestamp": null,
            "permission_overwrites": channel.overwrites.iter().map(|one| json!({
                "id": one.id.to_string(), "type": u8::from(one.member),
                "allow": one.allow.to_string(), "deny": one.deny.to_string(),
            })).collect::<Vec<_>>(),
        }),
    }
}

fn thread(state: &State, channel: &Channel, last: Option<&str>) -> Value {
    let count = state.messages_in(channel.id).count();
    json!({
        "id": channel.id.to_string(), "guild_id": channel.guild.map(|id| id.to_string()), "name": channel.name,
        "type": channel.kind, "parent_id": channel.parent.map(|id| id.to_string()),
        "owner_id": channel.owner.map(|id| id.to_string()), "last_message_id": last, "last_pin_timestamp": null,
        "message_count": count, "total_message_sent": count, "member_count": 1, "rate_limit_per_user": 0, "flags": 0,
        "thread_metadata": {
            "archived": channel.archived, "auto_archive_duration": channel.auto_archive_minutes, "locked": false,
            "archive_timestamp": time(channel.created_at), "create_timestamp": time(channel.created_at),
        },
    })
}

pub(crate) fn guild(guild: &Guild) -> Value {
    let mut shape = json!({
        "id": guild.id.to_string(), "name": guild.name, "owner_id": guild.owner.to_string(), "features": [],
        "roles": guild.roles.values().map(role).collect::<Vec<_>>(), "emojis": [], "stickers": [],
        "region": "deprecated", "preferred_locale": guild.locale, "premium_tier": guild.boosts,
        "premium_subscription_count": 7 * u64::from(guild.boosts), "premium_progress_bar_enabled": false,
        "nsfw": false, "nsfw_level": 0, "mfa_level": 0, "verification_level": 1, "explicit_content_filter": 2,
    });
    let settings = json!({
        "afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": false, "embed_enabled": false,
        "default_message_notifications": 1, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
    });
    merge(&mut shape, settings);
    for unset in [
        "icon",
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "banner",
        "application_id",
        "afk_channel_id",
        "system_channel_id",
        "widget_channel_id",
        "max_presences",
        "vanity_url_code",
        "rules_channel_id",
        "safety_alerts_channel_id",
        "public_updates_channel_id",
        "incidents_data",
        "inventory_settings",
        "embed_channel_id",
        "premium_progress_bar_enabled_user_updated_at",
    ] {
        shape[unset] = Value::Null;
    }
    shape
}

/// A server as it comes over the gateway, with everything in it.
pub(crate) fn whole_guild(state: &State, of: &Guild) -> Value {
    let mut whole = guild(of);
    let here = || state.channels.values().filter(|channel| channel.guild == Some(of.id));
    let places: Vec<_> = here().filter(|one| !one.is_thread()).map(|one| channel(state, one)).collect();
    let threads: Vec<_> =
        here().filter(|one| one.is_thread() && !one.archived).map(|one| channel(state, one)).collect();
    // Without the privileged intent for members, only the bot and those in voice come along.
    let known = of.members.get(&state.bot).map(|own| member(state, own));
    let joined = of.members.get(&state.bot).map(|own| time(own.joined_at));
    let extra = json!({
        "joined_at": joined, "large": false, "unavailable": false, "member_count": of.members.len(),
        "voice_states": [], "members": known.into_iter().collect::<Vec<_>>(), "channels": places, "threads": threads,
        "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [], "embedded_activities": [],
    });
    merge(&mut whole, extra);
    whole
}

/// Puts the properties of `extra` into `into`.
pub(crate) fn merge(into: &mut Value, extra: Value) {
    if let (Value::Object(into), Value::Object(extra)) = (into, extra) {
        into.extend(extra);
    }
}

pub(crate) fn file(state: &State, id: Snowflake) -> Option<Value> {
    let file = state.files.get(&id)?;
    let url = super::cdn::signed_link(state, file);
    let mut shape = json!({
        "id": id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": url, "proxy_url": url,
        "content_type": file.content_type, "content_scan_version": 0,
    });
    if file.ephemeral {
        shape["ephemeral"] = json!(true);
    }
    if let Some(description) = &file.description {
        shape["description"] = json!(description);
    }
    Some(shape)
}
