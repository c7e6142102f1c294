//! What this process knows about open uploads besides their rows: how long they have been open by a clock nobody can set,
//! and how often in a row nothing got through.
//!
//! It is only ever stricter than the rows. Another process, or this one after a restart, knows the rows alone: an address
//! then ends by the clock on the wall, and the pauses begin anew.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;

use super::{Step, Work};
use crate::domain::ids::AttemptId;
use crate::domain::jitter::jittered;
use crate::domain::publication::{ADDRESS_LIVES, Upload};
use crate::domain::tempo;
use crate::flows::Failure;

/// How long an upload rests when nothing got through, the first time in a row, the second …; its address keeps.
const PAUSES: [TimeDelta; 4] = [tempo::seconds(4), tempo::seconds(15), tempo::seconds(60), tempo::minutes(3)];

/// An upload nobody has touched for so long is over.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(2 * 60 * 60);

/// Open uploads, as this process knows them.
#[derive(Debug, Default)]
pub struct Uploads {
    known: Mutex<HashMap<AttemptId, Known>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// When its address was asked for, if by this process.
    opened: Option<Duration>,
    /// When it was last touched.
    touched: Duration,
    /// How often in a row nothing got through.
    pauses: u32,
}

impl Uploads {
    fn known(&self) -> MutexGuard<'_, HashMap<AttemptId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn touch(&self, id: AttemptId, now: Duration, change: impl FnOnce(&mut Known)) -> Known {
        let mut known = self.known();
        known.retain(|_, one| now.saturating_sub(one.touched) < FORGOTTEN_AFTER);
        let one = known.entry(id).or_default();
        one.touched = now;
        change(one);
        *one
    }

    fn age(&self, id: AttemptId, now: Duration) -> Option<TimeDelta> {
        let opened = self.known().get(&id)?.opened?;
        TimeDelta::from_std(now.saturating_sub(opened)).ok()
    }
}

impl Work<'_> {
    /// Notes when an address was asked for.
    pub(super) fn note_opening(&self, asked: Duration) {
        if let Some(attempt) = self.publication.attempt() {
            self.flows.uploads.touch(attempt.id, asked, |known| known.opened = Some(asked));
        }
    }

    /// Notes that something got through.
    pub(super) fn note_progress(&self) {
        if let Some(attempt) = self.publication.attempt() {
            self.flows.uploads.touch(attempt.id, self.flows.clock.elapsed(), |known| known.pauses = 0);
        }
    }

    /// Whether bytes may still be sent to an address: by the clock on the wall, and by the one nobody can set.
    pub(super) fn address_lives(&self, upload: &Upload) -> bool {
        let age = self.publication.attempt().and_then(|attempt| {
            let elapsed = self.flows.clock.elapsed();
            self.flows.uploads.age(attempt.id, elapsed)
        });
        match age {
            // A wall clock that was set back says nothing against it, one that is ahead does: the machine may have slept.
            Some(age) => age < ADDRESS_LIVES && self.now() < upload.issued_at + ADDRESS_LIVES,
            None => upload.lives(self.now()),
        }
    }

    /// Lets go of an upload for a moment; whoever wakes it goes on with the same address.
    pub(super) async fn rest(&mut self) -> Result<Step, Failure> {
        let Some(attempt) = self.publication.attempt() else { return Ok(Step::LetGo) };
        let known = self.flows.uploads.touch(attempt.id, self.flows.clock.elapsed(), |known| known.pauses += 1);
        let index = usize::try_from(known.pauses.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSES.len() - 1);
        let pause = jittered(PAUSES[index], attempt.id, known.pauses);
        self.publication = self.publication.clone().pause(self.now() + pause)?;
        self.let_go().await
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn an_upload_is_as_old_as_the_clock_nobody_sets_says() {
        let (uploads, id) = (Uploads::default(), AttemptId::new(DateTime::UNIX_EPOCH));
        let minutes = |count: u64| Duration::from_secs(count * 60);
        assert_eq!(uploads.age(id, minutes(5)), None, "another process opened it");
        uploads.touch(id, minutes(5), |known| known.opened = Some(minutes(5)));
        assert_eq!(uploads.age(id, minutes(45)), Some(TimeDelta::minutes(40)));
        uploads.touch(AttemptId::new(DateTime::UNIX_EPOCH), minutes(125), |_| ());
        assert_eq!(uploads.age(id, minutes(125)), None, "it is over");
    }
}
