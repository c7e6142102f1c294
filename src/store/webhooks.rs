//! What TikTok said by itself already, and which row a word of its is about. Nothing of what was said is kept.

use chrono::{DateTime, Utc};

use super::link::statements;
use super::rows::values;
use super::{Result, Tx};

statements! { "webhooks";
    FORGET = "DELETE FROM webhooks WHERE heard_at < $1";
    // One statement, so that of two processes that are told the same at the same time one hears it.
    HEAR = "INSERT INTO webhooks (fingerprint, heard_at) VALUES ($1, $2) ON CONFLICT (fingerprint) DO NOTHING";
    // TikTok is asked where asking brings something: about what it has, and about a last chunk whose answer was lost; also
    // about a draft nobody asked about any more. An
    // older try of the same publication is over, and what somebody holds is looked at when they let go of it.
    ASK_NOW = "UPDATE publications SET wake_at = $2 \
               WHERE id = (SELECT publication FROM attempts WHERE publish_id = $1) \
                 AND owner IS NULL AND (wake_at > $2 OR (wake_at IS NULL AND state = 'in_inbox')) \
                 AND (state IN ('published', 'in_inbox') OR EXISTS ( \
                        SELECT 1 FROM attempts WHERE publish_id = $1 AND outcome IS NULL \
                        AND (publications.state = 'processing' \
                             OR (publications.state = 'publishing' AND stage = 'committing'))))";
}

impl Tx {
    /// Notes that this was said, and forgets what was said before an instant; says whether it is new.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hear(&mut self, said: [u8; 32], now: DateTime<Utc>, forget_before: DateTime<Utc>) -> Result<bool> {
        self.change(FORGET, values![forget_before]).await?;
        Ok(self.change(HEAR, values![said, now]).await? > 0)
    }

    /// Has TikTok asked now what became of the upload it calls by that name, if it would be asked later anyway; says
    /// whether it will be. What somebody holds or nobody would ask about is left as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_now(&mut self, publish_id: &str, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.change(ASK_NOW, values![publish_id, now]).await? > 0)
    }
}
