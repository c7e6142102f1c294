//! Registering commands, for everybody or for one server: the list replaces the one before.
//! <https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands>

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};
use serde_json::{Value, json};

use super::payload::Payload;
use super::refusal::Refused;
use super::rest::{Answer, ok};
use super::rules::check_commands;
use super::state::State;
use super::{Discord, Snowflake, shapes};

pub(crate) async fn register_global(
    Shared(discord): Shared<Discord>,
    Path(app): Path<Snowflake>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    ok(discord.change(|state| state.register(app, None, &payload.json))?)
}

pub(crate) async fn register_in_guild(
    Shared(discord): Shared<Discord>,
    Path((app, guild)): Path<(Snowflake, Snowflake)>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    ok(discord.change(|state| state.register(app, Some(guild), &payload.json))?)
}

pub(crate) async fn list_global(Shared(discord): Shared<Discord>, Path(app): Path<Snowflake>) -> Answer {
    ok(discord.lock().registered(app, None)?)
}

pub(crate) async fn list_in_guild(
    Shared(discord): Shared<Discord>,
    Path((app, guild)): Path<(Snowflake, Snowflake)>,
) -> Answer {
    ok(discord.lock().registered(app, Some(guild))?)
}

impl State {
    fn registered(&self, app: Snowflake, guild: Option<Snowflake>) -> Result<Value, Refused> {
        if app != self.application || guild.is_some_and(|guild| self.member(guild, self.bot).is_none()) {
            return Err(Refused::missing_access());
        }
        Ok(self.commands.get(&guild).cloned().unwrap_or_default().into())
    }

    fn register(&mut self, app: Snowflake, guild: Option<Snowflake>, body: &Value) -> Result<Value, Refused> {
        let before = self.registered(app, guild)?;
        check_commands(body)?;
        let mut commands = Vec::new();
        for given in body.as_array().into_iter().flatten() {
            let kind = given["type"].as_u64().unwrap_or(1);
            let known =
                before.as_array().into_iter().flatten().find(|one| one["name"] == given["name"] && one["type"] == kind);
            let id = known.map_or_else(|| json!(self.next_id().to_string()), |known| known["id"].clone());
            let mut command = json!({
                "default_member_permissions": null, "name_localizations": null, "description": "",
                "description_localizations": null, "dm_permission": true, "contexts": null, "integration_types": [0], "nsfw": false,
            });
            shapes::merge(&mut command, given.clone());
            let version = self.next_id().to_string();
            shapes::merge(
                &mut command,
                json!({"id": id, "application_id": app.to_string(), "version": version, "type": kind}),
            );
            if let Some(options) = command.get_mut("options") {
                tidy(options);
            }
            if let Some(guild) = guild {
                command["guild_id"] = json!(guild.to_string());
            }
            commands.push(command);
        }
        self.commands.insert(guild, commands.clone());
        Ok(commands.into())
    }
}

/// Leaves out what is not set, as Discord does when it repeats a command.
fn tidy(options: &mut Value) {
    for option in options.as_array_mut().into_iter().flatten() {
        if let Some(option) = option.as_object_mut() {
            let unset = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            option.retain(|_, value| !unset(value));
        }
        if let Some(below) = option.get_mut("options") {
            tidy(below);
        }
    }
}
