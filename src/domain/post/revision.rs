//! The fingerprint of exactly what would go out.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::{Due, Post};

/// SHA-256 over the video's own SHA-256, the caption, every choice, the account and the due time.
///
/// Shown to people as its first eight hex digits; carried whole (base64url, 43 characters) in buttons.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision([u8; 32]);

impl Revision {
    /// The fingerprint of a post as it is.
    pub(super) fn of(post: &Post) -> Self {
        let mut hash = Sha256::new();
        // Every part goes in with its length before it, so that no two different posts read the same.
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(b"greenroom revision 1");
        part(&post.video_sha256);
        part(post.caption.as_str().as_bytes());
        part(post.choices.privacy.map_or("", super::super::creator::Privacy::wire).as_bytes());
        let choices = &post.choices;
        let flags = [
            choices.comments,
            choices.duet,
            choices.stitch,
            choices.discloses,
            choices.own_brand,
            choices.branded_content,
            choices.ai_generated,
        ];
        part(&flags.map(u8::from));
        part(&choices.cover_millis.to_be_bytes());
        part(post.account.to_string().as_bytes());
        match post.due {
            Due::At(at) => part(&at.timestamp_millis().to_be_bytes()),
            Due::Asap => part(b"asap"),
        }
        Self(hash.finalize().into())
    }

    /// The fingerprint with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The eight hex digits people see.
    #[must_use]
    pub fn short(&self) -> String {
        hex::encode(&self.0[..4])
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Revision({})", self.short())
    }
}

/// What was given is not a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a revision")]
pub struct NotARevision;

impl FromStr for Revision {
    type Err = NotARevision;
    fn from_str(text: &str) -> Result<Self, NotARevision> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotARevision)?;
        bytes.try_into().map(Self).map_err(|_| NotARevision)
    }
}
