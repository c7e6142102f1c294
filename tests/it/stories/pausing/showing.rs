//! While publishing is paused, everybody sees it wherever posts are shown.

use chrono::TimeDelta;
use serde_json::json;

use super::{approved, card, runs};
use crate::studio::{Studio, text_of};

#[tokio::test]
async fn a_pause_is_seen_wherever_posts_are_shown() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let scheduled = approved(&studio, &cafe, "Friday latte", "tomorrow 18:00").await;
    let in_review = studio.member("mia").schedules("latte.mp4").at("tomorrow 19:00").on(&cafe).await;
    let mia = studio.member("mia");
    let draft = mia.schedules("latte.mp4").at("tomorrow 20:00").on(&cafe);
    runs(&studio.reviewer("rui"), "pause", Some(&cafe), Some("wrong price")).await;
    studio.settles().await;

    for path in ["queue", "account list", "post show"] {
        let options: &[_] = if path == "post show" { &[("post", json!(scheduled.number))] } else { &[] };
        let words: Vec<&str> = path.split(' ').collect();
        let told = text_of(&mia.runs(&words, options).await);
        assert!(told.contains("⏸️") && told.contains("wrong price"), "/{path}: {told}");
    }
    let told = text_of(&draft.composes().await.view().original.unwrap());
    assert!(told.contains("is paused by rui") && told.contains("wrong price"), "{told}");
    for post in [&scheduled, &in_review] {
        assert!(card(&studio, post).contains("wrong price"), "{}", card(&studio, post));
    }
    studio.clock_reaches("tomorrow 09:30").await;
    let digest = studio.discord.transcript("digest");
    assert!(digest.contains("paused. Nothing goes out until somebody runs `/resume`"), "{digest}");

    runs(&studio.reviewer("rui"), "resume", Some(&cafe), Some("mended")).await;
    studio.settles().await;
    for post in [&scheduled, &in_review] {
        assert!(!card(&studio, post).contains("wrong price"), "{}", card(&studio, post));
    }
    assert!(!text_of(&mia.runs(&["queue"], &[]).await).contains("⏸️"));
    studio.closes().await;
}

/// Discord takes few edits in a channel: a few cards at once, then one by one.
#[tokio::test]
async fn many_cards_are_drawn_anew_a_few_at_a_time() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mut posts = Vec::new();
    for hour in 10..18 {
        posts.push(studio.member("mia").schedules("latte.mp4").at(&format!("tomorrow {hour}:00")).on(&cafe).await);
    }
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    studio.settles().await;
    let drawn = || posts.iter().filter(|post| card(&studio, post).contains("⏸️")).count();
    assert_eq!(drawn(), 5);
    studio.time_passes(TimeDelta::seconds(2)).await;
    assert_eq!(drawn(), 6);
    studio.time_passes(TimeDelta::seconds(4)).await;
    assert_eq!(drawn(), 8);
    studio.closes().await;
}
