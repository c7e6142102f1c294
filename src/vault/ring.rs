//! The keys of a vault beside the one it was given.
//!
//! When a key takes another's place, each is sealed with the other: whoever was started with the old key finds the new
//! one, and whoever is started with the new key still opens what the old one sealed. Both are bound to the change they
//! belong to, and nobody without either key can make such a pair, so nothing is believed that the database merely says.

use std::sync::{Arc, RwLockReadGuard};

use secrecy::SecretString;

use super::{Key, Place, Ring, Vault, VaultError};

/// The table the pairs are kept in; what is sealed is bound to it.
const TABLE: &str = "key_changes";

/// One key's taking another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The name of the key that was replaced.
    pub old: String,
    /// The name of the key that took its place.
    pub new: String,
    /// The new key, sealed with the old one; none once the old one was retired.
    pub new_by_old: Option<Vec<u8>>,
    /// The old key, sealed with the new one.
    pub old_by_new: Vec<u8>,
}

impl Handover {
    fn forward(&self) -> Place<'_> {
        Place { table: TABLE, column: "new_by_old", row: &self.new }
    }

    fn backward(&self) -> Place<'_> {
        Place { table: TABLE, column: "old_by_new", row: &self.old }
    }
}

impl Vault {
    /// The name of the key that seals now.
    #[must_use]
    pub fn present_key_id(&self) -> String {
        hex::encode(self.read().present.id)
    }

    /// The same as it stands in what was sealed with it.
    #[must_use]
    pub fn present_key_mark(&self) -> Vec<u8> {
        self.read().present.id.to_vec()
    }

    /// The key that seals now, as it is written into the settings.
    #[must_use]
    pub fn present_key(&self) -> SecretString {
        self.read().present.text()
    }

    /// Whether what bears this name of a key can be opened. What bears none was altered, which is another matter.
    #[must_use]
    pub fn knows(&self, mark: &[u8]) -> bool {
        mark.try_into().is_ok_and(|id| self.read().keys.contains_key::<super::KeyId>(id))
    }

    /// A new key that is to take the present one's place, as a pair to be kept. Nothing seals with it before
    /// [`follow`](Self::follow) was told of it.
    ///
    /// # Errors
    /// Never but for a fault in the system's randomness.
    pub fn hand_over(&self) -> Result<Handover, VaultError> {
        let new = Key::read(&SecretString::from(Self::generate_key()))?;
        let old = Arc::clone(&self.read().present);
        let mut pair =
            Handover { old: hex::encode(old.id), new: hex::encode(new.id), new_by_old: None, old_by_new: Vec::new() };
        pair.new_by_old = Some(old.seal(pair.forward(), &new.text()));
        pair.old_by_new = new.seal(pair.backward(), &old.text());
        Ok(pair)
    }

    /// Learns every key that can be reached from the one given, and seals with the last of them from now on.
    ///
    /// # Errors
    /// [`VaultError::Replaced`] when the key given was retired, and whatever keeps a pair closed.
    pub fn follow(&self, pairs: &[Handover]) -> Result<(), VaultError> {
        let mut keys = vec![Arc::clone(&self.own)];
        let mut oldest = Arc::clone(&self.own);
        while let Some(pair) = pairs.iter().find(|pair| pair.new == hex::encode(oldest.id)) {
            if keys.len() > pairs.len() {
                return Err(VaultError::Altered);
            }
            oldest = self.learn(&oldest, pair.backward(), &pair.old_by_new, &pair.old)?;
            keys.push(Arc::clone(&oldest));
        }
        let mut present = Arc::clone(&self.own);
        while let Some(pair) = pairs.iter().find(|pair| pair.old == hex::encode(present.id)) {
            let Some(sealed) = &pair.new_by_old else {
                return Err(VaultError::Replaced { given: pair.old.clone(), by: pair.new.clone() });
            };
            if keys.len() > pairs.len() {
                return Err(VaultError::Altered);
            }
            present = self.learn(&present, pair.forward(), sealed, &pair.new)?;
            keys.push(Arc::clone(&present));
        }
        let mut ring = self.ring.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        ring.keys.extend(keys.into_iter().map(|key| (key.id, key)));
        ring.present = present;
        Ok(())
    }

    /// The other key of a pair, opened unless it is at hand.
    fn learn(&self, by: &Key, place: Place<'_>, sealed: &[u8], name: &str) -> Result<Arc<Key>, VaultError> {
        let known = self.read().keys.values().find(|key| hex::encode(key.id) == name).map(Arc::clone);
        if let Some(known) = known {
            return Ok(known);
        }
        let (header, rest) = sealed.split_at_checked(1 + super::KEY_ID).ok_or(VaultError::Altered)?;
        let said = (header[0], &header[1..]);
        if said != (super::VERSION, by.id.as_slice()) {
            return Err(VaultError::Altered);
        }
        let key = Key::read(&by.open(place, rest)?)?;
        if hex::encode(key.id) == name { Ok(Arc::new(key)) } else { Err(VaultError::Altered) }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "ring/tests.rs"]
mod tests;
