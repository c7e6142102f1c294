//! What people do in Discord while the program dies, is away, or has lost its line.

use greenroom::sandbox::discord::GatewayTrouble;
use serde_json::json;

use super::{all_is_told, only_card};
use crate::studio::{Account, Post, Studio, text_of};

async fn in_review(studio: &Studio) -> (Account, Post) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui");
    (cafe, post)
}

#[tokio::test]
async fn a_form_that_was_opened_before_a_restart_can_be_sent_after_it() {
    let mut studio = Studio::open().await;
    let (cafe, post) = in_review(&studio).await;

    let form = studio.member("mia").asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
    studio.dies().await;
    studio.starts().await;
    studio.member("mia").fills(&form, &[("caption", "Saturday latte")]).await.reply().await.unwrap();
    studio.settles().await;
    studio.reviewer("rui").approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(1);
    assert_eq!(cafe.published()[0].caption, "Saturday latte");
    studio.closes().await;
}

#[tokio::test]
async fn a_decline_begun_before_a_restart_is_a_decline_after_it() {
    let mut studio = Studio::open().await;
    let (cafe, post) = in_review(&studio).await;

    let form = studio.reviewer("rui").presses(studio.card(&post), "Decline").await;
    studio.dies().await;
    studio.starts().await;
    studio.reviewer("rui").fills(&form, &[("reason", "the logo is the old one")]).await;
    studio.settles().await;
    studio.clock_reaches("tomorrow 18:05").await;

    cafe.has_published(0);
    let card = text_of(&only_card(&studio, &post));
    assert!(card.contains("declined") && card.contains("the logo is the old one"), "{card}");
    studio.closes().await;
}

#[tokio::test]
async fn a_verdict_given_while_the_line_was_cut_is_heard_when_it_resumes() {
    let studio = Studio::open().await;
    let (cafe, post) = in_review(&studio).await;
    let (greeted, resumed) = (studio.discord.identifies().len(), studio.discord.resumes());
    let heard = studio.program().discord().reactions_heard();
    let before = *heard.borrow();

    loses_the_line(&studio).await;
    studio.discord.react("rui", studio.card(&post), "✅").unwrap();
    studio.until_heard(heard, before).await;

    assert_eq!((studio.discord.identifies().len(), studio.discord.resumes()), (greeted, resumed + 1));
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn a_verdict_given_before_a_session_was_lost_is_read_back() {
    let studio = Studio::open().await;
    let (cafe, post) = in_review(&studio).await;
    studio.has_reconciled().await;
    let greeted = studio.discord.identifies().len();
    let mut greetings = studio.program().discord().greetings_dealt_with();
    let before = *greetings.borrow();

    loses_the_line(&studio).await;
    studio.discord.react("rui", studio.card(&post), "✅").unwrap();
    studio.discord.gateway_trouble(GatewayTrouble::InvalidSession(false));
    let greeted_again = greetings.wait_for(|count| *count > before);
    tokio::time::timeout(std::time::Duration::from_secs(30), greeted_again).await.expect("the bot comes back").unwrap();

    assert_eq!(studio.discord.identifies().len(), greeted + 1);
    all_is_told(&studio).await;
    studio.clock_reaches("tomorrow 18:05").await;
    cafe.has_published(1);
    studio.closes().await;
}

/// Cuts the line to Discord, so that nothing gets through until the bot has tried again.
async fn loses_the_line(studio: &Studio) {
    studio.discord.gateway_trouble(GatewayTrouble::RefuseConnects(1));
    studio.discord.gateway_trouble(GatewayTrouble::Cut);
    studio.discord.until("the line to be down", |discord| (!discord.online()).then_some(())).await.unwrap();
}
