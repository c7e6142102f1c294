//! Posts with the verdicts that count, their history of revisions, and the thread people talk about them in.
//!
//! The revision is stored beside what it is a fingerprint of and compared at every read: a post whose columns were
//! changed behind the program's back cannot be believed, and so cannot go out.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, Value, json, values};
use super::{Error, Result, Tx};
use crate::domain::caption::Caption;
use crate::domain::ids::{ChannelId, PostId, WorkspaceId};
use crate::domain::post::{Due, Post, PostStage, PostState, Revision};
use crate::domain::review::{Verdict, Word};

macro_rules! columns {
    () => {
        "id, workspace, number, author, author_name, delivery, account, video, video_sha256, caption, choices, due_at, zone, \
         creator, warnings, in_spite_of, stage, stage_at, revision, lapses_at, created_at, version"
    };
}

statements! { "posts";
    POST = concat!("SELECT ", columns!(), " FROM posts WHERE id = $1");
    POST_HELD = concat!("SELECT ", columns!(), " FROM posts WHERE id = $1"),
        postgres: concat!("SELECT ", columns!(), " FROM posts WHERE id = $1 FOR UPDATE");
    ID_BY_NUMBER = "SELECT id FROM posts WHERE workspace = $1 AND number = $2";
    OPEN_REVIEWS = "SELECT id FROM posts WHERE stage = 'in_review' \
                    AND (CAST($1 AS TEXT) IS NULL OR workspace = $1) ORDER BY lapses_at, id";
    FORGET_THREAD = "UPDATE posts SET thread_id = NULL WHERE id = $1 AND thread_id = $2";
    UNEXPLAINED = "SELECT DISTINCT p.id FROM posts p JOIN verdicts v ON v.post = p.id AND NOT v.void \
                   WHERE p.stage = 'declined' AND v.reacted AND v.word = $1 ORDER BY p.id";
    TO_SHOW = "SELECT p.id FROM posts p WHERE p.workspace = $1 AND (p.stage = 'in_review' OR EXISTS ( \
                 SELECT 1 FROM publications q WHERE q.post = p.id \
                 AND q.state IN ('scheduled', 'publishing', 'processing', 'held', 'failed', 'unclear'))) ORDER BY p.number";
    LAPSING = "SELECT id FROM posts WHERE lapses_at <= $1 ORDER BY lapses_at, id LIMIT $2";
    NEXT_LAPSE = "SELECT MIN(lapses_at) AS at FROM posts WHERE lapses_at IS NOT NULL";
    STALE_DRAFTS = "SELECT id FROM posts WHERE stage = 'draft' AND created_at < $1 ORDER BY created_at, id";
    NEXT_NUMBER = "UPDATE workspaces SET next_post_number = next_post_number + 1 WHERE id = $1 \
                   RETURNING next_post_number - 1 AS number";
    ADD = concat!(
        "INSERT INTO posts (", columns!(), ") ",
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
         $22)"
    );
    SAVE = "UPDATE posts SET account = $2, video = $3, video_sha256 = $4, caption = $5, choices = $6, due_at = $7, \
            zone = $8, creator = $9, warnings = $10, in_spite_of = $11, stage = $12, stage_at = $13, revision = $14, \
            lapses_at = $15, version = version + 1 WHERE id = $1 AND version = $16";
    DROP_DRAFT = "DELETE FROM posts WHERE id = $1 AND stage = 'draft'";
    THREAD = "SELECT id, thread_id FROM posts WHERE id = $1";
    SET_THREAD = "UPDATE posts SET thread_id = $2 WHERE id = $1";
    VERDICTS = "SELECT id, by, by_name, revision, word, as_manager, reacted, at FROM verdicts \
                WHERE post = $1 AND NOT void ORDER BY at, id";
    VOID = "UPDATE verdicts SET void = $2 WHERE post = $1 AND NOT void";
    // The reason of a no may come after it.
    KEEP_VERDICT = "INSERT INTO verdicts (id, post, revision, by, by_name, word, at, void, as_manager, reacted) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                    ON CONFLICT (id) DO UPDATE SET void = excluded.void, word = excluded.word";
    LAST_REVISION = "SELECT post, number, revision, submitted_at FROM revisions WHERE post = $1 \
                     ORDER BY number DESC LIMIT 1";
    ADD_REVISION = "INSERT INTO revisions (post, number, revision, submitted_at, snapshot) VALUES ($1, $2, $3, $4, $5)";
    REVISIONS = "SELECT post, number, revision, submitted_at, snapshot FROM revisions WHERE post = $1 ORDER BY number";
}

/// One revision that was put before the reviewers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionLine {
    /// The how-manieth of its post, from one.
    pub number: i64,
    /// Its fingerprint.
    pub revision: Revision,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// What the fingerprint covers, in words.
    pub covers: serde_json::Value,
}

