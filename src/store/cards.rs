//! The messages posts are shown as: one for each revision, and which of them still counts.

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::{ChannelId, MessageId, PostId};
use crate::domain::post::{Card, Revision};

statements! { "cards";
    OF_POST = "SELECT post, revision, channel, message, superseded FROM cards WHERE post = $1 ORDER BY message";
    BY_MESSAGE = "SELECT post, revision, channel, message, superseded FROM cards WHERE channel = $1 AND message = $2";
    // A post that comes back to an earlier revision gets a new card for it.
    ADD = "INSERT INTO cards (post, revision, channel, message, superseded) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (post, revision) DO UPDATE SET channel = excluded.channel, message = excluded.message, \
           superseded = excluded.superseded";
    SUPERSEDE_OTHERS = "UPDATE cards SET superseded = $3 WHERE post = $1 AND revision <> $2 AND NOT superseded \
                        RETURNING post, revision, channel, message, superseded";
    SUPERSEDE = "UPDATE cards SET superseded = $3 WHERE channel = $1 AND message = $2";
}

impl Reader {
    /// Every card of a post, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cards(&mut self, post: PostId) -> Result<Vec<Card>> {
        let mut cards: Vec<Card> = self.rows(OF_POST, values![post]).await?.iter().map(card).collect::<Result<_>>()?;
        // Message ids are kept as text; they sort by birth as numbers.
        cards.sort_by_key(|card| card.message);
        Ok(cards)
    }

    /// The card a message is, if it is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn card_by_message(&mut self, channel: ChannelId, message: MessageId) -> Result<Option<Card>> {
        self.row(BY_MESSAGE, values![channel, message]).await?.as_ref().map(card).transpose()
    }
}

impl Tx {
    /// Remembers the message a revision is shown as; a later one takes the place of an earlier one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_card(&mut self, card: &Card) -> Result<()> {
        let values = values![card.post, card.revision, card.channel, card.message, card.superseded];
        self.change(ADD, values).await.map(drop)
    }

    /// Marks every card of a post but that of one revision, and gives back those that had not been marked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn supersede_cards(&mut self, post: PostId, except: Revision) -> Result<Vec<Card>> {
        self.rows(SUPERSEDE_OTHERS, values![post, except, true]).await?.iter().map(card).collect()
    }

    /// Marks one card as one that a newer card has taken the place of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_superseded(&mut self, card: &Card) -> Result<()> {
        self.change(SUPERSEDE, values![card.channel, card.message, true]).await.map(drop)
    }
}

fn card(row: &Row) -> Result<Card> {
    Ok(Card {
        post: row.read("post")?,
        revision: row.revision("revision")?,
        channel: row.read("channel")?,
        message: row.read("message")?,
        superseded: row.get("superseded")?,
    })
}
