//! What people do: run a command, press, choose, fill in, react, write. Each is what a real client would offer and no
//! more; the rest is [`Impossible`].

use serde_json::{Map, Value, json};

use super::ask::Deed;
use super::messages::Draft;
use super::options::{Typed, Typist};
use super::payload::Part;
use super::server::permission;
use super::state::{Message, State};
use super::{Discord, Impossible, Interaction, NoAnswer, Snowflake, Upload, reactions};

impl State {
    pub(super) fn typist(&self, member: &str, channel: &str) -> Result<Typist, Impossible> {
        let channel = self.find_channel(channel)?;
        let guild = self.channel_guild(channel).ok_or_else(|| Impossible::new("commands are used in a server"))?.id;
        let user = self.find_member(guild, member)?;
        self.sees(user, channel)?;
        Ok(Typist { user, guild, channel })
    }

    fn sees(&self, user: Snowflake, channel: Snowflake) -> Result<(), Impossible> {
        let sees = self.permissions_in(user, channel) & permission::VIEW_CHANNEL != 0;
        if sees { Ok(()) } else { Err(Impossible::new("this member cannot see the channel")) }
    }

    /// A message a member has before their eyes.
    pub(super) fn before(&self, member: &str, id: Snowflake) -> Result<(Typist, &Message), Impossible> {
        let message = self.message(id).ok_or_else(|| Impossible::new("there is no such message"))?;
        let by = self.typist(member, &message.channel.to_string())?;
        if message.only_for.is_some_and(|only| only != by.user) {
            return Err(Impossible::new("this member cannot see the message"));
        }
        Ok((by, message))
    }

    /// A component of a message that can be used.
    fn component(&self, message: &Message, custom_id: &str) -> Result<Value, Impossible> {
        let found = find_component(&message.components, custom_id);
        let found = found.ok_or_else(|| {
            let shown = super::transcript::component_line(&message.components);
            Impossible::new(format!(
                "there is nothing with the custom id `{custom_id}` on the message; it shows {shown}"
            ))
        })?;
        if found["disabled"] == true {
            return Err(Impossible::new(format!("`{custom_id}` is disabled")));
        }
        Ok(found.clone())
    }
}

fn find_component<'a>(components: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    components.iter().find_map(|one| {
        if one["custom_id"] == custom_id {
            return Some(one);
        }
        let inside = one["components"].as_array().and_then(|inside| find_component(inside, custom_id));
        inside.or_else(|| Some(&one["accessory"]).filter(|other| other["custom_id"] == custom_id))
    })
}

impl Discord {
    fn hand_over(&self, deed: impl FnOnce(&mut State) -> Result<Deed, Impossible>) -> Result<Interaction, Impossible> {
        let id = self.change(|state| deed(state).map(|deed| state.ask(deed)))?;
        Ok(Interaction::new(self.clone(), id))
    }

    /// Runs a slash command: `path` is its name with the subcommands.
    ///
    /// # Errors
    /// When the bot did not register it so, or this member is not offered it.
    pub fn command(
        &self,
        member: &str,
        channel: &str,
        path: &[&str],
        options: &[(&str, Value)],
        uploads: &[Upload],
    ) -> Result<Interaction, Impossible> {
        self.hand_over(|state| {
            let by = state.typist(member, channel)?;
            let data = state.command_data(by, path, Typed { options, uploads, focused: None })?;
            let with = format!("/{}", path.join(" "));
            Ok(Deed { kind: 2, user: by.user, guild: by.guild, channel: by.channel, with, source: None, data })
        })
    }

    /// Uses a message menu on a message.
    ///
    /// # Errors
    /// When there is no such menu or message, or this member is not offered it.
    pub fn message_command(&self, member: &str, name: &str, message: Snowflake) -> Result<Interaction, Impossible> {
        self.hand_over(|state| {
            let (by, on) = state.before(member, message)?;
            if on.only_for.is_some() {
                return Err(Impossible::new("a private message has no menu of apps"));
            }
            let command = state.usable(by, 3, name)?;
            let shown = super::message_shape::message(state, on);
            let data = json!({
                "id": command["id"], "name": name, "type": 3, "target_id": message.to_string(),
                "resolved": {"messages": {message.to_string(): shown}},
            });
            let with = name.to_owned();
            Ok(Deed { kind: 2, user: by.user, guild: by.guild, channel: by.channel, with, source: None, data })
        })
    }

