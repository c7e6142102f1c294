//! What people are warned of while they compose a post, and go on all the same.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::{Failure, Flows, Rules};
use crate::domain::account::Account;
use crate::domain::budget::{forecast, submitted};
use crate::domain::post::Post;
use crate::domain::video::{Video, judge};
use crate::store::Reader;

/// What is to be said about a draft as it is now, besides the warnings it carries.
///
/// # Errors
/// When the store cannot be reached.
pub async fn about(flows: &Flows, draft: &Post, account: &Account) -> Result<Vec<String>, Failure> {
    let mut reader = flows.store.read().await?;
    limits(&mut reader, &flows.rules, draft, account, true, flows.clock.now()).await
}

/// Every warning a post carries from now on, because it is put before the reviewers as it is; `is_first` if it never was
/// before, and so counts as submitted now.
pub(super) async fn carried(
    reader: &mut Reader,
    rules: &Rules,
    post: &Post,
    is_first: bool,
    now: DateTime<Utc>,
) -> Result<Vec<String>, Failure> {
    let account = reader.account(post.account).await?.context("a post's account is not in the store")?;
    let video = reader.video(post.video).await?.context("a post's video is not in the store")?;
    let mut said = about_video(rules, &video);
    said.extend(limits(reader, rules, post, &account, is_first, now).await?);
    Ok(said)
}

/// What is odd about a video that may go out; what may not was refused before.
fn about_video(rules: &Rules, video: &Video) -> Vec<String> {
    let warnings = judge(&video.facts, video.size_bytes, &rules.video, None).unwrap_or_default();
    warnings.iter().map(ToString::to_string).collect()
}

/// What the limits of the account have to say: who would be moved on, and whether a day has seen enough submissions.
async fn limits(
    reader: &mut Reader,
    rules: &Rules,
    post: &Post,
    account: &Account,
    is_first: bool,
    now: DateTime<Utc>,
) -> Result<Vec<String>, Failure> {
    let usage = reader.usage(&account.open_id, now).await?;
    let others = reader.live_dues(account, post.id, now).await?;
    let due = post.due.instant().unwrap_or(now).max(now);
    let moved = forecast(&rules.guards, post.delivery, &usage, &others, due);
    let many = submitted(&rules.guards, &usage, now).filter(|_| is_first);
    Ok(moved.into_iter().chain(many).map(|excess| excess.said(&account.username, post.zone)).collect())
}
