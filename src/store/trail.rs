//! The audit trail from the outside: is it what was written, and if not, what was done to it?
//!
//! What gives it away: each entry's hash covers what it says, its number and the hash of the one before it; the workspace
//! keeps the number and hash of the last, and of the last that was forgotten because of its age. So a changed entry no longer has its own hash, one taken out leaves a gap or an
//! end that comes too early, and one put in or moved does not continue the one before it. Whoever can write everything,
//! workspace included, can make up a whole new trail: only a head that was noted elsewhere shows that.

use std::fmt;

use super::audit::{Entry, GENESIS, anchor};
use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Error, Result};
use crate::domain::ids::WorkspaceId;

/// How often a trail is gone through whose oldest entries are being forgotten meanwhile, each time at most some hundreds.
const MOST_WALKS: u32 = 20;

/// How many entries are in memory at once.
const PAGE: u32 = 500;

/// How many changed entries are compared with each other, to tell those that only changed places.
const MOST_MOVED: usize = 200;

statements! { "audit";
    HEAD_OF = "SELECT audit_seq, audit_head, audit_forgotten, audit_anchor FROM workspaces WHERE id = $1";
    WALK = "SELECT workspace, seq, at, actor, act, post, detail, prev_hash, hash FROM audit \
            WHERE workspace = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4";
    // One statement, so that an entry that is being added is in both halves or in neither.
    BEYOND = "SELECT a.seq FROM audit a JOIN workspaces w ON w.id = a.workspace \
              WHERE a.workspace = $1 AND (a.seq > w.audit_seq OR a.seq <= w.audit_forgotten) ORDER BY a.seq";
}

/// The last entry of a trail: how many there were and the hash that stands for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailHead {
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// Something that was done to a trail. Entries are named by their numbers, counted from one in each workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrailFlaw {
    /// An entry does not say what was written.
    Changed(i64),
    /// An entry stands under this number that was written under another.
    Moved {
        /// Where it stands.
        at: i64,
        /// Where it was written.
        from: i64,
    },
    /// Entries were taken out.
    Removed {
        /// The first of them.
        first: i64,
        /// The last of them.
        last: i64,
    },
    /// Entries were taken from the end.
    CutShort {
        /// The first of them.
        first: i64,
        /// The last of them.
        last: i64,
    },
    /// An entry does not continue the one before it: one of the two was replaced, or put in.
    Torn(i64),
    /// An entry was put in that the workspace knows nothing of.
    Added(i64),
    /// The last entry is not the one the workspace knows.
    OtherEnd(i64),
    /// The trail does not lead to the head that was noted earlier.
    NotAsNoted(i64),
}

impl fmt::Display for TrailFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Changed(seq) => write!(f, "entry {seq} was changed"),
            Self::Moved { at, from } => write!(f, "entry {at} was moved: it was written as entry {from}"),
            Self::Removed { first, last } if first == last => write!(f, "entry {first} was removed"),
            Self::Removed { first, last } => write!(f, "entries {first} to {last} were removed"),
            Self::CutShort { first, last } if first == last => write!(f, "the last entry, {first}, was removed"),
            Self::CutShort { first, last } => write!(f, "the last entries, {first} to {last}, were removed"),
            Self::Torn(seq) => {
                write!(f, "entry {seq} does not continue the one before it: one of them was replaced or put in")
            }
            Self::Added(seq) => write!(f, "entry {seq} was put in from outside"),
            Self::OtherEnd(seq) => write!(f, "the end, entry {seq}, is not the one the workspace remembers"),
            Self::NotAsNoted(seq) => write!(f, "entry {seq} is not the one that was noted earlier"),
        }
    }
}

/// What going through a trail came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailCheck {
    /// The last entry as the workspace remembers it.
    pub head: TrailHead,
    /// How many entries were read.
    pub read: u64,
    /// What was done to it.
    pub flaws: Vec<TrailFlaw>,
}

