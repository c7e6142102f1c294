//! The one button: single use, of one person, for a day, all rows or none.

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use greenroom::domain::ids::MemberId;
use greenroom::sandbox::discord::Snowflake;
use serde_json::{Value, json};

use super::{HEAD, becomes, checks, in_review, offer, sends};
use crate::studio::{Person, Post, Studio, button, id_of, padded, text_of};

/// Two good rows, checked; the message that offers to schedule them.
async fn two_rows(studio: &Studio, by: &Person<'_>) -> Value {
    sends(studio, &by.name, &[("a.mp4", padded(20_000)), ("b.mp4", padded(20_001))]);
    let file = format!("{HEAD}\ntomorrow 18:00,a.mp4,One,,everyone\ntomorrow 19:00,b.mp4,Two,,everyone\n");
    checks(by, "week.csv", file).await
}

/// What somebody is told who presses a button of that name, whatever they are shown.
async fn told(studio: &Studio, who: &str, message: Snowflake, press: &str) -> String {
    let data = json!({"custom_id": press, "component_type": 2, "id": 1});
    let asked = studio.discord.forge(who, "studio", 3, Some(message), data).unwrap();
    let view = asked.until(|view| !view.followups.is_empty()).await.unwrap();
    text_of(&view.followups[0])
}

#[tokio::test]
async fn it_belongs_to_one_person_and_works_once_also_after_a_restart() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let (message, press) = offer(&two_rows(&studio, &studio.member("mia")).await);
    assert!(told(&studio, "noa", message, &press).await.contains("made for somebody else"));
    assert_eq!(in_review(&studio).await, 0);

    studio.dies().await;
    studio.starts().await;
    let mia = studio.member("mia");
    let done = becomes(&studio, &mia, message, "Schedule 2 rows").await;
    assert!(text_of(&done).contains("Submitted 2 posts"), "{done:#}");
    assert!(told(&studio, "mia", message, &press).await.contains("have been scheduled already"));
    assert_eq!(in_review(&studio).await, 2);
    studio.settles().await;
    studio.closes().await;
}

#[tokio::test]
async fn after_a_day_the_rows_are_gone_with_their_videos() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("a.mp4", padded(20_000))]);
    let file = format!("{HEAD}\nin 3 days 18:00,a.mp4,One,,everyone\nin 3 days 19:00,a.mp4,Two,,everyone\n");
    let (message, press) = offer(&checks(&mia, "week.csv", file).await);
    studio.time_passes(TimeDelta::hours(25)).await;
    assert!(told(&studio, "mia", message, &press).await.contains("no longer prepared"));
    let store = &studio.program().flows().store;
    assert_eq!(store.post_by_number(studio.workspace(), 1).await.unwrap(), None);
    assert!(store.videos_kept(studio.workspace()).await.unwrap().is_empty());
    assert!(store.leftovers(10).await.unwrap().is_empty());
    studio.closes().await;
}

#[tokio::test]
async fn a_row_that_turned_bad_since_keeps_all_of_them_back() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("a.mp4", padded(20_000)), ("b.mp4", padded(20_001))]);
    let file = format!("{HEAD}\nin 30m,a.mp4,One,,everyone\ntomorrow 19:00,b.mp4,Two,,everyone\n");
    let (message, press) = offer(&checks(&mia, "week.csv", file).await);
    studio.time_passes(TimeDelta::minutes(20)).await;
    let said = told(&studio, "mia", message, &press).await;
    assert!(said.contains("No row was scheduled") && said.contains("row 1:"), "{said}");
    assert_eq!(in_review(&studio).await, 0);

    // Nor is any when what the creator allows has changed, or a draft was discarded.
    let (message, press) = offer(&two_rows(&studio, &mia).await);
    let newest = studio.newest_post().await;
    let shown = mia.runs(&["post", "show"], &[("post", json!(newest.number))]).await;
    mia.presses(id_of(&shown), "Discard").await;
    let gone = |text: String| text.contains("is discarded").then_some(());
    studio.discord.until("the draft's end", |discord| gone(text_of(&discord.message(id_of(&shown))?))).await.unwrap();
    let said = told(&studio, "mia", message, &press).await;
    assert!(said.contains("1 draft was discarded"), "{said}");
    assert_eq!(in_review(&studio).await, 0);
    studio.closes().await;
}

#[tokio::test]
async fn what_came_up_since_the_question_is_asked_first() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, noa) = (studio.member("mia"), studio.member("noa"));
    let shown = two_rows(&studio, &mia).await;
    let message = id_of(&shown);
    noa.schedules("latte.mp4").caption("Theirs").at("tomorrow 18:05").on(&cafe).await;
    let asked = becomes(&studio, &mia, message, "Schedule 2 rows").await;
    let said = text_of(&asked);
    assert!(said.contains("Row 1: Post #3 goes to @harbour.cafe 5 minutes later"), "{said}");
    noa.schedules("latte.mp4").caption("Theirs too").at("tomorrow 19:05").on(&cafe).with(padded(20_005)).await;
    let asked = becomes(&studio, &mia, message, "Schedule all the same").await;
    assert!(text_of(&asked).contains("Row 2: Post #4 goes to @harbour.cafe 5 minutes later"), "{asked:#}");
    assert_eq!(in_review(&studio).await, 2);
    let done = becomes(&studio, &mia, message, "Schedule all the same").await;
    assert!(text_of(&done).contains("Submitted 2 posts"), "{done:#}");
    studio.settles().await;
    let card = text_of(&studio.discord.message(studio.card(&Post { number: 1 })).unwrap());
    assert!(card.contains("Submitted in spite of"), "{card}");
    studio.closes().await;
}

#[tokio::test]
async fn a_prepared_file_can_be_discarded_by_whoever_made_it() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let shown = two_rows(&studio, &mia).await;
    let done = becomes(&studio, &mia, id_of(&shown), "Discard").await;
    assert!(text_of(&done).contains("The 2 prepared rows are discarded."), "{done:#}");
    assert!(button(&done, "Schedule").is_none());
    let flows = studio.program().flows();
    let member = MemberId(studio.discord.member_id("mia").unwrap());
    assert_eq!(flows.store.waiting_batches(studio.workspace(), member).await.unwrap().len(), 0);
    assert_eq!(flows.media.keys().count().await, 0, "its videos are gone, too");
    studio.closes().await;
}

#[tokio::test]
async fn a_death_in_the_middle_of_the_press_leaves_none_or_all() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let (message, _) = offer(&two_rows(&studio, &studio.member("mia")).await);
    studio.member("mia").presses(message, "Schedule 2 rows").await;
    studio.dies().await;
    studio.starts().await;
    if in_review(&studio).await == 0 {
        becomes(&studio, &studio.member("mia"), message, "Schedule 2 rows").await;
    }
    assert_eq!(in_review(&studio).await, 2);
    studio.settles().await;
    let told = studio.discord.messages("review");
    assert_eq!(told.iter().filter(|one| text_of(one).contains("2 posts from one file")).count(), 1);
    studio.closes().await;
}
