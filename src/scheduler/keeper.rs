//! Looks after what falls due without anybody asking: reviews that lapse and reminders of them, digests, drafts nobody finished, and what
//! is to be forgotten.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::{rounds::Rounds, wake};
use crate::flows::{Failure, Flows, digest, remind, tidy};

/// The one that looks after things.
#[derive(Debug, Clone)]
pub struct Keeper {
    flows: Arc<Flows>,
    rounds: Arc<Rounds>,
}

impl Keeper {
    /// One for these flows.
    #[must_use]
    pub fn new(flows: Arc<Flows>) -> Self {
        Self { flows, rounds: Arc::default() }
    }

    /// Does everything that is due now; gives back how much that was.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        let done = self.run_due_now().await;
        let aged = Box::pin(self.rounds.take(&self.flows)).await;
        Ok(done? + aged?)
    }

    /// What people wait for.
    async fn run_due_now(&self) -> Result<usize, Failure> {
        // Each has its turn even when the one before it failed.
        let lapsed = tidy::lapse(&self.flows).await;
        let reminded = remind::remind(&self.flows).await;
        let owed = digest::owe(&self.flows).await;
        let forgotten = tidy::forget_drafts(&self.flows).await;
        Ok(lapsed? + reminded? + owed? + forgotten?)
    }

    /// Looks after things until it is told to stop. What is forgotten has a loop of its own: TikTok may take its time to
    /// take tokens back, and a large store to be walked.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(self.look_after(&stop), Box::pin(self.forget(&stop)));
    }

    async fn look_after(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.run_due_now().await {
                Ok(done) => {
                    let lapse = self.flows.store.next_lapse().await.unwrap_or_default();
                    let reminder = self.flows.store.next_reminder().await.unwrap_or_default();
                    let digest = self.flows.store.next_digest_due().await.unwrap_or_default();
                    let next = lapse.into_iter().chain(reminder).chain(digest).min();
                    // What is still due although there was nothing to do cannot be done: it must not be tried at once.
                    let soonest = self.flows.clock.now() + chrono::TimeDelta::seconds(2);
                    let next = if done == 0 { next.map(|at| at.max(soonest)) } else { next };
                    wake::until(&self.flows.clock, next, wake::AFTER_NOTHING, &self.flows.nudges.keeper, stop).await;
                }
                Err(failure) => {
                    tracing::error!("Nothing can be looked after: {failure:?}");
                    wake::rest(wake::AFTER_A_FAILURE, stop).await;
                }
            }
        }
    }

    async fn forget(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.rounds.take(&self.flows).await {
                Ok(0) => {
                    wake::until(&self.flows.clock, None, wake::AFTER_NOTHING, &self.flows.nudges.forgetter, stop).await;
                }
                Ok(_) => {}
                Err(failure) => {
                    tracing::error!("What is past its time cannot be forgotten: {failure:?}");
                    wake::rest(wake::AFTER_A_FAILURE, stop).await;
                }
            }
        }
    }
}
