//! The bot is no longer in a team's server, or is back.
//!
//! While it is away nothing goes out and nobody can be told anything: what falls due is held, what was to be told waits.
//! Coming back within thirty days finds everything as it was; after that everything is erased. An outage of Discord's is
//! no removal, and who hears of one has to tell the two apart.

use chrono::TimeDelta;

use super::{Failure, Flows, erase};
use crate::domain::ids::WorkspaceId;
use crate::domain::workspace::Actor;

/// How long everything is kept for a team that removed the bot.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Notes that the bot was removed from a team's server; false when that was known, or nobody knows the team.
///
/// # Errors
/// When the store cannot be reached.
pub async fn removed(flows: &Flows, id: WorkspaceId) -> Result<bool, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    if !tx.team_removed(id, now).await? {
        return Ok(false);
    }
    tx.audit(id, &Actor::Program, "workspace.bot_removed", None, serde_json::json!({}), now).await?;
    tx.commit().await?;
    tracing::warn!(workspace.id = %id, "The bot was removed from workspace {id}: nothing goes out until it is back");
    Ok(true)
}

/// Notes that the bot is in a team's server again: what waited to be told is told, and what is held asks for a word. False
/// when it was not away.
///
/// # Errors
/// When the store cannot be reached.
pub async fn returned(flows: &Flows, id: WorkspaceId) -> Result<bool, Failure> {
    // Every server is named after every greeting, and hardly one of them was away.
    if flows.store.workspace(id).await?.is_none_or(|workspace| workspace.removed_at.is_none()) {
        return Ok(false);
    }
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    if !tx.team_returned(id, now).await? {
        return Ok(false);
    }
    if let Some(workspace) = tx.workspace(id).await? {
        tx.save_workspace(&workspace.expects_digest(now)).await?;
    }
    tx.audit(id, &Actor::Program, "workspace.bot_returned", None, serde_json::json!({}), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(workspace.id = %id, "The bot is in workspace {id} again");
    Ok(true)
}

/// Erases everything of a team that removed the bot long ago and has not asked it back, as somebody has just made sure.
///
/// # Errors
/// When the store cannot be reached.
pub async fn erase_long_gone(flows: &Flows, id: WorkspaceId) -> Result<(), Failure> {
    if erase::begin(flows, id).await? {
        tracing::warn!(workspace.id = %id, "The bot has not been in workspace {id} for 30 days: everything is erased");
    }
    erase::finish(flows, id).await.map(drop)
}
