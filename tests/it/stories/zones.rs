//! A zone of one's own: what a member types is read in it, and what they are shown as text is said in it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::{Person, Post, Studio, button, id_of, text_of};

/// TikTok has processed a clip by then.
const MINUTE: TimeDelta = TimeDelta::minutes(1);

async fn chooses(person: &Person<'_>, zone: Option<&str>) -> String {
    let options: Vec<(&str, Value)> = zone.iter().map(|zone| ("zone", json!(zone))).collect();
    text_of(&person.runs(&["timezone"], &options).await)
}

async fn due(studio: &Studio, post: &Post) -> String {
    let store = &studio.program().flows().store;
    let post = store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    format!("{} {}", post.due.instant().expect("a time").format("%a %H:%M"), post.zone)
}

#[tokio::test]
async fn a_member_chooses_a_zone_and_goes_back() {
    let studio = Studio::open().await;
    let mia = studio.member("mia");
    let mut said = String::new();
    for zone in
        [Some("America/New_York"), Some("new york"), Some("Berlin"), Some("Mars/Olympus"), None, Some("asia/tokyo")]
    {
        said.push_str(&format!("{}\n{}\n\n", zone.unwrap_or("(empty)"), chooses(&mia, zone).await));
    }
    insta::assert_snapshot!(said);
    studio.closes().await;
}

#[tokio::test]
async fn what_a_member_types_is_read_in_their_own_zone_wherever_they_type_it() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    chooses(&studio.member("mia"), Some("America/New_York")).await;
    // It is kept.
    studio.stops().await;
    studio.starts().await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    assert_eq!(due(&studio, &post).await, "Thu 23:00 America/New_York");
    let others = rui.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    assert_eq!(due(&studio, &others).await, "Thu 17:00 Europe/Berlin");

    let told = text_of(&mia.moves(&post, "fri 9:00").await);
    assert!(told.contains("given in America/New\\_York"), "{told}");
    assert_eq!(due(&studio, &post).await, "Fri 14:00 America/New_York");

    // The form shows the time on the clock of whoever opens it, and sent back unchanged it changes nothing.
    let form = mia.asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
    let shown = form.view().answer.and_then(|answer| answer.form).expect("a form").to_string();
    assert!(shown.contains("2026-11-27 09:00"), "{shown}");
    mia.fills(&form, &[("when", "fri 10:00")]).await.reply().await.unwrap();
    assert_eq!(due(&studio, &post).await, "Fri 15:00 America/New_York");

    let composer = mia.schedules("latte.mp4").at("fri 12:00").on(&cafe).composes().await;
    let reply = composer.view().original.unwrap();
    assert!(text_of(&reply).contains("given in America/New\\_York"), "{}", text_of(&reply));
    let form = mia.presses(id_of(&reply), "Change time").await;
    mia.fills(&form, &[("when", "sat 12:00")]).await;
    let saturday = studio.clock_now().date_naive() + chrono::Days::new(3);
    let at = saturday.and_hms_opt(17, 0, 0).unwrap().and_utc().timestamp();
    let drawn = text_of(&studio.discord.message(id_of(&reply)).unwrap());
    assert!(drawn.contains(&at.to_string()), "{drawn}");

    let typed = [("when", json!("fri 18:00"))];
    let offers = studio.discord.autocomplete("mia", "studio", &["schedule"], &typed, "when").await.unwrap();
    let first = offers[0]["name"].clone();
    assert_eq!(first, "Fri 27 Nov 2026, 18:00 (EST, UTC-5) · in 2 days 15 h");
    let queue = text_of(&mia.runs(&["queue"], &[]).await);
    assert!(queue.contains("times you type are read in America/New_York"), "{queue}");
    studio.closes().await;
}

