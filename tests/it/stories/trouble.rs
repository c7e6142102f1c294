//! When TikTok or the line to it misbehaves: later if it may pass, never twice, and never silently missing.

use greenroom::sandbox::mischief::{Fault, Trouble};
use serde_json::json;

use crate::studio::{Account, Post, Studio, button, id_of, text_of, with_numbered_fingerprints};

async fn approved(studio: &Studio) -> (Account, Post) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    (cafe, post)
}

#[tokio::test]
async fn a_lost_answer_at_any_call_still_makes_one_video() {
    for call in ["creator_info", "video_init", "upload", "status"] {
        for trouble in [Trouble::LostAfter, Trouble::LostBefore] {
            let studio = Studio::open().await;
            let (cafe, _) = approved(&studio).await;
            studio.clock_reaches("tomorrow 17:59").await;
            studio.tiktok.arm(Fault::next(call, trouble.clone()));
            studio.clock_reaches("19:00").await;
            cafe.has_published(1);
            studio.closes().await;
        }
    }
}

#[tokio::test]
async fn a_call_that_fails_for_a_while_is_made_again() {
    for call in ["creator_info", "video_init", "upload", "status", "token"] {
        let studio = Studio::open().await;
        let (cafe, _) = approved(&studio).await;
        studio.clock_reaches("tomorrow 17:59").await;
        studio.tiktok.arm(Fault::next(call, Trouble::ServerError { status: 503 }).times(2));
        studio.clock_reaches("20:00").await;
        cafe.has_published(1);
        studio.closes().await;
    }
}

#[tokio::test]
async fn a_last_chunk_that_never_arrived_is_sent_again_on_the_same_upload() {
    // Refused as if it were too late, unknown, malformed or there already; or taken, says TikTok, and lost.
    for status in [400, 403, 404, 416, 201] {
        let studio = Studio::open().await;
        let (cafe, _) = approved(&studio).await;
        studio.clock_reaches("tomorrow 17:59").await;
        studio.tiktok.arm(Fault::next("upload", Trouble::ServerError { status }));
        studio.clock_reaches("19:00").await;
        cafe.has_published(1);
        assert_eq!(calls(&studio, "video_init"), 1, "one upload, whatever {status} meant");
        studio.closes().await;
    }
}

#[tokio::test]
async fn chunks_that_tiktok_lost_are_sent_again_from_where_its_bytes_end() {
    let mut studio = Studio::open().await;
    let (cafe, _) = studio.has_approved(70_000_000).await;
    studio.clock_reaches("tomorrow 17:59").await;
    // The fifth and sixth of seven: taken, says TikTok, but it has neither, and so does not want the seventh.
    studio.tiktok.arm(Fault::next("upload", Trouble::ServerError { status: 206 }).after(4).times(2));
    studio.clock_reaches("19:00").await;
    cafe.has_published(1);
    assert_eq!((calls(&studio, "video_init"), calls(&studio, "upload")), (1, 10));
    // That one is what TikTok would have refused, through a loss of its own.
    assert_eq!(studio.tiktok.refusals().len(), 1);
    studio.stops().await;
}

fn calls(studio: &Studio, endpoint: &str) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == endpoint).count()
}

#[tokio::test]
async fn what_tiktok_refuses_for_good_is_told_with_who_can_help() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio).await;
    let trouble = Trouble::Fail { reason: "spam_risk_text".into() };
    studio.tiktok.arm(Fault::next("processing", trouble));
    studio.clock_reaches("tomorrow 19:00").await;
    cafe.has_published(0);
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_post_tiktok_never_speaks_of_again_is_left_to_a_person() {
    let studio = Studio::open().await;
    let (_, post) = approved(&studio).await;
    studio.tiktok.arm(Fault::next("processing", Trouble::Stuck));
    studio.clock_reaches("2026-11-28 12:00").await;
    insta::assert_snapshot!(with_numbered_fingerprints(&studio.discord.transcript("review")));

    // A button from before it became unclear tries nothing again: nobody said to have looked.
    let card = studio.discord.message(studio.card(&post)).unwrap();
    let old = button(&card, "It is not").unwrap().replace("not_out", "retry");
    let press = json!({ "custom_id": old, "component_type": 2, "id": 1 });
    let pressed = studio.discord.forge("mia", "review", 3, Some(studio.card(&post)), press).unwrap();
    let told = text_of(&pressed.reply().await.unwrap());
    assert!(told.contains("Nobody knows whether this post is out") && told.contains("/post resolve"), "{told}");
    studio.settles().await;
    assert_eq!(id_of(&studio.discord.message(studio.card(&post)).unwrap()), id_of(&card), "and nothing has changed");

    studio.member("mia").presses(studio.card(&post), "It is out").await;
    studio.settles().await;
    studio.closes().await;
}

#[tokio::test]
async fn discord_being_down_delays_cards_but_no_publication() {
    use greenroom::sandbox::discord::RestTrouble;
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio).await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.discord.fail("PATCH /channels/{channel}/messages/{message}", 1, 3, RestTrouble::Html(502));
    studio.clock_reaches("18:30").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn members_who_keep_composing_hold_up_no_post() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio).await;
    let noa = studio.member("noa");
    studio.clock_reaches("tomorrow 17:59").await;
    for _ in 0..15 {
        noa.schedules("latte.mp4").at("in 5h").composes().await;
    }
    studio.clock_reaches("18:00:30").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn three_posts_of_one_account_go_out_in_the_same_minute() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for number in 1..=3 {
        let post = mia.schedules("latte.mp4").caption(&format!("Latte {number}")).at("tomorrow 18:00").await;
        rui.approves(&post).await;
        studio.time_passes(chrono::TimeDelta::minutes(2)).await;
    }
    studio.clock_reaches("tomorrow 18:01").await;
    cafe.has_published(3);
    studio.closes().await;
}

#[tokio::test]
async fn three_uploads_of_a_post_are_opened_within_an_hour_and_no_more() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio).await;
    studio.clock_reaches("tomorrow 17:59").await;
    studio.tiktok.arm(Fault::next("video_init", Trouble::ServerError { status: 503 }).times(4));
    let openings = || studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "video_init").count();
    studio.clock_reaches("18:59").await;
    assert_eq!(openings(), 3);
    studio.clock_reaches("19:00:10").await;
    assert_eq!(openings(), 4, "the first is an hour old");
    studio.clock_reaches("20:00").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn discord_is_answered_before_tiktok_is_asked() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.tiktok.arm(Fault::next("creator_info", Trouble::Held { millis: None }));
    let mia = studio.member("mia");
    let clip = mia.schedules("latte.mp4");
    let silence = async {
        studio.tiktok.mischief().until_held().await;
        let answered: Vec<bool> = studio.discord.waits().iter().map(|(_, after)| after.is_some()).collect();
        studio.tiktok.mischief().clear();
        answered
    };
    let (_, answered) = tokio::join!(clip.composes(), silence);
    assert!(answered.iter().all(|answered| *answered), "nobody waits for TikTok to be heard by the bot: {answered:?}");
    studio.closes().await;
}
