//! Starts the outside world and the whole product against it, and plays the opening act.
//!
//! Somebody sets the team up and connects an account, by the same commands and the same consent page as everybody else.
//!
//! Everything lives in a folder that is removed at the end, or in a new folder of this start inside the one that was
//! named: the local Discord begins anew each time, and rows about a server that is gone would only be in the way.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::discord::{Discord, DiscordOptions, Impossible};
use super::page::{self, ClockPush, NextDue, Stage, Upcoming};
use super::tiktok::{TikTok, TikTokOptions};
use crate::app::{self, App, Drive};
use crate::config::{Config, Roles};
use crate::domain::clock::{Clock as _, PushedClock};

/// The bot's token; it opens nothing in the real world.
const TOKEN: &str = "make.believe.token";

/// Where the program hears of what TikTok says by itself.
const WEBHOOKS: &str = "/webhooks/tiktok";

/// The account that is connected.
const CREATOR: &str = "harbour.cafe";

/// A newcomer need not wait a quarter of an hour: the least time ahead of a post.
const MIN_LEAD: &str = "1m";

/// How long the browser of the opening act waits for a page.
const BROWSER_WAITS: Duration = Duration::from_secs(20);

/// Runs the sandbox, with its page at `listen` and everything it keeps in `dir`.
///
/// # Errors
/// When a part cannot start, or ends before it is asked to.
pub async fn run(listen: SocketAddr, dir: Option<PathBuf>) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let signals = TaskTracker::new();
    signals.spawn(app::listen_for_signals(stop.clone()));
    run_until(listen, dir, stop, announce).await
}

/// Runs the sandbox until `stop`, and hands its address to `open` when people may come in.
///
/// # Errors
/// When a part cannot start, or ends before it is asked to.
pub async fn run_until(
    listen: SocketAddr,
    dir: Option<PathBuf>,
    stop: CancellationToken,
    open: impl FnOnce(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let world = World::begin(listen).await?;
    let home = Home::make(dir, &world.clock)?;
    let outcome = world.play(&home, stop, open).await;
    world.discord.stop().await;
    world.tiktok.stop().await;
    outcome
}

fn announce(address: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "The sandbox is open at {address} (Ctrl-C closes it)").context("cannot say where it is")
}

/// Where rows and videos of this start lie.
struct Home {
    path: PathBuf,
    stays: bool,
}

impl Home {
    fn make(dir: Option<PathBuf>, clock: &PushedClock) -> anyhow::Result<Self> {
        let stays = dir.is_some();
        let path = match dir {
            Some(dir) => dir.join(clock.now().format("%Y-%m-%d-%H%M%S-%3f").to_string()),
            None => std::env::temp_dir().join(format!("greenroom-sandbox-{}", hex::encode(random::<8>()?))),
        };
        std::fs::create_dir_all(&path).with_context(|| format!("cannot make the folder {}", path.display()))?;
        let path = path.canonicalize().with_context(|| format!("cannot find the folder {}", path.display()))?;
        Ok(Self { path, stays })
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if self.stays {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!("{} could not be removed: {error}", self.path.display());
        }
    }
}

fn random<const SIZE: usize>() -> anyhow::Result<[u8; SIZE]> {
    let mut bytes = [0; SIZE];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system gives no random bytes: {error}"))?;
    Ok(bytes)
}

/// How the page moves the program, once there is one.
struct Reins {
    nudge: Box<dyn Fn() + Send + Sync>,
    next: NextDue,
}

impl Reins {
    fn of(app: &App) -> Self {
        let (nudged, asked) = (Arc::clone(app.flows()), Arc::clone(app.flows()));
        let next: NextDue = Arc::new(move || {
            let flows = Arc::clone(&asked);
            Box::pin(async move {
                // While the program stops, nothing is due any more.
                let publication = flows.store.next_wake().await.unwrap_or_default();
                let lapse = flows.store.next_lapse().await.unwrap_or_default();
                let digest = flows.store.next_digest_due().await.unwrap_or_default();
                // What people have yet to be told is due while it is not told; a repetition later on is nobody's wait.
                let now = flows.clock.now();
                let notice = flows.store.next_notice().await.unwrap_or_default().filter(|at| *at <= now);
                Upcoming { post: publication, other: lapse.into_iter().chain(digest).chain(notice).min() }
            })
        });
        Self { nudge: Box::new(move || nudged.nudges.all()), next }
    }
}

/// What is outside the program.
struct World {
    clock: Arc<PushedClock>,
    tiktok: TikTok,
    discord: Discord,
    reins: Arc<OnceLock<Reins>>,
}

impl World {
    async fn begin(listen: SocketAddr) -> anyhow::Result<Self> {
        let clock = PushedClock::running();
        let tiktok = TikTokOptions { audited: true, ..TikTokOptions::new(clock.clone()) };
        let tiktok = TikTok::start(tiktok).await.context("the local TikTok cannot start")?;
        let reins: Arc<OnceLock<Reins>> = Arc::default();
        let pages = page::router(Stage { tiktok: tiktok.clone(), clock: push(&clock, &reins) });
        let discord = DiscordOptions {
            listen,
            bot_token: TOKEN.to_owned(),
            pages: Some(pages),
            ..DiscordOptions::new(clock.clone())
        };
        let discord = Discord::start(discord).await.with_context(|| format!("cannot listen on {listen}"))?;
        Ok(Self { clock, tiktok, discord, reins })
    }

