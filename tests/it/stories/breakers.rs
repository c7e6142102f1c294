//! What is about an account or the whole app is said once, and not by each post that meets it.

use chrono::TimeDelta;
use greenroom::sandbox::discord::Snowflake;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::Creator;
use serde_json::{Value, json};

use crate::studio::{Account, Post, Studio, client, id_of, link_in, text_of};

const CAFE: &str = "harbour.cafe";

/// That many approved posts on an account, due ten minutes after each other from 12:00 on.
async fn approved(studio: &Studio, account: &Account, count: usize) -> Vec<Post> {
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let mut posts = Vec::new();
    for (number, minute) in (1..=count).zip((0..60).step_by(10)) {
        let caption = format!("Latte {number}");
        let post = mia.schedules("latte.mp4").caption(&caption).at(&format!("12:{minute:02}")).on(account);
        let post = post.visible_to("SELF_ONLY").await;
        rui.approves(&post).await;
        posts.push(post);
        studio.time_passes(TimeDelta::minutes(1)).await;
    }
    posts
}

/// The lines in the review channel that say this; cards are none.
fn lines(studio: &Studio, words: &str) -> Vec<Value> {
    let all = studio.discord.messages("review").into_iter();
    all.filter(|message| message["embeds"][0].is_null() && text_of(message).contains(words)).collect()
}

#[track_caller]
fn only_line(studio: &Studio, words: &str) -> Snowflake {
    let found = lines(studio, words);
    assert_eq!(found.len(), 1, "{found:#?}");
    id_of(&found[0])
}

fn card_of(studio: &Studio, post: &Post) -> String {
    text_of(&studio.discord.message(studio.card(post)).unwrap())
}

/// How often a thread of a post was written to since it was approved.
fn pings_in_threads(studio: &Studio, words: &str) -> usize {
    studio.transcript().matches(words).count()
}

async fn connects_again(studio: &Studio, name: &str) {
    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let back = studio.tiktok.consent_to_all(&link_in(&reply).expect("a link"), name).unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    studio.settles().await;
}

fn captions(account: &Account) -> Vec<String> {
    account.published().into_iter().map(|posted| posted.caption).collect()
}

fn is_banned(studio: &Studio, banned: bool) {
    assert!(studio.tiktok.change_creator(CAFE, |creator| creator.banned = banned));
}

fn posts_elsewhere(studio: &Studio, count: u32) {
    assert!(studio.tiktok.change_creator(CAFE, |creator| creator.posts_elsewhere = count));
}

fn times_asked(studio: &Studio, endpoint: &str) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == endpoint).count()
}

#[tokio::test]
async fn a_ban_is_told_once_and_what_falls_due_is_held() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    let posts = approved(&studio, &cafe, 5).await;
    is_banned(&studio, true);
    studio.clock_reaches("13:00").await;
    cafe.has_published(0);
    let told = only_line(&studio, "has banned");
    assert!(!studio.transcript().contains("somebody has to decide"), "nobody is asked yet about each");
    assert!(card_of(&studio, &posts[0]).contains("Not published"));
    for post in &posts[1..] {
        assert!(card_of(&studio, post).contains("Held since its time came"), "{}", card_of(&studio, post));
    }
    assert_eq!(pings_in_threads(&studio, "It fell due while"), 0);
    insta::assert_snapshot!("a_ban", studio.transcript());

    let (ada, mia) = (studio.person("ada"), studio.member("mia"));
    let refused = mia.presses(studio.card(&posts[1]), "Publish now").await.reply().await.unwrap();
    assert!(text_of(&refused).contains("presses *Go on*"), "{refused:#}");
    let refused = mia.presses(told, "Go on").await.reply().await.unwrap();
    assert!(text_of(&refused).contains("may manage this server"), "{refused:#}");

    is_banned(&studio, false);
    ada.presses(told, "Go on").await;
    studio.settles().await;
    assert!(text_of(&studio.discord.message(told).unwrap()).contains("has Harbour Café"));
    let asked: Vec<_> = studio
        .discord
        .messages("review")
        .into_iter()
        .filter(|message| text_of(message).contains("4 posts are held"))
        .collect();
    assert_eq!(asked.len(), 1, "now people are asked, once");
    // The others are due within the same half hour.
    let close = mia.presses(studio.card(&posts[0]), "Try again").await.reply().await.unwrap();
    mia.presses(id_of(&close), "Publish all the same").await;
    studio.reviewer("rui").presses(id_of(&asked[0]), "Publish #3 now").await;
    studio.clock_reaches("13:10").await;
    assert_eq!(captions(&cafe), ["Latte 1", "Latte 3"]);
    studio.closes().await;
}

