//! The program that is killed: built here with the feature `crash-test`, and copied away before it is run, so that no
//! later build can pull it from under a run. What lay in its place before is put back: nobody is to run it by mistake.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// Builds the program and puts a copy of it into a folder.
pub(crate) fn built_into(folder: &Path) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let built = here.parent().and_then(Path::parent).context("the example lies in no folder")?.join("greenroom");
    let usual = built.with_extension("usual");
    // The first time there is nothing to put back.
    let _ = std::fs::rename(&built, &usual);
    // The one that runs this, or else the one a person would call: both say which toolchain they are of.
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--bin", "greenroom", "--features", "crash-test"]);
    cargo.args((!cfg!(debug_assertions)).then_some("--release"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    // `cargo run` tells what it runs; build scripts that see it there would build half of the crates anew.
    let told = std::env::vars_os().map(|(name, _)| name);
    let told = told.filter(|name| {
        ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|of| name.as_encoded_bytes().starts_with(of.as_bytes()))
    });
    for name in told {
        cargo.env_remove(name);
    }
    let status = cargo.status().context("cargo cannot be started");
    let program = folder.join("greenroom-crash-test");
    let copied = std::fs::copy(&built, &program);
    let _ = std::fs::remove_file(&built);
    // As above.
    let _ = std::fs::rename(&usual, &built);
    ensure!(status?.success(), "the program cannot be built");
    copied.with_context(|| format!("{} cannot be copied", built.display()))?;
    let said = Command::new(&program).arg("--version").output().context("the program cannot be started")?;
    let version = String::from_utf8_lossy(&said.stdout);
    ensure!(version.contains("crash-test"), "{} is not the crash-test build: {version}", built.display());
    Ok(program)
}
