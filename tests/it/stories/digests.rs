//! The morning after: once a day, at the team's own time, with numbers that are really known.

use serde_json::{Value, json};

use crate::studio::{Studio, text_of};

fn digests(studio: &Studio) -> Vec<Value> {
    studio.discord.messages("digest").into_iter().filter(|message| !message["embeds"][0].is_null()).collect()
}

#[tokio::test]
async fn the_next_morning_the_channel_sees_how_it_did() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("fri 09:05").await;
    studio.clock_reaches("sat 09:05").await;

    let told = digests(&studio);
    assert_eq!(told.len(), 3, "Thursday, Friday and Saturday: {told:#?}");
    let chart = told[2]["attachments"][0]["id"].as_str().and_then(|id| id.parse().ok()).expect("a chart");
    assert!(studio.discord.file(chart).expect("the chart's bytes").starts_with(b"\x89PNG"));
    insta::assert_snapshot!(studio.discord.transcript("digest"));
    studio.closes().await;
}

#[tokio::test]
async fn a_restart_does_not_tell_the_day_twice() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.clock_reaches("tomorrow 09:00").await;
    let before = digests(&studio).len();
    studio.stops().await;
    studio.starts().await;
    studio.clock_reaches("10:00").await;
    assert_eq!(digests(&studio).len(), before);
    assert_eq!(before, 1);
    studio.closes().await;
}

#[tokio::test]
async fn the_hour_follows_the_clock_of_the_team() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let ada = studio.person("ada");
    ada.runs(&["setup"], &[("timezone", json!("America/New_York")), ("digest_time", json!("07:30"))]).await;
    // 07:30 in New York is 13:30 in Berlin.
    studio.clock_reaches("2026-11-25 13:29").await;
    assert_eq!(digests(&studio).len(), 0);
    studio.clock_reaches("2026-11-25 13:30").await;
    assert_eq!(digests(&studio).len(), 1);
    studio.closes().await;
}

#[tokio::test]
async fn anybody_can_look_at_the_digest_before() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let reply = studio.person("noa").runs(&["digest"], &[]).await;
    assert!(text_of(&reply).contains("harbour.cafe"), "{reply:#}");
    assert_eq!(digests(&studio).len(), 0, "looking is not telling");
    studio.closes().await;
}
