//! A clock that is wrong, or is put right: nothing goes out early or twice, and no address lives longer for it.

use std::time::Duration;

use chrono::TimeDelta;
use greenroom::domain::clock::Clock as _;
use greenroom::sandbox::mischief::{Fault, Trouble};

use crate::studio::{Account, Post, Studio, button, id_of, text_of};

const HOUR: TimeDelta = TimeDelta::hours(1);

async fn approved(studio: &Studio, when: &str) -> (Account, Post) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at(when).on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    (cafe, post)
}

/// So many megabytes that a player would still take for the clip.
fn large(megabytes: usize) -> Vec<u8> {
    let mut bytes = std::fs::read(crate::studio::clip_path(crate::studio::LATTE)).unwrap();
    let room = megabytes * 1024 * 1024 - bytes.len();
    bytes.extend(u32::try_from(room).unwrap().to_be_bytes());
    bytes.extend(b"free");
    bytes.resize(megabytes * 1024 * 1024, 0);
    bytes
}

fn uploads(studio: &Studio) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "upload").count()
}

fn openings(studio: &Studio) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "video_init").count()
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_publishes_nothing_early() {
    let studio = Studio::open().await;
    let (cafe, post) = approved(&studio, "in 30m").await;
    studio.clock.jump(HOUR);
    studio.settles().await;
    studio.time_passes(TimeDelta::minutes(5)).await;
    assert_eq!(openings(&studio), 0, "nothing is begun by a clock that is wrong");
    let card = text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card.contains("by TikTok's clock this is not due yet"), "{card}");
    assert!(card.contains("scheduled"), "{card}");

    studio.clock.jump(-HOUR);
    studio.time_passes(TimeDelta::minutes(24)).await;
    cafe.has_published(0);
    studio.time_passes(TimeDelta::minutes(2)).await;
    cafe.has_published(1);
    assert_eq!(openings(&studio), 1);
    let at = cafe.published()[0].committed_at;
    assert_eq!(at.map(|at| at.format("%H:%M").to_string()).as_deref(), Some("08:30"), "at its time");
    studio.closes().await;
}

#[tokio::test]
async fn a_clock_that_stays_ahead_publishes_at_tiktoks_time() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio, "in 30m").await;
    studio.clock.jump(HOUR);
    studio.time_passes(TimeDelta::minutes(28)).await;
    cafe.has_published(0);
    studio.time_passes(TimeDelta::minutes(3)).await;
    cafe.has_published(1);
    studio.clock.jump(-HOUR);
    studio.time_passes(TimeDelta::hours(3)).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_in_mid_upload_makes_one_video() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let post = studio.member("mia").schedules("latte.mp4").with(large(70)).at("in 30m").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::LostBefore).after(1));
    studio.time_passes(TimeDelta::minutes(30)).await;
    assert_eq!(openings(&studio), 1, "it rests in mid-upload");
    cafe.has_published(0);

    studio.clock.jump(-HOUR);
    studio.time_passes(TimeDelta::minutes(2)).await;
    cafe.has_published(1);
    assert_eq!(studio.tiktok.ledger().len(), 1);
    studio.time_passes(TimeDelta::hours(2)).await;
    cafe.has_published(1);
    assert_eq!(studio.tiktok.ledger().len(), 1, "not even when the hour comes again");
    studio.closes().await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_does_not_lengthen_an_address() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let post = studio.member("mia").schedules("latte.mp4").with(large(70)).at("in 30m").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::LostBefore));
    studio.time_passes(TimeDelta::minutes(30)).await;
    // Nobody looks for 56 minutes; by the wall's clock it is 26 minutes.
    studio.clock.push(Duration::from_secs(40 * 60));
    studio.clock.jump(-TimeDelta::minutes(30));
    studio.clock.push(Duration::from_secs(16 * 60));
    studio.settles().await;
    assert_eq!((openings(&studio), uploads(&studio)), (1, 1), "no byte is sent to an address that may have ended");
    // So late a person decides.
    studio.time_passes(TimeDelta::minutes(1)).await;
    let asks = |message: &serde_json::Value| button(message, "Publish #1 now").is_some();
    let asked = id_of(studio.discord.messages("review").iter().find(|message| asks(message)).expect("it is held"));
    studio.reviewer("rui").presses(asked, "Publish #1 now").await;
    studio.time_passes(TimeDelta::minutes(1)).await;
    assert_eq!(openings(&studio), 2);
    cafe.has_published(1);
    assert_eq!(studio.tiktok.ledger().len(), 1);
    studio.closes().await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_tells_and_publishes_nothing_twice() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio, "tomorrow 08:30").await;
    studio.clock_reaches("tomorrow 09:01").await;
    cafe.has_published(1);
    let digests = studio.discord.messages("digest").len();
    assert_eq!(digests, 1);
    studio.clock.jump(-HOUR);
    studio.settles().await;
    studio.time_passes(TimeDelta::hours(2)).await;
    cafe.has_published(1);
    assert_eq!(studio.tiktok.ledger().len(), 1);
    assert_eq!(studio.discord.messages("digest").len(), digests, "the day's story was told");
    studio.closes().await;
}

#[tokio::test]
async fn a_stopped_workers_post_is_rescued_in_time_after_the_clock_was_put_back() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, "in 30m").await;
    studio.time_passes(TimeDelta::minutes(29)).await;
    studio.tiktok.arm(Fault::next("creator_info", Trouble::Held { millis: None }));
    let tiktok = studio.tiktok.clone();
    tokio::select! {
        biased;
        () = tiktok.mischief().until_held() => {}
        () = studio.time_passes(TimeDelta::minutes(2)) => panic!("it is held"),
    }
    studio.dies().await;
    studio.starts().await;
    studio.has_reconciled().await;
    studio.settles().await;
    studio.clock.jump(-HOUR);
    studio.tiktok.mischief().clear();
    studio.settles().await;
    let rescued_at = studio.program().flows().store.next_wake().await.unwrap().unwrap();
    assert!(rescued_at <= studio.clock.now() + TimeDelta::seconds(30), "not an hour later: {rescued_at}");
    studio.time_passes(TimeDelta::minutes(1)).await;
    // By the wall's clock it is not due for an hour now.
    cafe.has_published(0);
    studio.time_passes(TimeDelta::minutes(61)).await;
    cafe.has_published(1);
    studio.closes().await;
}
