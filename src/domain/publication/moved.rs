//! A publication that is moved on because a limit of its account is spent at its time. That is no try and counts none.

use chrono::{DateTime, Utc};

use super::{Publication, PublicationState, Setback, WrongState};

impl Publication {
    /// Moves it on to the moment a spent limit leaves room, and says why.
    ///
    /// # Errors
    /// When a try has begun, or it is over.
    pub fn move_on(self, until: DateTime<Utc>, why: Setback) -> Result<Self, WrongState> {
        let PublicationState::Scheduled { .. } = self.state else {
            return Err(WrongState { act: "be moved on", state: self.stage().said() });
        };
        let state = PublicationState::Scheduled { wake_at: until, setback: Some(why) };
        Ok(Self { moved_to: Some(until), state, ..self })
    }

    /// When it should begin: at its due time, or at the moment it was moved on to.
    pub(super) fn should_begin_at(&self) -> DateTime<Utc> {
        self.moved_to.map_or(self.due_at, |moved_to| moved_to.max(self.due_at))
    }
}
