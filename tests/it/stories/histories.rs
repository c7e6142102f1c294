//! Who did what to a post can be read by whoever may see the post.

use serde_json::json;

use crate::studio::{Person, Studio, button, id_of, text_of, with_numbered_fingerprints};

async fn reads(who: &Person<'_>, number: i64) -> serde_json::Value {
    who.runs(&["post", "history"], &[("post", json!(number))]).await
}

#[tokio::test]
async fn a_posts_history_says_who_did_what_when_and_where() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.declines(&post, "too dark").await;
    mia.changes_caption(&post, "Saturday latte").await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);

    let newest = reads(&studio.person("noa"), post.number).await;
    let id = id_of(&newest);
    let mut told = vec![text_of(&newest)];
    studio.person("noa").presses(id, "Earlier").await;
    let earlier = studio.discord.message(id).unwrap();
    assert!(button(&earlier, "Later").is_some());
    told.insert(0, text_of(&earlier));
    let told = told.join("\n\n");
    for (person, name) in [("mia", "MIA"), ("rui", "RUI")] {
        assert!(
            told.contains(&format!("<@{}> ({person})", studio.discord.member_id(person).unwrap())),
            "{name}: {told}"
        );
    }
    insta::assert_snapshot!(without_numbers(&told));
    studio.closes().await;
}

#[tokio::test]
async fn a_drafts_history_is_its_authors_alone() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let composer = mia.schedules("latte.mp4").on(&cafe).composes().await.view().original.unwrap();
    assert!(text_of(&reads(&mia, 1).await).contains("Handed in"));
    for who in ["noa", "ada"] {
        assert!(text_of(&reads(&studio.person(who), 1).await).starts_with("There is no such post here."));
    }
    mia.presses(id_of(&composer), "Discard").await;
    studio.closes().await;
}

/// Numbers of people, roles, channels and messages differ between runs.
fn without_numbers(text: &str) -> String {
    let mut kept = String::new();
    let mut digits = String::new();
    for letter in with_numbered_fingerprints(text).chars().chain(['\n']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        kept.push_str(if digits.len() > 12 { "…" } else { &digits });
        digits.clear();
        kept.push(letter);
    }
    kept.trim_end().to_owned()
}
