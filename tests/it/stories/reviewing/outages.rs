//! What reviewers say while nobody listens is heard afterwards, and what they take back is taken back.

use chrono::TimeDelta;
use greenroom::sandbox::discord::{Call, Discord, RestTrouble};
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use super::thread_of;
use crate::studio::{PATIENCE, Studio, button, id_of, text_of};

#[tokio::test]
async fn a_tick_on_a_card_whose_place_is_not_known_yet_is_heard() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    // The card arrives and the answer is lost, so for two seconds nobody knows that this message is a card.
    studio.discord.fail("POST /channels/{channel}/messages", 1, 1, RestTrouble::CutAfter);
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.reacts(&post, "✅").await;
    studio.settles().await;
    studio.time_passes(TimeDelta::seconds(3)).await;
    let card = text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card.contains("Approved by **rui**"), "{card}");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_tick_that_was_taken_back_while_the_bot_was_away_does_not_count() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    studio.reviewer("lea").presses(studio.card(&post), "Approve").await;
    let card = studio.card(&post);
    studio.settles().await;
    // Both were needed, so this is another post.
    let other = studio.member("mia").schedules("latte.mp4").caption("Two").at("tomorrow 19:00").on(&cafe).await;
    studio.reviewer("rui").approves(&other).await;
    let second = studio.card(&other);

    studio.stops().await;
    studio.reviewer("kim");
    studio.discord.unreact("rui", card, "✅").unwrap();
    studio.discord.unreact("rui", second, "✅").unwrap();
    studio.discord.react("kim", second, "✅").unwrap();
    studio.discord.unreact("kim", second, "✅").unwrap();
    studio.discord.react("lea", second, "✅").unwrap();
    studio.starts().await;
    studio.has_reconciled().await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    assert!(thread_of(&studio, &other).contains("took the approval back"), "{}", thread_of(&studio, &other));
    assert!(!thread_of(&studio, &other).contains("@kim"), "{}", thread_of(&studio, &other));
    studio.clock_reaches("19:05").await;
    cafe.has_published(1);
    insta::assert_snapshot!(studio.transcript().replace(studio.tiktok.base_url(), "http://tiktok"));
    studio.closes().await;
}

#[tokio::test]
async fn an_approval_by_button_stays_although_there_is_no_tick() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").presses(studio.card(&post), "Approve").await;
    studio.settles().await;
    studio.stops().await;
    studio.starts().await;
    studio.has_reconciled().await;
    studio.reviewer("kim").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_tick_on_an_old_card_while_the_bot_was_away_counts_for_nothing() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let old_card = studio.card(&post);
    studio.member("mia").changes_caption(&post, "Saturday latte").await;
    studio.stops().await;
    studio.reviewer("rui");
    studio.discord.react("rui", old_card, "✅").unwrap();
    studio.starts().await;
    studio.has_reconciled().await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn a_no_that_was_taken_back_with_the_button_is_not_heard_again_from_its_emoji() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").reacts(&post, "❌").await;
    studio.settles().await;
    let all = studio.discord.messages(&studio.card(&post).to_string());
    let asked = all.iter().find(|message| button(message, "Take it back").is_some()).map(id_of).unwrap();
    studio.reviewer("rui").presses(asked, "Take it back").await;
    studio.settles().await;
    studio.stops().await;
    studio.starts().await;
    studio.has_reconciled().await;
    studio.reviewer("kim").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_cross_that_was_taken_back_while_the_bot_was_away_lets_the_review_go_on() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").reacts(&post, "❌").await;
    studio.settles().await;
    let card = studio.card(&post);
    studio.stops().await;
    studio.discord.unreact("rui", card, "❌").unwrap();
    studio.starts().await;
    studio.has_reconciled().await;
    studio.settles().await;
    assert!(thread_of(&studio, &post).contains("took the decline back"), "{}", thread_of(&studio, &post));
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_tick_that_met_a_database_in_trouble_is_heard_a_moment_later() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui");
    let mut outside = SqliteConnection::connect(&studio.database()).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON verdicts BEGIN SELECT RAISE(FAIL, 'the disk is full'); END";
    sqlx::query(full).execute(&mut outside).await.unwrap();
    studio.discord.react("rui", studio.card(&post), "✅").unwrap();
    let is_read = |discord: &Discord| {
        let is_asked = |call: &Call| call.method == "GET" && call.path.contains("/reactions/");
        discord.journal().iter().any(is_asked).then_some(())
    };
    studio.discord.until("the card is read again", is_read).await.unwrap();
    sqlx::query("DROP TRIGGER full").execute(&mut outside).await.unwrap();

    let card = studio.card(&post);
    let is_approved = || text_of(&studio.discord.message(card).unwrap()).contains("Approved by **rui**");
    let heard = async {
        while !is_approved() {
            studio.settles().await;
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.expect("the approval is heard");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}