    /// Types in an option and waits for what the bot offers.
    ///
    /// # Errors
    /// When the option is not one that is completed, or the bot did not answer.
    pub async fn autocomplete(
        &self,
        member: &str,
        channel: &str,
        path: &[&str],
        options: &[(&str, Value)],
        focused: &str,
    ) -> Result<Vec<Value>, Impossible> {
        let interaction = self.hand_over(|state| {
            let by = state.typist(member, channel)?;
            let data = state.command_data(by, path, Typed { options, uploads: &[], focused: Some(focused) })?;
            if !state.completes(by, path, focused) {
                return Err(Impossible::new(format!("`{focused}` is not completed while typing")));
            }
            let with = format!("/{}", path.join(" "));
            Ok(Deed { kind: 4, user: by.user, guild: by.guild, channel: by.channel, with, source: None, data })
        })?;
        let answer = interaction.answer().await;
        answer.map(|answer| answer.choices).map_err(|NoAnswer| Impossible::new("loading options failed"))
    }

    /// Presses a button.
    ///
    /// # Errors
    /// When there is no such button, or it is disabled.
    pub fn press(&self, member: &str, message: Snowflake, custom_id: &str) -> Result<Interaction, Impossible> {
        self.hand_over(|state| {
            let (by, on) = state.before(member, message)?;
            let button = state.component(on, custom_id)?;
            if button["type"] != 2 {
                return Err(Impossible::new(format!("`{custom_id}` is not a button")));
            }
            let with = format!("[{}]", button["label"].as_str().unwrap_or(custom_id));
            let data = json!({"custom_id": custom_id, "component_type": 2, "id": button["id"]});
            Ok(Deed { kind: 3, user: by.user, guild: by.guild, channel: by.channel, with, source: Some(message), data })
        })
    }

