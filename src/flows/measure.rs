//! Takes an account's numbers as they are now. TikTok keeps no history, so our own snapshots are the history.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-video-list>

use chrono::DateTime;

use crate::domain::account::Account;
use crate::domain::creator::Scope;
use crate::domain::digest::{Snapshot, VideoSnapshot};
use crate::domain::ids::AccountId;
use crate::tiktok::budget::Class;
use crate::tiktok::insights::VideoNumbers;
use crate::tiktok::trouble::Next;

use super::{Failure, Flows, tokens};

/// How many pages of twenty videos are counted: the last two hundred.
const MOST_PAGES: usize = 10;

/// How long a digest waits for its turn at TikTok.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// Takes and keeps one account's numbers.
///
/// # Errors
/// When TikTok does not give them.
pub async fn measure(flows: &Flows, account: AccountId) -> Result<Snapshot, Failure> {
    let mut access = tokens::access(flows, account).await?;
    flows.budget.take_within(&access.account.open_id, Class::Display, PATIENCE).await?;
    let user = match flows.tiktok.user(&access.token, &access.account.scopes).await {
        Err(refused) if refused.next == Next::Renew => {
            access = tokens::access_after_refusal(flows, &access).await?;
            flows.tiktok.user(&access.token, &access.account.scopes).await?
        }
        answered => answered?,
    };
    let scopes = &access.account.scopes;
    let videos = if scopes.contains(Scope::VideoList) {
        videos(flows, &access.account, &access.token).await?
    } else {
        Vec::new()
    };
    let snapshot = Snapshot {
        account,
        taken_at: flows.clock.now(),
        followers: user.followers,
        likes_total: user.likes,
        video_count: user.videos,
        videos,
    };
    let mut tx = flows.store.begin().await?;
    tx.add_snapshot(&snapshot).await?;
    tx.commit().await?;
    Ok(snapshot)
}

async fn videos(
    flows: &Flows,
    account: &Account,
    token: &secrecy::SecretString,
) -> Result<Vec<VideoSnapshot>, Failure> {
    let mut all = Vec::new();
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        flows.budget.take_within(&account.open_id, Class::Display, PATIENCE).await?;
        let page = flows.tiktok.videos(token, cursor).await?;
        all.extend(page.videos.into_iter().map(snapshot));
        if !page.has_more {
            break;
        }
        cursor = page.cursor;
    }
    Ok(all)
}

fn snapshot(video: VideoNumbers) -> VideoSnapshot {
    VideoSnapshot {
        tiktok_id: video.id,
        title: video.title,
        share_url: video.share_url,
        created_at: video.created_at.unwrap_or(DateTime::UNIX_EPOCH),
        views: video.views.unwrap_or(0),
        likes: video.likes.unwrap_or(0),
        comments: video.comments.unwrap_or(0),
        shares: video.shares.unwrap_or(0),
    }
}
