//! Limits as the real Discord has them, met by the client the real Discord is called with.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::future::join_all;
use greenroom::discord::Outbox;
use greenroom::discord::http::may_pass;
use greenroom::domain::ids::MemberId;
use greenroom::domain::notice::Notice;
use greenroom::sandbox::discord::{Discord, RestTrouble};
use serenity::all::{ChannelId, Http, Message};

use super::tls::Front;
use crate::discord_standin::bot::{discord, http};
use crate::outbox::bench::Bench;

const SEND: &str = "POST /channels/{channel}/messages";

fn review(discord: &Discord) -> ChannelId {
    ChannelId::new(discord.channel_id("review").unwrap())
}

async fn says(discord: &Discord, http: &Http, count: u32) -> Vec<serenity::Result<Message>> {
    join_all((0..count).map(|number| review(discord).say(http, number.to_string()))).await
}

/// The answers to every sending.
fn statuses(discord: &Discord) -> Vec<u16> {
    discord.journal().iter().filter(|call| call.route == SEND).map(|call| call.status).collect()
}

#[tokio::test]
async fn one_after_another_nothing_is_refused() {
    let (discord, _) = discord().await;
    discord.limit(SEND, 3, Duration::from_millis(400));
    let unpaced = says(&discord, &http(&discord), 8).await;
    assert!(unpaced.iter().any(Result::is_err), "the limit is a real one");
    let before = statuses(&discord).len();

    let front = Front::of(&discord).await;
    let http = front.http();
    // Every channel has an allowance of its own, and this one's is untouched.
    let fresh = ChannelId::new(discord.channel_id("general").unwrap());
    for number in 0..8 {
        fresh.say(&http, number.to_string()).await.unwrap();
    }
    assert_eq!(statuses(&discord)[before..], [200; 8]);
    let said: Vec<_> = discord.messages("general").iter().map(|message| message["content"].clone()).collect();
    assert_eq!(said, ["0", "1", "2", "3", "4", "5", "6", "7"]);
    drop(http);
    front.closes().await;
    discord.stop().await;
}

#[tokio::test]
async fn all_at_once_is_slower_and_loses_nothing() {
    let (discord, _) = discord().await;
    discord.limit(SEND, 3, Duration::from_millis(400));
    let front = Front::of(&discord).await;
    let http = front.http();
    assert!(says(&discord, &http, 4).await.iter().all(Result::is_ok));
    assert!(statuses(&discord).contains(&429), "one was too many");
    assert_eq!(discord.messages("review").len(), 4);
    drop(http);
    front.closes().await;
    discord.stop().await;
}

#[tokio::test]
async fn every_kind_of_429_that_says_how_long_is_waited_out() {
    let kinds = [
        RestTrouble::RateLimited(0.2),
        RestTrouble::SharedLimit(0.2),
        RestTrouble::GlobalLimit(0.2),
        RestTrouble::Cloudflare(Some(1)),
    ];
    join_all(kinds.map(|kind| async move {
        let (discord, _) = discord().await;
        let front = Front::of(&discord).await;
        let http = front.http();
        discord.fail(SEND, 1, 1, kind.clone());
        let asked_at = Instant::now();
        review(&discord).say(&http, "hello").await.unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert_eq!(statuses(&discord), [429, 200], "{kind:?}");
        // `Retry-After` counts whole seconds.
        assert!(asked_at.elapsed() >= Duration::from_secs(1), "{kind:?} was not waited out");
        assert_eq!(discord.messages("review").len(), 1, "{kind:?}");
        drop(http);
        front.closes().await;
        discord.stop().await;
    }))
    .await;
}

#[tokio::test]
async fn a_429_that_does_not_say_how_long_is_known_to_pass() {
    let (discord, _) = discord().await;
    let front = Front::of(&discord).await;
    let http = front.http();
    discord.fail(SEND, 1, 1, RestTrouble::Cloudflare(None));
    assert!(may_pass(&review(&discord).say(&http, "hello").await.unwrap_err()));
    assert_eq!(statuses(&discord), [429]);
    drop(http);
    front.closes().await;
    discord.stop().await;
}

#[tokio::test]
async fn what_is_owed_arrives_once_through_every_limit() {
    let bench = Bench::opens().await;
    let front = Front::of(&bench.discord).await;
    let http = front.http();
    let flows = bench.program.flows();
    let outbox = Outbox::new(Arc::clone(flows), Arc::clone(&http), "the real way".to_owned());
    bench.discord.limit(SEND, 3, Duration::from_millis(400));
    bench.discord.fail(SEND, 1, 1, RestTrouble::GlobalLimit(0.2));
    bench.discord.fail(SEND, 3, 1, RestTrouble::Cloudflare(Some(1)));
    bench.discord.fail(SEND, 5, 1, RestTrouble::Cloudflare(None));
    bench.discord.fail(SEND, 7, 1, RestTrouble::CutAfter);
    bench.discord.fail(
        "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me",
        2,
        1,
        RestTrouble::RateLimited(0.2),
    );
    bench.post_in_review().await;
    let names: Vec<String> = (1..=6).map(|number| format!("harbour.{number}")).collect();
    for username in &names {
        bench.owes(&Notice::Disconnected { username: username.clone(), by: MemberId(1) }).await;
    }

    let mut arrived = 0;
    for _ in 0..3 {
        arrived += outbox.run_due().await.unwrap();
        bench.passes(TimeDelta::seconds(30));
    }
    assert_eq!(arrived, 7);
    assert_eq!(bench.cards().len(), 1);
    let messages = bench.discord.messages("review");
    for name in &names {
        let telling = messages.iter().filter(|message| message["content"].as_str().unwrap().contains(name)).count();
        assert_eq!(telling, 1, "{name}: {messages:#?}");
    }
    let card = &bench.cards()[0];
    assert_eq!(card["reactions"].as_array().unwrap().len(), 2);
    let refused: Vec<u16> = statuses(&bench.discord).into_iter().filter(|status| *status != 200).collect();
    assert_eq!(refused, [429; 3], "only what was asked for went wrong");
    drop((outbox, http));
    front.closes().await;
    bench.closes().await;
}
