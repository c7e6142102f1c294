//! `/help`: the three things a person of that role does most.

use super::{Context, Outcome, enter, show};
use crate::discord::words::{CommandIds, Helped, help as sentences};
use crate::domain::review::{Manager, Reviewer};

/// What you can do here
#[poise::command(slash_command, guild_only, description_localized("de", "Was du hier tun kannst"))]
pub(super) async fn help(ctx: Context<'_>) -> Outcome {
    let visit = enter(ctx).await?;
    let who = if Manager::of(&visit.member).is_ok() {
        Helped::Manager
    } else if Reviewer::of(&visit.member, &visit.workspace).is_ok() {
        Helped::Reviewer
    } else {
        Helped::Editor
    };
    let unknown = CommandIds::new();
    show(ctx, &sentences(who, ctx.data().command_ids.get().unwrap_or(&unknown))).await
}
