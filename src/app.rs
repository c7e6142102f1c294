//! Builds every part, runs them together, stops them in order. The only place that knows everybody.
//!
//! `App::build` binds and connects; `App::run_until` runs. Tests build the same thing on port 0 and, holding the clock,
//! have it do what is due with [`Running::settle`] instead of letting it look by itself.

mod arrivals;
mod audit;
mod confined;
mod doctor;
mod export;
mod keys;
mod process;
mod rules;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use ipnet::IpNet;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use audit::{Trail, Verified, verify_audit};
pub use doctor::{Finding, Level, Report, doctor, doctor_at};
pub use export::{Exported, export};
pub use keys::{Retired, Rotated, forget_lost, retire_keys, rotate_key};
pub use process::{listen_for_signals, migrate, serve_until_asked};
pub use rules::redirect_uri;
use rules::{rules, tiktok_client};

use crate::config::{Config, Roles};
use crate::discord::{self, Discord, DiscordSettings};
use crate::domain::clock::SharedClock;
use crate::flows::budget::Budget;
use crate::flows::heed;
use crate::flows::publish::Uploads;
use crate::flows::{Failure, Flows, Nudges};
use crate::media::Media;
use crate::media::fetch;
use crate::media::fetch::link::Internet;
use crate::scheduler::guardian::Guardian;
use crate::scheduler::keeper::Keeper;
use crate::scheduler::metronome;
use crate::scheduler::publisher::{AtOnce, Publisher};
use crate::store::Store;
use crate::vault::Vault;
use crate::web;

/// How often [`Running::settle`] looks again before it takes the program for a wheel that never stops.
const MOST_ROUNDS: usize = 1_000;

/// How long everything may take to come to a rest once it is asked to stop. Parts give up on their own a little earlier.
const REST_WITHIN: Duration = Duration::from_millis(8_500);

/// How long the database may take to finish after that.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);

/// Who looks what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    /// The program itself, as it does in the real world.
    ByItself,
    /// Whoever holds the clock, with [`Running::settle`].
    ByHand,
}

/// Every part, built and connected, not yet running.
#[derive(Debug)]
pub struct App {
    parts: Arc<Parts>,
    roles: Roles,
    listener: TcpListener,
    pages: Router,
    trusted_proxies: Vec<IpNet>,
}

#[derive(Debug)]
struct Parts {
    flows: Arc<Flows>,
    discord: Discord,
    publisher: Publisher,
    keeper: Keeper,
    guardian: Guardian,
    address: SocketAddr,
}

impl App {
    /// Builds every part: opens the database and brings it up to date, binds the web address, prepares for Discord.
    ///
    /// # Errors
    /// When a setting is missing or a part cannot be had.
    pub async fn build(config: &Config, roles: Roles, clock: SharedClock) -> anyhow::Result<Self> {
        Self::build_on(config, roles, clock, None).await
    }

    /// The same on an internet of one's own, which no setting can ask for: stories have links followed without leaving this
    /// machine.
    ///
    /// # Errors
    /// When a setting is missing or a part cannot be had.
    pub async fn build_on(
        config: &Config,
        roles: Roles,
        clock: SharedClock,
        internet: Option<Arc<dyn Internet>>,
    ) -> anyhow::Result<Self> {
        confined::check(config)?;
        let required = config.require_for_run()?;
        let settings = settings(config, required.discord_token);
        let listener = TcpListener::bind(config.web.listen)
            .await
            .with_context(|| format!("`web.listen`: cannot listen on {}", config.web.listen))?;
        let address = listener.local_addr().context("the web address is unknown")?;
        let owner = owner()?;
        let flows = Arc::new(flows(config, clock, address, owner.clone(), internet).await?);
        keys::check(flows.keys()).await?;
        let discord =
            Discord::new(settings, Arc::clone(&flows), owner.clone()).context("`discord`: cannot be built")?;
        let publisher = Publisher::new(Arc::clone(&flows), owner, at_once(config)?);
        let keeper = Keeper::new(Arc::clone(&flows));
        let guardian = Guardian::new(Arc::clone(&flows));
        let pages = web::router(Arc::clone(&flows), pages(config, roles, &discord));
        let parts = Arc::new(Parts { flows, discord, publisher, keeper, guardian, address });
        Ok(Self { parts, roles, listener, pages, trusted_proxies: config.web.trusted_proxies.clone() })
    }