impl Reader {
    /// The post of that id. Inside a transaction nobody else changes it until that ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn post(&mut self, id: PostId) -> Result<Option<Post>> {
        let statement = if self.decides() { POST_HELD } else { POST };
        let Some(row) = self.row(statement, values![id]).await? else { return Ok(None) };
        let verdicts = self.rows(VERDICTS, values![id]).await?.iter().map(verdict).collect::<Result<_>>()?;
        post(&row, verdicts).map(Some)
    }

    /// The post people call by that number. Inside a transaction nobody else changes it until that ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn post_by_number(&mut self, workspace: WorkspaceId, number: i64) -> Result<Option<Post>> {
        match self.row(ID_BY_NUMBER, values![workspace, number]).await? {
            Some(row) => self.post(row.read("id")?).await,
            None => Ok(None),
        }
    }

    /// The posts in review, of one workspace or of all, the most urgent first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_reviews(&mut self, workspace: Option<WorkspaceId>) -> Result<Vec<Post>> {
        let rows = self.rows(OPEN_REVIEWS, values![workspace]).await?;
        self.each_post(&rows).await
    }

    /// Posts that were declined with an emoji and without a reason.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unexplained_declines(&mut self) -> Result<Vec<Post>> {
        let rows = self.rows(UNEXPLAINED, values![json(&Word::Decline { reason: None })]).await?;
        self.each_post(&rows).await
    }

    /// Posts of a workspace whose card somebody may still have to look at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts_to_show(&mut self, workspace: WorkspaceId) -> Result<Vec<PostId>> {
        self.rows(TO_SHOW, values![workspace]).await?.iter().map(|row| row.read("id")).collect()
    }

    /// Posts in review whose time has come, the longest overdue first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lapsing_posts(&mut self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Post>> {
        let rows = self.rows(LAPSING, values![now, limit]).await?;
        self.each_post(&rows).await
    }

    /// When the next post in review lapses.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_lapse(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.row(NEXT_LAPSE, Vec::new()).await?.map_or(Ok(None), |row| row.instant_option("at"))
    }

    /// Drafts begun before an instant and never handed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stale_drafts(&mut self, before: DateTime<Utc>) -> Result<Vec<Post>> {
        let rows = self.rows(STALE_DRAFTS, values![before]).await?;
        self.each_post(&rows).await
    }

    /// Where people talk about a post, once there is such a place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn thread(&mut self, post: PostId) -> Result<Option<ChannelId>> {
        self.row(THREAD, values![post]).await?.map_or(Ok(None), |row| row.read_option("thread_id"))
    }

    /// Every revision of a post that was put before the reviewers, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revisions(&mut self, post: PostId) -> Result<Vec<RevisionLine>> {
        let rows = self.rows(REVISIONS, values![post]).await?;
        rows.iter()
            .map(|row| {
                Ok(RevisionLine {
                    number: row.get("number")?,
                    revision: row.revision("revision")?,
                    submitted_at: row.instant("submitted_at")?,
                    covers: row.json("snapshot")?,
                })
            })
            .collect()
    }

    async fn each_post(&mut self, rows: &[Row]) -> Result<Vec<Post>> {
        let mut posts = Vec::with_capacity(rows.len());
        for row in rows {
            match self.post(row.read("id")?).await {
                // A post that went away in between is no surprise.
                Ok(post) => posts.extend(post),
                // The others must not wait for somebody to mend it.
                Err(error @ Error::Inconsistent { .. }) => tracing::error!("A post is passed over: {error}"),
                Err(error) => return Err(error),
            }
        }
        Ok(posts)
    }
}

impl Tx {
    /// Takes the next number of a workspace. Numbers are never given twice, also when a draft is dropped.
    ///
    /// # Errors
    /// [`Error::Stale`] when there is no such workspace.
    pub async fn next_post_number(&mut self, workspace: WorkspaceId) -> Result<i64> {
        self.row(NEXT_NUMBER, values![workspace]).await?.ok_or(Error::Stale)?.get("number")
    }

