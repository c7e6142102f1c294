//! Sleeping until something is due, and being woken before that.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::domain::clock::SharedClock;
use crate::domain::tempo;

/// No loop sleeps longer than this, whatever the database says: a lost nudge or a clock that jumped costs no more.
pub const LONGEST_SLEEP: Duration = tempo::pause(30);

/// No loop looks more often than this, whatever the database says: a row that stays due must not make it spin.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);

/// How long a loop rests after something broke.
pub const AFTER_A_FAILURE: Duration = Duration::from_secs(2);

/// Sleeps until `at` (for at least 100 ms and at most [`LONGEST_SLEEP`]), until nudged, or until it is time to stop.
pub async fn until(clock: &SharedClock, at: Option<DateTime<Utc>>, nudge: &Notify, stop: &CancellationToken) {
    let left = at.map_or(LONGEST_SLEEP, |at| (at - clock.now()).to_std().unwrap_or(Duration::ZERO));
    tokio::select! {
        () = stop.cancelled() => {}
        () = nudge.notified() => {}
        () = pause(left.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)) => {}
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
