//! Notices that the clock on the wall was set, by comparing it with the one nobody can set.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::flows::Flows;

/// What the two clocks may drift apart between two looks without anybody having set one.
const NO_JUMP: TimeDelta = TimeDelta::seconds(5);

/// The longest wait between two questions of any publication; what waits longer after the clock was set back waits wrongly.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// What both clocks said when they were last compared.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    last: Mutex<Option<(DateTime<Utc>, Duration)>>,
}

impl Jumps {
    /// Compares the clocks. After the wall's was set back, what now lies too far ahead is brought near again: the leases
    /// of stopped workers, and what is to be asked about within minutes.
    pub(super) async fn look(&self, flows: &Flows, lease: TimeDelta) {
        let (now, elapsed) = (flows.clock.now(), flows.clock.elapsed());
        let Some(jump) = self.jump(now, elapsed) else { return };
        let seconds = jump.num_seconds().abs();
        if jump > TimeDelta::zero() {
            tracing::warn!("The clock of this machine jumped {seconds} s ahead, or the machine slept");
            return;
        }
        tracing::warn!("The clock of this machine was set back by {seconds} s");
        match flows.store.bring_near(now, now + lease, now + LONGEST_WAIT).await {
            Ok(0) => {}
            Ok(count) => tracing::info!("{count} rows are looked at earlier, because the clock was set back"),
            Err(error) => {
                *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((now - jump, elapsed));
                tracing::error!("What waits too long after the clock was set back cannot be changed: {error}");
            }
        }
    }

    fn jump(&self, now: DateTime<Utc>, elapsed: Duration) -> Option<TimeDelta> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (then, elapsed_then) = last.replace((now, elapsed))?;
        let gone = TimeDelta::from_std(elapsed.saturating_sub(elapsed_then)).ok()?;
        let jump = now - then - gone;
        (jump.abs() > NO_JUMP).then_some(jump)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_that_was_set_jumps() {
        let jumps = Jumps::default();
        let at = |seconds: i64| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let look = |now: i64, elapsed: u64| jumps.jump(at(now), Duration::from_secs(elapsed));
        assert_eq!(look(100, 10), None, "there is nothing to compare with");
        assert_eq!(look(3_700, 3_610), None, "time passes");
        assert_eq!(look(3_710, 3_615), None, "a clock that is being steered");
        assert_eq!(look(3_721, 3_620), Some(TimeDelta::seconds(6)));
        assert_eq!(look(121, 3_620), Some(-TimeDelta::hours(1)));
        assert_eq!(look(122, 3_621), None, "it is told once");
    }
}