    /// What the parts share.
    #[must_use]
    pub fn flows(&self) -> &Arc<Flows> {
        &self.parts.flows
    }

    /// Where the web pages are.
    #[must_use]
    pub fn web_address(&self) -> SocketAddr {
        self.parts.address
    }

    /// Runs until `stop`, looking by itself for what is due.
    ///
    /// # Errors
    /// When a part ends before it was told to.
    pub async fn run_until(self, stop: CancellationToken) -> anyhow::Result<()> {
        self.start(Drive::ByItself, stop).ended().await
    }

    /// Starts every part.
    #[must_use]
    pub fn start(self, drive: Drive, stop: CancellationToken) -> Running {
        let tasks = TaskTracker::new();
        let parts = Arc::clone(&self.parts);
        let task = tasks.spawn(run(self, drive, stop.clone()));
        Running { parts, stop, task }
    }
}

/// A program that runs.
#[derive(Debug)]
pub struct Running {
    parts: Arc<Parts>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// What the parts share.
    #[must_use]
    pub fn flows(&self) -> &Arc<Flows> {
        &self.parts.flows
    }

    /// Where the web pages are.
    #[must_use]
    pub fn web_address(&self) -> SocketAddr {
        self.parts.address
    }

    /// The Discord side.
    #[must_use]
    pub fn discord(&self) -> &Discord {
        &self.parts.discord
    }

    /// Does everything that is due now, and what follows from it, and comes back when nothing is left.
    ///
    /// # Errors
    /// When the store cannot be reached, or it never comes to rest.
    pub async fn settle(&self) -> Result<(), Failure> {
        for _ in 0..MOST_ROUNDS {
            let kept = self.parts.keeper.run_due().await? + self.parts.guardian.run_due(&self.stop).await?;
            let published = self.parts.publisher.run_due().await?;
            let told = self.parts.discord.outbox().run_due().await?;
            if kept + published + told == 0 {
                return Ok(());
            }
        }
        Err(Failure::Broken(anyhow::anyhow!("the program does not come to rest")))
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// When a part ended before it was told to.
    pub async fn ended(self) -> anyhow::Result<()> {
        self.task.await.context("the program panicked")?
    }

    /// Has it finish what it holds and waits until it has ended.
    ///
    /// # Errors
    /// When a part ended before it was told to.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.ended().await
    }
}

async fn run(app: App, drive: Drive, stop: CancellationToken) -> anyhow::Result<()> {
    let App { parts, roles, listener, pages, trusted_proxies } = app;
    let mut loops = JoinSet::new();
    let mut beat = None;
    if drive == Drive::ByItself && roles.worker {
        work(&parts, &mut loops, &stop);
        beat = Some(metronome(Arc::clone(&parts.flows)).await.context("the metronome cannot be started")?);
    }
    if drive == Drive::ByItself && roles.bot {
        let (outbox, telling) = (parts.discord.outbox().clone(), stop.clone());
        loops.spawn(async move { outbox.run(telling).await });
    }
    let web = async {
        if !roles.web {
            drop(listener);
            stop.cancelled().await;
            return Ok(());
        }
        let serving = web::serve(listener, pages, &trusted_proxies, stop.clone());
        tokio::join!(serving, heed::listen(&parts.flows, stop.clone()));
        Ok(())
    };
    let people = async {
        if !roles.bot {
            stop.cancelled().await;
            return Ok(());
        }
        parts.discord.run(stop.clone()).await
    };
    let everything = async {
        let ended = tokio::try_join!(people, web, all_go_on(&mut loops, &stop));
        stop.cancel();
        if let Some(mut beat) = beat
            && let Err(error) = beat.shutdown().await
        {
            tracing::warn!("The metronome did not stop: {error}");
        }
        while loops.join_next().await.is_some() {}
        ended.map(|_| ())
    };
    let ended = tokio::select! {
        ended = everything => ended,
        () = too_late(&stop) => {
            tracing::warn!("Not everything came to a rest in time; what is left is cut off");
            Ok(())
        }
    };
    let closed = async {
        parts.publisher.let_go().await;
        parts.flows.store.close().await;
    };
    if tokio::time::timeout(CLOSED_WITHIN, closed).await.is_err() {
        tracing::warn!("The database still works for somebody who is cut off");
    }
    ended
}

