//! `/calendar`: a month as a picture, with the same in words below it.

use anyhow::Context as _;
use chrono_tz::Tz;
use serenity::all::{ComponentInteraction, CreateAttachment, CreateInteractionResponse};

use super::{Context, Outcome, enter, offers, put, show, words};
use crate::discord::calendar::{self, CalendarView};
use crate::discord::face::Face;
use crate::discord::presses::heard;
use crate::discord::{Bot, told};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::schedule::{Month, local_day};
use crate::domain::workspace::Workspace;
use crate::flows::{Failure, when};
use crate::words::{in_language, spoken};

/// More posts than a month can have: fifteen a day on four accounts.
const MOST: u32 = 2_000;

/// A month as a picture
#[poise::command(slash_command, guild_only, description_localized("de", "Ein Monat als Bild"))]
pub(in crate::discord) async fn calendar(
    ctx: Context<'_>,
    #[description = "Which month, such as december, 12/2026, next; this month if left out"]
    #[description_localized("de", "Welcher Monat, zum Beispiel dezember, 12/2026, nächster; ohne Angabe dieser")]
    #[autocomplete = "offers::months"]
    month: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let given = month.unwrap_or_default();
    let zone = when::zone_of(&ctx.data().flows, &visit.member).await?;
    let today = local_day(ctx.data().flows.clock.now(), zone);
    let Ok(month) = Month::read(&given, today) else {
        return show(ctx, &words::not_a_month(&given)).await;
    };
    let (face, file) = drawn(ctx.data(), &visit.workspace, month, zone).await?;
    put(ctx, &face, file.as_ref()).await.context("an answer did not reach Discord")?;
    Ok(())
}

/// Turns a calendar to another month.
pub(in crate::discord) async fn turn(
    bot: &Bot,
    ctx: &serenity::all::Context,
    click: &ComponentInteraction,
    member: &Member,
    month: Month,
) {
    let answer = match turned(bot, member, month).await {
        Ok((face, file)) => CreateInteractionResponse::UpdateMessage(face.reply().files(file)),
        Err(failure) => CreateInteractionResponse::Message(told("a press", &failure).private_reply()),
    };
    heard("a press", click.create_response(&ctx.http, answer).await);
}

async fn turned(bot: &Bot, member: &Member, month: Month) -> Result<(Face, Option<CreateAttachment>), Failure> {
    let workspace = bot.flows.store.workspace(member.workspace).await?.ok_or(Refusal::OldButton)?;
    let zone = when::zone_of(&bot.flows, member).await?;
    drawn(bot, &workspace, month, zone).await
}

/// A month as it is now; without the picture if that cannot be drawn.
async fn drawn(
    bot: &Bot,
    workspace: &Workspace,
    month: Month,
    zone: Tz,
) -> Result<(Face, Option<CreateAttachment>), Failure> {
    let store = &bot.flows.store;
    let (from, until) = month.span(zone);
    let lines = store.posts_between(workspace.id, from, until, MOST).await?;
    let accounts = store.every_account(workspace.id).await?;
    let now = bot.flows.clock.now();
    let (face, alt) = {
        let view = CalendarView { month, lines: &lines, accounts: &accounts, zone, now };
        (calendar::calendar(&view), calendar::alt(&view))
    };
    let language = spoken();
    let drawing = tokio::task::spawn_blocking(move || {
        let view = CalendarView { month, lines: &lines, accounts: &accounts, zone, now };
        in_language(language, || calendar::picture(&view))
    });
    let file = match drawing.await.context("a calendar was not drawn to its end")? {
        Ok(picture) => Some(CreateAttachment::bytes(picture, calendar::file_name(month)).description(alt)),
        Err(error) => {
            tracing::error!("A calendar could not be drawn: {error}");
            None
        }
    };
    Ok((face, file))
}
