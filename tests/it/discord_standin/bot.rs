//! A bot of few words on an unmodified serenity client: it tells the story what it hears, and the story answers.

use std::sync::{Arc, Mutex};

use greenroom::domain::clock::PushedClock;
use greenroom::sandbox::discord::{Discord, DiscordOptions};
use serenity::all::{
    ClientBuilder, CommandInteraction, ComponentInteraction, Context, Event, EventHandler, GatewayIntents, Http,
    HttpBuilder, Interaction, MessageId, ModalInteraction, RawEventHandler, Reaction, Ready, ResumedEvent,
    ShardManager,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::task::TaskTracker;

use crate::discord_spec;

/// What the bot heard.
#[derive(Debug)]
pub(crate) enum Heard {
    Ready(Box<Ready>),
    Resumed,
    Asked(Box<Interaction>),
    Reacted(Box<Reaction>),
    Unreacted(Box<Reaction>),
    Deleted(MessageId),
}

struct Ears(UnboundedSender<Heard>);

impl Ears {
    fn hear(&self, heard: Heard) {
        // The story may be over already.
        let _ = self.0.send(heard);
    }
}

#[serenity::async_trait]
impl EventHandler for Ears {
    async fn ready(&self, _: Context, ready: Ready) {
        self.hear(Heard::Ready(Box::new(ready)));
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        self.hear(Heard::Resumed);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        self.hear(Heard::Asked(Box::new(interaction)));
    }

    async fn reaction_add(&self, _: Context, reaction: Reaction) {
        self.hear(Heard::Reacted(Box::new(reaction)));
    }

    async fn reaction_remove(&self, _: Context, reaction: Reaction) {
        self.hear(Heard::Unreacted(Box::new(reaction)));
    }

    async fn message_delete(
        &self,
        _: Context,
        _: serenity::all::ChannelId,
        message: MessageId,
        _: Option<serenity::all::GuildId>,
    ) {
        self.hear(Heard::Deleted(message));
    }
}

struct Unread(Arc<Mutex<Vec<String>>>);

#[serenity::async_trait]
impl RawEventHandler for Unread {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(unread) = event {
            self.0.lock().unwrap().push(unread.kind);
        }
    }
}

/// A logged-in bot.
pub(crate) struct Bot {
    pub(crate) http: Arc<Http>,
    heard: UnboundedReceiver<Heard>,
    unread: Arc<Mutex<Vec<String>>>,
    shards: Arc<ShardManager>,
    tasks: TaskTracker,
}

/// Talks to the local Discord the way the documentation tells a bot to.
pub(crate) fn http(discord: &Discord) -> Http {
    let http = HttpBuilder::new("make.believe.token").proxy(discord.base_url()).ratelimiter_disabled(true);
    http.application_id(discord.bot_id().into()).build()
}

/// A client that speaks the bare wire.
pub(crate) fn wire() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A local Discord whose clock stands, judged by the specification.
pub(crate) async fn discord() -> (Discord, Arc<PushedClock>) {
    discord_with(|_| ()).await
}

pub(crate) async fn discord_with(change: impl FnOnce(&mut DiscordOptions)) -> (Discord, Arc<PushedClock>) {
    let clock = PushedClock::standing("2026-11-23T09:00:00Z".parse().unwrap());
    let mut options = DiscordOptions::new(clock.clone());
    options.validator = Some(discord_spec::validator());
    change(&mut options);
    (Discord::start(options).await.unwrap(), clock)
}

impl Bot {
    pub(crate) async fn logs_in(discord: &Discord) -> Self {
        let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGE_REACTIONS | GatewayIntents::GUILD_MESSAGES;
        let (sender, heard) = unbounded_channel();
        let unread = Arc::new(Mutex::new(Vec::new()));
        let mut client = ClientBuilder::new_with_http(http(discord), intents)
            .event_handler(Ears(sender))
            .raw_event_handler(Unread(unread.clone()))
            .await
            .unwrap();
        let (http, shards) = (client.http.clone(), client.shard_manager.clone());
        let tasks = TaskTracker::new();
        tasks.spawn(async move { client.start().await });
        let mut bot = Self { http, heard, unread, shards, tasks };
        bot.ready().await;
        bot
    }

    async fn hears(&mut self) -> Heard {
        let soon = std::time::Duration::from_secs(20);
        tokio::time::timeout(soon, self.heard.recv()).await.expect("the bot hears something").unwrap()
    }

    pub(crate) async fn ready(&mut self) -> Ready {
        match self.hears().await {
            Heard::Ready(ready) => *ready,
            other => panic!("expected READY, heard {other:?}"),
        }
    }

    pub(crate) async fn resumed(&mut self) {
        let heard = self.hears().await;
        assert!(matches!(heard, Heard::Resumed), "{heard:?}");
    }

    pub(crate) async fn command(&mut self) -> CommandInteraction {
        match self.hears().await {
            Heard::Asked(asked) => match *asked {
                Interaction::Command(command) | Interaction::Autocomplete(command) => command,
                other => panic!("expected a command, heard {other:?}"),
            },
            other => panic!("expected a command, heard {other:?}"),
        }
    }

    pub(crate) async fn component(&mut self) -> ComponentInteraction {
        match self.hears().await {
            Heard::Asked(asked) => asked.message_component().unwrap(),
            other => panic!("expected a press, heard {other:?}"),
        }
    }

    pub(crate) async fn form(&mut self) -> ModalInteraction {
        match self.hears().await {
            Heard::Asked(asked) => asked.modal_submit().unwrap(),
            other => panic!("expected a form, heard {other:?}"),
        }
    }

    pub(crate) async fn reaction(&mut self) -> Reaction {
        match self.hears().await {
            Heard::Reacted(reaction) | Heard::Unreacted(reaction) => *reaction,
            other => panic!("expected a reaction, heard {other:?}"),
        }
    }

    pub(crate) async fn deleted(&mut self) -> MessageId {
        match self.hears().await {
            Heard::Deleted(message) => message,
            other => panic!("expected a deletion, heard {other:?}"),
        }
    }

    /// What the client could not read so far; asked for, it fails the story no more.
    pub(crate) fn forgets_unread(&self) -> Vec<String> {
        std::mem::take(&mut *self.unread.lock().unwrap())
    }

    /// Logs out; whatever the client could not read fails the story.
    pub(crate) async fn leaves(self, discord: &Discord) {
        self.shards.shutdown_all().await;
        self.tasks.close();
        self.tasks.wait().await;
        assert_eq!(*self.unread.lock().unwrap(), Vec::<String>::new(), "events the client could not read");
        assert_eq!(discord.violations(), Vec::<String>::new(), "bodies that do not fit the specification");
        assert_eq!(discord_spec::misfits(&discord.journal()), Vec::<String>::new(), "answers that do not fit it");
        discord.stop().await;
    }
}
