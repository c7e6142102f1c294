//! Who goes first: an account's posts keep their order, and nobody else's wait for them.

use std::time::Duration;

use chrono::TimeDelta;
use greenroom::app::Drive;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::Posted;

use crate::studio::{Account, Post, Studio};

/// What is to happen at once happens within moments; longer is a standstill.
const MOMENTS: Duration = crate::studio::PATIENCE;

async fn approved(studio: &Studio, account: &Account, caption: &str, at: &str) -> Post {
    let post = studio.member("mia").schedules("latte.mp4").caption(caption).at(at).on(account).await;
    studio.reviewer("rui").approves(&post).await;
    post
}

/// The captions of what TikTok has, in the order in which the last bytes arrived.
fn arrived(studio: &Studio) -> Vec<String> {
    let mut all: Vec<Posted> = studio.tiktok.ledger();
    all.sort_by_key(|one| one.committed_at);
    all.into_iter().map(|one| one.caption).collect()
}

#[tokio::test]
async fn the_posts_of_an_account_keep_their_order() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    // Handed in the other way round.
    approved(&studio, &cafe, "third", "tomorrow 18:01").await;
    approved(&studio, &cafe, "first", "tomorrow 18:00").await;
    approved(&studio, &cafe, "second", "tomorrow 18:00").await;
    studio.clock_reaches("tomorrow 17:59").await;
    // The first one's bytes do not get through for a while.
    studio.tiktok.arm(Fault::next("upload", Trouble::ServerError { status: 503 }).times(3));
    studio.clock_reaches("tomorrow 18:20").await;
    assert_eq!(arrived(&studio), ["first", "second", "third"]);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_met_trouble_does_not_hold_up_the_next() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, "unlucky", "tomorrow 18:00").await;
    approved(&studio, &cafe, "next", "tomorrow 18:00").await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.tiktok.arm(Fault::next("video_init", Trouble::ServerError { status: 503 }));
    studio.clock_reaches("tomorrow 18:20").await;
    assert_eq!(arrived(&studio), ["next", "unlucky"]);
    studio.closes().await;
}

#[tokio::test]
async fn a_slow_upload_keeps_nobody_else_waiting() {
    let mut studio = Studio::open().await;
    let (cafe, pier) =
        (studio.connects_account("harbour.cafe").await, studio.connects_account("northpier.bikes").await);
    approved(&studio, &cafe, "slow", "tomorrow 18:00").await;
    approved(&studio, &pier, "quick", "tomorrow 18:00").await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.stops().await;
    studio.starts_driven(Drive::ByItself).await;

    // Both uploads stand still at the same time, so neither waits for the other.
    studio.tiktok.arm(Fault::next("upload", Trouble::Held { millis: None }).times(2));
    studio.clock.push(Duration::from_secs(60));
    studio.program().flows().nudges.all();
    let both = studio.tiktok.mischief().until_so_many_held(2);
    tokio::time::timeout(MOMENTS, both).await.expect("both uploads are under way");
    studio.tiktok.mischief().clear();
    studio.stops().await;
    studio.starts().await;
    studio.time_passes(TimeDelta::minutes(5)).await;
    cafe.has_published(1);
    pier.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_can_be_stopped_while_its_bytes_are_on_their_way() {
    let studio = Studio::open().await;
    let (cafe, post) = studio.has_approved(70_000_000).await;
    studio.clock_reaches("tomorrow 17:59").await;

    // The third of seven chunks stands still.
    studio.tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: None }).after(2));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no third chunk"),
    }
    studio.member("mia").withdraws(&post).await;
    studio.tiktok.mischief().clear();
    studio.clock_reaches("tomorrow 08:00").await;

    cafe.has_published(0);
    let uploads = studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "upload").count();
    assert_eq!(uploads, 3, "no chunk leaves any more");
    studio.closes().await;
}

#[tokio::test]
async fn a_post_cannot_be_stopped_once_its_last_bytes_have_left() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = approved(&studio, &cafe, "too late", "tomorrow 18:00").await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: None }));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no upload"),
    }
    let told = crate::studio::text_of(&studio.member("mia").withdraws(&post).await);
    assert!(told.contains("hint:"), "{told}");
    studio.tiktok.mischief().clear();
    studio.clock_reaches("18:10").await;
    cafe.has_published(1);
    studio.closes().await;
}
