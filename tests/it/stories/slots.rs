//! Weekly slots: set by reviewers and managers, taken one after the other, free again when a post gives them up.

use serde_json::{Value, json};

use crate::studio::{Account, Person, Post, Studio, button, id_of, text_of};

async fn sets(person: &Person<'_>, day: &str, time: &str) -> String {
    text_of(&person.runs(&["slots", "set"], &[("day", json!(day)), ("time", json!(time))]).await)
}

/// A team with one account that publishes every day at nine and six.
async fn with_slots(studio: &Studio) -> Account {
    let cafe = studio.connects_account("harbour.cafe").await;
    sets(&studio.reviewer("rui"), "every day", "9:00, 18:00").await;
    cafe
}

/// When a post is due, on the team's clock.
async fn due(studio: &Studio, post: &Post) -> String {
    let store = &studio.program().flows().store;
    let post = store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    let at = post.due.instant().expect("a time");
    at.with_timezone(&crate::studio::ZONE).format("%a %H:%M").to_string()
}

#[tokio::test]
async fn slots_are_set_shown_and_cleared_and_can_be_had_back() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let mut said = String::new();
    let mut notes = |what: &str, told: &str| said.push_str(&format!("{what}\n{told}\n\n"));
    notes("show", &text_of(&mia.runs(&["slots", "show"], &[]).await));
    notes("mia sets", &sets(&mia, "monday", "18:00").await);
    notes("weekdays", &sets(&rui, "weekdays", "9:00, 6pm").await);
    notes("every day", &sets(&studio.person("ada"), "every day", "18 Uhr").await);
    notes("again", &sets(&rui, "weekdays", "18:00").await);
    notes("no time", &sets(&rui, "monday", "tomorrow 18:00").await);
    notes("show", &text_of(&mia.runs(&["slots", "show"], &[]).await));
    let friday = [("day", json!("friday"))];
    notes("mia clears", &text_of(&mia.runs(&["slots", "clear"], &friday).await));
    notes("clear friday", &text_of(&rui.runs(&["slots", "clear"], &friday).await));
    notes("clear friday again", &text_of(&rui.runs(&["slots", "clear"], &friday).await));
    notes("clear 9:00", &text_of(&rui.runs(&["slots", "clear"], &[("time", json!("9:00"))]).await));
    notes("clear", &text_of(&rui.runs(&["slots", "clear"], &[]).await));
    insta::assert_snapshot!(said);
    studio.closes().await;
}

