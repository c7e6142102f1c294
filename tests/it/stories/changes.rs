//! Edit, move, withdraw: what changes needs new approvals, and what is stopped stays stopped.

use crate::studio::{Studio, text_of};

#[tokio::test]
async fn an_edit_withdraws_the_approval() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    mia.changes_caption(&post, "Saturday latte").await;
    studio.clock_reaches("tomorrow 18:01").await;

    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn an_edited_post_goes_out_as_it_was_approved_the_second_time() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    let old_card = studio.card(&post);
    mia.changes_caption(&post, "Saturday latte").await;
    rui.reacts_to(old_card, "✅").await;
    studio.settles().await;
    studio.clock_reaches("tomorrow 12:00").await;
    rui.approves(&post).await;
    studio.clock_reaches("18:05").await;

    cafe.has_published(1);
    assert_eq!(cafe.published()[0].caption, "Saturday latte");
    studio.closes().await;
}

#[tokio::test]
async fn a_tick_on_an_old_card_counts_for_nothing() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    let old_card = studio.card(&post);
    mia.changes_caption(&post, "Saturday latte").await;
    assert_ne!(studio.card(&post), old_card, "an edit makes a new card");
    rui.reacts_to(old_card, "✅").await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn a_moved_post_goes_out_at_its_new_time_after_a_new_approval() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    mia.moves(&post, "fri 09:00").await;
    studio.clock_reaches("tomorrow 20:00").await;
    cafe.has_published(0);
    rui.approves(&post).await;
    studio.clock_reaches("fri 08:59").await;
    cafe.has_published(0);
    studio.clock_reaches("09:05").await;
    cafe.has_published(1);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_withdrawn_post_never_goes_out() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    mia.withdraws(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn what_is_out_can_no_longer_be_changed() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    let told = text_of(&mia.withdraws(&post).await);
    assert!(told.contains("TikTok") && told.contains("hint:"), "{told}");
    let told = text_of(&mia.moves(&post, "fri 09:00").await);
    assert!(told.contains("hint:"), "{told}");

    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn somebody_else_cannot_change_a_post() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, noa, ada) = (studio.member("mia"), studio.member("noa"), studio.member("ada"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let told = text_of(&noa.moves(&post, "fri 09:00").await);
    assert!(told.contains("Only its author or a manager"), "{told}");
    let told = text_of(&noa.withdraws(&post).await);
    assert!(told.contains("Only its author or a manager"), "{told}");
    ada.withdraws(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    studio.closes().await;
}
