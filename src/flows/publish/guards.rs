//! The limits of an account that count for hours: a try begins only where there is room, counts in the transaction that
//! writes it down, and is moved on where there is none. That is no attempt, and people are told once why.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Step, Work};
use crate::domain::account::Account;
use crate::domain::budget::{Guard, Room, room};
use crate::domain::ids::AttemptId;
use crate::domain::notice::{Happening, Notice};
use crate::domain::publication::{Next, Publication, PublicationState, Setback, Whose};
use crate::domain::tempo;
use crate::flows::Failure;
use crate::say;
use crate::store::{Reader, Tx};

/// How long a post waits for another of the account that may take the last place.
const WAIT_FOR_ANOTHER: TimeDelta = tempo::seconds(30);

/// How far a try has come, as far as limits are concerned: which, and whether the point of no return was passed.
pub(super) type Counted = Option<(AttemptId, bool)>;

pub(super) fn counted(publication: &Publication) -> Counted {
    publication.attempt().map(|attempt| (attempt.id, attempt.stage.is_committed()))
}

impl Work<'_> {
    /// Moves on what the account's limits leave no room for, before anything is asked of TikTok for it.
    pub(super) async fn wait_for_room(&mut self, account: &Account) -> Result<Option<Step>, Failure> {
        let mut reader = self.flows.store.read().await?;
        let room = self.room(&mut reader, account).await?;
        drop(reader);
        self.unless_free(room).await
    }

    /// Begins a try and counts it, while nobody else begins one for the account.
    pub(super) async fn start_where_there_is_room(
        &mut self,
        account: &Account,
        now: DateTime<Utc>,
    ) -> Result<Option<Step>, Failure> {
        let mut tx = self.flows.store.begin().await?;
        tx.hold_budget(&account.open_id).await?;
        let room = self.room(&mut tx, account).await?;
        if room != Room::Free {
            drop(tx);
            return self.unless_free(room).await;
        }
        let before = self.publication.clone();
        self.publication = before.clone().start(now)?;
        if !self.keep_unless_paused(tx, Some(Notice::Card { post: self.post.id })).await? {
            self.publication = before;
            return self.halt().await.map(Some);
        }
        Ok(None)
    }

    /// Counts what has begun or passed the point of no return since it was last written down.
    pub(super) async fn count(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Failure> {
        let Some((attempt, is_committed)) = counted(&self.publication) else { return Ok(()) };
        let before = self.counted.filter(|(id, _)| *id == attempt).map(|(_, was_committed)| was_committed);
        if before == Some(is_committed) {
            return Ok(());
        }
        let Some(account) = tx.account(self.publication.account).await? else { return Ok(()) };
        let source = attempt.to_string();
        if before.is_none() {
            tx.spend(&account.open_id, Guard::Uploads, &source, now).await?;
        }
        if is_committed {
            tx.spend(&account.open_id, Guard::of(self.post.delivery), &source, now).await?;
        }
        Ok(())
    }

    /// Writes down and tells that it was moved on, once for each reason.
    pub(super) async fn tell_of_move(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Failure> {
        let PublicationState::Scheduled { setback: Some(setback), wake_at } = &self.publication.state else {
            return Ok(());
        };
        let Some(guard) = Guard::named(&setback.code) else { return Ok(()) };
        if let Some(moved_to) = self.publication.moved_to {
            tx.move_on(self.publication.id, moved_to).await?;
        }
        if self.written.1.as_deref() != Some(guard.word()) {
            let happening = Happening::MovedOn { guard, to: *wake_at };
            tx.tell(self.post.workspace, &Notice::Happened { post: self.post.id, happening }, now).await?;
        }
        Ok(())
    }

    async fn room(&self, reader: &mut Reader, account: &Account) -> Result<Room, Failure> {
        let now = self.now();
        let usage = reader.usage(&account.open_id, now).await?;
        let promised = reader.promised(account.id, self.publication.id, now).await?;
        Ok(room(&self.flows.rules.guards, self.post.delivery, &usage, &promised, now))
    }

    async fn unless_free(&mut self, room: Room) -> Result<Option<Step>, Failure> {
        let (now, due_at) = (self.now(), self.publication.due_at);
        self.publication = match room {
            Room::Free => return Ok(None),
            // Nothing is uploaded ahead where there is no room yet; at its time it is decided like any other.
            Room::Soon | Room::Spent { .. } if due_at > now => self.publication.clone().postpone(due_at)?,
            Room::Soon => self.publication.clone().put_off(taken(), now + WAIT_FOR_ANOTHER, now)?,
            Room::Spent { guard, until } => {
                tracing::info!(publication.id = %self.publication.id, code = guard.word(),
                    "Publication {} is moved on to {until}", self.publication.id);
                self.publication.clone().move_on(until, spent(guard))?
            }
        };
        self.let_go().await.map(Some)
    }
}

fn taken() -> Setback {
    Setback {
        code: "last_place_taken".into(),
        said: say!("trouble-setback-last-place"),
        hint: say!("trouble-setback-room-hint"),
        whose: Whose::Operator,
        next: Next::Later { at_least_seconds: 0 },
    }
}

fn spent(guard: Guard) -> Setback {
    let said = match guard {
        Guard::Uploads => say!("trouble-setback-uploads-spent"),
        Guard::Posts => say!("trouble-setback-posts-spent"),
        Guard::Drafts => say!("trouble-setback-drafts-spent"),
        Guard::Submissions => say!("trouble-setback-submissions-spent"),
    };
    Setback {
        code: guard.word().into(),
        said,
        hint: say!("trouble-setback-room-hint"),
        whose: if guard == Guard::Drafts { Whose::TikTok } else { Whose::Operator },
        next: Next::Later { at_least_seconds: 0 },
    }
}
