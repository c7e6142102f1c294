//! What the stop button does to a publication, and what follows once it is let go.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Publication, PublicationState, WrongState};

impl Publication {
    /// People have paused its account, or its try was left alone for too long. What is due is left to a person; what is due later waits for its time, with nothing
    /// sent ahead. Bytes on their way are given up: without the last ones nothing can come of them.
    ///
    /// # Errors
    /// When its last chunk may have left, or it does not wait to go out.
    pub fn halt(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let wrong = WrongState { act: "be stopped", state: self.stage().said() };
        let setback = match self.state {
            PublicationState::Scheduled { setback, .. } => setback,
            PublicationState::Publishing { attempt, .. } if !attempt.stage.is_committed() => None,
            PublicationState::Publishing { .. }
            | PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => return Err(wrong),
        };
        let state = if self.due_at > now {
            PublicationState::Scheduled { wake_at: self.due_at, setback }
        } else {
            PublicationState::Held { since: now }
        };
        Ok(Self { state, ..self })
    }

    /// Its bytes may set out that much before it is due, after all.
    ///
    /// # Errors
    /// When it does not wait for its time.
    pub fn set_out(self, ahead: TimeDelta, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let wrong = WrongState { act: "set out", state: self.stage().said() };
        let PublicationState::Scheduled { setback, .. } = self.state else { return Err(wrong) };
        if self.due_at <= now {
            return Err(wrong);
        }
        let wake_at = (self.due_at - ahead).max(now);
        Ok(Self { state: PublicationState::Scheduled { wake_at, setback }, ..self })
    }
}
