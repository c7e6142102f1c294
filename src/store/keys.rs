//! What is sealed, wherever it lies, and which key took the place of which.
//!
//! The store knows nothing of keys but the name that stands at the head of each sealed blob: one byte of layout, then
//! eight bytes of the key's name. A blob is replaced only while it is still the one that was read: a token that was
//! renewed in between is never overwritten by an older one.

use std::fmt;

use chrono::{DateTime, Utc};

use super::link::{Reader, Statement, statements};
use super::rows::{Row, values};
use super::{Result, Tx};

/// Reads the next sealed blobs of a column that bear another name than the one given, in the order of their rows.
macro_rules! sealed {
    ($row:literal, $column:literal, $table:literal) => {
        concat!(
            "SELECT ",
            $row,
            " AS id, ",
            $column,
            " AS blob FROM ",
            $table,
            " WHERE ",
            $column,
            " IS NOT NULL AND ",
            $row,
            " > $1 AND substr(",
            $column,
            ", 2, 8) <> $2 ORDER BY ",
            $row,
            " LIMIT $3"
        )
    };
}

/// Replaces one sealed blob, if it is still the one that was read.
macro_rules! reseal {
    ($row:literal, $column:literal, $table:literal) => {
        concat!("UPDATE ", $table, " SET ", $column, " = $3 WHERE ", $row, " = $1 AND ", $column, " = $2")
    };
}

statements! { "key_changes";
    CHANGES = "SELECT old_key, new_key, new_by_old, old_by_new, begun_at, resealed_at, retired_at FROM key_changes \
               ORDER BY begun_at, old_key";
    // Of two who change the same key at once, the first one's key takes its place.
    BEGIN = "INSERT INTO key_changes (old_key, new_key, new_by_old, old_by_new, begun_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (old_key) DO NOTHING";
    RESEALED = "UPDATE key_changes SET resealed_at = $2 WHERE old_key = $1 AND resealed_at IS NULL";
    RETIRE = "UPDATE key_changes SET new_by_old = NULL, retired_at = $1, resealed_at = coalesce(resealed_at, $1) \
              WHERE retired_at IS NULL";
    // Of accounts alone: everything else that is sealed lives for an hour at most.
    MARKS = "SELECT substr(sealed_access_token, 2, 8) AS mark FROM accounts WHERE sealed_access_token IS NOT NULL \
             UNION SELECT substr(sealed_refresh_token, 2, 8) FROM accounts WHERE sealed_refresh_token IS NOT NULL";
    ACCESS_TOKENS = sealed!("id", "sealed_access_token", "accounts");
    RESEAL_ACCESS_TOKEN = reseal!("id", "sealed_access_token", "accounts");
    REFRESH_TOKENS = sealed!("id", "sealed_refresh_token", "accounts");
    RESEAL_REFRESH_TOKEN = reseal!("id", "sealed_refresh_token", "accounts");
    VERIFIERS = sealed!("lower(hex(state_hash))", "sealed_verifier", "consents"),
        postgres: sealed!("encode(state_hash, 'hex')", "sealed_verifier", "consents");
    RESEAL_VERIFIER = reseal!("lower(hex(state_hash))", "sealed_verifier", "consents"),
        postgres: reseal!("encode(state_hash, 'hex')", "sealed_verifier", "consents");
    UPLOAD_URLS = sealed!("id", "sealed_upload_url", "attempts");
    RESEAL_UPLOAD_URL = reseal!("id", "sealed_upload_url", "attempts");
}

/// Where sealed blobs lie. A test holds the schema against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedColumn {
    /// Of an account.
    AccessToken,
    /// Of an account.
    RefreshToken,
    /// Of a link to the consent page.
    Verifier,
    /// Of a try under way.
    UploadUrl,
}

