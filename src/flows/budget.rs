//! Staying under TikTok's limits before TikTok has to say so, for each account and each class of calls.
//!
//! The calls of the last minute are in the database, so the limits hold across restarts and processes. Hundreds may want
//! a call in the same second: whoever gets the turn takes every wish that waits into one transaction and answers all.
//! An account's row is locked meanwhile, always in the same order, so that processes queue up and never wait in a ring.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::Failure;
use crate::domain::clock::SharedClock;
use crate::store::{self, Store};
use crate::tiktok::budget::{Class, pause};
use crate::tiktok::trouble::Trouble;

/// What becomes of a wish: it was granted, or how long to wait, or the store is broken.
type Answer = Result<Result<(), Duration>, Arc<store::Error>>;

/// The calls each account still has. Clones share the queue, processes the database.
#[derive(Debug, Clone)]
pub struct Budget {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: SharedClock,
    requests_per_minute: u32,
    waiting: Mutex<Vec<Wish>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Wish {
    open_id: String,
    class: Class,
    answer: oneshot::Sender<Answer>,
}

impl Budget {
    /// The budgets that are kept in this store; `requests_per_minute` is for all classes of an account together.
    #[must_use]
    pub fn new(store: Store, clock: SharedClock, requests_per_minute: u32) -> Self {
        let (waiting, turn) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { inner: Arc::new(Inner { store, clock, requests_per_minute, waiting, turn }) }
    }

    /// Takes one call of this class, or gives back the trouble that says when there will be one; nothing was taken then.
    ///
    /// # Errors
    /// When the store cannot be reached; then nothing was taken either.
    pub async fn take(&self, open_id: &str, class: Class) -> Result<Result<(), Trouble>, Failure> {
        Ok(self.ask(open_id, class).await?.map_err(Trouble::paced))
    }

    /// Takes one call of this class, waiting for it if that is a matter of `patience`. For reads a person waits for.
    ///
    /// # Errors
    /// The wait would be longer, or the store cannot be reached; nothing was taken.
    pub async fn take_within(&self, open_id: &str, class: Class, patience: Duration) -> Result<(), Failure> {
        match self.ask(open_id, class).await? {
            Err(wait) if wait <= patience => {
                pause(wait).await;
                Ok(self.take(open_id, class).await??)
            }
            answered => Ok(answered.map_err(Trouble::paced)?),
        }
    }

    async fn ask(&self, open_id: &str, class: Class) -> Result<Result<(), Duration>, Failure> {
        loop {
            let (answer, answered) = oneshot::channel();
            self.inner.wishes().push(Wish { open_id: open_id.to_owned(), class, answer });
            match self.wait_for(answered).await {
                Some(Ok(answer)) => return Ok(answer),
                Some(Err(error)) => {
                    let error = anyhow::Error::new(error).context("the calls to TikTok cannot be counted");
                    return Err(Failure::Broken(error));
                }
                // Whoever had taken the wish along was stopped half way: it is wished again.
                None => {}
            }
        }
    }

    /// Waits for the turn and sees to every wish, unless somebody before has seen to this one.
    async fn wait_for(&self, mut answered: oneshot::Receiver<Answer>) -> Option<Answer> {
        let turn = self.inner.turn.lock().await;
        match answered.try_recv() {
            Ok(answer) => return Some(answer),
            Err(oneshot::error::TryRecvError::Closed) => return None,
            Err(oneshot::error::TryRecvError::Empty) => {}
        }
        let wishes = mem::take(&mut *self.inner.wishes());
        self.inner.see_to(wishes).await;
        drop(turn);
        answered.try_recv().ok()
    }
}

impl Inner {
    fn wishes(&self) -> std::sync::MutexGuard<'_, Vec<Wish>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn see_to(&self, wishes: Vec<Wish>) {
        match self.grant(&wishes).await {
            Ok(answers) => {
                for (wish, answer) in wishes.into_iter().zip(answers) {
                    // Who no longer waits has lost a call, which harms nobody.
                    let _ = wish.answer.send(Ok(answer));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for wish in wishes {
                    let _ = wish.answer.send(Err(Arc::clone(&error)));
                }
            }
        }
    }

    /// Grants as much as there is, in one transaction: an answer for each wish, in their order.
    async fn grant(&self, wishes: &[Wish]) -> store::Result<Vec<Result<(), Duration>>> {
        let mut accounts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            accounts.entry(&wish.open_id).or_default().push(index);
        }
        let mut answers = vec![Ok(()); wishes.len()];
        let mut is_changed = false;
        let mut tx = self.store.begin().await?;
        for (open_id, indexes) in accounts {
            let mut calls = tx.hold_budget(open_id).await?;
            // Only now: while waiting for the lock, time went on.
            let now = self.clock.now();
            let mut is_new = calls.settle(now);
            for index in indexes {
                let class = wishes[index].class;
                let taken = calls.take(class.word(), class.per_minute(), self.requests_per_minute, now);
                is_new |= taken.is_ok();
                answers[index] = taken.map_err(|wait| wait.to_std().unwrap_or_default());
            }
            if is_new {
                tx.keep_calls(open_id, &calls).await?;
                is_changed = true;
            }
        }
        if is_changed {
            tx.commit().await?;
        }
        Ok(answers)
    }
}
