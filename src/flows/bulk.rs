//! Many posts from one file: checked and prepared first, scheduled together or not at all.
//!
//! [`open`] brings the file home, [`prepare()`] checks each row and keeps the good ones as drafts with their videos, and
//! [`schedule()`] hands all of them to the reviewers in one transaction. In between everything is in the database, so a
//! restart loses nothing; a day later, or when their member checks another file, the drafts and their videos are
//! forgotten. What the creators allow is asked once for each account, before each of the two steps.

mod home;
mod prepare;
mod schedule;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::Context as _;
use url::Url;

use super::submit::creator_info;
use super::{Failure, Flows, forget, or_refused};
use crate::domain::account::Delivery;
use crate::domain::bulk::{LARGEST_FILE, Sheet, SheetRefusal, read_sheet};
use crate::domain::creator::CreatorInfo;
use crate::domain::ids::{AccountId, BatchId};
use crate::domain::post::{Due, PostState};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::media::fetch::{self, FetchError, FetchLimits};
use crate::store::Batch;

pub use prepare::prepare;
pub use schedule::{Scheduled, schedule};

/// A file somebody sent as a message, by the name they gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// Its name.
    pub name: String,
    /// Where its bytes are.
    pub url: Url,
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is the case.
    pub said: String,
    /// What the person can do.
    pub hint: String,
}

impl From<&Refusal> for Wrong {
    fn from(refusal: &Refusal) -> Self {
        Self { said: refusal.to_string(), hint: refusal.hint() }
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// It can be scheduled.
    Good {
        /// The number people will call its post by.
        number: i64,
        /// When it would go out.
        due: Due,
        /// To which account.
        username: String,
        /// What people are warned of.
        warnings: Vec<String>,
    },
    /// It cannot.
    Bad(Vec<Wrong>),
}

/// A file that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it says.
    pub sheet: Sheet,
    /// What became of each row, in order.
    pub rows: Vec<RowOutcome>,
    /// The good ones, if there are any.
    pub batch: Option<Batch>,
}

/// Brings a file home and reads it as a table of posts.
///
/// # Errors
/// When it is none, or the team cannot review anything yet.
pub async fn open(flows: &Flows, by: &Member, link: &Url) -> Result<Sheet, Failure> {
    let workspace = flows.store.workspace(by.workspace).await?;
    workspace.ok_or(Refusal::NotSetUp { reviewer_role: true, review_channel: true })?.ready_for_review()?;
    let limits = FetchLimits::up_to(LARGEST_FILE);
    let fetched = fetch::fetch_text(&flows.fetcher, &flows.origins, link, limits, &flows.staging).await;
    let staged = match fetched {
        Err(FetchError::TooBig { .. }) => return Err(Refusal::from(SheetRefusal::TooLarge).into()),
        fetched => fetched?,
    };
    let bytes = tokio::fs::read(&staged.path).await.context("a staged file could not be read")?;
    Ok(read_sheet(&bytes).map_err(Refusal::from)?)
}

/// What the creators of accounts allow, each asked once.
#[derive(Debug, Default)]
struct Creators(HashMap<AccountId, Result<CreatorInfo, Refusal>>);

impl Creators {
    async fn of(
        &mut self,
        flows: &Flows,
        account: AccountId,
        delivery: Delivery,
    ) -> Result<&Result<CreatorInfo, Refusal>, Failure> {
        if let Entry::Vacant(new) = self.0.entry(account) {
            new.insert(or_refused(Box::pin(creator_info(flows, account, delivery)).await)?);
        }
        Ok(self.0.get(&account).context("it was asked just now")?)
    }
}

/// Forgets what a member prepared earlier and did not schedule: one file at a time bounds what waits on the disk.
async fn forget_earlier(flows: &Flows, by: &Member) -> Result<(), Failure> {
    for batch in flows.store.waiting_batches(by.workspace, by.id).await? {
        forget_one(flows, batch.id, None).await?;
    }
    Ok(())
}

/// Discards a prepared file with its drafts and their videos; gives back how many rows that were, and whether all of them.
/// A row that was submitted by itself stays.
///
/// # Errors
/// When it is somebody else's, or was scheduled or forgotten.
pub async fn discard(flows: &Flows, by: &Member, id: BatchId) -> Result<(usize, bool), Failure> {
    let batch = schedule::usable(flows.store.prepared(id).await?, by, flows.clock.now())?;
    let dropped = forget_one(flows, id, Some((by, &batch.file_name))).await?.ok_or(Refusal::SomebodyWasFaster)?;
    Ok((dropped, u32::try_from(dropped).is_ok_and(|dropped| dropped == batch.rows)))
}

/// Drops a prepared file, its drafts and their videos, and says how many drafts; nothing when it was scheduled or is gone.
/// Whoever does so with a press stands in the trail.
async fn forget_one(flows: &Flows, id: BatchId, by: Option<(&Member, &str)>) -> Result<Option<usize>, Failure> {
    let mut tx = flows.store.begin().await?;
    // Whoever schedules it at this moment is faster or finds it gone.
    if tx.prepared(id).await?.is_none_or(|held| held.used_at.is_some()) {
        return Ok(None);
    }
    let (mut keys, mut dropped) = (Vec::new(), 0);
    for (_, post) in tx.batch_posts(id).await? {
        if post.state == PostState::Draft && tx.drop_post_draft(post.id).await? {
            dropped += 1;
            keys.extend(tx.video(post.video).await?.map(|video| video.key));
            tx.drop_video(post.video).await?;
        }
    }
    tx.drop_batch(id).await?;
    if let Some((by, file)) = by {
        let detail = serde_json::json!({ "file": file, "rows": dropped });
        tx.audit(by.workspace, &by.actor(), "batch.discarded", None, detail, flows.clock.now()).await?;
    }
    tx.commit().await?;
    keys.dedup();
    for key in keys {
        // What cannot be deleted now is left over and deleted later.
        if let Err(failure) = forget::delete(flows, &key).await {
            tracing::warn!("The bytes of rows that were not scheduled are deleted later: {failure:?}");
        }
    }
    Ok(Some(dropped))
}
