//! A PostgreSQL server of our own: one for the whole test binary, a fresh database for each test that asks.
//!
//! It lives in a temporary folder, listens on a socket there and nowhere else, and is held by a shell that stops it and
//! sweeps the folder when our end of its input closes: however this process ends. Without PostgreSQL's programs the half
//! of the tests that needs them is skipped, loudly; where `GREENROOM_REQUIRE_POSTGRES=1` is set that is a failure.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

/// Makes a server, says so, waits for the end of its input, and leaves nothing behind.
const KEEPER: &str = r#"
"$BIN/initdb" -D "$FOLDER/data" -U greenroom -A trust -E UTF8 --locale=C --no-sync >"$FOLDER/log" 2>&1 &&
"$BIN/pg_ctl" -D "$FOLDER/data" -w -l "$FOLDER/log" -o "-c listen_addresses= -c unix_socket_directories=$FOLDER \
  -c fsync=off -c max_connections=300" start >>"$FOLDER/log" 2>&1 && echo ready || { cat "$FOLDER/log" >&2; exit 1; }
cat >/dev/null
"$BIN/pg_ctl" -D "$FOLDER/data" -m immediate stop >>"$FOLDER/log" 2>&1
cd / && rm -rf "$FOLDER"
"#;

struct Server {
    /// Holds the keeper's input open; nothing is ever written to it.
    _keeper: Child,
    folder: PathBuf,
}

/// The address of a fresh, empty database, unless there is no PostgreSQL here.
pub(crate) async fn database() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);

    let server = SERVER.get_or_init(start).as_ref()?;
    let name = format!("story_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server.url("postgres")).await.expect("the server takes connections");
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database can be made");
    connection.close().await.expect("the connection closes");
    Some(server.url(&name))
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://greenroom@localhost/{database}?host={}", self.folder.display())
    }
}

fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        let required = std::env::var_os("GREENROOM_REQUIRE_POSTGRES").is_some_and(|value| value == "1");
        assert!(!required, "GREENROOM_REQUIRE_POSTGRES is set and PostgreSQL's programs were not found");
        let loudly = "NO POSTGRES HERE: the PostgreSQL half of the store's stories was NOT told";
        writeln!(std::io::stderr(), "{loudly}").expect("somebody listens");
        return None;
    };
    let folder = tempfile::Builder::new().prefix("greenroom-pg-").tempdir().expect("a folder can be made").keep();
    let mut command = as_anybody_but_root(&folder);
    let mut keeper = command
        .env("BIN", programs)
        .env("FOLDER", &folder)
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell can be started");
    let mut line = String::new();
    let answer = keeper.stdout.take().expect("its output is ours");
    BufReader::new(answer).read_line(&mut line).expect("the keeper speaks");
    assert_eq!(line.trim(), "ready", "PostgreSQL did not start");
    Some(Server { _keeper: keeper, folder })
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
fn as_anybody_but_root(folder: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().expect("`id` is everywhere");
    if id.stdout.trim_ascii() != b"0" {
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER]);
        return command;
    }
    let given = Command::new("chown").arg("postgres").arg(folder).status().expect("`chown` is everywhere");
    assert!(given.success(), "there is no user `postgres` to become");
    let here = |program: &str| {
        ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].iter().any(|folder| Path::new(folder).join(program).is_file())
    };
    if here("runuser") {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c", KEEPER]);
        command
    } else if here("setpriv") {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh", "-c", KEEPER]);
        command
    } else {
        let mut command = Command::new("su");
        command.args(["postgres", "-s", "/bin/sh", "-c", KEEPER]);
        command
    }
}
