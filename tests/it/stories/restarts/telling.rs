//! Dead at the n-th call to Discord, for every n, while people are being told: everything is said, and once.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use greenroom::domain::clock::Clock as _;
use greenroom::sandbox::discord::{Discord, RestTrouble};
use serde_json::Value;

use super::{all_is_told, only_card, said_in_thread};
use crate::studio::{Account, Post, Studio, ZONE, text_of};

/// Longer than any story.
const FOR_EVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Telling takes fewer calls than this.
const MOST_CALLS: u32 = 60;

/// How the program dies and comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// The call is done and nobody hears of it; the program is back at once.
    AnswerLost,
    /// The same, and Discord has forgotten the nonce when the program is back.
    AnswerLostForLong,
    /// The call is not done at all.
    NeverBegun,
}

impl Death {
    const ALL: [Self; 3] = [Self::AnswerLost, Self::AnswerLostForLong, Self::NeverBegun];

    fn trouble(self) -> RestTrouble {
        match self {
            Self::AnswerLost | Self::AnswerLostForLong => RestTrouble::Slow(FOR_EVER),
            Self::NeverBegun => RestTrouble::Held,
        }
    }

    fn away(self) -> Duration {
        match self {
            Self::AnswerLost => Duration::ZERO,
            Self::AnswerLostForLong | Self::NeverBegun => Duration::from_secs(10 * 60),
        }
    }
}

#[tokio::test]
async fn a_death_at_any_call_while_a_card_is_sent_makes_one_card() {
    for death in Death::ALL {
        sends_cards(Studio::open().await, death).await;
    }
}

#[tokio::test]
async fn a_death_at_any_call_while_a_card_is_sent_makes_one_card_on_postgres() {
    if let Some(studio) = super::postgres().await {
        sends_cards(studio, Death::AnswerLostForLong).await;
    }
}

#[tokio::test]
async fn a_death_at_any_call_from_the_verdict_to_the_digest_says_everything_once() {
    for death in Death::ALL {
        tells_lives(Studio::open().await, death).await;
    }
}

#[tokio::test]
async fn a_death_at_any_call_from_the_verdict_to_the_digest_says_everything_once_on_postgres() {
    if let Some(studio) = super::postgres().await {
        tells_lives(studio, Death::AnswerLost).await;
    }
}

/// One post for each call of a card's sending.
async fn sends_cards(mut studio: Studio, death: Death) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let mut routes = Vec::new();
    for place in 1..MOST_CALLS {
        let mia = studio.member("mia");
        let post = mia.schedules("latte.mp4").at("2026-12-20 18:00").on(&cafe).hands_in().await;
        let died_at = dies_at(&mut studio, death, place, "in 1 minutes").await;
        studio.clock_reaches("in 5 minutes").await;
        all_is_told(&studio).await;
        has_its_card(&studio, &post);
        match died_at {
            Some(route) => routes.push(route),
            None => break,
        }
    }
    let expected = ["POST /channels/{channel}/messages", "POST /channels/{channel}/messages/{message}/threads"];
    assert!(expected.iter().all(|route| routes.iter().any(|one| one == route)), "{routes:?}");
    studio.closes().await;
}

#[track_caller]
fn has_its_card(studio: &Studio, post: &Post) {
    let card = only_card(studio, post);
    assert!(card["thread"].is_object(), "a thread: {card:#}");
    let signs: Vec<(&str, bool)> = card["reactions"].as_array().into_iter().flatten().map(sign).collect();
    assert_eq!(signs, [("✅", true), ("❌", true)], "{card:#}");
}

fn sign(reaction: &Value) -> (&str, bool) {
    (reaction["emoji"]["name"].as_str().unwrap_or_default(), reaction["me"] == true)
}

/// One post and one day for each call between the verdict and the next morning's digest.
async fn tells_lives(mut studio: Studio, death: Death) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let mut routes = Vec::new();
    for place in 1..MOST_CALLS {
        let post = judged(&studio, &cafe).await;
        let next_day = studio.clock.now().with_timezone(&ZONE).date_naive() + TimeDelta::days(1);
        let died_at = dies_at(&mut studio, death, place, &format!("{next_day} 09:10")).await;
        studio.clock_reaches(&format!("{next_day} 09:30")).await;
        all_is_told(&studio).await;
        cafe.has_published(usize::try_from(place).unwrap());
        assert!(text_of(&only_card(&studio, &post)).contains(&format!("#{} · published", post.number)));
        assert_eq!(said_in_thread(&studio, &post, "approved. It goes out"), 1, "{place}: {}", studio.transcript());
        assert_eq!(said_in_thread(&studio, &post, "It is on TikTok"), 1, "{place}: {}", studio.transcript());
        has_one_digest_a_day(&studio);
        match died_at {
            Some(route) => routes.push(route),
            None => break,
        }
    }
    let expected = ["POST /channels/{channel}/messages", "PATCH /channels/{channel}/messages/{message}"];
    assert!(expected.iter().all(|route| routes.iter().any(|one| one == route)), "{routes:?}");
    studio.closes().await;
}

/// A post for this evening that rui has just approved; nobody has been told of it yet.
async fn judged(studio: &Studio, cafe: &Account) -> Post {
    let post = studio.member("mia").schedules("latte.mp4").at("18:00").on(cafe).await;
    studio.reviewer("rui").reacts(&post, "✅").await;
    post
}

#[track_caller]
fn has_one_digest_a_day(studio: &Studio) {
    let messages = studio.discord.messages("digest");
    let titles: Vec<&str> = messages.iter().filter_map(|message| message["embeds"][0]["title"].as_str()).collect();
    let days: BTreeSet<&str> = titles.iter().copied().collect();
    assert!(!days.is_empty());
    assert_eq!(days.len(), titles.len(), "a day is told once: {titles:?}");
}

/// Lets time pass until the `place`-th call to Discord; there the program dies and is started again. Gives back the
/// call's route, if there was one.
async fn dies_at(studio: &mut Studio, death: Death, place: u32, goal: &str) -> Option<String> {
    let before = studio.discord.journal().len();
    studio.discord.fail("any", place, 1, death.trouble());
    let index = before + usize::try_from(place).unwrap() - 1;
    let struck = |discord: &Discord| {
        let call = discord.journal().get(index).cloned()?;
        (death == Death::NeverBegun || call.status != 0).then_some(call.route)
    };
    let discord = studio.discord.clone();
    let route = tokio::select! {
        biased;
        route = discord.until("the call that is never answered", struck) => route.unwrap(),
        () = studio.clock_reaches(goal) => {
            studio.discord.heal();
            return None;
        }
    };
    studio.dies().await;
    studio.clock.push(death.away());
    studio.starts().await;
    studio.has_reconciled().await;
    Some(route)
}
