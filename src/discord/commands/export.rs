//! `/export`: everything stored about the server as one file, for the manager who asks alone.

use anyhow::Context as _;
use serenity::all::CreateAttachment;

use super::{Context, Outcome, enter, put, show};
use crate::discord::words::{export_too_large, exported};
use crate::domain::review::Manager;
use crate::flows::export::{Archive, archive};

/// What a bot may attach in any server: 10 MiB. <https://docs.discord.com/developers/reference#uploading-files>
const MOST: usize = 10 * 1024 * 1024;

/// Everything stored about this server, as JSON and CSV
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Alles, was über diesen Server gespeichert ist, als JSON und CSV"),
    default_member_permissions = "MANAGE_GUILD"
)]
pub(super) async fn export(ctx: Context<'_>) -> Outcome {
    let visit = enter(ctx).await?;
    let manager = Manager::of(&visit.member)?;
    match Box::pin(archive(&ctx.data().flows, &manager, MOST)).await? {
        Archive::Whole { file, counts } => {
            let attached = CreateAttachment::bytes(file.bytes, file.name);
            put(ctx, &exported(&counts), Some(&attached)).await.context("an answer did not reach Discord")?;
            Ok(())
        }
        Archive::TooLarge => {
            let limit = u64::try_from(MOST).unwrap_or(u64::MAX);
            show(ctx, &export_too_large(limit, visit.workspace.id.0)).await
        }
    }
}
