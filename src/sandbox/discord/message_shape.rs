//! A message as the wire has it, with files freshly signed each time it is read.
//! <https://discord.com/developers/docs/resources/message#message-object>

use serde_json::{Value, json};

use super::state::{Forwarded, Message, Reaction, State};
use super::{Snowflake, shapes};
use crate::sandbox::gateway::intent;

/// The kind of a message: 0 plain, 19 a reply, 20 and 23 the answer to a slash or menu command.
fn kind(state: &State, of: &Message) -> u8 {
    let asked = of.interaction.and_then(|id| state.asked.get(&id)).filter(|asked| asked.kind == 2);
    match asked {
        Some(asked) if asked.with.starts_with('/') => 20,
        Some(_) => 23,
        None if of.replies_to.is_some() => 19,
        None => 0,
    }
}

/// The message, for whoever reads it over REST or the gateway.
pub(crate) fn message(state: &State, of: &Message) -> Value {
    let ids = |list: &[Snowflake]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut embeds = of.embeds.clone();
    let shown = place_files(state, of, &mut embeds);
    let files: Vec<_> =
        of.attachments.iter().filter(|id| !shown.contains(id)).filter_map(|id| shapes::file(state, *id)).collect();
    let mut whole = json!({
        "id": of.id.to_string(), "channel_id": of.channel.to_string(), "author": shapes::user(state, of.author),
        "content": of.content, "timestamp": shapes::time(of.created_at), "edited_timestamp": of.edited_at.map(shapes::time),
        "tts": false, "mention_everyone": of.mentions_everyone, "mention_roles": ids(&of.mentioned_roles),
        "mentions": of.mentioned_users.iter().map(|id| shapes::user(state, *id)).collect::<Vec<_>>(),
        "attachments": files, "embeds": embeds, "components": of.components, "pinned": false,
        "type": kind(state, of), "flags": of.flags,
    });
    if !of.reactions.is_empty() {
        whole["reactions"] = of.reactions.iter().map(|one| reaction(state, one)).collect();
    }
    if let Some(nonce) = &of.nonce {
        whole["nonce"] = nonce.clone();
    }
    if let Some(replied) = of.replies_to {
        whole["message_reference"] = json!({
            "type": 0, "message_id": replied.to_string(), "channel_id": of.channel.to_string(),
            "guild_id": state.channels.get(&of.channel).and_then(|channel| channel.guild).map(|id| id.to_string()),
        });
        let original = state.message(replied).filter(|original| original.replies_to.is_none());
        whole["referenced_message"] = original.map_or(Value::Null, |original| message(state, original));
    }
    if let Some(forwarded) = &of.forwards {
        shapes::merge(&mut whole, snapshot(state, forwarded));
    }
    if let Some(thread) = state.channels.get(&of.id).filter(|channel| channel.is_thread()) {
        whole["thread"] = shapes::channel(state, thread);
    }
    if let Some(made_by) = of.interaction {
        shapes::merge(&mut whole, invoked(state, made_by));
    }
    whole
}

/// What a forward carries: the message as it was, without saying whose it was.
/// <https://discord.com/developers/docs/resources/message#message-snapshot-object>
fn snapshot(state: &State, of: &Forwarded) -> Value {
    let files: Vec<_> = of.attachments.iter().filter_map(|id| shapes::file(state, *id)).collect();
    let guild = state.channels.get(&of.channel).and_then(|channel| channel.guild).map(|id| id.to_string());
    json!({
        "message_reference": {
            "type": 1, "message_id": of.message.to_string(), "channel_id": of.channel.to_string(), "guild_id": guild,
        },
        "message_snapshots": [{"message": {
            "type": 0, "content": of.content, "mentions": [], "mention_roles": [], "attachments": files, "embeds": [],
            "timestamp": shapes::time(of.created_at), "edited_timestamp": null, "flags": 0, "components": [],
        }}],
    })
}

