//! Links that work without a login: signed, for one purpose, one thing and a time.
//!
//! A link carries what it is for, and a signature over that under a key of its purpose alone. Nothing is stored for it, so
//! nothing has to be forgotten; what it shows is looked up when somebody comes, and whoever shows it checks that it is
//! still what the link was made for. It outlives a change of the encryption key until the old one is retired.
//!
//! ```text
//! layout 1 byte | workspace 8 | subject 16 | digest 32 | member 8 | expires 8 (milliseconds) | HMAC-SHA-256 32
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::Sha256;

use crate::domain::ids::{MemberId, WorkspaceId};
use crate::vault::Vault;

/// The only layout there is.
const LAYOUT: u8 = 1;
/// Bytes of what is signed.
const PAYLOAD: usize = 1 + 8 + 16 + 32 + 8 + 8;
/// Bytes of the signature.
const MAC: usize = 32;

/// What a link is good for. Each purpose has a key of its own, so that no link passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Watching the video of one revision of a post.
    Preview,
    /// Handing in a video.
    Upload,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::Preview, Self::Upload];

    /// What the key is derived for.
    const fn label(self) -> &'static str {
        match self {
            Self::Preview => "greenroom link 1: preview",
            Self::Upload => "greenroom link 1: upload",
        }
    }
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// In whose name.
    pub workspace: WorkspaceId,
    /// Which thing, by its id.
    pub subject: [u8; 16],
    /// The fingerprint of what it shows or takes.
    pub digest: [u8; 32],
    /// For whom; nobody in particular when it is for everybody who sees it.
    pub member: Option<MemberId>,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// We did not make it, or not for this.
    #[error("the link was not made here for this")]
    Forged,
    /// Its time is over.
    #[error("the link is too old")]
    Expired,
}

impl Link {
    /// The link as the last part of an address: 140 characters that need no escaping.
    #[must_use]
    pub fn sign(&self, vault: &Vault, purpose: Purpose) -> SecretString {
        let mut bytes = Vec::with_capacity(PAYLOAD + MAC);
        bytes.push(LAYOUT);
        bytes.extend_from_slice(&self.workspace.0.to_be_bytes());
        bytes.extend_from_slice(&self.subject);
        bytes.extend_from_slice(&self.digest);
        bytes.extend_from_slice(&self.member.map_or(0, |member| member.0).to_be_bytes());
        bytes.extend_from_slice(&self.expires_at.timestamp_millis().to_be_bytes());
        let mac = mac(&vault.derive(purpose.label()), &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(bytes).into()
    }

    /// Reads a link that was made for this purpose and still works. The signature comes first: of what is not ours
    /// nothing is believed, not even its time.
    ///
    /// # Errors
    /// When it was not made here for this, or its time is over.
    pub fn read(vault: &Vault, purpose: Purpose, text: &str, now: DateTime<Utc>) -> Result<Self, NotALink> {
        // Decoding takes one spelling only, so a link that was altered in any bit is another one.
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotALink::Forged)?;
        let (payload, signature) = bytes.split_first_chunk::<PAYLOAD>().ok_or(NotALink::Forged)?;
        let keys = vault.derive_each(purpose.label());
        let is_ours = |key: &SecretBox<[u8; 32]>| mac(key, payload).verify_slice(signature).is_ok();
        keys.iter().any(is_ours).then_some(()).ok_or(NotALink::Forged)?;
        let link = Self::laid_out(payload).ok_or(NotALink::Forged)?;
        if link.expires_at <= now { Err(NotALink::Expired) } else { Ok(link) }
    }

    fn laid_out(payload: &[u8; PAYLOAD]) -> Option<Self> {
        let (layout, rest) = payload.split_first()?;
        let (workspace, rest) = rest.split_first_chunk()?;
        let (subject, rest) = rest.split_first_chunk()?;
        let (digest, rest) = rest.split_first_chunk()?;
        let (member, rest) = rest.split_first_chunk()?;
        let (expires, _) = rest.split_first_chunk()?;
        let member = u64::from_be_bytes(*member);
        (*layout == LAYOUT).then_some(())?;
        Some(Self {
            workspace: WorkspaceId(u64::from_be_bytes(*workspace)),
            subject: *subject,
            digest: *digest,
            member: (member != 0).then_some(MemberId(member)),
            expires_at: DateTime::from_timestamp_millis(i64::from_be_bytes(*expires))?,
        })
    }
}

