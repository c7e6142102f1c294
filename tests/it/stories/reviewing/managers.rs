//! Managers may judge without the reviewer role; it is said that they did so as managers.

use super::{thread_of, told};
use crate::studio::{Studio, text_of};

#[tokio::test]
async fn a_manager_may_approve_without_the_role_and_the_card_says_so() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, ada) = (studio.member("mia"), studio.person("ada"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    ada.presses(studio.card(&post), "Approve").await;
    studio.settles().await;
    let card = text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card.contains("Approved by **ada** (as manager)"), "{card}");
    assert!(card.contains("**ada** approved as manager"), "{card}");
    assert!(thread_of(&studio, &post).contains("approved, as manager."), "{}", thread_of(&studio, &post));
    let store = &studio.program().flows().store;
    let trail = store.audit_trail(studio.workspace(), None).await.unwrap();
    let entry = trail.iter().find(|entry| entry.act == "post.approved").unwrap();
    assert_eq!(entry.detail["as_manager"], true);

    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_managers_tick_counts_like_the_button() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, ada) = (studio.member("mia"), studio.person("ada"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    ada.approves(&post).await;
    let card = text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card.contains("Approved by **ada** (as manager)"), "{card}");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_manager_who_no_longer_manages_has_approved_nothing() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.add_role("Second manager", greenroom::sandbox::discord::permission::MANAGE_GUILD, false);
    studio.discord.add_member("tom", &["Second manager"]);
    let (mia, tom) = (studio.member("mia"), studio.person("tom"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    tom.presses(studio.card(&post), "Approve").await;
    studio.settles().await;
    studio.discord.set_role("tom", "Second manager", false).unwrap();
    studio.clock_reaches("tomorrow 17:55").await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn a_managers_own_post_needs_somebody_else() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let ada = studio.person("ada");

    let post = ada.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let said = told(&ada.presses(studio.card(&post), "Approve").await).await;
    assert!(said.contains("You cannot approve your own post here"), "{said}");
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    studio.closes().await;
}
