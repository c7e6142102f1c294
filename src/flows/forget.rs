//! What nobody needs any more is forgotten: bytes of videos, entries of the audit trail, numbers, settled notices, spent
//! links.
//!
//! Bytes are let go of in one transaction and deleted after it (see the store's `leftovers`): dying in between loses
//! nothing that is wanted and leaks nothing. Bytes that no row ever named, because the program died between keeping them
//! and writing their row, are found by walking the media store; their age is in their key.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt as _;

use super::{Failure, Flows, pick};
use crate::media;
use crate::store::EndedBefore;

/// How much of each kind is forgotten at once, so that nobody waits for it.
const AT_ONCE: u32 = 500;

/// How long settled notices are kept: long enough to look into why somebody was not told.
const NOTICES: TimeDelta = TimeDelta::days(30);

/// How long links to TikTok's consent page are kept after their end.
const CONSENTS: TimeDelta = TimeDelta::days(1);

/// Bytes without a row that are older belong to nobody: between keeping bytes and writing their row lie moments.
const STRAYS: TimeDelta = TimeDelta::days(1);

/// How many of them one walk takes.
const STRAYS_AT_ONCE: usize = 500;

/// So many strays are believed, more than the 200 videos of one file that was being prepared when the program died; or as
/// many as there are videos. More mean that the database is not the one that belongs to the media store, such as an old one
/// that was brought back.
const BELIEVED: usize = 250;

/// What is kept for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// The bytes of a video after it was published.
    pub media_after_published: TimeDelta,
    /// The bytes of a video whose post ended otherwise.
    pub media_after_ended: TimeDelta,
    /// Entries of the audit trail.
    pub audit: TimeDelta,
    /// Numbers.
    pub metrics: TimeDelta,
}

impl Retention {
    /// Until when something must have ended to be forgotten now. A span that reaches back before all time forgets nothing.
    #[must_use]
    pub fn ended_before(&self, now: DateTime<Utc>) -> EndedBefore {
        EndedBefore {
            published: before(now, self.media_after_published),
            otherwise: before(now, self.media_after_ended),
        }
    }
}

fn before(now: DateTime<Utc>, span: TimeDelta) -> DateTime<Utc> {
    now.checked_sub_signed(span).unwrap_or(DateTime::UNIX_EPOCH)
}

/// How much was forgotten, and whether there is more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Things that went.
    pub count: u64,
    /// A round was full: there is more to forget.
    pub more: bool,
}

impl Forgotten {
    fn add(&mut self, count: u64, most: u32) {
        self.count += count;
        self.more |= count >= u64::from(most);
    }
}

/// Forgets what is past its time.
///
/// # Errors
/// When the store cannot be reached.
pub async fn past_its_time(flows: &Flows) -> Result<Forgotten, Failure> {
    let now = flows.clock.now();
    let retention = flows.rules.retention;
    let mut forgotten = Forgotten::default();
    forgotten.add(forget_videos(flows, retention.ended_before(now)).await?, AT_ONCE);
    forget_trails(flows, before(now, retention.audit), &mut forgotten).await?;

    let mut tx = flows.store.begin().await?;
    forgotten.add(tx.forget_snapshots(before(now, retention.metrics), AT_ONCE).await?, AT_ONCE);
    forgotten.add(tx.forget_notices(before(now, NOTICES), AT_ONCE).await?, AT_ONCE);
    forgotten.count += tx.forget_consents(before(now, CONSENTS)).await?;
    forgotten.count += tx.forget_picks(before(now, pick::KEPT)).await?;
    tx.commit().await?;
    if forgotten.count > 0 {
        tracing::info!(count = forgotten.count, "Forgot what was past its time");
    }
    Ok(forgotten)
}

async fn forget_videos(flows: &Flows, ended: EndedBefore) -> Result<u64, Failure> {
    let mut forgotten = 0;
    for video in flows.store.videos_to_forget(ended, AT_ONCE).await? {
        let mut tx = flows.store.begin().await?;
        if !tx.forget_video(video.id, ended).await? {
            continue;
        }
        tx.commit().await?;
        forgotten += 1;
        tracing::info!(workspace.id = %video.workspace, video.id = %video.id, "Let go of the bytes of video {}", video.id);
    }
    Ok(forgotten)
}

