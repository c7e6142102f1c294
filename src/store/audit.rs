//! Who did what, in an order that cannot be changed unnoticed: each entry is hashed together with the hash of the one
//! before it, and the workspace keeps the last. Appending changes the workspace's row, so entries queue up there.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::link::{Reader, statements};
use super::rows::{Row, json, named, values};
use super::{Error, Result, Tx};
use crate::domain::ids::{PostId, WorkspaceId};
use crate::domain::workspace::Actor;

/// What stands for the hash before the first entry.
pub(super) const GENESIS: [u8; 32] = [0; 32];

statements! { "audit";
    LOCK = "UPDATE workspaces SET audit_seq = audit_seq + 1 WHERE id = $1 RETURNING id, audit_seq, audit_head";
    HEAD = "UPDATE workspaces SET audit_head = $2 WHERE id = $1";
    // On PostgreSQL every word to the server is time others of the workspace wait, so one statement does both.
    APPEND = "INSERT INTO audit (workspace, seq, at, actor, act, post, detail, prev_hash, hash) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        postgres: "WITH head AS (UPDATE workspaces SET audit_head = $9 WHERE id = $1) \
                   INSERT INTO audit (workspace, seq, at, actor, act, post, detail, prev_hash, hash) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_WORKSPACE = "SELECT workspace, seq, at, actor, act, post, detail, prev_hash, hash FROM audit \
                    WHERE workspace = $1 ORDER BY seq";
    OF_POST = "SELECT workspace, seq, at, actor, act, post, detail, prev_hash, hash FROM audit \
               WHERE workspace = $1 AND post = $2 ORDER BY seq";
    // One statement, so that an entry that is being added is in both halves or in neither.
    WITH_HEAD = "SELECT w.audit_seq, w.audit_head, w.audit_forgotten, w.audit_anchor, a.workspace, a.seq, a.at, a.actor, a.act, a.post, a.detail, \
                        a.prev_hash, a.hash \
                 FROM workspaces w LEFT JOIN audit a ON a.workspace = w.id WHERE w.id = $1 ORDER BY a.seq";
}

/// One entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The how-manieth of its workspace, from one.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// Did what.
    pub act: String,
    /// To which post, if to one.
    pub post: Option<PostId>,
    /// With what particulars.
    pub detail: serde_json::Value,
}

/// Exactly what is stored, and therefore hashed.
pub(super) struct Entry {
    workspace: String,
    pub(super) seq: i64,
    at: i64,
    actor: String,
    act: String,
    post: Option<String>,
    detail: String,
    pub(super) prev_hash: [u8; 32],
}

impl Entry {
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        // Every part goes in with its length before it, so that no two different entries read the same.
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(b"greenroom audit 1");
        part(self.workspace.as_bytes());
        part(&self.seq.to_be_bytes());
        part(&self.at.to_be_bytes());
        part(self.actor.as_bytes());
        part(self.act.as_bytes());
        part(self.post.as_deref().unwrap_or_default().as_bytes());
        part(self.detail.as_bytes());
        part(&self.prev_hash);
        hash.finalize().into()
    }

    pub(super) fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            workspace: row.get("workspace")?,
            seq: row.get("seq")?,
            at: row.get("at")?,
            actor: row.get("actor")?,
            act: row.get("act")?,
            post: row.get("post")?,
            detail: row.get("detail")?,
            prev_hash: row.fingerprint("prev_hash")?,
        })
    }
}

impl Reader {
    /// What happened in a workspace, or to one post of it, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_trail(&mut self, workspace: WorkspaceId, post: Option<PostId>) -> Result<Vec<AuditRow>> {
        let rows = match post {
            Some(post) => self.rows(OF_POST, values![workspace, post]).await?,
            None => self.rows(OF_WORKSPACE, values![workspace]).await?,
        };
        rows.iter().map(audit_row).collect()
    }

    /// The first entry of a workspace's trail that does not fit the one before it, if any. An entry missing at the end
    /// is found as well: the workspace knows its last one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_audit(&mut self, workspace: WorkspaceId) -> Result<Option<i64>> {
        let rows = self.rows(WITH_HEAD, values![workspace]).await?;
        let Some(head) = rows.first() else { return Ok(None) };
        let (last_seq, last_hash) = (head.get::<i64>("audit_seq")?, head.fingerprint("audit_head")?);
        let (mut seq, mut hash) = anchor(head)?;
        for row in &rows {
            if row.get::<Option<i64>>("seq")?.is_none() {
                break; // The trail is empty.
            }
            let entry = Entry::read(row)?;
            seq += 1;
            if entry.seq != seq || entry.prev_hash != hash || row.fingerprint("hash")? != entry.hash() {
                return Ok(Some(seq));
            }
            hash = entry.hash();
        }
        Ok(if seq == last_seq && hash == last_hash { None } else { Some(seq + 1) })
    }
}

impl Tx {
    /// Writes down who did what. The last thing a transaction does, because it makes others of the workspace wait.
    ///
    /// # Errors
    /// When the database fails or there is no such workspace.
    pub async fn audit(
        &mut self,
        workspace: WorkspaceId,
        actor: &Actor,
        act: &str,
        post: Option<PostId>,
        detail: serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let missing = || Error::Inconsistent { table: "workspaces", column: "id", id: named(workspace) };
        let head = self.row(LOCK, values![workspace]).await?.ok_or_else(missing)?;
        let entry = Entry {
            workspace: workspace.to_string(),
            seq: head.get("audit_seq")?,
            at: now.timestamp_millis(),
            actor: json(actor),
            act: act.to_owned(),
            post: post.map(|post| post.to_string()),
            detail: json(&detail),
            prev_hash: head.fingerprint("audit_head")?,
        };
        let hash = entry.hash();
        let Entry { workspace, seq, at, actor, act, post, detail, prev_hash } = entry;
        if !self.is_on_postgres() {
            self.change_one(HEAD, values![workspace.as_str(), hash]).await?;
        }
        self.change_one(APPEND, values![workspace, seq, at, actor, act, post, detail, prev_hash, hash]).await
    }
}

/// Where the kept chain begins: after the last entry that was forgotten for its age.
pub(super) fn anchor(workspace: &Row) -> Result<(i64, [u8; 32])> {
    let hash = match workspace.get::<Option<Vec<u8>>>("audit_anchor")? {
        Some(_) => workspace.fingerprint("audit_anchor")?,
        None => GENESIS,
    };
    Ok((workspace.get("audit_forgotten")?, hash))
}

fn audit_row(row: &Row) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.get("seq")?,
        at: row.instant("at")?,
        actor: row.json("actor")?,
        act: row.get("act")?,
        post: row.read_option("post")?,
        detail: row.json("detail")?,
    })
}
