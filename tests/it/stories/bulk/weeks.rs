//! Files as people make them.

use std::sync::Arc;

use serde_json::Value;

use super::{HEAD, attached, becomes, checks, in_review, sends};
use crate::links::Town;
use crate::studio::{Post, Studio, button, id_of, padded, text_of};

#[tokio::test]
async fn a_week_is_checked_row_by_row_and_scheduled_with_one_press() {
    let (mut studio, town) = (Studio::open().await, Town::open().await);
    studio.is_connected_to(Arc::clone(&town) as _).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    sends(&studio, "mia", &[("my cake.mp4", padded(20_000))]);
    let file = format!(
        "{HEAD},comments,disclosure,cover\n\
         tomorrow 18:00,https://videos.example.com/latte.mp4?key=secret,\"Latte,\nwith milk\",harbour.cafe,everyone,yes,,\n\
         tomorrow 19:00,my cake.mp4,=Cake,,Only you,no,own brand,2.5\n\
         yesterday 18:00,my cake.mp4,Late,,everyone,,,\n\
         tomorrow 20:00,tea.mp4,Tea,,,,,\n\
         tomorrow 21:00,https://10.0.0.1/a.mp4,Inside,somebody.else,everyone,perhaps,,\n"
    );
    let shown = checks(&mia, "week.csv", file).await;
    insta::assert_snapshot!("a_week_is_checked", text_of(&shown));
    insta::assert_snapshot!("a_week_as_a_file", attached(&studio, &shown));
    assert_eq!(in_review(&studio).await, 0);

    let done = becomes(&studio, &mia, id_of(&shown), "Schedule 2 rows").await;
    assert!(text_of(&done).contains("Submitted 2 posts: #1 and #2."), "{done:#}");
    studio.settles().await;
    assert_eq!(in_review(&studio).await, 2);
    insta::assert_snapshot!(
        "a_week_in_review",
        crate::studio::with_numbered_fingerprints(&studio.discord.transcript("review"))
    );
    // The reviewers are called once.
    assert_eq!(studio.discord.pings().iter().filter(|ping| !ping.roles.is_empty()).count(), 1);
    for number in [1, 2] {
        rui.approves(&Post { number }).await;
    }
    studio.clock_reaches("tomorrow 19:30").await;
    cafe.has_published(2);
    assert_eq!(cafe.published()[0].caption, "Latte,\nwith milk");
    assert!(!studio.transcript().contains("secret"));
    studio.closes().await;
}

#[tokio::test]
async fn two_hundred_rows_are_prepared_and_scheduled_together() {
    let studio = Studio::open_with(&[("GREENROOM_LIMITS__SCHEDULED_PER_DAY", "500")]).await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("latte.mp4", padded(20_000))]);
    let rows: Vec<String> = (0..200)
        .map(|row| {
            format!(
                "2026-12-{:02} {:02}:{:02},latte.mp4,Row {row},,everyone",
                1 + row / 40,
                8 + row % 40 / 4,
                row % 4 * 15
            )
        })
        .collect();
    let asked_before = studio.tiktok.journal().iter().filter(|one| one.path.contains("creator_info")).count();
    let shown = checks(&mia, "all.csv", format!("{HEAD}\n{}\n", rows.join("\n"))).await;
    assert!(text_of(&shown).contains("200 rows can be scheduled"), "{}", text_of(&shown));
    let asked = studio.tiktok.journal().iter().filter(|one| one.path.contains("creator_info")).count();
    assert_eq!(asked - asked_before, 1, "the creator is asked once, not for each row");
    let question = becomes(&studio, &mia, id_of(&shown), "Schedule 200 rows").await;
    let said = text_of(&question);
    assert!(said.contains("shows the same video") && said.contains("more"), "{said}");
    assert_eq!(in_review(&studio).await, 0);
    let done = becomes(&studio, &mia, id_of(&shown), "Schedule all the same").await;
    assert!(text_of(&done).contains("Submitted 200 posts: #1 to #200."), "{done:#}");
    assert_eq!(in_review(&studio).await, 200);
    studio.settles().await;
    let told: Vec<String> = studio.discord.messages("review").iter().map(text_of).collect();
    let first = told.iter().find(|said| said.contains("from one file")).expect("one message about all of them");
    assert!(first.contains("200 posts from one file wait for your verdict") && first.contains("more"), "{first}");
    assert_eq!(studio.discord.pings().iter().filter(|ping| !ping.roles.is_empty()).count(), 1);
    studio.closes().await;
}

#[tokio::test]
async fn rows_are_weighed_beside_each_other() {
    let studio = Studio::open_with(&[("GREENROOM_LIMITS__SCHEDULED_PER_DAY", "2")]).await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("a.mp4", padded(20_000)), ("b.mp4", padded(20_001)), ("c.mp4", padded(20_002))]);
    let file = format!(
        "{HEAD}\ntomorrow 18:00,a.mp4,One,,everyone\ntomorrow 18:10,b.mp4,Two,,everyone\ntomorrow 20:00,c.mp4,One,,everyone\n"
    );
    let shown = checks(&mia, "week.csv", file).await;
    insta::assert_snapshot!(text_of(&shown));
    studio.closes().await;
}

#[tokio::test]
async fn only_files_the_bot_may_see_are_found_and_only_ones_own() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "noa", &[("theirs.mp4", padded(20_000))]);
    let upload = greenroom::sandbox::discord::Upload::new("file", "unseen.mp4", padded(20_001));
    studio.discord.say("mia", "studio", "without a mention", &[upload]).unwrap();
    let file = format!("{HEAD}\ntomorrow 18:00,theirs.mp4,,,everyone\ntomorrow 19:00,unseen.mp4,,,everyone\n");
    let shown = checks(&mia, "week.csv", file).await;
    let said = text_of(&shown);
    assert_eq!(said.matches("there is no file").count(), 2, "{said}");
    assert!(said.contains("in a message that mentions the bot") && button(&shown, "Schedule").is_none(), "{said}");
    studio.closes().await;
}

#[tokio::test]
async fn without_a_file_an_example_is_given_that_can_be_read() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let shown: Value = mia.runs(&["bulk"], &[]).await;
    insta::assert_snapshot!(format!("{}\n\n{}", text_of(&shown), attached(&studio, &shown)));
    sends(&studio, "mia", &[("cake.mp4", padded(20_000))]);
    let checked = checks(&mia, "example.csv", attached(&studio, &shown)).await;
    let said = text_of(&checked);
    assert!(said.contains("Row 2: ok") && said.contains("Row 1: Greenroom runs on this machine alone"), "{said}");
    studio.closes().await;
}
