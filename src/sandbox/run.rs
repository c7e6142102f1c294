//! Starts the outside world and the whole product against it.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Runs the sandbox, with its page at `listen` and everything it keeps in `dir`.
///
/// # Errors
/// A part cannot start, or ends before it is asked to.
pub async fn run(listen: SocketAddr, dir: Option<PathBuf>) -> anyhow::Result<()> {
    anyhow::bail!("{listen} {dir:?} is not wired yet")
}
