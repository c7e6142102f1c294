//! `/pause` and `/resume`: the stop button.

use super::{Context, Outcome, account_named, enter, offers, show};
use crate::discord::words::{paused_now, resumed_now};
use crate::domain::ids::AccountId;
use crate::domain::pause::MayPause;
use crate::domain::refusal::Refusal;
use crate::flows::{Failure, pause as stop};

/// Stop publishing at once, to one account or to all, until somebody resumes it
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Veröffentlichen sofort anhalten, für ein Konto oder alle, bis jemand es fortsetzt")
)]
pub(super) async fn pause(
    ctx: Context<'_>,
    #[description = "Only this account; all of them if left out"]
    #[description_localized("de", "Nur dieses Konto; ohne Angabe alle")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
    #[description = "Why; the team reads it"]
    #[description_localized("de", "Warum; das Team liest es")]
    #[max_length = 300]
    reason: Option<String>,
) -> Outcome {
    let (by, account) = asked(ctx, account).await?;
    let paused = stop::pause(&ctx.data().flows, &by, account, reason.as_deref()).await?;
    show(ctx, &paused_now(&paused)).await
}

/// Let posts go out again; what fell due meanwhile is held until somebody decides
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Wieder veröffentlichen; was inzwischen fällig wurde, wartet auf eine Entscheidung")
)]
pub(super) async fn resume(
    ctx: Context<'_>,
    #[description = "Only this account; everything that is paused if left out"]
    #[description_localized("de", "Nur dieses Konto; ohne Angabe alles, was angehalten ist")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
    #[description = "Why; the team reads it"]
    #[description_localized("de", "Warum; das Team liest es")]
    #[max_length = 300]
    reason: Option<String>,
) -> Outcome {
    let (by, account) = asked(ctx, account).await?;
    let resumed = stop::resume(&ctx.data().flows, &by, account, reason.as_deref()).await?;
    show(ctx, &resumed_now(&resumed)).await
}

/// Who asks, if they may, and about which account.
async fn asked(ctx: Context<'_>, account: Option<String>) -> Result<(MayPause, Option<AccountId>), Failure> {
    let visit = enter(ctx).await?;
    let by = MayPause::of(&visit.member, &visit.workspace).map_err(Refusal::from)?;
    let account = match account {
        Some(named) => Some(account_named(ctx.data(), &visit.workspace, &named).await?.id),
        None => None,
    };
    Ok((by, account))
}
