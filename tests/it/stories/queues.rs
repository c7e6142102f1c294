//! What is coming, page by page: none, one page, more than one, very many; and how a video is watched before it goes out.

use chrono::TimeDelta;
use greenroom::domain::caption::Caption;
use greenroom::domain::ids::PostId;
use greenroom::domain::post::{Due, Post, PostState};
use reqwest::StatusCode;
use reqwest::header::RANGE;
use serde_json::{Value, json};

use crate::studio::{LATTE, Studio, button, client, clip_path, id_of, link_in, text_of};

const PUBLIC: &str = "https://greenroom.example/";
const UGLY: &str = "**bold** @everyone <@1> `code` [link](https://example.com) ||spoiler|| # head\n> quote ";

/// Hands in one post and lays copies of it beside it, each a quarter of an hour later, in review.
async fn fills_the_queue(studio: &Studio, copies: i64) {
    let post = studio.newest_post().await;
    let store = &studio.program().flows().store;
    let first = store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    let Due::At(at) = first.due else { panic!("it has a time") };
    let mut tx = store.begin().await.unwrap();
    for number in 1..=copies {
        let due = at + TimeDelta::minutes(15 * number);
        let caption = Caption::new(&UGLY.repeat(20)).unwrap();
        let number = tx.next_post_number(studio.workspace()).await.unwrap();
        let state = PostState::InReview { since: studio.clock_now() };
        let id = PostId::new(studio.clock_now());
        tx.add_post(&Post { id, number, due: Due::At(due), caption, state, ..first.clone() }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn footer(message: &Value) -> String {
    message["embeds"][0]["footer"]["text"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_queue_of_any_length_is_read_page_by_page() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let none = mia.runs(&["queue"], &[]).await;
    assert!(text_of(&none).contains("Nothing is coming.") && button(&none, "Later").is_none());

    mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let one = mia.runs(&["queue"], &[]).await;
    assert!(footer(&one).starts_with("Page 1 of 1 · 1 post ·") && button(&one, "Later").is_none(), "{one:#}");

    fills_the_queue(&studio, 10).await;
    let eleven = mia.runs(&["queue"], &[]).await;
    assert!(footer(&eleven).starts_with("Page 1 of 2 · 11 posts ·"), "{}", footer(&eleven));
    assert!(!text_of(&eleven).contains("@everyone") && !text_of(&eleven).contains("<@1>"), "{}", text_of(&eleven));
    mia.presses(id_of(&eleven), "Later").await;
    let second = studio.discord.message(id_of(&eleven)).unwrap();
    assert_eq!(text_of(&second).matches("**#").count(), 1);

    fills_the_queue(&studio, 289).await;
    let many = mia.runs(&["queue"], &[("account", json!("harbour.cafe")), ("state", json!("in review"))]).await;
    assert!(text_of(&many).contains("Queue · @harbour.cafe · 👀 in review"), "{}", text_of(&many));
    assert!(footer(&many).starts_with("Page 1 of 30 · 300 posts ·"), "{}", footer(&many));
    assert_eq!(text_of(&many).matches("**#").count(), 10, "every line of a page is there");

    // Whoever turned to the end sees the end, also when there is less by then.
    let filter = greenroom::discord::buttons::QueueFilter::default();
    let beyond = greenroom::discord::buttons::Press::Page { filter, page: 500 }.to_string();
    let data = json!({"custom_id": beyond, "component_type": 2, "id": 1});
    let asked = studio.discord.forge("mia", "studio", 3, Some(id_of(&many)), data).unwrap();
    asked.answer().await.unwrap();
    assert!(footer(&studio.discord.message(id_of(&many)).unwrap()).starts_with("Page 30 of 30"));
    studio.closes().await;
}

#[tokio::test]
async fn a_video_is_watched_from_its_composer_before_it_is_submitted() {
    let studio = Studio::open_with(&[("GREENROOM_WEB__PUBLIC_URL", PUBLIC)]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let composer = mia.schedules("latte.mp4").on(&cafe).composes().await.view().original.unwrap();
    let here = studio.program().web_address();
    let address = |message: &Value| {
        let link = link_in(message).expect("a link to watch it");
        format!("http://{here}/{}/video", link.strip_prefix(PUBLIC).expect("a link to us"))
    };
    let first = address(&composer);
    let part = client().get(&first).header(RANGE, "bytes=4-7").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.bytes().await.unwrap(), std::fs::read(clip_path(LATTE)).unwrap()[4..8]);

    // What the link shows is what would go out: after a change the composer has another, and the old one says so.
    mia.presses(id_of(&composer), "Comments").await;
    let redrawn = studio.discord.message(id_of(&composer)).unwrap();
    assert_ne!(address(&redrawn), first);
    assert_eq!(client().get(&first).send().await.unwrap().status(), StatusCode::GONE);
    assert_eq!(client().get(address(&redrawn)).send().await.unwrap().status(), StatusCode::OK);
    mia.presses(id_of(&composer), "Discard").await;
    studio.closes().await;
}

#[tokio::test]
async fn a_state_lists_the_posts_that_stand_there_and_no_others() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let out = mia.schedules("latte.mp4").at("in 30m").on(&cafe).await;
    rui.approves(&out).await;
    studio.time_passes(TimeDelta::minutes(40)).await;
    cafe.has_published(1);
    let changed = mia.schedules("latte.mp4").caption("Another").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&changed).await;
    mia.insists(
        mia.runs(&["post", "move"], &[("post", json!(changed.number)), ("when", json!("tomorrow 20:00"))]).await,
    )
    .await;
    studio.settles().await;

    for (state, number) in [("approved", None), ("cancelled", None), ("published", Some(1)), ("in review", Some(2))] {
        let listed = text_of(&mia.runs(&["queue"], &[("state", json!(state))]).await);
        let numbers: Vec<i64> = (1..=2).filter(|number| listed.contains(&format!("**#{number}"))).collect();
        assert_eq!(numbers, Vec::from_iter(number), "{state}: {listed}");
    }
    studio.closes().await;
}
