//! Who presses the stop button, what it stops, and what goes out afterwards.

use chrono::TimeDelta;
use greenroom::sandbox::mischief::{Fault, Trouble};

use super::{approved, card, on_postgres, questions, runs};
use crate::studio::{Studio, id_of, text_of};

#[tokio::test]
async fn what_falls_due_while_publishing_is_paused_goes_out_once_by_a_persons_word() {
    goes_out_by_a_persons_word(Studio::open().await, true).await;
}

#[tokio::test]
async fn what_falls_due_while_publishing_is_paused_goes_out_once_by_a_persons_word_on_postgres() {
    if let Some(studio) = on_postgres().await {
        goes_out_by_a_persons_word(studio, false).await;
    }
}

async fn goes_out_by_a_persons_word(mut studio: Studio, reads: bool) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let due = approved(&studio, &cafe, "Friday latte", "18:00").await;
    let later = approved(&studio, &cafe, "Late latte", "20:00").await;
    let why = "Wrong *price* in every video @everyone <@1>";
    let told = runs(&studio.reviewer("rui"), "pause", None, Some(why)).await;
    assert!(told.contains("All publishing is paused") && told.contains("/resume"), "{told}");
    studio.settles().await;
    assert!(card(&studio, &due).contains("at its time this post is held"), "{}", card(&studio, &due));

    studio.clock_reaches("17:59").await;
    // It is not forgotten with the process.
    studio.stops().await;
    studio.starts().await;
    studio.clock_reaches("18:30").await;
    cafe.has_published(0);
    assert!(studio.tiktok.tasks().is_empty(), "TikTok was not even asked");
    assert!(card(&studio, &due).contains("Held, because publishing is paused"), "{}", card(&studio, &due));
    assert!(questions(&studio).is_empty(), "nobody is asked before it is over");
    let told = studio.reviewer("rui").presses(studio.card(&due), "Publish now").await.reply().await.unwrap();
    assert!(text_of(&told).contains("paused by `rui`"), "{told:#}");

    let told = runs(&studio.person("ada"), "resume", None, None).await;
    assert!(told.contains("1 post is held"), "{told}");
    studio.clock_reaches("19:30").await;
    cafe.has_published(0);
    let asked = questions(&studio);
    assert_eq!(asked.len(), 1, "{asked:#?}");
    studio.reviewer("rui").presses(id_of(&asked[0]), "Publish #1 now").await;
    studio.clock_reaches("19:50").await;
    cafe.has_published(1);
    assert_eq!(cafe.published()[0].caption, "Friday latte");
    studio.clock_reaches("20:10").await;
    cafe.has_published(2);
    assert!(card(&studio, &later).contains("Published"));
    if reads {
        insta::assert_snapshot!("a_pause", studio.transcript().replace(studio.tiktok.base_url(), "http://tiktok"));
    }
    studio.closes().await;
}

#[tokio::test]
async fn one_account_is_paused_and_the_other_goes_on() {
    let studio = Studio::open().await;
    let (cafe, pier) =
        (studio.connects_account("harbour.cafe").await, studio.connects_account("northpier.bikes").await);
    approved(&studio, &cafe, "Stopped", "18:00").await;
    approved(&studio, &pier, "Not stopped", "18:00").await;
    runs(&studio.person("ada"), "pause", Some(&cafe), None).await;
    studio.clock_reaches("18:10").await;
    cafe.has_published(0);
    pier.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_for_as_soon_as_possible_that_is_approved_during_a_pause_is_held() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    let post = approved(&studio, &cafe, "Now", "asap").await;
    studio.time_passes(TimeDelta::hours(30)).await;
    cafe.has_published(0);
    assert!(card(&studio, &post).contains("Held"), "{}", card(&studio, &post));
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.settles().await;
    studio.member("mia").presses(studio.card(&post), "Publish now").await;
    studio.time_passes(TimeDelta::minutes(10)).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn another_try_that_falls_due_during_a_pause_is_held() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = approved(&studio, &cafe, "Second try", "18:00").await;
    studio.tiktok.arm(Fault::next("video_init", Trouble::ServerError { status: 503 }));
    studio.clock_reaches("18:00").await;
    assert!(card(&studio, &post).contains("Attempt 1"), "{}", card(&studio, &post));
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    studio.clock_reaches("18:05").await;
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.clock_reaches("19:00").await;
    cafe.has_published(0);
    assert_eq!(questions(&studio).len(), 1);
    studio.closes().await;
}

/// Nobody looked between the due time and the end of the pause.
#[tokio::test]
async fn what_fell_due_while_the_program_was_away_is_held_with_the_end_of_the_pause() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, "Unseen", "18:00").await;
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    studio.clock_reaches("17:59").await;
    studio.clock.push(std::time::Duration::from_secs(90));
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.clock_reaches("18:30").await;
    cafe.has_published(0);
    assert_eq!(questions(&studio).len(), 1);
    // First who resumed, then what is left to decide.
    let told = studio.discord.transcript("review");
    let (resumed, asked) = (told.find("resumed all publishing"), told.find("somebody has to decide"));
    assert!(resumed.is_some() && resumed < asked, "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_plain_member_neither_pauses_nor_resumes() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    approved(&studio, &cafe, "Friday latte", "18:00").await;
    let told = runs(&studio.member("noa"), "pause", None, None).await;
    assert!(told.contains("Only a reviewer or a manager"), "{told}");
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    let told = runs(&studio.member("mia"), "resume", Some(&cafe), None).await;
    assert!(told.contains("Only a reviewer or a manager"), "{told}");
    studio.clock_reaches("18:10").await;
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn what_is_paused_twice_or_resumed_in_vain_is_said_plainly() {
    let studio = Studio::open().await;
    let (cafe, pier) =
        (studio.connects_account("harbour.cafe").await, studio.connects_account("northpier.bikes").await);
    let (rui, ada) = (studio.reviewer("rui"), studio.person("ada"));
    let mut said = Vec::new();
    said.push(runs(&rui, "resume", None, None).await);
    said.push(runs(&rui, "resume", Some(&cafe), None).await);
    said.push(runs(&rui, "pause", Some(&cafe), Some("wrong price")).await);
    said.push(runs(&ada, "pause", Some(&cafe), None).await);
    said.push(runs(&ada, "pause", None, None).await);
    said.push(runs(&rui, "pause", None, None).await);
    said.push(runs(&rui, "resume", Some(&pier), None).await);
    // Its own pause ends, the one of all goes on.
    said.push(runs(&rui, "resume", Some(&cafe), None).await);
    said.push(runs(&rui, "resume", None, None).await);
    said.push(runs(&rui, "resume", None, None).await);
    // What is paused by itself is resumed with everything.
    said.push(runs(&ada, "pause", Some(&pier), None).await);
    said.push(runs(&ada, "pause", None, None).await);
    said.push(runs(&ada, "resume", None, None).await);
    said.push(runs(&ada, "resume", Some(&pier), None).await);
    studio.settles().await;
    insta::assert_snapshot!(said.join("\n\n"));
    studio.closes().await;
}
