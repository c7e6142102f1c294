//! Turning what a person typed into the options of a command, as the client does from what the bot registered: names,
//! types, choices and limits are checked, people and files become `resolved` objects.

use serde_json::{Map, Value, json};

use super::server::permission;
use super::state::{State, StoredFile};
use super::{Impossible, Snowflake, Upload, shapes};

/// Who types where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typist {
    pub(crate) user: Snowflake,
    pub(crate) guild: Snowflake,
    pub(crate) channel: Snowflake,
}

/// What was typed after the command's name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed<'a> {
    pub(crate) options: &'a [(&'a str, Value)],
    pub(crate) uploads: &'a [Upload],
    /// The option being typed, for autocomplete.
    pub(crate) focused: Option<&'a str>,
}

impl State {
    /// A registered command this member may use.
    pub(crate) fn usable(&self, by: Typist, kind: u64, name: &str) -> Result<Value, Impossible> {
        let of = |scope: Option<Snowflake>| self.commands.get(&scope).into_iter().flatten();
        let mut all = of(Some(by.guild)).chain(of(None));
        let command = all.find(|command| command["type"] == kind && command["name"] == name);
        let command = command.ok_or_else(|| Impossible::new(format!("the bot registered no command `{name}`")))?;
        if self.permissions_in(by.user, by.channel) & permission::USE_APPLICATION_COMMANDS == 0 {
            return Err(Impossible::new("this member may not use commands in this channel"));
        }
        if self.allows(by, command) {
            Ok(command.clone())
        } else {
            Err(Impossible::new(format!("`{name}` is not shown to this member")))
        }
    }

    /// Does a member have what a command asks for by default? `"0"` leaves it to administrators.
    pub(crate) fn allows(&self, by: Typist, command: &Value) -> bool {
        let wanted = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
        let Some(wanted) = wanted else { return true };
        let Some(guild) = self.guilds.get(&by.guild) else { return false };
        let has = guild.members.get(&by.user).map_or(0, |member| guild.permissions(member));
        if wanted == 0 { has & permission::ADMINISTRATOR != 0 } else { has & wanted == wanted }
    }

    /// The `data` of a slash command or of its autocomplete.
    pub(crate) fn command_data(&mut self, by: Typist, path: &[&str], typed: Typed<'_>) -> Result<Value, Impossible> {
        let (name, below) = path.split_first().ok_or_else(|| Impossible::new("a command has a name"))?;
        let command = self.usable(by, 1, name)?;
        let mut resolved = Map::new();
        let options = self.descend(by, &command, below, typed, &mut resolved)?;
        let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": options});
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        if !command["guild_id"].is_null() {
            data["guild_id"] = command["guild_id"].clone();
        }
        Ok(data)
    }

    fn descend(
        &mut self,
        by: Typist,
        level: &Value,
        path: &[&str],
        typed: Typed<'_>,
        resolved: &mut Map<String, Value>,
    ) -> Result<Vec<Value>, Impossible> {
        let registered = level["options"].as_array().cloned().unwrap_or_default();
        if let Some((name, below)) = path.split_first() {
            let next =
                registered.iter().find(|one| one["name"] == *name && matches!(one["type"].as_u64(), Some(1 | 2)));
            let next = next.ok_or_else(|| Impossible::new(format!("there is no subcommand `{name}`")))?;
            let options = self.descend(by, next, below, typed, resolved)?;
            return Ok(vec![json!({"name": name, "type": next["type"], "options": options})]);
        }
        if registered.iter().any(|one| matches!(one["type"].as_u64(), Some(1 | 2))) {
            return Err(Impossible::new(format!("`{}` only works with a subcommand", level["name"])));
        }
        let names =
            typed.options.iter().map(|(name, _)| *name).chain(typed.uploads.iter().map(|one| one.option.as_str()));
        for name in names {
            if !registered.iter().any(|one| one["name"] == name) {
                return Err(Impossible::new(format!("there is no option `{name}`")));
            }
        }
        let mut options = Vec::new();
        for option in &registered {
            let name = option["name"].as_str().unwrap_or_default();
            if let Some(upload) = typed.uploads.iter().find(|upload| upload.option == name) {
                if option["type"] != 11 {
                    return Err(Impossible::new(format!("`{name}` takes no file")));
                }
                let id = self.take_upload(by, upload, resolved)?;
                options.push(json!({"name": name, "type": 11, "value": id}));
                continue;
            }
            let value = typed.options.iter().find(|(given, _)| *given == name).map(|(_, value)| value.clone());
            let focused = typed.focused == Some(name);
            match value {
                Some(value) => {
                    options.push(self.option(by, option, value, typed.focused.is_some(), focused, resolved)?);
                }
                None if focused => {
                    options.push(json!({"name": name, "type": option["type"], "value": "", "focused": true}));
                }
                None if option["required"] == true && typed.focused.is_none() => {
                    return Err(Impossible::new(format!("`{name}` is required")));
                }
                None => {}
            }
        }
        Ok(options)
    }

