//! Who may approve, what an approval is about, and what becomes of it.

use serde_json::json;

use crate::studio::{Studio, text_of};

#[tokio::test]
async fn only_a_reviewer_can_approve() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, noa, rui) = (studio.member("mia"), studio.member("noa"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    noa.reacts(&post, "✅").await;
    let pressed = noa.presses(studio.card(&post), "Approve").await;
    let told = text_of(&pressed.view().original.unwrap_or_default());
    assert!(told.contains("Only people with the role"), "{told}");
    studio.settles().await;
    studio.clock_reaches("tomorrow 17:00").await;
    cafe.has_published(0);

    rui.presses(studio.card(&post), "Approve").await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn nobody_approves_their_own_post_unless_the_team_allows_it() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let rui = studio.reviewer("rui");

    let post = rui.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("in 1h").await;
    let told = text_of(&rui.presses(studio.card(&post), "Approve").await.view().original.unwrap_or_default());
    assert!(told.contains("You cannot approve your own post here"), "{told}");

    studio.person("ada").runs(&["setup"], &[("self_review", json!(true))]).await;
    rui.presses(studio.card(&post), "Approve").await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn two_approvals_are_two_people() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    rui.presses(studio.card(&post), "Approve").await;
    studio.clock_reaches("tomorrow 10:00").await;
    cafe.has_published(0);
    kim.approves(&post).await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn an_approval_can_be_taken_back_while_others_are_awaited() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    rui.takes_back(&post, "✅").await;
    kim.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_declined_post_stays_where_it_is_and_its_author_learns_why() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.declines(&post, "the logo is the old one").await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn verdicts_given_while_the_bot_was_away_are_read_back() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let card = studio.card(&post);

    studio.stops().await;
    studio.reviewer("rui");
    studio.discord.react("rui", card, "✅").unwrap();
    studio.starts().await;
    studio.has_reconciled().await;

    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

/// The approval is looked at where the post is claimed, not only where it was given.
#[tokio::test]
async fn what_the_database_does_not_call_approved_does_not_go_out() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for (caption, at, change) in [
        ("One", "tomorrow 18:00", "UPDATE posts SET stage = 'withdrawn' WHERE caption = 'One'"),
        (
            "Two",
            "tomorrow 19:00",
            "UPDATE publications SET revision = zeroblob(32) WHERE post = (SELECT id FROM posts WHERE caption = 'Two')",
        ),
    ] {
        let post = mia.schedules("latte.mp4").caption(caption).at(at).on(&cafe).await;
        rui.approves(&post).await;
        assert_eq!(studio.tampers(change).await, 1, "{change}");
    }
    studio.clock_reaches("tomorrow 19:30").await;
    cafe.has_published(0);
    assert!(studio.tiktok.ledger().is_empty(), "{:#?}", studio.tiktok.ledger());
}
