//! The same through the whole product, where the lives meet tokens, bytes and loops.

use std::time::Duration;

use greenroom::domain::clock::{PushedClock, SharedClock};
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::scheduler::wake;
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::given::at;
use crate::studio::{Studio, client, link_in};

#[tokio::test]
async fn an_account_that_was_disconnected_can_be_connected_again() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["account", "disconnect"], &[("account", json!("harbour.cafe"))]).await;
    studio.settles().await;
    studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 19:00").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_draft_goes_out_although_its_token_has_just_ended() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[("delivery", json!("draft"))]).await;
    let link = link_in(&reply).expect("a link to TikTok");
    let back = studio.tiktok.consent_to_all(&link, "harbour.cafe").unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    studio.settles().await;
    let post = studio.member("mia").schedules("latte.mp4").visible_to("SELF_ONLY").at("tomorrow 18:00").await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.tiktok.arm(Fault::next("inbox_init", Trouble::RevokeToken));
    studio.clock_reaches("18:00").await;
    let said = studio.transcript();
    assert!(said.contains("inbox"), "{said}");
    studio.closes().await;
}

#[tokio::test]
async fn a_video_whose_bytes_are_gone_is_told_and_not_tried_for_ever() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    let flows = studio.program().flows();
    let kept = flows.store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    let video = flows.store.video(kept.video).await.unwrap().unwrap();
    flows.media.delete(&video.key).await.unwrap();
    studio.clock_reaches("tomorrow 19:00").await;
    cafe.has_published(0);
    let publication = flows.store.publication_of(kept.id).await.unwrap().unwrap();
    assert_eq!(publication.stage(), greenroom::domain::publication::PublicationStage::Failed);
    assert!(studio.transcript().contains("no longer the one that was approved"), "{}", studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_try_that_has_to_be_repeated_is_no_longer_shown_as_publishing() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.tiktok.arm(Fault::next("video_init", Trouble::ServerError { status: 503 }));
    studio.clock_reaches("18:00").await;
    let card = studio.discord.message(studio.card(&post)).unwrap().to_string();
    assert!(!card.to_lowercase().contains("publishing"), "{card}");
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_row_that_stays_due_does_not_make_a_loop_spin() {
    let clock: SharedClock = PushedClock::standing(at(60));
    let (nudge, stop) = (Notify::new(), CancellationToken::new());
    let spun = async {
        wake::until(&clock, Some(at(0)), wake::AFTER_NOTHING, &nudge, &stop).await;
        wake::until(&clock, Some(at(0)), wake::AFTER_NOTHING, &nudge, &stop).await;
    };
    assert!(tokio::time::timeout(Duration::from_millis(150), spun).await.is_err(), "it rests between two looks");
}
