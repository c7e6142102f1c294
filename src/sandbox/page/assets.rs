//! The files of the page and the sample clips, carried inside the program.

use axum::Json;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use serde_json::{Value, json};

use super::Stage;
use super::feed::film;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Path, media type, text.
const FILES: [(&str, &str, &str); 14] = [
    ("/", HTML, include_str!("index.html")),
    ("/page/style.css", STYLE, include_str!("style.css")),
    ("/page/messages.css", STYLE, include_str!("messages.css")),
    ("/page/phone.css", STYLE, include_str!("phone.css")),
    ("/page/app.js", SCRIPT, include_str!("app.js")),
    ("/page/composer.js", SCRIPT, include_str!("composer.js")),
    ("/page/dom.js", SCRIPT, include_str!("dom.js")),
    ("/page/forms.js", SCRIPT, include_str!("forms.js")),
    ("/page/guide.js", SCRIPT, include_str!("guide.js")),
    ("/page/messages.js", SCRIPT, include_str!("messages.js")),
    ("/page/options.js", SCRIPT, include_str!("options.js")),
    ("/page/phone.js", SCRIPT, include_str!("phone.js")),
    ("/page/text.js", SCRIPT, include_str!("text.js")),
    ("/page/world.js", SCRIPT, include_str!("world.js")),
];

/// A video to try it with.
struct Clip {
    name: &'static str,
    title: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const CLIPS: [Clip; 4] = [
    Clip {
        name: "test-card.mp4",
        title: "Test card, 1080×1920, 15 s",
        kind: "video/mp4",
        bytes: include_bytes!("clips/test-card.mp4"),
    },
    Clip {
        name: "evening-blue.mp4",
        title: "Evening blue, 540×960, 16 s",
        kind: "video/mp4",
        bytes: include_bytes!("clips/evening-blue.mp4"),
    },
    Clip {
        name: "small-one.webm",
        title: "A WebM file, 540×960, 15 s",
        kind: "video/webm",
        bytes: include_bytes!("clips/small-one.webm"),
    },
    Clip {
        name: "too-small.mp4",
        title: "One that TikTok refuses, 320×568",
        kind: "video/mp4",
        bytes: include_bytes!("clips/too-small.mp4"),
    },
];

/// A route for each file.
pub(super) fn routes() -> Router<Stage> {
    let serve = |router: Router<Stage>, (path, kind, text): (&'static str, &'static str, &'static str)| {
        router.route(path, get(async move || ([(header::CONTENT_TYPE, kind)], text)))
    };
    FILES.into_iter().fold(Router::new(), serve)
}

pub(super) async fn clips() -> Json<Value> {
    let shown = CLIPS.iter().map(|clip| {
        json!({
            "name": clip.name, "title": clip.title, "size": clip.bytes.len(), "content_type": clip.kind,
            "url": format!("/__sandbox/clips/{}", clip.name),
        })
    });
    Json(json!({"clips": shown.collect::<Vec<_>>()}))
}

pub(super) async fn clip(Path(name): Path<String>, headers: axum::http::HeaderMap) -> Response {
    match CLIPS.iter().find(|clip| clip.name == name) {
        Some(clip) => film(&headers, clip.kind, &Bytes::from_static(clip.bytes)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
