//! Settings: a file and the environment, read once, typed and checked.
//!
//! The file comes first, the environment lies over it, and everything wrong with both is reported together. Secrets may
//! be kept in files of their own and never show in complaints, `Debug` or logs. What only the real world needs (a bot's
//! token, TikTok's credentials) may be absent at load, because the sandbox does without; [`Config::require_for_run`]
//! asks for it.

mod document;
mod maintenance;
mod problem;
mod reader;
mod required;
mod roles;
mod values;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

use self::document::Document;
pub use self::maintenance::MaintenanceWindow;
pub use self::problem::{ConfigError, Origin, Problem};
use self::reader::Reader;
pub use self::reader::Setting;
pub use self::required::Required;
pub use self::roles::Roles;
pub use self::values::{DatabaseUrl, LogFormat, MediaUrl, Shards, VideoPreset};

/// Every setting of the program.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bot.
    pub discord: Discord,
    /// The app at TikTok.
    pub tiktok: TikTok,
    /// Where rows are kept.
    pub database: Database,
    /// Where bytes are kept.
    pub media: Media,
    /// How browsers and TikTok reach the program.
    pub web: Web,
    /// What keeps secrets at rest.
    pub security: Security,
    /// When posts may be due.
    pub scheduling: Scheduling,
    /// Local guards, for each account.
    pub limits: Limits,
    /// What a video must be.
    pub video: Video,
    /// What is forgotten when.
    pub retention: Retention,
    /// What is logged and how.
    pub log: Log,
}

/// The bot, `[discord]`.
#[derive(Debug, Clone)]
pub struct Discord {
    /// The bot's token.
    pub token: Option<SecretString>,
    /// Base for REST; its path ends in `/`.
    pub api_url: Url,
    /// The address is not Discord's own, so attachments come from it instead of Discord's CDN hosts.
    pub api_is_changed: bool,
    /// The shards of this process.
    pub shards: Shards,
}

/// The app at TikTok, `[tiktok]`.
#[derive(Debug, Clone)]
pub struct TikTok {
    /// The app's name for itself; it stands in the consent page's address.
    pub client_key: Option<String>,
    /// The app's secret.
    pub client_secret: Option<SecretString>,
    /// Base of the consent page; its path ends in `/`.
    pub authorize_url: Url,
    /// Base of OAuth, Content Posting and Display; its path ends in `/`.
    pub api_url: Url,
    /// The app has passed TikTok's audit; if not, direct posts are `SELF_ONLY`.
    pub audited: bool,
    /// What is asked for at consent.
    pub scopes: Vec<String>,
    /// The second connector, when it is set up.
    pub business: Option<Business>,
}

/// The app at TikTok for Business, `[tiktok.business]`.
#[derive(Debug, Clone)]
pub struct Business {
    /// The app's id.
    pub app_id: String,
    /// The app's secret.
    pub secret: SecretString,
    /// Base of the API; its path ends in `/`.
    pub api_url: Url,
    /// Base of the consent page; its path ends in `/`.
    pub authorize_url: Url,
}

/// Where rows are kept, `[database]`.
#[derive(Debug, Clone)]
pub struct Database {
    /// A file or a server.
    pub url: DatabaseUrl,
}

/// Where bytes are kept, `[media]`.
#[derive(Debug, Clone)]
pub struct Media {
    /// A folder or a bucket.
    pub url: MediaUrl,
    /// Where an S3-compatible store is reached, when it is not Amazon's; its path ends in `/`.
    pub endpoint: Option<Url>,
}

/// How browsers and TikTok reach the program, `[web]`.
#[derive(Debug, Clone)]
pub struct Web {
    /// Where the program listens.
    pub listen: SocketAddr,
    /// Where the world reaches it; its path ends in `/`.
    pub public_url: Option<Url>,
    /// Who stands before us and says for whom it asks.
    pub trusted_proxies: Vec<IpNet>,
}

/// What keeps secrets at rest, `[security]`.
#[derive(Debug, Clone)]
pub struct Security {
    /// 32 bytes in base64; seals tokens and upload addresses.
    pub encryption_key: Option<SecretString>,
}

