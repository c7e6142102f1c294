//! Seals and opens what must not be read from a stolen database: tokens and upload addresses.
//!
//! XChaCha20-Poly1305 with a fresh random nonce for each seal; its 24 bytes are long enough that no counter is kept. A
//! sealed blob is bound to its table, column and row, so that nobody can make one account use another's token by moving
//! it, and names the key it was sealed with, so that a wrong key is told from an altered blob. How a key takes another's
//! place while the program runs is in `ring`.
//!
//! ```text
//! version 1 byte | key id 8 bytes | nonce 24 bytes | ciphertext with its tag of 16 bytes
//! ```

mod ring;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};

pub use ring::Handover;

/// The only layout there is.
const VERSION: u8 = 1;
/// Bytes of a key, fixed by the cipher.
const KEY: usize = 32;
/// Bytes of the key's name: enough that no two keys of one operator share it.
const KEY_ID: usize = 8;
/// Bytes of the nonce, fixed by the cipher.
const NONCE: usize = 24;

/// Where a sealed blob lives. It opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table's name.
    pub table: &'a str,
    /// The column's name.
    pub column: &'a str,
    /// The row's id.
    pub row: &'a str,
}

/// Why a blob stays closed, or a key is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The key is not 32 bytes in base64.
    #[error("the encryption key is not 32 bytes in base64; `greenroom key new` makes one")]
    NotAKey,
    /// The blob was sealed with another key.
    #[error("sealed with key {sealed_with}, but the key given is {given}")]
    WrongKey {
        /// The name of the key it was sealed with.
        sealed_with: String,
        /// The name of the key at hand.
        given: String,
    },
    /// The blob has a layout of another version of the program.
    #[error("sealed in layout {0}, which this version does not know")]
    UnknownLayout(u8),
    /// The blob was altered, cut short or moved from another place.
    #[error("the sealed value was altered, cut short, or moved from another row")]
    Altered,
    /// The key given was replaced, and may open nothing any more.
    #[error("key {given} was replaced by key {by} and retired")]
    Replaced {
        /// The name of the key at hand.
        given: String,
        /// The name of the key that took its place.
        by: String,
    },
}

/// The name of a key: the start of its SHA-256. It gives nothing away.
type KeyId = [u8; KEY_ID];

/// One key and its name. The key is wiped from memory when it is dropped.
struct Key {
    bytes: SecretBox<[u8; KEY]>,
    id: KeyId,
}

impl Key {
    /// The key, 32 bytes in base64.
    fn read(text: &SecretString) -> Result<Self, VaultError> {
        let bytes = Zeroizing::new(STANDARD.decode(text.expose_secret()).map_err(|_| VaultError::NotAKey)?);
        if bytes.len() != KEY {
            return Err(VaultError::NotAKey);
        }
        let mut id = [0; KEY_ID];
        id.copy_from_slice(&Sha256::digest(bytes.as_slice())[..KEY_ID]);
        Ok(Self { bytes: SecretBox::init_with_mut(|key: &mut [u8; KEY]| key.copy_from_slice(&bytes)), id })
    }

    fn text(&self) -> SecretString {
        STANDARD.encode(self.bytes.expose_secret()).into()
    }

    fn seal(&self, place: Place<'_>, secret: &SecretString) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        fill_with_randomness(&mut nonce);
        let bound = bound_to(VERSION, &self.id, place);
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &bound };
        let ciphertext =
            self.cipher().encrypt(&XNonce::from(nonce), payload).expect("the cipher takes up to 256 GiB at once");
        let mut blob = Vec::with_capacity(1 + KEY_ID + NONCE + ciphertext.len());
        blob.push(VERSION);
        blob.extend_from_slice(&self.id);
        blob.extend_from_slice(&nonce);
        blob.extend_from_slice(&ciphertext);
        blob
    }

    /// Opens what comes after the name of the key.
    fn open(&self, place: Place<'_>, rest: &[u8]) -> Result<SecretString, VaultError> {
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::Altered)?;
        let bound = bound_to(VERSION, &self.id, place);
        let payload = Payload { msg: ciphertext, aad: &bound };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultError::Altered)?;
        // The copy is exactly as long as its text, so that none of it is left behind when it is moved into its box.
        let opened = Zeroizing::new(opened);
        std::str::from_utf8(&opened).map(SecretString::from).map_err(|_| VaultError::Altered)
    }

    /// A key for something else than sealing: another label is another key, and none leads back to this one.
    fn derive(&self, label: &str) -> SecretBox<[u8; KEY]> {
        let source = Hkdf::<Sha256>::new(None, self.bytes.expose_secret());
        SecretBox::init_with_mut(|key: &mut [u8; KEY]| {
            source.expand(label.as_bytes(), key).expect("32 bytes are far less than the longest output");
        })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.bytes.expose_secret().into())
    }
}

/// Seals and opens: with the key it was given, and with those that [`Handover`]s lead to. Clones would share nothing, so
/// there are none; one vault serves a whole process.
pub struct Vault {
    own: Arc<Key>,
    ring: RwLock<Ring>,
}

/// Every key at hand, and the one that seals.
struct Ring {
    keys: HashMap<KeyId, Arc<Key>>,
    present: Arc<Key>,
}

impl Vault {
    /// A vault with this key, 32 bytes in base64.
    ///
    /// # Errors
    /// The text is no such key.
    pub fn new(key: &SecretString) -> Result<Self, VaultError> {
        let own = Arc::new(Key::read(key)?);
        let keys = HashMap::from([(own.id, Arc::clone(&own))]);
        Ok(Self { ring: RwLock::new(Ring { keys, present: Arc::clone(&own) }), own })
    }