#[tokio::test]
async fn a_time_that_is_skipped_or_comes_twice_is_offered_and_the_video_is_kept() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.clock_reaches("2027-03-20 12:00").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    chooses(&mia, None).await;
    let skipped = mia.schedules("latte.mp4").at("2027-03-28 02:30").on(&cafe).composes().await.view().original.unwrap();
    let told = text_of(&skipped);
    assert!(told.contains("Clocks in Europe/Berlin skip Sun 28 Mar 2027, 02:30"), "{told}");
    assert!(told.contains("The video is kept"), "{told}");
    mia.presses(id_of(&skipped), "Sun 28 Mar 2027, 03:00").await;
    let composer = studio.discord.message(id_of(&skipped)).unwrap();
    assert!(button(&composer, "Submit for review").is_some(), "{composer:#}");

    // What is typed anew is read like anything else.
    let unclear =
        mia.schedules("latte.mp4").at("next friday 18:00").on(&cafe).composes().await.view().original.unwrap();
    let form = mia.presses(id_of(&unclear), "Another time").await;
    mia.fills(&form, &[("when", "2027-03-28 12:00")]).await;
    let composer = studio.discord.message(id_of(&unclear)).unwrap();
    assert!(button(&composer, "Submit for review").is_some(), "{composer:#}");

    let post = rui.schedules("latte.mp4").at("2027-03-27 12:00").on(&cafe).await;
    let told = rui.moves(&post, "2027-03-28 02:30").await;
    rui.presses(id_of(&told), "Sun 28 Mar 2027, 03:00").await;
    assert_eq!(due(&studio, &post).await, "Sun 01:00 Europe/Berlin");

    studio.clock_reaches("2027-10-20 12:00").await;
    let post = rui.schedules("latte.mp4").at("2027-10-30 12:00").on(&cafe).await;
    let told = rui.moves(&post, "2027-10-31 02:30").await;
    rui.presses(id_of(&told), "02:30 (Europe/Berlin, UTC+1)").await;
    assert_eq!(due(&studio, &post).await, "Sun 01:30 Europe/Berlin");
    let form = rui.asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
    let told = rui.fills(&form, &[("when", "2027-10-31 02:30")]).await.reply().await.unwrap();
    rui.presses(id_of(&told), "02:30 (Europe/Berlin, UTC+2)").await;
    assert_eq!(due(&studio, &post).await, "Sun 00:30 Europe/Berlin");
    let typed = [("when", json!("2027-10-31 02:30"))];
    let offers = studio.discord.autocomplete("rui", "studio", &["schedule"], &typed, "when").await.unwrap();
    let offers: Vec<Value> = offers.iter().take(2).map(|one| one["name"].clone()).collect();
    assert!(offers[0].as_str().unwrap().contains("CEST, UTC+2") && offers[1].as_str().unwrap().contains("CET, UTC+1"));
    studio.closes().await;
}

#[tokio::test]
async fn asap_goes_out_on_approval_however_it_was_asked_for_and_lapses_after_a_day() {
    let studio = Studio::open_with(&[("GREENROOM_SCHEDULING__MIN_LEAD", "2h")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let handed_in = mia.schedules("latte.mp4").at("asap").on(&cafe).await;
    rui.approves(&handed_in).await;
    studio.time_passes(MINUTE).await;
    cafe.has_published(1);
    let moved = mia.schedules("latte.mp4").caption("moved").at("tomorrow 18:00").on(&cafe).await;
    mia.moves(&moved, "so schnell wie möglich").await;
    rui.approves(&moved).await;
    studio.time_passes(MINUTE).await;
    cafe.has_published(2);
    let edited = mia.schedules("latte.mp4").caption("edited").at("tomorrow 18:00").on(&cafe).await;
    let form = mia.asks(&["post", "edit"], &[("post", json!(edited.number))], &[]).await;
    let reply = mia.fills(&form, &[("when", "sofort")]).await.reply().await.unwrap();
    mia.insists(reply).await;
    studio.settles().await;
    rui.approves(&edited).await;
    studio.time_passes(MINUTE).await;
    cafe.has_published(3);

    let forgotten = mia.schedules("latte.mp4").caption("forgotten").at("asap").on(&cafe).await;
    studio.time_passes(TimeDelta::hours(25)).await;
    let card = text_of(&studio.discord.message(studio.card(&forgotten)).unwrap());
    assert!(card.contains("lapsed"), "{card}");
    cafe.has_published(3);
    studio.closes().await;
}
