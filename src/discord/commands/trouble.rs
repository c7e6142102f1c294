//! When a command did not end well: what the person reads, and what the operator finds.

use std::sync::Arc;

use poise::FrameworkError;
use serenity::all::CreateInteractionResponse;

use super::{Context, put, words};
use crate::discord::face::Face;
use crate::discord::{Bot, broke, told, words as all_words};
use crate::domain::refusal::Refusal;
use crate::flows::Failure;

/// Tells the person what became of their command.
pub(super) async fn tell(error: FrameworkError<'_, Arc<Bot>, Failure>) {
    let (ctx, face) = match error {
        FrameworkError::Command { error, ctx, .. } => (ctx, told(&ctx.command().qualified_name, &error)),
        FrameworkError::CommandPanic { payload, ctx, .. } => {
            let said = payload.unwrap_or_else(|| "it panicked".to_owned());
            (ctx, broke(&ctx.command().qualified_name, &said))
        }
        FrameworkError::ArgumentParse { error, input, ctx, .. } => {
            tracing::warn!("`{}` was given something unreadable: {error}", ctx.command().qualified_name);
            (ctx, words::unreadable(input.as_deref()))
        }
        FrameworkError::CommandStructureMismatch { ctx, .. } => (ctx.into(), words::command_changed()),
        FrameworkError::SubcommandRequired { ctx } => (ctx, words::command_changed()),
        FrameworkError::GuildOnly { ctx, .. } => (ctx, words::servers_only()),
        FrameworkError::MissingUserPermissions { ctx, .. } => (ctx, all_words::refused(&Refusal::NotAManager)),
        FrameworkError::UnknownInteraction { interaction, framework, .. } => {
            tracing::warn!("Somebody used `{}`, which is no command any more", interaction.data.name);
            let reply = CreateInteractionResponse::Message(words::command_changed().private_reply());
            if let Err(error) = interaction.create_response(framework.serenity_context, reply).await {
                tracing::warn!("An answer did not reach Discord: {error}");
            }
            return;
        }
        // None of the rest is used here. Printing it would print an interaction's token.
        other => match other.ctx() {
            Some(ctx) => (ctx, broke(&ctx.command().qualified_name, "poise did not run it")),
            None => return tracing::error!("poise could not see to an event"),
        },
    };
    if let poise::Context::Application(ctx) = ctx {
        answer(ctx, &face).await;
    }
}

async fn answer(ctx: Context<'_>, face: &Face) {
    // While somebody types there is nothing to answer with; the next letter asks again.
    if ctx.interaction_type == poise::CommandInteractionType::Autocomplete {
        return;
    }
    if let Err(error) = put(ctx, face, None).await {
        tracing::warn!("An answer to `{}` did not reach Discord: {error}", ctx.command().qualified_name);
    }
}
