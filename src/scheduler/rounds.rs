//! When what nobody waits for is looked after: seldom, and for as long as a round finds more than it does at once.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::flows::forget::{Forgotten, leftovers, past_its_time, strays};
use crate::flows::{Failure, Flows, erase};

/// How often what is past its time is looked for.
const EVERY_HOUR: TimeDelta = TimeDelta::hours(1);

/// How often the media store is walked for bytes nobody names.
const EVERY_DAY: TimeDelta = TimeDelta::days(1);

/// How long what could not be done is left alone.
const AFTER_A_FAILURE: TimeDelta = TimeDelta::minutes(1);

/// When each kind of round is due next. Lost at a restart: then each has its turn at once.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    erasures: Round,
    bytes: Round,
    age: Round,
    strays: Round,
}

/// One kind: when it was last done, and when it is due next.
#[derive(Debug, Default)]
struct Round(Mutex<Option<(DateTime<Utc>, DateTime<Utc>)>>);

impl Round {
    /// Whether it is due. A clock that was set back makes it so too.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.is_none_or(|(last, next)| now < last || now >= next)
    }

    fn done(&self, now: DateTime<Utc>, again_after: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, now + again_after));
    }

    /// Does it if it is due; says how much was done. What breaks is tried again a minute later.
    async fn take(
        &self,
        now: DateTime<Utc>,
        every: TimeDelta,
        work: impl Future<Output = Result<Forgotten, Failure>>,
    ) -> Result<usize, Failure> {
        if !self.is_due(now) {
            return Ok(0);
        }
        match work.await {
            Ok(Forgotten { count, more }) => {
                self.done(now, if more { TimeDelta::zero() } else { every });
                Ok(usize::try_from(count).unwrap_or(usize::MAX))
            }
            Err(failure) => {
                self.done(now, AFTER_A_FAILURE);
                Err(failure)
            }
        }
    }
}

impl Rounds {
    /// Does whatever is due; gives back how much that was.
    pub(super) async fn take(&self, flows: &Flows) -> Result<usize, Failure> {
        let now = flows.clock.now();
        // What was let go of is deleted at the next look; only trouble makes it wait.
        let at_each_look = TimeDelta::zero();
        let erased = self.erasures.take(now, at_each_look, erase::go_on(flows)).await;
        let aged = self.age.take(now, EVERY_HOUR, past_its_time(flows)).await;
        let stray =
            self.strays.take(now, EVERY_DAY, async { Ok(Forgotten { count: strays(flows).await?, more: false }) });
        let stray = stray.await;
        let deleted = self.bytes.take(now, at_each_look, leftovers(flows)).await;
        Ok(erased? + aged? + stray? + deleted?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    async fn taken(round: &Round, minute: i64, more: bool) -> usize {
        let work = async { Ok(Forgotten { count: 3, more }) };
        round.take(at(minute), EVERY_HOUR, work).await.unwrap()
    }

    #[tokio::test]
    async fn a_round_is_taken_every_hour_and_again_while_there_is_more() {
        let round = Round::default();
        assert_eq!(taken(&round, 0, true).await, 3, "after a start at once");
        assert_eq!(taken(&round, 0, false).await, 3, "there was more");
        assert_eq!(taken(&round, 59, false).await, 0);
        assert_eq!(taken(&round, 60, false).await, 3);
        assert_eq!(taken(&round, 30, false).await, 3, "the clock was set back");
    }

    #[tokio::test]
    async fn trouble_is_met_once_a_minute() {
        let round = Round::default();
        let broken = || async { Err(Failure::Broken(anyhow::anyhow!("the disk is gone"))) };
        assert!(round.take(at(0), TimeDelta::zero(), broken()).await.is_err());
        assert_eq!(round.take(at(0), TimeDelta::zero(), broken()).await.unwrap(), 0);
        assert!(round.take(at(1), TimeDelta::zero(), broken()).await.is_err());
    }
}
