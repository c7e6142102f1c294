//! Everything of a team is erased: only on its own word, wholly, and nothing of it ever goes out.

use chrono::TimeDelta;
use greenroom::sandbox::mischief::{Fault, Trouble};
use serde_json::json;

use super::{ada_reads, planned, stored};
use crate::studio::{Studio, text_of};

const SERVER: &str = "Harbour Café team";

async fn erases(studio: &Studio) -> String {
    ada_reads(studio, &["erase"], &[("confirm", json!(SERVER))]).await
}

/// Nothing is left: no row, no bytes, no token that works.
async fn nothing_is_left(studio: &Studio) {
    studio.settles().await;
    let store = &studio.program().flows().store;
    assert_eq!(store.workspace(studio.workspace()).await.unwrap(), None);
    assert_eq!(store.holdings(studio.workspace()).await.unwrap(), None);
    assert!(stored(studio).await.is_empty());
    assert!(store.leftovers(9).await.unwrap().is_empty());
    let revoked = studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "revoke").count();
    assert!(revoked >= 1, "the tokens were given back");
}

#[tokio::test]
async fn only_the_servers_own_name_erases_it_and_then_nothing_goes_out() {
    let studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    studio.member("mia").schedules("latte.mp4").at("fri 18:00").on(&cafe).await;
    let asked = ada_reads(&studio, &["erase"], &[]).await;
    insta::assert_snapshot!("what_would_be_erased", asked.replace(|letter: char| letter.is_ascii_digit(), "N"));
    let mistyped = ada_reads(&studio, &["erase"], &[("confirm", json!("harbour café team"))]).await;
    assert!(mistyped.starts_with("That is not this server's name"), "{mistyped}");
    assert!(studio.discord.command("mia", "studio", &["erase"], &[], &[]).is_err(), "members are not offered it");
    assert_eq!(stored(&studio).await.len(), 2, "nothing was touched");

    let card = studio.card(&post);
    let done = erases(&studio).await;
    assert!(done.contains("is erased: 2 posts, 2 videos, 1 TikTok account"), "{done}");
    nothing_is_left(&studio).await;
    studio.clock_reaches("fri 18:30").await;
    cafe.has_published(0);
    let told = text_of(&studio.reviewer("rui").presses(card, "Withdraw").await.reply().await.unwrap());
    assert!(told.contains("hint:"), "an old button is explained: {told}");

    // It begins anew, from nothing.
    let settings = ada_reads(&studio, &["setup"], &[]).await;
    assert!(settings.contains("Two things are missing"), "{settings}");
    let options = [("reviewer_role", json!("Reviewer")), ("review_channel", json!("review"))];
    studio.person("ada").runs(&["setup"], &options).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    assert_eq!(post.number, 1);
    studio.reviewer("rui").approves(&post).await;
    // The team's clock is UTC until somebody says otherwise.
    studio.clock_reaches("tomorrow 19:30").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn an_upload_under_way_is_stopped_before_its_last_chunk() {
    let studio = Studio::open().await;
    let (cafe, _) = studio.has_approved(70_000_000).await;
    studio.clock_reaches("tomorrow 17:59").await;

    // The third of seven chunks stands still.
    studio.tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: None }).after(2));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no third chunk"),
    }
    let done = erases(&studio).await;
    studio.tiktok.mischief().clear();
    assert!(done.contains("is erased: 1 post"), "{done}");
    nothing_is_left(&studio).await;
    studio.time_passes(TimeDelta::hours(2)).await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn what_tiktok_has_already_is_carried_to_its_end_and_goes_then() {
    let studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    studio.tiktok.arm(Fault::next("processing", Trouble::Stuck));
    studio.clock_reaches("tomorrow 18:01").await;
    let asked = ada_reads(&studio, &["erase"], &[]).await;
    assert!(asked.contains("1 post is with TikTok already"), "{asked}");
    let told = erases(&studio).await;
    assert!(told.contains("1 post was with TikTok already and can no longer be stopped"), "{told}");
    assert_eq!(stored(&studio).await.len(), 1, "it keeps its bytes");
    let told = text_of(&studio.member("mia").runs(&["post", "show"], &[("post", json!(post.number))]).await);
    assert!(told.contains("is being erased") && told.contains("hint:"), "{told}");

    let publish_id = studio.tiktok.tasks()[0].publish_id.clone();
    studio.tiktok.finish_processing(&publish_id);
    studio.time_passes(TimeDelta::minutes(10)).await;
    nothing_is_left(&studio).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn when_tiktok_does_not_take_the_tokens_back_that_is_tried_again() {
    let studio = Studio::open().await;
    planned(&studio).await;
    let busy = Trouble::ServerError { status: 503 };
    studio.tiktok.arm(Fault { times: 2, ..Fault::next("revoke", busy) });
    let told = erases(&studio).await;
    assert!(told.contains("TikTok has not taken the accounts' permission back yet"), "{told}");
    studio.settles().await;
    assert!(studio.program().flows().store.workspace(studio.workspace()).await.unwrap().is_some());
    studio.time_passes(TimeDelta::minutes(1)).await;
    studio.time_passes(TimeDelta::minutes(1)).await;
    nothing_is_left(&studio).await;
    studio.closes().await;
}

#[tokio::test]
async fn dying_in_the_middle_of_an_erasure_it_goes_on_at_the_next_start() {
    let mut studio = Studio::open().await;
    let (cafe, _) = planned(&studio).await;
    let (store, now) = (studio.program().flows().store.clone(), studio.clock_now());
    let mut tx = store.begin().await.unwrap();
    assert!(tx.mark_erasing(studio.workspace(), now).await.unwrap());
    tx.stop_everything(studio.workspace(), now).await.unwrap();
    tx.commit().await.unwrap();
    studio.dies().await;
    studio.starts().await;
    nothing_is_left(&studio).await;
    studio.clock_reaches("tomorrow 18:30").await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn dying_after_the_rows_went_the_bytes_go_at_the_next_start() {
    let mut studio = Studio::open().await;
    planned(&studio).await;
    let store = studio.program().flows().store.clone();
    let mut tx = store.begin().await.unwrap();
    tx.mark_erasing(studio.workspace(), studio.clock_now()).await.unwrap();
    tx.erase(studio.workspace()).await.unwrap();
    tx.commit().await.unwrap();
    studio.dies().await;
    studio.starts().await;
    assert_eq!(stored(&studio).await.len(), 1);
    studio.settles().await;
    assert!(stored(&studio).await.is_empty());
    studio.closes().await;
}
