//! Cards, threads and channels that somebody deletes: what is needed appears again, and what cannot is said.

use chrono::TimeDelta;
use greenroom::sandbox::discord::permission;
use serde_json::json;

use super::thread_of;
use crate::studio::{Studio, text_of};

#[tokio::test]
async fn a_deleted_thread_is_opened_again_and_nothing_is_lost() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.discord.remove_channel(&studio.card(&post).to_string()).unwrap();
    rui.approves(&post).await;
    let review: String = studio.discord.messages("review").iter().map(text_of).collect();
    assert!(review.contains("approved. It goes out"), "the line the thread could not take: {review}");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    assert!(thread_of(&studio, &post).contains("It is on TikTok"), "{}", thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn whoever_submits_hears_that_the_reviewers_cannot_see_it_and_the_card_follows() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    studio.discord.forbid("Greenroom", "review", permission::SEND_MESSAGES).unwrap();
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).hands_in().await;
    studio.settles().await;
    let told = studio.discord.transcript("studio");
    assert!(told.contains("Greenroom lacks permissions there") && told.contains("Send Messages in #review"), "{told}");
    studio.discord.forbid("Greenroom", "review", 0).unwrap();
    studio.time_passes(TimeDelta::minutes(15)).await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_deleted_review_channel_is_told_and_nothing_goes_out_unseen() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let mut heard = studio.program().discord().servers_heard();
    let before = *heard.borrow();
    studio.discord.remove_channel("review").unwrap();
    tokio::time::timeout(crate::studio::PATIENCE, heard.wait_for(|now| *now > before)).await.unwrap().unwrap();
    studio.settles().await;
    let digest: String = studio.discord.messages("digest").iter().map(text_of).collect();
    assert!(digest.contains("The review channel was deleted"), "{digest}");
    let refused = mia.schedules("latte.mp4").at("tomorrow 20:00").on(&cafe).meets_refusal().await;
    assert!(refused.contains("the review channel is missing"), "{refused}");
    insta::assert_snapshot!("a_deleted_review_channel", studio.discord.transcript("digest"));

    studio.discord.add_channel("new-review");
    studio.person("ada").runs(&["setup"], &[("review_channel", json!("new-review"))]).await;
    studio.settles().await;
    let shown = studio.discord.messages("new-review");
    assert_eq!(shown.len(), 1, "its card appears there: {shown:#?}");
    let card = crate::studio::id_of(&shown[0]);
    rui.reacts_to(card, "✅").await;
    studio.settles().await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_review_channel_that_was_deleted_while_the_bot_was_away_is_found_out() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.stops().await;
    studio.discord.remove_channel("review").unwrap();
    studio.starts().await;
    studio.has_reconciled().await;
    studio.settles().await;
    let digest: String = studio.discord.messages("digest").iter().map(text_of).collect();
    assert!(digest.contains("The review channel was deleted"), "{digest}");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    // What could not be shown is given up after a day; the log says so.
    studio.time_passes(TimeDelta::hours(48)).await;
    studio.closes().await;
}

#[tokio::test]
async fn a_card_of_an_approved_post_that_was_deleted_while_the_bot_was_away_is_sent_again() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    let card = studio.card(&post);
    studio.stops().await;
    studio.discord.remove_message(card);
    studio.starts().await;
    studio.has_reconciled().await;
    studio.settles().await;

    let again = studio.card(&post);
    assert_ne!(again, card);
    let shown = text_of(&studio.discord.message(again).unwrap());
    assert!(shown.contains("Approved by **rui**"), "{shown}");
    studio.member("mia").presses(again, "Withdraw").await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    studio.closes().await;
}
