//! `/post history`: who did what to a post, page by page.

use super::post::find;
use super::{Context, Outcome, enter, offers, show};
use crate::discord::Bot;
use crate::discord::face::Face;
use crate::discord::history::{self, HistoryView};
use crate::discord::look::Standing;
use crate::domain::post::{Post, PostStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::flows::Failure;

/// Who did what to a post, and when
#[poise::command(slash_command, guild_only, description_localized("de", "Wer wann was mit einem Beitrag gemacht hat"))]
pub(super) async fn history(
    ctx: Context<'_>,
    #[description = "Which post"]
    #[description_localized("de", "Welcher Beitrag")]
    #[autocomplete = "offers::posts"]
    #[min = 1]
    post: i64,
) -> Outcome {
    let visit = enter(ctx).await?;
    let post = find(ctx.data(), &visit, post).await?;
    show(ctx, &page(ctx.data(), &visit.member, &post, 0).await?).await
}

/// One page of a post's history, as it is now.
///
/// # Errors
/// When the member may not see the post, or the store cannot be reached.
pub(in crate::discord) async fn page(bot: &Bot, member: &Member, post: &Post, page: u16) -> Result<Face, Failure> {
    // A draft is its author's alone, and so is what was done to it.
    if post.workspace != member.workspace || (post.stage() == PostStage::Draft && post.author != member.id) {
        return Err(Refusal::NoSuchPost.into());
    }
    let store = &bot.flows.store;
    let entries = store.audit_trail(post.workspace, Some(post.id)).await?;
    let publication = store.publication_of(post.id).await?;
    let standing = Standing::of(post, publication.as_ref());
    Ok(history::history(&HistoryView { post, entries: &entries, page, standing }))
}
