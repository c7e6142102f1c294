//! How many uploads go on at once, and who is next.
//!
//! A place is a share of the line to TikTok. Who waits for one waits in memory, holding its claim: a process that dies
//! leaves nothing behind but leases that end. The workspaces take turns, so a team with a hundred videos to send does not
//! keep a team with one waiting; within an account the order of the due times holds across processes, and that is a
//! question to the database. Here only the news travels that an account's line has moved.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, oneshot};

use crate::domain::ids::{AccountId, WorkspaceId};

/// The places of one process. Clones share them.
#[derive(Clone)]
pub struct Places {
    waiting: Arc<Mutex<Waiting>>,
    lanes: Arc<Mutex<HashMap<AccountId, Arc<Notify>>>>,
}

#[derive(Default)]
struct Waiting {
    free: usize,
    /// Whose turn it is, each workspace that waits once.
    turns: VecDeque<WorkspaceId>,
    queues: HashMap<WorkspaceId, VecDeque<oneshot::Sender<Place>>>,
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = lock(&self.waiting);
        f.debug_struct("Places").field("free", &waiting.free).field("waiting", &waiting.turns.len()).finish()
    }
}

/// A share of the line; given back when dropped.
pub struct Place {
    waiting: Option<Arc<Mutex<Waiting>>>,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place")
    }
}

impl Places {
    /// So many.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { waiting: Arc::new(Mutex::new(Waiting { free: count, ..Waiting::default() })), lanes: Arc::default() }
    }

    /// Waits for a place.
    pub async fn take(&self, workspace: WorkspaceId) -> Place {
        let place = || Place { waiting: Some(Arc::clone(&self.waiting)) };
        let given = {
            let mut waiting = lock(&self.waiting);
            if waiting.free > 0 {
                waiting.free -= 1;
                return place();
            }
            let (give, given) = oneshot::channel();
            let queue = waiting.queues.entry(workspace).or_default();
            queue.push_back(give);
            if queue.len() == 1 {
                waiting.turns.push_back(workspace);
            }
            given
        };
        // The sender lies in the queue until it gives, so there is always an answer.
        given.await.unwrap_or_else(|_| place())
    }

    /// Where the news arrives that the line of an account has moved.
    #[must_use]
    pub fn lane(&self, account: AccountId) -> Arc<Notify> {
        Arc::clone(self.lanes.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_default())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(waiting) = self.waiting.take() else { return };
        loop {
            let Some(next) = lock(&waiting).next() else { return };
            let place = Self { waiting: Some(Arc::clone(&waiting)) };
            match next.send(place) {
                Ok(()) => return,
                // Nobody waits there any more; the place must not give itself back while it is being given.
                Err(mut refused) => drop(refused.waiting.take()),
            }
        }
    }
}

impl Waiting {
    /// Who gets the place that became free; when nobody waits, it stays free.
    fn next(&mut self) -> Option<oneshot::Sender<Place>> {
        while let Some(workspace) = self.turns.pop_front() {
            let Some(queue) = self.queues.get_mut(&workspace) else { continue };
            let next = queue.pop_front();
            if queue.is_empty() {
                self.queues.remove(&workspace);
            } else {
                self.turns.push_back(workspace);
            }
            if next.is_some() {
                return next;
            }
        }
        self.free += 1;
        None
    }
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARBOUR: WorkspaceId = WorkspaceId(1);
    const CAFE: WorkspaceId = WorkspaceId(2);

    fn is_ready(waiter: &mut std::pin::Pin<Box<impl Future<Output = Place>>>) -> Option<Place> {
        futures_util::FutureExt::now_or_never(waiter.as_mut())
    }

    #[test]
    fn the_workspaces_take_turns() {
        let places = Places::new(1);
        let first = is_ready(&mut Box::pin(places.take(HARBOUR))).unwrap();
        let mut harbour: Vec<_> = (0..3).map(|_| Box::pin(places.take(HARBOUR))).collect();
        for waiter in &mut harbour {
            assert!(is_ready(waiter).is_none());
        }
        let mut cafe = Box::pin(places.take(CAFE));
        assert!(is_ready(&mut cafe).is_none());

        drop(first);
        let second = is_ready(&mut harbour[0]).unwrap();
        assert!(is_ready(&mut cafe).is_none());
        drop(second);
        assert!(is_ready(&mut harbour[1]).is_none(), "it is the other one's turn");
        drop(is_ready(&mut cafe).unwrap());
        drop(is_ready(&mut harbour[1]).unwrap());
    }

    #[test]
    fn whoever_stops_waiting_leaves_the_place_to_the_next() {
        let places = Places::new(1);
        let held = is_ready(&mut Box::pin(places.take(HARBOUR))).unwrap();
        let mut gone = Box::pin(places.take(HARBOUR));
        let mut given_and_gone = Box::pin(places.take(HARBOUR));
        let mut stays = Box::pin(places.take(CAFE));
        for waiter in [&mut gone, &mut given_and_gone] {
            assert!(is_ready(waiter).is_none());
        }
        assert!(is_ready(&mut stays).is_none());
        drop(gone);
        drop(held);
        // The place is on its way to one that never looks at it.
        drop(given_and_gone);
        let place = is_ready(&mut stays).unwrap();
        drop(place);
        assert!(is_ready(&mut Box::pin(places.take(CAFE))).is_some(), "no place was lost");
    }
}
