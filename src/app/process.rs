//! The program as a process: runs until it is asked to stop.

use std::sync::Arc;

use anyhow::Context as _;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::App;
use crate::config::{Config, Roles};
use crate::domain::clock::SystemClock;
use crate::drill;
use crate::store::Store;

/// Runs these parts until the process is asked to stop; asked twice, it stops at once.
///
/// # Errors
/// When a part cannot start, or ends before it is asked to.
pub async fn serve_until_asked(config: Config, roles: Roles) -> anyhow::Result<()> {
    let app = App::build(&config, roles, Arc::new(SystemClock)).await?;
    let address = app.web_address();
    let build = if drill::IS_CRASH_TEST { " (crash-test build)" } else { "" };
    tracing::info!("Greenroom{build} runs as {roles}; its pages are at http://{address}");
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(listen_for_signals(stop.clone()));
    app.run_until(stop).await?;
    tracing::info!("Stopped");
    Ok(())
}

/// Brings the database up to date.
///
/// # Errors
/// When the database cannot be reached or changed.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let store = Store::open(config.database.url.expose()).await.context("`database.url`")?;
    store.close().await;
    Ok(())
}

/// Asks everything to stop when a signal comes; when another comes, the process ends at once.
pub async fn listen_for_signals(stop: CancellationToken) {
    asked_to_stop().await;
    tracing::info!("Asked to stop: finishing what is held. Ask again to stop at once");
    stop.cancel();
    asked_to_stop().await;
    tracing::warn!("Asked again: stopping at once");
    std::process::exit(130);
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        answer = tokio::signal::ctrl_c() => {
            if answer.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
