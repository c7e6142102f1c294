//! *Schedule on TikTok* in the menu of a message: asks when the video in it should go out.

use super::{Context, Outcome, meet, open};
use crate::discord::buttons::schedule_form;
use crate::discord::from_message::{find, ids};
use crate::domain::refusal::Refusal;
use crate::flows::pick::pick;

/// What the menu shows.
pub(in crate::discord) const NAME: &str = "Schedule on TikTok";

/// Schedule the video of a message on TikTok
#[poise::command(context_menu_command = "Schedule on TikTok", guild_only)]
pub(in crate::discord) async fn schedule_on_tiktok(ctx: Context<'_>, message: serenity::all::Message) -> Outcome {
    // A form has to be the first answer, so nothing slow comes before it.
    let visit = meet(ctx).await?;
    let found = find(&message).ok_or(Refusal::NoVideoInMessage)?;
    let place = ids(&message);
    let accounts = pick(&ctx.data().flows, &visit.member, place.1, found.file).await?;
    open(ctx, schedule_form(place, found.videos, &found.caption, &accounts)).await
}
