//! Publications and their attempts as rows. Every state of the domain is written into columns and read back exactly;
//! who may change a row that a worker holds is in [`claims`](super::claims).

use chrono::{DateTime, Utc};

use super::link::{Reader, Statement, statements};
use super::rows::{Row, Value, json, values};
use super::{Error, Result, Tx};
use crate::domain::ids::{PostId, PublicationId};
use crate::domain::publication::{Attempt, Publication, PublicationStage, PublicationState, Stage, Upload};

/// A publication with the try that is under way, if one is.
macro_rules! publication {
    () => {
        "SELECT p.id, p.workspace, p.post, p.account, p.revision, p.due_at, p.attempts, p.state, p.next_at, \
                p.moved_to, p.setback, p.receipt, p.publish_id, p.asked, p.asked_since, p.ended_at, \
                a.id AS attempt_id, a.number, a.started_at, a.stage, a.publish_id AS upload_publish_id, \
                a.sealed_upload_url, a.issued_at, a.size_bytes, a.chunk_bytes, a.chunk_count, a.sent_bytes \
         FROM publications p LEFT JOIN attempts a ON a.publication = p.id AND a.outcome IS NULL"
    };
}

statements! { "publications";
    PUBLICATION = concat!(publication!(), " WHERE p.id = $1");
    // In a statement of its own: had it to wait for the lock, PostgreSQL would read the row anew and its try as of before.
    HOLD = "SELECT id FROM publications WHERE id = $1", postgres: "SELECT id FROM publications WHERE id = $1 FOR UPDATE";
    ID_OF_POST = "SELECT id FROM publications WHERE post = $1 \
                  ORDER BY (state = 'cancelled'), created_seq DESC LIMIT 1";
    ID_BY_PUBLISH_ID = "SELECT publication AS id FROM attempts WHERE publish_id = $1";
    ADD = "INSERT INTO publications (id, workspace, post, account, revision, due_at, attempts, state, next_at, setback, \
           receipt, publish_id, asked, asked_since, ended_at, wake_at, owner, epoch, created_seq) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $9, NULL, 0, \
                   (SELECT COUNT(*) + 1 FROM publications q WHERE q.post = $3))";
    // Counting the epoch up fences out a worker that read the row before.
    SAVE_UNCLAIMED = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                      publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $4, epoch = epoch + 1 \
                      WHERE id = $1 AND state = $11 AND owner IS NULL";
    END_ATTEMPTS = "UPDATE attempts SET outcome = $2, sealed_upload_url = NULL \
                    WHERE publication = $1 AND outcome IS NULL AND id <> $3";
    // Once TikTok's name for a try is written down no other takes its place, and its address stays as it lies there: it
    // may have been sealed anew since it was read.
    KEEP_ATTEMPT = "INSERT INTO attempts (id, publication, number, started_at, stage, publish_id, sealed_upload_url, \
                    issued_at, size_bytes, chunk_bytes, chunk_count, sent_bytes, delivered_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                    ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, publish_id = excluded.publish_id, \
                    sealed_upload_url = coalesce(attempts.sealed_upload_url, excluded.sealed_upload_url), \
                    issued_at = excluded.issued_at, size_bytes = excluded.size_bytes, chunk_bytes = excluded.chunk_bytes, \
                    chunk_count = excluded.chunk_count, sent_bytes = excluded.sent_bytes, \
                    delivered_at = excluded.delivered_at \
                    WHERE attempts.publication = excluded.publication AND attempts.outcome IS NULL \
                      AND (attempts.publish_id IS NULL OR attempts.publish_id = excluded.publish_id)";
    WAKE = "UPDATE publications SET wake_at = $2 WHERE id = $1 AND owner IS NULL AND wake_at > $2";
}