    fn take_upload(
        &mut self,
        by: Typist,
        upload: &Upload,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, Impossible> {
        let limit = self.upload_limit(by.user, by.channel);
        if u64::try_from(upload.bytes.len()).is_ok_and(|size| size > limit) {
            return Err(Impossible::new(format!("the file is larger than the {limit} bytes this member may send")));
        }
        let id = self.next_id();
        let file = StoredFile {
            id,
            channel: by.channel,
            name: super::messages::plain_name(&upload.name),
            description: None,
            content_type: upload.content_type.clone(),
            bytes: upload.bytes.clone(),
            ephemeral: true,
        };
        self.files.insert(id, file);
        put(resolved, "attachments", id, shapes::file(self, id).unwrap_or_default());
        Ok(json!(id.to_string()))
    }

    fn option(
        &self,
        by: Typist,
        option: &Value,
        value: Value,
        typing: bool,
        focused: bool,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, Impossible> {
        let (name, kind) = (&option["name"], option["type"].as_u64().unwrap_or(0));
        if focused {
            // What is being typed comes as text, finished or not.
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            return Ok(json!({"name": name, "type": kind, "value": text, "focused": true}));
        }
        let value = match kind {
            6..=9 => json!(self.resolve(by, kind, &value, resolved)?.to_string()),
            11 => return Err(Impossible::new(format!("{name} takes a file"))),
            _ => value,
        };
        let fits = match kind {
            3 => value.is_string(),
            4 => value.is_i64() || value.is_u64(),
            5 => value.is_boolean(),
            10 => value.is_number(),
            _ => true,
        };
        if !fits {
            return Err(Impossible::new(format!("{value} is no value for {name}")));
        }
        if !typing {
            check_limits(option, &value)?;
        }
        Ok(json!({"name": name, "type": kind, "value": value}))
    }

    /// Finds a user (6), channel (7), role (8) or either of user and role (9) by name or id.
    pub(crate) fn resolve(
        &self,
        by: Typist,
        kind: u64,
        value: &Value,
        resolved: &mut Map<String, Value>,
    ) -> Result<Snowflake, Impossible> {
        let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if matches!(kind, 6 | 9)
            && let Ok(id) = self.find_member(by.guild, &word)
        {
            put(resolved, "users", id, shapes::user(self, id));
            if let Some(member) = self.member(by.guild, id) {
                let mut shape = shapes::partial_member(member);
                shape["permissions"] = json!(self.permissions_in(id, by.channel).to_string());
                put(resolved, "members", id, shape);
            }
            return Ok(id);
        }
        if matches!(kind, 8 | 9) {
            let id = self.find_role(by.guild, &word)?;
            let role = self.guilds.get(&by.guild).and_then(|guild| guild.roles.get(&id));
            put(resolved, "roles", id, role.map_or(Value::Null, shapes::role));
            return Ok(id);
        }
        if kind == 7 {
            let id = self.find_channel(&word)?;
            let shape = self.channels.get(&id).map_or(Value::Null, |channel| self.resolved_channel(by.user, channel));
            put(resolved, "channels", id, shape);
            return Ok(id);
        }
        self.find_member(by.guild, &word)
    }
}

fn put(resolved: &mut Map<String, Value>, kind: &str, id: Snowflake, shape: Value) {
    let group = resolved.entry(kind).or_insert_with(|| json!({}));
    group[id.to_string()] = shape;
}

fn check_limits(option: &Value, value: &Value) -> Result<(), Impossible> {
    let name = &option["name"];
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if !choices.is_empty() && !choices.iter().any(|choice| choice["value"] == *value) {
        return Err(Impossible::new(format!("{value} is not among the choices of {name}")));
    }
    let beyond = |number: f64, least: &str, most: &str| {
        option[least].as_f64().is_some_and(|least| number < least)
            || option[most].as_f64().is_some_and(|most| number > most)
    };
    let length = value.as_str().and_then(|text| u32::try_from(text.chars().count()).ok());
    let outside = value.as_f64().is_some_and(|number| beyond(number, "min_value", "max_value"))
        || length.is_some_and(|length| beyond(f64::from(length), "min_length", "max_length") || length > 6000);
    if outside { Err(Impossible::new(format!("{value} is outside what {name} takes"))) } else { Ok(()) }
}
