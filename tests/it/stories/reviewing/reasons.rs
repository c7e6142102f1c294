//! ❌ is a no at once; why is asked for in the thread, and until it is said the no can be taken back.

use chrono::TimeDelta;
use greenroom::domain::post::PostStage;
use greenroom::sandbox::discord::Snowflake;
use greenroom::store::EndedBefore;

use super::{thread_of, told};
use crate::studio::{Post, Studio, button, id_of};

/// The newest message of a post's thread that asks why.
fn question(studio: &Studio, post: &Post) -> Snowflake {
    let all = studio.discord.messages(&studio.card(post).to_string());
    id_of(all.iter().rfind(|message| button(message, "Say why").is_some()).expect("somebody is asked why"))
}

#[tokio::test]
async fn a_cross_that_comes_too_late_is_not_taken_for_one_that_stopped_it() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    kim.reacts(&post, "❌").await;
    studio.settles().await;
    let thread = thread_of(&studio, &post);
    assert!(thread.contains("@kim: This post is approved") && thread.contains("*Withdraw* on its card"), "{thread}");
    let card = studio.discord.message(studio.card(&post)).unwrap();
    assert!(card["reactions"].to_string().contains("❌"), "the bot's own is left: {card}");
    let theirs = card["reactions"].as_array().unwrap().iter().find(|one| one["emoji"]["name"] == "❌").unwrap();
    assert_eq!(theirs["count"], 1, "{card}");

    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    // Of what is out nobody is told how to stop it.
    studio.reviewer("lea").reacts(&post, "❌").await;
    assert!(!thread_of(&studio, &post).contains("@lea"), "{}", thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn a_cross_asks_for_the_reason_and_the_author_reads_it() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let before = studio.discord.pings().len();
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    let asked = question(&studio, &post);
    let ping = studio.discord.pings()[before..].iter().find(|ping| ping.message == asked).cloned().unwrap();
    assert_eq!((ping.users.as_slice(), ping.roles.as_slice()), (&["rui".to_owned()][..], &[][..]), "only who did it");

    let form = rui.presses(asked, "Say why").await;
    let sent = rui.fills(&form, &[("reason", "the logo is the old one")]).await;
    assert!(told(&sent).await.contains("reads it in its thread"));
    studio.settles().await;
    let again = told(&rui.presses(asked, "Say why").await).await;
    assert!(again.contains("No reason of yours is awaited"), "{again}");

    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_cross_that_is_taken_back_lets_the_review_go_on() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    rui.takes_back(&post, "❌").await;
    studio.settles().await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(1);
    insta::assert_snapshot!(thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn a_no_can_be_taken_back_with_the_button_until_it_has_a_reason() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    let asked = question(&studio, &post);
    for label in ["Say why", "Take it back"] {
        let said = told(&kim.presses(asked, label).await).await;
        assert!(said.contains("No reason of yours is awaited") && said.contains("hint:"), "{said}");
        let said = told(&mia.presses(asked, label).await).await;
        assert!(said.contains("can judge posts"), "{said}");
    }
    let said = told(&rui.presses(asked, "Take it back").await).await;
    assert!(said.contains("is taken back; it is in review again"), "{said}");
    studio.settles().await;
    let said = told(&rui.presses(asked, "Say why").await).await;
    assert!(said.contains("in review; nobody waits for a reason"), "{said}");
    studio.closes().await;
}

#[tokio::test]
async fn a_reason_that_was_given_keeps_the_no() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    let form = rui.presses(question(&studio, &post), "Say why").await;
    rui.fills(&form, &[("reason", "too dark")]).await;
    rui.takes_back(&post, "❌").await;
    studio.settles().await;
    assert!(thread_of(&studio, &post).contains("too dark"));
    assert!(!thread_of(&studio, &post).contains("took the decline back"));
    studio.closes().await;
}

#[tokio::test]
async fn a_no_stands_once_its_video_is_deleted() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("fri 18:00").on(&cafe).await;
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    let asked = question(&studio, &post);
    let store = &studio.program().flows().store;
    let posted = || async { store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap() };
    let (video, now) = (posted().await.video, studio.clock_now() + TimeDelta::hours(1));
    let mut tx = store.begin().await.unwrap();
    assert!(tx.forget_video(video, EndedBefore { published: now, otherwise: now }).await.unwrap());
    tx.commit().await.unwrap();

    let said = told(&rui.presses(asked, "Take it back").await).await;
    assert!(said.contains("no longer stored"), "{said}");
    assert_eq!(posted().await.stage(), PostStage::Declined);
    studio.closes().await;
}
