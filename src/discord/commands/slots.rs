//! `/slots`: the weekly times an account publishes at.

use super::{Context, Outcome, enter, offers, show};
use crate::discord::words::{SlotsLine, slots_cleared, slots_set, slots_shown};
use crate::domain::refusal::SlotRefusal;
use crate::domain::review::Planner;
use crate::domain::schedule::slots::{NotDays, SlotDays};
use crate::flows::slots::{self as flow, AccountSlots};

/// The weekly times to publish at
#[poise::command(
    slash_command,
    guild_only,
    subcommands("list", "set", "clear"),
    subcommand_required,
    description_localized("de", "Die wöchentlichen Zeiten zum Veröffentlichen")
)]
pub(super) async fn slots(_: Context<'_>) -> Outcome {
    Ok(())
}

/// Show the weekly slots and the next free ones
#[poise::command(
    slash_command,
    guild_only,
    rename = "show",
    description_localized("de", "Die wöchentlichen Zeiten und die nächsten freien zeigen")
)]
async fn list(
    ctx: Context<'_>,
    #[description = "Only this account's"]
    #[description_localized("de", "Nur die dieses Kontos")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let shown = flow::show(&ctx.data().flows, visit.workspace.id, account.as_deref()).await?;
    let lines: Vec<SlotsLine<'_>> = shown.iter().map(line).collect();
    show(ctx, &slots_shown(&lines)).await
}

/// Add weekly slots; for reviewers and managers
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Wöchentliche Zeiten hinzufügen; für Prüfer und Verwalter")
)]
async fn set(
    ctx: Context<'_>,
    #[description = "On which days"]
    #[description_localized("de", "An welchen Tagen")]
    day: String,
    #[description = "At what time in this server's zone; several with commas, such as 9:00, 18:00"]
    #[description_localized(
        "de",
        "Um wie viel Uhr in der Zone des Servers; mehrere mit Komma, zum Beispiel 9:00, 18:00"
    )]
    time: String,
    #[description = "The TikTok account, if there is more than one"]
    #[description_localized("de", "Das TikTok-Konto, wenn es mehrere gibt")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let planner = Planner::of(&visit.member, &visit.workspace)?;
    let (shown, added) = flow::set(&ctx.data().flows, &planner, account.as_deref(), days(&day)?, &time).await?;
    show(ctx, &slots_set(&line(&shown), added)).await
}

/// Remove weekly slots; for reviewers and managers
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Wöchentliche Zeiten entfernen; für Prüfer und Verwalter")
)]
async fn clear(
    ctx: Context<'_>,
    #[description = "Only on these days"]
    #[description_localized("de", "Nur an diesen Tagen")]
    day: Option<String>,
    #[description = "Only at this time; several with commas"]
    #[description_localized("de", "Nur um diese Zeit; mehrere mit Komma")]
    time: Option<String>,
    #[description = "The TikTok account, if there is more than one"]
    #[description_localized("de", "Das TikTok-Konto, wenn es mehrere gibt")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let planner = Planner::of(&visit.member, &visit.workspace)?;
    let day = day.as_deref().map(days).transpose()?;
    let (shown, cleared) = flow::clear(&ctx.data().flows, &planner, account.as_deref(), day, time.as_deref()).await?;
    show(ctx, &slots_cleared(&line(&shown), &cleared)).await
}

fn days(text: &str) -> Result<SlotDays, SlotRefusal> {
    text.parse().map_err(|NotDays(given)| SlotRefusal::NotDays { given })
}

fn line(shown: &AccountSlots) -> SlotsLine<'_> {
    SlotsLine { account: &shown.account, slots: &shown.slots, free: &shown.free, zone: shown.zone }
}
