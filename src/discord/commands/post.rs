//! `/post`: one post, looked at, changed, stopped, tried again or settled.

use secrecy::ExposeSecret as _;

use super::{Context, Outcome, Visit, enter, meet, offers, open, show};
use crate::discord::buttons::{Press, edit_form};
use crate::discord::cards::{CardView, Preview};
use crate::discord::face::Face;
use crate::discord::presses::composing;
use crate::discord::times::{change_time, offers as time_offered};
use crate::discord::words::{tried_again, withdrawn};
use crate::discord::{Bot, lists};
use crate::domain::post::{Post, PostStage};
use crate::domain::publication::{Publication, PublicationStage, PublicationState};
use crate::domain::refusal::Refusal;
use crate::flows::publish::stopped_by;
use crate::flows::when::{read_in, zone_of};
use crate::flows::{Failure, change, watch};

/// One post: look at it, change it, stop it, settle it
#[poise::command(
    slash_command,
    guild_only,
    subcommands("view", "edit", "reschedule", "withdraw", "retry", "resolve", "super::history::history"),
    subcommand_required,
    description_localized("de", "Ein Beitrag: ansehen, ändern, anhalten, klären")
)]
pub(super) async fn post(_: Context<'_>) -> Outcome {
    Ok(())
}

/// Show a post as it stands
#[poise::command(
    slash_command,
    guild_only,
    rename = "show",
    description_localized("de", "Einen Beitrag zeigen, wie er steht")
)]
async fn view(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    let visit = enter(ctx).await?;
    let post = find(ctx.data(), &visit, post).await?;
    show(ctx, &drawn(ctx.data(), &visit, &post).await?).await
}

/// Change a post's caption, time or cover; it is reviewed anew
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Text, Zeit oder Titelbild ändern; der Beitrag wird neu geprüft")
)]
async fn edit(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    // A form has to be the first answer, so nothing slow comes before it.
    let visit = meet(ctx).await?;
    let flows = &ctx.data().flows;
    let post = find(ctx.data(), &visit, post).await?;
    change::may_edit(flows, &visit.member, &post).await?;
    let zone = zone_of(flows, &visit.member).await?;
    open(ctx, edit_form(&post, zone)).await
}

/// Give a post another time; it is reviewed anew
#[poise::command(
    slash_command,
    guild_only,
    rename = "move",
    description_localized("de", "Einem Beitrag eine andere Zeit geben; er wird neu geprüft")
)]
async fn reschedule(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
    #[description = "When, such as tomorrow 18:00, in 3h, asap"]
    #[description_localized("de", "Wann, zum Beispiel morgen 18:00, in 3h, asap")]
    #[autocomplete = "offers::times"]
    when: String,
) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    let post = find(ctx.data(), &visit, post).await?;
    let zone = zone_of(flows, &visit.member).await?;
    let outcome = match read_in(flows, &when, zone) {
        Ok(asked) => change_time(ctx.data(), &visit.member, &post, asked).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(face) => show(ctx, &face).await,
        Err(failure) => show(ctx, &time_offered(failure, post.id, zone)?).await,
    }
}

/// Stop a post for good
#[poise::command(slash_command, guild_only, description_localized("de", "Einen Beitrag endgültig anhalten"))]
async fn withdraw(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    let visit = enter(ctx).await?;
    let post = find(ctx.data(), &visit, post).await?;
    let post = change::withdraw(&ctx.data().flows, &visit.member, post.id).await?;
    show(ctx, &withdrawn(&post)).await
}

/// Try a failed post again
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Einen fehlgeschlagenen Beitrag noch einmal versuchen")
)]
async fn retry(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    let post = find(ctx.data(), &visit, post).await?;
    // Trying again what may be out already could publish twice: somebody has to look and say so first.
    if let Some(publication) = flows.store.publication_of(post.id).await?
        && matches!(publication.state, PublicationState::Unclear { .. })
    {
        return show(ctx, &card(ctx.data(), &visit, &post, Some(&publication)).await?).await;
    }
    let tried = change::retry(flows, &visit.member, post.id, None).await?;
    show(ctx, &tried_again(&tried, post.id, |post, mark| Press::RetryAllTheSame { post, mark })).await
}

/// Settle an unclear post: is it on TikTok or not?
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Einen ungeklärten Beitrag klären: ist er auf TikTok oder nicht?")
)]
async fn resolve(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    let visit = enter(ctx).await?;
    let post = find(ctx.data(), &visit, post).await?;
    let publication = ctx.data().flows.store.publication_of(post.id).await?;
    match &publication {
        Some(Publication { state: PublicationState::Unclear { .. }, .. }) => {
            show(ctx, &card(ctx.data(), &visit, &post, publication.as_ref()).await?).await
        }
        // What was sent of an earlier revision was cancelled with it, and says nothing about this one.
        Some(other) if other.stage() != PublicationStage::Cancelled => {
            Err(Refusal::NothingToSettle { stage: other.stage() }.into())
        }
        Some(_) | None if post.stage() == PostStage::Draft => Err(Refusal::StillADraft.into()),
        Some(_) | None => Err(Refusal::NothingSent { stage: post.stage() }.into()),
    }
}

/// The team's post of that number. Somebody else's draft is none.
pub(super) async fn find(bot: &Bot, visit: &Visit, number: i64) -> Result<Post, Failure> {
    let found = bot.flows.store.post_by_number(visit.workspace.id, number).await?;
    let seen = found.filter(|post| post.stage() != PostStage::Draft || post.author == visit.member.id);
    Ok(seen.ok_or(Refusal::NoSuchPost)?)
}

/// A post as whoever asked may see it: a draft in its composer, anything else as its card.
async fn drawn(bot: &Bot, visit: &Visit, post: &Post) -> Result<Face, Failure> {
    if post.stage() == PostStage::Draft {
        return composing(bot, post).await;
    }
    let publication = bot.flows.store.publication_of(post.id).await?;
    card(bot, visit, post, publication.as_ref()).await
}

async fn card(bot: &Bot, visit: &Visit, post: &Post, publication: Option<&Publication>) -> Result<Face, Failure> {
    let store = &bot.flows.store;
    let account = store.account(post.account).await?.ok_or(Refusal::NoSuchAccount)?;
    let video = store.video(post.video).await?.ok_or(Refusal::NoVideo)?;
    let stopped = stopped_by(&bot.flows, post.account, publication).await?;
    let paused = store.pause_over(post.workspace, post.account).await?;
    let is_open = matches!(post.stage(), PostStage::InReview | PostStage::Approved);
    let link = watch::link(&bot.flows, post).filter(|_| is_open);
    Ok(lists::shown(&CardView {
        post,
        publication,
        account: &account,
        video: &video,
        workspace: &visit.workspace,
        superseded: false,
        preview: link.as_ref().map_or(Preview::None, |link| Preview::Link(link.expose_secret())),
        first: false,
        stopped: stopped.as_ref(),
        paused: paused.as_ref(),
        now: bot.flows.clock.now(),
    }))
}