    async fn play(
        &self,
        home: &Home,
        stop: CancellationToken,
        open: impl FnOnce(&str) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let config = self.settings(&home.path)?;
        let app = App::build(&config, Roles::ALL, self.clock.clone()).await?;
        self.tiktok.send_webhooks_to(Some(&format!("http://{}{WEBHOOKS}", app.web_address())));
        // Set once: there is one program.
        let _ = self.reins.set(Reins::of(&app));
        let running = app.start(Drive::ByItself, stop.clone());
        let opened = tokio::select! {
            opened = self.opening_act() => opened.and_then(|()| open(&self.discord.base_url())),
            // The program ended before it began, and knows why.
            () = stop.cancelled() => Ok(()),
        };
        if opened.is_err() {
            stop.cancel();
        }
        opened.and(running.ended().await)
    }

    fn settings(&self, home: &Path) -> anyhow::Result<Config> {
        let tiktok = TikTokOptions::new(self.clock.clone());
        let web = free_port()?;
        let pairs = [
            ("DISCORD__TOKEN", TOKEN.to_owned()),
            ("DISCORD__API_URL", self.discord.base_url()),
            ("TIKTOK__CLIENT_KEY", tiktok.client_key),
            ("TIKTOK__CLIENT_SECRET", tiktok.client_secret),
            ("TIKTOK__API_URL", self.tiktok.base_url().to_owned()),
            ("TIKTOK__AUTHORIZE_URL", self.tiktok.base_url().to_owned()),
            ("TIKTOK__AUDITED", "true".to_owned()),
            ("DATABASE__URL", format!("sqlite://{}", home.join("greenroom.db").display())),
            ("MEDIA__URL", format!("file://{}", home.join("media").display())),
            ("WEB__LISTEN", web.to_string()),
            // Whoever tries it is on this machine, so the links to videos can be followed.
            ("WEB__PUBLIC_URL", format!("http://{web}/")),
            ("SECURITY__ENCRYPTION_KEY", STANDARD.encode(random::<32>()?)),
            ("SCHEDULING__MIN_LEAD", MIN_LEAD.to_owned()),
        ];
        let pairs = pairs.into_iter().map(|(key, value)| (format!("GREENROOM_{key}"), value));
        Config::load(None, pairs).context("the sandbox's own settings are wrong")
    }

    /// Sets the team up and connects an account, as ada would.
    async fn opening_act(&self) -> anyhow::Result<()> {
        let registered = |discord: &Discord| {
            let known = discord.commands().iter().any(|command| command["name"] == "setup");
            (discord.online() && known).then_some(())
        };
        self.discord.until("the bot and its commands", registered).await?;
        let options = [
            ("reviewer_role", json!("Reviewer")),
            ("review_channel", json!("review")),
            ("digest_channel", json!("digest")),
            ("timezone", json!("Europe/Berlin")),
        ];
        self.ada(&["setup"], &options).await?;
        let said = self.ada(&["account", "connect"], &[]).await?;
        let start = format!("{}/v2/auth/authorize/", self.tiktok.base_url());
        let link = link_in(&said, &start).context("`/account connect` was answered without a link to TikTok")?;
        let back = self.tiktok.consent_to_all(&link, CREATOR).map_err(|why| anyhow!("TikTok refused: {why}"))?;
        let browser = reqwest::Client::builder().timeout(BROWSER_WAITS).build()?;
        let page = browser.get(back).send().await.map_err(reqwest::Error::without_url)?;
        page.error_for_status().map_err(reqwest::Error::without_url).context("the account could not be connected")?;
        Ok(())
    }

    async fn ada(&self, command: &[&str], options: &[(&str, Value)]) -> anyhow::Result<Value> {
        let name = command.join(" ");
        let asked = self.discord.command("ada", "general", command, options, &[]);
        let asked = asked.map_err(|why: Impossible| anyhow!("/{name}: {why}"))?;
        asked.reply().await.with_context(|| format!("/{name} was not answered"))
    }
}

/// An address of this machine that nobody listens on at this moment.
fn free_port() -> anyhow::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no port of this machine is free")?;
    listener.local_addr().context("a port of this machine has no address")
}

fn push(clock: &Arc<PushedClock>, reins: &Arc<OnceLock<Reins>>) -> ClockPush {
    let (nudged, asked) = (Arc::clone(reins), Arc::clone(reins));
    let nudge = move || {
        if let Some(reins) = nudged.get() {
            (reins.nudge)();
        }
    };
    let next: NextDue = Arc::new(move || match asked.get() {
        Some(reins) => (reins.next)(),
        None => Box::pin(async { Upcoming::default() }),
    });
    ClockPush::new(Arc::clone(clock), Arc::new(nudge), next)
}

/// The first address that starts so, anywhere in a message.
fn link_in(said: &Value, start: &str) -> Option<String> {
    match said {
        Value::String(text) => {
            let link = &text[text.find(start)?..];
            let end =
                link.find(|one: char| one.is_whitespace() || matches!(one, ')' | '>' | '"')).unwrap_or(link.len());
            Some(link[..end].to_owned())
        }
        Value::Array(items) => items.iter().find_map(|item| link_in(item, start)),
        Value::Object(fields) => fields.values().find_map(|field| link_in(field, start)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::link_in;

    #[test]
    fn the_link_is_found_wherever_it_stands() {
        let start = "http://t/auth/";
        assert_eq!(link_in(&json!({"content": "[go](http://t/auth/?a=1) now"}), start).unwrap(), "http://t/auth/?a=1");
        let button = json!({"components": [{"components": [{"label": "Go", "url": "http://t/auth/?b"}]}]});
        assert_eq!(link_in(&button, start).unwrap(), "http://t/auth/?b");
        assert_eq!(link_in(&json!({"content": "none"}), start), None);
    }
}
