//! Tokens are renewed once, in time, by one process at a time; and when that fails, people hear of it before a post does.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use greenroom::app::App;
use greenroom::config::{Config, Roles};
use greenroom::domain::account::Health;
use greenroom::domain::ids::AccountId;
use greenroom::flows::Flows;
use greenroom::flows::tokens::{self, NoAccess};
use greenroom::sandbox::mischief::{Fault, Trouble};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};
use tokio::task::JoinSet;

use crate::postgres;
use crate::studio::{Account, PATIENCE, Studio, text_of};

/// How often tokens were asked for, the first exchange included.
fn given(studio: &Studio) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "token").count()
}

async fn scheduled(studio: &Studio, account: &Account, caption: &str, at: &str) {
    let post = studio.member("mia").schedules("latte.mp4").caption(caption).at(at).on(account).await;
    studio.reviewer("rui").approves(&post).await;
}

async fn id_of(studio: &Studio) -> AccountId {
    studio.program().flows().store.accounts(studio.workspace()).await.unwrap()[0].id
}

/// A second process over the same database.
async fn another_process(studio: &Studio) -> App {
    let config = Config::load(None, studio.environment().into_iter()).unwrap();
    App::build(&config, Roles::ALL, studio.clock.clone()).await.unwrap()
}

#[tokio::test]
async fn tokens_are_fresh_before_a_post_is_due() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    scheduled(&studio, &cafe, "fresh", "today 18:00").await;
    let before = given(&studio);
    studio.clock_reaches("today 17:49").await;
    assert_eq!(given(&studio), before, "nobody needs it yet");
    studio.clock_reaches("today 17:50").await;
    assert_eq!(given(&studio), before + 1);
    studio.clock_reaches("today 18:05").await;
    cafe.has_published(1);
    assert_eq!(given(&studio), before + 1, "the post found fresh tokens");
    studio.closes().await;
}

#[tokio::test]
async fn a_connection_nobody_uses_is_looked_after_once_a_day() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    for hour in 1..=73 {
        studio.time_passes(TimeDelta::hours(1)).await;
        assert_eq!(given(&studio), 1 + hour / 24, "after {hour} h");
    }
    studio.closes().await;
}

#[tokio::test]
async fn people_hear_a_day_ahead_that_posts_will_not_go_out() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    scheduled(&studio, &cafe, "one", "2026-11-30 18:00").await;
    scheduled(&studio, &cafe, "two", "2026-11-30 19:00").await;
    studio.tiktok.disconnect("harbour.cafe");
    for _ in 0..(5 * 24 + 12) {
        studio.time_passes(TimeDelta::hours(1)).await;
    }
    let told = studio.discord.transcript("review");
    let begins = told.find("TikTok no longer accepts").expect("it was noticed within a day");
    insta::assert_snapshot!(&told[begins..]);
    studio.closes().await;
}

#[tokio::test]
async fn people_hear_two_weeks_ahead_that_a_consent_ends() {
    let studio = Studio::open().await;
    studio.tiktok.change_rules(|rules| rules.refresh_seconds = 13 * 24 * 60 * 60);
    studio.connects_account("harbour.cafe").await;
    studio.time_passes(TimeDelta::hours(2)).await;
    let told = studio.discord.transcript("review");
    assert_eq!(told.matches("TikTok's permission for").count(), 1, "{told}");
    studio.closes().await;
}

async fn a_hundred_callers_in_two_processes(studio: Studio) {
    studio.connects_account("harbour.cafe").await;
    let id = id_of(&studio).await;
    let other = another_process(&studio).await;
    studio.clock.push(Duration::from_secs(2 * 60 * 60));
    let before = given(&studio);
    studio.tiktok.arm(Fault::next("token", Trouble::Held { millis: Some(300) }));

    let mut callers = JoinSet::new();
    for number in 0..100 {
        let flows = Arc::clone(if number % 2 == 0 { studio.program().flows() } else { other.flows() });
        callers.spawn(async move { tokens::access(&flows, id).await.map(|access| access.version) });
    }
    let versions: Vec<i64> = callers.join_all().await.into_iter().map(Result::unwrap).collect();
    assert_eq!(versions, vec![2; 100]);
    assert_eq!(given(&studio), before + 1, "exactly one renewal");
    other.flows().store.close().await;
    studio.closes().await;
}

