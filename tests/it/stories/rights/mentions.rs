//! Nobody hears a ping but the reviewers and the people concerned, whatever is typed and whatever people are called.

use std::collections::BTreeSet;

use greenroom::sandbox::discord::{Call, Discord, Upload};
use serde_json::{Value, json};

use crate::studio::{Studio, button, clip_path, id_of};

/// The messages in a call of the bot's: what would be shown, if any.
fn message(call: &Call) -> Option<&Value> {
    let writes = matches!(call.method.as_str(), "POST" | "PATCH");
    let body = if call.route.ends_with("/callback") {
        // Of the answers to an interaction, 4 and 7 are messages.
        matches!(call.body["type"].as_u64(), Some(4 | 7)).then(|| &call.body["data"])?
    } else {
        (call.route.contains("/messages") || call.route.contains("/webhooks")).then_some(&call.body)?
    };
    let shows = ["content", "embeds", "components"].iter().any(|part| !body[*part].is_null());
    (writes && shows).then_some(body)
}

/// The name of the only select of a composer.
fn select(composer: &Value) -> String {
    let rows = composer["components"].as_array().unwrap();
    let mut parts = rows.iter().filter_map(|row| row["components"].as_array()).flatten();
    parts.find(|part| part["type"] == 3).and_then(|part| part["custom_id"].as_str()).unwrap().to_owned()
}

fn ids(allowed: &Value, kind: &str) -> BTreeSet<String> {
    let ids = allowed[kind].as_array().into_iter().flatten();
    ids.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)).collect()
}

#[tokio::test]
async fn no_message_pings_more_people_than_intended() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let discord = &studio.discord;
    discord.change_role("Greenroom", greenroom::sandbox::discord::permission::ALL, true).unwrap();
    let (noa, ada) = (discord.member_id("noa").unwrap(), discord.member_id("ada").unwrap());
    let editor = discord.role_id("Editor").unwrap();
    discord.change_role("Editor", 0, true).unwrap();
    let hostile = format!("@everyone @here <@{noa}> <@!{noa}> <@&{editor}> <@&{}>", discord.guild_id());
    discord.add_member("@everyone <@&1> @here", &["Editor"]);
    let (trouble, rui) = (studio.member("@everyone <@&1> @here"), studio.reviewer("rui"));

    let name = "@everyone <@1> @here.mp4";
    let files = [Upload::new("video", name, std::fs::read(clip_path(crate::studio::LATTE)).unwrap())];
    let options = [("when", json!("tomorrow 18:00")), ("caption", json!(hostile)), ("account", json!(cafe.name))];
    let composer = trouble.asks(&["schedule"], &options, &files).await;
    let ready = |message: &Value| button(message, "Submit for review").is_some();
    let view = composer.until(|view| view.original.as_ref().is_some_and(ready)).await.unwrap();
    let composer = id_of(&view.original.unwrap());
    let select = select(&discord.message(composer).unwrap());
    let chosen = discord.select(&trouble.name, composer, &select, &["PUBLIC_TO_EVERYONE"]).unwrap();
    chosen.answer().await.unwrap();
    trouble.presses(composer, "Submit for review").await;
    let gone = |discord: &Discord| button(&discord.message(composer)?, "Submit for review").is_none().then_some(());
    discord.until("the composer's end", gone).await.unwrap();
    trouble.schedules("latte.mp4").caption(&hostile).at("tomorrow 19:00").on(&cafe).await;
    let declined = trouble.schedules("latte.mp4").caption(&hostile).at("tomorrow 20:00").on(&cafe).await;
    rui.declines(&declined, &hostile).await;
    trouble.changes_caption(&declined, &format!("{hostile} again")).await;
    rui.approves(&declined).await;
    trouble.runs(&["schedule"], &[("when", json!(hostile)), ("video_url", json!(hostile))]).await;
    trouble.runs(&["queue"], &[("account", json!(hostile))]).await;
    trouble.runs(&["queue"], &[]).await;
    trouble.moves(&declined, &hostile).await;
    studio.person("ada").runs(&["digest"], &[]).await;
    studio.clock_reaches("2026-11-27 10:00").await;
    cafe.has_published(1);

    let people: BTreeSet<String> =
        [trouble.name.as_str(), "rui"].iter().map(|name| discord.member_id(name).unwrap().to_string()).collect();
    let people: BTreeSet<String> = people.into_iter().chain([ada.to_string()]).collect();
    let reviewers = BTreeSet::from([discord.role_id("Reviewer").unwrap().to_string()]);
    let journal = discord.journal();
    let messages: Vec<&Value> = journal.iter().filter_map(message).collect();
    assert!(messages.len() > 30, "{}", messages.len());
    for body in messages {
        let allowed = &body["allowed_mentions"];
        assert_eq!(allowed["parse"], json!([]), "it is not said who is pinged: {body:#}");
        assert!(ids(allowed, "roles").is_subset(&reviewers), "{body:#}");
        assert!(ids(allowed, "users").is_subset(&people), "{body:#}");
    }
    for ping in discord.pings() {
        assert!(!ping.everyone && ping.roles.iter().all(|role| role == "Reviewer"), "{ping:?}");
        assert!(
            ping.users.iter().all(|user| ["rui", "ada", trouble.name.as_str()].contains(&user.as_str())),
            "{ping:?}"
        );
    }
    studio.closes().await;
}
