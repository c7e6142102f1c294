//! What a person may do at this moment, asked of Discord itself: for those who come by another way than an interaction,
//! which would say so.

use std::fmt;
use std::sync::Arc;

use anyhow::Context as _;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serenity::all::{GuildId, Http, Member, PartialGuild, Permissions, RoleId, UserId};

use super::http::{self, code, may_pass, persist};
use super::{DiscordSettings, people};
use crate::domain::ids::{MemberId, WorkspaceId};
use crate::domain::review;
use crate::flows::connect::Rights;

/// Discord's codes for somebody who is not in the server (any more), or not in Discord.
const NO_MEMBER: [isize; 2] = [10007, 10013];

/// Somebody who asks Discord.
struct Asking {
    http: Http,
}

/// Who knows what members may do.
///
/// # Errors
/// When no client for Discord can be built.
pub fn rights(settings: &DiscordSettings) -> anyhow::Result<Arc<dyn Rights>> {
    Ok(Arc::new(Asking { http: http::build(settings)? }))
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking").finish_non_exhaustive()
    }
}

impl Rights for Asking {
    fn manages(&self, workspace: WorkspaceId, member: MemberId) -> BoxFuture<'_, anyhow::Result<bool>> {
        async move {
            let (server, who) = (GuildId::new(workspace.0.max(1)), UserId::new(member.0.max(1)));
            let guild = match persist("GET server", || self.http.get_guild(server)).await {
                Ok(guild) => guild,
                Err(error) if may_pass(&error) => return Err(error).context("the server cannot be looked at"),
                // Neither the server nor anybody in it is there for the bot any more.
                Err(_) => return Ok(false),
            };
            match persist("GET member", || self.http.get_member(server, who)).await {
                Ok(member) => Ok(may_manage(&guild, &member)),
                Err(error) if may_pass(&error) => Err(error).context("the member cannot be looked at"),
                Err(_) => Ok(false),
            }
        }
        .boxed()
    }

    fn member(
        &self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> BoxFuture<'_, anyhow::Result<Option<review::Member>>> {
        async move {
            let (server, who) = (GuildId::new(workspace.0.max(1)), UserId::new(member.0.max(1)));
            let described = match self.http.get_member(server, who).await {
                Ok(described) => described,
                Err(error) if code(&error).is_some_and(|code| NO_MEMBER.contains(&code)) => return Ok(None),
                Err(error) => return Err(error).context("the member cannot be looked at"),
            };
            let guild = self.http.get_guild(server).await.context("the server cannot be looked at")?;
            let manages = may_manage(&guild, &described);
            Ok(Some(review::Member { manages, ..people::member(server, &described) }))
        }
        .boxed()
    }
}

/// Whether what a member's roles allow is enough, as it is for whoever owns the server.
fn may_manage(guild: &PartialGuild, member: &Member) -> bool {
    let everyone = RoleId::new(guild.id.get());
    let held = member.roles.iter().chain([&everyone]).filter_map(|role| guild.roles.get(role));
    let held = held.fold(Permissions::empty(), |all, role| all | role.permissions);
    guild.owner_id == member.user.id || held.intersects(people::MANAGES)
}
