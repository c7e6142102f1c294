//! Accounts: connected by a personal link that works once, listed, disconnected.

use serde_json::json;

use crate::studio::{Studio, client, link_in, text_of};

#[tokio::test]
async fn a_link_works_once() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let link = link_in(&reply).expect("a link");
    let back = studio.tiktok.consent_to_all(&link, "harbour.cafe").unwrap();
    assert_eq!(client().get(back.clone()).send().await.unwrap().status(), 200);
    let again = client().get(back).send().await.unwrap();
    assert_eq!(again.status(), 400);
    assert!(again.text().await.unwrap().contains("has been used"));
    studio.closes().await;
}

#[tokio::test]
async fn a_link_is_good_for_ten_minutes() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let link = link_in(&reply).expect("a link");
    studio.clock_reaches("in 11 minutes").await;
    let back = studio.tiktok.consent_to_all(&link, "harbour.cafe").unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 400);
    let told = studio.person("mia").schedules("latte.mp4").meets_refusal().await;
    assert!(told.contains("No TikTok account is connected yet."), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_refused_consent_connects_nothing() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let back = studio.tiktok.decline(&link_in(&reply).expect("a link")).unwrap();
    let answer = client().get(back).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("cancelled"));
    studio.closes().await;
}

#[tokio::test]
async fn managers_see_how_each_account_is_doing() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.connects_account("northpier.bikes").await;
    let listed = text_of(&studio.person("ada").runs(&["account", "list"], &[]).await);
    assert!(listed.contains("harbour.cafe") && listed.contains("northpier.bikes"), "{listed}");
    insta::assert_snapshot!(listed);
    studio.closes().await;
}

#[tokio::test]
async fn with_two_accounts_one_has_to_be_named() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.connects_account("northpier.bikes").await;
    let told = studio.person("mia").schedules("latte.mp4").meets_refusal().await;
    assert!(told.contains("More than one TikTok account"), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_disconnected_account_takes_no_posts() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["account", "disconnect"], &[("account", json!("harbour.cafe"))]).await;
    studio.settles().await;
    let told = studio.person("mia").schedules("latte.mp4").meets_refusal().await;
    assert!(told.contains("No TikTok account is connected yet."), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_token_that_has_died_is_renewed_before_a_post() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("2026-12-20 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("2026-12-20 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_on_an_account_that_was_lost_waits_and_says_who_can_help() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.tiktok.disconnect("harbour.cafe");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}
