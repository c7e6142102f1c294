//! Sends the bytes, chunk by chunk, in order, from the store to TikTok.
//! <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>

use anyhow::Context as _;
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};

use super::left::team_left;
use super::setbacks::broken_bytes;
use super::{Step, Work, place};
use crate::domain::notice::Notice;
use crate::domain::publication::{Next, PublicationState, Setback, Stage, Upload, Whose};
use crate::drill;
use crate::flows::Failure;
use crate::flows::keys::KeyTrouble;
use crate::media::MediaError;
use crate::say;
use crate::tiktok::chunks::{Chunk, ChunkPlan};
use crate::tiktok::{ChunkTrouble, Taken};

impl Work<'_> {
    /// Sends the next chunk of an open upload. The last one is committed to first.
    pub(super) async fn send_next(&mut self) -> Result<Step, Failure> {
        let PublicationState::Publishing { attempt, .. } = &self.publication.state else { return Ok(Step::LetGo) };
        let Stage::Uploading { upload, sent_bytes } = &attempt.stage else { return Ok(Step::On) };
        let (upload, sent_bytes) = (upload.clone(), *sent_bytes);
        if self.publication.is_late(self.flows.rules.late_after, self.true_now()) {
            self.publication = self.publication.clone().hold(self.now())?;
            return self.let_go().await;
        }
        if self.is_paused().await? {
            return self.halt().await;
        }
        if self.team_left().await? {
            return self.meet(team_left()).await;
        }
        if !self.address_lives(&upload) {
            return self.begin_anew(address_ended()).await;
        }
        if let Some(setback) = self.verify().await? {
            return self.meet(setback).await;
        }
        let plan = plan(&upload);
        let Some(chunk) = plan.chunk_at_offset(sent_bytes).and_then(|index| plan.chunk(index)) else {
            return self.meet(out_of_step()).await;
        };
        if chunk.is_last() {
            let waits = self.publication.due_at > self.now_for_due() || self.publication.is_waiting_at_tiktok();
            if waits && !self.due_comes().await? {
                return Ok(Step::LetGo);
            }
            // It may have waited long for its time, or taken long to come so far.
            if waits && self.team_left().await? {
                return self.meet(team_left()).await;
            }
            if self.has_lost_its_approval().await? {
                return Ok(Step::LetGo);
            }
            if let Some(step) = self.commit().await? {
                return Ok(step);
            }
            return self.send_last(&upload, chunk).await;
        }
        if self.place.is_none() {
            let Some(place) = self.place().await else { return self.rest_where_it_is().await };
            self.place = Some(place);
        }
        drill::point("chunk.before");
        let Some(taken) = self.put_while_held(&upload, chunk).await? else { return Ok(Step::LetGo) };
        drill::point("chunk.after");
        match taken {
            Ok(_) => {
                self.note_progress();
                self.publication = self.publication.clone().progress(chunk.last + 1)?;
                let tenth = (chunk.last + 1) * 10 / chunk.total > chunk.first * 10 / chunk.total;
                self.keep(tenth.then_some(Notice::Card { post: self.post.id })).await?;
                drill::point("chunk.kept");
                Ok(Step::On)
            }
            Err(trouble) => self.chunk_failed(trouble, &plan).await,
        }
    }

    /// Sends the last chunk of an upload that has been committed to. Sending it twice is harmless: it is the same
    /// upload, and TikTok takes each byte once.
    pub(super) async fn send_last(&mut self, upload: &Upload, chunk: Chunk) -> Result<Step, Failure> {
        drill::point("last.before");
        let taken = self.put(upload, chunk).await?;
        drill::point("last.after");
        match taken {
            // Too late, unknown or not expected: most likely it has been taken already. Only TikTok can tell.
            Ok(_)
            | Err(
                ChunkTrouble::LinkExpired
                | ChunkTrouble::NoSuchUpload
                | ChunkTrouble::OutOfStep { .. }
                | ChunkTrouble::Malformed
                | ChunkTrouble::BadAddress
                | ChunkTrouble::Unexpected { .. },
            ) => {
                self.publication = self.publication.clone().deliver(self.now())?;
                self.let_go().await
            }
            Err(ChunkTrouble::SendAgain(_)) => self.rest().await,
        }
    }

    async fn chunk_failed(&mut self, trouble: ChunkTrouble, plan: &ChunkPlan) -> Result<Step, Failure> {
        tracing::warn!(publication.id = %self.publication.id, "A chunk of publication {} did not get through: {trouble}",
            self.publication.id);
        match trouble {
            ChunkTrouble::SendAgain(_) => self.rest().await,
            ChunkTrouble::LinkExpired | ChunkTrouble::NoSuchUpload => self.meet(address_ended()).await,
            ChunkTrouble::Malformed | ChunkTrouble::BadAddress | ChunkTrouble::Unexpected { .. } => {
                self.meet(out_of_step()).await
            }
            ChunkTrouble::OutOfStep { has } => {
                let has = match has {
                    Some(has) => Some(has),
                    None => self.uploaded_bytes().await?,
                };
                let Some(has) = has else { return self.rest().await };
                match plan.chunk_at_offset(has) {
                    // TikTok has every byte, whoever sent the last: from here on it is only asked.
                    Some(index) if index == plan.count => {
                        self.publication = self.publication.clone().commit(self.now_for_due())?.deliver(self.now())?;
                        self.let_go().await
                    }
                    Some(index) => {
                        let next = plan.chunk(index).map_or(0, |chunk| chunk.first);
                        self.publication = self.publication.clone().progress(next)?;
                        // Not at once: it may say the same again.
                        self.rest().await
                    }
                    None => self.meet(out_of_step()).await,
                }
            }
        }
    }

    /// Compares the stored bytes with the fingerprint that was approved, once for each claim.
    pub(super) async fn verify(&mut self) -> Result<Option<Setback>, Failure> {
        if self.verified {
            return Ok(None);
        }
        self.verified = match self.fingerprint().await {
            Ok(found) => found == self.post.video_sha256,
            Err(MediaError::Missing { .. } | MediaError::Changed { .. }) => false,
            Err(error) => return Err(anyhow::Error::new(error).context("the video cannot be read").into()),
        };
        Ok((!self.verified).then(|| broken_bytes(say!("trouble-setback-other-video"))))
    }

    async fn fingerprint(&self) -> Result<[u8; 32], MediaError> {
        let mut pieces = self.flows.media.stream(&self.video.key, 0..self.video.size_bytes).await?;
        let mut hash = Sha256::new();
        while let Some(piece) = pieces.try_next().await? {
            hash.update(&piece);
        }
        Ok(hash.finalize().into())
    }

    pub(super) async fn put(&self, upload: &Upload, chunk: Chunk) -> Result<Result<Taken, ChunkTrouble>, Failure> {
        let row = self.attempt_row()?;
        let address = match self.flows.keys().open(place(&row), &upload.sealed_url).await {
            Ok(address) => address,
            Err(KeyTrouble::Vault(trouble)) => {
                // Without its address an upload is as good as one whose address has ended.
                tracing::error!(publication.id = %self.publication.id,
                    "The upload address of publication {} cannot be opened: {trouble}", self.publication.id);
                return Ok(Err(ChunkTrouble::LinkExpired));
            }
            Err(KeyTrouble::Store(error)) => return Err(error.into()),
        };
        let range = chunk.first..chunk.last + 1;
        let pieces = self.flows.media.stream(&self.video.key, range).await.context("the video cannot be read")?;
        let mime = self.video.facts.container.mime();
        Ok(self.flows.tiktok.send_chunk(&address, mime, chunk, pieces).await)
    }
}

pub(super) fn plan(upload: &Upload) -> ChunkPlan {
    ChunkPlan { size_bytes: upload.size_bytes, chunk_bytes: upload.chunk_bytes, count: upload.chunk_count }
}

fn address_ended() -> Setback {
    Setback {
        code: "upload_address_ended".into(),
        said: say!("trouble-setback-address-ended"),
        hint: say!("trouble-setback-address-ended-hint"),
        whose: Whose::TikTok,
        next: Next::Later { at_least_seconds: 0 },
    }
}

fn out_of_step() -> Setback {
    Setback { code: "upload_out_of_step".into(), ..broken_bytes(say!("trouble-setback-out-of-step")) }
}