#[tokio::test]
async fn a_ban_that_comes_after_everything_was_sent_stops_the_next_post() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    let posts = approved(&studio, &cafe, 2).await;
    let reason = "spam_risk_user_banned_from_posting".to_owned();
    studio.tiktok.arm(Fault::next("processing", Trouble::Fail { reason }));
    studio.clock_reaches("13:00").await;
    cafe.has_published(0);
    only_line(&studio, "has banned");
    let card = || card_of(&studio, &posts[1]);
    assert!(card().contains("Held since"));
    assert!(card().contains("Somebody who may manage this server presses *Go on*"), "{}", card());
    // Connecting the account anew says as much as the button.
    connects_again(&studio, CAFE).await;
    assert!(!card().contains("Go on"), "{}", card());
    cafe.has_published(0);
    studio.reviewer("rui").presses(studio.card(&posts[1]), "Publish now").await;
    studio.clock_reaches("13:10").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn when_a_days_posts_are_spent_the_rest_waits_and_goes_out_once_each() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    let posts = approved(&studio, &cafe, 4).await;
    posts_elsewhere(&studio, 15);
    let asked_before = times_asked(&studio, "creator_info");
    studio.clock_reaches("12:55").await;
    cafe.has_published(0);
    only_line(&studio, "takes no more posts");
    assert_eq!(times_asked(&studio, "creator_info") - asked_before, 1, "only the first met it");
    let card = card_of(&studio, &posts[2]);
    assert!(card.contains("Waiting: TikTok takes no more posts from this account today."), "{card}");
    let listed = text_of(&studio.person("ada").runs(&["account", "list"], &[]).await);
    assert!(listed.contains("Posts that are due wait"), "{listed}");
    studio.clock_reaches("15:30").await;
    assert!(times_asked(&studio, "creator_info") - asked_before <= 4, "tried once an hour, one at a time");
    only_line(&studio, "takes no more posts");

    posts_elsewhere(&studio, 0);
    studio.clock_reaches("16:30").await;
    let mut out = captions(&cafe);
    out.sort();
    assert_eq!(out, ["Latte 1", "Latte 2", "Latte 3", "Latte 4"]);
    only_line(&studio, "again. Those that waited");
    insta::assert_snapshot!("a_days_posts_are_spent", without_address(&studio));
    studio.closes().await;
}

#[tokio::test]
async fn a_limit_that_lets_one_more_through_is_not_told_as_over_and_begun_again() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 3).await;
    posts_elsewhere(&studio, 15);
    studio.clock_reaches("12:50").await;
    posts_elsewhere(&studio, 14);
    studio.clock_reaches("13:50").await;
    cafe.has_published(1);
    only_line(&studio, "takes no more posts");
    assert!(lines(&studio, "again. Those that waited").is_empty());
    posts_elsewhere(&studio, 0);
    studio.clock_reaches("15:30").await;
    cafe.has_published(3);
    only_line(&studio, "again. Those that waited");
    studio.closes().await;
}

#[tokio::test]
async fn what_meets_a_limit_for_a_day_is_left_to_a_person() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    let posts = approved(&studio, &cafe, 2).await;
    posts_elsewhere(&studio, 15);
    studio.clock_reaches("tomorrow 14:00").await;
    cafe.has_published(0);
    for post in &posts {
        assert!(card_of(&studio, post).contains("Not published"), "{}", card_of(&studio, post));
    }
    only_line(&studio, "takes no more posts");
    studio.closes().await;
}

#[tokio::test]
async fn a_limit_met_at_the_opening_costs_no_attempt() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 1).await;
    let code = "spam_risk_too_many_posts".to_owned();
    let refusal = Trouble::ErrorCode { code, status: None, message: None };
    studio.tiktok.arm(Fault::next("video_init", refusal).times(7));
    studio.clock_reaches("20:30").await;
    cafe.has_published(1);
    only_line(&studio, "takes no more posts");
    studio.closes().await;
}

#[tokio::test]
async fn a_full_inbox_stops_drafts_and_goes_on_when_there_is_room() {
    let studio = Studio::open().await;
    let reply = studio.person("ada").runs(&["account", "connect"], &[("delivery", json!("draft"))]).await;
    let back = studio.tiktok.consent_to_all(&link_in(&reply).unwrap(), CAFE).unwrap();
    client().get(back).send().await.unwrap();
    studio.settles().await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for (number, when) in [(1, "12:00"), (2, "12:10"), (3, "12:20")] {
        let post =
            mia.schedules("latte.mp4").caption(&format!("Latte {number}")).at(when).visible_to("SELF_ONLY").await;
        rui.approves(&post).await;
        studio.time_passes(TimeDelta::minutes(1)).await;
    }
    studio.tiktok.change_rules(|rules| rules.drafts_per_day = 1);
    studio.clock_reaches("12:50").await;
    only_line(&studio, "which is all TikTok allows. Posts");
    assert_eq!(studio.tiktok.ledger().len(), 1);
    studio.tiktok.change_rules(|rules| rules.drafts_per_day = 5);
    studio.clock_reaches("14:00").await;
    assert_eq!(studio.tiktok.ledger().len(), 3);
    only_line(&studio, "again. Those that waited");
    studio.closes().await;
}

