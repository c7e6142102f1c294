//! What comes in over the line, and who sees to it.
//!
//! Commands go to poise by themselves; everything else is handed out here. What is being seen to is counted, so that
//! the end can wait for it.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::FutureExt as _;
use serenity::all::{
    ChannelId, ConnectionStage, Context, CreateInteractionResponse, Event, EventHandler, Guild, GuildChannel, GuildId,
    Interaction, Message, MessageId, PartialGuild, RatelimitInfo, RawEventHandler, Reaction, Ready, ResumedEvent,
    ShardStageUpdateEvent, UnavailableGuild,
};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::{deleted, servers};
use crate::discord::{Bot, broke, forms, people, presses, reactions, reconcile, register};
use crate::words::speaking;

/// The kinds of events without which people would be ignored.
const RELIED_ON: [&str; 8] = [
    "INTERACTION_CREATE",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_DELETE",
    "CHANNEL_DELETE",
    "READY",
    "GUILD_CREATE",
    "GUILD_DELETE",
];

/// Tells whoever pressed or filled something in that it broke, under a reference the operator finds in the log.
async fn broken_down(ctx: &Context, interaction: &Interaction, said: &str) {
    let face = broke("a press or a form", said);
    let first = CreateInteractionResponse::Message(face.private_reply());
    // It may have been answered before it broke; then this follows.
    let told = match interaction {
        Interaction::Component(click) => match click.create_response(&ctx.http, first).await {
            Ok(()) => Ok(()),
            Err(_) => click.create_followup(&ctx.http, face.private_followup()).await.map(drop),
        },
        Interaction::Modal(form) => match form.create_response(&ctx.http, first).await {
            Ok(()) => Ok(()),
            Err(_) => form.create_followup(&ctx.http, face.private_followup()).await.map(drop),
        },
        _ => Ok(()),
    };
    if let Err(error) = told {
        tracing::warn!("Nobody could be told that something broke: {error}");
    }
}

/// What a panic says of itself.
fn said_by(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(said) => *said,
        Err(panic) => panic.downcast_ref::<&'static str>().copied().unwrap_or("it panicked").to_owned(),
    }
}

/// Hands out what comes in.
pub(super) struct Listener {
    pub(super) bot: Arc<Bot>,
    /// Hears of every greeting that was sent.
    pub(super) greets: UnboundedSender<()>,
    pub(super) stop: CancellationToken,
}

#[serenity::async_trait]
impl EventHandler for Listener {
    async fn ready(&self, ctx: Context, ready: Ready) {
        let _held = self.bot.tasks.token();
        let _ = self.bot.me.set(ready.user.id);
        self.bot.http.set_application_id(ready.application.id);
        tracing::info!(servers = ready.guilds.len(), "Discord knows the bot as {}", ready.user.name);
        register::begin(&self.bot, &self.stop);
        servers::greeted(&self.bot, &ready).await;
        reconcile::after_ready(&self.bot, &ctx).await;
        self.bot.greetings.send_modify(|dealt_with| *dealt_with += 1);
    }

    async fn guild_create(&self, _: Context, server: Guild, _: Option<bool>) {
        let _held = self.bot.tasks.token();
        servers::entered(&self.bot, server.id, &server.preferred_locale).await;
    }

    async fn guild_update(&self, _: Context, _: Option<Guild>, server: PartialGuild) {
        let _held = self.bot.tasks.token();
        servers::changed(&self.bot, server.id, &server.preferred_locale).await;
    }

    async fn guild_delete(&self, _: Context, server: UnavailableGuild, _: Option<Guild>) {
        let _held = self.bot.tasks.token();
        servers::left(&self.bot, server).await;
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::info!("The line to Discord was taken up again; nothing was missed");
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let _held = self.bot.tasks.token();
        let answer = async {
            match &interaction {
                Interaction::Component(click) => presses::press(&self.bot, &ctx, click).await,
                Interaction::Modal(form) => forms::submitted(&self.bot, &ctx, form).await,
                // Commands and what is offered while somebody types are poise's.
                _ => {}
            }
        };
        let language = people::language(&interaction);
        let answered = AssertUnwindSafe(Box::pin(speaking(language, answer))).catch_unwind().await;
        if let Err(panic) = answered {
            let said = said_by(panic);
            Box::pin(speaking(language, broken_down(&ctx, &interaction, &said))).await;
        }
    }

