//! The one place that makes an HTTP client for Discord, and the one that tries a call again.
//!
//! serenity forgets a changed address while its rate limiter is on, and would then call the real Discord; with the
//! limiter off, the real Discord would soon refuse us. So both are decided together, here. Whoever calls knows whether
//! a repeated call can do harm: [`persist`] repeats only what may pass, and a 4xx never does.

use std::time::Duration;

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use serenity::all::{CreateAllowedMentions, Http, HttpBuilder, HttpError};
use url::Url;

pub use super::permissions::{invitation, missing_permissions};
use super::watchdog::pause;

/// Discord's own address.
const DISCORD: &str = "https://discord.com/";

/// Whatever lies at or below these names is the real Discord too, and is never called without a limiter.
const NAMES: [&str; 2] = ["discord.com", "discordapp.com"];

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// How long an answer may say nothing. Uploads may take longer in all, so there is no total limit.
const SILENCE: Duration = Duration::from_secs(30);

/// The pauses before a call is tried again: 250 ms, 1 s, 3 s.
const AGAIN_AFTER: [Duration; 3] = [Duration::from_millis(250), Duration::from_secs(1), Duration::from_secs(3)];

/// Discord's code for an interaction that has had its first answer already.
const ALREADY_ANSWERED: isize = 40060;

/// How to reach Discord.
#[derive(Debug, Clone)]
pub struct DiscordSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Base of every REST call.
    pub api_url: Url,
    /// The base is not Discord's own.
    pub api_is_changed: bool,
}

/// Makes the client for these settings. Nobody is pinged by anything it sends unless a message says so itself.
///
/// # Errors
/// When address and `api_is_changed` contradict each other, or the machine has no TLS to offer.
pub fn build(settings: &DiscordSettings) -> anyhow::Result<Http> {
    build_with(reqwest::Client::builder(), settings)
}

/// Makes the same over a client that was begun elsewhere, say with another root certificate.
///
/// # Errors
/// When address and `api_is_changed` contradict each other, or the machine has no TLS to offer.
pub fn build_with(client: reqwest::ClientBuilder, settings: &DiscordSettings) -> anyhow::Result<Http> {
    let is_discord = Url::parse(DISCORD).is_ok_and(|own| own.origin() == settings.api_url.origin());
    anyhow::ensure!(
        is_discord != settings.api_is_changed,
        "`discord.api_url` is {}, which does not go with how the program was told to treat it",
        settings.api_url
    );
    anyhow::ensure!(
        is_discord || !is_below_discord(&settings.api_url),
        "`discord.api_url` is {}, which is Discord all the same: leave the setting out to reach it at {DISCORD}",
        settings.api_url
    );
    // Every request carries the bot's token, which belongs to nobody else, wherever an answer may point.
    let mut client = client.connect_timeout(CONNECT).read_timeout(SILENCE).redirect(reqwest::redirect::Policy::none());
    if settings.api_is_changed {
        client = client.no_proxy();
    }
    let client = client.build().context("no HTTP client can be made")?;
    let builder = HttpBuilder::new(settings.token.expose_secret())
        .client(client)
        .default_allowed_mentions(CreateAllowedMentions::new());
    Ok(if settings.api_is_changed {
        builder.proxy(settings.api_url.as_str().trim_end_matches('/')).ratelimiter_disabled(true).build()
    } else {
        builder.build()
    })
}

fn is_below_discord(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    NAMES.iter().any(|name| host.strip_suffix(name).is_some_and(|above| above.is_empty() || above.ends_with('.')))
}

/// Makes a call until it works or will not: after 5xx, 429 and lost connections again, after any other 4xx never.
///
/// # Errors
/// The last answer, when it did not work in the end.
pub async fn persist<T, Answer>(what: &str, call: impl FnMut() -> Answer + Send) -> serenity::Result<T>
where
    Answer: Future<Output = serenity::Result<T>> + Send,
{
    again_after(&AGAIN_AFTER, what, call).await
}

async fn again_after<T, Answer>(
    waits: &[Duration],
    what: &str,
    mut call: impl FnMut() -> Answer + Send,
) -> serenity::Result<T>
where
    Answer: Future<Output = serenity::Result<T>> + Send,
{
    for wait in waits {
        match call().await {
            Err(error) if may_pass(&error) => {
                tracing::warn!("Discord did not take `{what}`, trying again in {wait:?}: {error}");
                pause(*wait).await;
            }
            settled => return settled,
        }
    }
    call().await
}

/// Whether the same call may work later.
#[must_use]
pub fn may_pass(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => {
            answer.status_code.is_server_error() || answer.status_code.as_u16() == 429
        }
        serenity::Error::Http(HttpError::Request(_)) => true,
        _ => false,
    }
}

/// Discord's own number for what went wrong, if it said one.
#[must_use]
pub fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) if answer.error.code > 0 => {
            Some(answer.error.code)
        }
        _ => None,
    }
}

/// The first answer to an interaction had arrived already: a repeated try has nothing left to do.
#[must_use]
pub fn was_answered(error: &serenity::Error) -> bool {
    code(error) == Some(ALREADY_ANSWERED)
}

#[cfg(test)]
#[path = "http/tests.rs"]
mod tests;