#[tokio::test]
async fn a_hundred_callers_renew_once() {
    a_hundred_callers_in_two_processes(Studio::open().await).await;
}

#[tokio::test]
async fn a_hundred_callers_renew_once_on_postgres() {
    if let Some(database) = postgres::database().await {
        a_hundred_callers_in_two_processes(Studio::open_with(&[("GREENROOM_DATABASE__URL", &database)]).await).await;
    }
}

/// Has the other process take so long over a renewal that its lease ends, and gives back what it ends with.
async fn overtaken(studio: &Studio, other: &App, trouble: Trouble) -> Result<i64, String> {
    let id = id_of(studio).await;
    studio.clock.push(Duration::from_secs(2 * 60 * 60));
    studio.tiktok.arm(Fault::next("token", trouble));
    let flows = Arc::clone(other.flows());
    let mut slow = JoinSet::new();
    slow.spawn(async move { tokens::access(&flows, id).await.map(|access| access.version) });
    tokio::time::timeout(PATIENCE, studio.tiktok.mischief().until_held()).await.unwrap();
    let meanwhile = tokens::access(studio.program().flows(), id).await;
    assert!(matches!(meanwhile, Err(NoAccess::Trouble(_))), "somebody is at it: {meanwhile:?}");
    studio.clock.push(Duration::from_secs(76));
    let took_over = tokens::access(studio.program().flows(), id).await;
    studio.tiktok.mischief().clear();
    let came_back = slow.join_next().await.expect("it came back").unwrap();
    match (took_over, came_back) {
        (Ok(took_over), Ok(came_back)) => {
            assert_eq!(took_over.version, came_back, "both have the same pair");
            Ok(came_back)
        }
        (Err(NoAccess::NotConnected(_)), Ok(came_back)) => Err(format!("lost, then found again as {came_back}")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_renewal_that_never_began_is_another_processs_after_a_while() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let other = another_process(&studio).await;
    assert_eq!(overtaken(&studio, &other, Trouble::Held { millis: None }).await, Ok(2));
    assert_eq!(health(studio.program().flows(), id_of(&studio).await).await, Health::Connected);
    other.flows().store.close().await;
    studio.closes().await;
}

#[tokio::test]
async fn a_process_that_stood_still_with_the_new_tokens_brings_them_back() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    scheduled(&studio, &cafe, "still there", "today 18:00").await;
    let other = another_process(&studio).await;
    let ended = overtaken(&studio, &other, Trouble::HeldAnswer { millis: None }).await;
    assert_eq!(ended, Err("lost, then found again as 2".to_owned()));
    assert_eq!(health(studio.program().flows(), id_of(&studio).await).await, Health::Connected);
    studio.clock_reaches("today 18:05").await;
    cafe.has_published(1);
    let told = studio.discord.transcript("review");
    assert!(told.contains("takes posts from") && told.contains("again"), "{told}");
    other.flows().store.close().await;
    studio.closes().await;
}

#[tokio::test]
async fn an_account_that_leaves_while_its_tokens_are_renewed_is_given_back() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let other = another_process(&studio).await;
    let id = id_of(&studio).await;
    studio.clock.push(Duration::from_secs(2 * 60 * 60));
    studio.tiktok.arm(Fault::next("token", Trouble::HeldAnswer { millis: None }));
    let flows = Arc::clone(other.flows());
    let mut slow = JoinSet::new();
    slow.spawn(async move { tokens::access(&flows, id).await });
    tokio::time::timeout(PATIENCE, studio.tiktok.mischief().until_held()).await.unwrap();
    studio.person("ada").runs(&["account", "disconnect"], &[("account", "harbour.cafe".into())]).await;
    let given_back = || {
        let journal = studio.tiktok.journal();
        journal.iter().filter(|entry| entry.endpoint == "revoke" && entry.status == Some(200)).count()
    };
    assert_eq!(given_back(), 0, "nobody has a token that works");
    studio.tiktok.mischief().clear();
    let came_back = slow.join_next().await.expect("it came back").unwrap();
    assert!(matches!(came_back, Err(NoAccess::NotConnected(_))), "{came_back:?}");
    assert_eq!(given_back(), 1);
    other.flows().store.close().await;
    studio.closes().await;
}

