//! Kills the program at random and looks whether anything went out twice, unapproved, or silently missing.
//!
//! The real binary runs as one or more processes over one database. They are killed with SIGKILL every 0.1 to 0.6 s, or
//! once they have come to something where the machine is slow, and started again at once (two or more are also frozen for
//! longer than a lease, some cannot write to their disk), while teams hand posts in, the database is locked now and then,
//! and up to a third of the calls to the local TikTok go wrong. Then the history is checked. The build that is killed
//! shortens every wait around publishing by the factor in `domain::tempo`; the order of steps is the product's own.
//!
//! ```text
//! cargo run --release --example crashes -- --rounds 200 --seed 1             kills at random
//!   --postgres own --workers 3                                               on PostgreSQL, three processes
//!   --points 50                                                              dies at every place, 50 times at each
//!   --points 50 --discord                                                    the same where the bot speaks
//!   --prove                                                                  finds each mistake that is made on purpose
//!   --discord --posts 60 --rounds 30                                         with the bot, and a Discord in trouble
//! ```
//!
//! A seed draws the same instants and faults again; how processes meet them is the machine's.

mod chance;
mod course;
mod faults;
mod history;
mod outages;
mod places;
mod play;
mod points;
mod program;
mod records;
mod report;
mod rows;
mod scene;
mod server;
mod team;
mod told;
mod videos;
mod workers;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use clap::Parser;
use greenroom::drill::MISTAKES;

use course::{Course, Database, LONG};

/// Kills the program at random and checks what came of it
#[derive(Debug, Clone, Parser)]
struct Asked {
    /// How often a worker is killed or frozen, at least
    #[arg(long, default_value_t = 50)]
    rounds: u64,
    /// What chance is drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many posts are handed in; ten for each round when left out
    #[arg(long)]
    posts: Option<u64>,
    /// The address of an empty PostgreSQL database, or `own` for a server of its own; SQLite when left out
    #[arg(long, value_name = "URL|own")]
    postgres: Option<String>,
    /// How many processes share the database; three on PostgreSQL and one on SQLite when left out
    #[arg(long)]
    workers: Option<usize>,
    /// How many of a thousand posts are videos of several chunks
    #[arg(long, default_value_t = 20)]
    large: u64,
    /// Make this mistake on purpose; then the run succeeds only if it is found
    #[arg(long, value_parser = MISTAKES)]
    mistake: Option<String>,
    /// Make every mistake in turn, and find each
    #[arg(long)]
    prove: bool,
    /// Have the program die at every named point, transaction and call, so many times at each
    #[arg(long, value_name = "TIMES", num_args = 0..=1, default_missing_value = "50")]
    points: Option<usize>,
    /// Run the bot as well, in one process, against a Discord in trouble
    #[arg(long)]
    discord: bool,
    /// How many seconds after the last kill everything must have come to rest
    #[arg(long, default_value_t = 240)]
    settle: u64,
    /// Keep the folder with the database and the log
    #[arg(long)]
    keep: bool,
}

/// How a run ended: the number of findings, and of posts that are out more than once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clean {
    wrong: usize,
    duplicates: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let asked = Asked::parse();
    let mut folder = tempfile::Builder::new().prefix("greenroom-crashes-").tempdir()?;
    folder.disable_cleanup(asked.keep);
    let ended = tokio::select! {
        ended = run(&asked, folder.path()) => ended,
        // Whatever was started ends with this, and the folder is swept.
        () = asked_to_stop() => Err(anyhow!("stopped before the end")),
    };
    let succeeded = ended.with_context(|| format!("seed {}", asked.seed))?;
    if asked.keep {
        say(&format!("kept: {}", folder.path().display()))?;
    }
    Ok(if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(asked: &Asked, folder: &Path) -> anyhow::Result<bool> {
    if asked.discord && (asked.prove || asked.workers.is_some_and(|count| count != 1)) {
        bail!("`--discord` goes with one process and not with `--prove`: one bot, one line to Discord");
    }
    let course = course(asked);
    let program = program::built_into(folder)?;
    if let Some(times) = asked.points {
        return points::play(&course, times, &program, folder).await;
    }
    let mistakes: Vec<&'static str> =
        MISTAKES.into_iter().filter(|mistake| asked.prove || asked.mistake.as_deref() == Some(*mistake)).collect();
    if mistakes.is_empty() {
        let (report, clean) = play::play(&course, &program, folder).await?;
        say(&report.to_string())?;
        return Ok(clean.wrong == 0);
    }
    let mut all = true;
    for mistake in mistakes {
        let own = folder.join(mistake);
        std::fs::create_dir(&own)?;
        let course =
            if asked.prove { course.proving(mistake) } else { Course { mistake: Some(mistake), ..course.clone() } };
        let (report, clean) = play::play(&course, &program, &own).await?;
        say(&report.to_string())?;
        let word = if clean.duplicates == 0 { "NOT caught" } else { "caught" };
        say(&format!("mistake `{mistake}` {word}: {} duplicates, {} violations", clean.duplicates, clean.wrong))?;
        // What did not come to rest in time is no proof.
        all &= clean.duplicates > 0;
    }
    Ok(all)
}

fn course(asked: &Asked) -> Course {
    let database = match asked.postgres.as_deref() {
        None => Database::Sqlite,
        Some("own") => Database::Own,
        Some(url) => Database::At(url.to_owned()),
    };
    let posts = asked.posts.unwrap_or(asked.rounds * if asked.discord { 2 } else { 10 });
    let usual = if asked.prove || database != Database::Sqlite { 3 } else { 1 };
    Course {
        seed: asked.seed,
        rounds: asked.rounds,
        posts,
        workers: if asked.discord { 1 } else { asked.workers.unwrap_or(usual).max(1) },
        // A bot needs a moment to introduce itself to Discord.
        between: if asked.discord {
            800..2_500
        } else if posts > LONG {
            2_000..5_000
        } else {
            100..600
        },
        freezes: 30,
        large: asked.large,
        mistake: None,
        discord: asked.discord,
        settle: Duration::from_secs(asked.settle),
        database,
    }
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

#[expect(clippy::disallowed_methods, reason = "chance decides how long real processes are left alone")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}
