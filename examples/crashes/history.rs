//! Holds what the local TikTok shows against what was approved, what the database says, and what people are told. Every
//! finding is a sentence.

use std::collections::BTreeMap;

use greenroom::domain::account::Delivery;
use greenroom::sandbox::tiktok::{Kind, Posted, Stage};

use crate::records::{Attempt, PostRow, Publication, Records};
use crate::team::{Given, Meant};

/// What came of everything.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) approved: usize,
    pub(crate) unapproved: usize,
    pub(crate) published: usize,
    /// Drafts that lie in their creator's inbox.
    pub(crate) drafts: usize,
    pub(crate) failed: usize,
    pub(crate) unclear: usize,
    pub(crate) held: usize,
    /// How many claims there were.
    pub(crate) claims: i64,
    /// How many tries there were, and how many of them passed the point of no return.
    pub(crate) attempts: usize,
    pub(crate) committed: usize,
    /// Posts that are out more than once.
    pub(crate) duplicates: usize,
    /// Posts that are called published and are not out, or that are nowhere at all.
    pub(crate) lost: usize,
    /// Posts that are out and were never approved.
    pub(crate) unapproved_out: usize,
    /// Everything that must not be, in words.
    pub(crate) wrong: Vec<String>,
}

/// By what a post is known there: its caption, or its bytes where a draft has none.
fn name_at_tiktok(posted: &Posted) -> &str {
    if posted.kind == Kind::VideoDraft { &posted.sha256 } else { &posted.caption }
}

/// What becomes of a publication in the end.
const ENDS: [&str; 5] = ["published", "in_inbox", "failed", "unclear", "held"];

impl Verdict {
    /// Judges every post.
    pub(crate) fn of(given: &[Given], tasks: &[Posted], records: &Records) -> Self {
        let mut verdict = Self::default();
        let mut out: BTreeMap<&str, Vec<&Posted>> = BTreeMap::new();
        for posted in tasks.iter().filter(|posted| matches!(posted.state, Stage::Published | Stage::InInbox)) {
            out.entry(name_at_tiktok(posted)).or_default().push(posted);
        }
        let nothing = PostRow::default();
        for one in given {
            let digest = hex::encode(one.sha256);
            let name = if one.delivery == Delivery::Draft { digest.as_str() } else { one.caption.as_str() };
            let found = out.remove(name).unwrap_or_default();
            let row = records.posts.get(&one.post.to_string()).unwrap_or(&nothing);
            if !found.is_empty() {
                verdict.is_what_was_approved(one, &found, row, records.approvals_needed);
            }
            verdict.trail(one, row);
            match one.meant {
                Meant::Approved => verdict.approved(one, &found, row, records),
                Meant::Either if row.stage == "approved" => verdict.approved(one, &found, row, records),
                Meant::Not | Meant::Either => verdict.unapproved(one, &found),
            }
        }
        for name in out.keys() {
            verdict.unapproved_out += 1;
            verdict.wrong.push(format!("`{name}` is out and nobody handed it in"));
        }
        verdict.attempts(records, tasks);
        verdict.leases(records);
        verdict
    }

    /// What is out has one approved revision, and it covers exactly these bytes, this caption, account and audience; and
    /// its last byte left when it was due, or later.
    fn is_what_was_approved(&mut self, one: &Given, found: &[&Posted], row: &PostRow, needed: usize) {
        let name = &one.caption;
        if found.iter().any(|posted| posted.sha256 != hex::encode(one.sha256)) {
            self.wrong.push(format!("`{name}` is out with other bytes than were approved"));
        }
        for posted in found {
            if posted.creator != one.account || posted.privacy != one.privacy {
                let (creator, privacy) = (&posted.creator, &posted.privacy);
                self.wrong.push(format!("`{name}` is out on `{creator}`, `{privacy}`: not what was approved"));
            }
            if let (Some(due), Some(at)) = (one.due, posted.committed_at)
                && at < due
            {
                self.wrong.push(format!("`{name}` was due at {due} and handed over at {at}"));
            }
        }
        let revision = one.revision.as_bytes().as_slice();
        if row.revision != revision || row.video_sha256 != one.sha256 {
            self.wrong.push(format!("`{name}` is out and its row is no longer what was handed in"));
        }
        if !row.revisions.iter().any(|seen| seen == revision) {
            self.wrong.push(format!("`{name}` is out in a revision that no reviewer was ever shown"));
        }
        let approvals = row.approvals.iter().filter(|approved| *approved == revision).count();
        if approvals < needed || row.approvals.len() != approvals || row.is_declined || row.stage != "approved" {
            self.wrong.push(format!("`{name}` is out with {approvals} approvals of {needed}, {}", row.stage));
        }
        if row.publications.iter().any(|line| line.state == "published" && line.revision != revision) {
            self.wrong.push(format!("`{name}` is out and its publication is of another revision"));
        }
    }