#[tokio::test]
async fn a_database_that_fails_just_when_new_tokens_come_costs_no_consent() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let id = id_of(&studio).await;
    studio.clock.push(Duration::from_secs(2 * 60 * 60));
    let mut outside = SqliteConnection::connect(&studio.database()).await.unwrap();
    // By the machine's own clock, because the database knows no other: for one to two seconds from now.
    let until: i64 = sqlx::query_scalar("SELECT unixepoch() + 2").fetch_one(&mut outside).await.unwrap();
    let full = format!(
        "CREATE TRIGGER full BEFORE UPDATE OF sealed_access_token ON accounts WHEN unixepoch() < {until} \
         BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    );
    outside.execute(AssertSqlSafe(full)).await.unwrap();
    let before = given(&studio);

    let access = tokens::access(studio.program().flows(), id).await.unwrap();
    let now: i64 = sqlx::query_scalar("SELECT unixepoch()").fetch_one(&mut outside).await.unwrap();
    assert!(now >= until, "the database took nothing earlier");
    assert_eq!((access.version, given(&studio)), (2, before + 1));
    assert_eq!(health(studio.program().flows(), id).await, Health::Connected);
    outside.close().await.unwrap();
    studio.closes().await;
}

async fn health(flows: &Flows, id: AccountId) -> Health {
    flows.store.account(id).await.unwrap().unwrap().health
}

#[tokio::test]
async fn a_death_between_tiktoks_answer_and_our_save_is_told_and_mended_by_connecting_again() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    scheduled(&studio, &cafe, "after all", "today 18:00").await;
    studio.tiktok.arm(Fault::next("token", Trouble::HeldAnswer { millis: None }));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("today 17:55") => panic!("no renewal"),
    }
    studio.dies().await;
    studio.tiktok.mischief().clear();
    studio.starts().await;
    studio.clock_reaches("today 18:02").await;
    cafe.has_published(0);
    let told = studio.discord.transcript("review");
    assert!(told.contains("no longer accepts our permission"), "{told}");

    studio.connects_account("harbour.cafe").await;
    studio.clock_reaches("today 18:10").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn an_app_tiktok_does_not_know_stops_everything_once_and_goes_on_by_itself() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let pier = studio.connects_account("northpier.bikes").await;
    scheduled(&studio, &cafe, "one", "today 18:00").await;
    scheduled(&studio, &pier, "two", "today 18:01").await;
    let unknown = Trouble::ErrorCode { code: "invalid_client".into(), status: None, message: None };
    studio.tiktok.arm(Fault::next("token", unknown).times(1_000));
    studio.clock_reaches("today 18:08").await;
    studio.tiktok.mischief().clear();
    studio.clock_reaches("today 18:40").await;
    cafe.has_published(1);
    pier.has_published(1);
    let told = studio.discord.transcript("review");
    assert_eq!(told.matches("does not accept the credentials").count(), 1, "{told}");
    let listed = text_of(&studio.person("ada").runs(&["account", "list"], &[]).await);
    assert!(!listed.contains("credentials"), "{listed}");
    studio.closes().await;
}