/// When posts may be due, `[scheduling]`.
#[derive(Debug, Clone)]
pub struct Scheduling {
    /// The least time ahead.
    pub min_lead: Duration,
    /// The most time ahead.
    pub max_ahead: Duration,
    /// Closer posts on one account are a conflict.
    pub min_gap: Duration,
    /// After an outage, a post later than this is held.
    pub late_after: Duration,
    /// Windows in which nothing may be scheduled.
    pub maintenance: Vec<MaintenanceWindow>,
    /// Upload ahead, release the last chunk at the due instant.
    pub precommit: bool,
    /// How many uploads go on at the same time.
    pub uploads_at_once: NonZeroU32,
    /// How many questions to TikTok are under way at the same time.
    pub questions_at_once: NonZeroU32,
}

/// Local guards for each account, `[limits]`.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests in a minute.
    pub requests_per_minute: NonZeroU32,
    /// Uploads in an hour.
    pub uploads_per_hour: NonZeroU32,
    /// Posts submitted for review in a day.
    pub scheduled_per_day: NonZeroU32,
    /// Posts published in a day.
    pub posts_per_day: NonZeroU32,
}

/// What a video must be, `[video]`.
#[derive(Debug, Clone)]
pub struct Video {
    /// Which limits refuse.
    pub preset: VideoPreset,
    /// The largest file taken in.
    pub max_bytes: u64,
}

/// What is forgotten when, `[retention]`.
#[derive(Debug, Clone)]
pub struct Retention {
    /// The bytes of a video after it was published.
    pub media_after_published: Duration,
    /// The bytes of a video whose post ended otherwise.
    pub media_after_ended: Duration,
    /// Entries of the audit trail.
    pub audit: Duration,
    /// Numbers.
    pub metrics: Duration,
}

/// What is logged and how, `[log]`.
#[derive(Debug, Clone)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// A level, or levels for parts of the program.
    pub level: String,
}

impl Config {
    /// Reads the file, when there is one, lays the environment over it and checks everything.
    ///
    /// # Errors
    /// Every problem found, together.
    pub fn load(path: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let text = path.map(std::fs::read_to_string).transpose().map_err(|error| ConfigError {
            file: path.map(Path::to_path_buf),
            problems: vec![Problem { key: String::new(), said: format!("cannot be read: {error}"), origin: None }],
        })?;
        let mut problems = Vec::new();
        let mut document = Document::from_toml(text.as_deref().unwrap_or_default(), &mut problems);
        document.overlay(environment);
        let mut reader = Reader::new(document, problems);
        let config = Self::read(&mut reader);
        reader.finish(path).map(|_| config)
    }

    /// Every setting there is, with its default.
    #[must_use]
    pub fn settings() -> Vec<Setting> {
        let mut reader = Reader::new(Document::default(), Vec::new());
        Self::read(&mut reader);
        reader.finish(None).expect("nothing given, nothing wrong")
    }

    fn read(reader: &mut Reader) -> Self {
        Self {
            discord: Discord::read(reader),
            tiktok: TikTok::read(reader),
            database: Database { url: reader.secret_or("database.url", "sqlite://greenroom.db", values::database) },
            media: Media {
                url: reader.or("media.url", "file://media", values::media),
                endpoint: reader.optional("media.endpoint", values::address),
            },
            web: Web {
                listen: reader.or("web.listen", "127.0.0.1:8080", values::socket),
                public_url: reader.optional("web.public_url", values::address),
                trusted_proxies: reader.list("web.trusted_proxies", "127.0.0.0/8, ::1", |item| {
                    values::network(item.plain().unwrap_or_default())
                }),
            },
            security: Security { encryption_key: reader.secret("security.encryption_key", values::encryption_key) },
            scheduling: Scheduling::read(reader),
            limits: Limits {
                requests_per_minute: reader.or("limits.requests_per_minute", "100", values::count),
                uploads_per_hour: reader.or("limits.uploads_per_hour", "10", values::count),
                scheduled_per_day: reader.or("limits.scheduled_per_day", "50", values::count),
                posts_per_day: reader.or("limits.posts_per_day", "15", values::count),
            },
            video: Video {
                preset: reader.or("video.preset", "official", values::preset),
                max_bytes: reader.or("video.max_bytes", "4GB", values::video_size),
            },
            retention: Retention {
                media_after_published: reader.or("retention.media_after_published", "7d", values::duration),
                media_after_ended: reader.or("retention.media_after_ended", "30d", values::duration),
                audit: reader.or("retention.audit", "730d", values::duration),
                metrics: reader.or("retention.metrics", "730d", values::duration),
            },
            log: Log {
                format: reader.or("log.format", "text", values::log_format),
                level: reader.or("log.level", "info", values::log_level),
            },
        }
    }
}