fn invoked(state: &State, id: Snowflake) -> Value {
    let application = state.application.to_string();
    let Some(asked) = state.asked.get(&id) else { return json!({"application_id": application}) };
    let kind = if asked.kind == 4 { 2 } else { asked.kind };
    let mut metadata = json!({
        "id": id.to_string(), "type": kind, "user": shapes::user(state, asked.user),
        "authorizing_integration_owners": {"0": asked.guild.to_string()},
    });
    match kind {
        2 => metadata["command_type"] = json!(if asked.with.starts_with('/') { 1 } else { 3 }),
        3 => metadata["interacted_message_id"] = json!(asked.source.map(|id| id.to_string())),
        _ => {
            let user = shapes::user(state, asked.user);
            metadata["triggering_interaction_metadata"] = json!({
                "id": id.to_string(), "type": 2, "user": user, "command_type": 1,
                "authorizing_integration_owners": {"0": asked.guild.to_string()},
            });
        }
    }
    let mut more = json!({
        "application_id": application, "webhook_id": application, "interaction_metadata": metadata,
    });
    if kind == 2 {
        more["interaction"] = json!({
            "id": id.to_string(), "type": 2, "name": asked.with.trim_start_matches('/'),
            "user": shapes::user(state, asked.user),
        });
    }
    more
}

/// Puts the addresses of files into the embeds that show them; says which files that were.
pub(crate) fn place_files(state: &State, of: &Message, embeds: &mut [Value]) -> Vec<Snowflake> {
    let mut shown = Vec::new();
    for embed in embeds {
        without_nulls(embed);
        for place in ["image", "thumbnail", "video"] {
            if let Some(url) = embed[place]["url"].as_str().filter(|url| url.starts_with("http")).map(str::to_owned) {
                // Pictures from elsewhere are measured later; until then they have no size.
                embed[place] = json!({"url": url, "proxy_url": url, "width": 0, "height": 0, "flags": 0});
                continue;
            }
            let Some(name) = embed[place]["url"].as_str().and_then(|url| url.strip_prefix("attachment://")) else {
                continue;
            };
            let named = |id: &&Snowflake| state.files.get(id).is_some_and(|file| file.name == name);
            let Some(file) = of.attachments.iter().find(named).and_then(|id| state.files.get(id)) else { continue };
            shown.push(file.id);
            let url = super::cdn::signed_link(state, file);
            embed[place] = json!({
                "url": url, "proxy_url": url, "content_type": file.content_type, "width": 0, "height": 0, "flags": 0,
            });
        }
    }
    shown
}

/// Takes out what says nothing: in an embed that is shown, what is not there is not mentioned.
fn without_nulls(part: &mut Value) {
    match part {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(all) => all.iter_mut().for_each(without_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

pub(crate) fn reaction(state: &State, one: &Reaction) -> Value {
    let count = one.users.len();
    json!({
        "emoji": one.emoji, "count": count, "count_details": {"burst": 0, "normal": count},
        "burst_colors": [], "me_burst": false, "burst_me": false, "burst_count": 0, "me": one.users.contains(&state.bot),
    })
}

/// What a session without the intent for content is shown of other people's messages.
pub(crate) fn without_content(whole: &Value) -> Value {
    let mut bare = whole.clone();
    bare["content"] = json!("");
    for key in ["attachments", "embeds", "components"] {
        bare[key] = json!([]);
    }
    if let Some(fields) = bare.as_object_mut() {
        fields.remove("message_snapshots");
    }
    bare
}

/// A message as the bot reads it over REST: other people's words and files are kept from it there, too, unless it has
/// the intent for content or is mentioned.
/// <https://discord.com/developers/docs/events/gateway#message-content-intent>
pub(crate) fn read_by_bot(state: &State, of: &Message) -> Value {
    let whole = message(state, of);
    let may = state.gateway.allowed_intents & intent::MESSAGE_CONTENT != 0;
    let shown = may || state.is_bot(of.author) || of.mentioned_users.contains(&state.bot);
    if shown { whole } else { without_content(&whole) }
}
