//! Sleeping until something is due, and being woken before that.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::domain::clock::SharedClock;
use crate::domain::tempo;

/// No loop sleeps longer than this, whatever the database says: a lost nudge or a clock that jumped costs no more.
pub const LONGEST_SLEEP: Duration = tempo::pause(30);

/// How long a loop that found nothing to do leaves a row alone that is due all the same: it must not make the loop spin.
pub const AFTER_NOTHING: Duration = Duration::from_millis(100);

/// How long a loop rests after something broke.
pub const AFTER_A_FAILURE: Duration = Duration::from_secs(2);

/// Sleeps until `at` (at most [`LONGEST_SLEEP`]; at least `soonest` when that has passed), until nudged, or until it is
/// time to stop.
pub async fn until(
    clock: &SharedClock,
    at: Option<DateTime<Utc>>,
    soonest: Duration,
    nudge: &Notify,
    stop: &CancellationToken,
) {
    let left = at.map_or(LONGEST_SLEEP, |at| (at - clock.now()).to_std().unwrap_or(Duration::ZERO));
    let span = if left.is_zero() { soonest } else { left.min(LONGEST_SLEEP) };
    tokio::select! {
        () = stop.cancelled() => {}
        () = nudge.notified() => {}
        () = pause(span) => {}
    }
}

/// Rests for a moment, unless it is time to stop; says whether to go on.
pub async fn rest(span: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = pause(span) => true,
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place of the scheduler that sleeps, never for long")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}
