//! The web surface: where TikTok sends people back to and says things by itself, where a video is watched that is too
//! large for Discord, and where a supervisor asks whether the program lives.
//!
//! Every answer carries headers that keep a browser from running, framing or passing on anything, refusals of our own
//! layers too. Requests are limited in time, size and number; no address is logged, because some carry a secret; and
//! nobody is sent anywhere else. The server underneath is in `server`, because axum's own waits for slow clients.

mod guests;
mod health;
mod oauth;
mod pages;
mod places;
mod preview;
mod ranges;
mod server;
mod stall;
mod webhooks;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use ipnet::IpNet;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use self::guests::Guests;
use self::pages::Pages;
pub use self::server::serve;
use crate::flows::{Flows, watch};
use crate::say;

/// Where TikTok sends people back to, below our public address.
pub const CALLBACK: &str = "/oauth/tiktok/callback";

/// Where TikTok says things by itself, below our public address.
pub const WEBHOOKS: &str = "/webhooks/tiktok";

/// What a supervisor asks: does the program live, and can it work?
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];

/// The largest body anybody may send to these pages. TikTok's events have less than a thousand bytes.
const LARGEST_BODY_BYTES: usize = 64 * 1024;

/// How long an answer may take to begin: the callback asks TikTok twice.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// What every answer carries. Nothing is run, and what is shown comes from here: one stylesheet and the video.
const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; media-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
         form-action 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
    ("cache-control", "no-store"),
];

/// A year: whoever was here once comes back over TLS only.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Whether the line to Discord is up.
pub type LineIsUp = Arc<dyn Fn() -> bool + Send + Sync>;

/// How the pages are to be.
#[derive(Clone, Default)]
pub struct Settings {
    /// Who may say on whose behalf it asks, because it stands before us and is ours.
    pub trusted_proxies: Vec<IpNet>,
    /// How to tell whether the line to Discord is up, where this process holds one.
    pub line: Option<LineIsUp>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trusted_proxies, line } = self;
        f.debug_struct("Settings").field("trusted_proxies", trusted_proxies).field("line", &line.is_some()).finish()
    }
}

/// What the pages have in common.
#[derive(Clone)]
struct Site {
    flows: Arc<Flows>,
    pages: Pages,
    line: Option<LineIsUp>,
}

/// All pages.
pub fn router(flows: Arc<Flows>, settings: Settings) -> Router {
    let public_url = flows.rules.public_url.clone();
    let pages = Pages::below(public_url.as_ref());
    let guests = Arc::new(Guests::new(settings.trusted_proxies, pages.clone()));
    let site = Site { flows, pages: pages.clone(), line: settings.line };
    let all = Router::new()
        .route(CALLBACK, get(oauth::callback))
        .route(WEBHOOKS, post(webhooks::tiktok))
        .route(&format!("{}{{link}}", watch::PAGE), get(preview::page))
        .route(&format!("{}{{link}}/video", watch::PAGE), get(preview::video))
        .route(pages::STYLE, get(pages::style))
        .route(HEALTH[0], get(health::alive))
        .route(HEALTH[1], get(health::ready))
        .fallback(no_such_page)
        .method_not_allowed_fallback(wrong_method)
        .with_state(site)
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
        .layer(from_fn_with_state(pages, pages::in_our_words))
        .layer(from_fn_with_state(guests, guests::admit))
        .layer(from_fn(pages::in_their_language));
    let is_secure = public_url.is_some_and(|url| url.scheme() == "https");
    let strict = is_secure.then_some((HeaderName::from_static("strict-transport-security"), STRICT_TRANSPORT));
    let usual = HEADERS.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    usual.into_iter().chain(strict).fold(all, |all, (name, value)| {
        // The stylesheet alone says something else about how long it may be kept.
        all.layer(SetResponseHeaderLayer::if_not_present(name, value))
    })
}

async fn no_such_page(State(site): State<Site>) -> Response {
    let (title, text) = (say!("commands-web-no-page-title"), say!("commands-web-no-page"));
    site.pages.show(StatusCode::NOT_FOUND, &title, &text)
}

async fn wrong_method(State(site): State<Site>) -> Response {
    let (title, text) = (say!("commands-web-wrong-method-title"), say!("commands-web-wrong-method"));
    site.pages.show(StatusCode::METHOD_NOT_ALLOWED, &title, &text)
}
