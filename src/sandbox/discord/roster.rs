//! The people and places of the fixture, and how tests change them: every change is told over the gateway as the real
//! one would be.

mod strangers;

use std::collections::BTreeMap;

use serde_json::json;

use super::server::{Channel, Guild, Member, Overwrite, Role, User, permission};
use super::state::State;
use super::{Discord, Impossible, Snowflake, shapes};
use crate::sandbox::gateway::{Happened, intent};

/// What the bot's own role allows: the list an invitation link asks for.
const BOT_PERMISSIONS: u64 = permission::EVERYONE | permission::MANAGE_MESSAGES;

impl State {
    /// A server with nothing in it but the role everybody holds.
    pub(super) fn new_guild(&mut self, id: Snowflake, name: &str, owner: Snowflake) {
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            colour: 0,
            permissions: permission::EVERYONE,
            mentionable: false,
            position: 0,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::new(),
            boosts: 0,
            locale: "en-US".to_owned(),
        };
        self.guilds.insert(id, guild);
    }

    /// The team everything starts with.
    pub(crate) fn furnish(&mut self) {
        let owner = self.new_user("harbour", false);
        self.bot = self.new_user("Greenroom", true);
        self.application = self.bot;
        let id = self.next_id();
        self.new_guild(id, "Harbour Café team", owner);
        let own = self.new_role(id, "Greenroom", 0x001a_bc9c, BOT_PERMISSIONS, false);
        let editor = self.new_role(id, "Editor", 0x003b_a55d, 0, false);
        let reviewer = self.new_role(id, "Reviewer", 0x0058_65f2, 0, true);
        let manager = self.new_role(id, "Manager", 0x00e6_7e22, permission::MANAGE_GUILD, false);
        self.join(id, owner, vec![]);
        self.join(id, self.bot, vec![own]);
        for (name, roles) in [("mia", vec![editor]), ("rui", vec![reviewer]), ("ada", vec![manager]), ("noa", vec![])] {
            let user = self.new_user(name, false);
            self.join(id, user, roles);
        }
        for name in ["general", "review", "digest", "studio"] {
            self.new_channel(id, name);
        }
    }

    fn new_user(&mut self, name: &str, bot: bool) -> Snowflake {
        let id = self.next_id();
        let user = User { id, name: name.to_owned(), bot, locale: "en-US".to_owned(), upload_limit: 10 * 1024 * 1024 };
        self.users.insert(id, user);
        id
    }

    fn join(&mut self, guild: Snowflake, user: Snowflake, roles: Vec<Snowflake>) {
        let joined_at = self.now();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.members.insert(user, Member { user, roles, joined_at });
        }
    }

    fn new_role(
        &mut self,
        guild: Snowflake,
        name: &str,
        colour: u32,
        permissions: u64,
        mentionable: bool,
    ) -> Snowflake {
        let id = self.next_id();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            let position = u16::try_from(guild.roles.len()).unwrap_or(u16::MAX);
            guild.roles.insert(id, Role { id, name: name.to_owned(), colour, permissions, mentionable, position });
        }
        id
    }

    fn new_channel(&mut self, guild: Snowflake, name: &str) -> Snowflake {
        let (id, created_at) = (self.next_id(), self.now());
        let position = u16::try_from(self.channels.len()).unwrap_or(u16::MAX);
        let channel = Channel {
            id,
            guild: Some(guild),
            name: name.to_owned(),
            kind: 0,
            parent: None,
            owner: None,
            position,
            overwrites: Vec::new(),
            created_at,
            archived: false,
            auto_archive_minutes: 0,
        };
        self.channels.insert(id, channel);
        id
    }

    /// The server there is first.
    pub(crate) fn home(&self) -> Snowflake {
        self.guilds.keys().next().copied().unwrap_or(0)
    }

    pub(crate) fn find_anybody(&self, word: &str) -> Result<Snowflake, Impossible> {
        let found = self.users.values().find(|user| user.name == word || user.id.to_string() == word);
        found.map(|user| user.id).ok_or_else(|| Impossible::new(format!("nobody is called `{word}`")))
    }

    pub(crate) fn find_member(&self, guild: Snowflake, word: &str) -> Result<Snowflake, Impossible> {
        let members = self.guilds.get(&guild).map(|guild| &guild.members);
        let here = |user: &&User| members.is_some_and(|members| members.contains_key(&user.id));
        let found = self.users.values().filter(here).find(|user| user.name == word || user.id.to_string() == word);
        found.map(|user| user.id).ok_or_else(|| Impossible::new(format!("nobody here is called `{word}`")))
    }

    pub(crate) fn find_role(&self, guild: Snowflake, word: &str) -> Result<Snowflake, Impossible> {
        let mut roles = self.guilds.get(&guild).into_iter().flat_map(|guild| guild.roles.values());
        let found = roles.find(|role| role.name == word || role.id.to_string() == word);
        found.map(|role| role.id).ok_or_else(|| Impossible::new(format!("there is no role `{word}`")))
    }

    /// A channel by id or name, with or without `#`; of several with one name the newest.
    pub(crate) fn find_channel(&self, word: &str) -> Result<Snowflake, Impossible> {
        let name = word.trim_start_matches('#');
        let by_id = name.parse().ok().filter(|id| self.channels.contains_key(id));
        let found = by_id.or_else(|| self.channels.values().rev().find(|one| one.name == name).map(|one| one.id));
        found.ok_or_else(|| Impossible::new(format!("there is no channel `{word}`")))
    }

    fn tell_member(&mut self, guild: Snowflake, user: Snowflake) {
        let Some(member) = self.member(guild, user) else { return };
        let mut data = shapes::member(self, member);
        data["guild_id"] = json!(guild.to_string());
        // The bot always hears of itself; of others only with the privileged intent.
        let needs = if self.is_bot(user) { 0 } else { intent::GUILD_MEMBERS };
        self.emit(&Happened::new("GUILD_MEMBER_UPDATE", needs, data));
    }

    fn tell_role(&mut self, kind: &'static str, guild: Snowflake, role: Snowflake) {
        let known = self.guilds.get(&guild).and_then(|guild| guild.roles.get(&role));
        let Some(role) = known.map(shapes::role) else { return };
        let data = json!({"guild_id": guild.to_string(), "role": role});
        self.emit(&Happened::new(kind, intent::GUILDS, data));
    }

    fn tell_channel(&mut self, kind: &'static str, channel: Snowflake) {
        let Some(data) = self.channels.get(&channel).map(|channel| shapes::channel(self, channel)) else { return };
        self.emit(&Happened::new(kind, intent::GUILDS, data));
    }
}