#[tokio::test]
async fn the_next_slot_is_the_first_that_is_free() {
    let studio = Studio::open().await;
    let cafe = with_slots(&studio).await;
    let mia = studio.member("mia");
    // It is Wednesday, 09:00 in Berlin: that one has passed.
    let first = mia.schedules("latte.mp4").at("next slot").on(&cafe).await;
    assert_eq!(due(&studio, &first).await, "Wed 18:00");
    // Whoever typed the very time of a slot has it.
    mia.schedules("latte.mp4").at("tomorrow 9:00").on(&cafe).await;
    let second = mia.schedules("latte.mp4").at("nächster Slot").on(&cafe).await;
    assert_eq!(due(&studio, &second).await, "Thu 18:00");
    studio.reviewer("rui").approves(&second).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn two_who_ask_at_the_same_time_get_two_slots() {
    let studio = Studio::open().await;
    let cafe = with_slots(&studio).await;
    studio.discord.add_member("noa2", &[]);
    let (mia, noa) = (studio.member("mia"), studio.member("noa2"));
    let one = mia.schedules("latte.mp4").at("next slot").on(&cafe);
    let other = noa.schedules("latte.mp4").at("next slot").on(&cafe);
    let (one, other) = tokio::join!(one.composes(), other.composes());
    let dues = |text: String| text.split("<t:").nth(1).and_then(|rest| rest.split(':').next().map(str::to_owned));
    let (one, other) = (text_of(&one.view().original.unwrap()), text_of(&other.view().original.unwrap()));
    assert!(dues(one.clone()).is_some() && dues(one.clone()) != dues(other.clone()), "{one}\n{other}");
    studio.closes().await;
}

#[tokio::test]
async fn a_slot_is_free_again_when_its_post_gives_it_up() {
    let studio = Studio::open().await;
    let cafe = with_slots(&studio).await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let takes = async || mia.schedules("latte.mp4").at("next slot").on(&cafe).await;
    let withdrawn = takes().await;
    let moved = takes().await;
    let declined = takes().await;
    let kept = takes().await;
    assert_eq!(due(&studio, &kept).await, "Fri 09:00");
    mia.withdraws(&withdrawn).await;
    let again = takes().await;
    assert_eq!(due(&studio, &again).await, "Wed 18:00");
    mia.moves(&moved, "fri 20:00").await;
    let again = takes().await;
    assert_eq!(due(&studio, &again).await, "Thu 09:00");
    rui.declines(&declined, "no").await;
    let again = takes().await;
    assert_eq!(due(&studio, &again).await, "Thu 18:00");
    // A discarded draft gives its slot up as well.
    let composer = mia.schedules("latte.mp4").at("next slot").on(&cafe).composes().await;
    let shown = id_of(&composer.view().original.unwrap());
    let before = rui.runs(&["slots", "show"], &[]).await;
    mia.presses(shown, "Discard").await;
    let gone = |discord: &greenroom::sandbox::discord::Discord| {
        button(&discord.message(shown)?, "Discard").is_none().then_some(())
    };
    studio.discord.until("the draft to be gone", gone).await.unwrap();
    assert_ne!(text_of(&before), text_of(&rui.runs(&["slots", "show"], &[]).await));
    studio.closes().await;
}

#[tokio::test]
async fn a_post_is_moved_into_the_next_slot_with_every_way_to_change_its_time() {
    let studio = Studio::open().await;
    let cafe = with_slots(&studio).await;
    let mia = studio.member("mia");
    let post = mia.schedules("latte.mp4").at("sat 12:00").on(&cafe).await;
    let told = text_of(&mia.moves(&post, "next slot").await);
    assert!(told.contains("is now due") && told.contains("given in Europe/Berlin"), "{told}");
    assert_eq!(due(&studio, &post).await, "Wed 18:00");
    // Asked again, it is the one after it; the one it had is free.
    mia.moves(&post, "next slot").await;
    assert_eq!(due(&studio, &post).await, "Thu 09:00");
    let form = mia.asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
    mia.fills(&form, &[("when", "next slot"), ("caption", "Other words")]).await.reply().await.unwrap();
    studio.settles().await;
    assert_eq!(due(&studio, &post).await, "Wed 18:00");
    // And of a draft.
    let composer = mia.schedules("latte.mp4").at("sat 12:00").on(&cafe).composes().await;
    let shown = id_of(&composer.view().original.unwrap());
    let form = mia.presses(shown, "Change time").await;
    mia.fills(&form, &[("when", "next slot")]).await;
    let drawn = text_of(&studio.discord.message(shown).unwrap());
    let thursday = studio.clock_now().date_naive().succ_opt().unwrap().and_hms_opt(8, 0, 0).unwrap().and_utc();
    assert!(drawn.contains(&thursday.timestamp().to_string()), "{drawn}");
    studio.closes().await;
}

#[tokio::test]
async fn a_composer_whose_slot_is_lost_says_so_and_offers_the_next() {
    let studio = Studio::open().await;
    let cafe = with_slots(&studio).await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let clip = mia.schedules("latte.mp4").at("next slot").on(&cafe);
    let composer = clip.composes().await;
    let reply = composer.view().original.unwrap();
    let select = crate::studio::select_offering(&reply, "SELF_ONLY").unwrap();
    studio.discord.select("mia", id_of(&reply), &select, &["SELF_ONLY"]).unwrap().answer().await.unwrap();
    // Somebody types the same time and is faster.
    rui.schedules("latte.mp4").at("today 18:00").on(&cafe).await;
    let submitted = mia.presses(id_of(&reply), "Submit for review").await;
    let told = refusal_of(&submitted).await;
    assert!(text_of(&told).contains("now has another post") && text_of(&told).contains("the next free slot is"));
    mia.presses(id_of(&told), "Take the next free slot").await;
    let drawn = studio.discord.message(id_of(&told)).unwrap();
    assert!(button(&drawn, "Submit for review").is_some(), "the composer is back: {drawn:#}");

    // Nobody presses anything until it is too late for that one too.
    studio.clock_reaches("tomorrow 8:50").await;
    let submitted = mia.presses(id_of(&drawn), "Submit for review").await;
    let told = text_of(&refusal_of(&submitted).await);
    assert!(told.contains("is too near or has passed") && told.contains("18:00"), "{told}");
    studio.closes().await;
}

/// What was said beside a composer.
async fn refusal_of(pressed: &greenroom::sandbox::discord::Interaction) -> Value {
    let view = pressed.until(|view| !view.followups.is_empty()).await.unwrap();
    view.followups.last().cloned().unwrap()
}

#[tokio::test]
async fn without_a_free_slot_nothing_is_fetched_and_it_is_said_plainly() {
    let studio = Studio::open_with(&[("GREENROOM_SCHEDULING__MAX_AHEAD", "10d")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let mut said = mia.schedules("latte.mp4").at("next slot").on(&cafe).meets_refusal().await;
    sets(&rui, "thursday", "18:00").await;
    for _ in 0..2 {
        mia.schedules("latte.mp4").at("next slot").on(&cafe).composes().await;
    }
    said.push_str("\n\n");
    said.push_str(&mia.schedules("latte.mp4").at("next slot").on(&cafe).meets_refusal().await);
    insta::assert_snapshot!(said);
    studio.closes().await;
}

#[tokio::test]
async fn the_next_slot_is_offered_with_its_reading_while_somebody_types() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let offers = async |path: &[&str], options: Vec<(&str, Value)>| {
        let offers = studio.discord.autocomplete("mia", "studio", path, &options, "when").await.unwrap();
        offers.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let none = offers(&["schedule"], vec![("when", json!("next"))]).await;
    assert!(none.iter().all(|name| !name.contains("slot")), "{none:?}");
    sets(&studio.reviewer("rui"), "every day", "18:00").await;
    let reading = "next slot · Wed 25 Nov 2026, 18:00 (CET, UTC+1) · in 9 h";
    assert_eq!(offers(&["schedule"], vec![("when", json!("next sl"))]).await, [reading]);
    assert_eq!(offers(&["schedule"], vec![("when", json!(""))]).await[1], reading);
    let post = studio.member("mia").schedules("latte.mp4").at("next slot").on(&cafe).await;
    let options = vec![("post", json!(post.number)), ("when", json!("slot"))];
    assert_eq!(
        offers(&["post", "move"], options).await,
        ["next slot · Thu 26 Nov 2026, 18:00 (CET, UTC+1) · in 1 day 9 h"]
    );
    studio.closes().await;
}

#[tokio::test]
async fn no_slot_is_given_that_is_too_near_or_falls_into_maintenance() {
    let nightly = [
        ("GREENROOM_SCHEDULING__MAINTENANCE", r#"[{ cron = "0 17 * * *", duration = "2h" }]"#),
        ("GREENROOM_SCHEDULING__MIN_LEAD", "2h"),
    ];
    let studio = Studio::open_with(&nightly).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    // It is 09:00; maintenance is from 18:00 to 20:00 on the team's clock.
    sets(&studio.reviewer("rui"), "every day", "10:30, 18:00, 19:59, 20:30").await;
    let mia = studio.member("mia");
    let first = mia.schedules("latte.mp4").at("next slot").on(&cafe).await;
    let second = mia.schedules("latte.mp4").at("next slot").on(&cafe).await;
    assert_eq!((due(&studio, &first).await, due(&studio, &second).await), ("Wed 20:30".into(), "Thu 10:30".into()));
    studio.closes().await;
}
