//! The operator's side of the encryption key: is it the one, changing it, and retiring the ones it replaced.

use std::fmt;

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};

use crate::config::{Config, ConfigError, Problem};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::flows::keys::{KeyTrouble, Keys};
use crate::flows::rotate::{self, Resealed};
use crate::store::Store;
use crate::vault::{Vault, VaultError};

/// The setting all of this is about.
const SETTING: &str = "security.encryption_key";

/// What came of changing the key.
#[derive(Debug)]
pub struct Rotated {
    old: String,
    new: String,
    key: SecretString,
    resealed: Resealed,
}

/// What came of retiring the keys that were replaced.
#[derive(Debug)]
pub struct Retired {
    count: u64,
    present: String,
    resealed: Resealed,
}

impl Rotated {
    /// Whether everything is sealed with the new key.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.resealed.is_whole()
    }

    /// The new key, for the settings.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.expose_secret()
    }
}

impl Retired {
    /// Whether nothing stood in the way.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.resealed.is_whole()
    }
}

impl fmt::Display for Rotated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { old, new, resealed, .. } = self;
        writeln!(f, "{} secrets were sealed anew: key {new} takes the place of key {old}.", resealed.count)?;
        list(f, resealed)?;
        writeln!(f, "Whatever runs goes on without a restart. To finish:")?;
        writeln!(f, "  1. put the new key, below, into `{SETTING}`;")?;
        writeln!(f, "  2. start every process anew whenever it suits you;")?;
        writeln!(f, "  3. run `greenroom key retire`: from then on key {old} opens nothing any more.")?;
        writeln!(f, "Should the new key get lost before that, run this again with the old one in the settings.")?;
        f.write_str(self.key.expose_secret())
    }
}

impl fmt::Display for Retired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, &self.resealed)?;
        match (self.is_whole(), self.count) {
            (false, _) => f.write_str("Nothing was retired: see to these first."),
            (true, 0) => write!(f, "There was nothing to retire: key {} is the only one.", self.present),
            (true, count) => {
                write!(f, "Replaced keys that open nothing any more: {count}. Key {} seals.", self.present)
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, Resealed { closed, restless, .. }: &Resealed) -> fmt::Result {
    if *restless {
        writeln!(
            f,
            "Some process still seals with the old key; nothing is lost, both keys open everything. See that every process of \
             this database runs and reaches it, and run this again."
        )?;
    }
    if !closed.is_empty() {
        writeln!(
            f,
            "These cannot be opened and stay as they are; an account's tokens come anew with `/account connect`:"
        )?;
    }
    closed.iter().try_for_each(|closed| writeln!(f, "  {}: {}", closed.at, closed.why))
}

/// Has a new key take the present one's place and seals everything with it, while other processes run.
///
/// # Errors
/// When the key in the settings is not the one, or the database fails.
pub async fn rotate_key(config: &Config) -> anyhow::Result<Rotated> {
    let (store, vault) = open(config).await?;
    let keys = Keys { store: &store, vault: &vault };
    let resealed = rotate::rotate(keys, SystemClock.now()).await.map_err(refused)?;
    store.close().await;
    Ok(Rotated { old: vault.key_id(), new: vault.present_key_id(), key: vault.present_key(), resealed })
}

/// Retires the keys that were replaced.
///
/// # Errors
/// When the key in the settings is not the newest, or the database fails.
pub async fn retire_keys(config: &Config) -> anyhow::Result<Retired> {
    let (store, vault) = open(config).await?;
    let keys = Keys { store: &store, vault: &vault };
    let (count, resealed) = rotate::retire(keys, SystemClock.now()).await.map_err(refused)?;
    store.close().await;
    Ok(Retired { count, present: vault.key_id(), resealed })
}

/// After a key was lost: forgets what only it opens, so that the program can go on with the key in the settings.
/// Says which accounts have to be connected again.
///
/// # Errors
/// When the key in the settings was retired, or the database fails.
pub async fn forget_lost(config: &Config) -> anyhow::Result<String> {
    let (store, vault) = open(config).await?;
    let keys = Keys { store: &store, vault: &vault };
    let forgotten = rotate::forget(keys, SystemClock.now()).await.map_err(refused)?;
    store.close().await;
    Ok(if forgotten.is_empty() {
        format!("Nothing was forgotten: key {} opens the tokens of every account.", vault.key_id())
    } else {
        let names: Vec<String> = forgotten.iter().map(ToString::to_string).collect();
        format!("To be connected again with `/account connect`: {}.", names.join(", "))
    })
}

/// Refuses to go on with a key that does not open what is stored.
///
/// # Errors
/// A complaint about the setting, or the database fails.
pub(super) async fn check(keys: Keys<'_>) -> anyhow::Result<()> {
    keys.check().await.map_err(refused)
}

async fn open(config: &Config) -> anyhow::Result<(Store, Vault)> {
    let Some(key) = &config.security.encryption_key else {
        return Err(complaint("missing; it has to be the key that everything is sealed with now").into());
    };
    let vault = Vault::new(key).with_context(|| format!("`{SETTING}`"))?;
    let store = Store::open(config.database.url.expose()).await.context("`database.url`")?;
    Ok((store, vault))
}

/// What is wrong with the key is wrong with the settings; the rest is not.
fn refused(trouble: KeyTrouble) -> anyhow::Error {
    match trouble {
        KeyTrouble::Vault(trouble) => complaint(&said(&trouble)).into(),
        KeyTrouble::Store(error) => anyhow::Error::from(error).context("`database.url`"),
    }
}

/// What is wrong with the key, and what to do.
pub(super) fn said(trouble: &VaultError) -> String {
    match trouble {
        VaultError::WrongKey { sealed_with, given } => format!(
            "the key given is {given}, but secrets in this database are sealed with key {sealed_with}; put back the key \
             they were sealed with, or check that `database.url` is the right one. If that key is lost, `greenroom key \
             forget` forgets the connections it sealed"
        ),
        VaultError::Replaced { given, by } => format!(
            "the key given is {given}, which key {by} has replaced; put in the key that `greenroom key rotate` gave out"
        ),
        VaultError::NotAKey | VaultError::UnknownLayout(_) | VaultError::Altered => {
            format!("a change of keys in the table `key_changes` cannot be believed: {trouble}")
        }
    }
}

fn complaint(said: &str) -> ConfigError {
    let problem = Problem { key: SETTING.to_owned(), said: said.to_owned(), origin: None };
    ConfigError { file: None, problems: vec![problem] }
}
