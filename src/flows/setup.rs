//! A manager changes the workspace's settings.

use super::{Failure, Flows};
use crate::domain::ids::WorkspaceId;
use crate::domain::review::Manager;
use crate::domain::workspace::{Workspace, WorkspaceChange};

/// Makes sure the workspace is known, under the name it has now.
///
/// # Errors
/// When the store cannot be reached.
pub async fn meet(flows: &Flows, id: WorkspaceId, name: &str) -> Result<Workspace, Failure> {
    let mut tx = flows.store.begin().await?;
    let workspace = tx.ensure_workspace(id, name, flows.clock.now()).await?;
    tx.commit().await?;
    Ok(workspace)
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
    let workspace = workspace.change(by, change, now)?;
    tx.save_workspace(&workspace).await?;
    tx.audit(workspace.id, &by.member().actor(), "workspace.changed", None, detail, now).await?;
    tx.commit().await?;
    flows.nudges.keeper.notify_one();
    tracing::info!(workspace.id = %workspace.id, "Changed the settings of workspace {}", workspace.id);
    Ok(workspace)
}
