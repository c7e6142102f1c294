//! `/queue`: what is coming, page by page.

use chrono_tz::Tz;

use super::{Context, Outcome, account_named, enter, offers, show, words};
use crate::discord::Bot;
use crate::discord::buttons::QueueFilter;
use crate::discord::face::Face;
use crate::discord::lists::{self, PAGE_SIZE, QueueEntry, QueueView};
use crate::discord::look::Standing;
use crate::discord::words::pauses;
use crate::domain::ids::AccountId;
use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;
use crate::domain::workspace::Workspace;
use crate::flows::{Failure, when};
use crate::store::{Page, PostFilter};

/// What is coming, page by page
#[poise::command(slash_command, guild_only, description_localized("de", "Was ansteht, Seite für Seite"))]
pub(super) async fn queue(
    ctx: Context<'_>,
    #[description = "Only this account's posts"]
    #[description_localized("de", "Nur Beiträge dieses Kontos")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
    #[description = "Only posts in this state"]
    #[description_localized("de", "Nur Beiträge in diesem Zustand")]
    state: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let account = match account {
        Some(named) => Some(account_named(ctx.data(), &visit.workspace, &named).await?.id),
        None => None,
    };
    let standing = match state.as_deref().map(str::parse::<Standing>).transpose() {
        Ok(standing) => standing,
        Err(given) => return show(ctx, &words::not_a_state(&given)).await,
    };
    let zone = when::zone_of(&ctx.data().flows, &visit.member).await?;
    let face = page(ctx.data(), &visit.workspace, QueueFilter { account, standing }, 0, zone).await?;
    show(ctx, &face).await
}

/// One page of a queue, as it is now.
///
/// # Errors
/// When the store cannot be reached.
pub(in crate::discord) async fn page(
    bot: &Bot,
    workspace: &Workspace,
    filter: QueueFilter,
    page: u16,
    zone: Tz,
) -> Result<Face, Failure> {
    let store = &bot.flows.store;
    let mut total = 0;
    let mut page = page;
    let mut found = Vec::new();
    if let Some(wanted) = wanted(filter) {
        total = usize::try_from(store.count_posts(workspace.id, &wanted).await?).unwrap_or(0);
        // Posts go out while somebody reads: whoever turns to a page that is no longer there sees the last one.
        let last = total.div_ceil(PAGE_SIZE).saturating_sub(1);
        page = page.min(u16::try_from(last).unwrap_or(u16::MAX));
        let size = u32::try_from(PAGE_SIZE).unwrap_or(10);
        for line in store.posts(workspace.id, &wanted, Page { number: page.into(), size }).await? {
            if let (Some(post), Some(account)) = (store.post(line.id).await?, store.account(line.account).await?) {
                found.push((post, store.publication_of(line.id).await?, account));
            }
        }
    }
    let entries: Vec<QueueEntry<'_>> = found
        .iter()
        .map(|(post, publication, account)| QueueEntry { post, publication: publication.as_ref(), account })
        .collect();
    let now = bot.flows.clock.now();
    let above = &above(bot, workspace, filter.account).await?;
    Ok(lists::queue(&QueueView { entries: &entries, filter, page, total, above, zone, now }))
}

/// What is paused of what the page is about.
async fn above(bot: &Bot, workspace: &Workspace, account: Option<AccountId>) -> Result<String, Failure> {
    let store = &bot.flows.store;
    let mut paused = Vec::new();
    for pause in store.pauses(workspace.id).await? {
        if account.is_none_or(|id| pause.covers(id)) {
            let whose = match pause.account {
                Some(id) => store.account(id).await?,
                None => None,
            };
            paused.push((pause, whose));
        }
    }
    Ok(pauses::above_the_queue(&paused))
}

/// What the store is asked for: the posts at one standing, or all that are yet to come. A draft is its author's alone, so
/// for these there is nothing to ask.
fn wanted(filter: QueueFilter) -> Option<PostFilter> {
    let stage = |stage| (vec![stage], Vec::new());
    let state = |state| (Vec::new(), vec![state]);
    let (stages, publications) = match filter.standing {
        None => (
            vec![PostStage::InReview],
            vec![
                PublicationStage::Scheduled,
                PublicationStage::Publishing,
                PublicationStage::Processing,
                PublicationStage::Held,
                PublicationStage::Unclear,
            ],
        ),
        Some(Standing::Draft) => return None,
        Some(Standing::InReview) => stage(PostStage::InReview),
        Some(Standing::Approved) => stage(PostStage::Approved),
        Some(Standing::Declined) => stage(PostStage::Declined),
        Some(Standing::Lapsed) => stage(PostStage::Lapsed),
        Some(Standing::Withdrawn) => stage(PostStage::Withdrawn),
        Some(Standing::Scheduled) => state(PublicationStage::Scheduled),
        Some(Standing::Publishing) => state(PublicationStage::Publishing),
        Some(Standing::Processing) => state(PublicationStage::Processing),
        Some(Standing::Published) => state(PublicationStage::Published),
        Some(Standing::InInbox) => state(PublicationStage::InInbox),
        Some(Standing::Held) => state(PublicationStage::Held),
        Some(Standing::Failed) => state(PublicationStage::Failed),
        Some(Standing::Unclear) => state(PublicationStage::Unclear),
        Some(Standing::Cancelled) => state(PublicationStage::Cancelled),
    };
    Some(PostFilter { account: filter.account, stages, publications })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_pages_through_other_peoples_drafts() {
        for standing in Standing::ALL {
            let asked = wanted(QueueFilter { account: None, standing: Some(standing) });
            assert_eq!(asked.is_none(), standing == Standing::Draft, "{standing}");
            // An empty question would be answered with everything.
            assert!(asked.is_none_or(|asked| asked.stages.len() + asked.publications.len() == 1));
        }
        assert!(!wanted(QueueFilter::default()).unwrap().stages.contains(&PostStage::Draft));
    }
}
