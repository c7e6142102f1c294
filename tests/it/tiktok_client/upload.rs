//! Chunks on the wire.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use greenroom::tiktok::chunks::{Chunk, ChunkPlan};
use greenroom::tiktok::{ChunkTrouble, Taken};
use tokio::task::JoinSet;

use super::client;
use super::desk::{Answer, Desk, hangs_up, nobody};

const LAST: Chunk = Chunk { index: 1, first: 4, last: 8, total: 9 };
const FIRST: Chunk = Chunk { index: 0, first: 0, last: 3, total: 9 };

async fn sends(address: &str, chunk: Chunk) -> Result<Taken, ChunkTrouble> {
    let length = usize::try_from(chunk.len_bytes()).unwrap();
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from(vec![7; length]))]);
    let url = format!("{address}/upload?token=hush").into();
    client(address).send_chunk(&url, "video/mp4", chunk, body).await
}

#[tokio::test]
async fn every_status_of_the_upload_address_has_its_meaning() {
    let desk = Desk::open().await;
    let says = |status, range: Option<&str>| {
        let mut answer = Answer::new(status, "");
        answer.headers.extend(range.map(|range| ("content-range", range.to_owned())));
        desk.says(answer);
    };
    for (status, chunk, taken) in [
        (206, FIRST, Taken::More),
        (201, LAST, Taken::All),
        (200, FIRST, Taken::More),
        (200, LAST, Taken::All),
        (206, LAST, Taken::More),
    ] {
        says(status, None);
        assert_eq!(sends(&desk.address, chunk).await, Ok(taken), "{status}");
    }
    for (status, range, trouble) in [
        (400, None, ChunkTrouble::Malformed),
        (403, None, ChunkTrouble::LinkExpired),
        (404, None, ChunkTrouble::NoSuchUpload),
        (416, None, ChunkTrouble::OutOfStep { has: None }),
        (416, Some("bytes 0-4/9"), ChunkTrouble::OutOfStep { has: Some(4) }),
        (416, Some("bytes */9"), ChunkTrouble::OutOfStep { has: None }),
        (302, None, ChunkTrouble::Unexpected { status: 302 }),
        (405, None, ChunkTrouble::Unexpected { status: 405 }),
        (500, None, ChunkTrouble::SendAgain("HTTP 500".to_owned())),
        (502, None, ChunkTrouble::SendAgain("HTTP 502".to_owned())),
    ] {
        says(status, range);
        assert_eq!(sends(&desk.address, FIRST).await, Err(trouble), "{status}");
    }
}

#[tokio::test]
async fn a_chunk_without_an_answer_is_sent_again_and_its_address_stays_secret() {
    let mut serving = JoinSet::new();
    for address in [hangs_up(&mut serving).await, nobody().await] {
        let trouble = sends(&address, FIRST).await.unwrap_err();
        assert!(matches!(trouble, ChunkTrouble::SendAgain(_)), "{trouble:?}");
        let shown = format!("{trouble} {trouble:?}");
        assert!(!shown.contains("hush") && !shown.contains(&address), "{shown}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_not_tried() {
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"1234"))]);
    let sent = client("http://127.0.0.1:1").send_chunk(&"not an address".into(), "video/mp4", FIRST, body).await;
    assert_eq!(sent, Err(ChunkTrouble::BadAddress));
}

#[tokio::test]
async fn a_body_that_ends_early_is_not_taken_for_sent() {
    let desk = Desk::open().await;
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"12"))]);
    let url = format!("{}/upload", desk.address).into();
    let sent = client(&desk.address).send_chunk(&url, "video/mp4", FIRST, body).await;
    assert!(matches!(sent, Err(ChunkTrouble::SendAgain(_))), "{sent:?}");
}

#[tokio::test]
async fn chunks_go_out_byte_for_byte_with_exactly_the_documented_headers() {
    let desk = Desk::open().await;
    let file: Vec<u8> = (0..=255).cycle().take(500_123).collect();
    let plan = ChunkPlan { size_bytes: 500_123, chunk_bytes: 100_000, count: 5 };
    let url = format!("{}/video/?upload_id=67&token=a%2Bb", desk.address).into();
    let mut next = 0;
    while let Some(chunk) = plan.chunk(next) {
        desk.says(Answer::new(if chunk.is_last() { 201 } else { 206 }, ""));
        let (first, last) = (usize::try_from(chunk.first).unwrap(), usize::try_from(chunk.last).unwrap());
        let parts: Vec<_> =
            file[first..=last].chunks(30_000).map(|part| Ok::<_, Infallible>(Bytes::copy_from_slice(part))).collect();
        let taken = client(&desk.address).send_chunk(&url, "video/quicktime", chunk, stream::iter(parts)).await;
        assert_eq!(taken, Ok(if chunk.is_last() { Taken::All } else { Taken::More }));
        next += 1;
    }
    let asked = desk.asked();
    let ranges: Vec<_> = asked.iter().map(|asked| asked.header("content-range").unwrap()).collect();
    assert_eq!(
        ranges,
        [
            "bytes 0-99999/500123",
            "bytes 100000-199999/500123",
            "bytes 200000-299999/500123",
            "bytes 300000-399999/500123",
            "bytes 400000-500122/500123",
        ]
    );
    for asked in &asked {
        assert_eq!(asked.line, "PUT /video/?upload_id=67&token=a%2Bb");
        assert_eq!(asked.header("content-type"), Some("video/quicktime"));
        assert_eq!(asked.header("content-length").unwrap(), asked.body.len().to_string());
        let mut names: Vec<_> = asked.headers.keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "content-length", "content-range", "content-type", "host", "user-agent"]);
        assert_eq!(asked.header("user-agent"), Some(concat!("greenroom/", env!("CARGO_PKG_VERSION"))));
    }
    assert!(asked.iter().flat_map(|asked| &asked.body).eq(&file), "the file arrived");
}
