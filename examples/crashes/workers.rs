//! The program itself, as processes that are killed, frozen, starved of disk and started again.

use std::fs::OpenOptions;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// How one process is started.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// The copy that is run.
    pub(crate) program: PathBuf,
    /// Its settings.
    pub(crate) settings: PathBuf,
    /// What it runs: `worker`, or `all` with Discord.
    pub(crate) role: &'static str,
    /// Where it logs.
    pub(crate) log: PathBuf,
    /// What is armed in it, in the words of `FAILPOINTS`.
    pub(crate) armed: Option<String>,
    /// The file into which it writes down which transactions and calls it came by.
    pub(crate) passed: Option<PathBuf>,
}

/// A life of the program: from its start to its death.
#[derive(Debug)]
pub(crate) struct Life {
    child: Child,
    frozen_until: Option<Instant>,
    /// It may write no file beyond a few bytes, so it may refuse to start.
    is_starved: bool,
}

/// The signal of `abort`, by which a drill point dies.
const ABORTED: i32 = 6;

impl Start {
    /// Starts the program. `most_blocks` is the size, in blocks of 512 bytes, beyond which it can write to no file:
    /// writing then fails with `EFBIG`, the way a full disk fails with `ENOSPC`, and the signal that would kill it is
    /// ignored. A disk that is really full would need a file system of its own, and root.
    pub(crate) fn life(&self, most_blocks: Option<u64>) -> anyhow::Result<Life> {
        let limit = most_blocks.map(|blocks| format!("trap '' XFSZ; ulimit -f {blocks}; ")).unwrap_or_default();
        let script = format!("ulimit -c 0; {limit}exec \"$0\" run --role {} --config \"$1\"", self.role);
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(&self.program).arg(&self.settings).stdin(Stdio::null());
        command.env_remove("FAILPOINTS").env_remove("DRILL_LOG");
        command.envs(self.armed.as_ref().map(|armed| ("FAILPOINTS", armed)));
        command.envs(self.passed.as_ref().map(|passed| ("DRILL_LOG", passed)));
        if most_blocks.is_some() {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        } else {
            let log = OpenOptions::new().create(true).append(true).open(&self.log)?;
            command.stdout(log.try_clone()?).stderr(log);
        }
        let child = command.spawn().with_context(|| format!("{} cannot be started", self.program.display()))?;
        Ok(Life { child, frozen_until: None, is_starved: most_blocks.is_some() })
    }
}

impl Life {
    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Kills it, with no chance to tidy up.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop.
    pub(crate) fn ask_to_stop(&self) -> anyhow::Result<()> {
        self.signal("-TERM")
    }

    fn signal(&self, which: &str) -> anyhow::Result<()> {
        let status = Command::new("kill").args([which, &self.child.id().to_string()]).status()?;
        ensure!(status.success(), "a worker could not be sent {which}");
        Ok(())
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        // Nothing is left to be done about one that resists.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Whether it died at a drill point.
pub(crate) fn died_at_a_point(status: ExitStatus) -> bool {
    status.signal() == Some(ABORTED)
}

/// Processes that run the program over one database.
#[derive(Debug)]
pub(crate) struct Workers {
    start: Start,
    running: Vec<Life>,
    /// How many were killed.
    pub(crate) kills: usize,
    /// How many were frozen for longer than a lease.
    pub(crate) freezes: usize,
    /// How many were started with no room to write.
    pub(crate) starved: usize,
    /// What ended by itself and should not have.
    pub(crate) wrong: Vec<String>,
}

impl Workers {
    /// Starts so many.
    pub(crate) fn start(count: usize, start: Start) -> anyhow::Result<Self> {
        let running = (0..count).map(|_| start.life(None)).collect::<anyhow::Result<_>>()?;
        Ok(Self { start, running, kills: 0, freezes: 0, starved: 0, wrong: Vec::new() })
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> usize {
        self.running.len()
    }

    /// Kills one and starts another in its place, perhaps one that can write only so many blocks of any file.
    pub(crate) fn kill(&mut self, index: usize, most_blocks: Option<u64>) -> anyhow::Result<()> {
        self.running[index].kill()?;
        self.kills += 1;
        self.starved += usize::from(most_blocks.is_some());
        self.running[index] = self.start.life(most_blocks)?;
        Ok(())
    }

    /// Stops one for a while without its knowing.
    pub(crate) fn freeze(&mut self, index: usize, span: Duration) -> anyhow::Result<()> {
        let life = &mut self.running[index];
        if life.frozen_until.is_none() && life.ended()?.is_none() {
            life.signal("-STOP")?;
            life.frozen_until = Some(Instant::now() + span);
            self.freezes += 1;
        }
        Ok(())
    }

    /// Lets those go on whose time has come, and starts anew what ended by itself. Only one without room to write, or
    /// any while the database was locked for longer than it waits, has a reason for that.
    pub(crate) fn tend(&mut self, everybody: bool, excused: bool) -> anyhow::Result<()> {
        for index in 0..self.running.len() {
            let life = &mut self.running[index];
            if let Some(status) = life.ended()? {
                if !life.is_starved && !excused {
                    self.wrong.push(format!("a worker ended by itself: {status}"));
                }
                self.running[index] = self.start.life(None)?;
            } else if life.frozen_until.is_some_and(|until| everybody || until <= Instant::now()) {
                life.signal("-CONT")?;
                life.frozen_until = None;
            }
        }
        Ok(())
    }

    /// Starts those anew that have no room to write, so that everybody can come to rest.
    pub(crate) fn feed(&mut self) -> anyhow::Result<()> {
        for life in self.running.iter_mut().filter(|life| life.is_starved) {
            life.kill()?;
            *life = self.start.life(None)?;
        }
        Ok(())
    }

    /// Asks everybody to stop and waits for that; whoever does not within a minute is killed and is a finding.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        for life in &mut self.running {
            if life.ended()?.is_none() {
                life.signal("-TERM")?;
            }
        }
        let deadline = Instant::now() + Duration::from_secs(60);
        for life in &mut self.running {
            while life.ended()?.is_none() {
                if Instant::now() > deadline {
                    self.wrong.push("a worker does not stop when asked".to_owned());
                    life.kill()?;
                }
                rest();
            }
        }
        Ok(())
    }
}

fn rest() {
    std::thread::sleep(Duration::from_millis(5));
}
