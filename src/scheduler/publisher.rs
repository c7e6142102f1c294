//! Claims what is due and has it carried, a few at once, while the lease of each is renewed by timer.

use std::sync::Arc;

use anyhow::Context as _;
use chrono::TimeDelta;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::wake;
use crate::domain::tempo;
use crate::drill;
use crate::flows::{Failure, Flows, publish};
use crate::store::Claim;

/// How long a claim holds. A worker that is stopped is missed for that long at most.
const LEASE: TimeDelta = tempo::seconds(30);

/// How often a living worker renews its claim.
const RENEW_EVERY: std::time::Duration = tempo::pause(10);

/// How many publications are carried at once.
const AT_ONCE: usize = 4;

/// The worker that publishes.
#[derive(Debug, Clone)]
pub struct Publisher {
    flows: Arc<Flows>,
    owner: String,
    tasks: TaskTracker,
}

impl Publisher {
    /// A worker under a name no other process has.
    #[must_use]
    pub fn new(flows: Arc<Flows>, owner: String) -> Self {
        Self { flows, owner, tasks: TaskTracker::new() }
    }

    /// Carries everything that is due now to where it can go now; gives back how many that were.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        let claims = self.claim(AT_ONCE).await?;
        let count = claims.len();
        for claim in claims {
            self.carry(claim).await;
        }
        Ok(count)
    }

    /// Works until it is told to stop; then waits for what it holds.
    pub async fn run(&self, stop: CancellationToken) {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        while !stop.is_cancelled() {
            match self.start_due(&places).await {
                Ok(()) => {
                    let next = self.flows.store.next_wake().await.unwrap_or_default();
                    // While every place is taken, whoever finishes nudges.
                    let next = if places.available_permits() == 0 { None } else { next };
                    wake::until(&self.flows.clock, next, &self.flows.nudges.publisher, &stop).await;
                }
                Err(failure) => {
                    tracing::error!("Nothing can be claimed: {failure:?}");
                    wake::rest(wake::AFTER_A_FAILURE, &stop).await;
                }
            }
        }
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Gives back whatever this process still holds, so that the next one need not wait for the leases to end.
    pub async fn let_go(&self) {
        match self.flows.store.release_own(&self.owner).await {
            Ok(0) => {}
            Ok(count) => tracing::warn!("Let go of {count} publications that were not carried to a rest"),
            Err(error) => tracing::warn!("What this process holds ends with its lease: {error}"),
        }
    }

    async fn start_due(&self, places: &Arc<Semaphore>) -> Result<(), Failure> {
        loop {
            let free = places.available_permits();
            if free == 0 {
                return Ok(());
            }
            let claims = self.claim(free).await?;
            if claims.is_empty() {
                return Ok(());
            }
            for claim in claims {
                let place = Arc::clone(places).acquire_owned().await.context("the places are closed")?;
                let worker = self.clone();
                self.tasks.spawn(async move {
                    worker.carry(claim).await;
                    drop(place);
                    worker.flows.nudges.publisher.notify_one();
                });
            }
        }
    }

    async fn claim(&self, most: usize) -> Result<Vec<Claim>, Failure> {
        let now = self.flows.clock.now();
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        drill::point("claim.before");
        let claims = self.flows.store.claim(&self.owner, now, now + LEASE, most).await?;
        if !claims.is_empty() {
            drill::point("claim.after");
        }
        Ok(claims)
    }

    async fn carry(&self, claim: Claim) {
        let id = claim.publication.id;
        let finished = CancellationToken::new();
        // Also when the work panics: a claim that is renewed for ever is work that nobody takes over.
        let end_of_work = finished.clone().drop_guard();
        // The renewal is told to end, never dropped: a transaction must not be cut off while it begins.
        let renewal = self.tasks.spawn(renew(Arc::clone(&self.flows), claim.clone(), finished));
        if let Err(failure) = publish::carry(&self.flows, claim, LEASE).await {
            tracing::error!(publication.id = %id, "Publication {id} is left to the end of its lease: {failure:?}");
        }
        drop(end_of_work);
        if renewal.await.is_err() {
            tracing::error!(publication.id = %id, "The renewal of the claim on publication {id} panicked");
        }
    }
}

async fn renew(flows: Arc<Flows>, claim: Claim, finished: CancellationToken) {
    while wake::rest(RENEW_EVERY, &finished).await {
        let until = flows.clock.now() + LEASE;
        let renewed = async {
            drill::point("extend.before");
            let mut tx = flows.store.begin().await?;
            tx.extend(&claim, until).await?;
            drill::point("extend.inside");
            tx.commit().await?;
            drill::point("extend.after");
            Ok::<(), crate::store::Error>(())
        };
        if let Err(error) = renewed.await {
            // Whoever took over fences the worker out at its next write.
            tracing::warn!(publication.id = %claim.publication.id, "A claim could not be renewed: {error}");
        }
    }
}
