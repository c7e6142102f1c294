//! Posts as lines: what `/queue` pages through and what autocomplete offers. A line joins a post with where its
//! publication stands and leaves out what no list shows.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Result;
use super::link::{Reader, statements};
use super::rows::{Row, Value, values};
use crate::domain::ids::{AccountId, MemberId, PostId, PublicationId, WorkspaceId};
use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;

/// A post with its one publication that counts: the one that was not cancelled, else the newest. Of a cancelled one the
/// time says nothing any more: the post may have been given another since.
macro_rules! lines {
    () => {
        "SELECT p.id, p.number, p.author, p.author_name, p.account, p.caption, p.zone, p.stage, \
                CASE WHEN q.state = 'cancelled' THEN p.due_at ELSE COALESCE(q.due_at, p.due_at) END AS due_at, \
                q.id AS publication, q.state \
         FROM posts p LEFT JOIN publications q ON q.id = ( \
           SELECT r.id FROM publications r WHERE r.post = p.id \
           ORDER BY (r.state = 'cancelled'), r.created_seq DESC LIMIT 1)"
    };
}

/// Which posts: every condition that is given, and any of the stages and publication states that are. An approved post
/// stands where its publication does; of any other its stage says where it stands.
macro_rules! filter {
    () => {
        " WHERE p.workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR p.account = $2) \
          AND (($3 = '' AND $4 = '') \
            OR ($3 LIKE '%,' || p.stage || ',%' AND (p.stage <> 'approved' OR q.state IS NULL)) \
            OR ($4 LIKE '%,' || q.state || ',%' AND p.stage = 'approved'))"
    };
}

statements! { "posts";
    LINES = concat!(
        lines!(), filter!(), " ORDER BY (CASE WHEN q.state = 'cancelled' THEN COALESCE(p.due_at, 0) ",
        "ELSE COALESCE(q.due_at, p.due_at, 0) END), p.number LIMIT $5 OFFSET $6"
    );
    // What was withdrawn is no plan any more, and a draft is its author's alone.
    BETWEEN = concat!(
        "SELECT * FROM (", lines!(), " WHERE p.workspace = $1 AND p.stage NOT IN ('draft', 'withdrawn')) AS lines ",
        "WHERE due_at >= $2 AND due_at < $3 ORDER BY due_at, number LIMIT $4"
    );
    COUNT = concat!("SELECT COUNT(*) AS counted FROM (", lines!(), filter!(), ") AS lines");
    MATCHING = concat!(
        lines!(),
        " WHERE p.workspace = $1 AND p.stage <> 'draft' AND (CAST(p.number AS TEXT) LIKE $2 ESCAPE '\\' ",
        "OR LOWER(p.caption) LIKE $3 ESCAPE '\\') ORDER BY p.number DESC LIMIT $4"
    );
}

/// Which posts to list. What is empty asks for nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostFilter {
    /// Those for this account.
    pub account: Option<AccountId>,
    /// Those at one of these stages …
    pub stages: Vec<PostStage>,
    /// … or whose publication is in one of these states.
    pub publications: Vec<PublicationStage>,
}

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Which page, from zero.
    pub number: u32,
    /// How many lines a page has.
    pub size: u32,
}

/// A post as a line in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLine {
    /// Which post.
    pub id: PostId,
    /// The number people call it by.
    pub number: i64,
    /// Who handed it in.
    pub author: MemberId,
    /// What they were called then.
    pub author_name: String,
    /// Where it should appear.
    pub account: AccountId,
    /// The words.
    pub caption: String,
    /// When it should be out; `None` is as soon as it is approved.
    pub due_at: Option<DateTime<Utc>>,
    /// The zone the time was given in.
    pub zone: Tz,
    /// Where the post stands.
    pub stage: PostStage,
    /// Its publication and where that stands, once it was approved.
    pub publication: Option<(PublicationId, PublicationStage)>,
}

impl Reader {
    /// A page of a workspace's posts by due time; those without a time come first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts(&mut self, workspace: WorkspaceId, filter: &PostFilter, page: Page) -> Result<Vec<PostLine>> {
        let mut values = conditions(workspace, filter);
        values.extend(values![page.size, i64::from(page.number) * i64::from(page.size)]);
        self.rows(LINES, values).await?.iter().map(line).collect()
    }

    /// A workspace's posts that are due from one instant up to another, without drafts and what was withdrawn.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts_between(
        &mut self,
        workspace: WorkspaceId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<PostLine>> {
        self.rows(BETWEEN, values![workspace, from, until, limit]).await?.iter().map(line).collect()
    }

    /// How many posts all pages have.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_posts(&mut self, workspace: WorkspaceId, filter: &PostFilter) -> Result<i64> {
        self.row(COUNT, conditions(workspace, filter)).await?.map_or(Ok(0), |row| row.get("counted"))
    }

    /// Posts whose number begins with the text or whose caption has it, the newest first. Drafts are nobody's business.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts_matching(&mut self, workspace: WorkspaceId, text: &str, limit: u32) -> Result<Vec<PostLine>> {
        let text = text.trim();
        let number = format!("{}%", literal(text.strip_prefix('#').unwrap_or(text)));
        let caption = format!("%{}%", literal(&text.to_ascii_lowercase()));
        self.rows(MATCHING, values![workspace, number, caption, limit]).await?.iter().map(line).collect()
    }
}

fn conditions(workspace: WorkspaceId, filter: &PostFilter) -> Vec<Value> {
    values![
        workspace,
        filter.account,
        words(filter.stages.iter().map(|stage| stage.word())),
        words(filter.publications.iter().map(|state| state.word())),
    ]
}

/// Words as one text with a comma around each: neither engine takes a list that the other takes too.
fn words(words: impl Iterator<Item = &'static str>) -> String {
    words.fold(String::new(), |mut text, word| {
        let _ = write!(text, ",{word},");
        text
    })
}

/// A text in which the signs that mean something to LIKE mean themselves.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn line(row: &Row) -> Result<PostLine> {
    let publication = row.read_option("publication")?;
    let state = row.word_option("state", &PublicationStage::ALL, PublicationStage::word)?;
    Ok(PostLine {
        id: row.read("id")?,
        number: row.get("number")?,
        author: row.read("author")?,
        author_name: row.get("author_name")?,
        account: row.read("account")?,
        caption: row.get("caption")?,
        due_at: row.instant_option("due_at")?,
        zone: row.read("zone")?,
        stage: row.word("stage", &PostStage::ALL, PostStage::word)?,
        publication: publication.zip(state),
    })
}
