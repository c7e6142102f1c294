//! The web surface: where TikTok sends people back to, and where a supervisor asks whether the program lives.
//!
//! Every answer carries headers that keep a browser from running, framing or passing on anything; requests have a time
//! and a size limit; no address with a secret in it is logged.

mod health;
mod oauth;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::routing::get;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::flows::Flows;

/// Where TikTok sends people back to, below our public address.
pub const CALLBACK: &str = "/oauth/tiktok/callback";

/// The largest body anybody may send to these pages.
const LARGEST_BODY_BYTES: usize = 64 * 1024;

/// How long an answer may take: the callback asks TikTok twice.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// What every answer carries.
const HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-store"),
];

/// All pages.
pub fn router(flows: Arc<Flows>) -> Router {
    let pages = Router::new()
        .route(CALLBACK, get(oauth::callback))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(flows)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST_ANSWER));
    HEADERS.into_iter().fold(pages, |pages, (name, value)| {
        let name = HeaderName::from_static(name);
        pages.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)))
    })
}
