//! Presses that take longer: what asks TikTok, deletes bytes or writes many rows says first that it was heard.

use std::time::Duration;

use anyhow::Context as _;
use serenity::all::{ComponentInteraction, Context, CreateInteractionResponse};

use super::{composing_asked, draft, find, heard, refused};
use crate::discord::buttons::Press;
use crate::discord::face::Face;
use crate::discord::http::persist;
use crate::discord::permissions::missing_permissions;
use crate::discord::{Bot, words};
use crate::domain::conflict::Mark;
use crate::domain::ids::{BatchId, PostId};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::workspace::Workspace;
use crate::flows::warn::Weighed;
use crate::flows::{Failure, bulk, change, submit};

/// How long a reply waits for what would be good to know.
const A_MOMENT: Duration = Duration::from_secs(2);

/// Whether a press is seen to here.
pub(super) const fn is_slow(press: Press) -> bool {
    matches!(
        press,
        Press::Submit { .. }
            | Press::SubmitAllTheSame { .. }
            | Press::Discard { .. }
            | Press::ChangeAllTheSame { .. }
            | Press::ScheduleBatch { .. }
            | Press::ScheduleBatchAllTheSame { .. }
            | Press::DiscardBatch { .. }
    )
}

/// Says that it was heard, does it, and lets the message become the outcome. A refusal leaves the message as it is.
pub(super) async fn see_to(bot: &Bot, ctx: &Context, click: &ComponentInteraction, member: &Member, press: Press) {
    if !heard("a press", click.create_response(&ctx.http, CreateInteractionResponse::Acknowledge).await) {
        return;
    }
    match done(bot, member, press).await {
        Ok(face) => {
            let edited = persist("an answer to a press", || click.edit_response(&ctx.http, face.edit_reply())).await;
            heard("a press", edited);
        }
        Err(failure) => {
            let face = refused(press, &failure);
            heard("a press", click.create_followup(&ctx.http, face.private_followup()).await);
        }
    }
}

async fn done(bot: &Bot, member: &Member, press: Press) -> Result<Face, Failure> {
    match press {
        Press::Submit { post } => Box::pin(hand_over(bot, member, post, None)).await,
        Press::SubmitAllTheSame { post, mark } => Box::pin(hand_over(bot, member, post, Some(mark))).await,
        Press::ChangeAllTheSame { edit } => {
            let changed = Box::pin(change::edit_all_the_same(&bot.flows, member, edit)).await?;
            Ok(words::weighed(&changed, words::edited))
        }
        Press::Discard { post } => Box::pin(discard(bot, member, post)).await,
        Press::ScheduleBatch { batch } => Box::pin(schedule(bot, member, batch, None)).await,
        Press::ScheduleBatchAllTheSame { batch, mark } => Box::pin(schedule(bot, member, batch, Some(mark))).await,
        Press::DiscardBatch { batch } => {
            let (rows, all) = Box::pin(bulk::discard(&bot.flows, member, batch)).await?;
            Ok(words::batch_discarded(rows, all))
        }
        _ => Err(Refusal::OldButton.into()),
    }
}

async fn hand_over(bot: &Bot, member: &Member, post: PostId, accepted: Option<Mark>) -> Result<Face, Failure> {
    let post = match submit::submit(&bot.flows, member, post, accepted).await? {
        Weighed::Done(post) => post,
        Weighed::Asks(question) => {
            return composing_asked(bot, &draft(bot, member, post).await?, Some(&question)).await;
        }
    };
    let workspace =
        bot.flows.store.workspace(post.workspace).await?.context("a post's workspace is not in the store")?;
    Ok(words::submitted(&post, &workspace, &lacking(bot, workspace.clone()).await))
}

/// What the bot lacks where the card is to appear. It is asked in passing: what Discord does not say at once is not waited
/// for, and the outbox finds out anyway.
async fn lacking(bot: &Bot, workspace: Workspace) -> Vec<String> {
    let review = Workspace { digest_channel: None, ..workspace };
    match tokio::time::timeout(A_MOMENT, missing_permissions(&bot.http, &review)).await {
        Ok(Ok(missing)) => missing,
        Ok(Err(error)) => {
            tracing::debug!("Discord does not say what the bot may do in the review channel: {error:#}");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}

async fn discard(bot: &Bot, member: &Member, post: PostId) -> Result<Face, Failure> {
    let draft = find(bot, member, post).await?;
    submit::discard(&bot.flows, member, post).await?;
    Ok(words::discarded(&draft))
}

async fn schedule(bot: &Bot, member: &Member, batch: BatchId, accepted: Option<Mark>) -> Result<Face, Failure> {
    Ok(match bulk::schedule(&bot.flows, member, batch, accepted).await? {
        Weighed::Done(scheduled) => {
            let workspace = bot.flows.store.workspace(member.workspace).await?;
            words::batch_scheduled(&scheduled.posts, workspace.and_then(|workspace| workspace.review_channel))
        }
        Weighed::Asks(question) => words::batch_asks(batch, &question),
    })
}
