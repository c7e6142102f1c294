//! Changes the encryption key while the program runs.
//!
//! First the change is written down, from when on every process seals with the new key; then what the old ones sealed is
//! sealed anew, some rows at a time, each only if it is still what was read. A process that held a token in its hands
//! meanwhile may write it under the old key a moment later, so the rows are gone through until a whole round finds
//! nothing. Dying anywhere in between leaves both keys able to open everything, and the next run goes on with the same
//! new key. Only [`retire`] takes anything away, when the operator says that no process was started with the old key.

use chrono::{DateTime, Utc};

use super::keys::{KeyTrouble, Keys, place};
use super::tokens;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::store::{SealedBlob, SealedColumn};
use crate::vault::{Place, VaultError};

/// How many blobs one transaction seals anew: other writers wait for it on SQLite, and this many take milliseconds.
const AT_ONCE: u32 = 50;

/// How often all rows are gone through. Each round finds only what was sealed in the moment before the one before it.
const MOST_ROUNDS: u32 = 20;

/// A secret that cannot be opened with any key there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Where it lies: table, row and what it is.
    pub at: String,
    /// Why.
    pub why: VaultError,
}

/// What came of going through everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resealed {
    /// How many secrets were sealed anew.
    pub count: u64,
    /// What stays as it was, because nobody can open it.
    pub closed: Vec<Closed>,
    /// To the last, secrets came that were sealed with an old key: some process has not heard of the new one.
    pub restless: bool,
}

impl Resealed {
    /// Whether everything is sealed with the present key.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.closed.is_empty() && !self.restless
    }
}

/// Where a walk through everything that is sealed has come to.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    column: usize,
    after: String,
    done: Resealed,
}

/// Has a new key take the place of the one in the settings, unless one has taken it already, and seals everything anew.
///
/// # Errors
/// When the key given is not the one, or the database fails; then running it again goes on.
pub async fn rotate(keys: Keys<'_>, now: DateTime<Utc>) -> Result<Resealed, KeyTrouble> {
    begin(keys, now).await?;
    let resealed = reseal_all(keys).await?;
    if resealed.is_whole() {
        let mut tx = keys.store.begin().await?;
        tx.key_change_resealed(&keys.vault.key_id(), now).await?;
        tx.commit().await?;
    }
    Ok(resealed)
}

/// Writes down that a new key takes the place of the one in the settings; from then on it seals.
///
/// # Errors
/// When the key given is not the one, or the database fails.
pub async fn begin(keys: Keys<'_>, now: DateTime<Utc>) -> Result<(), KeyTrouble> {
    keys.check().await?;
    if keys.vault.present_key_id() != keys.vault.key_id() {
        return Ok(());
    }
    let pair = keys.vault.hand_over()?;
    let mut tx = keys.store.begin().await?;
    let new_by_old = pair.new_by_old.as_deref().unwrap_or_default();
    tx.begin_key_change((&pair.old, &pair.new), new_by_old, &pair.old_by_new, now).await?;
    tx.commit().await?;
    // Somebody else may have been faster, and theirs is the key then.
    keys.look().await
}

/// Takes from the replaced keys the power to open anything; the settings of every process must name the present one.
/// Says how many keys were retired.
///
/// # Errors
/// [`VaultError::Replaced`] when the settings still name an old key, or the database fails.
pub async fn retire(keys: Keys<'_>, now: DateTime<Utc>) -> Result<(u64, Resealed), KeyTrouble> {
    keys.check().await?;
    if keys.vault.present_key_id() != keys.vault.key_id() {
        let (given, by) = (keys.vault.key_id(), keys.vault.present_key_id());
        return Err(VaultError::Replaced { given, by }.into());
    }
    let resealed = reseal_all(keys).await?;
    if !resealed.is_whole() {
        return Ok((0, resealed));
    }
    let mut tx = keys.store.begin().await?;
    let retired = tx.retire_keys(now).await?;
    tx.commit().await?;
    Ok((retired, resealed))
}

/// Seals everything with the present key, round by round.
async fn reseal_all(keys: Keys<'_>) -> Result<Resealed, KeyTrouble> {
    let mut resealed = Resealed::default();
    for _ in 0..MOST_ROUNDS {
        let mut walk = Walk::default();
        while step(keys, &mut walk).await? {}
        let Resealed { count, closed, .. } = walk.done;
        resealed = Resealed { count: resealed.count + count, closed, restless: count > 0 };
        if !resealed.restless {
            break;
        }
    }
    Ok(resealed)
}