async fn forget_trails(flows: &Flows, before: DateTime<Utc>, forgotten: &mut Forgotten) -> Result<(), Failure> {
    for workspace in flows.store.old_trails(before).await? {
        let mut tx = flows.store.begin().await?;
        forgotten.add(tx.forget_trail(workspace, before, AT_ONCE).await?, AT_ONCE);
        tx.commit().await?;
    }
    Ok(())
}

/// Deletes bytes that were let go of; gives back how many files went.
///
/// # Errors
/// When the store cannot be reached. Bytes that cannot be deleted are left for the next time.
pub async fn leftovers(flows: &Flows) -> Result<Forgotten, Failure> {
    let mut forgotten = Forgotten::default();
    let mut broken = None;
    for key in flows.store.leftovers(AT_ONCE).await? {
        match delete(flows, &key).await {
            Ok(()) => forgotten.count += 1,
            // One file that cannot go does not keep the others.
            Err(failure) => broken = Some(failure),
        }
    }
    forgotten.more = broken.is_none() && forgotten.count >= u64::from(AT_ONCE);
    broken.map_or(Ok(forgotten), Err)
}

/// Deletes the bytes under a key that was left over, unless a video needs them after all.
///
/// # Errors
/// When the store or the media store cannot be reached: then the key is still left over.
pub async fn delete(flows: &Flows, key: &str) -> Result<(), Failure> {
    if !flows.store.needs_bytes(key).await? {
        flows.media.delete(key).await.context("bytes nobody needs could not be deleted")?;
    }
    let mut tx = flows.store.begin().await?;
    tx.bytes_are_gone(key).await?;
    Ok(tx.commit().await?)
}

/// Finds bytes that no row names and that are older than a day, and leaves them to be deleted.
///
/// # Errors
/// When the store or the media store cannot be reached.
pub async fn strays(flows: &Flows) -> Result<u64, Failure> {
    let born_before = flows.clock.now() - STRAYS;
    // A database that knows no video is rather another one than one whose videos are all strays.
    if !flows.store.knows_videos().await? {
        return Ok(0);
    }
    let mut found = flows.media.keys();
    let (mut named, mut unnamed, mut strays) = (0, 0, Vec::new());
    while let Some(key) = found.try_next().await.context("the media store cannot be walked")? {
        // What is not ours, or has come lately, is left alone.
        if media::born(&key).is_none_or(|born| born >= born_before) {
            continue;
        }
        if flows.store.names_bytes(&key).await? {
            named += 1;
            continue;
        }
        unnamed += 1;
        if strays.len() < STRAYS_AT_ONCE {
            strays.push(key);
        }
    }
    if unnamed > named.max(BELIEVED) {
        tracing::error!(
            "The media store holds more videos that the database does not know than such as it knows: is it the database that \
             belongs to it? Nothing of them is deleted."
        );
        return Ok(0);
    }
    for key in &strays {
        let mut tx = flows.store.begin().await?;
        tx.leave_bytes(key).await?;
        tx.commit().await?;
        tracing::warn!(key, "Bytes that no video names are deleted: the program was stopped while it stored them");
    }
    let cut_off = flows.media.clear_cut_off(born_before).await.context("the media folder cannot be cleared")?;
    Ok(strays.len() as u64 + cut_off)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_longer_than_all_time_forgets_nothing() {
        let forever = Retention {
            media_after_published: TimeDelta::MAX,
            media_after_ended: TimeDelta::days(1),
            audit: TimeDelta::MAX,
            metrics: TimeDelta::MAX,
        };
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(2);
        let ended = forever.ended_before(now);
        assert_eq!(ended.published, DateTime::UNIX_EPOCH);
        assert_eq!(ended.otherwise, DateTime::UNIX_EPOCH + TimeDelta::days(1));
    }
}