/// Sets those to work who look by themselves for what is due.
fn work(parts: &Parts, loops: &mut JoinSet<()>, stop: &CancellationToken) {
    let (publisher, keeper, guardian) = (parts.publisher.clone(), parts.keeper.clone(), parts.guardian.clone());
    let (publishing, keeping, guarding) = (stop.clone(), stop.clone(), stop.clone());
    loops.spawn(async move { publisher.run(publishing).await });
    loops.spawn(async move { keeper.run(keeping).await });
    loops.spawn(async move { guardian.run(guarding).await });
}

/// Waits until it is time to stop. A loop that ends before that has panicked: without it posts would be missing in silence,
/// so the program ends with it and is started anew by whoever looks after it.
async fn all_go_on(loops: &mut JoinSet<()>, stop: &CancellationToken) -> anyhow::Result<()> {
    tokio::select! {
        biased;
        () = stop.cancelled() => Ok(()),
        Some(ended) = loops.join_next() => match ended {
            Err(panicked) => Err(panicked).context("a part of the program broke down"),
            Ok(()) => Err(anyhow::anyhow!("a part of the program ended before it was told to")),
        },
    }
}

async fn too_late(stop: &CancellationToken) {
    stop.cancelled().await;
    // It never ends by itself.
    drop(tokio::time::timeout(REST_WITHIN, std::future::pending::<()>()).await);
}

fn pages(config: &Config, roles: Roles, discord: &Discord) -> web::Settings {
    let bot = Arc::clone(discord.bot());
    let line: web::LineIsUp = Arc::new(move || bot.line_is_up());
    web::Settings { trusted_proxies: config.web.trusted_proxies.clone(), line: roles.bot.then_some(line) }
}

fn at_once(config: &Config) -> anyhow::Result<AtOnce> {
    Ok(AtOnce {
        uploads: usize::try_from(config.scheduling.uploads_at_once.get())?,
        questions: usize::try_from(config.scheduling.questions_at_once.get())?,
    })
}

async fn flows(
    config: &Config,
    clock: SharedClock,
    web: SocketAddr,
    process: String,
    internet: Option<Arc<dyn Internet>>,
) -> anyhow::Result<Flows> {
    let required = config.require_for_run()?;
    let store = Store::open(config.database.url.expose()).await.context("`database.url`")?;
    let media = Media::open(&config.media.url.to_string()).context("`media.url`")?;
    let vault = Vault::new(required.encryption_key).context("`security.encryption_key`")?;
    let origins = arrivals::origins(config);
    let budget = Budget::new(store.clone(), Arc::clone(&clock), config.limits.requests_per_minute.get());
    let fetcher = fetch::client(&origins).context("cannot build the client that fetches videos")?;
    let links = arrivals::links(&origins, internet).context("cannot build the client that follows links")?;
    Ok(Flows {
        store,
        media,
        staging: arrivals::staging(config)?,
        fetcher,
        rights: discord::rights(&settings(config, required.discord_token)).context("`discord`: cannot be built")?,
        origins,
        links,
        tiktok: tiktok_client(config, required.client_key, required.client_secret)?.with_clock(Arc::clone(&clock)),
        budget,
        process,
        vault,
        clock,
        rules: rules(config, web)?,
        nudges: Nudges::default(),
        inbox: heed::Inbox::default(),
        creators: Mutex::default(),
        uploads: Uploads::default(),
        renewals: Mutex::new(HashMap::new()),
    })
}

fn settings(config: &Config, token: &SecretString) -> DiscordSettings {
    DiscordSettings {
        token: token.clone(),
        api_url: config.discord.api_url.clone(),
        api_is_changed: config.discord.api_is_changed,
    }
}

/// A name for this process that no other has.
fn owner() -> anyhow::Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).context("no randomness to be had")?;
    Ok(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_loop_that_panics_ends_the_program() {
        let stop = CancellationToken::new();
        let mut loops = JoinSet::new();
        loops.spawn(stop.clone().cancelled_owned());
        loops.spawn(async { panic!("a bug") });
        let ended = all_go_on(&mut loops, &stop).await.unwrap_err();
        assert!(format!("{ended:#}").contains("broke down"), "{ended:#}");
    }

    #[tokio::test]
    async fn loops_that_end_because_they_were_told_to_are_no_trouble() {
        let stop = CancellationToken::new();
        let mut loops = JoinSet::new();
        loops.spawn(stop.clone().cancelled_owned());
        stop.cancel();
        all_go_on(&mut loops, &stop).await.unwrap();
        all_go_on(&mut JoinSet::new(), &stop).await.unwrap();
    }
}
