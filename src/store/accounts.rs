//! Connected TikTok accounts and their sealed tokens. A renewal expects the version of the tokens it read, because
//! TikTok's refresh tokens change at every use: two renewals at once would lose the account.

use std::fmt;

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::account::{Account, Delivery, Health, RENEW_BEFORE_END};
use crate::domain::creator::Scopes;
use crate::domain::ids::{AccountId, WorkspaceId};

macro_rules! columns {
    () => {
        "id, workspace, open_id, username, nickname, scopes, delivery, health, access_expires_at, \
         refresh_expires_at, renewed_at, connected_by, connected_at"
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
    // What is needed soon, and what has lain idle for long. A token that is younger than $5 is never the trouble.
    TO_RENEW = concat!(
        "SELECT ", columns!(), " FROM accounts WHERE health = 'connected' AND sealed_refresh_token IS NOT NULL ",
        "AND (renewer_until IS NULL OR renewer_until <= $1) AND renewed_at <= $5 AND (renewed_at <= $2 OR EXISTS ( ",
        "SELECT 1 FROM publications WHERE account = accounts.id AND state IN ('scheduled', 'publishing') ",
        "AND due_at <= $3 AND due_at > accounts.access_expires_at - $4)) ",
        "ORDER BY access_expires_at, id LIMIT 100"
    );
    TO_WARN = concat!(
        "SELECT ", columns!(), " FROM accounts ",
        "WHERE health <> 'connected' AND (warned_at IS NULL OR warned_at <= $1) AND EXISTS ( ",
        "SELECT 1 FROM publications WHERE account = accounts.id AND state IN ('scheduled', 'publishing') ",
        "AND due_at <= $2) ORDER BY id LIMIT 100"
    );
    WAITING = "SELECT COUNT(*) AS counted FROM publications WHERE account = $1 \
               AND state IN ('scheduled', 'publishing') AND due_at <= $2";
    ENDING = concat!(
        "SELECT ", columns!(), ", consent_warned_at FROM accounts ",
        "WHERE health = 'connected' AND refresh_expires_at <= $1 ORDER BY refresh_expires_at, id"
    );
    WARNED = "UPDATE accounts SET warned_at = $2 WHERE id = $1 AND (warned_at IS NULL OR warned_at <= $3)";
    CONSENT_WARNED = "UPDATE accounts SET consent_warned_at = $2 WHERE id = $1 \
                      AND (consent_warned_at IS NULL OR consent_warned_at < $3)";
    TAKE_RENEWAL = "UPDATE accounts SET renewer = $2, renewer_until = $4 WHERE id = $1 AND token_version = $5 \
                    AND (renewer IS NULL OR renewer_until <= $3)";
    RENEWER = "SELECT renewer_until FROM accounts WHERE id = $1 AND renewer IS NOT NULL";
    DROP_RENEWAL = "UPDATE accounts SET renewer = NULL, renewer_until = $3 WHERE id = $1 AND renewer = $2";
    SAVE = concat!(
        "INSERT INTO accounts (", columns!(), ", token_version) ",
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0) ",
        "ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, open_id = excluded.open_id, ",
        "username = excluded.username, nickname = excluded.nickname, scopes = excluded.scopes, ",
        "delivery = excluded.delivery, health = excluded.health, access_expires_at = excluded.access_expires_at, ",
        "refresh_expires_at = excluded.refresh_expires_at, renewed_at = excluded.renewed_at, ",
        "connected_by = excluded.connected_by, ",
        "connected_at = excluded.connected_at"
    );
    TOKENS = "SELECT id, sealed_access_token, sealed_refresh_token, token_version FROM accounts \
              WHERE id = $1 AND sealed_access_token IS NOT NULL AND sealed_refresh_token IS NOT NULL";
    TOKEN_VERSION = "SELECT id, token_version FROM accounts WHERE id = $1";
    SAVE_TOKENS = "UPDATE accounts SET sealed_access_token = $2, sealed_refresh_token = $3, access_expires_at = $4, \
                   refresh_expires_at = $5, renewed_at = $7, renewer = NULL, renewer_until = NULL, \
                   token_version = token_version + 1 WHERE id = $1 AND token_version = $6";
    FORGET_TOKENS = "UPDATE accounts SET sealed_access_token = NULL, sealed_refresh_token = NULL, renewer = NULL, \
                     renewer_until = NULL, token_version = token_version + 1 WHERE id = $1";
}

