//! The page's side: the same deeds over HTTP, and being told that something changed.

use futures_util::StreamExt;
use greenroom::sandbox::discord::{GatewayTrouble, NoAnswer, Upload, permission};
use serde_json::{Value, json};
use serenity::all::{ChannelId, CommandOptionType, CreateCommand, CreateCommandOption, GatewayIntents, GuildId};

use super::bot::{Bot, discord, discord_with, wire};
use super::text;
use super::wire::call;

#[tokio::test]
async fn a_page_sees_the_server_and_runs_a_command_with_a_file() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let file = CreateCommandOption::new(CommandOptionType::Attachment, "video", "The clip").required(true);
    let command = CreateCommand::new("schedule").description("Schedule a video").add_option(file);
    GuildId::new(discord.guild_id()).set_commands(&bot.http, vec![command]).await.unwrap();
    let (client, base) = (wire(), format!("{}/__sandbox", discord.base_url()));

    let state: Value = client.get(format!("{base}/state")).send().await.unwrap().json().await.unwrap();
    assert_eq!(state["bot"]["online"], true);
    let rui = state["members"].as_array().unwrap().iter().find(|member| member["name"] == "rui").unwrap();
    assert_eq!((&rui["roles"], &rui["colour"]), (&json!(["Reviewer"]), &json!("#5865f2")));
    assert_eq!(state["commands"][0]["name"], "schedule");

    let mut events = client.get(format!("{base}/events")).send().await.unwrap().bytes_stream();
    let first = String::from_utf8(events.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(first.starts_with("event: changed\ndata: {\"version\":"), "{first}");

    let wish = json!({"as": "mia", "channel": "general", "name": ["schedule"]}).to_string();
    let clip = reqwest::multipart::Part::bytes(vec![1; 99]).file_name("clip.mp4").mime_str("video/mp4").unwrap();
    let form = reqwest::multipart::Form::new().text("request", wish).part("video", clip);
    let asked = client.post(format!("{base}/command")).multipart(form).send();
    let (answer, ()) = tokio::join!(asked, async {
        let command = bot.command().await;
        assert_eq!(command.data.resolved.attachments.values().next().unwrap().size, 99);
        command.create_response(&bot.http, text("taken")).await.unwrap();
    });
    let answer: Value = answer.unwrap().json().await.unwrap();
    assert_eq!((&answer["type"], &answer["message"]["text"]), (&json!(4), &json!("taken")));
    assert_eq!(answer["message"]["invoked"]["with"], "/schedule");
    assert!(events.next().await.is_some(), "something changed");

    let message = &answer["message"]["id"];
    let react = json!({"as": "rui", "message": message, "emoji": "✅"}).to_string();
    let post = |path: &str, body: String| {
        client.post(format!("{base}/{path}")).header("content-type", "application/json").body(body).send()
    };
    assert_eq!(post("react", react).await.unwrap().status(), 200);
    bot.reaction().await;
    let press = json!({"as": "rui", "message": message, "custom_id": "nothing"}).to_string();
    let refused = post("press", press).await.unwrap();
    assert_eq!(refused.status(), 409);
    let seen: Value =
        client.get(format!("{base}/channels/general/messages?as=noa")).send().await.unwrap().json().await.unwrap();
    assert_eq!(seen["messages"][0]["reactions"][0]["members"], json!(["rui"]));
    drop(events);
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn every_change_of_the_server_is_an_event_the_client_can_read() {
    let (discord, _) = discord().await;
    discord.allow_intents(1 << 1 | 1 << 15);
    let mut bot = Bot::logs_in_with(&discord, GatewayIntents::all() - GatewayIntents::GUILD_PRESENCES).await;
    discord.add_role("Guest", 0, true);
    discord.change_role("Guest", permission::VIEW_CHANNEL, false).unwrap();
    let tim = discord.add_member("tim", &["Guest"]);
    discord.set_role("tim", "Reviewer", true).unwrap();
    discord.set_role("Greenroom", "Manager", true).unwrap();
    discord.add_channel("clips");
    discord.forbid("noa", "clips", permission::VIEW_CHANNEL).unwrap();
    assert!(discord.say("noa", "clips", "hello?", &[]).is_err());
    discord.set_boosts(2);
    discord.set_client("tim", 500 << 20, "de").unwrap();
    let said = discord.say("tim", "clips", "hello <@&1>", &[Upload::new("", "a.png", vec![1])]).unwrap();
    ChannelId::new(discord.channel_id("review").unwrap()).say(&bot.http, "own").await.unwrap();
    discord.react("tim", said, "👍").unwrap();
    let reaction = bot.reaction().await;
    assert_eq!((reaction.user_id.unwrap().get(), reaction.member.unwrap().roles.len()), (tim, 2));
    discord.remove_channel("clips").unwrap();
    discord.kick_bot();
    discord.gateway_trouble(GatewayTrouble::AskHeartbeat);
    discord.gateway_trouble(GatewayTrouble::Reconnect);
    bot.resumed().await;
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn every_answer_fits_the_specification() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let command = CreateCommand::new("help").description("Help");
    GuildId::new(discord.guild_id()).set_commands(&bot.http, vec![command]).await.unwrap();
    let asked = discord.command("mia", "general", &["help"], &[], &[]).unwrap();
    let command = bot.command().await;
    let callback = format!("/interactions/{}/{}/callback?with_response=true", command.id, command.token);
    let answer = json!({"type": 4, "data": {"content": "like this", "flags": 64}});
    let (status, answer) = call(&discord, "POST", &callback, &answer).await;
    assert_eq!((status, &answer["resource"]["message"]["content"]), (200, &json!("like this")));
    let original = format!("/webhooks/{}/{}/messages/@original", discord.bot_id(), command.token);
    assert_eq!(call(&discord, "GET", &original, &Value::Null).await.0, 200);
    assert_eq!(asked.answer().await.unwrap().kind, 4);

    let (guild, general) = (discord.guild_id(), discord.channel_id("general").unwrap());
    let said = discord.say("mia", "general", "hello", &[Upload::new("", "a.mp4", vec![1])]).unwrap();
    discord.react("rui", said, "✅").unwrap();
    bot.reaction().await;
    let thread = json!({"name": "talk"});
    let messages = format!("/channels/{general}/messages");
    assert_eq!(call(&discord, "POST", &format!("{messages}/{said}/threads"), &thread).await.0, 200);
    let reply = json!({"content": "heard", "message_reference": {"message_id": said.to_string()}});
    assert_eq!(call(&discord, "POST", &messages, &reply).await.0, 200);
    assert_eq!(call(&discord, "PATCH", &format!("/channels/{said}"), &json!({"archived": true})).await.0, 200);
    let direct = json!({"recipient_id": discord.member_id("mia").unwrap().to_string()});
    let (_, direct) = call(&discord, "POST", "/users/@me/channels", &direct).await;
    for path in [
        "/gateway".to_owned(),
        "/gateway/bot".to_owned(),
        "/applications/@me".to_owned(),
        "/oauth2/applications/@me".to_owned(),
        "/users/@me".to_owned(),
        format!("/applications/{}/commands", discord.bot_id()),
        format!("/applications/{}/guilds/{guild}/commands", discord.bot_id()),
        format!("/guilds/{guild}"),
        format!("/guilds/{guild}/roles"),
        format!("/guilds/{guild}/channels"),
        format!("/guilds/{guild}/members/{}", discord.bot_id()),
        format!("/channels/{general}"),
        format!("/channels/{said}"),
        format!("/channels/{}", direct["id"].as_str().unwrap()),
        format!("{messages}?limit=50"),
        format!("{messages}?around={said}&limit=1"),
        format!("{messages}/{said}"),
        format!("{messages}/{said}/reactions/%E2%9C%85"),
    ] {
        assert_eq!(call(&discord, "GET", &path, &Value::Null).await.0, 200, "{path}");
    }
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn a_command_while_the_bot_is_away_is_not_answered_and_pages_are_served_beside() {
    let hello = axum::Router::new().route("/", axum::routing::get(|| async { "the page" }));
    let (discord, _) = discord_with(|options| options.pages = Some(hello)).await;
    let commands = format!("/applications/{}/guilds/{}/commands", discord.bot_id(), discord.guild_id());
    assert_eq!(call(&discord, "PUT", &commands, &json!([{"name": "help", "description": "Help"}])).await.0, 200);
    let asked = discord.command("mia", "general", &["help"], &[], &[]).unwrap();
    assert_eq!(asked.answer().await, Err(NoAnswer));
    assert_eq!(wire().get(discord.base_url()).send().await.unwrap().text().await.unwrap(), "the page");
    let (status, nowhere) = call(&discord, "GET", "/nowhere", &Value::Null).await;
    assert_eq!((status, nowhere), (404, json!({"message": "404: Not Found", "code": 0})));
    assert_eq!(discord.journal().last().unwrap().route, "GET /nowhere");
    discord.stop().await;
    assert!(wire().get(discord.base_url()).send().await.is_err(), "nobody listens any more");
}
