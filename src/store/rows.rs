//! How ids, instants, enums and composites are written into columns and read back: the only place that knows.
//! A column that holds something the program cannot have written is an [`Error::Inconsistent`] that names the row.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, TimeZone, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use super::{Error, Result};
use crate::domain::ids::{
    AccountId, AttemptId, BatchId, ChannelId, MemberId, MessageId, NoticeId, PendingEditId, PostId, PublicationId,
    RoleId, VerdictId, VideoId, WorkspaceId,
};
use crate::domain::post::Revision;

/// What a statement is given: one of the four shapes both engines have. A missing value keeps its shape, because
/// PostgreSQL wants to know the type of a null.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(Option<String>),
    Whole(Option<i64>),
    Truth(bool),
    Bytes(Option<Vec<u8>>),
}

/// The values of a statement, in the order of their numbers.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::rows::Value::from($value)),*] };
}
pub(super) use values;

macro_rules! value_from {
    ($($kind:ty, $shape:ident, $value:ident => $made:expr;)+) => {$(
        impl From<$kind> for Value {
            fn from($value: $kind) -> Self {
                Self::$shape($made)
            }
        }
        impl From<Option<$kind>> for Value {
            fn from(value: Option<$kind>) -> Self {
                Self::$shape(value.and_then(|$value| $made))
            }
        }
    )+};
}

value_from! {
    &str, Text, value => Some(value.to_owned());
    String, Text, value => Some(value);
    AccountId, Text, value => Some(value.to_string());
    AttemptId, Text, value => Some(value.to_string());
    BatchId, Text, value => Some(value.to_string());
    ChannelId, Text, value => Some(value.to_string());
    MemberId, Text, value => Some(value.to_string());
    MessageId, Text, value => Some(value.to_string());
    NoticeId, Text, value => Some(value.to_string());
    PendingEditId, Text, value => Some(value.to_string());
    PostId, Text, value => Some(value.to_string());
    PublicationId, Text, value => Some(value.to_string());
    RoleId, Text, value => Some(value.to_string());
    VerdictId, Text, value => Some(value.to_string());
    VideoId, Text, value => Some(value.to_string());
    WorkspaceId, Text, value => Some(value.to_string());
    i64, Whole, value => Some(value);
    u32, Whole, value => Some(i64::from(value));
    // Sizes of files: far below where the two types part.
    u64, Whole, value => Some(i64::try_from(value).unwrap_or(i64::MAX));
    DateTime<Utc>, Whole, value => Some(value.timestamp_millis());
    Vec<u8>, Bytes, value => Some(value);
    &[u8], Bytes, value => Some(value.to_vec());
    [u8; 32], Bytes, value => Some(value.to_vec());
    Revision, Bytes, value => Some(value.as_bytes().to_vec());
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Truth(value)
    }
}

/// A composite as JSON.
pub(super) fn json<T: Serialize>(thing: &T) -> String {
    serde_json::to_string(thing).expect("the domain's shapes have text keys and no fallible parts")
}

/// A row of either driver, and the table it is from.
#[derive(Debug)]
pub(super) struct Row {
    table: &'static str,
    inner: Inner,
}

enum Inner {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What rows hold is nobody's business in a log.
        f.write_str(match self {
            Self::Sqlite(_) => "Sqlite",
            Self::Postgres(_) => "Postgres",
        })
    }
}

impl From<SqliteRow> for Inner {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

impl From<PgRow> for Inner {
    fn from(row: PgRow) -> Self {
        Self::Postgres(row)
    }
}

/// A type both drivers read from a column.
pub(super) trait Column:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Column for T where T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres> {}

#[expect(private_bounds, reason = "only this room makes rows")]
impl Row {
    pub(super) fn new(table: &'static str, row: impl Into<Inner>) -> Self {
        Self { table, inner: row.into() }
    }

    fn raw<T: Column>(&self, column: &str) -> sqlx::Result<T> {
        match &self.inner {
            Inner::Sqlite(row) => row.try_get(column),
            Inner::Postgres(row) => row.try_get(column),
        }
    }

    /// What a column of a plain type holds.
    pub(super) fn get<T: Column>(&self, column: &'static str) -> Result<T> {
        self.raw(column).map_err(|error| match error {
            sqlx::Error::ColumnDecode { .. } => self.odd(column),
            other => Error::from_driver(other),
        })
    }

    /// The error that says which row cannot be believed.
    pub(super) fn odd(&self, column: &'static str) -> Error {
        let id = ["id", "post", "account", "seq"].into_iter().find_map(|name| self.raw::<String>(name).ok());
        Error::Inconsistent { table: self.table, column, id: id.unwrap_or_else(|| "?".into()) }
    }

    /// Something that has a text form: ids, zones, dates.
    pub(super) fn read<T: FromStr>(&self, column: &'static str) -> Result<T> {
        self.get::<String>(column)?.parse().map_err(|_| self.odd(column))
    }

    /// The same, where it may be missing.
    pub(super) fn read_option<T: FromStr>(&self, column: &'static str) -> Result<Option<T>> {
        let text = self.get::<Option<String>>(column)?;
        text.map(|text| text.parse().map_err(|_| self.odd(column))).transpose()
    }

    /// An enum, by the word it is stored under.
    pub(super) fn word<T: Copy>(&self, column: &'static str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T> {
        let text = self.get::<String>(column)?;
        all.iter().copied().find(|one| word(*one) == text).ok_or_else(|| self.odd(column))
    }

    /// The same, where it may be missing.
    pub(super) fn word_option<T: Copy>(
        &self,
        column: &'static str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>> {
        self.get::<Option<String>>(column)?.map(|_| self.word(column, all, word)).transpose()
    }

    /// A composite.
    pub(super) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        serde_json::from_str(&self.get::<String>(column)?).map_err(|_| self.odd(column))
    }

    /// The same, where it may be missing.
    pub(super) fn json_option<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>> {
        let text = self.get::<Option<String>>(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| self.odd(column))).transpose()
    }

    /// An instant.
    pub(super) fn instant(&self, column: &'static str) -> Result<DateTime<Utc>> {
        Utc.timestamp_millis_opt(self.get(column)?).single().ok_or_else(|| self.odd(column))
    }

    /// The same, where it may be missing.
    pub(super) fn instant_option(&self, column: &'static str) -> Result<Option<DateTime<Utc>>> {
        self.get::<Option<i64>>(column)?.map(|_| self.instant(column)).transpose()
    }

    /// A whole number of a narrower type than the column's.
    pub(super) fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T> {
        T::try_from(self.get::<i64>(column)?).map_err(|_| self.odd(column))
    }

    /// A SHA-256.
    pub(super) fn fingerprint(&self, column: &'static str) -> Result<[u8; 32]> {
        self.get::<Vec<u8>>(column)?.try_into().map_err(|_| self.odd(column))
    }

    /// A revision.
    pub(super) fn revision(&self, column: &'static str) -> Result<Revision> {
        self.fingerprint(column).map(Revision::from_bytes)
    }

    /// What must be there in this state although the column may be empty.
    pub(super) fn must<T>(&self, value: Option<T>, column: &'static str) -> Result<T> {
        value.ok_or_else(|| self.odd(column))
    }
}

/// A number in any text form, for errors about rows that have no id of their own.
pub(super) fn named(id: impl Display) -> String {
    id.to_string()
}