impl Discord {
    /// The server's id.
    #[must_use]
    pub fn guild_id(&self) -> Snowflake {
        self.lock().home()
    }

    /// The bot's id, which is also its application's.
    #[must_use]
    pub fn bot_id(&self) -> Snowflake {
        self.lock().bot
    }

    /// The id of a member, by name.
    ///
    /// # Errors
    /// When nobody is called so.
    pub fn member_id(&self, name: &str) -> Result<Snowflake, Impossible> {
        let state = self.lock();
        state.find_member(state.home(), name)
    }

    /// The id of a channel or thread, by name.
    ///
    /// # Errors
    /// When there is none.
    pub fn channel_id(&self, name: &str) -> Result<Snowflake, Impossible> {
        self.lock().find_channel(name)
    }

    /// The id of a role, by name.
    ///
    /// # Errors
    /// When there is none.
    pub fn role_id(&self, name: &str) -> Result<Snowflake, Impossible> {
        let state = self.lock();
        state.find_role(state.home(), name)
    }

    /// Lets somebody join with these roles; roles that are not there yet are made.
    pub fn add_member(&self, name: &str, roles: &[&str]) -> Snowflake {
        self.change(|state| {
            let guild = state.home();
            let roles = roles
                .iter()
                .map(|role| state.find_role(guild, role).unwrap_or_else(|_| state.new_role(guild, role, 0, 0, false)));
            let roles = roles.collect();
            let user = state.new_user(name, false);
            state.join(guild, user, roles);
            user
        })
    }

    /// Makes a role.
    pub fn add_role(&self, name: &str, permissions: u64, mentionable: bool) -> Snowflake {
        self.change(|state| {
            let guild = state.home();
            let role = state.new_role(guild, name, 0, permissions, mentionable);
            state.tell_role("GUILD_ROLE_CREATE", guild, role);
            role
        })
    }

    /// Changes what a role allows and whether everybody may ping it.
    ///
    /// # Errors
    /// When there is no such role.
    pub fn change_role(&self, name: &str, permissions: u64, mentionable: bool) -> Result<(), Impossible> {
        self.change(|state| {
            let guild = state.home();
            let role = state.find_role(guild, name)?;
            if let Some(known) = state.guilds.get_mut(&guild).and_then(|guild| guild.roles.get_mut(&role)) {
                known.permissions = permissions;
                known.mentionable = mentionable;
            }
            state.tell_role("GUILD_ROLE_UPDATE", guild, role);
            Ok(())
        })
    }

    /// Makes a text channel.
    pub fn add_channel(&self, name: &str) -> Snowflake {
        self.change(|state| {
            let channel = state.new_channel(state.home(), name);
            state.tell_channel("CHANNEL_CREATE", channel);
            channel
        })
    }