impl Reader {
    /// The publication of that id. Inside a transaction nobody else changes it until that ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn publication(&mut self, id: PublicationId) -> Result<Option<Publication>> {
        if self.decides() {
            self.row(HOLD, values![id]).await?;
        }
        self.row(PUBLICATION, values![id]).await?.as_ref().map(publication).transpose()
    }

    /// The publication of a post that counts: the one that was not cancelled, else the newest.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn publication_of(&mut self, post: PostId) -> Result<Option<Publication>> {
        self.publication_named_by(ID_OF_POST, values![post]).await
    }

    /// The publication one of whose attempts TikTok calls by that name.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn publication_by_publish_id(&mut self, publish_id: &str) -> Result<Option<Publication>> {
        self.publication_named_by(ID_BY_PUBLISH_ID, values![publish_id]).await
    }

    async fn publication_named_by(&mut self, statement: Statement, values: Vec<Value>) -> Result<Option<Publication>> {
        match self.row(statement, values).await? {
            Some(row) => self.publication(row.read("id")?).await,
            None => Ok(None),
        }
    }
}

impl Tx {
    /// Keeps a new publication. Its post must not have another that was not cancelled.
    ///
    /// # Errors
    /// [`Error::Stale`] when there is such another, because somebody approved at the same time.
    pub async fn add_publication(&mut self, publication: &Publication) -> Result<()> {
        let mut values = values![
            publication.id,
            publication.workspace,
            publication.post,
            publication.account,
            publication.revision,
            publication.due_at,
        ];
        values.extend(content(publication));
        self.change(ADD, values).await.map_err(|error| match error {
            Error::Driver(sqlx::Error::Database(database)) if database.is_unique_violation() => Error::Stale,
            other => other,
        })?;
        self.keep_attempt(publication).await
    }

    /// Keeps what a person did to a publication that nobody is working on.
    ///
    /// # Errors
    /// [`Error::Stale`] when it is not in the expected state any more, or a worker holds it.
    pub async fn save_unclaimed(&mut self, publication: &Publication, expected: PublicationStage) -> Result<()> {
        let mut values = values![publication.id];
        values.extend(content(publication));
        values.extend(values![expected.word()]);
        self.change_one(SAVE_UNCLAIMED, values).await?;
        self.keep_attempt(publication).await
    }

    /// Has a publication that waits for something looked at now; one that is over or held is left as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wake(&mut self, id: PublicationId, now: DateTime<Utc>) -> Result<()> {
        self.change(WAKE, values![id, now]).await.map(drop)
    }

    /// Writes the try that is under way, and ends any other with what it led to.
    pub(super) async fn keep_attempt(&mut self, publication: &Publication) -> Result<()> {
        let Some(attempt) = publication.attempt() else {
            return self.change(END_ATTEMPTS, values![publication.id, publication.stage().word(), ""]).await.map(drop);
        };
        let retried = PublicationStage::Scheduled.word();
        self.change(END_ATTEMPTS, values![publication.id, retried, attempt.id.to_string()]).await?;
        let (stage, sent_bytes) = match &attempt.stage {
            Stage::Opening => ("opening", None),
            Stage::Uploading { sent_bytes, .. } => ("uploading", Some(*sent_bytes)),
            Stage::Committing { .. } => ("committing", None),
            Stage::Delivered { .. } => ("delivered", None),
        };
        let delivered_at = match &publication.state {
            PublicationState::Processing { since, .. } => Some(*since),
            PublicationState::Scheduled { .. }
            | PublicationState::Publishing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => None,
        };
        let upload = attempt.stage.upload();
        let values = values![
            attempt.id,
            publication.id,
            attempt.number,
            attempt.started_at,
            stage,
            upload.map(|upload| upload.publish_id.as_str()),
            upload.map(|upload| upload.sealed_url.as_slice()),
            upload.map(|upload| upload.issued_at),
            upload.map(|upload| upload.size_bytes),
            upload.map(|upload| upload.chunk_bytes),
            upload.map(|upload| upload.chunk_count),
            sent_bytes,
            delivered_at,
        ];
        self.change_one(KEEP_ATTEMPT, values).await
    }
}

