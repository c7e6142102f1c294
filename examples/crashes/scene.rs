//! What a run plays on: the outside world, the settings, the team, and the program that is to be killed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use greenroom::app::App;
use greenroom::config::{Config, Roles};
use greenroom::domain::clock::{PushedClock, SystemClock};
use greenroom::domain::tempo;
use greenroom::sandbox::discord::{Discord, DiscordOptions};
use greenroom::sandbox::tiktok::{Rules, TikTok, TikTokOptions};
use serde_json::Value;

use crate::course::{Course, Database};
use crate::rows::Rows;
use crate::server::Server;
use crate::team::{Ids, Teams};
use crate::workers::Start;

/// Any thirty-two bytes.
const KEY: &str = "R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=";

/// Everything a run needs.
pub(crate) struct Scene {
    pub(crate) tiktok: TikTok,
    pub(crate) discord: Option<Discord>,
    pub(crate) url: String,
    pub(crate) rows: Rows,
    pub(crate) teams: Teams,
    pub(crate) start: Start,
    /// Holds the team's half of the program.
    _app: App,
    /// Goes last: the others still have connections to it.
    _server: Option<Server>,
}

impl Scene {
    /// Builds it in a folder.
    pub(crate) async fn set(course: &Course, program: &Path, folder: &Path) -> anyhow::Result<Self> {
        let tiktok = start_tiktok().await?;
        let discord = if course.discord { Some(start_discord().await?) } else { None };
        let (server, url) = match &course.database {
            Database::Sqlite => (None, format!("sqlite://{}", folder.join("greenroom.db").display())),
            Database::Own => {
                let server = Server::start()?;
                let url = server.url();
                (Some(server), url)
            }
            Database::At(url) => (None, url.clone()),
        };
        let settings = write_settings(course, folder, &tiktok, discord.as_ref(), &url)?;
        let config = Config::load(Some(&settings), std::iter::empty()).context("the settings are wrong")?;
        let app = App::build(&config, Roles::ALL, Arc::new(SystemClock)).await?;
        let ids = match &discord {
            Some(discord) => ids_of(discord).await?,
            None => made_up(course.seed),
        };
        let teams = Teams::move_in(app.flows(), &tiktok, ids, course, folder).await?;
        let start = Start {
            program: program.to_owned(),
            settings,
            role: if course.discord { "all" } else { "worker" },
            log: folder.join("workers.log"),
            armed: course.mistake.map(|mistake| format!("mistake.{mistake}=return")),
            passed: None,
        };
        Ok(Self { rows: Rows::open(&url).await?, tiktok, discord, url, teams, start, _app: app, _server: server })
    }

    /// How much a starved worker may write, in blocks of 512 bytes: somewhere around what the files have by now, so that
    /// it fails at once, soon, or at the next checkpoint. Nothing where a worker writes to no file.
    pub(crate) fn file_blocks(&self) -> Option<u64> {
        let path = PathBuf::from(self.url.strip_prefix("sqlite://")?);
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        let wal = path.with_extension("db-wal");
        Some(size(&path).max(size(&wal)).max(65_536) / 512)
    }
}

async fn start_tiktok() -> anyhow::Result<TikTok> {
    let clock = PushedClock::running();
    let usual = Rules::default();
    let rules = Rules {
        // The address's hour, as short as the program's own fifty-five minutes.
        upload_seconds: usual.upload_seconds / tempo::CRASH_FACTOR,
        // Its minute as short as the program's own: none may come out longer than the other.
        rate_millis: usual.rate_millis / tempo::CRASH_FACTOR,
        processing_millis: usual.processing_millis / tempo::CRASH_FACTOR,
        moderation_millis: usual.moderation_millis / tempo::CRASH_FACTOR,
        // Bytes are digested; nobody looks at them.
        kept_video_bytes: 0,
        ..usual
    };
    let options = TikTokOptions { audited: true, rules, ..TikTokOptions::new(clock) };
    TikTok::start(options).await.context("the local TikTok cannot start")
}

async fn start_discord() -> anyhow::Result<Discord> {
    Discord::start(DiscordOptions::new(PushedClock::running())).await.context("the local Discord cannot start")
}

fn write_settings(
    course: &Course,
    folder: &Path,
    tiktok: &TikTok,
    discord: Option<&Discord>,
    database: &str,
) -> anyhow::Result<PathBuf> {
    let path = folder.join("greenroom.toml");
    let api = tiktok.base_url();
    // Workers alone never speak to Discord: its address only has to be on this machine.
    let talk = discord.map_or_else(|| api.to_owned(), Discord::base_url);
    let text = format!(
        "[discord]\ntoken = \"make.believe.token\"\napi_url = \"{talk}\"\n\
         [tiktok]\nclient_key = \"sandbox_key\"\nclient_secret = \"sandbox_secret\"\n\
         api_url = \"{api}\"\nauthorize_url = \"{api}\"\naudited = true\n\
         [database]\nurl = \"{database}\"\n[media]\nurl = \"file://{media}\"\n[web]\nlisten = \"127.0.0.1:0\"\n\
         [security]\nencryption_key = \"{KEY}\"\n[scheduling]\nmin_lead = \"1ms\"\nprecommit = {ahead}\n\
         uploads_at_once = {at_once}\nquestions_at_once = {at_once}\n[limits]\nuploads_per_hour = 100000\nposts_per_day = 100000\nscheduled_per_day = 100000\n",
        media = folder.join("media").display(),
        ahead = course.sends_ahead(),
        at_once = course.at_once(),
    );
    std::fs::write(&path, text)?;
    Ok(path)
}

/// Ids of a server that is nowhere.
const fn made_up(seed: u64) -> Ids {
    Ids {
        workspace: 1_000_000 + seed % 1_000_000_000,
        review_channel: 8,
        reviewer_role: 7,
        manager: 1,
        author: 2,
        reviewer: 3,
    }
}

/// The ids of the local Discord's server, as its page for browsers says them.
async fn ids_of(discord: &Discord) -> anyhow::Result<Ids> {
    let state = reqwest::get(format!("{}/__sandbox/state", discord.base_url())).await?.text().await?;
    let state: Value = serde_json::from_str(&state)?;
    let number = |found: &Value| found["id"].as_str().and_then(|id| id.parse().ok());
    let named = |list: &str, name: &str| -> anyhow::Result<u64> {
        let list = state[list].as_array().context("the local Discord lists nothing")?;
        let found = list.iter().find(|one| one["name"] == name).and_then(number);
        found.with_context(|| format!("the local Discord has no `{name}`"))
    };
    Ok(Ids {
        workspace: number(&state["guild"]).context("the local Discord has no server")?,
        review_channel: named("channels", "review")?,
        reviewer_role: named("roles", "Reviewer")?,
        manager: named("members", "ada")?,
        author: named("members", "mia")?,
        reviewer: named("members", "rui")?,
    })
}
