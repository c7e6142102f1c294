//! A manager changes the workspace's settings.

use super::{Failure, Flows};
use crate::domain::ids::{ChannelId, WorkspaceId};
use crate::domain::notice::Notice;
use crate::domain::review::Manager;
use crate::domain::workspace::{Actor, Workspace, WorkspaceChange};
use crate::words::Language;

/// Makes sure the workspace is known, under the name it had first and with the language its server speaks now, if that is
/// known.
///
/// # Errors
/// When the store cannot be reached.
pub async fn meet(
    flows: &Flows,
    id: WorkspaceId,
    name: &str,
    language: Option<Language>,
) -> Result<Workspace, Failure> {
    let mut tx = flows.store.begin().await?;
    let mut workspace = tx.ensure_workspace(id, name, flows.clock.now()).await?;
    if let Some(language) = language.filter(|language| *language != workspace.language) {
        tx.note_language(id, language).await?;
        workspace.language = language;
    }
    tx.commit().await?;
    Ok(workspace)
}

/// Notes the language a server speaks, if it is a team's.
///
/// # Errors
/// When the store cannot be reached.
pub async fn speaks(flows: &Flows, id: WorkspaceId, language: Language) -> Result<(), Failure> {
    // Every server is named after every greeting, and hardly one of them changed its language.
    if flows.store.workspace(id).await?.is_some_and(|known| known.language != language) {
        let mut tx = flows.store.begin().await?;
        tx.note_language(id, language).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes over what a manager changed.
///
/// # Errors
/// When the change does not work.
pub async fn change(flows: &Flows, by: &Manager, name: &str, change: WorkspaceChange) -> Result<Workspace, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let workspace = tx.ensure_workspace(by.member().workspace, name, now).await?;
    if change == WorkspaceChange::default() {
        tx.commit().await?;
        return Ok(workspace);
    }
    let detail = serde_json::json!({ "change": format!("{change:?}") });
    let before = workspace.review_channel;
    let workspace = workspace.change(by, change, now)?;
    tx.save_workspace(&workspace).await?;
    if workspace.review_channel != before {
        // What could not be shown appears in the place there is now; whatever is shown stays where it is.
        for post in tx.posts_to_show(workspace.id).await? {
            tx.tell(workspace.id, &Notice::Card { post }, now).await?;
        }
    }
    tx.audit(workspace.id, &by.member().actor(), "workspace.changed", None, detail, now).await?;
    tx.commit().await?;
    flows.nudges.keeper.notify_one();
    flows.nudges.outbox.notify_one();
    tracing::info!(workspace.id = %workspace.id, "Changed the settings of workspace {}", workspace.id);
    Ok(workspace)
}

/// Notes that a channel the team had chosen is gone, and tells people, once.
///
/// # Errors
/// When the store cannot be reached.
pub async fn channel_gone(flows: &Flows, id: WorkspaceId, channel: ChannelId) -> Result<(), Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let Some(mut workspace) = tx.workspace(id).await? else { return Ok(()) };
    let of_reviews = workspace.review_channel.take_if(|chosen| *chosen == channel).is_some();
    let of_digests = workspace.digest_channel.take_if(|chosen| *chosen == channel).is_some();
    if !of_reviews && !of_digests {
        return Ok(());
    }
    let workspace = workspace.expects_digest(now);
    tx.save_workspace(&workspace).await?;
    let detail = serde_json::json!({ "channel": channel.to_string(), "review": of_reviews, "digest": of_digests });
    tx.audit(id, &Actor::Program, "workspace.channel_gone", None, detail, now).await?;
    tx.tell(id, &Notice::ChannelGone { is_review: of_reviews }, now).await?;
    tx.commit().await?;
    flows.nudges.outbox.notify_one();
    tracing::error!(workspace.id = %id, "A channel of workspace {id} was deleted; a manager chooses another with /setup");
    Ok(())
}
