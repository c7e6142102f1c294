//! Where videos come from and where they lie until they are judged.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

use crate::config::{Config, MediaUrl};
use crate::media::fetch::Origins;
use crate::media::fetch::link::{Internet, Links, RealInternet};

/// Where attachments come from: Discord's file hosts, or the origin that replaces Discord.
pub(super) fn origins(config: &Config) -> Origins {
    if config.discord.api_is_changed { Origins::only(config.discord.api_url.clone()) } else { Origins::discord_cdn() }
}

/// Who follows links. With a Discord on this machine it is a trial, which leaves it for nobody's link.
pub(super) fn links(origins: &Origins, internet: Option<Arc<dyn Internet>>) -> reqwest::Result<Links> {
    match internet {
        Some(internet) => Links::on(internet),
        None if origins.are_here() => Ok(Links::none()),
        None => Links::on(Arc::new(RealInternet)),
    }
}

/// Where bytes lie until they are judged: beside the media folder, so that keeping them is a move on one disk.
pub(super) fn staging(config: &Config) -> anyhow::Result<PathBuf> {
    let folder = match &config.media.url {
        MediaUrl::Folder(folder) => folder.join("arriving"),
        MediaUrl::Bucket { .. } => std::env::temp_dir().join("greenroom-arriving"),
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("`media.url`: cannot make {}", folder.display()))?;
    Ok(folder)
}
