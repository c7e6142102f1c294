//! The program itself, as processes that are killed, frozen and started again.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// Processes that run the program's worker over one database.
#[derive(Debug)]
pub(crate) struct Workers {
    program: PathBuf,
    settings: PathBuf,
    log: PathBuf,
    running: Vec<Worker>,
    /// How many were killed.
    pub(crate) kills: usize,
    /// How many were frozen for longer than a lease.
    pub(crate) freezes: usize,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    frozen_until: Option<Instant>,
}

impl Workers {
    /// Builds the program with the features of this very build, and starts so many workers.
    pub(crate) fn start(count: usize, settings: &Path, log: PathBuf) -> anyhow::Result<Self> {
        let program = build()?;
        let settings = settings.to_owned();
        let mut workers = Self { program, settings, log, running: Vec::new(), kills: 0, freezes: 0 };
        for _ in 0..count {
            let worker = workers.one_more()?;
            workers.running.push(worker);
        }
        Ok(workers)
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> usize {
        self.running.len()
    }

    /// Kills one, with no chance to tidy up, and starts another in its place.
    pub(crate) fn kill(&mut self, index: usize) -> anyhow::Result<()> {
        let another = {
            let worker = &mut self.running[index];
            // One that ended by itself is a finding, not a kill.
            if let Some(status) = worker.child.try_wait()? {
                anyhow::bail!("a worker ended by itself with {status}; its log is at {}", self.log.display());
            }
            worker.child.kill()?;
            worker.child.wait()?;
            self.kills += 1;
            self.one_more()?
        };
        self.running[index] = another;
        Ok(())
    }

    /// Stops one for a while without its knowing.
    pub(crate) fn freeze(&mut self, index: usize, span: Duration) -> anyhow::Result<()> {
        let worker = &mut self.running[index];
        if worker.frozen_until.is_none() {
            signal("-STOP", &worker.child)?;
            worker.frozen_until = Some(Instant::now() + span);
            self.freezes += 1;
        }
        Ok(())
    }

    /// Lets those go on whose time has come.
    pub(crate) fn thaw(&mut self, all: bool) -> anyhow::Result<()> {
        for worker in &mut self.running {
            if worker.frozen_until.is_some_and(|until| all || until <= Instant::now()) {
                signal("-CONT", &worker.child)?;
                worker.frozen_until = None;
            }
        }
        Ok(())
    }

    fn one_more(&self) -> anyhow::Result<Worker> {
        let log = || -> anyhow::Result<File> { Ok(OpenOptions::new().create(true).append(true).open(&self.log)?) };
        let child = Command::new(&self.program)
            .args(["run", "--role", "worker", "--config"])
            .arg(&self.settings)
            .stdin(Stdio::null())
            .stdout(log()?)
            .stderr(log()?)
            .spawn()
            .with_context(|| format!("{} cannot be started", self.program.display()))?;
        Ok(Worker { child, frozen_until: None })
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &mut self.running {
            // Nothing is left to be done about one that resists.
            drop(worker.child.kill());
            drop(worker.child.wait());
        }
    }
}

fn signal(which: &str, child: &Child) -> anyhow::Result<()> {
    let status = Command::new("kill").args([which, &child.id().to_string()]).status()?;
    ensure!(status.success(), "a worker could not be sent {which}");
    Ok(())
}

/// The program beside this example, built with the same features: a program with the usual waits would never be done.
fn build() -> anyhow::Result<PathBuf> {
    let mut features = vec!["crash-test"];
    features.extend(cfg!(feature = "crash-mutant-restart").then_some("crash-mutant-restart"));
    features.extend(cfg!(feature = "crash-mutant-late").then_some("crash-mutant-late"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--bin", "greenroom", "--example", "crashes", "--features", &features.join(",")]);
    cargo.args((!cfg!(debug_assertions)).then_some("--release"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    ensure!(cargo.status()?.success(), "the program cannot be built");
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(Path::parent).context("the example lies in no folder")?;
    Ok(folder.join("greenroom"))
}
