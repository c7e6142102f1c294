//! The command line: what can be asked of the program, and what its exit code says.
//!
//! 0 is done, 1 is failed, 2 is wrong usage or settings. What a command answers goes to standard output; complaints and
//! logs go to standard error.

use std::ffi::OsString;
use std::fmt::Display;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, LogFormat, Roles};
use crate::domain::ids::WorkspaceId;
use crate::telemetry::Shape;
use crate::vault::Vault;
use crate::{app, config, drill, sandbox, telemetry};

/// A team hands a video to the bot in Discord, a reviewer approves exactly what will go out, and at the due time it is on TikTok.
#[derive(Debug, Parser)]
#[command(name = "greenroom", version = VERSION, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Which build this is; one that is made to be killed must not be taken for the product.
const VERSION: &str = if drill::IS_CRASH_TEST {
    concat!(env!("CARGO_PKG_VERSION"), " (crash-test build, not for publishing)")
} else {
    env!("CARGO_PKG_VERSION")
};

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the whole product against a local Discord and a local TikTok: no credentials, no network
    Sandbox {
        /// Where the page to try it listens
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
        /// Where everything is kept; a temporary folder when left out
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Run the product
    Run {
        #[command(flatten)]
        settings: Settings,
        /// What runs in this process: all, or a comma list of bot, worker, web
        #[arg(long, default_value = "all")]
        role: Roles,
    },
    /// Check everything that usually goes wrong and say what to do
    Doctor {
        #[command(flatten)]
        settings: Settings,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring the database up to date
    Migrate {
        #[command(flatten)]
        settings: Settings,
    },
    /// Write everything stored about a workspace into a folder: a JSON and a CSV for each table, and the videos still kept
    ///
    /// Tokens, sealed secrets and upload addresses are left out. Nothing is overwritten: a file that is there already ends
    /// the export before anything is written. Greenroom may go on running meanwhile.
    Export {
        #[command(flatten)]
        settings: Settings,
        /// Which workspace: the number of its Discord server
        #[arg(long, value_name = "ID")]
        workspace: WorkspaceId,
        /// The folder for the files; made if it is missing
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Leave the videos themselves out, which may be large
        #[arg(long)]
        without_videos: bool,
    },
    /// Make and change encryption keys
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Look at the audit trail from the outside
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Check that no entry was changed, removed, moved or put in
    Verify {
        #[command(flatten)]
        settings: Settings,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
        /// An earlier answer of `--json`: the trail must still contain what was there then
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key for `security.encryption_key`
    New,
    /// Have a new key take the present one's place and seal every stored secret with it, while the program runs
    Rotate {
        #[command(flatten)]
        settings: Settings,
    },
    /// After a key was lost: forget the connections that only it opens, and go on with the key in the settings
    Forget {
        #[command(flatten)]
        settings: Settings,
    },
    /// After a rotation, once every process runs with the new key: have the old one open nothing any more
    Retire {
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Debug, Args)]
struct Settings {
    /// The settings file; config.example.toml documents each
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

/// Does what the command line asks and says how it went.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no reason to fail: the text was for whoever closed it.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match perform(cli.command) {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            if error.is::<ConfigError>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

fn perform(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Sandbox { listen, dir } => {
            telemetry::install(Shape::Text, "info")?;
            wait_for(sandbox::run::run(listen, dir))??;
        }
        Command::Run { settings, role } => {
            let config = load(&settings.config)?;
            config.require_for_run().map_err(|error| error.in_file(&settings.config))?;
            wait_for(app::serve_until_asked(config, role))??;
        }
        Command::Doctor { settings, json } => {
            let config = load(&settings.config)?;
            let report = wait_for(app::doctor(&config))?;
            return report_on(&report, report.works, json);
        }
        Command::Migrate { settings } => {
            let config = load(&settings.config)?;
            wait_for(app::migrate(&config))??;
        }
        Command::Export { settings, workspace, out, without_videos } => {
            let config = load(&settings.config)?;
            answer(wait_for(app::export(&config, workspace, &out, !without_videos))??)?;
        }
        Command::Key { command } => return keys(command),
        Command::Audit { command: AuditCommand::Verify { settings, json, against } } => {
            let config = load(&settings.config)?;
            let verified = wait_for(app::verify_audit(&config, against.as_deref()))??;
            return report_on(&verified, verified.whole, json);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers with what was found, and with an exit code that says whether it was good.
fn report_on(found: &(impl Display + serde::Serialize), is_good: bool, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        answer(serde_json::to_string_pretty(found)?)?;
    } else {
        answer(found)?;
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn keys(command: KeyCommand) -> anyhow::Result<ExitCode> {
    let whole = match command {
        KeyCommand::New => {
            answer(Vault::generate_key())?;
            true
        }
        KeyCommand::Rotate { settings } => {
            let rotated = wait_for(app::rotate_key(&load(&settings.config)?))??;
            answer(&rotated)?;
            rotated.is_whole()
        }
        KeyCommand::Forget { settings } => {
            answer(wait_for(app::forget_lost(&load(&settings.config)?))??)?;
            true
        }
        KeyCommand::Retire { settings } => {
            let retired = wait_for(app::retire_keys(&load(&settings.config)?))??;
            answer(&retired)?;
            retired.is_whole()
        }
    };
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads the settings and starts logging as they say.
fn load(path: &Path) -> anyhow::Result<Config> {
    let config = Config::load(Some(path), config::environment())?;
    let shape = match config.log.format {
        LogFormat::Text => Shape::Text,
        LogFormat::Json => Shape::Json,
    };
    telemetry::install(shape, &config.log.level)?;
    Ok(config)
}

fn wait_for<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the threads that do the work")?;
    Ok(runtime.block_on(work))
}

fn answer(said: impl Display) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{said}").context("cannot write the answer")
}

#[expect(clippy::print_stderr, reason = "the one place where the program complains, before and after there are logs")]
fn complain(error: &anyhow::Error) {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  caused by: {cause}");
    }
}
