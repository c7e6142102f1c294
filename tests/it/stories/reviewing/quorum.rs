//! Who approved may have lost the right by the time a post goes out: then it goes back to the reviewers.

use chrono::TimeDelta;
use greenroom::sandbox::discord::RestTrouble;
use serde_json::json;

use super::thread_of;
use crate::studio::{Studio, padded, text_of};

const MEMBER: &str = "GET /guilds/{guild}/members/{user}";

#[tokio::test]
async fn an_approval_ends_with_the_role_of_who_gave_it() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.discord.set_role("rui", "Reviewer", false).unwrap();
    // Ten minutes before its time Discord is asked; there is time for somebody else.
    studio.clock_reaches("tomorrow 17:50").await;
    assert!(thread_of(&studio, &post).contains("no longer counts"), "{}", thread_of(&studio, &post));
    kim.approves(&post).await;
    studio.clock_reaches("18:05").await;

    cafe.has_published(1);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn without_another_approval_it_does_not_go_out() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 17:58").await;
    studio.discord.remove_member("rui").unwrap();
    studio.clock_reaches("18:05").await;

    cafe.has_published(0);
    let card = text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card.contains("lapsed"), "{card}");
    insta::assert_snapshot!(thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn a_role_that_came_back_in_time_counts() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.discord.set_role("rui", "Reviewer", false).unwrap();
    studio.clock_reaches("tomorrow 12:00").await;
    studio.discord.set_role("rui", "Reviewer", true).unwrap();
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_discord_that_says_nothing_delays_no_publication() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.discord.fail(MEMBER, 1, 1_000, RestTrouble::Html(503));
    studio.discord.set_role("rui", "Reviewer", false).unwrap();
    studio.clock_reaches("tomorrow 17:55").await;
    studio.clock_reaches("18:01").await;
    cafe.has_published(1);
    let at = cafe.published()[0].committed_at;
    assert_eq!(
        at.map(|at| at.format("%H:%M:%S").to_string()).as_deref(),
        Some("17:00:00"),
        "by what is known, in time"
    );
    studio.discord.heal();
    studio.closes().await;
}

#[tokio::test]
async fn what_has_no_time_to_keep_is_asked_about_when_it_begins() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));

    let post = mia.schedules("latte.mp4").at("asap").on(&cafe).await;
    rui.approves(&post).await;
    studio.time_passes(TimeDelta::hours(2)).await;
    studio.discord.set_role("rui", "Reviewer", false).unwrap();
    kim.approves(&post).await;
    cafe.has_published(0);
    assert!(thread_of(&studio, &post).contains("it needs 1 more approval"), "{}", thread_of(&studio, &post));
    studio.reviewer("lea").approves(&post).await;
    studio.time_passes(TimeDelta::minutes(1)).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn bytes_that_wait_at_tiktok_do_not_leave_without_their_approval() {
    let studio = Studio::open_with(&[("GREENROOM_SCHEDULING__PRECOMMIT", "true")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    studio.discord.set_client("mia", 100 << 20, "en-US").unwrap();

    let post = mia.schedules("latte.mp4").with(padded(12 * 1024 * 1024)).at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 17:58").await;
    let uploads = studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "upload").count();
    assert!(uploads > 0, "its bytes set out ahead");
    studio.discord.set_role("rui", "Reviewer", false).unwrap();
    studio.clock_reaches("17:59").await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(0);
    assert!(thread_of(&studio, &post).contains("no longer counts"), "{}", thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn a_team_that_needs_more_approvals_from_now_on_takes_none_back() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn an_own_approval_ends_with_the_permission_to_give_it() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (ada, rui) = (studio.person("ada"), studio.reviewer("rui"));

    ada.runs(&["setup"], &[("self_review", json!(true))]).await;
    let post = rui.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    ada.runs(&["setup"], &[("self_review", json!(false))]).await;
    studio.clock_reaches("tomorrow 17:50").await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(0);
    assert!(thread_of(&studio, &post).contains("no longer counts"), "{}", thread_of(&studio, &post));
    studio.closes().await;
}
