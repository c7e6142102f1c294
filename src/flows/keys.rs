//! Seals and opens with whatever key is the present one, while keys may be changed by another process.
//!
//! Before anything is sealed the changes of keys are read, so that a running process seals with a new key from the moment
//! there is one; when a blob bears the name of a key that is not at hand they are read again. What a key's change means
//! is in `vault`, how it is made in [`rotate`](super::rotate).

use secrecy::SecretString;

use super::Flows;
use crate::store::{KeyChange, SealedBlob, Store};
use crate::vault::{Handover, Place, Vault, VaultError};

/// Why keys are of no use here.
#[derive(Debug, thiserror::Error)]
pub enum KeyTrouble {
    /// What the operator gave is not the key, or not any more.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database could not be asked.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
}

/// The vault and the store that says which keys there are.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// What is sealed.
    pub store: &'a Store,
    /// What seals.
    pub vault: &'a Vault,
}

impl Flows {
    /// What seals and opens here.
    #[must_use]
    pub const fn keys(&self) -> Keys<'_> {
        Keys { store: &self.store, vault: &self.vault }
    }
}

impl Keys<'_> {
    /// Reads which key took the place of which, and seals with the last from now on.
    ///
    /// # Errors
    /// When the key given was retired, a change was tampered with, or the database fails.
    pub async fn look(self) -> Result<(), KeyTrouble> {
        let pairs: Vec<Handover> = self.store.key_changes().await?.into_iter().map(Handover::from).collect();
        Ok(self.vault.follow(&pairs)?)
    }

    /// Makes sure that every account's tokens were sealed with a key that can be had.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] or [`VaultError::Replaced`] when the key given is not the one, or the database fails.
    pub async fn check(self) -> Result<(), KeyTrouble> {
        self.look().await?;
        for mark in self.store.key_marks().await? {
            let is_a_name = mark.len() == self.vault.present_key_mark().len();
            if is_a_name && !self.vault.knows(&mark) {
                let wrong = VaultError::WrongKey { sealed_with: hex::encode(mark), given: self.vault.key_id() };
                return Err(wrong.into());
            }
        }
        Ok(())
    }

    /// Seals a secret for one place with the present key.
    pub async fn seal(self, place: Place<'_>, secret: &SecretString) -> Vec<u8> {
        // In a box, because it is part of every future that publishes and seldom runs.
        if let Err(trouble) = Box::pin(self.look()).await {
            // A token that is not kept is lost; one that is sealed with an older key is opened all the same.
            tracing::warn!("Nobody knows whether there is a newer encryption key: {trouble}");
        }
        self.vault.seal(place, secret)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When it was altered, or sealed with a key that cannot be had.
    pub async fn open(self, place: Place<'_>, blob: &[u8]) -> Result<SecretString, KeyTrouble> {
        match self.vault.open(place, blob) {
            Err(VaultError::WrongKey { .. }) => {
                Box::pin(self.look()).await?;
                Ok(self.vault.open(place, blob)?)
            }
            answered => Ok(answered?),
        }
    }
}

impl From<KeyChange> for Handover {
    fn from(change: KeyChange) -> Self {
        Self { old: change.old, new: change.new, new_by_old: change.new_by_old, old_by_new: change.old_by_new }
    }
}

/// The place of a blob that was found in the store.
#[must_use]
pub fn place(found: &SealedBlob) -> Place<'_> {
    Place { table: found.column.table(), column: found.column.name(), row: &found.row }
}
