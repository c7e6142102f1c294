//! Files are fetched from a server that behaves well, badly, and not at all; whatever happens, the staging folder holds
//! the whole file or nothing.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;
use greenroom::media::fetch::{FetchError, FetchLimits, Origins, client, fetch, receive};
use greenroom::media::staging::clear;
use greenroom::media::{Staged, probe};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::Url;

const CLIP: &[u8] = include_bytes!("../data/clips/ok_1080x1920_15s_24fps_h264_silent_tiny.mp4");

/// A file host on this machine, and a folder to fetch into. Both end with the test.
struct Host {
    origin: Url,
    staging: TempDir,
    _serving: JoinSet<()>,
}

impl Host {
    async fn open() -> Self {
        let routes = Router::new()
            .route("/clip.mp4", get(|| async { ([(header::CONTENT_TYPE, "video/mp4")], CLIP) }))
            .route("/elsewhere.mp4", get(|| async { Redirect::temporary("/clip.mp4") }))
            .route("/expired.mp4", get(|| async { (StatusCode::NOT_FOUND, "This content is no longer available.") }))
            .route("/page.mp4", get(|| async { Html("<!DOCTYPE html><title>Sign in</title>") }))
            .route("/busy.mp4", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
            .route("/endless.mp4", get(endless));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { origin, staging: TempDir::new().unwrap(), _serving: serving }
    }

    /// A host that gives one answer, byte by byte as it is written here, and hangs up.
    async fn saying(answer: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let (mut line, _) = listener.accept().await.unwrap();
            line.read_buf(&mut Vec::with_capacity(4096)).await.unwrap();
            line.write_all(answer).await.unwrap();
            line.shutdown().await.unwrap();
        });
        Self { origin, staging: TempDir::new().unwrap(), _serving: serving }
    }

    async fn fetch(&self, path: &str, max_bytes: u64) -> Result<Staged, FetchError> {
        let link = self.origin.join(path).unwrap();
        let origins = Origins::only(self.origin.clone());
        let http = client(&origins).unwrap();
        fetch(&http, &origins, &link, FetchLimits::up_to(max_bytes), self.staging.path(), |_, _| {}).await
    }

    /// The refusal of a fetch that must leave nothing behind.
    async fn refused(&self, path: &str, max_bytes: u64) -> FetchError {
        let error = self.fetch(path, max_bytes).await.unwrap_err();
        assert_eq!(left_in(self.staging.path()), 0, "{error}");
        assert!(!error.hint().is_empty());
        for said in [error.to_string(), format!("{error:?}")] {
            assert!(!said.contains("hm=secret"), "{said}");
        }
        error
    }
}

/// Thirty-two MiB without a word about the length.
async fn endless() -> Response {
    let pieces = stream::iter((0..512).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[0; 65_536]))));
    Body::from_stream(pieces).into_response()
}

