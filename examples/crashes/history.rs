//! Holds what the local TikTok shows against what was approved and what people are told.

use std::collections::BTreeMap;

use greenroom::sandbox::tiktok::{Posted, Stage};

use crate::rows::Line;
use crate::team::{Given, Meant};

/// What came of everything.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) approved: usize,
    pub(crate) unapproved: usize,
    pub(crate) published: usize,
    pub(crate) failed: usize,
    pub(crate) unclear: usize,
    /// Posts that are out more than once.
    pub(crate) duplicates: usize,
    /// Posts that are called published and are not out, or that are nowhere at all.
    pub(crate) lost: usize,
    /// Posts that are out and were never approved.
    pub(crate) unapproved_out: usize,
    /// Everything that must not be, in words.
    pub(crate) wrong: Vec<String>,
}

type Told = BTreeMap<(String, &'static str), usize>;

impl Verdict {
    /// Judges every post.
    pub(crate) fn of(given: &[Given], ledger: &[Posted], lines: &[Line], told: &Told) -> Self {
        let mut verdict = Self::default();
        let mut out: BTreeMap<&str, Vec<&Posted>> = BTreeMap::new();
        for posted in ledger.iter().filter(|posted| posted.state == Stage::Published) {
            out.entry(posted.caption.as_str()).or_default().push(posted);
        }
        for one in given {
            let found = out.remove(one.caption.as_str()).unwrap_or_default();
            let post = one.post.to_string();
            let line = lines.iter().find(|line| line.post == post && line.state != "cancelled");
            match one.meant {
                Meant::Approved => verdict.approved(one, &found, line, told),
                Meant::Not => verdict.unapproved(one, &found),
            }
        }
        for caption in out.keys() {
            verdict.unapproved_out += 1;
            verdict.wrong.push(format!("`{caption}` is out and nobody handed it in"));
        }
        verdict
    }

    fn unapproved(&mut self, one: &Given, found: &[&Posted]) {
        self.unapproved += 1;
        if !found.is_empty() {
            self.unapproved_out += 1;
            self.wrong.push(format!("`{}` is out and was not approved", one.caption));
        }
    }

    fn approved(&mut self, one: &Given, found: &[&Posted], line: Option<&Line>, told: &Told) {
        self.approved += 1;
        let name = &one.caption;
        if found.len() > 1 {
            self.duplicates += 1;
            self.wrong.push(format!("`{name}` is out {} times", found.len()));
        }
        if found.iter().any(|posted| posted.sha256 != one.sha256) {
            self.wrong.push(format!("`{name}` is out with other bytes than were approved"));
        }
        let Some(line) = line else {
            self.lost += 1;
            self.wrong.push(format!("`{name}` has no publication"));
            return;
        };
        match (line.state.as_str(), found.len()) {
            ("published", 0) => {
                self.lost += 1;
                self.wrong.push(format!("`{name}` is called published and is not out"));
            }
            ("published", _) => self.published += 1,
            ("failed", 0) => self.failed += 1,
            ("failed", _) => self.wrong.push(format!("`{name}` is called failed and is out")),
            ("unclear", _) => self.unclear += 1,
            (state, _) => {
                self.lost += 1;
                self.wrong.push(format!("`{name}` is still {state} at the end"));
            }
        }
        if line.is_over() {
            let ends = ["published", "failed", "unclear"].into_iter();
            let count: usize =
                ends.filter(|end| *end == line.state).filter_map(|end| told.get(&(line.post.clone(), end))).sum();
            if count != 1 {
                self.wrong.push(format!("people are told {count} times that `{name}` is {}", line.state));
            }
        }
    }
}