impl Reader {
    /// Goes through a workspace's trail, up to the entry that was the last when it began. What was `noted` earlier must
    /// still be on the way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_trail(&mut self, workspace: WorkspaceId, noted: Option<TrailHead>) -> Result<TrailCheck> {
        let mut forgotten = self.forgotten_up_to(workspace).await?;
        let mut check = self.walk_trail(workspace, noted).await?;
        for _ in 1..MOST_WALKS {
            // Entries that were forgotten on the way look as if somebody had taken them out.
            let now = self.forgotten_up_to(workspace).await?;
            if check.flaws.is_empty() || now == forgotten {
                break;
            }
            forgotten = now;
            check = self.walk_trail(workspace, noted).await?;
        }
        Ok(check)
    }

    async fn forgotten_up_to(&mut self, workspace: WorkspaceId) -> Result<i64> {
        self.row(HEAD_OF, values![workspace]).await?.map_or(Ok(0), |row| Ok(anchor(&row)?.0))
    }

    async fn walk_trail(&mut self, workspace: WorkspaceId, noted: Option<TrailHead>) -> Result<TrailCheck> {
        let (mut head, mut before) = (TrailHead { seq: 0, hash: GENESIS }, TrailHead { seq: 0, hash: GENESIS });
        if let Some(row) = self.row(HEAD_OF, values![workspace]).await? {
            head = TrailHead { seq: row.get("audit_seq")?, hash: row.fingerprint("audit_head")? };
            // What is older was forgotten; the kept entries continue the last of those.
            let (seq, hash) = anchor(&row)?;
            before = TrailHead { seq, hash };
        }
        let mut walk = Walk { before, noted, ..Walk::default() };
        loop {
            let rows = self.rows(WALK, values![workspace, walk.before.seq, head.seq, PAGE]).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                walk.passes(row)?;
            }
        }
        for row in self.rows(BEYOND, values![workspace]).await? {
            walk.flaws.push(TrailFlaw::Added(row.get("seq")?));
        }
        Ok(walk.ends(head))
    }
}

struct Walk {
    before: TrailHead,
    /// Whether the next entry can be held against the one before it.
    follows: bool,
    noted: Option<TrailHead>,
    read: u64,
    flaws: Vec<TrailFlaw>,
    changed: Vec<(Entry, [u8; 32])>,
}

impl Default for Walk {
    fn default() -> Self {
        let before = TrailHead { seq: 0, hash: GENESIS };
        Self { before, follows: true, noted: None, read: 0, flaws: Vec::new(), changed: Vec::new() }
    }
}

impl Walk {
    fn passes(&mut self, row: &Row) -> Result<()> {
        let seq: i64 = row.get("seq")?;
        self.read += 1;
        if seq > self.before.seq + 1 {
            self.flaws.push(TrailFlaw::Removed { first: self.before.seq + 1, last: seq - 1 });
            self.follows = false;
        }
        let (entry, hash) = match (Entry::read(row), row.fingerprint("hash")) {
            (Ok(entry), Ok(hash)) => (entry, hash),
            (Err(Error::Inconsistent { .. }), _) | (_, Err(Error::Inconsistent { .. })) => {
                self.flaws.push(TrailFlaw::Changed(seq));
                (self.before.seq, self.follows) = (seq, false);
                return Ok(());
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let is_itself = entry.hash() == hash;
        if !is_itself {
            if self.changed.len() < MOST_MOVED {
                self.changed.push((entry, hash));
            }
            self.flaws.push(TrailFlaw::Changed(seq));
        } else if self.follows && entry.prev_hash != self.before.hash {
            self.flaws.push(TrailFlaw::Torn(seq));
        }
        if let Some(noted) = self.noted
            && noted.seq == seq
            && noted.hash != hash
        {
            self.flaws.push(TrailFlaw::NotAsNoted(seq));
        }
        // What comes after an entry that is not itself cannot be held against it.
        (self.before, self.follows) = (TrailHead { seq, hash }, is_itself);
        Ok(())
    }

    fn ends(mut self, head: TrailHead) -> TrailCheck {
        if self.before.seq < head.seq {
            self.flaws.push(TrailFlaw::CutShort { first: self.before.seq + 1, last: head.seq });
        } else if self.follows && self.before.hash != head.hash {
            self.flaws.push(TrailFlaw::OtherEnd(head.seq));
        }
        if let Some(noted) = self.noted
            && noted.seq > head.seq
        {
            self.flaws.push(TrailFlaw::CutShort { first: head.seq + 1, last: noted.seq });
        }
        self.tells_moved();
        TrailCheck { head, read: self.read, flaws: self.flaws }
    }

    /// Of the changed entries, those that say what was written, only under another number.
    fn tells_moved(&mut self) {
        let numbers: Vec<i64> = self.changed.iter().map(|(entry, _)| entry.seq).collect();
        for (entry, hash) in &mut self.changed {
            let at = entry.seq;
            let from = numbers.iter().copied().filter(|from| *from != at).find(|from| {
                entry.seq = *from;
                entry.hash() == *hash
            });
            if let Some(from) = from {
                let moved = TrailFlaw::Moved { at, from };
                self.flaws.iter_mut().filter(|flaw| **flaw == TrailFlaw::Changed(at)).for_each(|flaw| *flaw = moved);
            }
        }
    }
}
