//! After an outage: what is a little late goes out, what is too late waits for a person, and nothing is a burst unasked.

use chrono::{DateTime, TimeZone as _, Utc};
use greenroom::sandbox::discord::Snowflake;
use greenroom::sandbox::mischief::{Fault, Trouble};
use serde_json::{Value, json};

use crate::studio::{Account, Post, Studio, id_of, padded, text_of};

/// A time of the first day, in UTC; the team's clocks are an hour ahead.
fn utc(hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, hour, minute, 0).single().unwrap()
}

/// Approved posts of Mia's, due ten minutes after each other from noon on.
async fn approved(studio: &Studio, captions: &[&str]) -> (Account, Vec<Post>) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let mut posts = Vec::new();
    for (minute, caption) in (0..60).step_by(10).zip(captions) {
        let post = mia.schedules("latte.mp4").caption(caption).at(&format!("12:{minute:02}")).on(&cafe).await;
        rui.approves(&post).await;
        posts.push(post);
    }
    (cafe, posts)
}

/// The program is away until then, starts again and does what is due.
async fn is_away_until(studio: &mut Studio, at: DateTime<Utc>) {
    studio.stops().await;
    studio.clock.set(at);
    studio.starts().await;
    studio.settles().await;
}

/// The program dies in a call to TikTok at noon, after so many of the same kind, and is back at that time.
async fn is_cut_off(studio: &mut Studio, (endpoint, after): (&str, u32), back_at: DateTime<Utc>) {
    studio.tiktok.arm(Fault::next(endpoint, Trouble::Held { millis: None }).after(after));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("12:05") => panic!("nothing is held at {endpoint}"),
    }
    studio.dies().await;
    studio.tiktok.mischief().clear();
    studio.clock.set(back_at);
    studio.starts().await;
}

/// The messages that ask what becomes of held posts.
fn questions(studio: &Studio) -> Vec<Value> {
    let asks = |message: &Value| text_of(message).contains("until then nothing is sent");
    studio.discord.messages("review").into_iter().filter(asks).collect()
}

/// The transcript without the port of this run's TikTok.
fn without_address(studio: &Studio) -> String {
    studio.transcript().replace(studio.tiktok.base_url(), "http://tiktok")
}

fn question(studio: &Studio) -> Snowflake {
    let questions = questions(studio);
    assert_eq!(questions.len(), 1, "{questions:#?}");
    id_of(&questions[0])
}

#[tokio::test]
async fn what_is_a_little_late_goes_out_when_the_program_is_back() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, &["Friday latte"]).await;
    is_away_until(&mut studio, utc(11, 10)).await;
    studio.clock_reaches("in 5m").await;
    cafe.has_published(1);
    assert!(questions(&studio).is_empty());
    studio.closes().await;
}

#[tokio::test]
async fn after_an_outage_each_late_post_waits_for_a_person() {
    let mut studio = Studio::open().await;
    let (cafe, posts) = approved(&studio, &["Early latte", "Noon latte", "Late latte"]).await;
    is_away_until(&mut studio, utc(13, 30)).await;
    studio.clock_reaches("in 1m").await;
    cafe.has_published(0);
    insta::assert_snapshot!("three_held_posts", studio.transcript());

    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let asked = question(&studio);
    rui.presses(asked, "Publish #1 now").await;
    studio.settles().await;
    assert!(text_of(&questions(&studio)[0]).contains("2 posts are held"));
    let form = mia.presses(studio.card(&posts[1]), "Move").await;
    mia.fills(&form, &[("when", "tomorrow 09:30")]).await;
    rui.presses(asked, "Withdraw #3").await;
    studio.settles().await;
    assert!(text_of(&studio.discord.message(asked).unwrap()).contains("Nothing is held any more"));
    studio.clock_reaches("in 10m").await;
    cafe.has_published(1);
    assert_eq!(cafe.published()[0].caption, "Early latte");

    studio.reviewer("rui").approves(&posts[1]).await;
    studio.clock_reaches("tomorrow 09:35").await;
    cafe.has_published(2);
    insta::assert_snapshot!("one_published_one_moved_one_withdrawn", without_address(&studio));
    studio.closes().await;
}

#[tokio::test]
async fn one_press_publishes_everything_that_is_held() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, &["One", "Two", "Three", "Four", "Five"]).await;
    is_away_until(&mut studio, utc(13, 30)).await;
    studio.clock_reaches("in 1m").await;
    let asked = question(&studio);
    let seen = text_of(&studio.member("noa").presses(asked, "Look at each").await.reply().await.unwrap());
    assert!(seen.contains("**#1**") && seen.contains("**#5**"), "{seen}");
    let told = text_of(&studio.member("noa").presses(asked, "Publish all now").await.reply().await.unwrap());
    assert!(told.contains("Only its author, a reviewer or a manager"), "{told}");
    cafe.has_published(0);

    studio.reviewer("rui").presses(asked, "Publish all now").await;
    studio.settles().await;
    let left = text_of(&studio.discord.message(asked).unwrap());
    assert!(left.contains("Nothing is held any more"), "{left}");
    studio.clock_reaches("in 10m").await;
    cafe.has_published(5);
    studio.closes().await;
}

