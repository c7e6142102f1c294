//! Discord in, Discord out.

pub mod http;

use std::sync::Arc;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::flows::{Failure, Flows};

/// How to reach Discord.
#[derive(Debug, Clone)]
pub struct DiscordSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Where REST is.
    pub api_url: Url,
    /// It is not Discord's own.
    pub api_is_changed: bool,
}

/// The Discord side.
#[derive(Debug)]
pub struct Discord {
    outbox: Outbox,
}

/// The outbox.
#[derive(Debug, Clone)]
pub struct Outbox;

impl Outbox {
    /// Delivers what is due.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        Ok(0)
    }

    /// Delivers until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        stop.cancelled().await;
    }
}

impl Discord {
    /// Builds it.
    pub fn new(_settings: DiscordSettings, _flows: Arc<Flows>, _owner: String) -> anyhow::Result<Self> {
        Ok(Self { outbox: Outbox })
    }

    /// The outbox.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Runs the gateway until told to stop.
    pub async fn run(&self, stop: CancellationToken) -> anyhow::Result<()> {
        stop.cancelled().await;
        Ok(())
    }
}
