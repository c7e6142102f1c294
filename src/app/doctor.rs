//! Checks everything that usually goes wrong and says what to do about it, in the order in which an operator meets it.

use std::fmt;
use std::net::SocketAddr;

use secrecy::SecretString;
use serde::Serialize;

use super::redirect_uri;
use crate::config::{Config, Required};
use crate::discord::{DiscordSettings, http};
use crate::media::Media;
use crate::store::Store;
use crate::tiktok::trouble::Kind;
use crate::vault::Vault;

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Good,
    /// The bot would work, but somebody should know.
    Notice,
    /// The bot would not work.
    Bad,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was checked.
    pub check: &'static str,
    /// How it went.
    pub level: Level,
    /// What was found.
    pub found: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// What `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Would the bot work?
    pub works: bool,
    /// Everything that was checked.
    pub findings: Vec<Finding>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match finding.level {
                Level::Good => "ok  ",
                Level::Notice => "note",
                Level::Bad => "BAD ",
            };
            writeln!(f, "{mark}  {}: {}", finding.check, finding.found)?;
            if let Some(advice) = &finding.advice {
                writeln!(f, "      {advice}")?;
            }
        }
        f.write_str(if self.works { "The bot would work." } else { "The bot would not work yet." })
    }
}

impl Finding {
    fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, level: Level::Good, found: found.into(), advice: None }
    }

    fn notice(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Notice, found: found.into(), advice: Some(advice.into()) }
    }

    fn bad(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Bad, found: found.into(), advice: Some(advice.into()) }
    }
}

/// Checks everything that usually goes wrong.
pub async fn doctor(config: &Config) -> Report {
    let mut findings = Vec::new();
    match config.require_for_run() {
        Ok(required) => {
            findings.push(Finding::good("settings", "everything that is needed is there"));
            findings.push(encryption_key(required.encryption_key));
            findings.extend(database(config, &required).await);
            findings.push(media(config).await);
            findings.push(tiktok(config, &required).await);
        }
        Err(missing) => {
            findings.push(Finding::bad("settings", missing.to_string(), "fill them in and run doctor again"));
        }
    }
    findings.push(redirect(config));
    findings.push(audit(config));
    let works = findings.iter().all(|finding| finding.level != Level::Bad);
    Report { works, findings }
}

fn encryption_key(key: &SecretString) -> Finding {
    match Vault::new(key) {
        Ok(vault) => Finding::good("encryption key", format!("key {} seals tokens and addresses", vault.key_id())),
        Err(error) => Finding::bad("encryption key", error.to_string(), "`greenroom key new` makes one"),
    }
}

async fn database(config: &Config, required: &Required<'_>) -> Vec<Finding> {
    let store = match Store::open_unmigrated(config.database.url.expose()).await {
        Ok(store) => store,
        Err(error) => {
            let found = format!("{:#}", anyhow::Error::from(error));
            return vec![Finding::bad("database", found, "check `database.url` and that its folder can be written")];
        }
    };
    let mut findings = vec![match store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            Finding::good("database", format!("{} answers, up to date", store.engine()))
        }
        Ok(pending) => Finding::notice(
            "database",
            format!("{} answers; {} migrations are pending", store.engine(), pending.len()),
            "`greenroom migrate` applies them; `greenroom run` does so as well",
        ),
        Err(error) => {
            let found = format!("{:#}", anyhow::Error::from(error));
            Finding::bad("database", found, "the schema is newer than this program, or not Greenroom's")
        }
    }];
    findings.extend(discord(config, required, &store).await);
    store.close().await;
    findings
}

async fn media(config: &Config) -> Finding {
    let checked = match Media::open(&config.media.url.to_string()) {
        Ok(media) => media.check().await.map_err(anyhow::Error::from),
        Err(error) => Err(anyhow::Error::from(error)),
    };
    match checked {
        Ok(()) => Finding::good("media store", format!("{} can be written, read and deleted", config.media.url)),
        Err(error) => {
            Finding::bad("media store", format!("{error:#}"), "check `media.url`, the folder's rights and the disk")
        }
    }
}

