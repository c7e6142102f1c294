//! `/timezone`: the zone a member reads and types times in.

use super::{Context, Outcome, enter, offers, show};
use crate::discord::words::zone_chosen;
use crate::flows::when::choose_zone;

/// The time zone your times are read and shown in; empty for this server's
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Die Zeitzone, in der deine Zeiten gelesen und gezeigt werden; leer: die des Servers")
)]
pub(super) async fn timezone(
    ctx: Context<'_>,
    #[description = "Your zone, such as Europe/Berlin; leave it out for this server's"]
    #[description_localized("de", "Deine Zone, zum Beispiel Europe/Berlin; leer für die des Servers")]
    #[autocomplete = "offers::zones"]
    zone: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    let named = zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty());
    let chosen = choose_zone(flows, &visit.member, named).await?;
    show(ctx, &zone_chosen(chosen, named.is_some(), flows.clock.now())).await
}
