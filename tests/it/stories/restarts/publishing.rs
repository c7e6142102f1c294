//! Dead at the n-th call to TikTok of a post's life, for every n, before the call had its effect and after: one video.

use std::collections::BTreeSet;

use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::Posted;
use sha2::{Digest as _, Sha256};

use super::{all_is_told, only_card, said_in_thread};
use crate::studio::{Account, LATTE, Post, Studio, clip_path, padded};

/// What is done and nobody hears of it.
const ANSWER_LOST: Trouble = Trouble::HeldAnswer { millis: None };

/// What is not done at all.
const NEVER_BEGUN: Trouble = Trouble::Held { millis: None };

/// A post's life at TikTok is shorter than this, so a story that goes on for longer runs in circles.
const MOST_CALLS: u32 = 60;

#[tokio::test]
async fn a_death_after_any_call_to_tiktok_makes_one_video() {
    dies_at_every_call(Studio::open().await, ANSWER_LOST).await;
}

#[tokio::test]
async fn a_death_before_any_call_to_tiktok_makes_one_video() {
    dies_at_every_call(Studio::open().await, NEVER_BEGUN).await;
}

#[tokio::test]
async fn a_death_after_any_call_to_tiktok_makes_one_video_on_postgres() {
    if let Some(studio) = super::postgres().await {
        dies_at_every_call(studio, ANSWER_LOST).await;
    }
}

#[tokio::test]
async fn a_death_before_any_call_to_tiktok_makes_one_video_on_postgres() {
    if let Some(studio) = super::postgres().await {
        dies_at_every_call(studio, NEVER_BEGUN).await;
    }
}

#[tokio::test]
async fn a_death_between_chunks_goes_on_with_the_same_upload() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    // Seventy megabytes are seven chunks: the fourth is one of many, the seventh is the point of no return.
    let bytes = padded(70_000_000);
    for (number, (chunk, trouble)) in [(4, ANSWER_LOST), (7, ANSWER_LOST), (7, NEVER_BEGUN)].into_iter().enumerate() {
        let caption = format!("dies at chunk {chunk}, {number}");
        let post = approved(&studio, &cafe, &caption, Some(bytes.clone())).await;
        let fault = Fault::next("upload", trouble).after(chunk - 1);
        assert!(dies_at(&mut studio, fault).await.is_some(), "there are seven chunks");
        studio.clock_reaches("tomorrow 08:00").await;
        lets_go(&studio).await;
        is_out_once(&studio, &cafe, &post, &caption, &bytes).await;
        assert_eq!(with_caption(studio.tiktok.tasks(), &caption).len(), 1, "the upload that was begun is finished");
    }
    studio.closes().await;
}

/// One post for each call, one day for each post.
async fn dies_at_every_call(mut studio: Studio, trouble: Trouble) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let bytes = std::fs::read(clip_path(LATTE)).unwrap();
    let mut calls: Vec<String> = Vec::new();
    for place in 0..MOST_CALLS {
        let caption = format!("dies at call {place}");
        let post = approved(&studio, &cafe, &caption, None).await;
        let died_at = dies_at(&mut studio, Fault::next("any", trouble.clone()).after(place)).await;
        studio.clock_reaches("tomorrow 08:00").await;
        lets_go(&studio).await;
        if died_at.as_deref() == Some("token") && trouble == ANSWER_LOST {
            comes_back_without_a_token(&studio, &cafe, &post).await;
        }
        is_out_once(&studio, &cafe, &post, &caption, &bytes).await;
        match died_at {
            Some(call) => calls.push(call),
            None => break,
        }
    }
    let kinds: BTreeSet<&str> = calls.iter().map(String::as_str).collect();
    assert_eq!(kinds, BTreeSet::from(["creator_info", "status", "token", "upload", "video_init"]), "{calls:?}");
    cafe.has_published(calls.len() + 1);
    studio.closes().await;
}

/// A post for this evening, before anything is done for it: its tokens are renewed ten minutes ahead.
async fn approved(studio: &Studio, cafe: &Account, caption: &str, bytes: Option<Vec<u8>>) -> Post {
    let mia = studio.member("mia");
    let clip = mia.schedules("latte.mp4").caption(caption).at("18:00").on(cafe);
    let post = match bytes {
        Some(bytes) => clip.with(bytes).await,
        None => clip.await,
    };
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("17:45").await;
    post
}

/// Lets time pass until a call meets this fault; there the program dies and is started again. Gives back which call that
/// was, if there was one.
async fn dies_at(studio: &mut Studio, fault: Fault) -> Option<String> {
    studio.tiktok.arm(fault);
    let tiktok = studio.tiktok.clone();
    tokio::select! {
        biased;
        () = tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("tomorrow 08:00") => return None,
    }
    studio.dies().await;
    let journal = studio.tiktok.journal();
    let call = journal.iter().rfind(|entry| entry.fault.is_some()).map(|entry| entry.endpoint.clone());
    studio.starts().await;
    studio.has_reconciled().await;
    call
}

/// The dead program's call ends too.
async fn lets_go(studio: &Studio) {
    studio.tiktok.mischief().clear();
    studio.tiktok.mischief().until_none_held().await;
}

/// The new tokens died with the program and TikTok no longer knows the old one: nothing goes out, people are told, and a
/// manager mends it. By then it is late, so the author decides.
async fn comes_back_without_a_token(studio: &Studio, cafe: &Account, post: &Post) {
    let card = crate::studio::text_of(&only_card(studio, post));
    assert!(card.contains(&format!("#{} · scheduled", post.number)), "{card}");
    assert!(card.contains("no longer connected"), "{card}");
    studio.connects_account(&cafe.name).await;
    studio.member("mia").presses(studio.card(post), "Publish now").await;
    studio.clock_reaches("08:30").await;
}

/// Exactly one video, exactly as it was approved, and everybody knows.
async fn is_out_once(studio: &Studio, cafe: &Account, post: &Post, caption: &str, bytes: &[u8]) {
    all_is_told(studio).await;
    let out = with_caption(cafe.published(), caption);
    let [video] = &out[..] else { panic!("`{caption}`: one video, not {out:#?}\n{}", studio.transcript()) };
    assert_eq!(video.sha256, hex::encode(Sha256::digest(bytes)), "{caption}");
    assert_eq!(with_caption(studio.tiktok.ledger(), caption).len(), 1, "{caption}: nothing else can become a video");
    let card = crate::studio::text_of(&only_card(studio, post));
    assert!(card.contains(&format!("#{} · published", post.number)), "{caption}: {card}");
    assert_eq!(said_in_thread(studio, post, "It is on TikTok"), 1, "{caption}");
}

fn with_caption(all: Vec<Posted>, caption: &str) -> Vec<Posted> {
    all.into_iter().filter(|one| one.caption == caption).collect()
}
