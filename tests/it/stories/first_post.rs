//! The first clip, from a member's hands to TikTok and into the next morning's digest.

use sha2::{Digest as _, Sha256};

use crate::studio::{Studio, button, clip_path, id_of, padded};

#[tokio::test]
async fn a_clip_travels_from_discord_to_tiktok() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").caption("Friday latte #coffee").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;

    studio.clock_reaches("tomorrow 17:59").await;
    cafe.has_published(0);
    studio.clock_reaches("18:00").await;
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);

    let out = &cafe.published()[0];
    let bytes = std::fs::read(clip_path("ok_1080x1920_15s_24fps_h264_silent_tiny.mp4")).unwrap();
    assert_eq!(out.sha256, hex::encode(Sha256::digest(bytes)));
    assert_eq!(out.caption, "Friday latte #coffee");
    assert_eq!(out.privacy, "PUBLIC_TO_EVERYONE");
    assert!(out.disable_comment && out.disable_duet && out.disable_stitch, "interactions are off until turned on");
    assert!(!out.brand_content_toggle && !out.brand_organic_toggle && !out.is_aigc);

    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn an_asap_post_goes_out_when_it_is_approved() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let post = mia.schedules("latte.mp4").at("asap").on(&cafe).visible_to("SELF_ONLY").await;
    studio.clock_reaches("in 2h").await;
    cafe.has_published(0);
    rui.approves(&post).await;
    studio.clock_reaches("in 5 minutes").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_video_of_several_chunks_arrives_whole() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    // A valid clip with a hole behind it: seventy megabytes that take no room in the collection.
    let bytes = padded(70_000_000);
    let expected = hex::encode(Sha256::digest(&bytes));
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let post = mia.schedules("latte.mp4").with(bytes).at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(1);
    assert_eq!(cafe.published()[0].sha256, expected);
    assert_eq!(cafe.published()[0].size_bytes, 70_000_000);
    studio.closes().await;
}

#[tokio::test]
async fn what_is_turned_on_in_the_composer_is_on_at_tiktok() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let clip = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe);
    let post = clip.turning_on("Comments").turning_on("AI").await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    let out = &cafe.published()[0];
    assert!(!out.disable_comment && out.disable_duet && out.disable_stitch && out.is_aigc);
    studio.closes().await;
}

#[tokio::test]
async fn of_two_quick_presses_neither_undoes_the_other() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");

    let composer = mia.schedules("latte.mp4").on(&cafe).composes().await.view().original.unwrap();
    let id = id_of(&composer);
    let pressed = ["Comments", "Duet", "Stitch", "AI"].map(|label| {
        let button = button(&composer, label).unwrap();
        studio.discord.press("mia", id, &button).unwrap()
    });
    for press in pressed {
        press.answer().await.unwrap();
    }

    let shown = studio.program().flows().store.post_by_number(studio.workspace(), 1).await.unwrap().unwrap();
    let choices = shown.choices;
    assert!(choices.comments && choices.duet && choices.stitch && choices.ai_generated, "{choices:?}");
    mia.presses(id, "Discard").await;
    studio.closes().await;
}
