//! What somebody deleted. A card comes back while people still need it; afterwards it may stay away, because teams tidy
//! their channels.

use serenity::all::{ChannelId, GuildId, MessageId};

use crate::discord::Bot;
use crate::domain::ids::{self, WorkspaceId};
use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;
use crate::flows::{Failure, deliver, setup};

/// Sees to a message that is gone.
pub(super) async fn message(bot: &Bot, channel: ChannelId, message: MessageId) {
    if let Err(failure) = card(bot, ids::ChannelId(channel.get()), ids::MessageId(message.get())).await {
        tracing::error!("A deleted card could not be brought back: {failure:?}");
    }
}

/// Sees to a channel that is gone: whatever was in it is gone, too, and nobody is told message by message.
pub(super) async fn channel(bot: &Bot, server: GuildId, channel: ChannelId) {
    let gone = setup::channel_gone(&bot.flows, WorkspaceId(server.get()), ids::ChannelId(channel.get()));
    if let Err(failure) = gone.await {
        tracing::error!(workspace.id = %server, "That a channel is gone could not be noted: {failure:?}");
    }
    bot.servers_heard.send_modify(|heard| *heard += 1);
}

async fn card(bot: &Bot, channel: ids::ChannelId, message: ids::MessageId) -> Result<(), Failure> {
    let store = &bot.flows.store;
    let Some(card) = store.card_by_message(channel, message).await?.filter(|card| !card.superseded) else {
        return Ok(());
    };
    let Some(post) = store.post(card.post).await? else { return Ok(()) };
    let publication = store.publication_of(post.id).await?.map(|publication| publication.stage());
    if is_needed(post.stage(), publication) {
        tracing::info!(post.id = %post.id, "The card of post {} was deleted and is sent again", post.number);
        deliver::redraw(&bot.flows, &post).await?;
        bot.flows.nudges.outbox.notify_one();
    }
    Ok(())
}

/// Whether somebody may still have to look at the card.
const fn is_needed(stage: PostStage, publication: Option<PublicationStage>) -> bool {
    match stage {
        PostStage::InReview => true,
        PostStage::Draft | PostStage::Declined | PostStage::Lapsed | PostStage::Withdrawn => false,
        PostStage::Approved => match publication {
            None
            | Some(
                PublicationStage::Scheduled
                | PublicationStage::Publishing
                | PublicationStage::Processing
                | PublicationStage::Held
                | PublicationStage::Failed
                | PublicationStage::Unclear,
            ) => true,
            Some(PublicationStage::Published | PublicationStage::InInbox | PublicationStage::Cancelled) => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_comes_back_only_while_it_is_needed() {
        assert!(is_needed(PostStage::InReview, None));
        assert!(is_needed(PostStage::Approved, Some(PublicationStage::Unclear)));
        assert!(!is_needed(PostStage::Approved, Some(PublicationStage::Published)));
        assert!(!is_needed(PostStage::Withdrawn, None));
    }
}
