//! What TikTok says by itself: whether it was TikTok that said so, and what it is about.
//!
//! Whoever can post to our address can send anything, so nothing is read before the signature over the very bytes that
//! came was checked. What is said is a hint all the same: it names what has to be looked at and never how things stand,
//! so an event that is late, repeated or out of order does no harm.
//!
//! <https://developers.tiktok.com/doc/webhooks-verification>, <https://developers.tiktok.com/doc/webhooks-events>

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::Client;

/// The header the signature comes in.
pub const SIGNATURE: &str = "tiktok-signature";

/// How old a signature may be. TikTok says again for 72 hours what nobody took, and does not say whether it signs anew.
/// Within that time what was heard already is told by its fingerprint.
const OLDEST: TimeDelta = TimeDelta::hours(73);

/// How far TikTok's clock may be ahead of ours.
const MOST_AHEAD: TimeDelta = TimeDelta::minutes(5);

/// How long it has to be remembered what was heard: after that its signature is too old to be taken, however far ahead
/// TikTok's clock was.
pub const REMEMBERED_FOR: TimeDelta = TimeDelta::hours(74);

/// TikTok's names of uploads have some 30 characters; what is much longer is none.
const LONGEST_NAME: usize = 200;

/// Why something is not taken for TikTok's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// There is no signature, or more than one, or not in the shape TikTok gives it.
    #[error("it is not signed as TikTok signs")]
    Unsigned,
    /// The signature is of other bytes or of another secret.
    #[error("the signature is not that of `tiktok.client_secret` over these bytes")]
    Forged,
    /// The signature is older than any repetition TikTok would send.
    #[error("it was signed too long ago")]
    TooOld,
    /// The signature is of a time to come.
    #[error("it was signed in the future; is the clock of this machine right?")]
    TooEarly,
}

/// Something TikTok said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The SHA-256 of the body: the same again has the same.
    pub fingerprint: [u8; 32],
    /// What it is about.
    pub about: About,
}

/// What has to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Something became of an upload.
    Upload {
        /// TikTok's name for it.
        publish_id: String,
    },
    /// A person took the app's rights away, or lost their account.
    Authorization {
        /// TikTok's id of the person for this app.
        open_id: String,
    },
    /// Nothing we look at.
    Nothing,
}

/// The outer shape of every event; the inner one is JSON in a text.
#[derive(Deserialize)]
struct Body {
    client_key: Option<String>,
    event: String,
    user_openid: Option<String>,
    content: Option<Value>,
}

impl Client {
    /// Whether TikTok said this, and what; nothing when it cannot be read although TikTok said it.
    ///
    /// # Errors
    /// When it is not proven to be TikTok's word.
    pub fn hear(&self, signature: Option<&str>, body: &[u8], now: DateTime<Utc>) -> Result<Option<Event>, Unproven> {
        let signature = signature.and_then(Signature::read).ok_or(Unproven::Unsigned)?;
        let secret = self.app.client_secret.expose_secret().as_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length is taken");
        mac.update(signature.stamp.as_bytes());
        mac.update(b".");
        mac.update(body);
        // In constant time.
        mac.verify_slice(&signature.mac).map_err(|_| Unproven::Forged)?;
        // Judged afterwards, so that nobody learns from the answer what we take for the time.
        if signature.signed_at > now + MOST_AHEAD {
            return Err(Unproven::TooEarly);
        }
        if signature.signed_at < now - OLDEST {
            return Err(Unproven::TooOld);
        }
        let about = self.about(body);
        Ok(about.map(|about| Event { fingerprint: Sha256::digest(body).into(), about }))
    }

    fn about(&self, body: &[u8]) -> Option<About> {
        let body: Body = serde_json::from_slice(body).ok()?;
        if body.client_key.is_some_and(|key| key != self.app.client_key) {
            return Some(About::Nothing);
        }
        Some(match body.event.as_str() {
            // Two spellings of the last word of the second and of the fourth have been seen.
            "post.publish.failed"
            | "post.publish.complete"
            | "post.publish.completed"
            | "post.publish.inbox_delivered"
            | "post.publish.publicly_available"
            | "post.publish.publicaly_available" => {
                let publish_id = publish_id(body.content?).filter(|id| id.len() <= LONGEST_NAME)?;
                About::Upload { publish_id }
            }
            "authorization.removed" => About::Authorization { open_id: body.user_openid? },
            _ => About::Nothing,
        })
    }
}

fn publish_id(content: Value) -> Option<String> {
    let content = match content {
        Value::String(text) => serde_json::from_str(&text).ok()?,
        plain => plain,
    };
    content.get("publish_id")?.as_str().map(str::to_owned)
}

/// The parts of `t=<unix seconds>,s=<hex>`.
struct Signature<'a> {
    stamp: &'a str,
    signed_at: DateTime<Utc>,
    mac: [u8; 32],
}

impl<'a> Signature<'a> {
    /// Reads it strictly: there is one way to write a signature, so that no other passes for it.
    fn read(text: &'a str) -> Option<Self> {
        let (mut stamp, mut mac) = (None, None);
        for part in text.split(',') {
            let (name, value) = part.split_once('=')?;
            let known = match name {
                "t" => stamp.replace(value),
                "s" => mac.replace(value),
                // Another generation of signatures may stand beside this one.
                _ => None,
            };
            if known.is_some() {
                return None;
            }
        }
        let (stamp, mac) = (stamp?, mac?);
        if !stamp.bytes().all(|byte| byte.is_ascii_digit()) || mac.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(mac, &mut bytes).ok()?;
        let signed_at = DateTime::from_timestamp_secs(stamp.parse().ok()?)?;
        Some(Self { stamp, signed_at, mac: bytes })
    }
}

#[cfg(test)]
mod tests;
