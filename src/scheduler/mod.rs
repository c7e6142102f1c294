//! When things happen, never what: loops that look what is due, have a flow do it, and sleep until the next row is.
//!
//! A loop sleeps until the earliest instant the database names, but never longer than [`wake::LONGEST_SLEEP`]: a lost
//! nudge or a clock that jumped costs that much and no post. The cron metronome runs in UTC only and merely nudges;
//! what is owed at a local time is a column (`next_digest_at`), because zones change their clocks and cron does not
//! notice.

pub mod guardian;
mod jumps;
pub mod keeper;
mod leases;
pub mod publisher;
mod rounds;
pub mod wake;

use std::sync::Arc;

use tokio_cron_scheduler::{Job, JobScheduler};

use crate::flows::Flows;

/// Every minute, on the minute, UTC.
const EVERY_MINUTE: &str = "0 * * * * *";

/// Starts the metronome: a nudge for everybody each minute.
///
/// # Errors
/// When the beat cannot be set.
pub async fn metronome(flows: Arc<Flows>) -> anyhow::Result<JobScheduler> {
    let scheduler = JobScheduler::new().await?;
    let beat = Job::new_async(EVERY_MINUTE, move |_, _| {
        let flows = Arc::clone(&flows);
        Box::pin(async move { flows.nudges.all() })
    })?;
    scheduler.add(beat).await?;
    scheduler.start().await?;
    Ok(scheduler)
}
