//! A team that removes the bot: nothing goes out, nothing is lost for thirty days, and then everything goes.

use chrono::TimeDelta;
use greenroom::domain::publication::PublicationStage;
use tokio::sync::watch;

use super::{id, planned, stored};
use crate::studio::{Post, Studio, text_of};

/// Does something to the server and waits until the program has dealt with the word about it.
async fn hears(studio: &Studio, act: impl FnOnce(&Studio)) {
    let heard: watch::Receiver<u64> = studio.program().discord().servers_heard();
    let before = *heard.borrow();
    act(studio);
    studio.until_heard(heard, before).await;
}

async fn is_kicked(studio: &Studio) {
    hears(studio, |studio| studio.discord.kick_bot()).await;
}

async fn is_invited(studio: &Studio) {
    hears(studio, |studio| studio.discord.invite_bot().unwrap()).await;
    studio.settles().await;
}

async fn stands(studio: &Studio, post: &Post) -> PublicationStage {
    let id = id(studio, post).await;
    studio.program().flows().store.publication_of(id).await.unwrap().unwrap().stage()
}

/// Whether somebody was asked what becomes of held posts.
fn is_asked(studio: &Studio) -> bool {
    studio.discord.messages("review").iter().any(|message| text_of(message).contains("until then nothing is sent"))
}

#[tokio::test]
async fn nothing_goes_out_for_a_team_that_removed_the_bot_and_all_is_there_when_it_is_back() {
    let studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    is_kicked(&studio).await;
    studio.clock_reaches("tomorrow 20:00").await;
    cafe.has_published(0);
    assert_eq!(stands(&studio, &post).await, PublicationStage::Held);
    studio.time_passes(TimeDelta::days(3)).await;
    assert!(!is_asked(&studio));

    is_invited(&studio).await;
    assert!(is_asked(&studio), "people are asked once there is somebody to ask");
    let card = studio.discord.message(studio.card(&post)).unwrap();
    assert!(text_of(&card).contains("held"), "{card:#}");
    studio.reviewer("rui").presses(studio.card(&post), "Publish now").await;
    studio.time_passes(TimeDelta::minutes(5)).await;
    cafe.has_published(1);
    let store = &studio.program().flows().store;
    assert!(store.workspace(studio.workspace()).await.unwrap().unwrap().next_digest_at.is_some());
    studio.closes().await;
}

#[tokio::test]
async fn an_outage_of_the_server_is_no_removal() {
    let studio = Studio::open().await;
    let (cafe, _) = planned(&studio).await;
    hears(&studio, |studio| studio.discord.server_unavailable()).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_removal_that_nobody_heard_is_noticed_at_the_next_start() {
    let mut studio = Studio::open().await;
    let (cafe, post) = planned(&studio).await;
    studio.stops().await;
    studio.discord.kick_bot();
    studio.starts().await;
    studio.has_reconciled().await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(0);
    assert_eq!(stands(&studio, &post).await, PublicationStage::Held);
    is_invited(&studio).await;
    assert!(is_asked(&studio));
    studio.closes().await;
}

#[tokio::test]
async fn after_thirty_days_everything_of_a_team_that_removed_the_bot_is_erased() {
    let studio = Studio::open().await;
    let (cafe, _) = planned(&studio).await;
    is_kicked(&studio).await;
    studio.time_passes(TimeDelta::days(30) - TimeDelta::minutes(1)).await;
    let store = &studio.program().flows().store;
    assert!(store.workspace(studio.workspace()).await.unwrap().is_some());
    assert_eq!(stored(&studio).await.len(), 1);
    studio.time_passes(TimeDelta::minutes(2)).await;
    assert_eq!(store.workspace(studio.workspace()).await.unwrap(), None);
    assert!(stored(&studio).await.is_empty());
    assert!(studio.tiktok.journal().iter().any(|entry| entry.endpoint == "revoke"));
    cafe.has_published(0);
    studio.closes().await;
}

#[tokio::test]
async fn whoever_asked_the_bot_back_while_nobody_listened_loses_nothing() {
    let mut studio = Studio::open().await;
    let (_, post) = planned(&studio).await;
    is_kicked(&studio).await;
    let later = studio.clock_now() + TimeDelta::days(40);
    studio.stops().await;
    studio.discord.invite_bot().unwrap();
    studio.clock.set(later);
    studio.starts().await;
    studio.settles().await;
    assert_eq!(stands(&studio, &post).await, PublicationStage::Held);
    assert_eq!(stored(&studio).await.len(), 1);
    studio.has_reconciled().await;
    studio.time_passes(TimeDelta::minutes(1)).await;
    assert!(is_asked(&studio));
    studio.closes().await;
}

#[tokio::test]
async fn an_erasure_waits_until_discord_says_that_the_bot_is_still_gone() {
    use greenroom::sandbox::discord::RestTrouble;
    let studio = Studio::open().await;
    planned(&studio).await;
    is_kicked(&studio).await;
    studio.discord.fail("GET /guilds/{guild}", 1, 1_000, RestTrouble::Html(500));
    studio.time_passes(TimeDelta::days(31)).await;
    let store = &studio.program().flows().store;
    assert!(store.workspace(studio.workspace()).await.unwrap().is_some(), "nobody knows whether it is back");
    studio.discord.heal();
    studio.time_passes(TimeDelta::hours(1)).await;
    assert_eq!(store.workspace(studio.workspace()).await.unwrap(), None);
    studio.closes().await;
}