fn mac(key: &SecretBox<[u8; 32]>, payload: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret()).expect("a key of any length is taken");
    mac.update(payload);
    mac
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn vault() -> Vault {
        Vault::new(&"R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=".into()).unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp_secs(1_796_407_200).unwrap()
    }

    fn link() -> Link {
        Link {
            workspace: WorkspaceId(7),
            subject: [1; 16],
            digest: [2; 32],
            member: Some(MemberId(11)),
            expires_at: now() + TimeDelta::hours(24),
        }
    }

    fn read(text: &str, purpose: Purpose) -> Result<Link, NotALink> {
        Link::read(&vault(), purpose, text, now())
    }

    #[test]
    fn a_link_says_what_it_was_made_for_until_its_time_is_over() {
        let text = link().sign(&vault(), Purpose::Preview);
        let text = text.expose_secret();
        assert_eq!(text.len(), 140);
        assert_eq!(read(text, Purpose::Preview), Ok(link()));
        let at = |then| Link::read(&vault(), Purpose::Preview, text, then);
        assert!(at(link().expires_at - TimeDelta::milliseconds(1)).is_ok());
        assert_eq!(at(link().expires_at), Err(NotALink::Expired));
        let for_all = Link { member: None, ..link() };
        assert_eq!(read(for_all.sign(&vault(), Purpose::Preview).expose_secret(), Purpose::Preview), Ok(for_all));
    }

    #[test]
    fn a_link_is_good_for_nothing_else_and_under_no_other_key() {
        let text = link().sign(&vault(), Purpose::Upload);
        assert_eq!(read(text.expose_secret(), Purpose::Preview), Err(NotALink::Forged));
        let other = Vault::new(&Vault::generate_key().into()).unwrap();
        assert_eq!(Link::read(&other, Purpose::Upload, text.expose_secret(), now()), Err(NotALink::Forged));
        let [preview, upload] = Purpose::ALL.map(|purpose| link().sign(&vault(), purpose));
        assert_ne!(preview.expose_secret(), upload.expose_secret());
    }

    #[test]
    fn what_belongs_to_one_link_does_not_fit_another() {
        let bytes = |link: Link| URL_SAFE_NO_PAD.decode(link.sign(&vault(), Purpose::Preview).expose_secret()).unwrap();
        let mine = bytes(link());
        let others = [
            Link { workspace: WorkspaceId(8), ..link() },
            Link { subject: [3; 16], ..link() },
            Link { digest: [3; 32], ..link() },
            Link { member: None, ..link() },
            Link { expires_at: now() + TimeDelta::hours(25), ..link() },
        ];
        for other in others {
            let mixed = [&bytes(other)[..PAYLOAD], &mine[PAYLOAD..]].concat();
            assert_eq!(read(&URL_SAFE_NO_PAD.encode(mixed), Purpose::Preview), Err(NotALink::Forged), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn any_link_comes_back_and_any_flipped_bit_is_refused(
            workspace: u64, subject: [u8; 16], digest: [u8; 32], member: u64, minutes in 1..100_000_i64,
            bit in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(),
        ) {
            let member = (member != 0).then_some(MemberId(member));
            let expires_at = now() + TimeDelta::minutes(minutes);
            let link = Link { workspace: WorkspaceId(workspace), subject, digest, member, expires_at };
            let text = link.sign(&vault(), Purpose::Preview);
            let text = text.expose_secret();
            prop_assert_eq!(read(text, Purpose::Preview), Ok(link));
            let mut flipped = text.as_bytes().to_vec();
            let at = bit.index(flipped.len() * 8);
            flipped[at / 8] ^= 1 << (at % 8);
            if let Ok(flipped) = std::str::from_utf8(&flipped) {
                prop_assert_eq!(read(flipped, Purpose::Preview), Err(NotALink::Forged));
            }
            prop_assert!(read(&text[..cut.index(text.len())], Purpose::Preview).is_err());
        }

        #[test]
        fn nothing_else_is_a_link(text in "[A-Za-z0-9_-]{140}|.{0,200}") {
            prop_assert_eq!(read(&text, Purpose::Preview), Err(NotALink::Forged));
        }
    }
}
