//! The commands people type, and how each is answered.
//!
//! A command says first that its answer is coming (Discord waits three seconds), then asks a flow, then fills the answer
//! in. Whatever a flow refuses reaches the person as it is; what broke is logged once under a reference that the person
//! reads. Names of commands and options are relied on from outside: `register` and its snapshot keep them.

pub(super) mod account;
mod bulk;
pub(super) mod calendar;
pub(super) mod digest;
mod erase;
mod export;
mod help;
pub(super) mod history;
pub(super) mod menu;
mod offers;
mod pause;
mod post;
pub(super) mod queue;
pub(super) mod schedule;
mod setup;
mod slots;
mod timezone;
mod trouble;
mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context as _;
use serenity::all::{CreateAllowedMentions, CreateAttachment, CreateInteractionResponse, CreateModal, FullEvent};
use serenity::framework::Framework;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::face::Face;
use super::http::{persist, was_answered};
use super::{Bot, people};
use crate::domain::account::Account;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::workspace::Workspace;
use crate::flows::{self, Failure};
use crate::words::{Language, speaking};

/// What a command is given: the interaction, and the bot.
pub(super) type Context<'a> = poise::ApplicationContext<'a, Arc<Bot>, Failure>;

/// What a command comes to; a failure is told by [`trouble`].
type Outcome = Result<(), Failure>;

/// Every command.
pub(super) fn all() -> Vec<poise::Command<Arc<Bot>, Failure>> {
    vec![
        setup::setup(),
        account::account(),
        schedule::schedule(),
        bulk::bulk(),
        menu::schedule_on_tiktok(),
        queue::queue(),
        calendar::calendar(),
        post::post(),
        slots::slots(),
        timezone::timezone(),
        digest::digest(),
        pause::pause(),
        pause::resume(),
        export::export(),
        erase::erase(),
        help::help(),
    ]
}

/// Runs commands, each in the language of whoever typed it.
pub(super) struct Commands(poise::Framework<Arc<Bot>, Failure>);

#[serenity::async_trait]
impl Framework for Commands {
    async fn init(&mut self, client: &serenity::Client) {
        self.0.init(client).await;
    }

    async fn dispatch(&self, ctx: serenity::all::Context, event: FullEvent) {
        let language = match &event {
            FullEvent::InteractionCreate { interaction } => people::language(interaction),
            _ => Language::default(),
        };
        speaking(language, self.0.dispatch(ctx, event)).await;
    }
}

/// What finds the command for an interaction and runs it.
pub(super) fn framework(bot: Arc<Bot>) -> Commands {
    let options = poise::FrameworkOptions {
        commands: all(),
        on_error: |error| Box::pin(trouble::tell(error)),
        allowed_mentions: Some(CreateAllowedMentions::new()),
        prefix_options: poise::PrefixFrameworkOptions { mention_as_prefix: false, ..Default::default() },
        ..Default::default()
    };
    // A setup that failed would leave a bot online that answers nobody, so this one cannot.
    let commands = poise::Framework::builder()
        .initialize_owners(false)
        .options(options)
        .setup(move |_, _, _| Box::pin(async move { Ok(bot) }))
        .build();
    Commands(commands)
}

/// Asked for by poise's own way of telling errors, which [`trouble`] replaces.
impl From<Failure> for Box<dyn std::error::Error + Send + Sync> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Broken(error) => error.into(),
        }
    }
}

/// Who asks, in which team; while it lives, the end of the program waits.
struct Visit {
    member: Member,
    workspace: Workspace,
    _held: TaskTrackerToken,
}

/// Says that an answer for this person alone is coming, and finds out who they are.
async fn enter(ctx: Context<'_>) -> Result<Visit, Failure> {
    let tries = AtomicU32::new(0);
    let deferred = persist("an answer to a command", || {
        tries.fetch_add(1, Ordering::Relaxed);
        ctx.defer_response(true)
    });
    match deferred.await {
        Ok(()) => {}
        // The first try arrived although its own answer did not.
        Err(error) if was_answered(&error) && tries.load(Ordering::Relaxed) > 1 => {
            ctx.has_sent_initial_response.store(true, Ordering::SeqCst);
        }
        // Another process with the same token answers this command: what it does must not be done twice.
        Err(error) if was_answered(&error) => return Err(Refusal::SomebodyWasFaster.into()),
        Err(error) => return Err(anyhow::Error::new(error).context("the command could not be answered").into()),
    }
    meet(ctx).await
}

/// Finds out who asks, before anything was answered.
async fn meet(ctx: Context<'_>) -> Result<Visit, Failure> {
    let bot = ctx.data();
    let held = bot.tasks.token();
    let interaction = ctx.interaction;
    let member = people::asking(interaction.guild_id, interaction.member.as_deref())
        .context("a command came from outside a server")?;
    let member = people::acting(member, interaction.channel_id, None);
    let language = interaction.guild_locale.as_deref().map(Language::of_locale);
    let workspace = flows::setup::meet(&bot.flows, member.workspace, &server_name(ctx), language).await?;
    workspace.stays()?;
    Ok(Visit { member, workspace, _held: held })
}

/// What the server is called, as far as we have heard.
fn server_name(ctx: Context<'_>) -> String {
    let cached = ctx.interaction.guild_id.and_then(|id| {
        let server = ctx.serenity_context().cache.guild(id)?;
        Some(server.name.clone())
    });
    cached.unwrap_or_else(|| ctx.interaction.guild_id.map_or_else(String::new, |id| id.to_string()))
}

/// Shows the answer to the person who asked: fills the announced one in, or gives the first.
async fn show(ctx: Context<'_>, face: &Face) -> Outcome {
    put(ctx, face, None).await.context("an answer did not reach Discord")?;
    Ok(())
}

async fn put(ctx: Context<'_>, face: &Face, file: Option<&CreateAttachment>) -> serenity::Result<()> {
    let (interaction, http) = (ctx.interaction, ctx.http());
    if ctx.has_sent_initial_response.load(Ordering::SeqCst) {
        let answer = || {
            let edit = file.into_iter().cloned().fold(face.edit_reply(), |edit, file| edit.new_attachment(file));
            interaction.edit_response(http, edit)
        };
        persist("an answer", answer).await.map(drop)
    } else {
        let reply = CreateInteractionResponse::Message(face.private_reply());
        interaction.create_response(http, reply).await?;
        ctx.has_sent_initial_response.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// Opens a form, which has to be the first answer.
async fn open(ctx: Context<'_>, form: CreateModal) -> Outcome {
    let answered = ctx.interaction.create_response(ctx.http(), CreateInteractionResponse::Modal(form)).await;
    answered.context("a form did not reach Discord")?;
    ctx.has_sent_initial_response.store(true, Ordering::SeqCst);
    Ok(())
}

/// The team's account of that handle or id.
async fn account_named(bot: &Bot, workspace: &Workspace, named: &str) -> Result<Account, Failure> {
    flows::submit::named_account(&bot.flows, workspace.id, Some(named)).await
}
