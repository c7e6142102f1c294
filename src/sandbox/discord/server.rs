//! The server and the people in it: members, roles, channels, and Discord's arithmetic of permissions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Snowflake;

/// Permission bits, of those there are, that the stand-in looks at.
/// <https://discord.com/developers/docs/topics/permissions>
pub mod permission {
    /// Everything, everywhere.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Manage Server.
    pub const MANAGE_GUILD: u64 = 1 << 5;
    /// Put a reaction nobody has put yet.
    pub const ADD_REACTIONS: u64 = 1 << 6;
    /// See the channel.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Write in the channel.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Remove what others wrote or how they reacted.
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    /// Have embeds shown.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Send files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Read what was written earlier.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Ping roles that are not mentionable, and everyone.
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    /// Use slash commands and menus.
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    /// Archive and delete threads.
    pub const MANAGE_THREADS: u64 = 1 << 34;
    /// Start a thread anyone can join.
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    /// Write in a thread.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

    /// What `@everyone` may do in a fresh server, of the above.
    pub const EVERYONE: u64 = ADD_REACTIONS
        | VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_APPLICATION_COMMANDS
        | CREATE_PUBLIC_THREADS
        | SEND_MESSAGES_IN_THREADS;

    /// All bits, known or not.
    pub const ALL: u64 = (1 << 53) - 1;
}

/// Somebody with a Discord account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// Their id.
    pub id: Snowflake,
    /// The name they are called by.
    pub name: String,
    /// Is it a program?
    pub bot: bool,
    /// The language of their client.
    pub locale: String,
    /// The largest file their own subscription lets them send.
    pub upload_limit: u64,
}

/// Somebody's place in a server.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Who.
    pub user: Snowflake,
    /// Their roles, without `@everyone`.
    pub roles: Vec<Snowflake>,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

/// A role of a server.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    /// Its id; that of the server for `@everyone`.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// Its colour, `0` for none.
    pub colour: u32,
    /// What it allows.
    pub permissions: u64,
    /// May anybody ping it?
    pub mentionable: bool,
    /// Its place in the list.
    pub position: u16,
}

/// What a role or a member may do differently in one channel.
#[derive(Clone, Debug)]
pub(crate) struct Overwrite {
    /// The role or member.
    pub id: Snowflake,
    /// Is it a member?
    pub member: bool,
    /// Allowed here.
    pub allow: u64,
    /// Denied here.
    pub deny: u64,
}

/// A text channel, a direct-message channel, or a thread.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    /// Its id; that of its first message for a thread started from one.
    pub id: Snowflake,
    /// The server, unless it is a conversation of two.
    pub guild: Option<Snowflake>,
    /// Its name.
    pub name: String,
    /// Discord's number for the kind: 0 text, 1 direct messages, 11 public thread.
    pub kind: u8,
    /// The channel a thread belongs to.
    pub parent: Option<Snowflake>,
    /// Who started it, for a thread; the other person, for direct messages.
    pub owner: Option<Snowflake>,
    /// Its place in the list.
    pub position: u16,
    /// Exceptions to the roles' permissions.
    pub overwrites: Vec<Overwrite>,
    /// When the thread was started.
    pub created_at: DateTime<Utc>,
    /// Is the thread put away?
    pub archived: bool,
    /// Minutes of silence after which a thread is put away.
    pub auto_archive_minutes: u64,
}

impl Channel {
    /// Is it a thread?
    #[must_use]
    pub(crate) fn is_thread(&self) -> bool {
        matches!(self.kind, 10..=12)
    }
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: Snowflake,
    /// Its roles, `@everyone` among them.
    pub roles: BTreeMap<Snowflake, Role>,
    /// Who is in it.
    pub members: BTreeMap<Snowflake, Member>,
    /// Boost level, 0 to 3.
    pub boosts: u8,
    /// The language it is set to.
    pub locale: String,
}

impl Guild {
    /// The largest file the server's boosts let anybody send (the bot too).
    #[must_use]
    pub(crate) fn upload_limit(&self) -> u64 {
        match self.boosts {
            0 | 1 => 10 * 1024 * 1024,
            2 => 50 * 1024 * 1024,
            _ => 100 * 1024 * 1024,
        }
    }

    /// What a member may do in the server at large.
    #[must_use]
    pub(crate) fn permissions(&self, member: &Member) -> u64 {
        if member.user == self.owner {
            return permission::ALL;
        }
        let of = |id: &Snowflake| self.roles.get(id).map_or(0, |role| role.permissions);
        let all = member.roles.iter().map(of).fold(of(&self.id), |sum, bits| sum | bits);
        if all & permission::ADMINISTRATOR == 0 { all } else { permission::ALL }
    }

    /// What a member may do in one channel; a thread passes its parent.
    /// <https://discord.com/developers/docs/topics/permissions#permission-overwrites>
    #[must_use]
    pub(crate) fn permissions_in(&self, member: &Member, channel: &Channel) -> u64 {
        let mut bits = self.permissions(member);
        if bits & permission::ADMINISTRATOR != 0 {
            return permission::ALL;
        }
        let mut apply = |allow: u64, deny: u64| bits = (bits & !deny) | allow;
        for everyone in channel.overwrites.iter().filter(|one| !one.member && one.id == self.id) {
            apply(everyone.allow, everyone.deny);
        }
        let roles = || channel.overwrites.iter().filter(|one| !one.member && member.roles.contains(&one.id));
        apply(roles().fold(0, |sum, one| sum | one.allow), roles().fold(0, |sum, one| sum | one.deny));
        for own in channel.overwrites.iter().filter(|one| one.member && one.id == member.user) {
            apply(own.allow, own.deny);
        }
        if bits & permission::VIEW_CHANNEL == 0 { 0 } else { bits }
    }
}
