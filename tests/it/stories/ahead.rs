//! Uploaded ahead: the bytes set out before the due time, and only the last of them waits for it.

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::Posted;

use crate::studio::{Account, Post, Studio, padded, text_of};

const AHEAD: [(&str, &str); 1] = [("GREENROOM_SCHEDULING__PRECOMMIT", "true")];

/// Two chunks: the first leaves ahead, the second at the due time.
const SIZE: usize = 12_000_000;

/// A time of the second day, in UTC; the team's clocks are an hour ahead.
fn utc(hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 26, hour, minute, 0).single().unwrap()
}

async fn approved(studio: &Studio) -> (Account, Post) {
    studio.has_approved(SIZE).await
}

fn only_task(studio: &Studio) -> Posted {
    let tasks = studio.tiktok.tasks();
    assert_eq!(tasks.len(), 1, "{tasks:#?}");
    tasks[0].clone()
}

fn card(studio: &Studio, post: &Post) -> String {
    text_of(&studio.discord.message(studio.card(post)).unwrap())
}

#[tokio::test]
async fn all_but_the_last_bytes_are_there_before_the_due_time_and_those_leave_at_it() {
    let studio = Studio::open_with(&AHEAD).await;
    let (cafe, post) = approved(&studio).await;

    studio.clock_reaches("tomorrow 17:59").await;
    let waiting = only_task(&studio);
    assert!(waiting.opened_at < utc(17, 0) && waiting.size_bytes > 5_000_000, "{waiting:#?}");
    assert_eq!(waiting.committed_at, None, "the last chunk waits");
    let said = card(&studio, &post);
    assert!(said.contains("scheduled") && said.contains("can still be changed or stopped"), "{said}");

    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    assert_eq!(only_task(&studio).committed_at, Some(utc(17, 0)));
    studio.closes().await;
}

#[tokio::test]
async fn what_waits_at_tiktok_can_be_stopped_until_its_time() {
    let studio = Studio::open_with(&AHEAD).await;
    let (cafe, post) = approved(&studio).await;

    studio.clock_reaches("tomorrow 17:59").await;
    studio.member("mia").withdraws(&post).await;
    studio.clock_reaches("tomorrow 08:00").await;

    cafe.has_published(0);
    assert_eq!(only_task(&studio).committed_at, None);
    let said = card(&studio, &post);
    assert!(said.contains("withdrawn"), "{said}");
    studio.closes().await;
}

#[tokio::test]
async fn a_death_while_the_last_bytes_wait_goes_on_with_the_same_upload() {
    let mut studio = Studio::open_with(&AHEAD).await;
    let (cafe, _) = approved(&studio).await;

    studio.clock_reaches("tomorrow 17:59").await;
    studio.dies().await;
    studio.starts().await;
    studio.clock_reaches("18:05").await;

    cafe.has_published(1);
    assert_eq!(only_task(&studio).committed_at, Some(utc(17, 0)));
    studio.closes().await;
}

#[tokio::test]
async fn what_waited_at_tiktok_through_an_outage_is_held() {
    let mut studio = Studio::open_with(&AHEAD).await;
    let (cafe, post) = approved(&studio).await;

    studio.clock_reaches("tomorrow 17:59").await;
    studio.stops().await;
    studio.clock.set(utc(17, 20));
    studio.starts().await;
    studio.settles().await;
    let said = card(&studio, &post);
    assert!(said.contains("held"), "{said}");
    studio.clock_reaches("tomorrow 08:00").await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn a_clock_that_jumps_while_the_last_bytes_wait_does_not_send_them_early() {
    let studio = Studio::open_with(&AHEAD).await;
    let (cafe, _) = approved(&studio).await;

    studio.clock_reaches("tomorrow 17:58").await;
    studio.clock.jump(TimeDelta::minutes(40));
    studio.time_passes(TimeDelta::seconds(30)).await;
    cafe.has_published(0);
    assert_eq!(only_task(&studio).committed_at, None, "by TikTok's clock it is not due");
    studio.clock.jump(-TimeDelta::minutes(40));
    studio.time_passes(TimeDelta::minutes(6)).await;
    cafe.has_published(1);
    assert!(only_task(&studio).committed_at >= Some(utc(17, 0)));
    studio.closes().await;
}

#[tokio::test]
async fn two_posts_that_wait_at_tiktok_leave_in_their_order() {
    let studio = Studio::open_with(&AHEAD).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    for (caption, at) in [("second", "tomorrow 18:01"), ("first", "tomorrow 18:00")] {
        let mia = studio.member("mia");
        let post = mia.schedules("latte.mp4").with(padded(SIZE)).caption(caption).at(at).on(&cafe).await;
        studio.reviewer("rui").approves(&post).await;
    }
    studio.clock_reaches("tomorrow 17:59").await;
    // The last bytes of the first do not get through for a while.
    studio.tiktok.arm(Fault::next("upload", Trouble::ServerError { status: 503 }).times(3));
    studio.clock_reaches("18:20").await;
    let mut out = studio.tiktok.ledger();
    out.sort_by_key(|one| one.committed_at);
    let captions: Vec<_> = out.iter().map(|one| one.caption.as_str()).collect();
    assert_eq!(captions, ["first", "second"]);
    studio.closes().await;
}
