//! What of an account's other posts speaks against one more: those close to its time, and those with the same bytes or the
//! same words. Each question is answered from an index, however many posts there are.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::conflict::{Neighbour, Other};
use crate::domain::ids::{AccountId, MemberId, PendingEditId, PostId, WorkspaceId};
use crate::domain::post::Edit;

/// What a post with the same bytes or words has to be to count: live, or out since `$5`. Posts that began before `$4` are
/// not looked at, so that an account that always says the same is no burden.
macro_rules! counts {
    () => {
        " AND p.id <> $3 AND p.created_at >= $4 AND (p.stage = 'in_review' OR (p.stage = 'approved' AND EXISTS ( \
           SELECT 1 FROM publications q WHERE q.post = p.id AND q.state NOT IN ('cancelled', 'failed') \
             AND (q.ended_at IS NULL OR q.ended_at >= $5)))) ORDER BY p.created_at DESC LIMIT 1"
    };
}

statements! { "posts";
    NEIGHBOURS = "SELECT p.id, p.number, p.due_at AS at FROM posts p \
                  WHERE p.account = $1 AND p.stage = 'in_review' AND p.due_at > $2 AND p.due_at < $3 AND p.id <> $4 \
                  UNION ALL SELECT p.id, p.number, q.due_at AS at FROM publications q JOIN posts p ON p.id = q.post \
                  WHERE q.account = $1 AND q.due_at > $2 AND q.due_at < $3 AND q.post <> $4 \
                    AND q.state NOT IN ('cancelled', 'failed') \
                  ORDER BY at LIMIT 100";
    SAME_BYTES = concat!("SELECT p.id, p.number FROM posts p WHERE p.account = $1 AND p.video_sha256 = $2", counts!());
    SAME_WORDS = concat!(
        "SELECT p.id, p.number FROM posts p WHERE p.account = $1 AND p.caption = $2 \
         AND substr(p.caption, 1, 100) = substr($2, 1, 100)",
        counts!()
    );
    ADD_EDIT = "INSERT INTO pending_edits (id, workspace, post, member, edit, mark, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7)";
    EDIT = "SELECT id, workspace, post, member, edit, mark, created_at FROM pending_edits WHERE id = $1";
    DROP_EDIT = "DELETE FROM pending_edits WHERE id = $1";
    FORGET_EDITS = "DELETE FROM pending_edits WHERE created_at < $1";
}

/// Which posts count as having said the same already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaidSince {
    /// Out since then, if they are out at all.
    pub out: DateTime<Utc>,
    /// Begun since then.
    pub begun: DateTime<Utc>,
}

/// A change of a post that its member was asked about and has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEdit {
    /// Which.
    pub id: PendingEditId,
    /// Of which team.
    pub workspace: WorkspaceId,
    /// Of which post.
    pub post: PostId,
    /// Who may answer.
    pub member: MemberId,
    /// What would change.
    pub edit: Edit,
    /// What they were shown.
    pub mark: crate::domain::conflict::Mark,
    /// When they were asked.
    pub created_at: DateTime<Utc>,
}

impl Reader {
    /// The account's other posts that go out, or went out, between two instants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn neighbours(
        &mut self,
        account: AccountId,
        except: PostId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Neighbour>> {
        let rows = self.rows(NEIGHBOURS, values![account, from, to, except]).await?;
        rows.iter().map(|row| Ok(Neighbour { other: other(row)?, due: row.instant("at")? })).collect()
    }

    /// The account's newest other post with these bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn same_bytes(
        &mut self,
        account: AccountId,
        sha256: [u8; 32],
        except: PostId,
        since: SaidSince,
    ) -> Result<Option<Other>> {
        let given = values![account, sha256, except, since.begun, since.out];
        self.row(SAME_BYTES, given).await?.as_ref().map(other).transpose()
    }

    /// The account's newest other post with these words.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn same_words(
        &mut self,
        account: AccountId,
        caption: &str,
        except: PostId,
        since: SaidSince,
    ) -> Result<Option<Other>> {
        let given = values![account, caption, except, since.begun, since.out];
        self.row(SAME_WORDS, given).await?.as_ref().map(other).transpose()
    }

    /// The change of that id that waits for an answer.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn pending_edit(&mut self, id: PendingEditId) -> Result<Option<PendingEdit>> {
        let Some(row) = self.row(EDIT, values![id]).await? else { return Ok(None) };
        Ok(Some(PendingEdit {
            id: row.read("id")?,
            workspace: row.read("workspace")?,
            post: row.read("post")?,
            member: row.read("member")?,
            edit: row.json("edit")?,
            mark: row.read("mark")?,
            created_at: row.instant("created_at")?,
        }))
    }
}

impl Tx {
    /// Keeps a change until its member answers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_pending_edit(&mut self, pending: &PendingEdit) -> Result<()> {
        let PendingEdit { id, workspace, post, member, edit, mark, created_at } = pending;
        let edit = super::rows::json(edit);
        let given = values![*id, *workspace, *post, *member, edit, mark.to_string(), *created_at];
        self.change(ADD_EDIT, given).await.map(drop)
    }

    /// Takes a change that was answered, once.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when it was answered already.
    pub async fn drop_pending_edit(&mut self, id: PendingEditId) -> Result<()> {
        self.change_one(DROP_EDIT, values![id]).await
    }

    /// Forgets changes nobody answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pending_edits(&mut self, before: DateTime<Utc>) -> Result<u64> {
        self.change(FORGET_EDITS, values![before]).await
    }
}

fn other(row: &Row) -> Result<Other> {
    Ok(Other::Post { id: row.read("id")?, number: row.get("number")? })
}