impl SealedColumn {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AccessToken, Self::RefreshToken, Self::Verifier, Self::UploadUrl];

    /// The table it is in.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::AccessToken | Self::RefreshToken => "accounts",
            Self::Verifier => "consents",
            Self::UploadUrl => "attempts",
        }
    }

    /// What is sealed in it; the column is called so with `sealed_` before it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
            Self::Verifier => "verifier",
            Self::UploadUrl => "upload_url",
        }
    }

    const fn statements(self) -> (Statement, Statement) {
        match self {
            Self::AccessToken => (ACCESS_TOKENS, RESEAL_ACCESS_TOKEN),
            Self::RefreshToken => (REFRESH_TOKENS, RESEAL_REFRESH_TOKEN),
            Self::Verifier => (VERIFIERS, RESEAL_VERIFIER),
            Self::UploadUrl => (UPLOAD_URLS, RESEAL_UPLOAD_URL),
        }
    }
}

/// One sealed blob and where it lies.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedBlob {
    /// In which column.
    pub column: SealedColumn,
    /// In which row; a link's is the SHA-256 of its state in hex.
    pub row: String,
    /// The blob.
    pub blob: Vec<u8>,
}

impl fmt::Debug for SealedBlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedBlob({} {} {})", self.column.table(), self.row, self.column.name())
    }
}

/// One key's taking another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The name of the key that was replaced.
    pub old: String,
    /// The name of the key that took its place.
    pub new: String,
    /// The new key, sealed with the old; none once the old one was retired.
    pub new_by_old: Option<Vec<u8>>,
    /// The old key, sealed with the new.
    pub old_by_new: Vec<u8>,
    /// Since when the new key seals.
    pub begun_at: DateTime<Utc>,
    /// Since when everything is sealed with it.
    pub resealed_at: Option<DateTime<Utc>>,
    /// Since when the old key opens nothing any more.
    pub retired_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// Every change of keys there was, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_changes(&mut self) -> Result<Vec<KeyChange>> {
        self.rows(CHANGES, Vec::new()).await?.iter().map(change).collect()
    }

    /// The names of the keys that tokens of accounts are sealed with, as they stand in the blobs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_marks(&mut self) -> Result<Vec<Vec<u8>>> {
        self.rows(MARKS, Vec::new()).await?.iter().map(|row| row.get("mark")).collect()
    }

    /// The next blobs of a column after a row that bear another name than `mark`; an empty mark gives all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed_blobs(
        &mut self,
        column: SealedColumn,
        mark: &[u8],
        after: &str,
        limit: u32,
    ) -> Result<Vec<SealedBlob>> {
        let rows = self.rows(column.statements().0, values![after, mark, limit]).await?;
        rows.iter().map(|row| Ok(SealedBlob { column, row: row.get("id")?, blob: row.get("blob")? })).collect()
    }
}

impl Tx {
    /// Writes down that a key takes another's place; nothing if another has taken it already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_key_change(
        &mut self,
        (old, new): (&str, &str),
        new_by_old: &[u8],
        old_by_new: &[u8],
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.change(BEGIN, values![old, new, new_by_old, old_by_new, now]).await.map(drop)
    }

    /// Writes down that everything an old key sealed is sealed with its successor.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_change_resealed(&mut self, old: &str, now: DateTime<Utc>) -> Result<()> {
        self.change(RESEALED, values![old, now]).await.map(drop)
    }

    /// Takes from every replaced key the way to its successor; says how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retire_keys(&mut self, now: DateTime<Utc>) -> Result<u64> {
        self.change(RETIRE, values![now]).await
    }

    /// Puts a blob that was sealed anew in the place of the one that was read; false when that is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reseal(&mut self, read: &SealedBlob, sealed: &[u8]) -> Result<bool> {
        let values = values![read.row.as_str(), read.blob.as_slice(), sealed];
        Ok(self.change(read.column.statements().1, values).await? > 0)
    }
}

fn change(row: &Row) -> Result<KeyChange> {
    Ok(KeyChange {
        old: row.get("old_key")?,
        new: row.get("new_key")?,
        new_by_old: row.get("new_by_old")?,
        old_by_new: row.get("old_by_new")?,
        begun_at: row.instant("begun_at")?,
        resealed_at: row.instant_option("resealed_at")?,
        retired_at: row.instant_option("retired_at")?,
    })
}
