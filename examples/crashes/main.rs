//! Kills the program at random and looks whether anything went out twice, unapproved, or silently missing.
//!
//! The real binary runs as one or more processes over one database. They are killed with SIGKILL every 0.1 to 0.6 s and
//! started again at once (two or more are also frozen for longer than a lease), while a team hands posts in and about a
//! third of the calls to the local TikTok go wrong. Then the history is checked. The build shortens every wait around
//! publishing by the factor in `domain::tempo`; the order of steps is the product's own.
//!
//! `cargo run --release --features crash-test --example crashes -- --rounds 200 --posts 400 --seed 1`
//!
//! A seed draws the same instants and faults again; how processes meet them is the machine's.

mod chance;
mod faults;
mod history;
mod rows;
mod team;
mod workers;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use greenroom::app::App;
use greenroom::config::{Config, Roles};
use greenroom::domain::clock::{PushedClock, SystemClock};
use greenroom::domain::tempo;
use greenroom::sandbox::tiktok::{Rules, TikTok, TikTokOptions};

use chance::Chance;
use history::Verdict;
use rows::{Rows, Watch};
use team::{Given, Team};
use workers::Workers;

/// How often the rows are looked at and trouble is armed anew.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The middle of the time between two kills, for the pace at which posts are handed in.
const BETWEEN_KILLS: Duration = Duration::from_millis(350);

/// Any thirty-two bytes.
const KEY: &str = "R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=";