fn left_in(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn a_good_file_comes_home_whole_and_goes_with_its_value() {
    let host = Host::open().await;
    let heard = Mutex::new(Vec::new());
    let origins = Origins::only(host.origin.clone());
    let link = host.origin.join("/clip.mp4?hm=secret").unwrap();
    let limits = FetchLimits::up_to(CLIP.len() as u64);
    let hears = |received, total| heard.lock().unwrap().push((received, total));
    let staged = fetch(&client(&origins).unwrap(), &origins, &link, limits, host.staging.path(), hears).await.unwrap();

    assert_eq!(fs::read(&staged.path).unwrap(), CLIP);
    assert_eq!(staged.size_bytes, CLIP.len() as u64);
    assert_eq!(staged.sha256, <[u8; 32]>::from(Sha256::digest(CLIP)));
    let length = CLIP.len() as u64;
    assert_eq!(heard.lock().unwrap().last(), Some(&(length, Some(length))));
    probe::probe_path(&staged.path).await.unwrap();
    drop(staged);
    assert_eq!(left_in(host.staging.path()), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error = Host::open().await.refused("/elsewhere.mp4", 1_000_000).await;
    assert!(matches!(error, FetchError::Redirected), "{error:?}");
}

#[tokio::test]
async fn another_host_is_never_asked() {
    let (host, other) = (Host::open().await, Host::open().await);
    let link = other.origin.join("/clip.mp4").unwrap();
    let error = host.refused(link.as_str(), 1_000_000).await;
    assert_eq!(error.to_string(), "This link points to `127.0.0.1`; videos are fetched from Discord only.");
}

#[tokio::test]
async fn an_error_page_never_becomes_the_video() {
    let host = Host::open().await;
    let expired = host.refused("/expired.mp4?hm=secret", 1_000_000).await;
    assert_eq!(expired.to_string(), "Discord no longer hands this file out (status 404).");
    let page = host.refused("/page.mp4?hm=secret", 1_000_000).await;
    assert!(matches!(page, FetchError::NotAFile), "{page:?}");
    let busy = host.refused("/busy.mp4", 1_000_000).await;
    assert!(matches!(busy, FetchError::Unavailable { status: 503 }), "{busy:?}");
}

#[tokio::test]
async fn a_file_that_is_announced_as_too_large_is_not_begun() {
    let error = Host::open().await.refused("/clip.mp4", 10_000).await;
    assert_eq!(error.to_string(), "This file is too large (19 kB); the limit is 10 kB.");
}

#[tokio::test]
async fn a_file_that_turns_out_too_large_is_given_up() {
    let error = Host::open().await.refused("/endless.mp4", 1_000_000).await;
    assert_eq!(error.to_string(), "This file is too large; the limit is 1 MB.");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_a_file() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nonly this much"[..],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ne\r\nonly this much\r\n",
    ] {
        let error = Host::saying(answer).await.refused("/clip.mp4?hm=secret", 1_000_000).await;
        assert_eq!(error.to_string(), "Only 14 bytes of this file arrived, then the line broke.");
    }
}

#[tokio::test]
async fn a_host_that_hangs_up_is_unreachable() {
    let error = Host::saying(b"").await.refused("/clip.mp4?hm=secret", 1_000_000).await;
    assert!(matches!(error, FetchError::Unreachable(_)), "{error:?}");
}

#[tokio::test]
async fn a_stream_that_never_ends_is_given_up_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let (origins, staging) = (Origins::only(origin.clone()), TempDir::new().unwrap());
    let limits = FetchLimits { max_bytes: 1000, within: Duration::from_millis(20) };
    let error =
        fetch(&client(&origins).unwrap(), &origins, &origin, limits, staging.path(), |_, _| {}).await.unwrap_err();
    assert!(matches!(error, FetchError::TooSlow), "{error:?}");
}

#[tokio::test]
async fn what_has_come_is_on_disk_while_the_rest_is_still_coming() {
    let host = Host::open().await;
    let behind = AtomicU64::new(0);
    let watch = |received, _| {
        let file = fs::read_dir(host.staging.path()).unwrap().next().unwrap().unwrap();
        behind.fetch_max(received - file.metadata().unwrap().len(), Ordering::Relaxed);
    };
    let origins = Origins::only(host.origin.clone());
    let link = host.origin.join("/endless.mp4").unwrap();
    let limits = FetchLimits::up_to(4_000_000_000);
    let staged = fetch(&client(&origins).unwrap(), &origins, &link, limits, host.staging.path(), watch).await.unwrap();
    assert_eq!(staged.size_bytes, 512 * 65_536);
    assert!(behind.load(Ordering::Relaxed) < 4 * 1024 * 1024, "{behind:?} bytes were only in memory");
}

#[tokio::test]
async fn a_stream_longer_than_stated_is_refused_too() {
    let staging = TempDir::new().unwrap();
    let pieces = stream::iter([Ok::<_, ()>(Bytes::from_static(b"latte")), Ok(Bytes::from_static(b"art"))]);
    let broken = |(), received_bytes| FetchError::CutShort { received_bytes };
    let error = receive(pieces, Some(5), 1000, staging.path(), |_, _| {}, broken).await.unwrap_err();
    assert!(matches!(error, FetchError::CutShort { received_bytes: 8 }), "{error:?}");
    assert_eq!(left_in(staging.path()), 0);
}

#[tokio::test]
async fn a_start_clears_what_a_stop_left_and_nothing_else() {
    let staging = TempDir::new().unwrap();
    fs::write(staging.path().join("incoming-00ff"), "half a video").unwrap();
    fs::write(staging.path().join("notes.txt"), "not ours").unwrap();
    assert_eq!(clear(staging.path()).await.unwrap(), 1);
    assert_eq!(left_in(staging.path()), 1);
    assert_eq!(clear(&staging.path().join("nowhere")).await.unwrap(), 0);
}
