//! Two reviewers in the same moment, on both databases: one card, one publication, and each is told what came of it.

use serde_json::json;

use super::told;
use crate::studio::{Account, Person, Post, Studio, text_of};

/// A studio on each database there is.
async fn studios() -> Vec<Studio> {
    let mut all = vec![Studio::open().await];
    if let Some(url) = crate::postgres::database().await {
        all.push(Studio::open_with(&[("GREENROOM_DATABASE__URL", &url)]).await);
    }
    all
}

async fn waiting<'a>(studio: &'a Studio, mia: &'a Person<'a>) -> (Account, Post) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    (cafe, post)
}

fn card(studio: &Studio, post: &Post) -> String {
    text_of(&studio.discord.message(studio.card(post)).unwrap())
}

#[tokio::test]
async fn of_an_approval_and_a_no_in_the_same_moment_one_counts_and_the_other_is_told() {
    for studio in studios().await {
        let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));
        let (cafe, post) = waiting(&studio, &mia).await;
        let place = studio.card(&post);
        // The form was opened before; what races is what is sent.
        let form = kim.presses(place, "Decline").await;
        let (approved, declined) = tokio::join!(rui.presses(place, "Approve"), kim.fills(&form, &[("reason", "late")]));
        studio.settles().await;
        let (yes, no) = (told(&approved).await, told(&declined).await);
        let shown = card(&studio, &post);
        studio.clock_reaches("tomorrow 18:05").await;
        if shown.contains("Approved by **rui**") {
            assert!(yes.contains("is approved and goes out"), "{yes}");
            assert!(
                no.contains("This post is approved; there is nothing to judge") && no.contains("/post withdraw"),
                "{no}"
            );
            cafe.has_published(1);
        } else {
            assert!(shown.contains("Declined by **kim**"), "{shown}");
            assert!(no.contains("is declined"), "{no}");
            assert!(yes.contains("This post was declined; there is nothing to judge"), "{yes}");
            cafe.has_published(0);
        }
        studio.closes().await;
    }
}

#[tokio::test]
async fn two_last_approvals_in_the_same_moment_make_one_publication() {
    for studio in studios().await {
        let (mia, rui, kim) = (studio.member("mia"), studio.reviewer("rui"), studio.reviewer("kim"));
        let (cafe, post) = waiting(&studio, &mia).await;
        let place = studio.card(&post);
        let (one, two) = tokio::join!(rui.presses(place, "Approve"), kim.presses(place, "Approve"));
        studio.settles().await;
        let said = [told(&one).await, told(&two).await];
        assert_eq!(said.iter().filter(|said| said.contains("is approved and goes out")).count(), 1, "{said:?}");
        assert_eq!(said.iter().filter(|said| said.contains("there is nothing to judge")).count(), 1, "{said:?}");
        studio.clock_reaches("tomorrow 18:05").await;
        cafe.has_published(1);
        studio.closes().await;
    }
}

#[tokio::test]
async fn two_needed_approvals_in_the_same_moment_both_count() {
    for studio in studios().await {
        let mia = studio.member("mia");
        studio.reviewer("rui");
        studio.reviewer("kim");
        studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
        let (cafe, post) = waiting(&studio, &mia).await;
        let place = studio.card(&post);
        let heard = studio.program().discord().reactions_heard();
        let before = *heard.borrow();
        studio.discord.react("rui", place, "✅").unwrap();
        studio.discord.react("kim", place, "✅").unwrap();
        studio.until_heard(heard.clone(), before).await;
        studio.until_heard(heard, before + 1).await;
        studio.settles().await;
        assert!(card(&studio, &post).contains("Approved by **"), "{}", card(&studio, &post));
        studio.clock_reaches("tomorrow 18:05").await;
        cafe.has_published(1);
        studio.closes().await;
    }
}
