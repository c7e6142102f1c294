//! The limits of an account: people are told while they schedule, posts are moved on when it happens anyway, and neither
//! a restart nor a rush makes more of them than is allowed.

use chrono::TimeDelta;
use serde_json::json;

use crate::studio::{Account, Post, Studio, client, link_in, text_of};

/// Approved posts of Mia's, the first due then and the others that many minutes apart; time passes while she composes.
async fn approved(studio: &Studio, cafe: &Account, count: i64, apart: i64) -> Vec<Post> {
    let mut posts = Vec::new();
    for index in 0..count {
        let minutes = 12 * 60 + index * apart;
        let due = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let post =
            studio.member("mia").schedules("latte.mp4").caption(&format!("Latte {index}")).at(&due).on(cafe).await;
        studio.reviewer("rui").approves(&post).await;
        studio.time_passes(TimeDelta::seconds(10)).await;
        posts.push(post);
    }
    posts
}

/// How often that was said in the post's thread.
fn told(studio: &Studio, words: &str) -> usize {
    studio.transcript().matches(words).count()
}

#[tokio::test]
async fn the_sixteenth_post_of_a_day_is_told_moved_on_and_goes_out_when_there_is_room() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, 15, 10).await;

    let mia = studio.member("mia");
    let composer = mia.schedules("latte.mp4").caption("One more").at("14:30").on(&cafe).composes().await;
    let shown = text_of(&composer.view().original.unwrap_or_default());
    let warning = "That is the 16th post for @harbour.cafe within 24 hours; 15 are allowed. It would be moved on to \
                   Thu 26 Nov, 12:00 (Europe/Berlin).";
    assert!(shown.contains(warning), "{shown}");
    let early = mia.schedules("latte.mp4").caption("Early").at("11:30").on(&cafe).composes().await;
    let shown = text_of(&early.view().original.unwrap_or_default());
    assert!(shown.contains("With it, 16 posts for @harbour.cafe are due within 24 hours"), "{shown}");

    let last = mia.schedules("latte.mp4").caption("One more").at("14:30").on(&cafe).await;
    let card = text_of(&studio.discord.message(studio.card(&last)).unwrap());
    assert!(card.contains(warning), "{card}");
    studio.reviewer("rui").approves(&last).await;

    studio.clock_reaches("14:31").await;
    cafe.has_published(15);
    assert_eq!(told(&studio, "Moved on to"), 1);
    let card = text_of(&studio.discord.message(studio.card(&last)).unwrap());
    assert!(card.contains("Moved on: This account has had as many posts within 24 hours as are allowed."), "{card}");
    let health = text_of(&studio.person("ada").runs(&["account", "list"], &[]).await);
    assert!(health.contains("15 of 15 posts used in the last 24 hours"), "{health}");

    studio.stops().await;
    studio.starts().await;
    studio.clock_reaches("tomorrow 11:59").await;
    cafe.has_published(15);
    studio.clock_reaches("in 5m").await;
    cafe.has_published(16);
    assert_eq!(told(&studio, "Moved on to"), 1, "once is enough");
    studio.closes().await;
}

#[tokio::test]
async fn uploads_of_an_hour_are_spread_and_each_post_is_promised_a_moment_of_its_own() {
    let settings = [("GREENROOM_LIMITS__UPLOADS_PER_HOUR", "2")];
    let studio = Studio::open_with(&settings).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let posts = approved(&studio, &cafe, 4, 1).await;
    studio.clock_reaches("12:10").await;
    cafe.has_published(2);
    assert_eq!(told(&studio, "Moved on to"), 2);
    let reply = studio.member("mia").runs(&["post", "show"], &[("post", json!(posts[3].number))]).await;
    let one_oh_one = "<t:1795608060:F>";
    assert!(text_of(&reply).contains(&format!("It goes out {one_oh_one}")), "{reply:#}");
    studio.clock_reaches("13:00").await;
    studio.clock_reaches("in 30s").await;
    cafe.has_published(3);
    studio.clock_reaches("13:02").await;
    cafe.has_published(4);
    assert_eq!(told(&studio, "Moved on to"), 2);
    studio.closes().await;
}

#[tokio::test]
async fn a_rush_opens_six_uploads_in_a_minute_and_a_restart_forgets_none() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, 8, 0).await;
    studio.clock_reaches("12:00").await;
    assert_eq!(studio.tiktok.tasks().len(), 6, "a whole minute's worth at once");
    studio.stops().await;
    studio.starts().await;
    studio.settles().await;
    studio.clock_reaches("in 59s").await;
    assert_eq!(studio.tiktok.tasks().len(), 6);
    studio.clock_reaches("in 10s").await;
    assert_eq!(studio.tiktok.tasks().len(), 8);
    studio.clock_reaches("in 5m").await;
    cafe.has_published(8);
    assert_eq!(told(&studio, "Moved on to"), 0, "a short wait is nobody's concern");
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_was_moved_on_survives_trouble_at_its_new_time() {
    use greenroom::sandbox::mischief::{Fault, Trouble};
    let studio = Studio::open_with(&[("GREENROOM_LIMITS__POSTS_PER_DAY", "1")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, 2, 5).await;
    studio.clock_reaches("tomorrow 11:59").await;
    cafe.has_published(1);
    studio.tiktok.arm(Fault::next("creator_info", Trouble::ServerError { status: 503 }));
    studio.clock_reaches("in 10m").await;
    cafe.has_published(2);
    studio.closes().await;
}

#[tokio::test]
async fn more_submissions_than_a_day_is_meant_for_are_told() {
    let studio = Studio::open_with(&[("GREENROOM_LIMITS__SCHEDULED_PER_DAY", "1")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let first = mia.schedules("latte.mp4").on(&cafe).await;
    let second = mia.schedules("latte.mp4").at("fri 18:00").on(&cafe).await;
    let card = |post| text_of(&studio.discord.message(studio.card(post)).unwrap());
    let warning = "That is the 2nd post submitted for @harbour.cafe within 24 hours; 1 is allowed.";
    assert!(!card(&first).contains("submitted for"));
    assert!(card(&second).contains(warning), "{}", card(&second));
    mia.changes_caption(&second, "Saturday latte").await;
    assert!(!card(&second).contains(warning), "an edit is no new submission");
    studio.closes().await;
}

#[tokio::test]
async fn the_sixth_draft_of_a_day_waits_until_tiktok_takes_another() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[("delivery", json!("draft"))]).await;
    let back = studio.tiktok.consent_to_all(&link_in(&reply).unwrap(), "harbour.cafe").unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for hour in 12..17 {
        let post = mia.schedules("latte.mp4").at(&format!("{hour}:00")).visible_to("SELF_ONLY").await;
        rui.approves(&post).await;
    }
    let sixth = mia.schedules("latte.mp4").at("17:00").visible_to("SELF_ONLY").await;
    rui.approves(&sixth).await;
    let card = text_of(&studio.discord.message(studio.card(&sixth)).unwrap());
    assert!(card.contains("That is the 6th post for @harbour.cafe within 24 hours; TikTok takes 5 drafts."), "{card}");
    studio.clock_reaches("17:10").await;
    assert_eq!(studio.tiktok.tasks().len(), 5);
    assert_eq!(told(&studio, "as many drafts within 24 hours as TikTok takes. It goes out then by itself"), 1);
    let health = text_of(&studio.person("ada").runs(&["account", "list"], &[]).await);
    assert!(health.contains("5 of 5 drafts used in the last 24 hours"), "{health}");
    studio.clock_reaches("tomorrow 12:05").await;
    assert_eq!(studio.tiktok.tasks().len(), 6);
    studio.closes().await;
}