#[tokio::test]
async fn a_held_post_that_is_edited_needs_a_new_approval() {
    let mut studio = Studio::open().await;
    let (cafe, posts) = approved(&studio, &["Friday latte"]).await;
    is_away_until(&mut studio, utc(13, 0)).await;
    studio.clock_reaches("in 1m").await;
    let card = studio.card(&posts[0]);

    let mia = studio.member("mia");
    let form = mia.asks(&["post", "edit"], &[("post", json!(posts[0].number))], &[]).await;
    mia.fills(&form, &[("caption", "Late latte"), ("when", "15:00")]).await.reply().await.unwrap();
    let told = studio.reviewer("rui").presses(question(&studio), "Publish #1 now").await.reply().await.unwrap();
    assert!(text_of(&told).contains("cancelled"), "{told:#}");
    studio.settles().await;
    assert_ne!(studio.card(&posts[0]), card, "an edit makes a new card");
    assert!(questions(&studio).is_empty(), "nothing is left to decide");
    studio.clock_reaches("14:55").await;
    cafe.has_published(0);
    studio.reviewer("rui").approves(&posts[0]).await;
    studio.clock_reaches("15:05").await;
    cafe.has_published(1);
    assert_eq!(cafe.published()[0].caption, "Late latte");
    studio.closes().await;
}

#[tokio::test]
async fn a_restart_does_not_ask_about_an_outage_twice() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, &["Early latte", "Noon latte"]).await;
    is_away_until(&mut studio, utc(13, 0)).await;
    // Stopped before anybody was asked, and once more afterwards.
    is_away_until(&mut studio, utc(13, 1)).await;
    assert_eq!(questions(&studio).len(), 1);
    is_away_until(&mut studio, utc(18, 0)).await;
    studio.clock_reaches("in 1h").await;
    assert_eq!(questions(&studio).len(), 1);
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn what_a_person_released_goes_out_when_the_program_is_back_in_time() {
    let mut studio = Studio::open().await;
    let (cafe, posts) = approved(&studio, &["Friday latte"]).await;
    is_away_until(&mut studio, utc(13, 0)).await;
    let mia = studio.member("mia");
    let told = mia.presses(studio.card(&posts[0]), "Publish now").await.reply().await.unwrap();
    assert!(text_of(&told).contains("published now"), "{told:#}");
    is_away_until(&mut studio, utc(13, 10)).await;
    studio.clock_reaches("in 10m").await;
    cafe.has_published(1);
    assert!(questions(&studio).is_empty(), "somebody had decided before anybody was asked");
    studio.closes().await;
}

#[tokio::test]
async fn what_waited_for_another_try_through_a_long_outage_is_held() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, &["Friday latte"]).await;
    studio.tiktok.arm(Fault::next("video_init", Trouble::ServerError { status: 503 }));
    studio.clock_reaches("12:00").await;
    cafe.has_published(0);
    is_away_until(&mut studio, utc(15, 0)).await;
    studio.clock_reaches("in 10m").await;
    cafe.has_published(0);
    assert_eq!(questions(&studio).len(), 1, "hours later nothing goes out unasked");
    studio.closes().await;
}

#[tokio::test]
async fn a_try_that_was_cut_off_and_left_alone_for_hours_waits_for_a_person() {
    // Cut off while its upload is opened, and in the middle of the bytes; by then the address has ended.
    for (endpoint, before) in [("video_init", 0), ("upload", 2)] {
        let mut studio = Studio::open().await;
        let cafe = studio.connects_account("harbour.cafe").await;
        studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
        let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
        let post = mia.schedules("latte.mp4").with(padded(70_000_000)).at("12:00").on(&cafe).await;
        rui.approves(&post).await;
        is_cut_off(&mut studio, (endpoint, before), utc(15, 0)).await;
        studio.clock_reaches("in 10m").await;
        cafe.has_published(0);
        studio.reviewer("rui").presses(question(&studio), "Publish #1 now").await;
        studio.clock_reaches("in 10m").await;
        cafe.has_published(1);
        studio.closes().await;
    }
}

#[tokio::test]
async fn a_try_that_was_cut_off_for_a_moment_goes_on_by_itself() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, &["Friday latte"]).await;
    is_cut_off(&mut studio, ("video_init", 0), utc(11, 10)).await;
    studio.clock_reaches("in 10m").await;
    cafe.has_published(1);
    assert!(questions(&studio).is_empty());
    studio.closes().await;
}

#[tokio::test]
async fn how_late_is_too_late_is_a_setting() {
    let mut studio = Studio::open_with(&[("GREENROOM_SCHEDULING__LATE_AFTER", "3h")]).await;
    let (cafe, _) = approved(&studio, &["Friday latte"]).await;
    is_away_until(&mut studio, utc(13, 30)).await;
    studio.clock_reaches("in 10m").await;
    cafe.has_published(1);
    studio.closes().await;
}
