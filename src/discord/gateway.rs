//! The line to Discord: opened, watched, and opened again.
//!
//! serenity holds the line and repairs most breaks; `watchdog` knows what it does not notice. An event is heard at most
//! once and many are missed while the line is down, so whatever comes in is only a hint, and after every greeting (also
//! the second) what could have changed is looked up. A token or an intent that Discord refuses ends the program, because
//! no retry mends it; everything else does not.

mod deleted;
mod events;
mod servers;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use serenity::all::{ClientBuilder, ConnectionStage, GatewayError, GatewayIntents, ShardManager};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::http::{build, persist};
use super::watchdog::{Line, Patience, Spans, Watchdog, pause};
use super::{Bot, commands};
use events::{Listener, Unread};

/// What we hear of: servers, reactions, and (of messages) only that one of ours was deleted. None is privileged.
pub const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGE_REACTIONS).union(GatewayIntents::GUILD_MESSAGES);

/// How long the end waits for answers that are under way: serenity itself takes up to five seconds to say goodbye.
const LAST_ANSWERS: Duration = Duration::from_secs(6);

/// How a line came to its end, if the program goes on.
enum Ended {
    /// We were told to stop.
    Stopped,
    /// It broke; another one may do.
    Lost(String),
}

/// Holds the line until told to stop.
///
/// # Errors
/// When Discord refuses the token, the intents or the shards: only other settings help.
pub async fn run(bot: Arc<Bot>, spans: Spans, stop: CancellationToken) -> anyhow::Result<()> {
    // A child, so that what listens to it here ends with the line and the rest of the program does not.
    let stop = stop.child_token();
    let mut patience = Patience::new(spans);
    let ended = loop {
        let opened_at = Instant::now();
        let over = line(&bot, spans, &mut patience, &stop).await;
        bot.line_is_up.store(false, Ordering::SeqCst);
        match over {
            Ok(Ended::Stopped) => break Ok(()),
            Err(fatal) => break Err(fatal),
            Ok(Ended::Lost(why)) => {
                let now = Instant::now();
                let wait = patience.pause_after(now.duration_since(opened_at), now);
                tracing::error!("The line to Discord is down, trying again in {}: {why}", said(wait));
                tokio::select! {
                    () = stop.cancelled() => break Ok(()),
                    () = pause(wait) => {}
                }
            }
        }
    };
    stop.cancel();
    bot.tasks.close();
    if tokio::time::timeout(LAST_ANSWERS, bot.tasks.wait()).await.is_err() {
        tracing::warn!("{} answers to Discord were not finished in time", bot.tasks.len());
    }
    ended
}

/// Opens one line and stays with it until its end.
async fn line(
    bot: &Arc<Bot>,
    spans: Spans,
    patience: &mut Patience,
    stop: &CancellationToken,
) -> anyhow::Result<Ended> {
    let address = tokio::select! {
        () = stop.cancelled() => return Ok(Ended::Stopped),
        asked = persist("GET /gateway", || bot.http.get_gateway()) => match asked {
            Ok(gateway) => gateway.url,
            Err(error) => return Ok(Ended::Lost(format!("Discord does not say where its gateway is: {error}"))),
        },
    };
    let (greets, mut greetings) = mpsc::unbounded_channel();
    let mut client = client(bot, greets, stop)?.await.context("the client for Discord cannot be made")?;
    // When its own question fails, serenity takes the address of the real Discord instead.
    client.ws_url.lock().await.clone_from(&address);
    let (shards, ws_url) = (Arc::clone(&client.shard_manager), Arc::clone(&client.ws_url));
    let ended = {
        let mut held = Box::pin(client.start());
        let mut dog = Watchdog::new(spans, Instant::now());
        loop {
            tokio::select! {
                over = &mut held => return settled(over),
                () = stop.cancelled() => break Ok(Ended::Stopped),
                Some(()) = greetings.recv() => {
                    dog.identified();
                    if patience.identified(Instant::now()) {
                        break Ok(Ended::Lost("it was opened too often in a day; Discord takes the token away at 1,000".into()));
                    }
                }
                () = pause(spans.look_every) => if let Some(ended) = looked(bot, &mut dog, &shards).await {
                    break ended;
                },
            }
        }
    };
    // A shard that was never connected hears no goodbye; without an address it can do no harm.
    ws_url.lock().await.clear();
    shards.shutdown_all().await;
    ended
}