    async fn reaction_add(&self, ctx: Context, reaction: Reaction) {
        let _held = self.bot.tasks.token();
        reactions::added(&self.bot, &ctx, &reaction).await;
        self.bot.reactions_heard.send_modify(|heard| *heard += 1);
    }

    async fn reaction_remove(&self, ctx: Context, reaction: Reaction) {
        let _held = self.bot.tasks.token();
        reactions::removed(&self.bot, &ctx, &reaction).await;
        self.bot.reactions_heard.send_modify(|heard| *heard += 1);
    }

    async fn message_delete(&self, _: Context, channel: ChannelId, message: MessageId, _: Option<GuildId>) {
        let _held = self.bot.tasks.token();
        deleted::message(&self.bot, channel, message).await;
    }

    async fn message_delete_bulk(&self, _: Context, channel: ChannelId, messages: Vec<MessageId>, _: Option<GuildId>) {
        let _held = self.bot.tasks.token();
        for message in messages {
            deleted::message(&self.bot, channel, message).await;
        }
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        let _held = self.bot.tasks.token();
        deleted::channel(&self.bot, channel.guild_id, channel.id).await;
    }

    async fn ratelimit(&self, limit: RatelimitInfo) {
        tracing::warn!(global = limit.global, wait = ?limit.timeout, "Discord asks to wait before {}", route(&limit.path));
    }

    async fn shard_stage_update(&self, _: Context, update: ShardStageUpdateEvent) {
        tracing::info!(shard = update.shard_id.0, "The line to Discord is {}", update.new);
        self.bot.line_is_up.store(update.new == ConnectionStage::Connected, Ordering::SeqCst);
        if update.new == ConnectionStage::Identifying {
            let _ = self.greets.send(());
        }
    }
}

/// A path without what comes after an interaction's or webhook's number, which is a secret.
fn route(path: &str) -> &str {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.iter().position(|part| matches!(*part, "interactions" | "webhooks")) {
        Some(place) if parts.len() > place + 2 => {
            let kept: usize = parts[..place + 2].iter().map(|part| part.len() + 1).sum();
            &path[..kept]
        }
        _ => path,
    }
}

/// Notices what serenity could not read: it drops such events without a word.
pub(super) struct Unread {
    pub(super) bot: Arc<Bot>,
}

#[serenity::async_trait]
impl RawEventHandler for Unread {
    async fn raw_event(&self, _: Context, event: Event) {
        let Event::Unknown(unknown) = event else { return };
        if RELIED_ON.contains(&unknown.kind.as_str()) {
            self.bot.unread_events.fetch_add(1, Ordering::SeqCst);
            let names = unknown.value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
            // Only the names of its fields: an interaction carries a token and people's words.
            tracing::error!(fields = ?names.unwrap_or_default(), "An event `{}` could not be read", unknown.kind);
        } else {
            tracing::debug!("An event `{}` is not known and not needed", unknown.kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_in_a_path_is_never_logged() {
        assert_eq!(route("/api/v10/webhooks/12/secret/messages/@original"), "/api/v10/webhooks/12/");
        assert_eq!(route("/api/v10/interactions/3/secret/callback"), "/api/v10/interactions/3/");
        assert_eq!(route("/api/v10/channels/5/messages"), "/api/v10/channels/5/messages");
    }

    #[test]
    fn what_a_panic_says_reaches_the_log() {
        let caught = |act: fn()| said_by(std::panic::catch_unwind(act).unwrap_err());
        assert_eq!(caught(|| panic!("a word")), "a word");
        assert_eq!(caught(|| panic!("{} words", std::hint::black_box(2))), "2 words");
        assert_eq!(caught(|| std::panic::panic_any(7)), "it panicked");
    }
}
