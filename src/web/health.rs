//! Alive: the process answers. Ready: it can also do what it is here for.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use super::Site;
use crate::store::Schema;

/// How long the database may take to answer: a supervisor asks every few seconds and does not wait for long.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// The process can do its work, or what keeps it from that.
pub(super) async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    let mut missing = Vec::new();
    match tokio::time::timeout(ANSWERS_WITHIN, site.flows.store.schema()).await {
        Ok(Ok(Schema::Fits)) => {}
        Ok(Ok(Schema::Behind(count))) => {
            missing.push(format!("the database lacks {count} migrations; `greenroom migrate` runs them"));
        }
        Ok(Ok(Schema::Ahead(count))) => {
            missing.push(format!("the database has {count} migrations of a newer version; start that version"));
        }
        Ok(Err(error)) => {
            tracing::error!("Not ready: {error}");
            missing.push("the database does not answer".to_owned());
        }
        Err(_) => missing.push("the database does not answer in time".to_owned()),
    }
    if site.line.as_ref().is_some_and(|is_up| !is_up()) {
        missing.push("the line to Discord is down".to_owned());
    }
    if missing.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", missing.join("; ")))
}
