//! The outbox's front: writing down what people have yet to be told. Delivering it is in [`outbox`](super::outbox).

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{json, values};
use super::{Result, Tx};
use crate::domain::ids::{MessageId, NoticeId, WorkspaceId};
use crate::domain::notice::Notice;

statements! { "notices";
    // A second one with the same key makes the first owed once more. While it is held its lease stays, and the delivery
    // finds the new version when it settles. A nonce that Discord may have seen already would hide the newer content.
    TELL = "INSERT INTO notices (id, workspace, kind, merge_key, payload, nonce, wake_at, owner, epoch, version, \
                                 first_tried_at, tries, message_id, why, state, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0, 1, NULL, 0, NULL, NULL, 'pending', $7) \
            ON CONFLICT (workspace, merge_key) WHERE state = 'pending' AND merge_key IS NOT NULL DO UPDATE SET \
              payload = excluded.payload, version = notices.version + 1, \
              wake_at = CASE WHEN notices.owner IS NULL AND (notices.wake_at IS NULL OR notices.wake_at > excluded.wake_at) \
                        THEN excluded.wake_at ELSE notices.wake_at END, \
              nonce = CASE WHEN notices.owner IS NULL AND notices.first_tried_at IS NOT NULL \
                      THEN excluded.nonce ELSE notices.nonce END, \
              first_tried_at = CASE WHEN notices.owner IS NULL THEN NULL ELSE notices.first_tried_at END";
    NEXT = "SELECT MIN(wake_at) AS at FROM notices WHERE wake_at IS NOT NULL";
    PLACED = "SELECT message_id FROM notices WHERE workspace = $1 AND kind = $2 AND message_id IS NOT NULL \
              ORDER BY created_at DESC LIMIT 1";
    UNDELIVERED = "SELECT COUNT(*) AS counted FROM notices WHERE state = 'pending'";
}

impl Reader {
    /// When the next notice has to be delivered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_notice(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.row(NEXT, Vec::new()).await?.map_or(Ok(None), |row| row.instant_option("at"))
    }

    /// The newest message that lists held posts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn held_message(&mut self, workspace: WorkspaceId) -> Result<Option<MessageId>> {
        self.row(PLACED, values![workspace, HELD]).await?.map(|row| row.read("message_id")).transpose()
    }

    /// How many notices have not arrived and were not given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undelivered(&mut self) -> Result<i64> {
        self.row(UNDELIVERED, Vec::new()).await?.map_or(Ok(0), |row| row.get("counted"))
    }
}

impl Tx {
    /// Writes down what people have yet to be told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell(&mut self, workspace: WorkspaceId, notice: &Notice, now: DateTime<Utc>) -> Result<()> {
        let values =
            values![NoticeId::new(now), workspace, kind(notice), notice.merges_as(), json(notice), nonce(), now];
        self.change(TELL, values).await.map(drop)
    }
}

/// The kind of the message that lists held posts.
const HELD: &str = "held";

const fn kind(notice: &Notice) -> &'static str {
    match notice {
        Notice::Card { .. } => "card",
        Notice::Happened { .. } => "happened",
        Notice::Connected { .. } => "connected",
        Notice::Disconnected { .. } => "disconnected",
        Notice::Held => HELD,
        Notice::HeldDecided => "held_decided",
        Notice::NeedsReconnect { .. } => "needs_reconnect",
        Notice::WillNotGoOut { .. } => "will_not_go_out",
        Notice::ConsentEnds { .. } => "consent_ends",
        Notice::Stopped { .. } => "stopped",
        Notice::GoesOn { .. } => "goes_on",
        Notice::Paused { .. } => "paused",
        Notice::Resumed { .. } => "resumed",
        Notice::Digest { .. } => "digest",
        Notice::Reminder { .. } => "reminder",
        Notice::ChannelGone { .. } => "channel_gone",
        Notice::Batch { .. } => "batch",
    }
}

/// A word nobody else has said: 80 random bits as 16 letters of base 32. Discord takes up to 25 characters.
pub fn nonce() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes, or nothing here can be kept safe");
    // Five bits of each byte make a letter; the other three are not needed.
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_fits_discord_and_is_another_each_time() {
        let (one, two) = (nonce(), nonce());
        assert_eq!(one.len(), 16);
        assert!(one.chars().all(|letter| letter.is_ascii_lowercase() || ('2'..='7').contains(&letter)));
        assert_ne!(one, two);
    }
}
