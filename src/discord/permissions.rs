//! May the bot do in the chosen channels what it has to? Asked of Discord itself, because the cache knows only what it
//! happened to hear of.

use anyhow::Context as _;
use serenity::all::{
    Channel, ChannelId, GuildChannel, GuildId, Http, Member, PartialGuild, Permissions, RoleId, UserId,
};

use super::http::{may_pass, persist};
use crate::domain::workspace::Workspace;
use crate::say;

/// A permission's name in Discord's own words.
type Name = fn() -> String;

/// What a review channel asks for.
const IN_REVIEW: [(Permissions, Name); 8] = [
    (Permissions::VIEW_CHANNEL, || say!("commands-permission-view-channel")),
    (Permissions::SEND_MESSAGES, || say!("commands-permission-send-messages")),
    (Permissions::EMBED_LINKS, || say!("commands-permission-embed-links")),
    (Permissions::ATTACH_FILES, || say!("commands-permission-attach-files")),
    (Permissions::READ_MESSAGE_HISTORY, || say!("commands-permission-read-history")),
    (Permissions::ADD_REACTIONS, || say!("commands-permission-add-reactions")),
    (Permissions::CREATE_PUBLIC_THREADS, || say!("commands-permission-create-threads")),
    (Permissions::SEND_MESSAGES_IN_THREADS, || say!("commands-permission-send-in-threads")),
];

/// What a digest channel asks for; the history, so that a digest is never posted twice.
const IN_DIGEST: [(Permissions, Name); 5] = [IN_REVIEW[0], IN_REVIEW[1], IN_REVIEW[2], IN_REVIEW[3], IN_REVIEW[4]];

/// Where somebody who may manage a server invites the bot, with everything it asks for ticked.
#[must_use]
pub fn invitation(me: UserId) -> String {
    let asked = IN_REVIEW.iter().fold(Permissions::empty(), |all, (one, _)| all | *one);
    format!(
        "https://discord.com/oauth2/authorize?client_id={me}&scope=bot+applications.commands&permissions={}",
        asked.bits()
    )
}

/// What the bot lacks in a workspace's channels, one line each.
///
/// # Errors
/// When Discord does not tell.
pub async fn missing_permissions(http: &Http, workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    if workspace.review_channel.is_none() && workspace.digest_channel.is_none() {
        return Ok(Vec::new());
    }
    let server = GuildId::new(workspace.id.0);
    let me = persist("GET me", || http.get_current_user()).await.context("Discord does not know the bot")?;
    let guild = persist("GET server", || http.get_guild(server)).await.context("the server cannot be looked at")?;
    let member = persist("GET member", || http.get_member(server, me.id));
    let here = Here { guild, member: member.await.context("the bot cannot be found in the server")? };
    let mut missing = Vec::new();
    if let Some(review) = workspace.review_channel {
        let channel = channel(http, server, review.0).await?;
        missing.extend(here.lacking(review.0, channel.as_ref(), &IN_REVIEW));
        if let (Some(role), Some(channel)) = (workspace.reviewer_role, channel) {
            missing.extend(here.silent_role(role.0, &channel));
        }
    }
    if let Some(digest) = workspace.digest_channel.filter(|digest| Some(*digest) != workspace.review_channel) {
        let channel = channel(http, server, digest.0).await?;
        missing.extend(here.lacking(digest.0, channel.as_ref(), &IN_DIGEST));
    }
    Ok(missing)
}

/// The channel, unless it is gone, hidden from the bot, or another server's.
async fn channel(http: &Http, server: GuildId, id: u64) -> anyhow::Result<Option<GuildChannel>> {
    match persist("GET channel", || http.get_channel(ChannelId::new(id))).await {
        Ok(Channel::Guild(channel)) if channel.guild_id == server => Ok(Some(channel)),
        Ok(_) => Ok(None),
        Err(error) if may_pass(&error) => Err(error).context("a channel cannot be looked at"),
        Err(_) => Ok(None),
    }
}

/// The server and the bot in it.
struct Here {
    guild: PartialGuild,
    member: Member,
}

impl Here {
    /// What the bot lacks in a channel.
    fn lacking(&self, id: u64, channel: Option<&GuildChannel>, needed: &[(Permissions, Name)]) -> Vec<String> {
        let place = format!("<#{id}>");
        match channel.map(|channel| self.guild.user_permissions_in(channel, &self.member)) {
            Some(held) if held.contains(Permissions::VIEW_CHANNEL) => needed
                .iter()
                .filter(|(permission, _)| !held.contains(*permission))
                .map(|(_, name)| say!("commands-permission-missing", permission = name(), place = place.as_str()))
                .collect(),
            Some(_) | None => {
                vec![say!("commands-permission-missing-view", place = place)]
            }
        }
    }

    /// Why the reviewer role would not hear of a new card, if so.
    fn silent_role(&self, role: u64, channel: &GuildChannel) -> Option<String> {
        let shown = format!("<@&{role}>");
        let Some(known) = self.guild.roles.get(&RoleId::new(role)) else {
            return Some(say!("commands-permission-role-gone", role = shown));
        };
        let held = self.guild.user_permissions_in(channel, &self.member);
        let heard = known.mentionable || held.contains(Permissions::MENTION_EVERYONE);
        let place = format!("<#{}>", channel.id);
        (!heard).then(|| say!("commands-permission-silent-role", place = place, role = shown))
    }
}

#[cfg(test)]
#[path = "permissions/tests.rs"]
mod tests;
