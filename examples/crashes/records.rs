//! Everything the database says afterwards about what was done, read past the program's own code.

use std::collections::{BTreeMap, BTreeSet};

use greenroom::domain::notice::{Happening, Notice};
use serde_json::Value;

use crate::rows::{Rows, ask};

const PUBLICATIONS: &str = "SELECT id, post, account, state, epoch, owner, revision FROM publications";
const POSTS: &str = "SELECT id, stage, revision, video_sha256, thread_id FROM posts";
const VERDICTS: &str = "SELECT post, revision, word, CAST(void AS INTEGER) FROM verdicts";
const REVISIONS: &str = "SELECT post, revision FROM revisions";
const ATTEMPTS: &str =
    "SELECT publication, stage, publish_id, outcome FROM attempts ORDER BY publication, started_at, id";
const HAPPENED: &str = "SELECT payload, state FROM notices WHERE kind IN ('happened', 'stopped')";
const AUDIT: &str = "SELECT post, act, detail FROM audit WHERE act LIKE 'publication.%' ORDER BY workspace, seq";
const HELD_NOTICES: &str = "SELECT COUNT(*) FROM notices WHERE owner IS NOT NULL";
const APPROVALS: &str = "SELECT CAST(MAX(approvals) AS BIGINT) FROM workspaces";

/// A publication as it is written down.
#[derive(Debug)]
pub(crate) struct Publication {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) state: String,
    pub(crate) epoch: i64,
    pub(crate) owner: Option<String>,
    pub(crate) revision: Vec<u8>,
}

/// A post as it is written down.
#[derive(Debug, Default)]
pub(crate) struct PostRow {
    pub(crate) stage: String,
    pub(crate) revision: Vec<u8>,
    pub(crate) video_sha256: Vec<u8>,
    pub(crate) thread: Option<String>,
    /// Every revision that was ever put before the reviewers.
    pub(crate) revisions: Vec<Vec<u8>>,
    /// The revision of every approval that counts.
    pub(crate) approvals: Vec<Vec<u8>>,
    /// Somebody declined it, and that counts.
    pub(crate) is_declined: bool,
    pub(crate) publications: Vec<Publication>,
    /// What people are told became of it.
    pub(crate) told: Vec<&'static str>,
    /// What the audit trail says the program did with it, in order: the act and the count of the claim.
    pub(crate) trail: Vec<(String, i64)>,
}

/// One try: how far it came, what TikTok calls it, what became of it.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) stage: String,
    pub(crate) publish_id: Option<String>,
    pub(crate) outcome: Option<String>,
}

/// Everything about every team of a run.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) posts: BTreeMap<String, PostRow>,
    pub(crate) attempts: BTreeMap<String, Vec<Attempt>>,
    /// The accounts of which people were told that nothing goes out to them for now.
    pub(crate) stopped: BTreeSet<String>,
    pub(crate) held_notices: i64,
    pub(crate) approvals_needed: usize,
}

impl Records {
    /// Reads everything.
    pub(crate) async fn read(rows: &Rows) -> anyhow::Result<Self> {
        let mut records = Self {
            held_notices: ask!(rows, sqlx::query_scalar(HELD_NOTICES) => fetch_one),
            approvals_needed: usize::try_from(ask!(rows, sqlx::query_scalar::<_, i64>(APPROVALS) => fetch_one))?,
            ..Self::default()
        };
        records.posts(rows).await?;
        records.reviews(rows).await?;
        records.doings(rows).await?;
        Ok(records)
    }

    async fn posts(&mut self, rows: &Rows) -> anyhow::Result<()> {
        type Post = (String, String, Vec<u8>, Vec<u8>, Option<String>);
        let posts: Vec<Post> = ask!(rows, sqlx::query_as(POSTS) => fetch_all);
        for (id, stage, revision, video_sha256, thread) in posts {
            self.posts.insert(id, PostRow { stage, revision, video_sha256, thread, ..PostRow::default() });
        }
        type Line = (String, String, String, String, i64, Option<String>, Vec<u8>);
        let lines: Vec<Line> = ask!(rows, sqlx::query_as(PUBLICATIONS) => fetch_all);
        for (id, post, account, state, epoch, owner, revision) in lines {
            let line = Publication { id, account, state, epoch, owner, revision };
            self.posts.entry(post).or_default().publications.push(line);
        }
        Ok(())
    }

    async fn reviews(&mut self, rows: &Rows) -> anyhow::Result<()> {
        let verdicts: Vec<(String, Vec<u8>, String, i32)> = ask!(rows, sqlx::query_as(VERDICTS) => fetch_all);
        for (post, revision, word, void) in verdicts {
            if void != 0 {
                continue;
            }
            let post = self.posts.entry(post).or_default();
            if word.contains("approve") {
                post.approvals.push(revision);
            } else {
                post.is_declined = true;
            }
        }
        let revisions: Vec<(String, Vec<u8>)> = ask!(rows, sqlx::query_as(REVISIONS) => fetch_all);
        for (post, revision) in revisions {
            self.posts.entry(post).or_default().revisions.push(revision);
        }
        Ok(())
    }

    async fn doings(&mut self, rows: &Rows) -> anyhow::Result<()> {
        let attempts: Vec<(String, String, Option<String>, Option<String>)> =
            ask!(rows, sqlx::query_as(ATTEMPTS) => fetch_all);
        for (publication, stage, publish_id, outcome) in attempts {
            self.attempts.entry(publication).or_default().push(Attempt { stage, publish_id, outcome });
        }
        let notices: Vec<(String, String)> = ask!(rows, sqlx::query_as(HAPPENED) => fetch_all);
        for (payload, state) in notices {
            match serde_json::from_str(&payload)? {
                Notice::Happened { post, happening } if state != "given_up" => {
                    self.posts.entry(post.to_string()).or_default().told.extend(end_of(&happening));
                }
                Notice::Stopped { account: Some(account) } => {
                    self.stopped.insert(account.to_string());
                }
                _ => {}
            }
        }
        let trail: Vec<(Option<String>, String, String)> = ask!(rows, sqlx::query_as(AUDIT) => fetch_all);
        for (post, act, detail) in trail {
            let detail: Value = serde_json::from_str(&detail)?;
            let epoch = detail["epoch"].as_i64().unwrap_or(0);
            self.posts.entry(post.unwrap_or_default()).or_default().trail.push((act, epoch));
        }
        Ok(())
    }
}

/// The state of a publication that a notice tells of.
fn end_of(happening: &Happening) -> Option<&'static str> {
    match happening {
        Happening::Published => Some("published"),
        Happening::InInbox => Some("in_inbox"),
        Happening::Failed => Some("failed"),
        Happening::Unclear => Some("unclear"),
        Happening::Held => Some("held"),
        Happening::Approved { .. }
        | Happening::TookBack { .. }
        | Happening::TookBackNo { .. }
        | Happening::AsksWhy { .. }
        | Happening::Explained { .. }
        | Happening::Recalled { .. }
        | Happening::Declined { .. }
        | Happening::ChangesAsked { .. }
        | Happening::Edited { .. }
        | Happening::Moved { .. }
        | Happening::Withdrawn { .. }
        | Happening::Lapsed
        | Happening::Paused
        | Happening::Released { .. }
        | Happening::Retried { .. }
        | Happening::MovedOn { .. }
        | Happening::Vouched { .. } => None,
    }
}
