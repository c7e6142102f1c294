//! What is old enough to be forgotten: bytes nobody needs any more, and entries of the audit trail past their time.
//!
//! Bytes go in two steps: the row that needed them lets go and leaves their key in `leftovers`, in one transaction; then
//! they are deleted, and the key goes last. Whoever dies in between finds the key. The audit trail loses its oldest
//! entries only, and the workspace keeps the hash of the last one that went, so the rest can still be verified.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::values;
use super::videos::video;
use super::{Result, Tx};
use crate::domain::ids::{VideoId, WorkspaceId};
use crate::domain::video::Video;

/// Videos whose bytes nobody needs: `$1` and `$2` are the instants before which a post must have been published, or have
/// ended otherwise.
macro_rules! forgettable {
    () => {
        "SELECT v.id, v.workspace, v.sha256, v.size_bytes, v.facts, v.file_name, v.key, v.created_by, v.created_at \
         FROM videos v WHERE NOT v.forgotten AND NOT EXISTS ( \
           SELECT 1 FROM videos twin LEFT JOIN posts p ON p.video = twin.id \
           WHERE twin.key = v.key \
             AND ((p.id IS NULL AND NOT twin.forgotten AND twin.created_at >= $2) \
                  OR p.stage IN ('draft', 'in_review') \
                  OR (p.stage IN ('declined', 'lapsed', 'withdrawn') AND p.stage_at >= $2) \
                  OR EXISTS (SELECT 1 FROM publications q JOIN attempts a ON a.publication = q.id \
                             WHERE q.post = p.id AND a.outcome IS NULL) \
                  OR (p.stage = 'approved' AND NOT EXISTS ( \
                        SELECT 1 FROM publications q WHERE q.post = p.id \
                          AND ((q.state IN ('published', 'in_inbox') AND q.ended_at < $1) \
                               OR (q.state = 'failed' AND q.ended_at < $2) \
                               OR (q.state = 'cancelled' AND q.ended_at < $2 AND NOT EXISTS ( \
                                     SELECT 1 FROM publications r \
                                     WHERE r.post = p.id AND r.state <> 'cancelled'))))))) "
    };
}

statements! { "leftovers";
    ANY_VIDEO = "SELECT id FROM videos LIMIT 1";
    // Bytes are needed while any post that shows them may still go out: it is being written or judged, its publication
    // waits, is under way, is held or unclear, or either was stopped so lately that somebody may take it up again. Videos
    // with the same key share their bytes.
    TO_FORGET = concat!(forgettable!(), "ORDER BY v.created_at, v.id LIMIT $3");
    STILL_TO_FORGET = concat!(forgettable!(), "AND v.id = $3");
    // Whoever takes a post up again locks it first, and then sees that its bytes were let go of.
    HOLD_POSTS = "SELECT p.id FROM posts p JOIN videos v ON v.id = p.video WHERE v.key = $1 ORDER BY p.id",
        postgres: "SELECT p.id FROM posts p JOIN videos v ON v.id = p.video WHERE v.key = $1 ORDER BY p.id FOR UPDATE OF p";
    LEFTOVERS = "SELECT key FROM leftovers ORDER BY key LIMIT $1";
    GONE = "DELETE FROM leftovers WHERE key = $1";
    NAMED = "SELECT key FROM videos WHERE key = $1 AND NOT forgotten \
             UNION ALL SELECT key FROM leftovers WHERE key = $1";
    NEEDED = "SELECT key FROM videos WHERE key = $1 AND NOT forgotten";
    LEAVE = "INSERT INTO leftovers (key) VALUES ($1) ON CONFLICT (key) DO NOTHING";
    OLD_TRAILS = "SELECT w.id FROM workspaces w WHERE EXISTS ( \
                    SELECT 1 FROM audit a WHERE a.workspace = w.id AND a.seq = w.audit_forgotten + 1 AND a.at < $1)";
    OLDEST = "SELECT workspace AS id, seq, at, hash FROM audit WHERE workspace = $1 ORDER BY seq LIMIT $2";
    ANCHOR = "UPDATE workspaces SET audit_forgotten = $2, audit_anchor = $3 WHERE id = $1 AND audit_forgotten < $2";
    FORGET_ENTRIES = "DELETE FROM audit WHERE workspace = $1 AND seq <= $2";
}

