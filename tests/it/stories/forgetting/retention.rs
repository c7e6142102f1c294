//! Bytes, the trail and numbers go after their time, and not before; dying in between neither loses nor leaks any.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::ids::VideoId;
use greenroom::media::key;
use greenroom::sandbox::discord::Discord;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::store::EndedBefore;
use serde_json::json;

use super::{ada_reads, id, planned, stored};
use crate::studio::{Studio, button, text_of};

#[tokio::test]
async fn the_bytes_of_a_published_video_are_kept_for_a_week() {
    let studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.time_passes(TimeDelta::days(7) - TimeDelta::hours(1)).await;
    assert_eq!(stored(&studio).await.len(), 1);
    studio.time_passes(TimeDelta::hours(2)).await;
    assert!(stored(&studio).await.is_empty());
    assert!(studio.program().flows().store.leftovers(9).await.unwrap().is_empty());

    let shown = text_of(&studio.member("mia").runs(&["post", "show"], &[("post", json!(post.number))]).await);
    assert!(shown.contains("latte.mp4") || shown.contains("0:15"), "it still reads well: {shown}");
    studio.closes().await;
}

#[tokio::test]
async fn a_failed_post_can_be_tried_again_for_a_month() {
    let studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    let refusal = Trouble::ErrorCode { code: "privacy_level_option_mismatch".into(), status: None, message: None };
    studio.tiktok.arm(Fault::next("video_init", refusal));
    studio.clock_reaches("tomorrow 18:05").await;
    studio.time_passes(TimeDelta::days(30) - TimeDelta::hours(2)).await;
    assert_eq!(stored(&studio).await.len(), 1);
    studio.time_passes(TimeDelta::hours(4)).await;
    assert!(stored(&studio).await.is_empty());

    let told = ada_reads(&studio, &["post", "retry"], &[("post", json!(post.number))]).await;
    assert!(told.contains("The video of post #1 is no longer stored"), "{told}");
    assert!(told.contains("hint: hand the video in again"), "{told}");
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_whose_video_was_forgotten_is_not_put_forward_again() {
    let studio = Studio::open_with(&[("GREENROOM_RETENTION__MEDIA_AFTER_ENDED", "1d")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").declines(&post, "too dark").await;
    let waits = mia.schedules("latte.mp4").caption("waits").at("2026-12-20 18:00").on(&cafe).await;
    studio.time_passes(TimeDelta::days(2)).await;
    assert_eq!(stored(&studio).await.len(), 1, "the one in review is kept");
    let told = text_of(&mia.moves(&post, "in 5 days").await);
    assert!(told.contains("no longer stored"), "{told}");
    studio.reviewer("rui").approves(&waits).await;
    studio.time_passes(TimeDelta::days(5)).await;
    assert_eq!(stored(&studio).await.len(), 1, "the planned one is kept");
    studio.closes().await;
}

#[tokio::test]
async fn the_trail_and_the_numbers_go_after_their_time_and_the_rest_is_provable() {
    let settings = [("GREENROOM_RETENTION__AUDIT", "3d"), ("GREENROOM_RETENTION__METRICS", "3d")];
    let studio = Studio::open_with(&settings).await;
    planned(&studio).await;
    let opened = studio.clock_now();
    studio.time_passes(TimeDelta::days(8)).await;
    let store = &studio.program().flows().store;
    let now = studio.clock_now();
    let account = store.accounts(studio.workspace()).await.unwrap()[0].id;
    let snapshots = store.snapshots(account, DateTime::UNIX_EPOCH).await.unwrap();
    assert!((2..=5).contains(&snapshots.len()), "{}", snapshots.len());
    let late = now - TimeDelta::days(3) - TimeDelta::hours(2);
    assert!(snapshots.iter().all(|snapshot| snapshot.taken_at > late));
    let trail = store.audit_trail(studio.workspace(), None).await.unwrap();
    assert!(trail.iter().all(|entry| entry.at > late && entry.at > opened), "{trail:#?}");
    // That the rest can be verified is asked at the end of every story.
    studio.closes().await;
}

#[tokio::test]
async fn dying_between_the_row_and_the_bytes_leaks_nothing() {
    let mut studio = Studio::open().await;
    let (_, post) = planned(&studio).await;
    studio.clock_reaches("tomorrow 18:05").await;
    let now = studio.clock_now() + TimeDelta::days(9);
    studio.stops().await;
    studio.clock.set(now);
    studio.starts().await;

    let store = studio.program().flows().store.clone();
    let video = store.post(id(&studio, &post).await).await.unwrap().unwrap().video;
    let mut tx = store.begin().await.unwrap();
    assert!(tx.forget_video(video, EndedBefore { published: now, otherwise: now }).await.unwrap());
    tx.commit().await.unwrap();
    studio.dies().await;
    studio.starts().await;
    assert_eq!(stored(&studio).await.len(), 1, "it died before they were deleted");
    studio.settles().await;
    assert!(stored(&studio).await.is_empty());
    assert!(studio.program().flows().store.leftovers(9).await.unwrap().is_empty());
    studio.closes().await;
}

/// Puts bytes under the key of a video that was never written down, as if the program had died before.
async fn strays(studio: &Studio, at: DateTime<Utc>) -> String {
    // Not made as the program makes them: those of one process never go back in time, whatever a story's clock says.
    let id = format!("{:012x}70008000000000000000", at.timestamp_millis());
    let key = key(studio.workspace(), id.parse::<VideoId>().unwrap());
    let path = studio.program().flows().media.folder().unwrap().join(&key);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "bytes").unwrap();
    key
}

#[tokio::test]
async fn bytes_that_no_row_names_go_after_a_day() {
    let mut studio = Studio::open().await;
    planned(&studio).await;
    let now = studio.clock_now();
    let old = strays(&studio, now - TimeDelta::hours(25)).await;
    let new = strays(&studio, now - TimeDelta::hours(23)).await;
    let foreign = studio.program().flows().media.folder().unwrap().join("notes.txt");
    std::fs::write(&foreign, "somebody else's").unwrap();
    studio.stops().await;
    studio.starts().await;
    studio.settles().await;
    let left = stored(&studio).await;
    assert!(!left.contains(&old) && left.contains(&new), "{left:?}");
    assert!(foreign.exists() && left.len() == 3, "{left:?}");
    studio.time_passes(TimeDelta::hours(26)).await;
    assert!(!stored(&studio).await.contains(&new));
    studio.closes().await;
}

#[tokio::test]
async fn a_media_store_that_belongs_to_another_database_is_left_alone() {
    let mut studio = Studio::open().await;
    planned(&studio).await;
    let now = studio.clock_now();
    for hours in 25..=275 {
        strays(&studio, now - TimeDelta::hours(hours)).await;
    }
    studio.stops().await;
    studio.starts().await;
    studio.settles().await;
    assert_eq!(stored(&studio).await.len(), 1 + 251, "more strangers than acquaintances: nothing of them is deleted");
    studio.closes().await;
}

#[tokio::test]
async fn bytes_that_cannot_be_deleted_are_deleted_later() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let composer = mia.schedules("latte.mp4").on(&cafe).composes().await;
    let path = studio.program().flows().media.folder().unwrap().join(&stored(&studio).await[0]);
    // A folder in its place cannot be removed like a file.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir_all(path.join("in the way")).unwrap();
    let reply = composer.view().original.unwrap();
    let id = crate::studio::id_of(&reply);
    mia.presses(id, "Discard").await;
    let gone = |discord: &Discord| button(&discord.message(id)?, "Discard").is_none().then_some(());
    studio.discord.until("the draft is gone", gone).await.unwrap();
    let store = &studio.program().flows().store;
    assert_eq!(store.leftovers(9).await.unwrap().len(), 1);
    std::fs::remove_dir_all(&path).unwrap();
    std::fs::write(&path, "bytes").unwrap();
    studio.time_passes(TimeDelta::minutes(2)).await;
    assert!(store.leftovers(9).await.unwrap().is_empty() && !path.exists());
    studio.closes().await;
}
