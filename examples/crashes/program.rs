//! The program that is killed: built here with the feature `crash-test`, and copied away before it is run, so that no
//! later build can pull it from under a run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// Builds the program and puts a copy of it into a folder.
pub(crate) fn built_into(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--bin", "greenroom", "--features", "crash-test"]);
    cargo.args((!cfg!(debug_assertions)).then_some("--release"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    ensure!(cargo.status().context("cargo cannot be started")?.success(), "the program cannot be built");
    let here = std::env::current_exe()?;
    let beside = here.parent().and_then(Path::parent).context("the example lies in no folder")?.join("greenroom");
    let program = folder.join("greenroom-crash-test");
    std::fs::copy(&beside, &program).with_context(|| format!("{} cannot be copied", beside.display()))?;
    let said = Command::new(&program).arg("--version").output().context("the program cannot be started")?;
    let version = String::from_utf8_lossy(&said.stdout);
    ensure!(version.contains("crash-test"), "{} is not the crash-test build: {version}", beside.display());
    Ok(program)
}