/// What people are warned of about an account. When they last heard is kept for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// It is not connected, and posts of it are due before long.
    WillNotGoOut,
    /// TikTok wants a new consent before long.
    ConsentEnds,
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

    /// The connected accounts whose tokens should be renewed before anybody asks: a post is due by `ahead` and would find
    /// less left than the domain wants, or they have not been renewed since `idle_since`. Not those renewed after `young`,
    /// nor those somebody is at. At most a hundred, the most urgent first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_to_renew(
        &mut self,
        now: DateTime<Utc>,
        ahead: DateTime<Utc>,
        idle_since: DateTime<Utc>,
        young: DateTime<Utc>,
    ) -> Result<Vec<Account>> {
        let values = values![now, idle_since, ahead, RENEW_BEFORE_END.num_milliseconds(), young];
        self.rows(TO_RENEW, values).await?.iter().map(account).collect()
    }

    /// Accounts that are not connected and have posts due by `until`; not those warned of after
    /// `warned_before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_to_warn_of(
        &mut self,
        warned_before: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Account>> {
        self.rows(TO_WARN, values![warned_before, until]).await?.iter().map(account).collect()
    }

    /// How many posts of an account are due by `until` and have not gone out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts_waiting(&mut self, account: AccountId, until: DateTime<Utc>) -> Result<i64> {
        self.row(WAITING, values![account, until]).await?.map_or(Ok(0), |row| row.get("counted"))
    }

    /// Connected accounts whose consent ends by `until`, with when people last heard of that.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn consents_that_end(&mut self, until: DateTime<Utc>) -> Result<Vec<(Account, Option<DateTime<Utc>>)>> {
        let rows = self.rows(ENDING, values![until]).await?;
        rows.iter().map(|row| Ok((account(row)?, row.instant_option("consent_warned_at")?))).collect()
    }

    /// Until when somebody renews the tokens of an account, if anybody does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renewal_ends(&mut self, account: AccountId) -> Result<Option<DateTime<Utc>>> {
        self.row(RENEWER, values![account]).await?.map_or(Ok(None), |row| row.instant_option("renewer_until"))
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
            account.renewed_at,
            account.connected_by,
            account.connected_at,
        ];
        self.change(SAVE, values).await.map(drop)
    }

    /// Takes the renewal of an account's tokens for a while; false when another process has it, or has done it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_renewal(
        &mut self,
        account: AccountId,
        renewer: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        expected_version: i64,
    ) -> Result<bool> {
        Ok(self.change(TAKE_RENEWAL, values![account, renewer, now, until, expected_version]).await? == 1)
    }

    /// Gives a renewal back that brought nothing; it is not tried ahead of need before `not_before`. False when it is this
    /// process's no more, because another took it over or a manager connected or disconnected the account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_renewal(&mut self, account: AccountId, renewer: &str, not_before: DateTime<Utc>) -> Result<bool> {
        Ok(self.change(DROP_RENEWAL, values![account, renewer, not_before]).await? == 1)
    }

    /// Notes that people hear a warning about an account now; false when they have heard it since `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_warning(
        &mut self,
        id: AccountId,
        warning: Warning,
        now: DateTime<Utc>,
        before: DateTime<Utc>,
    ) -> Result<bool> {
        let noted = match warning {
            Warning::WillNotGoOut => WARNED,
            Warning::ConsentEnds => CONSENT_WARNED,
        };
        Ok(self.change(noted, values![id, now, before]).await? == 1)
    }

    /// Keeps the tokens TikTok gave, and with them ends a renewal. They take the place of those of their version, and
    /// have the next one afterwards; a fresh account's are of version 0.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when the tokens are not of that version any more.
    pub async fn save_tokens(&mut self, account: &Account, sealed: &SealedTokens) -> Result<()> {
        let values = values![
            account.id,
            sealed.access.as_slice(),
            sealed.refresh.as_slice(),
            account.access_expires_at,
            account.refresh_expires_at,
            sealed.version,
            account.renewed_at,
        ];
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
        renewed_at: row.instant("renewed_at")?,
        connected_by: row.read("connected_by")?,
        connected_at: row.instant("connected_at")?,
    })
}
