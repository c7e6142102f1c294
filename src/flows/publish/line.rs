//! Waiting: for the post before this one, for a place, for the due time; and resting when the program is to stop.
//!
//! A moment is waited in memory, with the claim renewed by timer. Everything longer goes back to the database.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::{Instant, timeout, timeout_at};

use super::pace::WHILE_WRONG;
use super::{Place, Step, Work};
use crate::domain::publication::{LANE_HOLDS, PublicationState, Stage};
use crate::domain::tempo;
use crate::flows::Failure;

/// How long the post before this one is waited for with the claim in hand: most uploads take less.
const PATIENCE: Duration = tempo::pause(3);

/// So long before the due time a worker takes the last chunk in hand, besides the time it takes to read the video once.
const READY_AHEAD: TimeDelta = tempo::seconds(15);

/// How fast the bytes are read and hashed again, at the least: 100 MB a second.
const BYTES_READ_PER_MILLISECOND: u64 = 100_000;

/// The due time is waited for in steps of this at most, so that a clock that is set meanwhile is noticed.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(1);

impl Work<'_> {
    /// Waits until no earlier post of the account is left to send and there is a place; `None` when that takes too long
    /// to wait for it here.
    pub(super) async fn turn(&self) -> Result<Option<Place>, Failure> {
        // What is uploaded ahead has its turn before its last chunk.
        let is_ahead = self.publication.due_at > self.now();
        if is_ahead || self.may_go().await? { Ok(self.place().await) } else { Ok(None) }
    }

    /// Whether it has waited in line before and it is not its turn yet: then nothing is asked and no byte is read for it.
    pub(super) async fn still_waits_in_line(&self) -> Result<bool, Failure> {
        let has_waited = self.publication.wake_at().is_some_and(|at| at > self.publication.due_at);
        Ok(has_waited && self.ahead().await? > 0)
    }

    /// How many posts of the account are waited for.
    async fn ahead(&self) -> Result<i32, Failure> {
        Ok(self.flows.store.ahead_in_line(&self.publication, self.now() - LANE_HOLDS).await?)
    }

    /// Waits for a place; `None` when the program is to stop first.
    pub(super) async fn place(&self) -> Option<Place> {
        tokio::select! {
            () = self.terms.stop.cancelled() => None,
            place = self.terms.places.take(self.publication.workspace) => Some(place),
        }
    }

    async fn may_go(&self) -> Result<bool, Failure> {
        let lane = self.terms.places.lane(self.publication.account);
        let until = Instant::now() + PATIENCE;
        loop {
            // Listening begins before looking, so that no news falls between the two.
            let mut moved = std::pin::pin!(lane.notified());
            moved.as_mut().enable();
            if self.ahead().await? == 0 {
                return Ok(true);
            }
            let stopped = self.terms.stop.cancelled();
            let news = async {
                tokio::select! {
                    () = moved => true,
                    () = stopped => false,
                }
            };
            if !self.terms.waits || !timeout_at(until, news).await.unwrap_or(false) {
                return Ok(false);
            }
        }
    }

    /// Gives the claim back until the line has moved. That is no trouble, and nobody is told. Should whoever moves the line
    /// die before saying so, it is looked again after a lease for each post ahead, as after a lease a post is taken over.
    pub(super) async fn wait_in_line(&mut self) -> Result<Step, Failure> {
        if !self.terms.stop.is_cancelled() {
            let until = self.now() + self.terms.lease * self.ahead().await?.max(1);
            self.publication = self.publication.clone().postpone(until)?;
        }
        self.let_go().await
    }

    /// Waits for the due time with everything but the last chunk at TikTok; whether it has come. A wait that is longer
    /// than a moment gives the claim back.
    pub(super) async fn due_comes(&mut self) -> Result<bool, Failure> {
        self.place = None;
        let reading = i64::try_from(self.video.size_bytes / BYTES_READ_PER_MILLISECOND).unwrap_or(i64::MAX);
        let in_hand = READY_AHEAD + TimeDelta::try_milliseconds(reading).unwrap_or(TimeDelta::zero());
        let due_at = self.publication.due_at;
        let look_at = if self.terms.waits { due_at - in_hand } else { due_at };
        if look_at > self.now() {
            self.publication = self.publication.clone().pause(look_at)?;
            return self.let_go().await.map(|_| false);
        }
        self.hear_the_time().await;
        while let Ok(left) = (due_at - self.now_for_due()).to_std()
            && !left.is_zero()
        {
            if timeout(left.min(LOOK_AT_CLOCK), self.terms.stop.cancelled()).await.is_ok() {
                self.publication = self.publication.clone().pause(self.now())?;
                return self.let_go().await.map(|_| false);
            }
        }
        // What is due earlier and still on its way leaves first; and a clock that is wrong does not make it due.
        let until = if self.only_our_clock_says_so() {
            tracing::warn!(publication.id = %self.publication.id,
                "Publication {} waits: this machine's clock is ahead of TikTok's. Set it right", self.publication.id);
            self.now() + WHILE_WRONG
        } else if self.may_go().await? {
            return Ok(true);
        } else {
            self.now() + self.terms.lease
        };
        self.publication = self.publication.clone().pause(until)?;
        self.let_go().await.map(|_| false)
    }

    /// Whether nothing is lost when it rests as it is.
    pub(super) const fn can_rest(&self) -> bool {
        match &self.publication.state {
            PublicationState::Publishing { attempt, .. } => !matches!(attempt.stage, Stage::Opening),
            PublicationState::Scheduled { .. }
            | PublicationState::Processing { .. }
            | PublicationState::Published { .. } => true,
            PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => false,
        }
    }

    /// Gives the claim back for whoever is there next; an upload goes on where it is.
    pub(super) async fn rest_where_it_is(&mut self) -> Result<Step, Failure> {
        if let PublicationState::Publishing { .. } = self.publication.state {
            self.publication = self.publication.clone().pause(self.now())?;
        }
        self.let_go().await
    }

    /// Has the next post of the account looked at: in a transaction of its own, because it is another's row.
    pub(super) async fn wake_the_next(&self, now: DateTime<Utc>) -> Result<(), Failure> {
        let mut tx = self.flows.store.begin().await?;
        tx.wake_next_of(self.publication.account, now, now - LANE_HOLDS).await?;
        tx.commit().await?;
        self.terms.places.lane(self.publication.account).notify_waiters();
        Ok(())
    }

    /// Whether the next post of the account may go now that this one is let go of.
    pub(super) fn moves_the_line(&self) -> bool {
        let stood = matches!(
            self.claim.publication.state,
            PublicationState::Scheduled { .. } | PublicationState::Publishing { .. }
        );
        let stands = match &self.publication.state {
            PublicationState::Scheduled { setback, .. } => setback.is_none(),
            PublicationState::Publishing { .. } => true,
            PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => false,
        };
        stood && !stands
    }
}
