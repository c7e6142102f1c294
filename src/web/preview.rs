//! Watching a video that is too large for Discord: a page with a player, and the bytes, in parts as players ask for them.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::Site;
use super::pages::Pages;
use super::ranges::{Wanted, wanted};
use crate::domain::post::Post;
use crate::domain::video::Video;
use crate::flows::watch::{self, NothingToWatch};
use crate::say;

/// The page with the player.
pub(super) async fn page(State(site): State<Site>, Path(link): Path<String>) -> Response {
    match watch::open(&site.flows, &link).await {
        Ok((post, video)) => {
            let title = say!("commands-web-post-title", number = post.number);
            let facts = video.facts.summary(video.size_bytes);
            let facts = say!("commands-web-facts", facts = facts, fingerprint = post.revision().short());
            // Seen from this page, whatever stands before us calls it.
            site.pages.play(&title, &facts, &format!("{link}/video"))
        }
        Err(nothing) => refused(&site.pages, nothing),
    }
}

/// The bytes.
pub(super) async fn video(
    State(site): State<Site>,
    Path(link): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let (post, video) = match watch::open(&site.flows, &link).await {
        Ok(found) => found,
        Err(nothing) => return refused(&site.pages, nothing),
    };
    let size = video.size_bytes;
    let said = described(&post, &video);
    let range = header(&headers, &RANGE).filter(|_| is_same(&headers, &said));
    let (status, part) = match wanted(range, size) {
        Wanted::Whole => (StatusCode::OK, 0..size),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Nothing => {
            let (title, text) = (say!("commands-web-not-that-long-title"), say!("commands-web-not-that-long"));
            let mut answer = site.pages.show(StatusCode::RANGE_NOT_SATISFIABLE, &title, &text);
            answer
                .headers_mut()
                .extend(HeaderValue::try_from(format!("bytes */{size}")).map(|all| (CONTENT_RANGE, all)));
            return answer;
        }
    };
    let mut answer = if method == Method::HEAD {
        Response::new(Body::empty())
    } else {
        match site.flows.media.stream(&video.key, part.clone()).await {
            Ok(pieces) => Response::new(Body::from_stream(pieces)),
            Err(error) => return refused(&site.pages, NothingToWatch::Broken(error.into())),
        }
    };
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.extend(said);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let of = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        headers.extend(HeaderValue::try_from(of).map(|of| (CONTENT_RANGE, of)));
    }
    answer
}

/// What is said about the file, whichever part is sent. Its name is ours: people's names for files are shown nowhere here.
fn described(post: &Post, video: &Video) -> HeaderMap {
    let container = video.facts.container;
    let name = format!("inline; filename=\"post-{}.{}\"", post.number, container.ending());
    let mark = format!("\"{}\"", hex::encode(video.sha256));
    let made = [(CONTENT_DISPOSITION, name), (ETAG, mark)];
    let made = made.into_iter().filter_map(|(header, value)| Some((header, HeaderValue::try_from(value).ok()?)));
    let fixed = [
        (CONTENT_TYPE, HeaderValue::from_static(container.mime())),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
    ];
    fixed.into_iter().chain(made).collect()
}

/// Whether a part is wanted of this very file: with `If-Range`, only if it names it.
fn is_same(headers: &HeaderMap, said: &HeaderMap) -> bool {
    headers.get(IF_RANGE).is_none_or(|wanted| said.get(ETAG) == Some(wanted))
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn refused(pages: &Pages, nothing: NothingToWatch) -> Response {
    let (status, title, text) = match nothing {
        NothingToWatch::NotALink => {
            tracing::warn!("Somebody asked for a video with a link that was not made here");
            (StatusCode::NOT_FOUND, say!("commands-web-nowhere-title"), say!("commands-web-nowhere"))
        }
        NothingToWatch::Expired => (StatusCode::GONE, say!("commands-web-expired-title"), say!("commands-web-expired")),
        NothingToWatch::Changed => (StatusCode::GONE, say!("commands-web-changed-title"), say!("commands-web-changed")),
        NothingToWatch::Gone => (StatusCode::GONE, say!("commands-web-gone-title"), say!("commands-web-gone")),
        NothingToWatch::Broken(error) => {
            tracing::error!("A video cannot be shown: {error:#}");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            (status, say!("commands-web-broke-title"), say!("commands-web-in-a-minute"))
        }
    };
    pages.show(status, &title, &text).into_response()
}
