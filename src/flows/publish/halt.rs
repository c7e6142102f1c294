//! The stop button, as the worker meets it: before it asks TikTok for anything, and once more in the transactions that
//! begin a try and that pass the point of no return, where nobody can pause in between.
//!
//! Whoever pauses takes an upload under way from its worker (`flows/pause.rs`), so its next write finds its claim void. A
//! chunk that takes long is not sent to its end then: the claim is looked at while bytes go.

use std::time::Duration;

use tokio::time::timeout;

use super::{Step, Work};
use crate::domain::notice::Notice;
use crate::domain::publication::{PublicationStage, Upload};
use crate::drill;
use crate::flows::Failure;
use crate::store::Tx;
use crate::tiktok::chunks::Chunk;
use crate::tiktok::{ChunkTrouble, Taken};

/// While a chunk is on its way the claim is looked at this often: a pause stops it within a second.
const LOOK_AT_CLAIM: Duration = Duration::from_millis(500);

impl Work<'_> {
    /// Whether people have paused the account, or all.
    pub(super) async fn is_paused(&self) -> Result<bool, Failure> {
        let pause = self.flows.store.pause_over(self.post.workspace, self.publication.account).await?;
        Ok(pause.is_some())
    }

    /// Leaves it to a person whether it still goes out, or has it wait for its time.
    pub(super) async fn halt(&mut self) -> Result<Step, Failure> {
        self.publication = self.publication.clone().halt(self.now())?;
        self.is_halted = true;
        self.let_go().await
    }

    /// Whether a publication that is being held because of a pause is so still: otherwise nobody would be asked about it.
    pub(super) async fn is_still_paused(&self, tx: &mut Tx) -> Result<bool, Failure> {
        if !self.is_halted || self.publication.stage() != PublicationStage::Held {
            return Ok(false);
        }
        Ok(tx.pause_over(self.post.workspace, self.publication.account).await?.is_some())
    }

    /// Writes the present state down and goes on holding the claim, unless the account is paused; says whether it did.
    pub(super) async fn keep_unless_paused(&mut self, mut tx: Tx, notice: Option<Notice>) -> Result<bool, Failure> {
        if tx.pause_over(self.post.workspace, self.publication.account).await?.is_some() {
            return Ok(false);
        }
        self.keep_in(tx, notice).await.map(|()| true)
    }

    /// Passes the point of no return; a step when the account is paused and it does not.
    pub(super) async fn commit(&mut self) -> Result<Option<Step>, Failure> {
        let before = self.publication.clone();
        self.publication = before.clone().commit(self.now_for_due())?;
        drill::point("commit.before");
        // Left out, the crash test must find what comes of it.
        if !drill::mistake("late") {
            let tx = self.flows.store.begin().await?;
            if !self.keep_unless_paused(tx, None).await? {
                self.publication = before;
                return self.halt().await.map(Some);
            }
        }
        drill::point("commit.after");
        Ok(None)
    }

    /// Sends a chunk that is not the last one, for as long as the claim holds; none when it was taken away meanwhile.
    pub(super) async fn put_while_held(
        &self,
        upload: &Upload,
        chunk: Chunk,
    ) -> Result<Option<Result<Taken, ChunkTrouble>>, Failure> {
        let mut sending = std::pin::pin!(self.put(upload, chunk));
        loop {
            if let Ok(taken) = timeout(LOOK_AT_CLAIM, &mut sending).await {
                return taken.map(Some);
            }
            // A database that does not answer is no reason to give up bytes that go.
            if !drill::mistake("unfenced")
                && let Ok(false) = self.flows.store.still_holds(&self.claim).await
            {
                tracing::info!(publication.id = %self.publication.id,
                    "Publication {} was stopped in the middle of a chunk", self.publication.id);
                return Ok(None);
            }
        }
    }
}
