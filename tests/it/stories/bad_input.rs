//! Bad input gets a clear sentence and loses nothing.

use serde_json::json;

use crate::studio::{Studio, text_of};

#[tokio::test]
async fn a_file_tiktok_would_refuse_is_refused_at_once() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let mut said = String::new();
    for clip in [
        "bad_html_error_page.mp4",
        "bad_truncated_faststart_half.mp4",
        "tiktok_no_540x960_15s_av1.mp4",
        "tiktok_no_540x960_16s_15fps.mp4",
        "tiktok_no_320x568_15s_too_small.mp4",
        "tiktok_no_540x960_601s_too_long.mp4",
        "tiktok_no_animated.gif",
    ] {
        said.push_str(&format!("{clip}\n{}\n\n", mia.schedules(clip).meets_refusal().await));
    }
    insta::assert_snapshot!(said);
    studio.closes().await;
}

#[tokio::test]
async fn a_time_that_does_not_work_is_refused_with_one_that_does() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let mut said = String::new();
    for when in ["yesterday 18:00", "in 5 minutes", "in 40 days", "2027-03-28 02:30", "next friday 18:00", "soonish"] {
        said.push_str(&format!("{when}\n{}\n\n", mia.schedules("latte.mp4").at(when).meets_refusal().await));
    }
    insta::assert_snapshot!(said);
    studio.closes().await;
}

#[tokio::test]
async fn a_caption_is_counted_as_tiktok_counts() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let told = studio.member("mia").schedules("latte.mp4").caption(&"😀".repeat(1101)).meets_refusal().await;
    assert!(told.contains("2200") || told.contains("2,200"), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn words_of_people_ping_nobody() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let caption = "@everyone look <@&1> **bold** [x](http://evil.example)";
    let post = studio.member("mia").schedules("latte.mp4").caption(caption).on(&cafe).await;
    studio.reviewer("rui").declines(&post, "@everyone no").await;
    for ping in studio.discord.pings() {
        assert!(!ping.everyone, "{ping:?}");
    }
    studio.closes().await;
}

#[tokio::test]
async fn before_setup_everything_says_what_to_do() {
    let studio = Studio::open_bare(&[]).await;
    let told = studio.member("mia").schedules("latte.mp4").meets_refusal().await;
    assert!(told.contains("/setup"), "{told}");
    let told = text_of(&studio.member("mia").runs(&["queue"], &[]).await);
    assert!(!told.is_empty());
    let help = text_of(&studio.member("mia").runs(&["help"], &[]).await);
    assert!(help.contains("schedule"), "{help}");
    let options = [("post", json!(42))];
    let told = text_of(&studio.member("mia").runs(&["post", "show"], &options).await);
    assert!(told.contains("no such post"), "{told}");
    studio.closes().await;
}