/// Until when something must have ended for its bytes to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedBefore {
    /// Published, or arrived in the inbox.
    pub published: DateTime<Utc>,
    /// Ended otherwise.
    pub otherwise: DateTime<Utc>,
}

impl Reader {
    /// Videos whose bytes nobody needs any more, the oldest first. Those of posts that were stopped or failed are kept for
    /// a while, counted from then, because they can be edited or tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn videos_to_forget(&mut self, ended: EndedBefore, limit: u32) -> Result<Vec<Video>> {
        self.rows(TO_FORGET, values![ended.published, ended.otherwise, limit]).await?.iter().map(video).collect()
    }

    /// Keys of bytes that are yet to be deleted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leftovers(&mut self, limit: u32) -> Result<Vec<String>> {
        self.rows(LEFTOVERS, values![limit]).await?.iter().map(|row| row.get("key")).collect()
    }

    /// Whether any video was ever handed in here and is still told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows_videos(&mut self) -> Result<bool> {
        Ok(self.row(ANY_VIDEO, Vec::new()).await?.is_some())
    }

    /// Whether a row knows of the bytes under a key: a video that has them, or a leftover.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn names_bytes(&mut self, key: &str) -> Result<bool> {
        Ok(self.row(NAMED, values![key]).await?.is_some())
    }

    /// Whether a video needs the bytes under a key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn needs_bytes(&mut self, key: &str) -> Result<bool> {
        Ok(self.row(NEEDED, values![key]).await?.is_some())
    }

    /// Workspaces whose audit trail begins before an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn old_trails(&mut self, before: DateTime<Utc>) -> Result<Vec<WorkspaceId>> {
        self.rows(OLD_TRAILS, values![before]).await?.iter().map(|row| row.read("id")).collect()
    }
}

impl Tx {
    /// Lets go of a video's bytes if nobody needs them still; nobody takes up one of their posts meanwhile. False when
    /// somebody has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_video(&mut self, id: VideoId, ended: EndedBefore) -> Result<bool> {
        let Some(known) = self.video(id).await? else { return Ok(false) };
        self.rows(HOLD_POSTS, values![known.key]).await?;
        let still = self.row(STILL_TO_FORGET, values![ended.published, ended.otherwise, id]).await?;
        if still.is_none() {
            return Ok(false);
        }
        self.drop_video(id).await?;
        Ok(true)
    }

    /// Notes that the bytes under a key are to be deleted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_bytes(&mut self, key: &str) -> Result<()> {
        self.change(LEAVE, values![key]).await.map(drop)
    }

    /// Notes that the bytes under a key are deleted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bytes_are_gone(&mut self, key: &str) -> Result<()> {
        self.change(GONE, values![key]).await.map(drop)
    }

    /// Forgets the oldest entries of a trail that are from before an instant, at most that many, up to the first that is
    /// not; says how many went. The rest can be verified as before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_trail(&mut self, workspace: WorkspaceId, before: DateTime<Utc>, most: u32) -> Result<u64> {
        let mut last = None;
        for row in self.rows(OLDEST, values![workspace, most]).await? {
            if row.instant("at")? >= before {
                break;
            }
            last = Some((row.get::<i64>("seq")?, row.fingerprint("hash")?));
        }
        let Some((seq, hash)) = last else { return Ok(0) };
        self.change_one(ANCHOR, values![workspace, seq, hash]).await?;
        self.change(FORGET_ENTRIES, values![workspace, seq]).await
    }
}
