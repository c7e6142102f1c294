//! Everything stored about a team, as sheets of plain cells, one for each table. What is sealed, what would open a door
//! (the states of consent links, upload addresses) and what only the program's own bookkeeping needs is in no sheet.

use chrono::{DateTime, Utc};

use super::Result;
use super::link::{Reader, Statement, statements};
use super::rows::{Row, values};
use super::videos::video;
use crate::domain::ids::WorkspaceId;
use crate::domain::video::Video;

statements! { "workspaces";
    WORKSPACE = "SELECT id, name, reviewer_role, review_channel, digest_channel, zone, digest_time, approvals, \
                 self_review, weekly_summary, next_digest_at, removed_at, erasing_at, language, audit_forgotten, created_at \
                 FROM workspaces WHERE id = $1";
    ACCOUNTS = "SELECT id, open_id, username, nickname, scopes, delivery, health, access_expires_at, refresh_expires_at, \
                connected_by, connected_at FROM accounts WHERE workspace = $1 ORDER BY connected_at, id";
    CONSENTS = "SELECT member, member_name, delivery, expires_at, used_at FROM consents WHERE workspace = $1 \
                ORDER BY expires_at";
    VIDEOS = "SELECT id, file_name, sha256, size_bytes, facts, created_by, created_at, forgotten FROM videos \
              WHERE workspace = $1 ORDER BY created_at, id";
    POSTS = "SELECT id, number, author, author_name, account, video, video_sha256, caption, choices, due_at, zone, creator, \
             warnings, in_spite_of, stage, stage_at, revision, lapses_at, remind_at, thread_id, created_at, batch, batch_row \
             FROM posts \
             WHERE workspace = $1 ORDER BY number";
    REVISIONS = "SELECT r.post, r.number, r.revision, r.submitted_at, r.snapshot FROM revisions r \
                 JOIN posts p ON p.id = r.post WHERE p.workspace = $1 ORDER BY p.number, r.number";
    VERDICTS = "SELECT v.id, v.post, v.revision, v.by, v.by_name, v.word, v.as_manager, v.reacted, v.at, v.void \
                FROM verdicts v JOIN posts p ON p.id = v.post WHERE p.workspace = $1 ORDER BY p.number, v.at, v.id";
    CARDS = "SELECT c.post, c.revision, c.channel, c.message, c.superseded FROM cards c \
             JOIN posts p ON p.id = c.post WHERE p.workspace = $1 ORDER BY p.number, c.message";
    PUBLICATIONS = "SELECT id, post, account, revision, due_at, moved_to, attempts, state, next_at, setback, receipt, \
                    publish_id, ended_at FROM publications WHERE workspace = $1 ORDER BY due_at, id";
    ATTEMPTS = "SELECT a.id, a.publication, a.number, a.stage, a.publish_id, a.issued_at, a.size_bytes, a.chunk_bytes, \
                a.chunk_count, a.sent_bytes, a.started_at, a.delivered_at, a.outcome FROM attempts a \
                JOIN publications q ON q.id = a.publication WHERE q.workspace = $1 ORDER BY a.started_at, a.id";
    NOTICES = "SELECT id, kind, payload, state, tries, first_tried_at, said_in, message_id, why, created_at \
               FROM notices WHERE workspace = $1 ORDER BY created_at, id";
    SNAPSHOTS = "SELECT s.account, s.taken_at, s.payload FROM snapshots s JOIN accounts a ON a.id = s.account \
                 WHERE a.workspace = $1 ORDER BY s.taken_at, s.account";
    KNOWN_RIGHTS = "SELECT member, roles, manages, seen_at FROM known_rights WHERE workspace = $1 ORDER BY member";
    DIGESTS = "SELECT day FROM digests WHERE workspace = $1 ORDER BY day";
    MEMBER_ZONES = "SELECT member, zone, chosen_at FROM member_zones WHERE workspace = $1 ORDER BY chosen_at, member";
    SLOTS = "SELECT s.account, s.weekday, s.minute, s.set_by, s.set_at FROM slots s JOIN accounts a ON a.id = s.account \
             WHERE a.workspace = $1 ORDER BY s.account, s.weekday, s.minute";
    TAKEN_SLOTS = "SELECT t.account, t.at, t.post FROM taken_slots t JOIN accounts a ON a.id = t.account \
                   WHERE a.workspace = $1 ORDER BY t.at, t.account";
    BREAKERS = "SELECT b.scope AS account, b.kind, b.since, b.try_at, b.setback, b.closed_at FROM breakers b \
                JOIN accounts a ON a.id = b.scope WHERE a.workspace = $1 ORDER BY b.since";
    SPENT = "SELECT s.kind, s.source, s.open_id, s.at FROM spent s \
             WHERE s.open_id IN (SELECT open_id FROM accounts WHERE workspace = $1 AND health <> 'disconnected') \
             ORDER BY s.at";
    PAUSES = "SELECT scope, by, by_name, reason, since FROM pauses WHERE workspace = $1 ORDER BY since, scope";
    AUDIT = "SELECT seq, at, actor, act, post, detail, prev_hash, hash FROM audit WHERE workspace = $1 ORDER BY seq";
    BATCHES = "SELECT id, member, member_name, file_name, rows, created_at, expires_at, used_at FROM batches \
               WHERE workspace = $1 ORDER BY created_at, id";
    PENDING_EDITS = "SELECT id, post, member, edit, created_at FROM pending_edits WHERE workspace = $1 \
                     ORDER BY created_at, id";
    KEPT = "SELECT id, workspace, sha256, size_bytes, facts, file_name, key, created_by, created_at FROM videos \
            WHERE workspace = $1 AND NOT forgotten ORDER BY created_at, id";
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Whole,
    Truth,
    Instant,
    Print,
    Data,
}

