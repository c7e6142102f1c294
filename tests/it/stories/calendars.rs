//! The month as a picture, and in words for whoever cannot see it.

use serde_json::{Value, json};

use crate::studio::{Studio, button, id_of, text_of};

/// The one picture of a message: its name, and what it says to those who cannot see it.
fn picture(message: &Value) -> (String, String) {
    let [file] = &message["attachments"].as_array().unwrap()[..] else { panic!("one picture: {message:#}") };
    assert_eq!(file["content_type"], "image/png");
    let text = |key: &str| file[key].as_str().unwrap_or_default().to_owned();
    (text("filename"), text("description"))
}

#[tokio::test]
async fn a_month_shows_every_post_by_day_account_and_state() {
    let studio = Studio::open().await;
    let (cafe, bikes) =
        (studio.connects_account("harbour.cafe").await, studio.connects_account("northpier.bikes").await);
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let out = mia.schedules("latte.mp4").at("today 18:00").on(&cafe).await;
    rui.approves(&out).await;
    studio.clock_reaches("today 18:05").await;
    cafe.has_published(1);
    let coming = mia.schedules("latte.mp4").at("tomorrow 09:30").on(&bikes).await;
    rui.approves(&coming).await;
    mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let gone = mia.schedules("latte.mp4").at("tomorrow 20:00").on(&cafe).await;
    mia.withdraws(&gone).await;
    // Just before midnight at the team's, and already December elsewhere.
    mia.schedules("latte.mp4").at("2026-12-01 00:10").on(&cafe).await;
    mia.schedules("latte.mp4").at("tomorrow 21:00").on(&cafe).composes().await;

    let november = studio.person("noa").runs(&["calendar"], &[]).await;
    let id = id_of(&november);
    let said = |message: &Value| {
        let (name, alt) = picture(message);
        format!("{name}\n{alt}\n\n{}", text_of(message))
    };
    let mut told = vec![said(&november)];
    let later = button(&november, "December").unwrap();
    studio.discord.press("noa", id, &later).unwrap().answer().await.unwrap();
    let december = studio.discord.message(id).unwrap();
    told.push(said(&december));
    insta::assert_snapshot!(told.join("\n\n"));
    studio.closes().await;
}

#[tokio::test]
async fn a_month_is_typed_in_many_ways_and_offered_while_somebody_types() {
    let studio = Studio::open().await;
    let noa = studio.person("noa");
    for (typed, title) in [
        ("dezember", "December 2026"),
        ("12/2026", "December 2026"),
        ("next", "December 2026"),
        ("2027-03", "March 2027"),
    ] {
        let shown = noa.runs(&["calendar"], &[("month", json!(typed))]).await;
        assert!(text_of(&shown).contains(&format!("Nothing is due in {title}.")), "{typed}: {shown:#}");
    }
    let shown = noa.runs(&["calendar"], &[("month", json!("`soon` @everyone"))]).await;
    assert!(text_of(&shown).starts_with("`soon @\u{200b}everyone` is no month."), "{shown:#}");
    let offered = async |typed: &str| {
        let options = [("month", json!(typed))];
        let found = studio.discord.autocomplete("noa", "studio", &["calendar"], &options, "month").await.unwrap();
        found.iter().map(|choice| choice["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(offered("").await, "November 2026, December 2026, January 2027, October 2026, September 2026");
    assert_eq!(offered("j").await, "January 2027, July 2026, June 2026");
    assert_eq!(offered("märz").await, "March 2027");
    studio.closes().await;
}

#[tokio::test]
async fn a_moved_post_stands_at_its_new_time_in_queue_and_calendar() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    mia.moves(&post, "sunday 12:00").await;

    let queue = text_of(&mia.runs(&["queue"], &[]).await);
    let sunday = 1_795_950_000; // Sunday, 29 November, 12:00 in Berlin
    assert!(queue.contains(&format!("<t:{sunday}:f>")), "{queue}");
    let options = [("post", json!("latte"))];
    let offers = studio.discord.autocomplete("mia", "studio", &["post", "show"], &options, "post").await.unwrap();
    assert!(offers[0]["name"].as_str().unwrap().contains("Sun 29 Nov 2026, 12:00"), "{offers:?}");
    let calendar = text_of(&mia.runs(&["calendar"], &[]).await);
    assert!(calendar.contains("**Sun 29** · 12:00") && !calendar.contains("18:00"), "{calendar}");
    studio.closes().await;
}
