//! Watching a video that is too large for Discord.

use chrono::TimeDelta;
use reqwest::header::{HeaderMap, HeaderName, RANGE};
use reqwest::{Method, StatusCode};
use sha2::{Digest as _, Sha256};

use super::{at, get};
use crate::studio::{Account, Post, Studio, client, link_in, padded, text_of};

const PUBLIC: &str = "https://greenroom.example/";
const SIZE: usize = 11_000_000;

/// A team whose video does not fit into a Discord message.
async fn opens() -> (Studio, Account, Post, Vec<u8>) {
    let studio = Studio::open_with(&[("GREENROOM_WEB__PUBLIC_URL", PUBLIC)]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let bytes = padded(SIZE);
    let post = studio.member("mia").schedules("latte.mp4").with(bytes.clone()).at("tomorrow 18:00").on(&cafe).await;
    (studio, cafe, post, bytes)
}

/// The path of the link on a post's card.
fn path_on_card(studio: &Studio, post: &Post) -> String {
    let card = studio.discord.message(studio.card(post)).unwrap();
    let link = link_in(&card).expect("a link on the card");
    format!("/{}", link.strip_prefix(PUBLIC).expect("a link to us"))
}

async fn part(studio: &Studio, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect();
    let answer = client().get(at(studio, path)).headers(headers).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    (status, headers, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_video_too_large_for_discord_is_watched_behind_a_signed_link() {
    let (studio, cafe, post, bytes) = opens().await;
    let card = studio.discord.message(studio.card(&post)).unwrap();
    assert!(card["attachments"].as_array().is_none_or(Vec::is_empty), "{card:#}");
    assert!(text_of(&card).contains("opens exactly the video of this fingerprint"), "{}", text_of(&card));
    let path = path_on_card(&studio, &post);
    let page = get(&studio, &path).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    let link = path.strip_prefix("/preview/").unwrap();
    assert!(
        page.contains(&format!("<video controls playsinline preload=\"metadata\" src=\"{link}/video\">")),
        "{page}"
    );
    assert!(page.contains("Post #1") && page.contains("fingerprint "), "{page}");

    let (status, headers, whole) = part(&studio, &format!("{path}/video"), &[]).await;
    assert_eq!((status, whole.len()), (StatusCode::OK, SIZE));
    assert_eq!(Sha256::digest(&whole), Sha256::digest(&bytes), "exactly what would go out");
    let mark = format!("\"{}\"", hex::encode(Sha256::digest(&bytes)));
    for (name, value) in [
        ("content-type", "video/mp4"),
        ("accept-ranges", "bytes"),
        ("content-disposition", "inline; filename=\"post-1.mp4\""),
        ("content-length", "11000000"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("etag", &mark),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }

    studio.reviewer("rui").approves(&post).await;
    assert_eq!(get(&studio, &path_on_card(&studio, &post)).await.status(), StatusCode::OK, "the card was drawn anew");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    assert_eq!(cafe.published()[0].sha256, hex::encode(Sha256::digest(&bytes)));
    studio.closes().await;
}

#[tokio::test]
async fn a_player_gets_the_parts_it_asks_for() {
    let (studio, _, post, bytes) = opens().await;
    let path = format!("{}/video", path_on_card(&studio, &post));
    let mark = format!("\"{}\"", hex::encode(Sha256::digest(&bytes)));
    let last = SIZE - 1;
    for (range, from, to) in [
        ("bytes=0-0", 0, 0),
        ("bytes=100-299999", 100, 299_999),
        ("bytes=10999990-", 10_999_990, last),
        ("bytes=-10", 10_999_990, last),
        ("bytes=10999990-99999999999", 10_999_990, last),
        ("bytes=-99999999999", 0, last),
    ] {
        for same in [&[("range", range)][..], &[("range", range), ("if-range", &mark)]] {
            let (status, headers, got) = part(&studio, &path, same).await;
            assert_eq!(status, StatusCode::PARTIAL_CONTENT, "{range}");
            assert_eq!(headers["content-range"], format!("bytes {from}-{to}/{SIZE}").as_str());
            assert!(got == bytes[from..=to], "{range}");
        }
    }
    for beyond in ["bytes=11000000-", "bytes=-0", "bytes=99999999999-999999999999"] {
        let (status, headers, _) = part(&studio, &path, &[("range", beyond)]).await;
        assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE, "{beyond}");
        assert_eq!(headers["content-range"], format!("bytes */{SIZE}").as_str());
    }
    // Of another file no part is wanted; what cannot be read is left out.
    for whole in [&[("range", "bytes=0-9"), ("if-range", "\"latte\"")][..], &[("range", "lattes=0-9")]] {
        let (status, headers, got) = part(&studio, &path, whole).await;
        assert_eq!((status, got.len(), headers.contains_key("content-range")), (StatusCode::OK, SIZE, false));
    }
    let head = client().request(Method::HEAD, at(&studio, &path)).header(RANGE, "bytes=5-9").send().await.unwrap();
    assert_eq!(
        (head.status(), &head.headers()["content-length"]),
        (StatusCode::PARTIAL_CONTENT, &"5".parse().unwrap())
    );
    studio.closes().await;
}

#[tokio::test]
async fn a_link_is_good_for_its_revision_and_its_time_only() {
    let (studio, _, post, _) = opens().await;
    let old = path_on_card(&studio, &post);
    studio.member("mia").changes_caption(&post, "Saturday latte").await;
    let present = path_on_card(&studio, &post);
    assert_ne!(old, present);
    for path in [old.clone(), format!("{old}/video")] {
        let answer = get(&studio, &path).await;
        assert_eq!(answer.status(), StatusCode::GONE);
        assert!(answer.text().await.unwrap().contains("This post has changed since"));
    }
    let mut altered = present.clone().into_bytes();
    let middle = present.len() / 2;
    altered[middle] = if altered[middle] == b'A' { b'B' } else { b'A' };
    let altered = String::from_utf8(altered).unwrap();
    for forged in [altered, format!("{present}A"), present[..present.len() - 1].to_owned()] {
        assert_eq!(get(&studio, &forged).await.status(), StatusCode::NOT_FOUND, "{forged}");
    }
    // Due tomorrow at 18:00: useful until the day after.
    studio.clock_reaches("tomorrow 18:30").await;
    studio.time_passes(TimeDelta::hours(23)).await;
    assert_eq!(get(&studio, &present).await.status(), StatusCode::OK);
    studio.time_passes(TimeDelta::minutes(30)).await;
    let answer = get(&studio, &present).await;
    assert_eq!(answer.status(), StatusCode::GONE);
    assert!(answer.text().await.unwrap().contains("This link is too old"));
    studio.closes().await;
}

#[tokio::test]
async fn a_video_that_is_gone_or_was_altered_is_not_shown() {
    let (studio, _, post, _) = opens().await;
    let path = format!("{}/video", path_on_card(&studio, &post));
    let videos = studio.program().flows().media.folder().unwrap().join(studio.workspace().to_string()).join("videos");
    let file = std::fs::read_dir(videos).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[1..]).unwrap();
    let answer = get(&studio, &path).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    std::fs::remove_file(&file).unwrap();
    let answer = get(&studio, &path).await;
    assert_eq!(answer.status(), StatusCode::GONE);
    assert!(answer.text().await.unwrap().contains("not kept any more"));
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(get(&studio, &path).await.status(), StatusCode::OK);
    studio.closes().await;
}

#[tokio::test]
async fn without_a_public_address_the_card_says_that_it_cannot_show_the_video() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let post = studio.member("mia").schedules("latte.mp4").with(padded(SIZE)).at("tomorrow 18:00").on(&cafe).await;
    let card = studio.discord.message(studio.card(&post)).unwrap();
    assert_eq!(link_in(&card), None);
    assert!(text_of(&card).contains("too large for Discord to attach"), "{}", text_of(&card));
    studio.closes().await;
}
