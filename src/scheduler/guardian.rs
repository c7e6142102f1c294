//! Looks ahead: has tokens renewed before they are needed, people warned before posts fail, and Discord asked who of those
//! that approved may still judge.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::wake;
use crate::flows::{Failure, Flows, guard, quorum};

/// The one that looks ahead. It has a loop of its own: TikTok may take half a minute for an answer, and nothing else should
/// wait for that.
#[derive(Debug, Clone)]
pub struct Guardian {
    flows: Arc<Flows>,
}

impl Guardian {
    /// One for these flows.
    #[must_use]
    pub const fn new(flows: Arc<Flows>) -> Self {
        Self { flows }
    }

    /// Does everything that is due now, and begins nothing more once it is told to stop; gives back how much that was.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn run_due(&self, stop: &CancellationToken) -> Result<usize, Failure> {
        let renewed = self.look_at_tokens(stop).await;
        let asked = quorum::look_ahead(&self.flows, stop).await;
        Ok(renewed? + asked?)
    }

    async fn look_at_tokens(&self, stop: &CancellationToken) -> Result<usize, Failure> {
        let renewed = guard::renew_ahead(&self.flows, stop).await;
        let warned = guard::warn(&self.flows).await;
        Ok(renewed? + warned?)
    }

    /// Looks ahead until it is told to stop. Who may still judge is asked in a loop of its own: that has to come before
    /// something goes out, however long TikTok takes over tokens.
    pub async fn run(&self, stop: CancellationToken) {
        let tokens = self.again(&stop, || self.look_at_tokens(&stop));
        tokio::join!(tokens, self.again(&stop, || quorum::look_ahead(&self.flows, &stop)));
    }

    /// What is due here is due within minutes: a look at every wake of the others is soon enough.
    async fn again<F>(&self, stop: &CancellationToken, look: impl Fn() -> F)
    where
        F: Future<Output = Result<usize, Failure>>,
    {
        let nobody = Notify::new();
        while !stop.is_cancelled() {
            if let Err(failure) = look().await {
                tracing::error!("Nobody can look ahead: {failure:?}");
            }
            wake::until(&self.flows.clock, None, wake::AFTER_NOTHING, &nobody, stop).await;
        }
    }
}
