//! Places that are not there any more, and people who were quicker than we: what is said before its place is known.

use serenity::all::{GuildId, Message};

use super::lines::{NEEDS_IN_CHANNEL, NO_CHANNEL};
use super::{Outbox, Scene, Setback};
use crate::discord::hearing::Ears;
use crate::discord::look::{NO, YES};
use crate::discord::reactions::is_same_emoji;
use crate::discord::{reconcile, words};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::notice::Owed;
use crate::domain::post::PostStage;
use crate::flows::setup;

impl Outbox {
    /// Hears what was said on a card before anybody knew that it is one: between its sending and this moment.
    pub(super) async fn hear_the_first(&self, scene: &Scene, message: &Message) {
        if scene.post.stage() != PostStage::InReview {
            return;
        }
        let heard = async {
            let now = self.http.get_message(message.channel_id, message.id).await?;
            let others = now.reactions.iter().any(|there| {
                let is_verdict = [YES, NO].iter().any(|emoji| is_same_emoji(&there.reaction_type, emoji));
                is_verdict && there.count > u64::from(there.me)
            });
            if others {
                let ears = Ears { flows: &self.flows, http: &self.http, me: Some(self.me().await?) };
                Box::pin(reconcile::catch_up(&ears, &scene.post)).await?;
            }
            anyhow::Ok(())
        };
        if let Err(error) = heard.await {
            // The next greeting reads the card again.
            tracing::warn!(post.id = %scene.post.id, "The reactions on the card of post {} were not read: {error:#}",
                scene.post.number);
        }
    }

    /// The same setback, after noting that the place it was met at is gone, if that is what Discord said.
    pub(super) async fn unless_gone(
        &self,
        owed: &Owed,
        place: ChannelId,
        setback: Setback,
    ) -> Result<Setback, Setback> {
        if setback.code() == Some(NO_CHANNEL) {
            setup::channel_gone(&self.flows, owed.workspace, place).await?;
        }
        Ok(setback)
    }

    /// Tells the team that a channel is gone: in the other one it has chosen, else where Discord itself tells people
    /// things.
    pub(super) async fn channel_gone(&self, owed: &mut Owed, is_review: bool) -> Result<Option<MessageId>, Setback> {
        let Some(workspace) = self.flows.store.workspace(owed.workspace).await? else { return Ok(None) };
        if is_review && workspace.review_channel.is_some() {
            // Another one was chosen meanwhile.
            return Ok(None);
        }
        let place = match workspace.digest_channel.or(workspace.review_channel) {
            Some(place) => Some(place),
            None => {
                let server = self.http.get_guild(GuildId::new(owed.workspace.0.max(1))).await;
                server.ok().and_then(|server| server.system_channel_id).map(|channel| ChannelId(channel.get()))
            }
        };
        let Some(place) = place else {
            tracing::error!(workspace.id = %owed.workspace, "A team's channel was deleted, and there is nowhere to say so");
            return Ok(None);
        };
        self.line(owed, place, &words::channel_gone(is_review), NEEDS_IN_CHANNEL).await.map(Some)
    }
}
