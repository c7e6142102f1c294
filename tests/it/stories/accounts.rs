//! Accounts: connected by a personal link that works once, listed, disconnected.

use greenroom::sandbox::discord::Discord;
use serde_json::{Value, json};

use crate::studio::{Person, Studio, button, client, id_of, link_in, select_offering, text_of};

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

/// Presses *Paste the address* below the link and sends an address; gives back what is said.
async fn pastes(person: &Person<'_>, reply: &Value, address: &str) -> String {
    let form = person.presses(id_of(reply), "Paste the address").await;
    text_of(&person.fills(&form, &[("address", address)]).await.reply().await.unwrap())
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_pasted() {
    let studio = Studio::open().await;
    let ada = studio.person("ada");
    let reply = ada.runs(&["account", "connect"], &[]).await;
    let link = link_in(&reply).expect("a link");
    assert!(link.contains("code_challenge="), "{link}");
    let back = studio.tiktok.consent_to_all(&link, "harbour.cafe").unwrap().to_string();

    for nonsense in ["latte", "http://127.0.0.1:1/oauth/tiktok/callback", "https://www.tiktok.com/?code=only"] {
        let told = pastes(&ada, &reply, nonsense).await;
        assert!(told.contains("not the address TikTok sent you back to") && told.contains("hint:"), "{told}");
    }
    // The address bar of some browsers hides the scheme.
    let told = pastes(&ada, &reply, &format!(" {}\n", back.trim_start_matches("http://"))).await;
    assert!(told.contains("connected the TikTok account"), "{told}");
    let told = pastes(&ada, &reply, &back).await;
    assert!(told.contains("has been used"), "{told}");
    studio.settles().await;
    let cafe = "harbour.cafe";
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    assert_eq!(studio.tiktok.published(cafe).len(), 1);
    studio.closes().await;
}

#[tokio::test]
async fn an_address_is_good_for_whoever_asked_for_it() {
    let studio = Studio::open().await;
    studio.discord.add_member("eve", &["Manager"]);
    let (ada, eve) = (studio.person("ada"), studio.person("eve"));
    let (hers, other) = (ada.runs(&["account", "connect"], &[]).await, eve.runs(&["account", "connect"], &[]).await);
    let back = studio.tiktok.consent_to_all(&link_in(&hers).expect("a link"), "harbour.cafe").unwrap().to_string();
    let told = pastes(&eve, &other, &back).await;
    assert!(told.contains("made for somebody else"), "{told}");
    let told = pastes(&ada, &hers, &back).await;
    assert!(told.contains("connected the TikTok account"), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn what_was_not_granted_is_said_with_what_it_means() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let scopes = ["user.info.basic", "user.info.profile", "video.upload"];
    let back = studio.tiktok.consent(&link_in(&reply).expect("a link"), "harbour.cafe", &scopes).unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    studio.settles().await;
    let told = studio.discord.transcript("review");
    assert!(told.contains("`video.publish`") && told.contains("nothing can be published to it"), "{told}");
    assert!(told.contains("leave every switch on TikTok's page on"), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_draft_waits_in_the_inbox_and_is_out_once_somebody_finishes_it() {
    let studio = Studio::open().await;
    let ada = studio.person("ada");
    let reply = ada.runs(&["account", "connect"], &[("delivery", json!("draft"))]).await;
    let back = studio.tiktok.consent_to_all(&link_in(&reply).expect("a link"), "harbour.cafe").unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    studio.settles().await;
    let mia = studio.member("mia");
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").await;

    // Connecting it anew for the other way changes nothing about what is under way.
    studio.connects_account("harbour.cafe").await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    assert_eq!(studio.tiktok.published("harbour.cafe").len(), 0);
    let shown = studio.transcript();
    assert!(shown.contains("in inbox") && shown.contains("Friday latte"), "{shown}");

    let publish_id = studio.tiktok.tasks()[0].publish_id.clone();
    studio.clock_reaches("2026-11-28 12:00").await;
    assert!(!studio.transcript().contains("It is out"), "nobody has finished it");
    assert!(studio.tiktok.finish_draft(&publish_id));
    studio.clock_reaches("2026-11-28 18:30").await;
    let shown = studio.transcript();
    assert!(shown.contains("#1 · published") && shown.contains("[Watch on TikTok"), "{shown}");
    studio.closes().await;
}

#[tokio::test]
async fn an_app_without_the_audit_says_that_the_account_has_to_be_private() {
    let studio = Studio::open_with(&[("GREENROOM_TIKTOK__AUDITED", "false")]).await;
    studio.connects_account("harbour.cafe").await;
    let composer = studio.member("mia").schedules("latte.mp4").composes().await.view();
    let said = text_of(&composer.original.unwrap());
    assert!(said.contains("while the account itself is private, which this one is not"), "{said}");
    studio.closes().await;
}

#[tokio::test]
async fn an_account_that_was_made_private_meanwhile_can_be_posted_to() {
    let studio = Studio::open_with(&[("GREENROOM_TIKTOK__AUDITED", "false")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let composer = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).composes().await.view().original.unwrap();
    let (id, select) = (id_of(&composer), select_offering(&composer, "SELF_ONLY").unwrap());
    mia.chooses(id, &select, "SELF_ONLY").await;
    let refused = mia.presses(id, "Submit for review").await.until(|view| !view.followups.is_empty()).await.unwrap();
    assert!(text_of(&refused.followups[0]).contains("private"), "{refused:#?}");

    // The creator does what the composer says, and nothing has to be sent again.
    assert!(studio.tiktok.change_creator(&cafe.name, |creator| creator.private = true));
    mia.presses(id, "Submit for review").await;
    let gone = |discord: &Discord| button(&discord.message(id)?, "Submit for review").is_none().then_some(());
    studio.discord.until("the composer's end", gone).await.unwrap();
    studio.settles().await;
    studio.reviewer("rui").approves(&studio.newest_post().await).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}
