//! How a publication waits for something that is not its own fault: a limit of the account's, a permission that is
//! missing, a clock that is wrong. None of it counts as a try.

use chrono::{DateTime, Utc};

use super::life::BEGIN_WITHIN;
use super::{Attempt, Publication, PublicationState, Setback, Stage, WrongState};

impl Publication {
    /// Puts it off until then and says why. A try that has opened nothing yet never happened. What could not begin for a
    /// day past its time is left to a person.
    ///
    /// # Errors
    /// When something was opened at TikTok, or it does not wait to begin.
    pub fn put_off(self, setback: Setback, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let waiting = self.unbegun()?;
        if waiting.is_given_up(now) {
            return waiting.meet(setback, now);
        }
        Ok(Self { state: PublicationState::Scheduled { wake_at: until, setback: Some(setback) }, ..waiting })
    }

    /// Notes why it does not begin although its time has come. When it wants to be looked at stays as it is.
    ///
    /// # Errors
    /// When it does not wait to begin.
    pub fn note(self, why: Setback) -> Result<Self, WrongState> {
        let PublicationState::Scheduled { wake_at, .. } = self.state else {
            return Err(WrongState { act: "wait", state: self.stage().said() });
        };
        Ok(Self { state: PublicationState::Scheduled { wake_at, setback: Some(why) }, ..self })
    }

    /// Leaves it to people whether it still goes out, because nothing may go out now.
    ///
    /// # Errors
    /// When it does not wait to begin, or its time has not come.
    pub fn hold_back(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Scheduled { .. } = self.state else {
            return Err(WrongState { act: "be held", state: self.stage().said() });
        };
        if self.due_at > now {
            return Err(WrongState { act: "be held before its time", state: self.stage().said() });
        }
        Ok(Self { state: PublicationState::Held { since: now }, ..self })
    }

    /// Whether a day has passed since its time.
    #[must_use]
    pub fn is_given_up(&self, now: DateTime<Utc>) -> bool {
        now - self.should_begin_at() >= BEGIN_WITHIN
    }

    /// What went wrong before it could begin, if anything did.
    #[must_use]
    pub const fn waits_because(&self) -> Option<&Setback> {
        match &self.state {
            PublicationState::Scheduled { setback, .. } => setback.as_ref(),
            PublicationState::Publishing { .. }
            | PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => None,
        }
    }

    fn unbegun(self) -> Result<Self, WrongState> {
        match self.state {
            PublicationState::Scheduled { .. } => Ok(self),
            // Nobody learnt an address, so no byte can ever reach what may have been opened.
            PublicationState::Publishing { attempt: Attempt { stage: Stage::Opening, started_at, .. }, .. } => {
                Ok(Self {
                    attempts: self.attempts.saturating_sub(1),
                    state: PublicationState::Scheduled { wake_at: started_at, setback: None },
                    ..self
                })
            }
            PublicationState::Publishing { .. }
            | PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => Err(WrongState { act: "be put off", state: self.stage().said() }),
        }
    }
}
