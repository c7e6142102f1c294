//! What people do with a message that is there: forward it into another channel, where what it held goes along as a
//! snapshot, or delete it.
//! <https://discord.com/developers/docs/resources/message#message-reference-types>

use serde_json::json;

use super::messages::Draft;
use super::server::permission;
use super::state::Forwarded;
use super::{Discord, Impossible, Snowflake};

impl Discord {
    /// Deletes anybody's message, as a moderator may.
    pub fn remove_message(&self, message: Snowflake) {
        self.change(|state| state.delete_message(message));
    }

    /// Deletes a message of one's own.
    ///
    /// # Errors
    /// When it is not there for this member, or somebody else's.
    pub fn delete(&self, member: &str, message: Snowflake) -> Result<(), Impossible> {
        self.change(|state| {
            let (by, on) = state.before(member, message)?;
            if on.author != by.user {
                return Err(Impossible::new("the message is somebody else's"));
            }
            state.delete_message(message);
            Ok(())
        })
    }

    /// Forwards a message into a channel.
    ///
    /// # Errors
    /// When this member does not see the message, or may not write there.
    pub fn forward(&self, member: &str, message: Snowflake, channel: &str) -> Result<Snowflake, Impossible> {
        self.change(|state| {
            let (_, on) = state.before(member, message)?;
            if on.only_for.is_some() {
                return Err(Impossible::new("a private message cannot be forwarded"));
            }
            let forwards = Forwarded {
                message,
                channel: on.channel,
                content: on.content.clone(),
                attachments: on.attachments.clone(),
                created_at: on.created_at,
            };
            let by = state.typist(member, channel)?;
            if state.permissions_in(by.user, by.channel) & permission::SEND_MESSAGES == 0 {
                return Err(Impossible::new("this member may not write here"));
            }
            let body = json!({"content": ""});
            let draft = Draft {
                channel: by.channel,
                author: by.user,
                only_for: None,
                interaction: None,
                body: &body,
                files: &[],
                forwards: Some(forwards),
            };
            state.create_message(&draft).map_err(|refused| Impossible::new(format!("Discord says {}", refused.status)))
        })
    }
}