    /// Chooses in a select: values of its options, or names of people, roles and channels where those are chosen.
    ///
    /// # Errors
    /// When there is no such select or option, or more or fewer are chosen than it takes.
    pub fn select(
        &self,
        member: &str,
        message: Snowflake,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Interaction, Impossible> {
        self.hand_over(|state| {
            let (by, on) = state.before(member, message)?;
            let select = state.component(on, custom_id)?;
            let (chosen, resolved) = state.choose(by, &select, values)?;
            let mut data = json!({
                "custom_id": custom_id, "component_type": select["type"], "id": select["id"], "values": chosen,
            });
            if !resolved.is_empty() {
                data["resolved"] = Value::Object(resolved);
            }
            let with = format!("{{{}}}", select["placeholder"].as_str().unwrap_or(custom_id));
            Ok(Deed { kind: 3, user: by.user, guild: by.guild, channel: by.channel, with, source: Some(message), data })
        })
    }

    /// Sends a form that an interaction was answered with. Fields not named keep what the form put in them.
    ///
    /// # Errors
    /// When there is no such form or field, or a field is too long, too short or missing.
    pub fn submit(&self, member: &str, form_of: Snowflake, fields: &[(&str, &str)]) -> Result<Interaction, Impossible> {
        self.hand_over(|state| {
            let asked = state.asked.get(&form_of).ok_or_else(|| Impossible::new("there is no such interaction"))?;
            let form = asked.form.as_ref().ok_or_else(|| Impossible::new("it was not answered with a form"))?;
            let user = state.find_member(asked.guild, member)?;
            if user != asked.user {
                return Err(Impossible::new("the form is on somebody else's screen"));
            }
            let data = super::forms::filled(form, fields)?;
            let with = format!("form \"{}\"", form["title"].as_str().unwrap_or_default());
            let source = asked.source.filter(|id| state.message(*id).is_some());
            Ok(Deed { kind: 5, user, guild: asked.guild, channel: asked.channel, with, source, data })
        })
    }

    /// Puts a reaction.
    ///
    /// # Errors
    /// When the message is not there for this member, or reacting is not allowed.
    pub fn react(&self, member: &str, message: Snowflake, emoji: &str) -> Result<(), Impossible> {
        self.change(|state| {
            let (by, on) = state.before(member, message)?;
            let emoji = reactions::emoji(emoji).ok_or_else(|| Impossible::new("that is no emoji"))?;
            let first = !on.reactions.iter().any(|one| reactions::same(&one.emoji, &emoji));
            let may = state.permissions_in(by.user, by.channel) & permission::ADD_REACTIONS != 0;
            if on.only_for.is_some() || (first && !may) {
                return Err(Impossible::new("this member may not react here"));
            }
            state.add_reaction(message, by.user, &emoji).map_err(|_| Impossible::new("there are too many reactions"))
        })
    }

    /// Takes a reaction back.
    ///
    /// # Errors
    /// When this member had not put it.
    pub fn unreact(&self, member: &str, message: Snowflake, emoji: &str) -> Result<(), Impossible> {
        self.change(|state| {
            let (by, _) = state.before(member, message)?;
            let emoji = reactions::emoji(emoji).ok_or_else(|| Impossible::new("that is no emoji"))?;
            let taken = state.remove_reaction(message, by.user, &emoji);
            if taken { Ok(()) } else { Err(Impossible::new("this member has not reacted so")) }
        })
    }

    /// Writes a message.
    ///
    /// # Errors
    /// When this member may not write there, or a file is too large.
    pub fn say(&self, member: &str, channel: &str, text: &str, uploads: &[Upload]) -> Result<Snowflake, Impossible> {
        self.change(|state| {
            let by = state.typist(member, channel)?;
            if state.permissions_in(by.user, by.channel) & permission::SEND_MESSAGES == 0 {
                return Err(Impossible::new("this member may not write here"));
            }
            let files: Vec<Part> = uploads.iter().enumerate().map(|(index, upload)| upload.part(index)).collect();
            let body = json!({"content": text});
            let draft = Draft {
                channel: by.channel,
                author: by.user,
                only_for: None,
                interaction: None,
                body: &body,
                files: &files,
                forwards: None,
            };
            state.create_message(&draft).map_err(|refused| Impossible::new(format!("Discord says {}", refused.status)))
        })
    }
}

impl State {
    fn completes(&self, by: Typist, path: &[&str], focused: &str) -> bool {
        let Some((name, below)) = path.split_first() else { return false };
        let Ok(mut level) = self.usable(by, 1, name) else { return false };
        for name in below.iter().chain([&focused]) {
            let options = level["options"].as_array().cloned().unwrap_or_default();
            let Some(next) = options.into_iter().find(|option| option["name"] == *name) else { return false };
            level = next;
        }
        level["autocomplete"] == true
    }

    fn choose(
        &self,
        by: Typist,
        select: &Value,
        values: &[&str],
    ) -> Result<(Vec<String>, Map<String, Value>), Impossible> {
        let kind = select["type"].as_u64().unwrap_or(0);
        let (least, most) = (select["min_values"].as_u64().unwrap_or(1), select["max_values"].as_u64().unwrap_or(1));
        let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
        if count < least || count > most {
            return Err(Impossible::new(format!("between {least} and {most} are chosen here, not {count}")));
        }
        let mut resolved = Map::new();
        let mut chosen = Vec::new();
        for value in values {
            match kind {
                3 => {
                    let offered =
                        select["options"].as_array().into_iter().flatten().any(|option| option["value"] == *value);
                    if !offered {
                        return Err(Impossible::new(format!("`{value}` is not among the options")));
                    }
                    chosen.push((*value).to_owned());
                }
                5..=8 => {
                    // Selects number users, roles, either, channels; options number users, channels, roles, either.
                    let option_kind = [6, 8, 9, 7][usize::try_from(kind - 5).unwrap_or(0)];
                    let found = self.resolve(by, option_kind, &json!(value), &mut resolved)?;
                    chosen.push(found.to_string());
                }
                _ => return Err(Impossible::new("that is not a select")),
            }
        }
        Ok((chosen, resolved))
    }
}
