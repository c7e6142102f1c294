//! The one place that builds Discord's client.

use super::DiscordSettings;
use crate::domain::workspace::Workspace;

/// Builds the client.
pub fn build(_settings: &DiscordSettings) -> anyhow::Result<serenity::http::Http> {
    anyhow::bail!("not built yet")
}

/// Where the bot is invited.
pub fn invitation(_me: serenity::model::id::UserId) -> String {
    String::new()
}

/// What the bot lacks in the channels of a workspace.
pub async fn missing_permissions(_http: &serenity::http::Http, _workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    Ok(Vec::new())
}
