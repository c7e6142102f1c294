//! Alive: the process answers. Ready: it can also reach its database.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::flows::Flows;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// The process can do its work.
pub(super) async fn ready(State(flows): State<Arc<Flows>>) -> (StatusCode, &'static str) {
    match flows.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!("Not ready: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
