//! Connected TikTok accounts and their sealed tokens. A renewal expects the version of the tokens it read, because
//! TikTok's refresh tokens change at every use: two renewals at once would lose the account.

use std::fmt;

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::creator::Scopes;
use crate::domain::ids::{AccountId, WorkspaceId};

macro_rules! columns {
    () => {
        "id, workspace, open_id, username, nickname, scopes, delivery, health, access_expires_at, \
         refresh_expires_at, connected_by, connected_at"
    };
}

statements! { "accounts";
    ACCOUNT = concat!("SELECT ", columns!(), " FROM accounts WHERE id = $1");
    OF_WORKSPACE = concat!(
        "SELECT ", columns!(), " FROM accounts WHERE workspace = $1 AND health <> 'disconnected' ORDER BY username, id"
    );
    EVERY = concat!("SELECT ", columns!(), " FROM accounts WHERE workspace = $1 ORDER BY username, id");
    BY_OPEN_ID = concat!(
        "SELECT ", columns!(), " FROM accounts WHERE open_id = $1 ",
        "ORDER BY (health = 'disconnected'), connected_at DESC, id DESC LIMIT 1"
    );
    CONNECTED = concat!(
        "SELECT ", columns!(), " FROM accounts WHERE health = 'connected' AND sealed_refresh_token IS NOT NULL ",
        "ORDER BY access_expires_at, id"
    );
    SAVE = concat!(
        "INSERT INTO accounts (", columns!(), ", token_version) ",
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0) ",
        "ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, open_id = excluded.open_id, ",
        "username = excluded.username, nickname = excluded.nickname, scopes = excluded.scopes, ",
        "delivery = excluded.delivery, health = excluded.health, access_expires_at = excluded.access_expires_at, ",
        "refresh_expires_at = excluded.refresh_expires_at, connected_by = excluded.connected_by, ",
        "connected_at = excluded.connected_at"
    );
    TOKENS = "SELECT id, sealed_access_token, sealed_refresh_token, token_version FROM accounts \
              WHERE id = $1 AND sealed_access_token IS NOT NULL AND sealed_refresh_token IS NOT NULL";
    TOKEN_VERSION = "SELECT id, token_version FROM accounts WHERE id = $1";
    SAVE_TOKENS = "UPDATE accounts SET sealed_access_token = $2, sealed_refresh_token = $3, access_expires_at = $4, \
                   refresh_expires_at = $5, token_version = token_version + 1 WHERE id = $1 AND token_version = $6";
    FORGET_TOKENS = "UPDATE accounts SET sealed_access_token = NULL, sealed_refresh_token = NULL, \
                     token_version = token_version + 1 WHERE id = $1";
}

/// An account's tokens as they lie in the database: only the vault can open them.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedTokens {
    /// The access token.
    pub access: Vec<u8>,
    /// The refresh token.
    pub refresh: Vec<u8>,
    /// Counts renewals; zero before the first tokens were kept.
    pub version: i64,
}

impl fmt::Debug for SealedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedTokens").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Reader {
    /// The account of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<Account>> {
        self.row(ACCOUNT, values![id]).await?.as_ref().map(account).transpose()
    }

    /// A workspace's accounts by name, without those that were disconnected.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts(&mut self, workspace: WorkspaceId) -> Result<Vec<Account>> {
        self.rows(OF_WORKSPACE, values![workspace]).await?.iter().map(account).collect()
    }

    /// A workspace's accounts by name, with those that were disconnected.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn every_account(&mut self, workspace: WorkspaceId) -> Result<Vec<Account>> {
        self.rows(EVERY, values![workspace]).await?.iter().map(account).collect()
    }

    /// The account TikTok knows under that id: the connected one, else the one that was disconnected last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_by_open_id(&mut self, open_id: &str) -> Result<Option<Account>> {
        self.row(BY_OPEN_ID, values![open_id]).await?.as_ref().map(account).transpose()
    }

    /// The connected accounts whose access token should be renewed, the most urgent first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_to_renew(&mut self, now: DateTime<Utc>) -> Result<Vec<Account>> {
        // How early is the domain's to say; there are few accounts.
        let connected = self.rows(CONNECTED, Vec::new()).await?;
        let accounts: Vec<Account> = connected.iter().map(account).collect::<Result<_>>()?;
        Ok(accounts.into_iter().filter(|account| account.needs_renewal(now)).collect())
    }

    /// An account's sealed tokens, unless they were forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed_tokens(&mut self, account: AccountId) -> Result<Option<SealedTokens>> {
        let Some(row) = self.row(TOKENS, values![account]).await? else { return Ok(None) };
        Ok(Some(SealedTokens {
            access: row.get("sealed_access_token")?,
            refresh: row.get("sealed_refresh_token")?,
            version: row.get("token_version")?,
        }))
    }

    /// The version of an account's tokens, also of forgotten ones; zero for an account that is not known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn token_version(&mut self, account: AccountId) -> Result<i64> {
        self.row(TOKEN_VERSION, values![account]).await?.map_or(Ok(0), |row| row.get("token_version"))
    }
}

impl Tx {
    /// Keeps an account, new or known. Its tokens stay as they are.
    ///
    /// # Errors
    /// When the database fails, or another team has the same TikTok account connected.
    pub async fn save_account(&mut self, account: &Account) -> Result<()> {
        let values = values![
            account.id,
            account.workspace,
            account.open_id.as_str(),
            account.username.as_str(),
            account.nickname.as_str(),
            account.scopes.to_string(),
            account.delivery.word(),
            account.health.word(),
            account.access_expires_at,
            account.refresh_expires_at,
            account.connected_by,
            account.connected_at,
        ];
        self.change(SAVE, values).await.map(drop)
    }

    /// Keeps renewed tokens and when they end. A fresh account's tokens have version 0.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when the tokens are not of the expected version any more.
    pub async fn save_tokens(
        &mut self,
        account: AccountId,
        sealed_access: &[u8],
        sealed_refresh: &[u8],
        access_expires_at: DateTime<Utc>,
        refresh_expires_at: DateTime<Utc>,
        expected_version: i64,
    ) -> Result<()> {
        let values =
            values![account, sealed_access, sealed_refresh, access_expires_at, refresh_expires_at, expected_version];
        self.change_one(SAVE_TOKENS, values).await
    }

    /// Forgets an account's tokens. A renewal that is under way will find that it is too late.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_tokens(&mut self, account: AccountId) -> Result<()> {
        self.change(FORGET_TOKENS, values![account]).await.map(drop)
    }
}

fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        open_id: row.get("open_id")?,
        username: row.get("username")?,
        nickname: row.get("nickname")?,
        scopes: Scopes::parse(&row.get::<String>("scopes")?),
        delivery: row.read::<Delivery>("delivery")?,
        health: row.read::<Health>("health")?,
        access_expires_at: row.instant("access_expires_at")?,
        refresh_expires_at: row.instant("refresh_expires_at")?,
        connected_by: row.read("connected_by")?,
        connected_at: row.instant("connected_at")?,
    })
}