/// Attempts, state, `next_at`, setback, receipt, `publish_id`, asked, `asked_since`, `ended_at`: what changes over a
/// publication's life, in the order every statement that writes it uses.
pub(super) fn content(publication: &Publication) -> Vec<Value> {
    let (mut setback_text, mut receipt_text, mut looked_for) = (None, None, None);
    let (mut times_asked, mut asked_since, mut ended_at) = (None, None, None);
    match &publication.state {
        PublicationState::Scheduled { setback, .. } => setback_text = setback.as_ref().map(json),
        PublicationState::Publishing { .. } => {}
        PublicationState::Processing { asked, since, .. } => (times_asked, asked_since) = (Some(*asked), Some(*since)),
        PublicationState::Published { receipt, at, .. } | PublicationState::InInbox { receipt, at, .. } => {
            (receipt_text, ended_at) = (Some(json(receipt)), Some(*at));
        }
        PublicationState::Held { since } => asked_since = Some(*since),
        PublicationState::Failed { setback, at } => (setback_text, ended_at) = (Some(json(setback)), Some(*at)),
        PublicationState::Unclear { setback, publish_id, at } => {
            (setback_text, looked_for, ended_at) = (Some(json(setback)), publish_id.clone(), Some(*at));
        }
        PublicationState::Cancelled { at } => ended_at = Some(*at),
    }
    values![
        publication.attempts,
        publication.stage().word(),
        publication.wake_at(),
        setback_text,
        receipt_text,
        looked_for,
        times_asked,
        asked_since,
        ended_at,
    ]
}

/// Reads a row of the `publication!` columns.
pub(super) fn publication(row: &Row) -> Result<Publication> {
    Ok(Publication {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        post: row.read("post")?,
        account: row.read("account")?,
        revision: row.revision("revision")?,
        due_at: row.instant("due_at")?,
        attempts: row.number("attempts")?,
        moved_to: row.instant_option("moved_to")?,
        state: state(row)?,
    })
}

fn state(row: &Row) -> Result<PublicationState> {
    let next_at = || row.instant("next_at");
    let ended_at = || row.instant("ended_at");
    let setback = || row.must(row.json_option("setback")?, "setback");
    let receipt = || row.must(row.json_option("receipt")?, "receipt");
    Ok(match row.word("state", &PublicationStage::ALL, PublicationStage::word)? {
        PublicationStage::Scheduled => {
            PublicationState::Scheduled { wake_at: next_at()?, setback: row.json_option("setback")? }
        }
        PublicationStage::Publishing => PublicationState::Publishing { attempt: attempt(row)?, resume_at: next_at()? },
        PublicationStage::Processing => PublicationState::Processing {
            attempt: attempt(row)?,
            asked: row.number("asked")?,
            since: row.instant("asked_since")?,
            ask_at: next_at()?,
        },
        PublicationStage::Published => {
            PublicationState::Published { receipt: receipt()?, at: ended_at()?, ask_at: row.instant_option("next_at")? }
        }
        PublicationStage::InInbox => {
            PublicationState::InInbox { receipt: receipt()?, at: ended_at()?, ask_at: row.instant_option("next_at")? }
        }
        PublicationStage::Held => PublicationState::Held { since: row.instant("asked_since")? },
        PublicationStage::Failed => PublicationState::Failed { setback: setback()?, at: ended_at()? },
        PublicationStage::Unclear => {
            PublicationState::Unclear { setback: setback()?, publish_id: row.get("publish_id")?, at: ended_at()? }
        }
        PublicationStage::Cancelled => PublicationState::Cancelled { at: ended_at()? },
    })
}

fn attempt(row: &Row) -> Result<Attempt> {
    let upload = || -> Result<Upload> {
        Ok(Upload {
            publish_id: row.get("upload_publish_id")?,
            sealed_url: row.get("sealed_upload_url")?,
            issued_at: row.instant("issued_at")?,
            size_bytes: row.number("size_bytes")?,
            chunk_bytes: row.number("chunk_bytes")?,
            chunk_count: row.number("chunk_count")?,
        })
    };
    let stage = match row.get::<String>("stage")?.as_str() {
        "opening" => Stage::Opening,
        "uploading" => Stage::Uploading { upload: upload()?, sent_bytes: row.number("sent_bytes")? },
        "committing" => Stage::Committing { upload: upload()? },
        "delivered" => Stage::Delivered { upload: upload()? },
        _ => return Err(row.odd("stage")),
    };
    Ok(Attempt {
        id: row.read("attempt_id")?,
        number: row.number("number")?,
        started_at: row.instant("started_at")?,
        stage,
    })
}
