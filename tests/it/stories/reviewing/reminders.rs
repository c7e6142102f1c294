//! Reviewers are reminded while there is time to act: once for each moment, and of nothing that was decided.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;

use super::{reminders_of, thread_of};
use crate::studio::Studio;

#[tokio::test]
async fn reviewers_are_reminded_a_day_two_hours_and_a_quarter_of_an_hour_before() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    studio.reviewer("rui");

    let post = mia.schedules("latte.mp4").at("fri 18:00").on(&cafe).await;
    let before = studio.discord.pings().len();
    for (moment, expected) in
        [("tomorrow 17:59", 0), ("18:00", 1), ("fri 15:59", 1), ("16:00", 2), ("17:44", 2), ("17:45", 3), ("17:59", 3)]
    {
        studio.clock_reaches(moment).await;
        assert_eq!(reminders_of(&studio, &post), expected, "{moment}");
    }
    let pings = &studio.discord.pings()[before..];
    assert_eq!(pings.len(), 3, "{pings:#?}");
    for ping in pings {
        assert_eq!((ping.roles.as_slice(), ping.users.as_slice()), (&["Reviewer".to_owned()][..], &[][..]));
    }
    studio.clock_reaches("18:01").await;
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn only_the_reminders_that_make_sense_come() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");

    let mut posts = Vec::new();
    for (when, expected) in [("in 3h", 2), ("in 1h", 1), ("in 26m", 1), ("in 20m", 0), ("asap", 2)] {
        posts.push((mia.schedules("latte.mp4").at(when).on(&cafe).await, when, expected));
    }
    studio.time_passes(TimeDelta::hours(25)).await;
    for (post, when, expected) in posts {
        assert_eq!(reminders_of(&studio, &post), expected, "{when}");
    }
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn of_a_post_that_has_enough_approvals_by_now_it_is_said_what_lets_it_go() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(2))]).await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    rui.presses(studio.card(&post), "Approve").await;
    studio.person("ada").runs(&["setup"], &[("approvals", json!(1))]).await;

    studio.clock_reaches("tomorrow 17:50").await;
    let thread = thread_of(&studio, &post);
    assert!(thread.contains("Press *Approve* once more before") && !thread.contains("0 approvals"), "{thread}");
    rui.presses(studio.card(&post), "Approve").await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_decided() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));

    let approved = mia.schedules("latte.mp4").at("in 3h").on(&cafe).await;
    let withdrawn = mia.schedules("latte.mp4").caption("Two").at("in 4h").on(&cafe).await;
    let declined = mia.schedules("latte.mp4").caption("Three").at("in 5h").on(&cafe).await;
    rui.approves(&approved).await;
    mia.withdraws(&withdrawn).await;
    rui.declines(&declined, "not this week").await;
    studio.time_passes(TimeDelta::hours(6)).await;
    for post in [approved, withdrawn, declined] {
        assert_eq!(reminders_of(&studio, &post), 0, "#{}", post.number);
    }
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_cannot_be_believed_holds_up_no_others_reminder() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let odd = mia.schedules("latte.mp4").caption("One").at("in 25h").on(&cafe).await;
    let sound = mia.schedules("latte.mp4").caption("Two").at("in 4h").on(&cafe).await;
    studio.tampers("UPDATE posts SET caption = 'Saturday latte' WHERE number = 1").await;
    studio.time_passes(TimeDelta::minutes(239)).await;
    assert_eq!((reminders_of(&studio, &odd), reminders_of(&studio, &sound)), (0, 2));
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn after_an_outage_one_reminder_comes_and_no_burst() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("fri 18:00").on(&cafe).await;

    studio.stops().await;
    // Half past four on Friday: two moments have passed.
    studio.clock.push(Duration::from_secs((2 * 24 * 60 + 7 * 60 + 30) * 60));
    studio.starts().await;
    studio.settles().await;
    assert_eq!(reminders_of(&studio, &post), 1, "{}", thread_of(&studio, &post));
    studio.stops().await;
    studio.starts().await;
    studio.settles().await;
    assert_eq!(reminders_of(&studio, &post), 1, "a restart reminds of nothing twice");
    studio.clock_reaches("fri 17:59").await;
    assert_eq!(reminders_of(&studio, &post), 2, "{}", thread_of(&studio, &post));
    studio.closes().await;
}

#[tokio::test]
async fn a_reminder_that_is_late_gives_way_to_the_next() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("in 3h").on(&cafe).await;

    studio.stops().await;
    // Twenty minutes before its time: the second to last is overdue, the last one five minutes away.
    studio.clock.push(Duration::from_secs(160 * 60));
    studio.starts().await;
    studio.settles().await;
    assert_eq!(reminders_of(&studio, &post), 0);
    studio.time_passes(TimeDelta::minutes(10)).await;
    assert_eq!(reminders_of(&studio, &post), 1);
    studio.closes().await;
}

#[tokio::test]
async fn a_new_time_has_reminders_of_its_own() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");

    let post = mia.schedules("latte.mp4").at("in 3h").on(&cafe).await;
    studio.time_passes(TimeDelta::minutes(90)).await;
    assert_eq!(reminders_of(&studio, &post), 1);
    mia.moves(&post, "in 4h").await;
    studio.time_passes(TimeDelta::minutes(239)).await;
    let first_thread = studio.discord.messages("review");
    let thread = first_thread.iter().find_map(|card| card["thread"]["id"].as_str().map(str::to_owned)).unwrap();
    let told = studio.discord.transcript(&thread);
    assert_eq!(told.matches("or it lapses").count(), 3, "{told}");
    studio.closes().await;
}
