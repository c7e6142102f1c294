//! Which servers the bot is in: what Discord says when it is removed from one or invited back, and what a greeting says
//! about the time nobody listened.
//!
//! A server that is merely out of reach is announced in the same way, marked as unavailable; that is no removal.

use std::collections::BTreeSet;

use serenity::all::{GuildId, Ready, UnavailableGuild};

use crate::discord::Bot;
use crate::domain::ids::WorkspaceId;
use crate::flows::{Failure, gone, setup};
use crate::words::Language;

/// The bot is in a server, for the first time or again.
pub(super) async fn entered(bot: &Bot, server: GuildId, locale: &str) {
    note_language(bot, server, locale).await;
    if let Err(failure) = gone::returned(&bot.flows, WorkspaceId(server.get())).await {
        tracing::error!(workspace.id = %server, "That the bot is back in server {server} could not be noted: {failure:?}");
    }
    bot.servers_heard.send_modify(|heard| *heard += 1);
}

/// A server was changed: it may speak another language now.
pub(super) async fn changed(bot: &Bot, server: GuildId, locale: &str) {
    note_language(bot, server, locale).await;
    bot.servers_heard.send_modify(|heard| *heard += 1);
}

/// What a server says it speaks; that is what is spoken in its channels.
async fn note_language(bot: &Bot, server: GuildId, locale: &str) {
    if let Err(failure) = setup::speaks(&bot.flows, WorkspaceId(server.get()), Language::of_locale(locale)).await {
        tracing::error!(workspace.id = %server, "The language of server {server} could not be noted: {failure:?}");
    }
}

/// A server is gone: the bot was removed, unless Discord says that it is only unavailable.
pub(super) async fn left(bot: &Bot, server: UnavailableGuild) {
    if server.unavailable {
        tracing::warn!(workspace.id = %server.id, "Discord cannot reach server {} just now", server.id);
    } else if let Err(failure) = gone::removed(&bot.flows, WorkspaceId(server.id.get())).await {
        tracing::error!(workspace.id = %server.id,
            "That the bot was removed from server {} could not be noted: {failure:?}", server.id);
    }
    bot.servers_heard.send_modify(|heard| *heard += 1);
}

/// Compares the servers of a greeting, which names all of this line's, with the teams we know.
pub(super) async fn greeted(bot: &Bot, ready: &Ready) {
    let named: BTreeSet<u64> = ready.guilds.iter().map(|server| server.id.get()).collect();
    let line = ready.shard.map(|shard| (u64::from(shard.id.0), u64::from(shard.total)));
    if let Err(failure) = compare(bot, &named, line).await {
        tracing::error!("Servers the bot was removed from could not be noted: {failure:?}");
    }
}

async fn compare(bot: &Bot, named: &BTreeSet<u64>, line: Option<(u64, u64)>) -> Result<(), Failure> {
    for team in bot.flows.store.workspaces().await? {
        let id = team.id;
        match (named.contains(&id.0), team.removed_at) {
            (false, None) if is_of(id.0, line) => gone::removed(&bot.flows, id).await.map(drop)?,
            (true, Some(_)) => gone::returned(&bot.flows, id).await.map(drop)?,
            (true, None) | (false, _) => {}
        }
    }
    Ok(())
}

/// Whether a server is told about on this line. <https://docs.discord.com/developers/events/gateway#sharding>
const fn is_of(server: u64, line: Option<(u64, u64)>) -> bool {
    match line {
        Some((number, total)) if total > 1 => (server >> 22) % total == number,
        Some(_) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_belongs_to_one_line() {
        assert!(is_of(7 << 22, None) && is_of(7 << 22, Some((0, 1))));
        assert!(is_of(7 << 22, Some((1, 3))) && !is_of(7 << 22, Some((0, 3))));
    }
}