impl Discord {
    fn read(reader: &mut Reader) -> Self {
        let official = "https://discord.com";
        let api_url = reader.or("discord.api_url", official, values::address);
        Self {
            token: reader.secret("discord.token", values::secret_word),
            api_is_changed: Ok(&api_url) != values::address(official).as_ref(),
            api_url,
            shards: reader.or("discord.shards", "auto", values::shards),
        }
    }
}

impl TikTok {
    fn read(reader: &mut Reader) -> Self {
        let scopes = reader.list(
            "tiktok.scopes",
            "user.info.basic, user.info.profile, user.info.stats, video.list, video.publish, video.upload",
            |item| values::scope(item.plain().unwrap_or_default()),
        );
        if !scopes.iter().any(|scope| scope == "user.info.basic") {
            reader.complain(
                "tiktok.scopes",
                "`user.info.basic` is missing; without it TikTok does not say whose account it is",
            );
        }
        Self {
            client_key: reader.secret("tiktok.client_key", values::word),
            client_secret: reader.secret("tiktok.client_secret", values::secret_word),
            authorize_url: reader.or("tiktok.authorize_url", "https://www.tiktok.com", values::address),
            api_url: reader.or("tiktok.api_url", "https://open.tiktokapis.com", values::address),
            audited: reader.or("tiktok.audited", "false", values::truth),
            scopes,
            business: Business::read(reader),
        }
    }
}

impl Business {
    /// The addresses alone set nothing up; the id and the secret belong together.
    fn read(reader: &mut Reader) -> Option<Self> {
        let app_id = reader.optional("tiktok.business.app_id", values::word);
        let secret = reader.secret("tiktok.business.secret", values::secret_word);
        let api_url = reader.or("tiktok.business.api_url", "https://business-api.tiktok.com", values::address);
        let authorize_url = reader.or("tiktok.business.authorize_url", "https://www.tiktok.com", values::address);
        match (app_id, secret) {
            (Some(app_id), Some(secret)) => Some(Self { app_id, secret, api_url, authorize_url }),
            (None, None) => None,
            (Some(_), None) => {
                reader.complain("tiktok.business.secret", "missing, as `tiktok.business.app_id` is given");
                None
            }
            (None, Some(_)) => {
                reader.complain("tiktok.business.app_id", "missing, as `tiktok.business.secret` is given");
                None
            }
        }
    }
}

impl Scheduling {
    fn read(reader: &mut Reader) -> Self {
        let scheduling = Self {
            min_lead: reader.or("scheduling.min_lead", "15m", values::duration),
            max_ahead: reader.or("scheduling.max_ahead", "30d", values::real_duration),
            min_gap: reader.or("scheduling.min_gap", "30m", values::duration),
            late_after: reader.or("scheduling.late_after", "15m", values::real_duration),
            maintenance: reader.list("scheduling.maintenance", "[]", MaintenanceWindow::read),
            precommit: reader.or("scheduling.precommit", "false", values::truth),
            uploads_at_once: reader.or("scheduling.uploads_at_once", "16", values::count),
            questions_at_once: reader.or("scheduling.questions_at_once", "8", values::count),
        };
        if scheduling.min_lead >= scheduling.max_ahead {
            let ahead = humantime::format_duration(scheduling.max_ahead);
            reader.complain(
                "scheduling.min_lead",
                format!(
                    "given is `{}`; accepted is less than `scheduling.max_ahead`, which is `{ahead}`",
                    humantime::format_duration(scheduling.min_lead),
                ),
            );
        }
        scheduling
    }
}

/// The environment of this process; what is not text is nobody's setting.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}
