//! A post nobody approved in time does not go out, and its author can pick a new time.

use crate::studio::Studio;

#[tokio::test]
async fn an_unapproved_post_lapses_at_its_time() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.clock_reaches("tomorrow 18:00").await;
    rui.approves(&post).await;
    studio.clock_reaches("in 1h").await;

    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_lapsed_post_gets_a_new_time_and_a_new_card() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.clock_reaches("tomorrow 18:01").await;
    let form = mia.presses(studio.card(&post), "Pick a new time").await;
    mia.fills(&form, &[("when", "fri 09:00")]).await;
    studio.settles().await;
    rui.approves(&post).await;
    studio.clock_reaches("fri 09:05").await;

    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn an_asap_post_lapses_after_a_day() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("asap").on(&cafe).await;
    studio.clock_reaches("in 25h").await;
    rui.approves(&post).await;
    studio.clock_reaches("in 1h").await;
    cafe.has_published(0);
    studio.closes().await;
}