    /// Keeps a new post.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_post(&mut self, post: &Post) -> Result<()> {
        let (author, delivery) = (post.author_name.as_str(), post.delivery.word());
        let mut values = values![post.id, post.workspace, post.number, post.author, author, delivery];
        values.extend(content(post));
        values.extend(values![post.created_at, post.version]);
        self.change(ADD, values).await?;
        self.keep_judgement(post).await
    }

    /// Keeps a changed post and gives its new version.
    ///
    /// # Errors
    /// [`Error::Stale`] when it is not of the version that was read any more.
    pub async fn save_post(&mut self, post: &Post) -> Result<i64> {
        let mut values = values![post.id];
        values.extend(content(post));
        values.extend(values![post.version]);
        self.change_one(SAVE, values).await?;
        self.settle_slot(post.id).await?;
        self.keep_judgement(post).await?;
        Ok(post.version + 1)
    }

    /// Drops a post that was never handed in; false when it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_post_draft(&mut self, id: PostId) -> Result<bool> {
        let dropped = self.change(DROP_DRAFT, values![id]).await? == 1;
        self.settle_slot(id).await?;
        Ok(dropped)
    }

    /// Remembers where people talk about a post.
    ///
    /// # Errors
    /// [`Error::Stale`] when there is no such post.
    pub async fn set_thread(&mut self, post: PostId, thread: ChannelId) -> Result<()> {
        self.change_one(SET_THREAD, values![post, thread]).await
    }

    /// Forgets where people talked about a post, if it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_thread(&mut self, post: PostId, thread: ChannelId) -> Result<bool> {
        Ok(self.change(FORGET_THREAD, values![post, thread]).await? == 1)
    }

    /// Makes the words that count those the post has, and notes a revision that was not before the reviewers last.
    async fn keep_judgement(&mut self, post: &Post) -> Result<()> {
        self.change(VOID, values![post.id, true]).await?;
        for verdict in &post.verdicts {
            let Verdict { id, by, by_name, revision, word, as_manager, reacted, at } = verdict;
            let mut values = values![*id, post.id, *revision, *by, by_name.as_str(), json(word), *at, false];
            values.extend(values![*as_manager, *reacted]);
            self.change(KEEP_VERDICT, values).await?;
        }
        let PostState::InReview { since } = post.state else { return self.remind_at(post.id, None).await };
        let number = match self.row(LAST_REVISION, values![post.id]).await? {
            Some(last) if last.revision("revision")? == post.revision() && last.instant("submitted_at")? == since => {
                return Ok(());
            }
            Some(last) => last.get::<i64>("number")? + 1,
            None => 1,
        };
        self.remind_at(post.id, post.first_reminder()).await?;
        self.change_one(ADD_REVISION, values![post.id, number, post.revision(), since, covers(post)]).await
    }
}

/// What may change about a post, in the order both statements that write it use.
fn content(post: &Post) -> Vec<Value> {
    values![
        post.account,
        post.video,
        post.video_sha256,
        post.caption.as_str(),
        json(&post.choices),
        post.due.instant(),
        post.zone.name(),
        json(&post.creator),
        json(&post.warnings),
        json(&post.in_spite_of),
        post.stage().word(),
        stage_at(&post.state),
        post.revision(),
        post.lapses_at(),
    ]
}

fn covers(post: &Post) -> String {
    json(&serde_json::json!({
        "video": post.video,
        "video_sha256": hex::encode(post.video_sha256),
        "caption": post.caption.as_str(),
        "choices": post.choices,
        "account": post.account,
        "delivery": post.delivery,
        "due": post.due,
        "zone": post.zone.name(),
    }))
}

const fn stage_at(state: &PostState) -> Option<DateTime<Utc>> {
    match state {
        PostState::Draft => None,
        PostState::InReview { since: at }
        | PostState::Approved { at }
        | PostState::Declined { at }
        | PostState::Lapsed { at }
        | PostState::Withdrawn { at } => Some(*at),
    }
}

fn state(row: &Row) -> Result<PostState> {
    let at = || row.instant("stage_at");
    Ok(match row.word("stage", &PostStage::ALL, PostStage::word)? {
        PostStage::Draft => PostState::Draft,
        PostStage::InReview => PostState::InReview { since: at()? },
        PostStage::Approved => PostState::Approved { at: at()? },
        PostStage::Declined => PostState::Declined { at: at()? },
        PostStage::Lapsed => PostState::Lapsed { at: at()? },
        PostStage::Withdrawn => PostState::Withdrawn { at: at()? },
    })
}

fn post(row: &Row, verdicts: Vec<Verdict>) -> Result<Post> {
    let post = Post {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        number: row.get("number")?,
        author: row.read("author")?,
        author_name: row.get("author_name")?,
        account: row.read("account")?,
        delivery: row.read("delivery")?,
        video: row.read("video")?,
        video_sha256: row.fingerprint("video_sha256")?,
        caption: Caption::new(&row.get::<String>("caption")?).map_err(|_| row.odd("caption"))?,
        choices: row.json("choices")?,
        due: row.instant_option("due_at")?.map_or(Due::Asap, Due::At),
        zone: row.read("zone")?,
        creator: row.json("creator")?,
        warnings: row.json("warnings")?,
        in_spite_of: row.json("in_spite_of")?,
        state: state(row)?,
        verdicts,
        created_at: row.instant("created_at")?,
        version: row.get("version")?,
    };
    if post.revision() == row.revision("revision")? { Ok(post) } else { Err(row.odd("revision")) }
}

fn verdict(row: &Row) -> Result<Verdict> {
    Ok(Verdict {
        id: row.read("id")?,
        by: row.read("by")?,
        by_name: row.get("by_name")?,
        revision: row.revision("revision")?,
        word: row.json("word")?,
        as_manager: row.get("as_manager")?,
        reacted: row.get("reacted")?,
        at: row.instant("at")?,
    })
}
