//! Links to TikTok's consent page that managers were given: single use, ten minutes, bound to who asked and where.

use std::fmt;

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::account::Delivery;
use crate::domain::ids::{MemberId, WorkspaceId};

statements! { "consents";
    ADD = "INSERT INTO consents (state_hash, workspace, member, member_name, delivery, sealed_verifier, expires_at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    // One statement, so that of two who come with the same state one is let in.
    USE = "UPDATE consents SET used_at = $2 WHERE state_hash = $1 AND used_at IS NULL AND expires_at > $2 \
           RETURNING workspace, member, member_name, delivery, sealed_verifier, expires_at";
    FIND = "SELECT workspace, member, member_name, delivery, sealed_verifier, expires_at FROM consents \
            WHERE state_hash = $1 AND used_at IS NULL AND expires_at > $2";
    FORGET = "DELETE FROM consents WHERE expires_at < $1";
}

/// A link to TikTok's consent page that somebody asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// For which team.
    pub workspace: WorkspaceId,
    /// Who asked.
    pub member: MemberId,
    /// What they were called then.
    pub member_name: String,
    /// How posts will reach the account.
    pub delivery: Delivery,
    /// The proof key's verifier, sealed, where TikTok's flow uses one.
    pub sealed_verifier: Option<Vec<u8>>,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consent")
            .field("workspace", &self.workspace)
            .field("member", &self.member)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Looks at a link that works, without taking it in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn consent(&mut self, state_hash: [u8; 32], now: DateTime<Utc>) -> Result<Option<Consent>> {
        self.row(FIND, values![state_hash, now]).await?.as_ref().map(consent).transpose()
    }
}

impl Tx {
    /// Remembers a link that was given out, by the SHA-256 of its state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_consent(&mut self, state_hash: [u8; 32], consent: &Consent) -> Result<()> {
        let values = values![
            state_hash,
            consent.workspace,
            consent.member,
            consent.member_name.as_str(),
            consent.delivery.word(),
            consent.sealed_verifier.clone(),
            consent.expires_at,
        ];
        self.change(ADD, values).await.map(drop)
    }

    /// Takes a link in: `None` when it was never given out, was used before, or is too old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_consent(&mut self, state_hash: [u8; 32], now: DateTime<Utc>) -> Result<Option<Consent>> {
        self.row(USE, values![state_hash, now]).await?.as_ref().map(consent).transpose()
    }

    /// Forgets links that ended before an instant; says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_consents(&mut self, ended_before: DateTime<Utc>) -> Result<u64> {
        self.change(FORGET, values![ended_before]).await
    }
}

fn consent(row: &Row) -> Result<Consent> {
    Ok(Consent {
        workspace: row.read("workspace")?,
        member: row.read("member")?,
        member_name: row.get("member_name")?,
        delivery: row.read("delivery")?,
        sealed_verifier: row.get("sealed_verifier")?,
        expires_at: row.instant("expires_at")?,
    })
}
