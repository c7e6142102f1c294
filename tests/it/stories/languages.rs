//! To each person their own language, and in the channels the server's.

use chrono::TimeDelta;
use greenroom::domain::workspace::Workspace;
use greenroom::words::Language;
use serde_json::json;

use crate::studio::{Studio, id_of, text_of, with_numbered_fingerprints};

/// The server says that it speaks another language, and the program has heard it.
async fn speaks(studio: &Studio, locale: &str) {
    let heard = studio.program().discord().servers_heard();
    let before = *heard.borrow();
    studio.discord.set_language(locale);
    studio.until_heard(heard, before).await;
}

#[tokio::test]
async fn a_german_team_lives_a_posts_whole_life_in_german() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let before = studio.transcript();
    speaks(&studio, "de").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for person in ["ada", "mia", "rui"] {
        studio.discord.set_client(person, 10 << 20, "de").unwrap();
    }

    let post = mia.schedules("latte.mp4").caption("Freitagslatte #kaffee").at("morgen 18:00").on(&cafe).await;
    rui.reacts(&post, "❌").await;
    studio.settles().await;
    let form = mia.asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
    mia.fills(&form, &[("caption", "Samstagslatte #kaffee")]).await.reply().await.unwrap();
    studio.settles().await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.clock_reaches("fri 9:05").await;

    let mut told = with_numbered_fingerprints(&studio.transcript());
    told = told.replace(studio.tiktok.base_url(), "http://tiktok");
    for command in [&["queue"][..], &["slots", "show"]] {
        told.push_str(&format!("\n/{}\n{}\n", command.join(" "), text_of(&mia.runs(command, &[]).await)));
    }
    for line in told.lines().filter(|line| !before.contains(line)) {
        for english in ["Post ", "hint:", " review", "goes out", "approved", "Nobody", "days", "ago)."] {
            assert!(!line.contains(english), "`{english}` is English: {line}");
        }
    }
    insta::assert_snapshot!(told);
    studio.closes().await;
}

#[tokio::test]
async fn everybody_reads_their_own_language_and_cards_speak_the_servers() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let noa = studio.member("noa");
    studio.discord.set_client("noa", 10 << 20, "de").unwrap();

    // A German member of an English server: what only she reads is German, what everybody reads is not.
    let post = noa.schedules("latte.mp4").at("morgen 18:00").on(&cafe).await;
    let card = |post| text_of(&studio.discord.message(studio.card(&post)).unwrap());
    assert!(card(post).contains("In review"), "{}", card(post));
    let number = [("post", json!(post.number))];
    let hers = text_of(&noa.runs(&["post", "show"], &number).await);
    let mias = text_of(&mia.runs(&["post", "show"], &number).await);
    assert!(hers.contains("In Prüfung") && mias.contains("In review"), "{hers}\n{mias}");
    let refused = text_of(&noa.runs(&["post", "show"], &[("post", json!(99))]).await);
    assert!(refused.contains("Tipp:"), "{refused}");

    // The server changes its language, and nothing else: cards follow when they are drawn anew, and so do new ones.
    let known = || async { studio.program().flows().store.workspace(studio.workspace()).await.unwrap().unwrap() };
    let before = known().await;
    speaks(&studio, "de").await;
    assert_eq!(known().await, Workspace { language: Language::German, ..before });
    studio.reviewer("rui").approves(&post).await;
    assert!(card(post).contains("Freigegeben") || card(post).contains("Geplant"), "{}", card(post));
    let second = mia.schedules("latte.mp4").caption("Second").at("in 30h").on(&cafe).await;
    assert!(card(second).contains("In Prüfung"), "{}", card(second));
    let hers = text_of(&mia.runs(&["queue"], &[]).await);
    assert!(hers.contains("Page 1 of 1"), "she still reads English: {hers}");
    // The program remembers it.
    studio.time_passes(TimeDelta::minutes(1)).await;
    assert_eq!(known().await.language, Language::German);
    studio.closes().await;
}

#[tokio::test]
async fn a_failure_is_told_in_the_servers_language_with_a_button_that_helps() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    speaks(&studio, "de").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    assert!(studio.tiktok.change_creator(&cafe.name, |creator| creator.max_duration_seconds = 5));
    studio.clock_reaches("tomorrow 18:10").await;
    cafe.has_published(0);
    let card = studio.discord.message(studio.card(&post)).unwrap();
    assert_eq!(id_of(&card), studio.card(&post));
    insta::assert_snapshot!(with_numbered_fingerprints(&studio.discord.transcript("review")));
    studio.closes().await;
}
