//! A PostgreSQL server of our own, in a temporary folder and on a socket there. It is held by a shell that stops it and
//! sweeps the folder when our end of its input closes, however this process ends. Programs are killed, never the server, so
//! it need not wait for the disk.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, ensure};

/// Makes a server, says so, waits for the end of its input, and leaves nothing behind.
const KEEPER: &str = r#"
"$BIN/initdb" -D "$FOLDER/data" -U greenroom -A trust -E UTF8 --locale=C --no-sync >"$FOLDER/log" 2>&1 &&
"$BIN/pg_ctl" -D "$FOLDER/data" -w -l "$FOLDER/log" -o "-c listen_addresses= -c unix_socket_directories=$FOLDER \
  -c max_connections=200 -c fsync=off" start >>"$FOLDER/log" 2>&1 && echo ready || { cat "$FOLDER/log" >&2; exit 1; }
cat >/dev/null
"$BIN/pg_ctl" -D "$FOLDER/data" -m immediate stop >>"$FOLDER/log" 2>&1
cd / && rm -rf "$FOLDER"
"#;

/// A server that lives as long as this.
#[derive(Debug)]
pub(crate) struct Server {
    keeper: Child,
    folder: PathBuf,
}

impl Server {
    /// Starts one.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let programs = programs().context(
            "PostgreSQL's `initdb` and `postgres` are not installed; install them, or give the address of an empty \
             database with `--postgres URL`",
        )?;
        let folder = tempfile::Builder::new().prefix("greenroom-crashes-pg-").tempdir()?.keep();
        let mut keeper = as_anybody_but_root(&folder)?
            .env("BIN", programs)
            .env("FOLDER", &folder)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("a shell cannot be started")?;
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().context("the keeper has no output")?).read_line(&mut line)?;
        ensure!(line.trim() == "ready", "PostgreSQL does not start");
        Ok(Self { keeper, folder })
    }

    /// The address of its first database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://greenroom@localhost/postgres?host={}", self.folder.display())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // It ends by itself; its end is only waited for.
        drop(self.keeper.wait());
    }
}

/// Where `initdb` and `pg_ctl` are: on the path, or where Debian hides them, the newest first.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut hidden: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    hidden.sort();
    std::env::split_paths(&path)
        .chain(hidden.into_iter().rev())
        .find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file()))
}

/// The keeper's shell. PostgreSQL refuses to run as root, so root becomes `postgres` first.
fn as_anybody_but_root(folder: &Path) -> anyhow::Result<Command> {
    let id = Command::new("id").arg("-u").output().context("`id` cannot be asked who we are")?;
    let mut command = if id.stdout.trim_ascii() == b"0" {
        let given = Command::new("chown").arg("postgres").arg(folder).status()?;
        ensure!(given.success(), "root cannot run PostgreSQL, and there is no user `postgres` to become");
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", KEEPER]);
    Ok(command)
}
