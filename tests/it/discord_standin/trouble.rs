//! Connections that end, events that come twice or broken, answers that get lost: each at a chosen moment.

use std::time::Duration;

use greenroom::sandbox::discord::{FileFault, GatewayTrouble, RestTrouble, Upload};
use serde_json::json;
use serenity::all::{ChannelId, ClientBuilder, GatewayIntents};

use super::bot::{Bot, discord, discord_with, http, wire};

#[tokio::test]
async fn a_bot_that_was_cut_off_resumes_and_hears_what_it_missed() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let message = discord.say("mia", "review", "vote", &[]).unwrap();
    discord.gateway_trouble(GatewayTrouble::RefuseConnects(1));
    discord.gateway_trouble(GatewayTrouble::Cut);
    discord.until("the bot to be gone", |discord| (!discord.online()).then_some(())).await.unwrap();
    discord.react("rui", message, "✅").unwrap();
    assert_eq!(bot.reaction().await.message_id.get(), message);
    bot.resumed().await;
    assert_eq!((discord.identifies().len(), discord.resumes()), (1, 1));

    for trouble in [
        GatewayTrouble::Reset,
        GatewayTrouble::Close(Some(4000)),
        GatewayTrouble::Reconnect,
        GatewayTrouble::InvalidSession(true),
    ] {
        discord.gateway_trouble(trouble);
        bot.resumed().await;
    }
    discord.repeat_last_event();
    bot.resumed().await;
    assert_eq!((discord.identifies().len(), discord.resumes()), (1, 5));
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn a_broken_event_does_not_reach_the_handlers_and_the_next_one_does() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let message = discord.say("mia", "review", "vote", &[]).unwrap();
    discord.break_event("MESSAGE_REACTION_ADD", "/type");
    discord.react("rui", message, "✅").unwrap();
    discord.react("rui", message, "❌").unwrap();
    assert!(bot.reaction().await.emoji.unicode_eq("❌"));
    assert_eq!(bot.forgets_unread(), ["MESSAGE_REACTION_ADD"]);
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn a_wrong_token_or_a_forbidden_intent_ends_the_client() {
    let (discord, _) = discord_with(|options| options.bot_token = "another".to_owned()).await;
    let mut client = ClientBuilder::new_with_http(http(&discord), GatewayIntents::GUILDS).await.unwrap();
    *client.ws_url.lock().await = discord.gateway_url();
    let refused = client.start().await.unwrap_err().to_string();
    assert!(refused.contains("authentication"), "{refused}");
    assert_eq!(discord.identifies().len(), 0);
    discord.stop().await;

    let (discord, _) = super::bot::discord().await;
    let mut client = ClientBuilder::new_with_http(http(&discord), GatewayIntents::GUILD_MEMBERS).await.unwrap();
    assert!(client.start().await.unwrap_err().to_string().to_lowercase().contains("intents"));
    discord.stop().await;
}

#[tokio::test]
async fn a_message_whose_answer_got_lost_is_there_once_after_a_second_try() {
    let (discord, _) = discord().await;
    let http = http(&discord);
    let channel = ChannelId::new(discord.channel_id("digest").unwrap());
    let body = json!({"content": "digest", "nonce": "one", "enforce_nonce": true});
    let route = "POST /channels/{channel}/messages";
    for trouble in
        [RestTrouble::CutBefore, RestTrouble::CutAfter, RestTrouble::Html(502), RestTrouble::RateLimited(2.0)]
    {
        discord.fail(route, 1, 1, trouble);
        assert!(http.send_message(channel, vec![], &body).await.is_err());
    }
    assert_eq!(discord.messages("digest").len(), 1, "the second of the four was done");
    let sent = http.send_message(channel, vec![], &body).await.unwrap();
    assert_eq!(discord.messages("digest")[0]["id"], sent.id.to_string());
    let statuses: Vec<u16> = discord.journal().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [0, 200, 502, 429, 200]);
    discord.stop().await;
}

#[tokio::test]
async fn limits_answer_with_429_in_discords_words() {
    let (discord, _) = discord().await;
    let client = wire();
    discord.limit("GET /users/@me", 2, Duration::from_secs(3600));
    let get = || {
        client
            .get(format!("{}/api/v10/users/@me", discord.base_url()))
            .header("authorization", "Bot make.believe.token")
    };
    let first = get().send().await.unwrap();
    assert_eq!(first.headers()["content-type"], "application/json");
    assert_eq!(
        (&first.headers()["x-ratelimit-limit"], &first.headers()["x-ratelimit-remaining"]),
        (&"2".parse().unwrap(), &"1".parse().unwrap())
    );
    get().send().await.unwrap();
    let third = get().send().await.unwrap();
    assert_eq!((third.status().as_u16(), &third.headers()["x-ratelimit-scope"]), (429, &"user".parse().unwrap()));
    assert!(third.headers().contains_key("retry-after"));
    let body: serde_json::Value = third.json().await.unwrap();
    assert!(body.get("code").is_none() && body["retry_after"].is_number());

    for (trouble, scope, kind) in [
        (RestTrouble::GlobalLimit(1.0), Some("global"), "application/json"),
        (RestTrouble::SharedLimit(1.0), Some("shared"), "application/json"),
        (RestTrouble::Cloudflare(Some(5)), None, "text/plain; charset=UTF-8"),
    ] {
        discord.fail("GET /gateway", 1, 1, trouble);
        let answer = client.get(format!("{}/api/v10/gateway", discord.base_url())).send().await.unwrap();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers().get("x-ratelimit-scope").map(|scope| scope.to_str().unwrap()), scope);
        assert_eq!(answer.headers()["content-type"], kind);
    }
    discord.stop().await;
}

#[tokio::test]
async fn a_link_expires_and_reading_the_message_again_renews_it() {
    let (discord, clock) = discord().await;
    let client = wire();
    let clip = Upload::new("", "clip.mp4", vec![5_u8; 200_000]);
    let message = discord.say("mia", "general", "", &[clip]).unwrap();
    let link = || discord.message(message).unwrap()["attachments"][0]["url"].as_str().unwrap().to_owned();
    let (old, client_ref) = (link(), &client);
    let get = |url: String| async move { client_ref.get(url).send().await.unwrap() };
    assert_eq!(get(old.clone()).await.bytes().await.unwrap().len(), 200_000);
    assert_eq!(get(old.replace("hm=", "hm=0")).await.status(), 404);

    clock.push(Duration::from_secs(24 * 3600));
    let gone = get(old).await;
    assert_eq!(
        (gone.status().as_u16(), gone.text().await.unwrap().as_str()),
        (404, "This content is no longer available.")
    );
    discord.fail_file(FileFault::Truncated);
    discord.fail_file(FileFault::Slow(150_000, Duration::from_millis(1)));
    discord.fail_file(FileFault::Expired);
    let cut = client.get(link()).send().await;
    assert!(match cut {
        Err(_) => true,
        Ok(answer) => answer.bytes().await.is_err(),
    });
    assert_eq!(get(link()).await.bytes().await.unwrap().len(), 200_000);
    assert_eq!(get(link()).await.status(), 404);
    assert_eq!(get(link()).await.status(), 200);
    discord.stop().await;
}
