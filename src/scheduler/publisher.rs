//! Claims what is due and has it carried, many at once, while the lease of each is renewed by timer.
//!
//! Sending and asking have queues and places of their own, so a question never waits behind an upload. Many publications
//! are carried at once, because most of what precedes an upload is waiting for answers; how many uploads share the line
//! is a setting.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::TimeDelta;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::jumps::Jumps;
use super::leases::Leases;
use super::wake;
use crate::domain::tempo;
use crate::drill;
use crate::flows::publish::{self, Places, Terms};
use crate::flows::{Failure, Flows};
use crate::store::{Claim, Errand};

/// How long a claim holds. A worker that is stopped is missed for that long at most.
const LEASE: TimeDelta = tempo::seconds(30);

/// How many publications are on their way to TikTok at once, most of them waiting for something.
const CARRIED_AT_ONCE: usize = tempo::claims(512);

/// How many are claimed in one transaction.
const CLAIMED_AT_ONCE: usize = 64;

/// How long what is held may take to come to a rest when the program stops. Whoever is not there by then is cut off, and
/// its claim given back.
const REST_WITHIN: Duration = Duration::from_secs(7);

/// How much is done at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtOnce {
    /// Uploads.
    pub uploads: usize,
    /// Questions.
    pub questions: usize,
}

/// The worker that publishes.
#[derive(Debug, Clone)]
pub struct Publisher {
    flows: Arc<Flows>,
    owner: String,
    terms: Terms,
    questions: usize,
    tasks: TaskTracker,
    jumps: Arc<Jumps>,
    leases: Leases,
}

impl Publisher {
    /// A worker under a name no other process has.
    #[must_use]
    pub fn new(flows: Arc<Flows>, owner: String, at_once: AtOnce) -> Self {
        let places = Places::new(at_once.uploads);
        let terms = Terms { lease: LEASE, places, waits: false, stop: CancellationToken::new() };
        let questions = at_once.questions;
        Self {
            flows,
            owner,
            terms,
            questions,
            tasks: TaskTracker::new(),
            jumps: Arc::default(),
            leases: Leases::default(),
        }
    }

    /// Carries everything that is due now to where it can go now; gives back how many that were.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        let work = async {
            let mut count = 0;
            for errand in Errand::ALL {
                let claims = self.claim(errand, CLAIMED_AT_ONCE).await?;
                count += claims.len();
                for claim in claims {
                    self.carry(claim).await;
                }
            }
            Ok(count)
        };
        // In a box: it holds everything a publication needs on its way.
        Box::pin(self.renewing(work)).await
    }

    /// Works until it is told to stop; then waits until what it holds has come to a rest.
    pub async fn run(&self, stop: CancellationToken) {
        let terms = Terms { waits: true, stop: stop.clone(), ..self.terms.clone() };
        let worker = Self { terms, ..self.clone() };
        let work = async {
            tokio::join!(
                worker.serve(Errand::Send, CARRIED_AT_ONCE, &stop),
                worker.serve(Errand::Ask, self.questions, &stop),
            );
            self.tasks.close();
            tokio::time::timeout(REST_WITHIN, self.tasks.wait()).await
        };
        if Box::pin(self.renewing(work)).await.is_err() {
            tracing::warn!(
                "What is under way did not come to a rest in time and is cut off; it goes on after the start"
            );
        }
    }

    /// Gives back whatever this process still holds, so that the next one need not wait for the leases to end.
    pub async fn let_go(&self) {
        match self.flows.store.release_own(&self.owner).await {
            Ok(0) => {}
            Ok(count) => tracing::warn!("Let go of {count} publications that were not carried to a rest"),
            Err(error) => tracing::warn!("What this process holds ends with its lease: {error}"),
        }
    }

    fn nudge(&self, errand: Errand) -> &Notify {
        match errand {
            Errand::Send => &self.flows.nudges.publisher,
            Errand::Ask => &self.flows.nudges.asker,
        }
    }

    async fn serve(&self, errand: Errand, most: usize, stop: &CancellationToken) {
        let places = Arc::new(Semaphore::new(most));
        while !stop.is_cancelled() {
            match self.start_due(errand, &places).await {
                Ok(claimed) => {
                    let next = self.flows.store.next_wake_for(errand).await.unwrap_or_default();
                    // While every place is taken, whoever finishes nudges.
                    let next = if places.available_permits() == 0 { None } else { next };
                    let soonest = if claimed { Duration::ZERO } else { wake::AFTER_NOTHING };
                    wake::until(&self.flows.clock, next, soonest, self.nudge(errand), stop).await;
                }
                Err(failure) => {
                    tracing::error!("Nothing can be claimed: {failure:?}");
                    wake::rest(wake::AFTER_A_FAILURE, stop).await;
                }
            }
        }
    }

    /// Starts whatever is due and has a place; says whether there was anything.
    async fn start_due(&self, errand: Errand, places: &Arc<Semaphore>) -> Result<bool, Failure> {
        let mut any = false;
        loop {
            let free = places.available_permits();
            if free == 0 {
                return Ok(any);
            }
            let claims = self.claim(errand, free.min(CLAIMED_AT_ONCE)).await?;
            if claims.is_empty() {
                return Ok(any);
            }
            any = true;
            for claim in claims {
                let place = Arc::clone(places).acquire_owned().await.context("the places are closed")?;
                let worker = self.clone();
                self.tasks.spawn(async move {
                    worker.carry(claim).await;
                    drop(place);
                    worker.nudge(errand).notify_one();
                });
            }
        }
    }

    async fn claim(&self, errand: Errand, most: usize) -> Result<Vec<Claim>, Failure> {
        self.jumps.look(&self.flows, LEASE).await;
        let now = self.flows.clock.now();
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        drill::point("claim.before");
        let claims = self.flows.store.claim(errand, &self.owner, now, now + LEASE, most).await?;
        if !claims.is_empty() {
            drill::point("claim.after");
        }
        Ok(claims)
    }

    async fn carry(&self, claim: Claim) {
        let id = claim.publication.id;
        // Also when the work panics: a claim that is renewed for ever is work that nobody takes over.
        let _held = self.leases.hold(claim.lease());
        if let Err(failure) = Box::pin(publish::carry(&self.flows, claim, &self.terms)).await {
            tracing::error!(publication.id = %id, "Publication {id} is left to the end of its lease: {failure:?}");
        }
    }

    /// Renews what is held for as long as `work` takes. The renewal is told to end, never dropped: a transaction must not
    /// be cut off while it begins.
    async fn renewing<T>(&self, work: impl Future<Output = T>) -> T {
        let over = CancellationToken::new();
        let work = async {
            let outcome = Box::pin(work).await;
            over.cancel();
            outcome
        };
        let (outcome, ()) = tokio::join!(work, self.leases.renew(&self.flows, &self.owner, LEASE, &over));
        outcome
    }
}
