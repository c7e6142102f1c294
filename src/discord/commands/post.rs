//! `/post`: one post, looked at, changed, stopped, tried again or settled.

use secrecy::ExposeSecret as _;

use super::{Context, Outcome, Visit, enter, meet, offers, open, show};
use crate::discord::buttons::edit_form;
use crate::discord::cards::{CardView, Preview};
use crate::discord::face::Face;
use crate::discord::presses::composing;
use crate::discord::words::{moved, retried, time_offers, weighed, withdrawn};
use crate::discord::{Bot, lists};
use crate::domain::post::{Edit, Post, PostStage};
use crate::domain::publication::{Publication, PublicationState};
use crate::domain::refusal::Refusal;
use crate::flows::publish::stopped_by;
use crate::flows::{Failure, change, submit, watch};

/// One post: look at it, change it, stop it, settle it
#[poise::command(
    slash_command,
    guild_only,
    subcommands("view", "edit", "reschedule", "withdraw", "retry", "resolve"),
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
    change::may_edit(flows, &visit.member, &post)?;
    open(ctx, edit_form(&post)).await
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
    let zone = visit.workspace.zone;
    let outcome = match submit::read_due(flows, &when, zone) {
        Ok(due) => {
            let edit = Edit { due: Some(due), ..Edit::default() };
            Box::pin(change::edit(flows, &visit.member, post.id, edit)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(changed) => show(ctx, &weighed(&changed, moved)).await,
        Err(Failure::Refused(refusal)) => match *refusal {
            Refusal::When(refusal) => show(ctx, &time_offers(post.id, &refusal, zone)).await,
            other => Err(other.into()),
        },
        Err(broken) => Err(broken),
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
    let post = change::retry(flows, &visit.member, post.id).await?;
    show(ctx, &retried(&post)).await
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
        Some(other) => Err(Refusal::NotNow { state: other.stage().said() }.into()),
        None => Err(Refusal::NotNow { state: stage_said(post.stage()) }.into()),
    }
}

/// The team's post of that number. Somebody else's draft is none.
async fn find(bot: &Bot, visit: &Visit, number: i64) -> Result<Post, Failure> {
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
        now: bot.flows.clock.now(),
    }))
}

const fn stage_said(stage: PostStage) -> &'static str {
    match stage {
        PostStage::InReview => "in review",
        PostStage::Draft | PostStage::Approved | PostStage::Declined | PostStage::Lapsed | PostStage::Withdrawn => {
            stage.word()
        }
    }
}
