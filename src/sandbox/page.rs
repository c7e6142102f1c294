//! The page of the sandbox: a team's Discord, a phone with TikTok on it and a clock one can push, in a browser.
//!
//! The page is plain HTML, CSS and JavaScript carried inside the program; it asks nothing of any other host and needs no
//! build step. What people do in Discord goes through the local Discord's own routes (`discord::control`). Here are the
//! rest: the files of the page, the clock, the sample clips, and what arrived on the local TikTok.
//!
//! `GET /__sandbox/now` – `{"now": "2026-11-23T09:00:00Z"}`
//!
//! `POST /__sandbox/clock` – `{"push_seconds": 300}`, `{"to": "next"}` (the next post, else the next thing that waits) or
//! `{"to": "2026-11-24T09:00:00Z"}`; answers as `now` does. On its way the clock stops at everything that falls due.
//!
//! `GET /__sandbox/clips` and `/__sandbox/clips/NAME` – videos to try it with
//!
//! `GET /__sandbox/tiktok` – `{"now": …, "creators": […], "armed": [fault], "posts": [{… "sha256": …, "video": path}]}`
//!
//! `GET /__sandbox/tiktok/video/PUBLISH_ID` – the bytes that arrived
//!
//! `GET /__sandbox/avatar/USERNAME` – a creator's picture, at the path the local TikTok has it, on this origin
//!
//! `POST /__sandbox/tiktok/faults` – one fault, as `mischief` writes it; `DELETE` forgets all and releases what is held
//!
//! `POST /__sandbox/tiktok/finish` – `{"publish_id": …}`: the creator finishes a draft from the inbox
//!
//! `GET /__sandbox/news` – server-sent events: `news` whenever TikTok or the clock changed
//!
//! What cannot be done is answered with `409 {"error": "sentence"}`, as the local Discord does.

mod assets;
mod clock;
mod feed;

use axum::Json;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

pub use clock::{ClockPush, NextDue, Upcoming};

use super::tiktok::TikTok;

/// What the page shows and moves besides the local Discord.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The local TikTok.
    pub tiktok: TikTok,
    /// The clock of everything.
    pub clock: ClockPush,
}

/// The routes of the page, for the `pages` of the local Discord.
pub fn router(stage: Stage) -> Router {
    assets::routes()
        .route("/__sandbox/now", get(clock::now))
        .route("/__sandbox/clock", post(clock::push))
        .route("/__sandbox/news", get(feed::news))
        .route("/__sandbox/clips", get(assets::clips))
        .route("/__sandbox/clips/{name}", get(assets::clip))
        .route("/__sandbox/avatar/{username}", get(feed::avatar))
        .route("/__sandbox/tiktok", get(feed::feed))
        .route("/__sandbox/tiktok/video/{publish_id}", get(feed::video))
        .route("/__sandbox/tiktok/finish", post(feed::finish))
        .route("/__sandbox/tiktok/faults", post(feed::arm).delete(feed::clear))
        .fallback(async || (StatusCode::NOT_FOUND, "Nothing is here. The sandbox's page is at /"))
        .layer(from_fn(guard))
        .with_state(stage)
}

/// The page runs its own scripts and styles only and asks nobody else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async fn guard(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let fixed = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, fixed(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("no-referrer")),
        (header::CACHE_CONTROL, fixed("no-store")),
        (HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin")),
    ];
    answer.headers_mut().extend(headers);
    answer
}

/// A wish of the page that was not granted, and why.
#[derive(Debug)]
struct Refused(String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::CONFLICT, Json(json!({"error": self.0}))).into_response()
    }
}