/// Seals the next few secrets anew, in a transaction of their own. False when there are no more.
///
/// # Errors
/// When the database fails.
pub async fn step(keys: Keys<'_>, walk: &mut Walk) -> Result<bool, KeyTrouble> {
    let Some(column) = SealedColumn::ALL.get(walk.column) else { return Ok(false) };
    let mark = keys.vault.present_key_mark();
    let found = keys.store.sealed_blobs(*column, &mark, &walk.after, AT_ONCE).await?;
    match found.last() {
        Some(last) => walk.after.clone_from(&last.row),
        None => {
            walk.column += 1;
            walk.after.clear();
            return Ok(true);
        }
    }
    walk.done.count += reseal_some(keys, &found, &mut walk.done.closed).await?;
    Ok(true)
}

async fn reseal_some(keys: Keys<'_>, found: &[SealedBlob], closed: &mut Vec<Closed>) -> Result<u64, KeyTrouble> {
    let mut anew = Vec::with_capacity(found.len());
    for blob in found {
        match keys.open(place(blob), &blob.blob).await {
            Ok(secret) => anew.push((blob, keys.vault.seal(place(blob), &secret))),
            Err(KeyTrouble::Vault(why)) => closed.push(Closed { at: named(blob), why }),
            Err(broken @ KeyTrouble::Store(_)) => return Err(broken),
        }
    }
    let mut tx = keys.store.begin().await?;
    let mut count = 0;
    for (blob, sealed) in anew {
        match tx.reseal(blob, &sealed).await {
            Ok(replaced) => count += u64::from(replaced),
            // PostgreSQL gave this transaction up for another's sake; the next round comes by again.
            Err(error) if error.is_stale() => return Ok(1),
            Err(error) => return Err(error.into()),
        }
    }
    tx.commit().await?;
    Ok(count)
}

/// After a key was lost: forgets the tokens that only it opens. Their accounts wait to be connected again, and their teams
/// are told. Says which accounts that were.
///
/// # Errors
/// When the key given was retired, or the database fails.
pub async fn forget(keys: Keys<'_>, now: DateTime<Utc>) -> Result<Vec<Account>, KeyTrouble> {
    keys.look().await?;
    let mut forgotten = Vec::new();
    for workspace in keys.store.workspaces().await? {
        for account in keys.store.accounts(workspace.id).await? {
            if is_lost(keys, account.id).await? {
                let mut tx = keys.store.begin().await?;
                tx.forget_tokens(account.id).await?;
                tokens::give_up(&mut tx, &account, "key_lost", now).await?;
                tx.commit().await?;
                forgotten.push(account);
            }
        }
    }
    Ok(forgotten)
}

/// Whether an account's tokens were sealed with a key that cannot be had.
async fn is_lost(keys: Keys<'_>, id: AccountId) -> Result<bool, KeyTrouble> {
    let Some(sealed) = keys.store.sealed_tokens(id).await? else { return Ok(false) };
    let row = id.to_string();
    for (column, blob) in [("access_token", &sealed.access), ("refresh_token", &sealed.refresh)] {
        match keys.open(Place { table: "accounts", column, row: &row }, blob).await {
            Err(KeyTrouble::Vault(VaultError::WrongKey { .. })) => return Ok(true),
            Ok(_) | Err(KeyTrouble::Vault(_)) => {}
            Err(broken @ KeyTrouble::Store(_)) => return Err(broken),
        }
    }
    Ok(false)
}

/// Opens everything that is stored, to see whether it can be, and changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn open_all(keys: Keys<'_>) -> Result<(u64, Vec<Closed>), KeyTrouble> {
    let (mut opened, mut closed) = (0, Vec::new());
    for column in SealedColumn::ALL {
        let mut after = String::new();
        loop {
            let found = keys.store.sealed_blobs(column, &[], &after, AT_ONCE).await?;
            let Some(last) = found.last() else { break };
            after.clone_from(&last.row);
            for blob in &found {
                match keys.open(place(blob), &blob.blob).await {
                    Ok(_) => opened += 1,
                    Err(KeyTrouble::Vault(why)) => closed.push(Closed { at: named(blob), why }),
                    Err(broken @ KeyTrouble::Store(_)) => return Err(broken),
                }
            }
        }
    }
    Ok((opened, closed))
}

fn named(blob: &SealedBlob) -> String {
    format!("{} {} {}", blob.column.table(), blob.row, blob.column.name())
}
