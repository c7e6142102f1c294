//! Keeps accounts connected: has tokens renewed before they are needed, and people warned before posts fail.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::wake;
use crate::flows::{Failure, Flows, guard};

/// The one that looks after accounts. It has a loop of its own: TikTok may take half a minute for an answer, and nothing
/// else should wait for that.
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
        let renewed = guard::renew_ahead(&self.flows, stop).await;
        let warned = guard::warn(&self.flows).await;
        Ok(renewed? + warned?)
    }

    /// Looks after accounts until it is told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        // What is due here is due within minutes: a look at every wake of the others is soon enough.
        let nobody = Notify::new();
        while !stop.is_cancelled() {
            if let Err(failure) = self.run_due(&stop).await {
                tracing::error!("Accounts cannot be looked after: {failure:?}");
            }
            wake::until(&self.flows.clock, None, wake::AFTER_NOTHING, &nobody, &stop).await;
        }
    }
}