    /// Deletes a channel or thread with everything in it.
    ///
    /// # Errors
    /// When there is none.
    pub fn remove_channel(&self, name: &str) -> Result<(), Impossible> {
        self.change(|state| {
            let channel = state.find_channel(name)?;
            let is_thread = state.channels.get(&channel).is_some_and(Channel::is_thread);
            state.tell_channel(if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, channel);
            state.channels.remove(&channel);
            state.channels.retain(|_, thread| thread.parent != Some(channel));
            state.messages.retain(|_, message| message.channel != channel);
            Ok(())
        })
    }

    /// Gives or takes a role.
    ///
    /// # Errors
    /// When there is no such member or role.
    pub fn set_role(&self, member: &str, role: &str, has: bool) -> Result<(), Impossible> {
        self.change(|state| {
            let guild = state.home();
            let (user, role) = (state.find_member(guild, member)?, state.find_role(guild, role)?);
            if let Some(known) = state.guilds.get_mut(&guild).and_then(|guild| guild.members.get_mut(&user)) {
                known.roles.retain(|one| *one != role);
                if has {
                    known.roles.push(role);
                }
            }
            state.tell_member(guild, user);
            Ok(())
        })
    }

    /// Takes these permissions from a member or the bot in one channel; `0` takes nothing any more.
    ///
    /// # Errors
    /// When there is no such channel or member.
    pub fn forbid(&self, member: &str, channel: &str, permissions: u64) -> Result<(), Impossible> {
        self.change(|state| {
            let (user, channel) = (state.find_member(state.home(), member)?, state.find_channel(channel)?);
            if let Some(place) = state.channels.get_mut(&channel) {
                place.overwrites.retain(|one| one.id != user);
                if permissions != 0 {
                    place.overwrites.push(Overwrite { id: user, member: true, allow: 0, deny: permissions });
                }
            }
            state.tell_channel("CHANNEL_UPDATE", channel);
            Ok(())
        })
    }

    /// Sets the server's boost level, 0 to 3; larger files come with it.
    pub fn set_boosts(&self, level: u8) {
        self.change(|state| {
            let guild = state.home();
            if let Some(guild) = state.guilds.get_mut(&guild) {
                guild.boosts = level.min(3);
            }
            let Some(data) = state.guilds.get(&guild).map(shapes::guild) else { return };
            state.emit(&Happened::new("GUILD_UPDATE", intent::GUILDS, data));
        });
    }

    /// Sets the language the server says it speaks, as one of Discord's locales.
    pub fn set_language(&self, locale: &str) {
        self.change(|state| {
            let guild = state.home();
            if let Some(guild) = state.guilds.get_mut(&guild) {
                locale.clone_into(&mut guild.locale);
            }
            let Some(data) = state.guilds.get(&guild).map(shapes::guild) else { return };
            state.emit(&Happened::new("GUILD_UPDATE", intent::GUILDS, data));
        });
    }

    /// Sets the largest file a member's own subscription lets them send, and the language of their client.
    ///
    /// # Errors
    /// When there is no such member.
    pub fn set_client(&self, member: &str, upload_limit: u64, locale: &str) -> Result<(), Impossible> {
        self.change(|state| {
            let user = state.find_anybody(member)?;
            if let Some(user) = state.users.get_mut(&user) {
                user.upload_limit = upload_limit;
                locale.clone_into(&mut user.locale);
            }
            Ok(())
        })
    }

    /// Removes the bot from the server.
    pub fn kick_bot(&self) {
        self.change(|state| {
            let (guild, bot) = (state.home(), state.bot);
            if let Some(guild) = state.guilds.get_mut(&guild) {
                guild.members.remove(&bot);
            }
            state.emit(&Happened::new("GUILD_DELETE", intent::GUILDS, json!({"id": guild.to_string()})));
        });
    }

    /// Invites the bot back into the server.
    ///
    /// # Errors
    /// When its role was deleted.
    pub fn invite_bot(&self) -> Result<(), Impossible> {
        self.change(|state| {
            let (guild, bot) = (state.home(), state.bot);
            let role = state.find_role(guild, "Greenroom")?;
            state.join(guild, bot, vec![role]);
            if let Some(whole) = state.guilds.get(&guild).map(|guild| shapes::whole_guild(state, guild)) {
                state.emit(&Happened::new("GUILD_CREATE", intent::GUILDS, whole));
            }
            Ok(())
        })
    }

    /// Has the server be out of reach for a while, as in an outage; the bot stays its member.
    pub fn server_unavailable(&self) {
        self.change(|state| {
            let data = json!({"id": state.home().to_string(), "unavailable": true});
            state.emit(&Happened::new("GUILD_DELETE", intent::GUILDS, data));
        });
    }
}
