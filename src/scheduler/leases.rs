//! What this process holds, and its renewal by timer: all of it in one statement, however much it is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use super::wake;
use crate::domain::tempo;
use crate::drill;
use crate::flows::Flows;
use crate::store::Lease;

/// How often a living worker renews its claims.
const RENEW_EVERY: Duration = tempo::pause(10);

/// What this process is at work on.
#[derive(Debug, Clone, Default)]
pub(super) struct Leases {
    held: Arc<Mutex<BTreeSet<Lease>>>,
}

/// Keeps one lease renewed until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    leases: Leases,
    lease: Lease,
}

impl Leases {
    /// Has a lease renewed until what comes back is dropped.
    pub(super) fn hold(&self, lease: Lease) -> Held {
        self.lock().insert(lease);
        Held { leases: self.clone(), lease }
    }

    /// Renews whatever is held, each time for `span` from now, until it is over.
    pub(super) async fn renew(&self, flows: &Flows, owner: &str, span: TimeDelta, over: &CancellationToken) {
        while wake::rest(RENEW_EVERY, over).await {
            let held: Vec<Lease> = self.lock().iter().copied().collect();
            if held.is_empty() {
                continue;
            }
            drill::point("extend.before");
            match flows.store.extend(owner, &held, flows.clock.now() + span).await {
                Ok(_) => drill::point("extend.after"),
                Err(error) => tracing::warn!("{} claims could not be renewed: {error}", held.len()),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<Lease>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.leases.lock().remove(&self.lease);
    }
}