/// Kills the program at random and checks what came of it
#[derive(Debug, Clone, Parser)]
struct Asked {
    /// How often a worker is killed or frozen
    #[arg(long, default_value_t = 50)]
    rounds: u64,
    /// What chance is drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many posts are handed in
    #[arg(long, default_value_t = 100)]
    posts: u64,
    /// An empty PostgreSQL database; SQLite in a temporary folder when left out
    #[arg(long)]
    postgres: Option<String>,
    /// How many workers share the database; two on PostgreSQL and one on SQLite when left out
    #[arg(long)]
    workers: Option<usize>,
    /// How many seconds after the last kill everything must have come to rest
    #[arg(long, default_value_t = 180)]
    settle: u64,
    /// Keep the folder with the database and the log
    #[arg(long)]
    keep: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let asked = Asked::parse();
    let mut folder = tempfile::Builder::new().prefix("greenroom-crashes-").tempdir()?;
    folder.disable_cleanup(asked.keep);
    let clean = run(&asked, folder.path()).await.with_context(|| format!("seed {}", asked.seed))?;
    if asked.keep {
        say(&format!("kept: {}", folder.path().display()))?;
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(asked: &Asked, folder: &Path) -> anyhow::Result<bool> {
    let tiktok = start_tiktok().await?;
    let database =
        asked.postgres.clone().unwrap_or_else(|| format!("sqlite://{}", folder.join("greenroom.db").display()));
    let settings = write_settings(folder, &tiktok, &database)?;
    let config = Config::load(Some(&settings), std::iter::empty()).context("the settings are wrong")?;
    let app = App::build(&config, Roles::ALL, Arc::new(SystemClock)).await?;
    let accounts = asked.posts.div_ceil(2).max(1);
    let team = Team::move_in(app.flows(), &tiktok, asked.seed, accounts, folder).await?;
    let count = asked.workers.unwrap_or(if asked.postgres.is_some() { 2 } else { 1 });
    let mut workers = Workers::start(count, &settings, folder.join("workers.log"))?;
    let rows = Rows::open(&database).await?;

    let begun = Instant::now();
    let mut watch = Watch::default();
    let given =
        tokio::try_join!(hand_in(asked, &team), trouble(asked, &tiktok, &mut workers, &rows, &team, &mut watch),)?.0;
    tiktok.mischief().clear();
    let rested = settle(asked, &tiktok, &rows, &team, &mut watch).await?;
    tell(&workers, asked, begun, &watch, &tiktok)?;
    drop(workers);

    tiktok.tick();
    let workspace = team.workspace().to_string();
    let lines = rows.publications(&workspace).await?;
    let told = rows.told(&workspace).await?;
    let mut verdict = Verdict::of(&given, &tiktok.ledger(), &lines, &told);
    verdict.wrong.append(&mut watch.wrong);
    if let Some(entry) = team.broken_trail().await? {
        verdict.wrong.push(format!("the audit trail is broken at entry {entry}"));
    }
    if !rested {
        verdict.wrong.push(format!("it did not come to rest within {} s", asked.settle));
    }
    report(asked, &verdict)
}

async fn start_tiktok() -> anyhow::Result<TikTok> {
    let clock = PushedClock::running();
    let rules = Rules {
        // The address's hour, as short as the program's own fifty-five minutes.
        upload_seconds: 3_600 / tempo::SHORTENED_BY,
        processing_seconds: 1,
        moderation_seconds: 1,
        ..Rules::default()
    };
    let options = TikTokOptions { audited: true, rules, ..TikTokOptions::new(clock) };
    TikTok::start(options).await.context("the local TikTok cannot start")
}

fn write_settings(folder: &Path, tiktok: &TikTok, database: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join("greenroom.toml");
    let api = tiktok.base_url();
    // The workers never speak to Discord: its address only has to be on this machine.
    let text = format!(
        "[discord]\ntoken = \"make.believe.token\"\napi_url = \"{api}\"\n\
         [tiktok]\nclient_key = \"sandbox_key\"\nclient_secret = \"sandbox_secret\"\n\
         api_url = \"{api}\"\nauthorize_url = \"{api}\"\naudited = true\n\
         [database]\nurl = \"{database}\"\n[media]\nurl = \"file://{media}\"\n[web]\nlisten = \"127.0.0.1:0\"\n\
         [security]\nencryption_key = \"{KEY}\"\n[scheduling]\nmin_lead = \"1ms\"\n\
         [limits]\nuploads_per_hour = 100000\nposts_per_day = 100000\nscheduled_per_day = 100000\n",
        media = folder.join("media").display(),
    );
    std::fs::write(&path, text)?;
    Ok(path)
}

/// Hands every post in, evenly over the time in which workers are killed.
async fn hand_in(asked: &Asked, team: &Team) -> anyhow::Result<Vec<Given>> {
    let mut chance = Chance::new(asked.seed, 1);
    let kills = BETWEEN_KILLS * u32::try_from(asked.rounds)?;
    let pace = team::pace(asked.posts, kills.mul_f64(0.8));
    let begun = Instant::now();
    let mut given = Vec::new();
    for number in 0..asked.posts {
        given.push(team.hand_in(number, &mut chance).await?);
        let next = pace * u32::try_from(number + 1)?;
        pause(next.saturating_sub(begun.elapsed())).await;
    }
    Ok(given)
}

/// Kills and freezes workers, and keeps trouble armed at TikTok.
async fn trouble(
    asked: &Asked,
    tiktok: &TikTok,
    workers: &mut Workers,
    rows: &Rows,
    team: &Team,
    watch: &mut Watch,
) -> anyhow::Result<()> {
    let mut chance = Chance::new(asked.seed, 2);
    let workspace = team.workspace().to_string();
    for _ in 0..asked.rounds {
        let strike = Instant::now() + chance.millis(100..600);
        while Instant::now() < strike {
            faults::arm(tiktok, &mut chance);
            workers.thaw(false)?;
            watch.look(&rows.publications(&workspace).await?);
            pause(LOOK_EVERY.min(strike.saturating_duration_since(Instant::now()))).await;
        }
        faults::unstick(tiktok, &mut chance);
        let index = usize::try_from(chance.within(0..workers.count() as u64))?;
        if workers.count() > 1 && chance.percent(25) {
            workers.freeze(index, chance.millis(500..1_500))?;
        } else {
            workers.kill(index)?;
        }
    }
    workers.thaw(true)
}

/// Waits until nothing is left to happen; says whether that was in time.
async fn settle(asked: &Asked, tiktok: &TikTok, rows: &Rows, team: &Team, watch: &mut Watch) -> anyhow::Result<bool> {
    let mut chance = Chance::new(asked.seed, 3);
    let deadline = Instant::now() + Duration::from_secs(asked.settle);
    let workspace = team.workspace().to_string();
    while Instant::now() < deadline {
        let lines = rows.publications(&workspace).await?;
        watch.look(&lines);
        if lines.iter().all(rows::Line::is_over) {
            return Ok(true);
        }
        watch.reconnected += team.reconnect(tiktok).await?;
        faults::unstick(tiktok, &mut chance);
        pause(LOOK_EVERY * 10).await;
    }
    Ok(false)
}

/// Says what was done to the program.
fn tell(workers: &Workers, asked: &Asked, begun: Instant, watch: &Watch, tiktok: &TikTok) -> anyhow::Result<()> {
    let (faults, calls) = faults::met(tiktok);
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let database = if asked.postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    say(&format!(
        "seed {} on {database}, {build} build, {} workers: {} posts, {} kills, {} freezes, {calls} calls, {faults} with \
         faults, {} claims, {} accounts connected anew, {:.0} s",
        asked.seed,
        workers.count(),
        asked.posts,
        workers.kills,
        workers.freezes,
        watch.claims(),
        watch.reconnected,
        begun.elapsed().as_secs_f64(),
    ))
}

fn report(asked: &Asked, verdict: &Verdict) -> anyhow::Result<bool> {
    say(&format!(
        "approved {}: published {}, failed and told {}, unclear and told {}; not approved {}",
        verdict.approved, verdict.published, verdict.failed, verdict.unclear, verdict.unapproved
    ))?;
    say(&format!(
        "duplicates {}, lost {}, unapproved out {}, violations {}",
        verdict.duplicates,
        verdict.lost,
        verdict.unapproved_out,
        verdict.wrong.len()
    ))?;
    for wrong in verdict.wrong.iter().take(40) {
        say(&format!("  {wrong}"))?;
    }
    if !verdict.wrong.is_empty() {
        say(&format!("again: --seed {} --rounds {} --posts {}", asked.seed, asked.rounds, asked.posts))?;
    }
    Ok(verdict.wrong.is_empty())
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

#[expect(clippy::disallowed_methods, reason = "chance decides how long real processes are left alone")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}