use Kind::{Data, Instant, Print, Text, Truth, Whole};

/// A table as it is given away: its name, its statement, its columns.
type Table = (&'static str, Statement, &'static [(&'static str, Kind)]);

/// How many sheets there are.
pub const SHEETS: usize = TABLES.len();

const TABLES: [Table; 23] = [
    (
        "workspace",
        WORKSPACE,
        &[
            ("id", Text),
            ("name", Text),
            ("reviewer_role", Text),
            ("review_channel", Text),
            ("digest_channel", Text),
            ("zone", Text),
            ("digest_time", Text),
            ("approvals", Whole),
            ("self_review", Truth),
            ("weekly_summary", Truth),
            ("next_digest_at", Instant),
            ("removed_at", Instant),
            ("erasing_at", Instant),
            ("language", Text),
            ("audit_forgotten", Whole),
            ("created_at", Instant),
        ],
    ),
    (
        "accounts",
        ACCOUNTS,
        &[
            ("id", Text),
            ("open_id", Text),
            ("username", Text),
            ("nickname", Text),
            ("scopes", Text),
            ("delivery", Text),
            ("health", Text),
            ("access_expires_at", Instant),
            ("refresh_expires_at", Instant),
            ("connected_by", Text),
            ("connected_at", Instant),
        ],
    ),
    (
        "consents",
        CONSENTS,
        &[("member", Text), ("member_name", Text), ("delivery", Text), ("expires_at", Instant), ("used_at", Instant)],
    ),
    (
        "videos",
        VIDEOS,
        &[
            ("id", Text),
            ("file_name", Text),
            ("sha256", Print),
            ("size_bytes", Whole),
            ("facts", Data),
            ("created_by", Text),
            ("created_at", Instant),
            ("forgotten", Truth),
        ],
    ),
    (
        "posts",
        POSTS,
        &[
            ("id", Text),
            ("number", Whole),
            ("author", Text),
            ("author_name", Text),
            ("account", Text),
            ("video", Text),
            ("video_sha256", Print),
            ("caption", Text),
            ("choices", Data),
            ("due_at", Instant),
            ("zone", Text),
            ("creator", Data),
            ("warnings", Data),
            ("in_spite_of", Data),
            ("stage", Text),
            ("stage_at", Instant),
            ("revision", Print),
            ("lapses_at", Instant),
            ("remind_at", Instant),
            ("thread_id", Text),
            ("created_at", Instant),
            ("batch", Text),
            ("batch_row", Whole),
        ],
    ),
    (
        "batches",
        BATCHES,
        &[
            ("id", Text),
            ("member", Text),
            ("member_name", Text),
            ("file_name", Text),
            ("rows", Whole),
            ("created_at", Instant),
            ("expires_at", Instant),
            ("used_at", Instant),
        ],
    ),
    (
        "pending_edits",
        PENDING_EDITS,
        &[("id", Text), ("post", Text), ("member", Text), ("edit", Data), ("created_at", Instant)],
    ),
    (
        "revisions",
        REVISIONS,
        &[("post", Text), ("number", Whole), ("revision", Print), ("submitted_at", Instant), ("snapshot", Data)],
    ),
    (
        "verdicts",
        VERDICTS,
        &[
            ("id", Text),
            ("post", Text),
            ("revision", Print),
            ("by", Text),
            ("by_name", Text),
            ("word", Data),
            ("as_manager", Truth),
            ("reacted", Truth),
            ("at", Instant),
            ("void", Truth),
        ],
    ),
    (
        "cards",
        CARDS,
        &[("post", Text), ("revision", Print), ("channel", Text), ("message", Text), ("superseded", Truth)],
    ),
    (
        "publications",
        PUBLICATIONS,
        &[
            ("id", Text),
            ("post", Text),
            ("account", Text),
            ("revision", Print),
            ("due_at", Instant),
            ("moved_to", Instant),
            ("attempts", Whole),
            ("state", Text),
            ("next_at", Instant),
            ("setback", Data),
            ("receipt", Data),
            ("publish_id", Text),
            ("ended_at", Instant),
        ],
    ),
    (
        "attempts",
        ATTEMPTS,
        &[
            ("id", Text),
            ("publication", Text),
            ("number", Whole),
            ("stage", Text),
            ("publish_id", Text),
            ("issued_at", Instant),
            ("size_bytes", Whole),
            ("chunk_bytes", Whole),
            ("chunk_count", Whole),
            ("sent_bytes", Whole),
            ("started_at", Instant),
            ("delivered_at", Instant),
            ("outcome", Text),
        ],
    ),
    (
        "notices",
        NOTICES,
        &[
            ("id", Text),
            ("kind", Text),
            ("payload", Data),
            ("state", Text),
            ("tries", Whole),
            ("first_tried_at", Instant),
            ("said_in", Text),
            ("message_id", Text),
            ("why", Text),
            ("created_at", Instant),
        ],
    ),
    ("snapshots", SNAPSHOTS, &[("account", Text), ("taken_at", Instant), ("payload", Data)]),
    ("digests", DIGESTS, &[("day", Text)]),
    ("member_zones", MEMBER_ZONES, &[("member", Text), ("zone", Text), ("chosen_at", Instant)]),
    (
        "slots",
        SLOTS,
        &[("account", Text), ("weekday", Whole), ("minute", Whole), ("set_by", Text), ("set_at", Instant)],
    ),
    ("taken_slots", TAKEN_SLOTS, &[("account", Text), ("at", Instant), ("post", Text)]),
    ("known_rights", KNOWN_RIGHTS, &[("member", Text), ("roles", Data), ("manages", Truth), ("seen_at", Instant)]),
    (
        "breakers",
        BREAKERS,
        &[
            ("account", Text),
            ("kind", Text),
            ("since", Instant),
            ("try_at", Instant),
            ("setback", Data),
            ("closed_at", Instant),
        ],
    ),
    ("pauses", PAUSES, &[("scope", Text), ("by", Text), ("by_name", Text), ("reason", Text), ("since", Instant)]),
    ("spent", SPENT, &[("kind", Text), ("source", Text), ("open_id", Text), ("at", Instant)]),
    (
        "audit",
        AUDIT,
        &[
            ("seq", Whole),
            ("at", Instant),
            ("actor", Data),
            ("act", Text),
            ("post", Text),
            ("detail", Data),
            ("prev_hash", Print),
            ("hash", Print),
        ],
    ),
];

/// One cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is stored there.
    Nothing,
    /// Words; ids are words.
    Text(String),
    /// A count or a size.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
    /// A moment.
    Instant(DateTime<Utc>),
    /// A composite.
    Data(serde_json::Value),
}

/// A table as it is given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub name: &'static str,
    /// What its columns are called.
    pub columns: Vec<&'static str>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Reader {
    /// What the sheet of that place is called.
    ///
    /// # Panics
    /// When there is no such place.
    #[must_use]
    pub const fn sheet_name(&self, place: usize) -> &'static str {
        TABLES[place].0
    }

    /// The sheet of that place, from zero up to [`SHEETS`], of a team.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    ///
    /// # Panics
    /// When there is no such place.
    pub async fn sheet(&mut self, place: usize, workspace: WorkspaceId) -> Result<Sheet> {
        let (name, statement, columns) = TABLES[place];
        let read = |row: &Row| columns.iter().map(|(column, kind)| cell(row, column, *kind)).collect();
        let rows = self.rows(statement, values![workspace]).await?.iter().map(read).collect::<Result<_>>()?;
        Ok(Sheet { name, columns: columns.iter().map(|(column, _)| *column).collect(), rows })
    }

    /// The videos of a team whose bytes are kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn videos_kept(&mut self, workspace: WorkspaceId) -> Result<Vec<Video>> {
        self.rows(KEPT, values![workspace]).await?.iter().map(video).collect()
    }
}

fn cell(row: &Row, column: &'static str, kind: Kind) -> Result<Cell> {
    let cell = match kind {
        Text => row.get::<Option<String>>(column)?.map(Cell::Text),
        Whole => row.get::<Option<i64>>(column)?.map(Cell::Whole),
        Truth => row.get::<Option<bool>>(column)?.map(Cell::Truth),
        Instant => row.instant_option(column)?.map(Cell::Instant),
        Print => row.get::<Option<Vec<u8>>>(column)?.map(|bytes| Cell::Text(hex::encode(bytes))),
        Data => row.json_option(column)?.map(Cell::Data),
    };
    Ok(cell.unwrap_or(Cell::Nothing))
}
