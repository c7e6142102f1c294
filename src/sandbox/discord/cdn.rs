//! The files: links that are signed, expire by the injected clock, and are renewed whenever a message is read again.
//! <https://discord.com/developers/docs/reference#signed-attachment-cdn-urls>

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::BuildHasher;

use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, State as Shared};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use super::faults::FileFault;
use super::state::{State, StoredFile};
use super::wire::Wire;
use super::{Discord, Snowflake};

/// The address of a file, good for as long as links live.
pub(crate) fn signed_link(state: &State, file: &StoredFile) -> String {
    let issued = state.now().timestamp();
    let expires = issued + i64::try_from(state.link_lives_for.as_secs()).unwrap_or(i64::MAX / 2);
    let (kind, place) =
        if file.ephemeral { ("ephemeral-attachments", state.application) } else { ("attachments", file.channel) };
    let (id, name) = (file.id, escape(&file.name));
    let signature = signature(state, id, expires, issued);
    format!("{}/{kind}/{place}/{id}/{name}?ex={expires:x}&is={issued:x}&hm={signature}&", state.base_url)
}

fn signature(state: &State, file: Snowflake, expires: i64, issued: i64) -> String {
    (0..4_u8).map(|part| format!("{:016x}", state.signing.hash_one((file, expires, issued, part)))).collect()
}

/// A name as it stands in a path.
fn escape(name: &str) -> String {
    url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20")
}

fn gone() -> Response<Body> {
    (StatusCode::NOT_FOUND, "This content is no longer available.").into_response()
}

/// Hands out a file if its link is whole and fresh.
pub(crate) async fn download(
    Shared(discord): Shared<Discord>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path((_, id, _)): Path<(Snowflake, Snowflake, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response<Body> {
    let (file, fault) = {
        let mut state = discord.lock();
        let number = |key: &str| query.get(key).and_then(|text| i64::from_str_radix(text, 16).ok());
        let (Some(expires), Some(issued), Some(given)) = (number("ex"), number("is"), query.get("hm")) else {
            return gone();
        };
        if *given != signature(&state, id, expires, issued) || expires <= state.now().timestamp() {
            return gone();
        }
        let Some(file) = state.files.get(&id).cloned() else { return gone() };
        let fault = if state.file_faults.is_empty() { None } else { Some(state.file_faults.remove(0)) };
        (file, fault)
    };
    let size = file.bytes.len();
    let body = match fault {
        None => Body::from(file.bytes.clone()),
        Some(FileFault::Expired) => return gone(),
        Some(FileFault::Truncated) => halved(&file.bytes, move || wire.cut()),
        Some(FileFault::Stalled) => halved(&file.bytes, || ()),
        Some(FileFault::Slow(piece, pause)) => slow(&file.bytes, piece, pause),
    };
    let mut answer = Response::new(body);
    let headers = answer.headers_mut();
    let kind =
        HeaderValue::from_str(&file.content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, size.into());
    answer
}

/// Half of the bytes, then `end`, then nothing more.
fn halved(bytes: &Bytes, end: impl FnOnce() + Send + 'static) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let rest = stream::once(async move {
        // One turn of the loop, so that the first half has left before the end comes.
        tokio::task::yield_now().await;
        end();
        std::future::pending::<Result<Bytes, Infallible>>().await
    });
    Body::from_stream(stream::once(async move { Ok::<_, Infallible>(half) }).chain(rest))
}

/// The bytes in pieces with a pause before each.
fn slow(bytes: &Bytes, piece: usize, pause: std::time::Duration) -> Body {
    let pieces: Vec<Bytes> = bytes.chunks(piece.max(1)).map(Bytes::copy_from_slice).collect();
    let ticks = tokio::time::interval(pause.max(std::time::Duration::from_millis(1)));
    let paced = stream::unfold((ticks, pieces.into_iter()), |(mut ticks, mut pieces)| async move {
        let next = pieces.next()?;
        ticks.tick().await;
        Some((Ok::<_, Infallible>(next), (ticks, pieces)))
    });
    Body::from_stream(paced)
}
