//! What the settings mean for the parts: the rules flows keep, and how TikTok is reached.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use chrono::TimeDelta;
use chrono_tz::Tz;
use secrecy::SecretString;
use url::Url;

use crate::config::{Config, VideoPreset};
use crate::domain::budget::Guards;
use crate::domain::creator::Scopes;
use crate::domain::schedule::{Maintenance, Window};
use crate::domain::video::{Preset, VideoRules};
use crate::flows::Rules;
use crate::flows::forget::Retention;
use crate::tiktok::{self, TikTokApp};
use crate::web;

pub(super) fn tiktok_client(config: &Config, key: &str, secret: &SecretString) -> anyhow::Result<tiktok::Client> {
    let app = TikTokApp {
        client_key: key.to_owned(),
        client_secret: secret.clone(),
        api_url: config.tiktok.api_url.clone(),
        authorize_url: config.tiktok.authorize_url.clone(),
    };
    let http = tiktok::http_client().context("cannot build the client that talks to TikTok")?;
    Ok(tiktok::Client::new(app, http))
}

pub(super) fn rules(config: &Config, web: SocketAddr) -> anyhow::Result<Rules> {
    let maintenance =
        config.scheduling.maintenance.iter().map(|window| {
            Maintenance::new(window.pattern(), window.duration, Tz::UTC).context("`scheduling.maintenance`")
        });
    let scopes: Scopes = Scopes::parse(&config.tiktok.scopes.join(","));
    Ok(Rules {
        window: Window {
            min_lead: config.scheduling.min_lead,
            max_ahead: config.scheduling.max_ahead,
            maintenance: maintenance.collect::<anyhow::Result<_>>()?,
        },
        min_gap: span(config.scheduling.min_gap),
        late_after: TimeDelta::from_std(config.scheduling.late_after).context("`scheduling.late_after`")?,
        precommit: config.scheduling.precommit,
        video: VideoRules {
            preset: match config.video.preset {
                VideoPreset::Official => Preset::Official,
                VideoPreset::Strict => Preset::Strict,
            },
            max_bytes: config.video.max_bytes,
        },
        guards: Guards {
            uploads_per_hour: config.limits.uploads_per_hour.get(),
            posts_per_day: config.limits.posts_per_day.get(),
            scheduled_per_day: config.limits.scheduled_per_day.get(),
        },
        retention: Retention {
            media_after_published: span(config.retention.media_after_published),
            media_after_ended: span(config.retention.media_after_ended),
            audit: span(config.retention.audit),
            metrics: span(config.retention.metrics),
        },
        audited: config.tiktok.audited,
        scopes: scopes.iter().collect(),
        redirect_uri: redirect_uri(config.web.public_url.as_ref(), web)?,
        public_url: config.web.public_url.clone(),
    })
}

/// A span as the rules reckon with it; one beyond all reckoning is for ever.
fn span(given: Duration) -> TimeDelta {
    TimeDelta::from_std(given).unwrap_or(TimeDelta::MAX)
}

/// The address to register at TikTok: below our public address; without one, on the machine of whoever's browser it is,
/// where it may lead nowhere, because its text is all that is needed.
///
/// # Errors
/// When `public_url` cannot have a path below it.
pub fn redirect_uri(public_url: Option<&Url>, web: SocketAddr) -> anyhow::Result<Url> {
    let base = match public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://127.0.0.1:{}/", web.port()))?,
    };
    base.join(web::CALLBACK.trim_start_matches('/')).context("`web.public_url` has no room for a path below it")
}
