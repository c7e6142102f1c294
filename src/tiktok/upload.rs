//! Sending the bytes of a video, one chunk at a time, to the address TikTok gave for it.
//!
//! The address is the key, so there is no `Authorization`. The length is written by hand: a body that streams would
//! otherwise go out in HTTP's own chunks, which TikTok does not take. The last chunk is what makes TikTok post; a chunk
//! without an answer may have arrived or not, and sending it again to the same address cannot make a second post.
//! <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>

use std::future::Future;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use reqwest::{Body, Response};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::time::timeout;

use super::chunks::Chunk;
use super::trouble::without_address;
use super::{Client, Patience};
use crate::drill;

/// Bytes go out in pieces of 64 KiB, so that a slow line can be told from one that stands still.
const PIECE_BYTES: usize = 64 * 1024;

/// TikTok took a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The next one may follow.
    More,
    /// It was the last one: TikTok begins to post.
    All,
}

/// TikTok did not take a chunk, or did not say so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkTrouble {
    /// Send the same chunk to the same address again. It may have arrived.
    #[error("the chunk may not have arrived: {0}")]
    SendAgain(String),
    /// The address has lived its hour. Before the last chunk was ever sent, a new upload may be opened.
    #[error("the upload address has expired")]
    LinkExpired,
    /// TikTok has no such upload: before the last chunk it is lost, after it it may be finished.
    #[error("TikTok has no such upload")]
    NoSuchUpload,
    /// TikTok has other bytes than those before this chunk; after a chunk without an answer it may be this very one.
    #[error("TikTok expects another part of the file")]
    OutOfStep {
        /// How many bytes it says it has, or the number of the last one.
        has: Option<u64>,
    },
    /// What was sent is not what was announced. Sending it again cannot help.
    #[error("TikTok found the chunk malformed")]
    Malformed,
    /// An answer nobody has written down. Sending it again cannot help.
    #[error("the upload address answered with HTTP {status}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
    },
    /// The address TikTok gave is none.
    #[error("the upload address cannot be used")]
    BadAddress,
}

impl Client {
    /// Sends one chunk, whose bytes come from `body` in exactly the length of the chunk.
    ///
    /// # Errors
    /// TikTok did not take it, or nothing is known about it.
    pub async fn send_chunk<S, E>(
        &self,
        upload_url: &SecretString,
        mime: &str,
        chunk: Chunk,
        body: S,
    ) -> Result<Taken, ChunkTrouble>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: std::error::Error + Send + Sync + 'static,
    {
        let url: url::Url = upload_url.expose_secret().parse().map_err(|_| ChunkTrouble::BadAddress)?;
        let (beat, beats) = watch::channel(());
        let body = in_pieces(body).inspect(move |_| beat.send_replace(()));
        let sending = self
            .http
            .put(url)
            .header(CONTENT_TYPE, mime)
            .header(CONTENT_LENGTH, chunk.len_bytes())
            .header(CONTENT_RANGE, format!("bytes {}-{}/{}", chunk.first, chunk.last, chunk.total))
            .body(Body::wrap_stream(body))
            .send();
        let answered = async {
            match while_it_moves(sending, beats, self.patience).await {
                Some(Ok(response)) => {
                    self.skew.read(response.headers());
                    read(chunk, &response)
                }
                Some(Err(error)) => Err(ChunkTrouble::SendAgain(without_address(error))),
                None => Err(ChunkTrouble::SendAgain("nothing moved any more".to_owned())),
            }
        };
        drill::around(if chunk.is_last() { "the last chunk" } else { "a chunk" }, answered).await
    }
}

fn in_pieces<S, E>(body: S) -> impl Stream<Item = Result<Bytes, E>>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    body.map_ok(|mut bytes| {
        stream::iter(std::iter::from_fn(move || {
            let piece = bytes.split_to(bytes.len().min(PIECE_BYTES));
            (!piece.is_empty()).then_some(Ok(piece))
        }))
    })
    .try_flatten()
}

/// Waits for `sending` as long as there are beats; none when they stop for too long, or nothing follows the last one.
async fn while_it_moves<T>(
    sending: impl Future<Output = T>,
    mut beats: watch::Receiver<()>,
    patience: Patience,
) -> Option<T> {
    let stuck = async {
        loop {
            match timeout(patience.idle, beats.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return drop(timeout(patience.answer, std::future::pending::<()>()).await),
                Err(_) => return,
            }
        }
    };
    tokio::select! {
        biased;
        answer = sending => Some(answer),
        () = stuck => None,
    }
}

fn read(chunk: Chunk, response: &Response) -> Result<Taken, ChunkTrouble> {
    match response.status().as_u16() {
        201 => Ok(Taken::All),
        206 => Ok(Taken::More),
        // Undocumented, but seen: what it means depends on the place of the chunk.
        200..=299 => Ok(if chunk.is_last() { Taken::All } else { Taken::More }),
        400 => Err(ChunkTrouble::Malformed),
        403 => Err(ChunkTrouble::LinkExpired),
        404 => Err(ChunkTrouble::NoSuchUpload),
        416 => Err(ChunkTrouble::OutOfStep { has: uploaded(response) }),
        status @ (408 | 429 | 500..) => Err(ChunkTrouble::SendAgain(format!("HTTP {status}"))),
        status => Err(ChunkTrouble::Unexpected { status }),
    }
}

/// What `Content-Range: bytes 0-{uploaded}/{total}` says TikTok has.
fn uploaded(response: &Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, _) = range.strip_prefix("bytes ")?.split_once('/')?;
    range.strip_prefix("0-")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::pending;
    use std::time::Duration;

    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);
    const SHORT: Patience = Patience { call: MOMENT, idle: MOMENT, answer: MOMENT };

    #[tokio::test]
    async fn bytes_go_out_in_small_pieces_and_none_is_lost() {
        let whole: Vec<u8> = (0..=255).cycle().take(PIECE_BYTES * 2 + 7).collect();
        let body = stream::iter([Ok::<_, Infallible>(Bytes::from(whole.clone())), Ok(Bytes::new())]);
        let pieces: Vec<Bytes> = in_pieces(body).try_collect().await.unwrap();
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [PIECE_BYTES, PIECE_BYTES, 7]);
        assert_eq!(pieces.concat(), whole);
    }

    #[tokio::test]
    async fn a_line_that_stands_still_is_given_up() {
        let (_beat, beats) = watch::channel(());
        assert_eq!(while_it_moves(pending::<()>(), beats, SHORT).await, None);
    }

    #[tokio::test]
    async fn an_answer_that_never_comes_is_given_up() {
        let (beat, beats) = watch::channel(());
        drop(beat);
        let patience = Patience { idle: Duration::from_secs(3600), ..SHORT };
        assert_eq!(while_it_moves(pending::<()>(), beats, patience).await, None);
    }

    #[tokio::test]
    async fn an_answer_counts_even_when_everything_else_has_stopped() {
        let (beat, beats) = watch::channel(());
        drop(beat);
        assert_eq!(while_it_moves(async { 201 }, beats, SHORT).await, Some(201));
    }
}
