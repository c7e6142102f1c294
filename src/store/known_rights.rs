//! What people whose word counts were allowed to when Discord last said so, and whom it has to be asked about again.

use chrono::{DateTime, TimeDelta, Utc};

use super::link::{Reader, statements};
use super::rows::{json, values};
use super::{Result, Tx};
use crate::domain::ids::{MemberId, PostId, WorkspaceId};
use crate::domain::review::KnownRights;

statements! { "known_rights";
    // Answers may overtake each other: an older one changes nothing.
    NOTE = "INSERT INTO known_rights (workspace, member, roles, manages, seen_at) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (workspace, member) DO UPDATE SET roles = excluded.roles, manages = excluded.manages, \
            seen_at = excluded.seen_at WHERE known_rights.seen_at <= excluded.seen_at";
    OF_JUDGES = "SELECT r.member AS id, r.roles, r.manages, r.seen_at FROM known_rights r \
                 JOIN posts p ON p.workspace = r.workspace \
                 WHERE p.id = $1 AND r.member IN (SELECT v.by FROM verdicts v WHERE v.post = $1 AND NOT v.void)";
    // Twice for each time something is to begin: well before it, so that people can still act, and in its last minute
    // ($1 is now, $2 and $3 those two spans from now, $4 and $5 the spans themselves).
    TO_ASK_ABOUT = "SELECT DISTINCT q.workspace, v.by AS member FROM publications q \
                    JOIN verdicts v ON v.post = q.post AND NOT v.void \
                    JOIN workspaces w ON w.id = q.workspace AND w.removed_at IS NULL AND w.erasing_at IS NULL \
                    LEFT JOIN known_rights r ON r.workspace = q.workspace AND r.member = v.by \
                    WHERE q.wake_at IS NOT NULL AND q.state IN ('scheduled', 'publishing') AND q.wake_at <= $2 AND ( \
                      (q.state = 'scheduled' AND q.next_at <= $2 AND (r.seen_at IS NULL OR r.seen_at < q.next_at - $4 \
                         OR (q.next_at <= $3 AND r.seen_at < q.next_at - $5))) \
                      OR (q.state = 'publishing' AND q.due_at > $1 AND q.due_at <= $3 \
                          AND (r.seen_at IS NULL OR r.seen_at < q.due_at - $5))) \
                    ORDER BY q.workspace, member LIMIT 100";
    APPROVED_BY = "SELECT DISTINCT p.id FROM publications q JOIN posts p ON p.id = q.post AND p.stage = 'approved' \
                   JOIN verdicts v ON v.post = q.post AND NOT v.void \
                   WHERE q.wake_at IS NOT NULL AND q.state IN ('scheduled', 'publishing') AND q.workspace = $1 AND v.by = $2 \
                   ORDER BY p.id";
}

impl Reader {
    /// What is known of everybody who has a word about a post that counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rights_of_judges(&mut self, post: PostId) -> Result<Vec<(MemberId, KnownRights)>> {
        let rows = self.rows(OF_JUDGES, values![post]).await?;
        rows.iter()
            .map(|row| {
                let (roles, manages, seen_at) = (row.json("roles")?, row.get("manages")?, row.instant("seen_at")?);
                Ok((row.read("id")?, KnownRights { roles, manages, seen_at }))
            })
            .collect()
    }

    /// Those who approved what begins within `ahead`, and of whom Discord was not asked since then; once more in the
    /// last stretch of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn judges_to_ask_about(
        &mut self,
        now: DateTime<Utc>,
        ahead: TimeDelta,
        last: TimeDelta,
    ) -> Result<Vec<(WorkspaceId, MemberId)>> {
        let spans = [ahead, last].map(|span| span.num_milliseconds());
        let rows = self.rows(TO_ASK_ABOUT, values![now, now + ahead, now + last, spans[0], spans[1]]).await?;
        rows.iter().map(|row| Ok((row.read("workspace")?, row.read("member")?))).collect()
    }

    /// The posts that wait for their time and that this member has approved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_approved_by(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<Vec<PostId>> {
        self.rows(APPROVED_BY, values![workspace, member]).await?.iter().map(|row| row.read("id")).collect()
    }
}

impl Tx {
    /// Notes what somebody is allowed to, unless something newer is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_rights(&mut self, workspace: WorkspaceId, member: MemberId, rights: &KnownRights) -> Result<()> {
        let values = values![workspace, member, json(&rights.roles), rights.manages, rights.seen_at];
        self.change(NOTE, values).await.map(drop)
    }
}
