//! The upload host: chunks arrive in order, each exactly as its headers say, or not at all. A chunk counts once its
//! last byte is here; whatever breaks off earlier leaves no trace. Videos are digested on the way in.

use std::sync::Arc;

use axum::body::{Body, BodyDataStream};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, header};
use futures_util::StreamExt as _;

use super::answer::{bare, media_type};
use super::publication::{Arrived, Publication, Stage, Transfer};
use super::state::{Shared, World};

/// Marks a request whose connection is to break after so many bytes of its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreaksAfter(pub(super) u64);

/// A refusal of a chunk: the status and, where a correct client never causes it, why.
struct Turned(u16, Option<&'static str>);

/// What a chunk's headers say.
struct Chunk {
    publish_id: String,
    first: u64,
    length: u64,
    total: u64,
}

/// `PUT` on an upload address.
pub(super) async fn put(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let breaks_after = request.extensions().get::<BreaksAfter>().map_or(u64::MAX, |mark| mark.0);
    let headers = request.headers().clone();
    let mut body = request.into_body().into_data_stream();
    let leaked = headers.contains_key(header::AUTHORIZATION).then(|| "a token went to the upload host".to_owned());
    let begun = shared.with(|world, now| world.begin_chunk(&query, &headers, now));
    let outcome = match begun {
        Ok((chunk, arrived)) => receive(&shared, &chunk, arrived, &mut body, breaks_after).await,
        Err(turned) => {
            // An answer sent over unread bytes could be lost with the connection.
            while let Some(Ok(_)) = body.next().await {}
            Err(turned)
        }
    };
    match outcome {
        Ok((status, range)) => bare(status, Some(range), leaked),
        Err(Turned(status, violation)) => bare(status, None, violation.map(str::to_owned).or(leaked)),
    }
}

/// Takes a chunk's bytes in and, when they are all here, stores them.
async fn receive(
    shared: &Arc<Shared>,
    chunk: &Chunk,
    mut arrived: Arrived,
    body: &mut BodyDataStream,
    breaks_after: u64,
) -> Result<(u16, String), Turned> {
    let keep_up_to = shared.with(|world, _| world.rules.kept_video_bytes);
    let mut received = 0;
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_| Turned(400, None))?;
        received += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if received >= breaks_after {
            return Err(Turned(400, None));
        }
        arrived.take(&piece, keep_up_to);
    }
    if received != chunk.length {
        return Err(Turned(400, Some("the body is not as long as its headers say")));
    }
    shared.change(|world, now| {
        let publication = world.publication(&chunk.publish_id).ok_or(Turned(404, None))?;
        // The whole upload has to end within the address's hour.
        if matches!(publication.transfer, Transfer::File { expires_at, .. } if expires_at <= now) {
            return Err(Turned(403, None));
        }
        if publication.stage != Stage::Receiving || publication.arrived.bytes != chunk.first {
            return Err(Turned(416, Some("two requests sent the same range at once")));
        }
        publication.arrived = arrived;
        let all = chunk.first + chunk.length;
        if all == chunk.total {
            world.commit(&chunk.publish_id, &shared.mischief, now);
        }
        Ok((if all == chunk.total { 201 } else { 206 }, format!("bytes 0-{all}/{}", chunk.total)))
    })
}

impl World {
    /// The task of an upload address.
    pub(super) fn task(&mut self, query: &str) -> Option<&mut Publication> {
        let value = |wanted: &str| {
            url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted).map(|(_, value)| value)
        };
        let (id, secret) = (value("upload_id")?, value("upload_token")?);
        self.publications.at_address(&id).filter(|publication| match &publication.transfer {
            Transfer::File { token, .. } => *token == secret,
            Transfer::Pull { .. } => false,
        })
    }

    /// Checks a chunk's address and headers; hands out what has arrived so far, to go on from.
    fn begin_chunk(
        &mut self,
        query: &str,
        headers: &HeaderMap,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(Chunk, Arrived), Turned> {
        let again = self.rules.stored_range_is_taken_again;
        let publication = self.task(query).ok_or(Turned(404, None))?;
        let Transfer::File { plan, expires_at, .. } = &publication.transfer else { return Err(Turned(404, None)) };
        if *expires_at <= now || matches!(publication.stage, Stage::Failed { .. }) {
            return Err(Turned(403, None));
        }
        let media = media_type(headers);
        if !["video/mp4", "video/quicktime", "video/webm"].contains(&media.as_str()) {
            return Err(Turned(400, Some("the Content-Type is not one of a video TikTok takes")));
        }
        let length = number(headers, header::CONTENT_LENGTH).ok_or(Turned(400, Some("Content-Length is missing")))?;
        let (first, last, total) = range(headers).ok_or(Turned(400, Some("Content-Range is missing or malformed")))?;
        if total != plan.video_size || last >= total || last < first {
            return Err(Turned(400, Some("Content-Range does not fit the video's size")));
        }
        if last - first + 1 != length {
            return Err(Turned(400, Some("Content-Length differs from Content-Range")));
        }
        if last < publication.arrived.bytes {
            let done = publication.committed_at.is_some();
            return Err(Turned(
                if !again {
                    416
                } else if done {
                    201
                } else {
                    206
                },
                None,
            ));
        }
        if first != publication.arrived.bytes || plan.chunk_at(first) != Some(length) {
            return Err(Turned(416, Some("the range is not the next chunk of the plan")));
        }
        publication.arrived.media_type = media;
        let chunk = Chunk { publish_id: publication.publish_id.clone(), first, length, total };
        Ok((chunk, publication.arrived.clone()))
    }
}

fn number(headers: &HeaderMap, name: header::HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// Reads `bytes first-last/total`.
fn range(headers: &HeaderMap) -> Option<(u64, u64, u64)> {
    let (span, total) = headers.get(header::CONTENT_RANGE)?.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = span.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?, total.parse().ok()?))
}
