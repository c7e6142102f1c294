//! Troubles on demand.
//!
//! A stand-in asks [`Mischief`] about every call it gets; whoever arms a [`Fault`] says which call
//! goes wrong and how. Nothing here is random and nothing here waits for real time unless a fault names milliseconds:
//! a held call waits until it is released.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// One trouble, armed for some calls of one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The endpoint's name, or `any`; what names exist is the stand-in's to say.
    pub on: String,
    /// How many calls go well first.
    #[serde(default)]
    pub after: u32,
    /// How many calls go wrong then.
    #[serde(default = "once")]
    pub times: u32,
    /// What goes wrong.
    #[serde(flatten)]
    pub trouble: Trouble,
}

fn once() -> u32 {
    1
}

/// What can go wrong with a call, with what happens behind it, or with a delivery to the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The connection closes without an answer and nothing was done.
    LostBefore,
    /// Everything was done, and the connection closes without an answer.
    LostAfter,
    /// The call waits for a release, or at most so many milliseconds, before anything is done.
    Held {
        /// The longest wait; none means until released.
        #[serde(default)]
        millis: Option<u64>,
    },
    /// The call is carried out at once; its answer waits.
    HeldAnswer {
        /// The longest wait; none means until released.
        #[serde(default)]
        millis: Option<u64>,
    },
    /// A status of the 5xx kind; nothing was done.
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// The answer breaks off in the middle of its body; everything was done.
    ResetMidAnswer,
    /// The connection breaks after so many bytes of the request's body; nothing was done.
    ResetMidBody {
        /// How many bytes get through.
        after_bytes: u64,
    },
    /// A refusal with this code; nothing was done.
    ErrorCode {
        /// The code, as the documentation spells it.
        code: String,
        /// The HTTP status; none means the documented one.
        #[serde(default)]
        status: Option<u16>,
        /// The text beside the code.
        #[serde(default)]
        message: Option<String>,
    },
    /// The upload address this call uses has just expired.
    ExpireUpload,
    /// The token this call carries has just been revoked.
    RevokeToken,
    /// What the call began never finishes processing.
    Stuck,
    /// What the call began fails in processing.
    Fail {
        /// The reason, as the documentation spells it.
        reason: String,
    },
    /// The delivery arrives twice.
    Duplicate,
    /// The delivery arrives after the next one.
    Reordered,
    /// The delivery is signed with another secret.
    BadSignature,
}

impl Fault {
    /// A trouble for the next call of an endpoint.
    #[must_use]
    pub fn next(on: &str, trouble: Trouble) -> Self {
        Self { on: on.to_owned(), after: 0, times: 1, trouble }
    }

    /// The same trouble for so many calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// The same trouble after so many calls that go well.
    #[must_use]
    pub fn after(self, after: u32) -> Self {
        Self { after, ..self }
    }
}

/// The armed faults of one stand-in, and the gate its held calls wait at.
#[derive(Debug)]
pub struct Mischief {
    armed: Mutex<Vec<Fault>>,
    gate: watch::Sender<Gate>,
    held: watch::Sender<usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Gate {
    released: u64,
    open_for_good: bool,
}

impl Default for Mischief {
    fn default() -> Self {
        Self { armed: Mutex::default(), gate: watch::Sender::new(Gate::default()), held: watch::Sender::new(0) }
    }
}

impl Mischief {
    fn list(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Arms a fault.
    pub fn arm(&self, fault: Fault) {
        self.list().push(fault);
    }

    /// Forgets every fault and releases what is held.
    pub fn clear(&self) {
        self.list().clear();
        self.release();
    }

    /// The faults that have calls left.
    pub fn armed(&self) -> Vec<Fault> {
        self.list().clone()
    }

    /// Counts a call of an endpoint and says what goes wrong with it, the fault armed first having the word.
    pub fn strike(&self, on: &str) -> Option<Trouble> {
        self.strike_among(on, on != "processing" && on != "webhook")
    }

    fn strike_among(&self, on: &str, any_counts: bool) -> Option<Trouble> {
        let mut list = self.list();
        let mut struck = None;
        for fault in list.iter_mut().filter(|fault| fault.on == on || (any_counts && fault.on == "any")) {
            if fault.after > 0 {
                fault.after -= 1;
            } else if struck.is_none() && fault.times > 0 {
                fault.times -= 1;
                struck = Some(fault.trouble.clone());
            }
        }
        list.retain(|fault| fault.times > 0);
        struck
    }

    /// Lets every call go that is held now.
    pub fn release(&self) {
        self.gate.send_modify(|gate| gate.released += 1);
    }

    /// Holds nothing any more, now or later.
    pub fn retire(&self) {
        self.gate.send_modify(|gate| gate.open_for_good = true);
    }

    /// Waits until a call is held.
    pub async fn until_held(&self) {
        self.until_so_many_held(1).await;
    }

    /// Waits until so many calls are held at the same time.
    pub async fn until_so_many_held(&self, wanted: usize) {
        let mut held = self.held.subscribe();
        // The sender lives in `self`, so the wait cannot end early.
        let _ = held.wait_for(|count| *count >= wanted).await;
    }

    /// Waits until no call is held.
    pub async fn until_none_held(&self) {
        let mut held = self.held.subscribe();
        // As above.
        let _ = held.wait_for(|count| *count == 0).await;
    }

    /// Waits at the gate.
    pub(super) async fn hold(&self, millis: Option<u64>) {
        let mut gate = self.gate.subscribe();
        let before = gate.borrow().released;
        let _held = Held::new(&self.held);
        let opened = gate.wait_for(|gate| gate.open_for_good || gate.released > before);
        match millis {
            Some(millis) => drop(tokio::time::timeout(Duration::from_millis(millis), opened).await),
            None => drop(opened.await),
        }
    }
}

/// Counts a held call for as long as it waits, also when its client hangs up.
struct Held<'a>(&'a watch::Sender<usize>);

impl<'a> Held<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Mischief, Trouble};

    #[test]
    fn a_fault_strikes_the_calls_it_was_armed_for_and_no_other() {
        let mischief = Mischief::default();
        mischief.arm(Fault::next("status", Trouble::ServerError { status: 503 }).after(1).times(2));
        let struck: Vec<bool> = (0..4).map(|_| mischief.strike("status").is_some()).collect();
        assert_eq!(struck, [false, true, true, false]);
        assert_eq!(mischief.strike("upload"), None);
        assert!(mischief.armed().is_empty());
    }

    #[test]
    fn a_fault_reads_from_json() {
        let fault: Fault =
            serde_json::from_str(r#"{"on":"upload","trouble":"reset_mid_body","after_bytes":7}"#).unwrap();
        assert_eq!(fault, Fault::next("upload", Trouble::ResetMidBody { after_bytes: 7 }));
    }
}