async fn discord(config: &Config, required: &Required<'_>, store: &Store) -> Vec<Finding> {
    let settings = DiscordSettings {
        token: required.discord_token.clone(),
        api_url: config.discord.api_url.clone(),
        api_is_changed: config.discord.api_is_changed,
    };
    let client = match http::build(&settings) {
        Ok(client) => client,
        Err(error) => return vec![Finding::bad("Discord token", format!("{error:#}"), "check `discord.api_url`")],
    };
    let me = match client.get_current_user().await {
        Ok(me) => me,
        Err(error) => {
            let advice = "check `discord.token` (Developer Portal, your application, Bot, Reset Token) and the network";
            return vec![Finding::bad("Discord token", error.to_string(), advice)];
        }
    };
    let mut findings = vec![Finding::good("Discord token", format!("signs in as {}", me.name))];
    let workspaces = store.workspaces().await.unwrap_or_default();
    if workspaces.is_empty() {
        findings.push(Finding::notice(
            "Discord channels",
            "no server has been set up yet",
            format!("invite the bot and run `/setup`: {}", http::invitation(me.id)),
        ));
    }
    for workspace in workspaces {
        match http::missing_permissions(&client, &workspace).await {
            Ok(missing) if missing.is_empty() => {
                findings.push(Finding::good("Discord channels", format!("{}: nothing is missing", workspace.name)));
            }
            Ok(missing) => findings.push(Finding::bad(
                "Discord channels",
                format!("{}: {}", workspace.name, missing.join("; ")),
                "give the bot's role these permissions in those channels",
            )),
            Err(error) => findings.push(Finding::bad(
                "Discord channels",
                format!("{}: {error:#}", workspace.name),
                "is the bot still a member of that server?",
            )),
        }
    }
    findings
}

/// Asks TikTok to exchange a code that cannot exist: it refuses, and how tells whether it knows the app.
async fn tiktok(config: &Config, required: &Required<'_>) -> Finding {
    const CHECK: &str = "TikTok credentials";
    let portal =
        "check `tiktok.client_key` and `.client_secret` against developers.tiktok.com; a sandbox has its own pair";
    let client = match super::tiktok_client(config, required.client_key, required.client_secret) {
        Ok(client) => client,
        Err(error) => return Finding::bad(CHECK, format!("{error:#}"), portal),
    };
    let redirect = match redirect_uri(config.web.public_url.as_ref(), config.web.listen) {
        Ok(redirect) => redirect,
        Err(error) => return Finding::bad(CHECK, format!("{error:#}"), "correct `web.public_url`"),
    };
    let nobody = SecretString::from("greenroom-doctor-asks-whether-you-know-the-app");
    match client.exchange(&nobody, &redirect, None).await {
        Ok(_) => Finding::good(CHECK, "TikTok answers"),
        Err(trouble) if matches!(trouble.kind, Kind::InvalidGrant | Kind::InvalidRequest) => {
            Finding::good(CHECK, "TikTok answers and knows the app")
        }
        Err(trouble) => Finding::bad(CHECK, trouble.to_string(), portal),
    }
}

fn redirect(config: &Config) -> Finding {
    const CHECK: &str = "redirect URI";
    let listen: SocketAddr = config.web.listen;
    match redirect_uri(config.web.public_url.as_ref(), listen) {
        Ok(uri) if uri.scheme() == "https" => {
            Finding::good(CHECK, format!("register exactly {uri} at TikTok, Login Kit, Web"))
        }
        Ok(uri) => Finding::good(
            CHECK,
            format!(
                "register exactly {uri} at TikTok, Login Kit, Desktop; whoever connects an account pastes the address \
                 they land on into Discord"
            ),
        ),
        Err(error) => Finding::bad(CHECK, format!("{error:#}"), "correct `web.public_url`"),
    }
}

fn audit(config: &Config) -> Finding {
    if config.tiktok.audited {
        return Finding::good("TikTok audit", "`tiktok.audited` says that the app has passed it");
    }
    Finding::notice(
        "TikTok audit",
        "`tiktok.audited` is off: direct posts are visible to the account itself only, and the account must be private",
        "set it to true once TikTok has audited the app; drafts to the inbox need no audit",
    )
}
