//! Those who do not belong (any more): members who leave, a second server with people of its own, and clients that send what no client offers. Tests of
//! rights ask with them for what is somebody else's.

use serde_json::{Value, json};

use super::super::ask::Deed;

use super::super::state::State;
use super::super::{Discord, Impossible, Interaction, Snowflake, shapes};
use super::BOT_PERMISSIONS;
use crate::sandbox::gateway::{Happened, intent};

impl State {
    fn new_server(&mut self, name: &str, channels: &[&str], people: &[(&str, &str, u64)]) -> Snowflake {
        let id = self.next_id();
        let owner = self.new_user(&format!("owner of {name}"), false);
        self.new_guild(id, name, owner);
        let own = self.new_role(id, "Greenroom", 0, BOT_PERMISSIONS, false);
        self.join(id, owner, vec![]);
        self.join(id, self.bot, vec![own]);
        for (person, role, permissions) in people {
            let user = self.new_user(person, false);
            let role = self.find_role(id, role).unwrap_or_else(|_| self.new_role(id, role, 0, *permissions, true));
            self.join(id, user, vec![role]);
        }
        for channel in channels {
            self.new_channel(id, channel);
        }
        id
    }
}

impl Discord {
    /// Lets somebody leave the server. What they wrote and reacted with stays, as with Discord itself.
    ///
    /// # Errors
    /// When there is no such member.
    pub fn remove_member(&self, name: &str) -> Result<(), Impossible> {
        self.change(|state| {
            let guild = state.home();
            let user = state.find_member(guild, name)?;
            let left = shapes::user(state, user);
            if let Some(guild) = state.guilds.get_mut(&guild) {
                guild.members.remove(&user);
            }
            let data = json!({"guild_id": guild.to_string(), "user": left});
            state.emit(&Happened::new("GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, data));
            Ok(())
        })
    }

    /// Adds another server that the bot is in, with channels of these names and, for each person, a role and what it
    /// allows. Names of channels should be new ones, because channels are found by name whatever the server.
    pub fn add_server(&self, name: &str, channels: &[&str], people: &[(&str, &str, u64)]) -> Snowflake {
        self.change(|state| {
            let id = state.new_server(name, channels, people);
            if let Some(whole) = state.guilds.get(&id).map(|guild| shapes::whole_guild(state, guild)) {
                state.emit(&Happened::new("GUILD_CREATE", intent::GUILDS, whole));
            }
            id
        })
    }

    /// Sends an interaction whose `data` no client would have offered: 2 a command, 3 a component of a message, 5 a form.
    /// Who, where and in which server stays true, as Discord itself says that.
    ///
    /// # Errors
    /// When there is no such member or channel.
    pub fn forge(
        &self,
        member: &str,
        channel: &str,
        kind: u8,
        on: Option<Snowflake>,
        data: Value,
    ) -> Result<Interaction, Impossible> {
        let id = self.change(|state| {
            let channel = state.find_channel(channel)?;
            let guild = state.channel_guild(channel).ok_or_else(|| Impossible::new("that is no server"))?.id;
            let user = state.find_member(guild, member)?;
            let with = format!("a forged {data}");
            Ok(state.ask(Deed { kind, user, guild, channel, with, source: on, data }))
        })?;
        Ok(Interaction::new(self.clone(), id))
    }
}
