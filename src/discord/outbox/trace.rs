//! Finding a message of our own again.
//!
//! When the answer to a sending was lost and Discord no longer remembers its nonce, the channel is looked through: a
//! card is known by the marker in its footer, everything else by its own words, or by how they begin. Only messages since
//! the first try count, so that a line which was said before is not taken for the one that is owed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use serenity::all::{ChannelId, Message, MessageId, MessagePagination, UserId};

use super::Outbox;
use crate::discord::face::Face;

/// Discord counts milliseconds from here: the first second of 2015.
/// <https://docs.discord.com/developers/reference#snowflakes>
const DISCORD_EPOCH_MILLIS: i64 = 1_420_070_400_000;

/// Our clock and Discord's may differ by this much.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// Most messages that Discord gives at once.
const PAGE: u8 = 100;

/// How many pages are looked through; more than 500 messages since the first try are not.
const MOST_PAGES: usize = 5;

/// By what a message is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Its footer carries this.
    Footer(String),
    /// Its text begins with this; the rest may have been different when it was sent.
    Opening(String),
    /// It says exactly this.
    Words {
        /// Its text.
        content: String,
        /// The title of its first embed.
        title: Option<String>,
    },
}

impl Mark {
    /// The words of a face as its mark.
    pub(super) fn words(face: &Face) -> Self {
        let embed = face.embeds.first().and_then(|embed| serde_json::to_value(embed).ok());
        let title = embed.as_ref().and_then(|embed| embed.get("title")).and_then(Value::as_str).map(str::to_owned);
        Self::Words { content: face.content.clone(), title }
    }

    /// Whether a message carries it.
    pub(super) fn is_on(&self, message: &Message) -> bool {
        match self {
            Self::Footer(marker) => message
                .embeds
                .iter()
                .filter_map(|embed| embed.footer.as_ref())
                .any(|footer| footer.text.split(" | ").any(|part| part == marker)),
            Self::Opening(opening) => message.content.trim().starts_with(opening.trim()),
            Self::Words { content, title: None } => {
                // Discord trims what is sent.
                !content.trim().is_empty() && message.content.trim() == content.trim()
            }
            Self::Words { content, title: title @ Some(_) } => {
                message.content.trim() == content.trim()
                    && message.embeds.first().is_some_and(|embed| embed.title == *title)
            }
        }
    }
}

/// The smallest number a message sent at that instant can have.
pub(super) fn snowflake(at: DateTime<Utc>) -> MessageId {
    let millis = u64::try_from(at.timestamp_millis() - DISCORD_EPOCH_MILLIS).unwrap_or(0);
    // Discord's ids start at one.
    MessageId::new((millis << 22).max(1))
}

impl Outbox {
    /// Our own message in that channel that carries the mark and was sent since then, if there is one.
    pub(super) async fn find(
        &self,
        channel: ChannelId,
        since: DateTime<Utc>,
        mark: &Mark,
    ) -> serenity::Result<Option<Message>> {
        let me = self.me().await?;
        let mut after = snowflake(since - SKEW);
        for _ in 0..MOST_PAGES {
            let page = self.http.get_messages(channel, Some(MessagePagination::After(after)), Some(PAGE)).await?;
            let (read, newest) = (page.len(), page.iter().map(|message| message.id).max());
            if let Some(found) = page.into_iter().find(|message| message.author.id == me && mark.is_on(message)) {
                return Ok(Some(found));
            }
            match newest {
                Some(newest) if read == usize::from(PAGE) => after = newest,
                Some(_) | None => break,
            }
        }
        Ok(None)
    }

    /// Who we are.
    pub(super) async fn me(&self) -> serenity::Result<UserId> {
        let ask = || async { self.http.get_current_user().await.map(|me| me.id) };
        self.memory.me.get_or_try_init(ask).await.copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(content: &str, embeds: &Value) -> Message {
        serde_json::from_value(json!({
            "id": "9", "channel_id": "5", "type": 0, "content": content, "embeds": embeds,
            "author": { "id": "1", "username": "greenroom", "discriminator": "0", "avatar": null, "bot": true },
            "timestamp": "2026-11-23T09:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "pinned": false
        }))
        .unwrap()
    }

    #[test]
    fn a_card_is_known_by_its_footer_and_no_other_revision_by_it() {
        let mark = Mark::Footer("#42 · 1a2b3c4d".into());
        let with = |footer: &str| message("", &json!([{ "title": "#42", "footer": { "text": footer } }]));
        assert!(mark.is_on(&with("#42 · 1a2b3c4d")));
        assert!(!mark.is_on(&with("#42 · 99999999")));
        assert!(!mark.is_on(&with("#42 · superseded")));
        assert!(!mark.is_on(&with("#142 · 1a2b3c4d")));
        assert!(!mark.is_on(&message("#42 · 1a2b3c4d", &json!([]))));
    }

    #[test]
    fn a_line_is_known_by_its_words() {
        let mark = Mark::words(&Face::text("Post #42 is out.\n"));
        assert!(mark.is_on(&message("Post #42 is out.", &json!([]))));
        assert!(!mark.is_on(&message("Post #43 is out.", &json!([]))));
    }

    #[test]
    fn a_line_whose_end_has_changed_is_known_by_its_opening() {
        let mark = Mark::Opening("It is on TikTok".into());
        assert!(mark.is_on(&message("It is on TikTok.", &json!([]))));
        assert!(mark.is_on(&message("It is on TikTok: https://example.com/1", &json!([]))));
        assert!(!mark.is_on(&message("It was not published.", &json!([]))));
    }

    #[test]
    fn an_embed_without_text_is_known_by_its_title() {
        let digest = Face { embeds: vec![serenity::all::CreateEmbed::new().title("Digest · Mon")], ..Face::default() };
        let mark = Mark::words(&digest);
        assert!(mark.is_on(&message("", &json!([{ "title": "Digest · Mon" }]))));
        assert!(!mark.is_on(&message("", &json!([{ "title": "Digest · Tue" }]))));
        assert!(!mark.is_on(&message("", &json!([]))));
    }

    #[test]
    fn nothing_is_known_by_saying_nothing() {
        assert!(!Mark::words(&Face::default()).is_on(&message("", &json!([]))));
    }

    #[test]
    fn an_instant_is_a_number_of_discords() {
        // The example of Discord's reference: 175928847299117063 was made at 2016-04-30 11:18:25.796 UTC.
        let at = DateTime::from_timestamp_millis(1_462_015_105_796).unwrap();
        assert_eq!(snowflake(at).get(), 175_928_847_299_117_063 >> 22 << 22);
        assert_eq!(snowflake(DateTime::UNIX_EPOCH).get(), 1);
    }
}
