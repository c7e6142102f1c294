//! Sending bytes: headers, order, expiry, and what the ledger knows afterwards.

use super::*;

/// Two chunks: five million bytes, then the rest.
const SIZE: usize = 11_000_000;
const FIRST: &str = "bytes 0-4999999/11000000";
const REST: &str = "bytes 5000000-10999999/11000000";

fn film() -> Vec<u8> {
    (0..SIZE).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

/// Opens a post of two chunks; gives its id and address.
async fn opened(scene: &Scene) -> (String, String, String) {
    let token = scene.token().await;
    let source = json!({"source": "FILE_UPLOAD", "video_size": SIZE, "chunk_size": 5_000_000, "total_chunk_count": 2});
    let (_, body) = scene.init(&token, &json!({"post_info": public(), "source_info": source})).await;
    let text = |name: &str| body["data"][name].as_str().unwrap().to_owned();
    (token, text("publish_id"), text("upload_url"))
}

async fn send(request: reqwest::RequestBuilder) -> (u16, Option<String>) {
    let answer = request.send().await.unwrap();
    let range = answer.headers().get("content-range").map(|range| range.to_str().unwrap().to_owned());
    (answer.status().as_u16(), range)
}

#[tokio::test]
async fn a_video_in_two_chunks_is_digested_and_posting_starts_with_the_last_byte() {
    let scene = Scene::open().await;
    let (token, id, url) = opened(&scene).await;
    let film = film();
    let first = send(scene.chunk(&url, FIRST, film[..5_000_000].to_vec())).await;
    assert_eq!(first, (206, Some("bytes 0-5000000/11000000".to_owned())));
    scene.wait(600);
    assert_eq!(scene.tiktok.ledger(), []);
    let status = scene.status(&token, &id).await;
    assert_eq!(
        (&status["data"]["status"], &status["data"]["uploaded_bytes"]),
        (&json!("PROCESSING_UPLOAD"), &json!(5_000_000))
    );
    let rest = send(scene.chunk(&url, REST, film[5_000_000..].to_vec())).await;
    assert_eq!(rest, (201, Some("bytes 0-11000000/11000000".to_owned())));
    scene.wait(60);
    let posted = scene.tiktok.published("harbour.cafe").remove(0);
    assert_eq!((posted.size_bytes, posted.sha256), (11_000_000, hex::encode(Sha256::digest(&film))));
    assert_eq!(posted.caption, "Friday latte");
    assert_eq!(scene.tiktok.video(&id), None, "too long to be kept");
    assert_eq!(scene.tiktok.refusals(), []);
}

#[tokio::test]
async fn a_chunk_whose_headers_are_wrong_is_refused_and_leaves_no_trace() {
    let scene = Scene::open().await;
    let (_, id, url) = opened(&scene).await;
    let bytes = || vec![7; 5_000_000];
    let put =
        |media: &str, range: &str| scene.http.put(&url).header("content-type", media).header("content-range", range);
    let pieces = || futures_util::stream::iter([Ok::<_, std::io::Error>(bytes())]);
    let rows = [
        (400, put("application/octet-stream", FIRST).body(bytes())),
        (400, scene.http.put(&url).header("content-type", "video/mp4").body(bytes())),
        (400, put("video/mp4", "bytes 0-4999999").body(bytes())),
        (400, put("video/mp4", "0-4999999/11000000").body(bytes())),
        (400, put("video/mp4", "bytes 0-4999999/12000000").body(bytes())),
        (400, put("video/mp4", "bytes 0-5000000/11000000").body(bytes())),
        (400, put("video/mp4", FIRST).body(reqwest::Body::wrap_stream(pieces()))),
        (416, put("video/mp4", REST).body(vec![7; 6_000_000])),
        (416, put("video/mp4", "bytes 0-999/11000000").body(vec![0; 1_000])),
        (405, scene.http.post(&url).body(bytes())),
    ];
    let count = rows.len();
    for (number, (status, request)) in rows.into_iter().enumerate() {
        assert_eq!(send(request).await.0, status, "row {number}");
    }
    assert_eq!(scene.tiktok.refusals().len(), count);
    assert_eq!(scene.tiktok.tasks()[0].size_bytes, 0);
    assert_eq!(send(scene.chunk(&url, FIRST, bytes())).await.0, 206);
    assert_eq!(scene.tiktok.tasks()[0].publish_id, id);
}

#[tokio::test]
async fn a_stored_range_is_refused_again_unless_switched() {
    let scene = Scene::open().await;
    let (_, _, url) = opened(&scene).await;
    let (first, rest) = (vec![7; 5_000_000], vec![7; 6_000_000]);
    assert_eq!(send(scene.chunk(&url, FIRST, first.clone())).await.0, 206);
    assert_eq!(send(scene.chunk(&url, FIRST, first.clone())).await.0, 416);
    scene.tiktok.change_rules(|rules| rules.stored_range_is_taken_again = true);
    assert_eq!(send(scene.chunk(&url, FIRST, first)).await.0, 206);
    assert_eq!(send(scene.chunk(&url, REST, rest.clone())).await.0, 201);
    assert_eq!(send(scene.chunk(&url, REST, rest)).await.0, 201);
    assert_eq!(scene.tiktok.ledger().len(), 1);
    assert_eq!(scene.tiktok.refusals(), [], "sending a range again is what TikTok advises");
}

#[tokio::test]
async fn an_upload_address_lives_one_hour_and_only_as_given() {
    let scene = Scene::open().await;
    let (_, _, url) = opened(&scene).await;
    let bytes = || vec![7; 5_000_000];
    assert_eq!(send(scene.chunk(&format!("{url}0"), FIRST, bytes())).await.0, 404);
    assert_eq!(send(scene.chunk(url.split_once('?').unwrap().0, FIRST, bytes())).await.0, 404);
    scene.wait(3_600);
    assert_eq!(send(scene.chunk(&url, FIRST, bytes())).await.0, 403);
    assert_eq!(scene.tiktok.ledger(), []);
}

#[tokio::test]
async fn a_token_sent_to_the_upload_host_is_remembered() {
    let scene = Scene::open().await;
    let (token, _, url) = opened(&scene).await;
    let request = scene.chunk(&url, FIRST, vec![7; 5_000_000]).bearer_auth(&token);
    assert_eq!(send(request).await.0, 206);
    assert_eq!(scene.tiktok.refusals().len(), 1);
    assert!(!serde_json::to_string(&scene.tiktok.journal()).unwrap().contains(&token));
}

#[tokio::test]
async fn the_documented_example_is_taken_and_the_last_chunk_carries_the_remainder() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let sized = |size: usize, chunk: usize, count: usize| json!({"post_info": public(), "source_info": {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": chunk, "total_chunk_count": count}});
    assert_eq!(code_of(&scene.init(&token, &sized(50_000_123, 10_000_000, 5)).await), (200, "ok"));
    let (_, body) = scene.init(&token, &sized(15_000_123, 5_000_000, 3)).await;
    let url = body["data"]["upload_url"].as_str().unwrap();
    let mut statuses = Vec::new();
    for (first, last) in [(0, 4_999_999), (5_000_000, 9_999_999), (10_000_000, 15_000_122)] {
        let range = format!("bytes {first}-{last}/15000123");
        statuses.push(send(scene.chunk(url, &range, vec![7; last + 1 - first])).await.0);
    }
    assert_eq!(statuses, [206, 206, 201]);
}

#[tokio::test]
async fn a_short_video_can_be_watched_on_the_sandbox_page() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let id = scene.posts(&token, &public(), b"a very short film").await;
    let answer = scene.http.get(format!("{}/__sandbox/video/{id}", scene.tiktok.base_url())).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "video/mp4");
    assert_eq!(answer.bytes().await.unwrap(), "a very short film");
    let posts = scene.http.get(format!("{}/__sandbox/posts", scene.tiktok.base_url())).send().await.unwrap();
    let posts: Value = posts.json().await.unwrap();
    assert_eq!(posts[0]["publish_id"], json!(id));
}