    /// A new key, 32 random bytes in base64.
    #[must_use]
    pub fn generate_key() -> String {
        let mut key = Zeroizing::new([0; KEY]);
        fill_with_randomness(key.as_mut_slice());
        STANDARD.encode(key.as_slice())
    }

    /// The name of the key this vault was given: the start of its SHA-256, in hex. It gives nothing away.
    #[must_use]
    pub fn key_id(&self) -> String {
        hex::encode(self.own.id)
    }

    /// Seals a secret for one place, with the key that is the present one.
    #[must_use]
    pub fn seal(&self, place: Place<'_>, secret: &SecretString) -> Vec<u8> {
        let present = Arc::clone(&self.read().present);
        present.seal(place, secret)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// A key that is not at hand, another layout, or a blob that is not what was sealed here.
    pub fn open(&self, place: Place<'_>, blob: &[u8]) -> Result<SecretString, VaultError> {
        let (version, rest) = blob.split_first().ok_or(VaultError::Altered)?;
        if *version != VERSION {
            return Err(VaultError::UnknownLayout(*version));
        }
        let (key_id, rest) = rest.split_first_chunk::<KEY_ID>().ok_or(VaultError::Altered)?;
        let known = self.read().keys.get(key_id).map(Arc::clone);
        let Some(key) = known else {
            return Err(VaultError::WrongKey { sealed_with: hex::encode(key_id), given: self.key_id() });
        };
        key.open(place, rest)
    }

    /// A key for something else than sealing, from the key that is the present one.
    #[must_use]
    pub fn derive(&self, label: &str) -> SecretBox<[u8; KEY]> {
        let present = Arc::clone(&self.read().present);
        present.derive(label)
    }

    /// The same from every key at hand, for what was made before a change of keys.
    #[must_use]
    pub fn derive_each(&self, label: &str) -> Vec<SecretBox<[u8; KEY]>> {
        self.read().keys.values().map(|key| key.derive(label)).collect()
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("key_id", &self.key_id()).finish_non_exhaustive()
    }
}

/// What the seal covers besides the secret. Lengths stand before the names, so that no two places spell the same.
fn bound_to(version: u8, key_id: &[u8; KEY_ID], place: Place<'_>) -> Vec<u8> {
    let mut bound = vec![version];
    bound.extend_from_slice(key_id);
    for name in [place.table, place.column, place.row] {
        bound.extend_from_slice(&u64::try_from(name.len()).unwrap_or(u64::MAX).to_be_bytes());
        bound.extend_from_slice(name.as_bytes());
    }
    bound
}

fn fill_with_randomness(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HERE: Place<'_> = Place { table: "accounts", column: "access_token", row: "1" };

    fn vault() -> Vault {
        Vault::new(&Vault::generate_key().into()).unwrap()
    }

    #[test]
    fn a_blob_opens_nowhere_but_in_its_place() {
        let vault = vault();
        let blob = vault.seal(HERE, &"act.latte".into());
        assert_eq!(vault.open(HERE, &blob).unwrap().expose_secret(), "act.latte");
        let elsewhere = [
            Place { table: "uploads", ..HERE },
            Place { column: "refresh_token", ..HERE },
            Place { row: "2", ..HERE },
            Place { table: "accountsaccess", column: "_token", ..HERE },
        ];
        for place in elsewhere {
            assert_eq!(vault.open(place, &blob).unwrap_err(), VaultError::Altered, "{place:?}");
        }
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        let vault = vault();
        assert_ne!(vault.seal(HERE, &"act.latte".into()), vault.seal(HERE, &"act.latte".into()));
    }

    #[test]
    fn a_wrong_key_is_named() {
        let (old, new) = (vault(), vault());
        let blob = old.seal(HERE, &"act.latte".into());
        let error = new.open(HERE, &blob).unwrap_err();
        assert_eq!(error, VaultError::WrongKey { sealed_with: old.key_id(), given: new.key_id() });
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        for wrong in ["", "latte", "bGF0dGU=", &STANDARD.encode([0; 33])] {
            assert_eq!(Vault::new(&SecretString::from(wrong)).unwrap_err(), VaultError::NotAKey, "{wrong}");
        }
    }

    #[test]
    fn another_label_or_vault_is_another_key() {
        let (vault, other) = (vault(), vault());
        let key = |vault: &Vault, label| *vault.derive(label).expose_secret();
        assert_eq!(key(&vault, "links"), key(&vault, "links"));
        assert_ne!(key(&vault, "links"), key(&vault, "link"));
        assert_ne!(key(&vault, "links"), key(&other, "links"));
        assert_ne!(&key(&vault, "links"), vault.own.bytes.expose_secret());
    }

    #[test]
    fn debug_shows_the_name_of_the_key_only() {
        let key = Vault::generate_key();
        let vault = Vault::new(&SecretString::from(key.as_str())).unwrap();
        assert_eq!(format!("{vault:?}"), format!("Vault {{ key_id: {:?}, .. }}", vault.key_id()));
    }

    proptest! {
        #[test]
        fn any_secret_comes_back(secret in ".{0,200}", row in ".{0,40}") {
            let vault = vault();
            let place = Place { row: &row, ..HERE };
            let blob = vault.seal(place, &SecretString::from(secret.as_str()));
            let opened = vault.open(place, &blob).unwrap();
            prop_assert_eq!(opened.expose_secret(), secret);
        }

        #[test]
        fn a_flipped_bit_or_a_cut_keeps_it_closed(secret in ".{0,60}", bit in any::<prop::sample::Index>()) {
            let vault = vault();
            let blob = vault.seal(HERE, &SecretString::from(secret.as_str()));
            let at = bit.index(blob.len() * 8);
            let mut flipped = blob.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            prop_assert!(vault.open(HERE, &flipped).is_err());
            prop_assert!(vault.open(HERE, &blob[..at / 8]).is_err());
        }
    }
}
