//! The page's side: the same deeds over HTTP, and being told that something changed.

use futures_util::StreamExt;
use serde_json::{Value, json};
use serenity::all::{CommandOptionType, CreateCommand, CreateCommandOption, GuildId};

use super::bot::{Bot, discord, wire};
use super::text;

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