    fn unapproved(&mut self, one: &Given, found: &[&Posted]) {
        self.unapproved += 1;
        if !found.is_empty() {
            self.unapproved_out += 1;
            self.wrong.push(format!("`{}` is out and was not approved", one.caption));
        }
    }

    fn approved(&mut self, one: &Given, found: &[&Posted], row: &PostRow, records: &Records) {
        self.approved += 1;
        let name = &one.caption;
        if found.len() > 1 {
            self.duplicates += 1;
            self.wrong.push(format!("`{name}` is out {} times", found.len()));
        }
        let lines: Vec<&Publication> = row.publications.iter().filter(|line| line.state != "cancelled").collect();
        let [line] = lines.as_slice() else {
            self.lost += 1;
            self.wrong.push(format!("`{name}` has {} publications", lines.len()));
            return;
        };
        match (line.state.as_str(), found.len()) {
            (state @ ("published" | "in_inbox"), 0) => {
                self.lost += 1;
                self.wrong.push(format!("`{name}` is called {state} and is not out"));
            }
            ("published", _) if one.delivery == Delivery::Direct => self.published += 1,
            ("in_inbox", _) if one.delivery == Delivery::Draft => self.drafts += 1,
            ("failed", 0) => self.failed += 1,
            ("held", 0) => self.held += 1,
            (state @ ("failed" | "held"), _) => self.wrong.push(format!("`{name}` is called {state} and is out")),
            ("unclear", _) => self.unclear += 1,
            (state, _) => {
                self.lost += 1;
                self.wrong.push(format!("`{name}` is still {state} at the end"));
            }
        }
        // What an account's stop keeps back is told once for all of its posts.
        if line.state == "held" && row.told.is_empty() && records.stopped.contains(&line.account) {
            return;
        }
        let mine = row.told.iter().filter(|told| **told == line.state).count();
        if ENDS.contains(&line.state.as_str()) && (mine != 1 || row.told.len() != 1) {
            self.wrong.push(format!("`{name}` is {} and people are told {:?}", line.state, row.told));
        }
    }

    /// In the trail of a post the counts of claims only grow, and nothing follows its end.
    fn trail(&mut self, one: &Given, row: &PostRow) {
        let name = &one.caption;
        let (mut last, mut end) = (0, None);
        for (act, epoch) in &row.trail {
            if *epoch < last {
                self.wrong.push(format!("`{name}`: `{act}` under epoch {epoch} after epoch {last}"));
            }
            if let Some(end) = end {
                self.wrong.push(format!("`{name}`: `{act}` after `{end}`"));
            }
            last = *epoch;
            end = act.strip_prefix("publication.").filter(|state| ENDS.contains(state)).map(|_| act.as_str());
        }
        let now = row.publications.iter().map(|line| line.epoch).max().unwrap_or(0);
        if now < last {
            self.wrong.push(format!("`{name}`: epoch {now} at the end, and {last} in the trail"));
        }
        self.claims += row.publications.iter().map(|line| line.epoch).sum::<i64>();
    }

    /// Past the point of no return there is no second try, unless TikTok says that the one before failed.
    fn attempts(&mut self, records: &Records, tasks: &[Posted]) {
        let by_name: BTreeMap<&str, &Posted> = tasks.iter().map(|task| (task.publish_id.as_str(), task)).collect();
        let passed = |attempt: &&Attempt| matches!(attempt.stage.as_str(), "committing" | "delivered");
        for (publication, attempts) in &records.attempts {
            let committed: Vec<&Attempt> = attempts.iter().filter(passed).collect();
            self.attempts += attempts.len();
            self.committed += committed.len();
            for earlier in committed.iter().rev().skip(1) {
                let task = earlier.publish_id.as_deref().and_then(|name| by_name.get(name));
                if !task.is_some_and(|task| matches!(task.state, Stage::Failed { .. })) {
                    let state = task.map(|task| &task.state);
                    self.wrong.push(format!(
                        "publication {publication} was tried again past the point of no return; TikTok has the \
                         earlier try as {state:?}"
                    ));
                }
            }
            for other in attempts.iter().filter(|attempt| attempt.outcome.is_none()) {
                self.wrong.push(format!("publication {publication} has a try under way at the end: {}", other.stage));
            }
        }
    }

    fn leases(&mut self, records: &Records) {
        for line in records.posts.values().flat_map(|post| &post.publications) {
            if let Some(owner) = &line.owner {
                self.wrong.push(format!("publication {} is still held by `{owner}` at the end", line.id));
            }
        }
        if records.held_notices != 0 {
            self.wrong.push(format!("{} notices are still held at the end", records.held_notices));
        }
    }
}