#[tokio::test]
async fn the_apps_own_limit_lets_those_go_on_who_posted_today() {
    let studio = Studio::open().await;
    studio.tiktok.add_creator(Creator::named("old.mill", "Old Mill"));
    let cafe = studio.connects_account(CAFE).await;
    let bikes = studio.connects_account("northpier.bikes").await;
    let mill = studio.connects_account("old.mill").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    for (account, when) in [(&cafe, "12:00"), (&bikes, "12:10"), (&mill, "12:20"), (&cafe, "13:00")] {
        let post = mia.schedules("latte.mp4").caption(when).at(when).on(account).visible_to("SELF_ONLY").await;
        rui.approves(&post).await;
        studio.time_passes(TimeDelta::minutes(1)).await;
    }
    studio.tiktok.change_rules(|rules| {
        (rules.audited, rules.unaudited_people_per_day, rules.unaudited_needs_private_account) = (false, 1, false);
    });
    studio.clock_reaches("23:00").await;
    assert_eq!(captions(&cafe), ["12:00", "13:00"], "who posted today is counted already");
    bikes.has_published(0);
    mill.has_published(0);
    only_line(&studio, "only so many accounts");
    insta::assert_snapshot!("the_apps_own_limit", without_address(&studio));
    studio.tiktok.change_rules(|rules| rules.unaudited_people_per_day = 5);
    // Midnight in UTC is one o'clock there.
    studio.clock_reaches("tomorrow 01:04").await;
    bikes.has_published(0);
    studio.clock_reaches("01:15").await;
    bikes.has_published(1);
    mill.has_published(1);
    only_line(&studio, "only so many accounts");
    only_line(&studio, "from this app again");
    studio.closes().await;
}

#[tokio::test]
async fn posts_of_a_lost_account_wait_and_go_out_in_order_once_it_is_connected_again() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    let posts = approved(&studio, &cafe, 5).await;
    studio.clock_reaches("11:59").await;
    studio.tiktok.disconnect(CAFE);
    // The token dies only when it is used; all but the last two are too late by then.
    studio.clock_reaches("12:42").await;
    cafe.has_published(0);
    only_line(&studio, "TikTok no longer accepts our permission");
    for post in &posts {
        let card = card_of(&studio, post);
        assert!(card.contains("Waiting: `@harbour.cafe` is no longer connected."), "{card}");
    }
    connects_again(&studio, CAFE).await;
    studio.clock_reaches("12:44").await;
    assert_eq!(captions(&cafe), ["Latte 4", "Latte 5"], "in order, each once");
    let asked = |message: &Value| text_of(message).contains("3 posts are held");
    assert_eq!(studio.discord.messages("review").into_iter().filter(asked).count(), 1);
    assert_eq!(pings_in_threads(&studio, "It was not published"), 0);
    insta::assert_snapshot!("a_lost_account", without_address(&studio));
    studio.closes().await;
}

#[tokio::test]
async fn posts_of_a_disconnected_account_wait_a_day_and_are_then_asked_about() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 2).await;
    studio.person("ada").runs(&["account", "disconnect"], &[("account", json!(CAFE))]).await;
    studio.clock_reaches("tomorrow 13:00").await;
    cafe.has_published(0);
    only_line(&studio, "is no longer connected. Posts that fall due wait");
    let asked = |message: &Value| text_of(message).contains("2 posts are held");
    assert_eq!(studio.discord.messages("review").into_iter().filter(asked).count(), 1);
    studio.closes().await;
}

#[tokio::test]
async fn a_word_about_one_post_does_not_stop_an_account_whose_tokens_work() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 2).await;
    studio.clock_reaches("11:59").await;
    studio.tiktok.arm(Fault::next("processing", Trouble::Fail { reason: "auth_removed".into() }));
    studio.clock_reaches("12:05").await;
    cafe.has_published(0);
    studio.clock_reaches("12:20").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_restart_forgets_no_breaker() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 3).await;
    is_banned(&studio, true);
    studio.clock_reaches("12:05").await;
    studio.stops().await;
    is_banned(&studio, false);
    studio.starts().await;
    studio.clock_reaches("13:00").await;
    cafe.has_published(0);
    only_line(&studio, "has banned");
    studio.closes().await;
}

#[tokio::test]
async fn what_comes_back_after_a_person_acted_is_told_again() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    approved(&studio, &cafe, 2).await;
    is_banned(&studio, true);
    studio.clock_reaches("12:09").await;
    let told = only_line(&studio, "has banned");
    studio.person("ada").presses(told, "Go on").await;
    studio.clock_reaches("12:15").await;
    assert_eq!(lines(&studio, "has banned").len(), 1, "the first message says that it went on");
    assert_ne!(only_line(&studio, "has banned"), told);
    cafe.has_published(0);
    studio.closes().await;
}

/// The transcript without the port of this run's TikTok.
fn without_address(studio: &Studio) -> String {
    studio.transcript().replace(studio.tiktok.base_url(), "http://tiktok")
}
