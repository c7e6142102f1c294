//! What arrived on the local TikTok, and the troubles one can make for it.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Stage};
use crate::sandbox::mischief::Fault;

/// Everything on the phone, the newest first.
pub(super) async fn feed(Shared(stage): Shared<Stage>) -> Json<Value> {
    let tiktok = &stage.tiktok;
    let posts = tiktok.tasks().into_iter().rev().map(|posted| {
        let kept = posted.committed_at.is_some() && tiktok.video(&posted.publish_id).is_some();
        let mut shown = json!(posted);
        shown["video"] = json!(kept.then(|| format!("/__sandbox/tiktok/video/{}", posted.publish_id)));
        shown
    });
    let posts: Vec<Value> = posts.collect();
    let creators = tiktok.creators().into_iter().map(|one| json!({"username": one.username, "nickname": one.nickname}));
    let creators: Vec<Value> = creators.collect();
    Json(json!({"now": stage.clock.now(), "creators": creators, "armed": tiktok.mischief().armed(), "posts": posts}))
}

pub(super) async fn video(
    Shared(stage): Shared<Stage>,
    Path(publish_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match stage.tiktok.video(&publish_id) {
        Some(bytes) => film(&headers, kind(&bytes), &Bytes::from(bytes)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A creator's picture. The one of the local TikTok is on another port, and browsers keep pages from other ports of this
/// machine.
pub(super) async fn avatar(Shared(stage): Shared<Stage>, Path(username): Path<String>) -> Response {
    match stage.tiktok.avatar(&username) {
        Some(picture) => ([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a browser is told a video is: Matroska begins with these four bytes, everything else plays as MP4.
fn kind(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) { "video/webm" } else { "video/mp4" }
}

/// Bytes for a player, which asks for parts of them.
pub(super) fn film(headers: &HeaderMap, kind: &'static str, bytes: &Bytes) -> Response {
    let typed = [(header::CONTENT_TYPE, kind), (header::ACCEPT_RANGES, "bytes")];
    let Some(asked) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return (typed, bytes.clone()).into_response();
    };
    let size = bytes.len();
    match part(asked, size) {
        Some((first, last)) => {
            let range = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}"))];
            (StatusCode::PARTIAL_CONTENT, typed, range, bytes.slice(first..=last)).into_response()
        }
        None => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, range).into_response()
        }
    }
}

/// The first and last byte of a range, the only kind players ask for: `bytes=0-`, `bytes=5-9`, `bytes=-4`.
fn part(asked: &str, size: usize) -> Option<(usize, usize)> {
    let (first, last) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let end = size.checked_sub(1)?;
    let (first, last) = match (first, last) {
        ("", tail) => (size.saturating_sub(tail.parse().ok()?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last).then_some((first, last))
}

pub(super) async fn arm(Shared(stage): Shared<Stage>, Json(fault): Json<Fault>) -> Json<Value> {
    stage.tiktok.arm(fault);
    Json(json!({"armed": stage.tiktok.mischief().armed()}))
}

pub(super) async fn clear(Shared(stage): Shared<Stage>) -> Json<Value> {
    stage.tiktok.mischief().clear();
    Json(json!({"armed": []}))
}

/// A draft somebody finishes.
#[derive(Debug, Deserialize)]
pub(super) struct Draft {
    publish_id: String,
}

pub(super) async fn finish(Shared(stage): Shared<Stage>, Json(draft): Json<Draft>) -> Result<Json<Value>, Refused> {
    if stage.tiktok.finish_draft(&draft.publish_id) {
        Ok(Json(json!({})))
    } else {
        Err(Refused("That draft is not in the inbox.".to_owned()))
    }
}

/// Says that there is something new, at once and after every change.
pub(super) async fn news(Shared(stage): Shared<Stage>) -> impl IntoResponse {
    Sse::new(changes(&stage))
}

fn changes(stage: &Stage) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let mut tiktok = stage.tiktok.subscribe();
    let pushes = stage.clock.pushed();
    tiktok.mark_changed();
    stream::unfold((tiktok, pushes), |(mut tiktok, mut pushes)| async move {
        tokio::select! {
            changed = tiktok.changed() => changed.ok()?,
            pushed = pushes.changed() => pushed.ok()?,
        }
        tiktok.mark_unchanged();
        Some((Ok(Event::default().event("news").data("{}")), (tiktok, pushes)))
    })
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_player_may_ask_for_any_part_there_is() {
        assert_eq!(part("bytes=0-", 10), Some((0, 9)));
        assert_eq!(part("bytes=5-70", 10), Some((5, 9)));
        assert_eq!(part("bytes=-4", 10), Some((6, 9)));
        assert_eq!(part("bytes=10-", 10), None);
        assert_eq!(part("bytes=0-", 0), None);
        assert_eq!(part("lines=0-", 10), None);
    }
}