/// Looks at every shard once; what it says when the line has to go.
async fn looked(bot: &Bot, dog: &mut Watchdog, shards: &ShardManager) -> Option<anyhow::Result<Ended>> {
    let (stage, latency) = {
        let runners = shards.runners.lock().await;
        let runner = runners.values().next();
        (runner.map(|runner| runner.stage), runner.and_then(|runner| runner.latency))
    };
    // Changes are told as they happen, but not always in their order.
    bot.line_is_up.store(stage == Some(ConnectionStage::Connected), Ordering::SeqCst);
    match dog.look(Instant::now(), stage, latency) {
        Line::Fine => None,
        Line::Dead => Some(Ok(Ended::Lost(format!(
            "no heartbeat for minutes, and it stands at `{}`",
            stage.map_or_else(|| "not connected".to_owned(), |stage| stage.to_string())
        )))),
        Line::Stuck => Some(Err(anyhow::anyhow!(
            "Discord does not let the bot in: for three minutes it has not answered the greeting. A bot in more than \
             2,500 servers needs shards, which this version does not have; otherwise start again later"
        ))),
    }
}

fn client(
    bot: &Arc<Bot>,
    greets: mpsc::UnboundedSender<()>,
    stop: &CancellationToken,
) -> anyhow::Result<ClientBuilder> {
    let listener = Listener { bot: Arc::clone(bot), greets, stop: stop.clone() };
    Ok(ClientBuilder::new_with_http(build(&bot.settings)?, INTENTS)
        .framework(commands::framework(Arc::clone(bot)))
        .event_handler(listener)
        .raw_event_handler(Unread { bot: Arc::clone(bot) }))
}

/// What it means that serenity let go of the line by itself.
fn settled(over: serenity::Result<()>) -> anyhow::Result<Ended> {
    match over {
        Ok(()) => Ok(Ended::Lost("the line was let go of".into())),
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication | GatewayError::NoAuthentication)) => {
            Err(anyhow::anyhow!("Discord refuses the bot's token: set `discord.token` to the present one"))
        }
        Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents)) => {
            Err(anyhow::anyhow!(
                "Discord refuses what the bot wants to hear of, although none of it is privileged: check that \
             `discord.token` belongs to a bot of this application"
            ))
        }
        Err(serenity::Error::Gateway(GatewayError::InvalidShardData | GatewayError::OverloadedShard)) => {
            Err(anyhow::anyhow!(
                "Discord wants this bot split into shards, because it is in more than 2,500 servers; this version \
                 cannot do that"
            ))
        }
        Err(other) => Ok(Ended::Lost(other.to_string())),
    }
}

fn said(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_privileged_is_asked_for() {
        assert_eq!(INTENTS.bits(), 1 + 1024 + 512);
        assert!(!INTENTS.is_privileged());
    }

    #[test]
    fn a_refused_token_or_intent_ends_the_program_and_names_the_setting() {
        let fatal = |error| settled(Err(serenity::Error::Gateway(error))).err().unwrap().to_string();
        assert!(fatal(GatewayError::InvalidAuthentication).contains("`discord.token`"));
        assert!(fatal(GatewayError::DisallowedGatewayIntents).contains("`discord.token`"));
        assert!(fatal(GatewayError::OverloadedShard).contains("shards"));
    }

    #[test]
    fn any_other_end_is_tried_again() {
        assert!(matches!(settled(Err(serenity::Error::Gateway(GatewayError::ReconnectFailure))), Ok(Ended::Lost(_))));
        assert!(matches!(settled(Ok(())), Ok(Ended::Lost(_))));
    }
}
