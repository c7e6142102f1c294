//! A video that somebody sent as a message is scheduled from the message's menu.

use greenroom::discord::buttons::Form;
use greenroom::domain::ids::{ChannelId, MessageId};
use greenroom::sandbox::discord::{Interaction, Snowflake, Upload, permission};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::studio::{LATTE, Studio, button, clip_path, id_of, padded, select_offering, text_of};

const MENU: &str = "Schedule on TikTok";

fn latte() -> Vec<u8> {
    std::fs::read(clip_path(LATTE)).unwrap()
}

/// Mia sends a message with these files in #studio.
fn sends(studio: &Studio, text: &str, files: &[(&str, Vec<u8>)]) -> Snowflake {
    let files: Vec<_> = files.iter().map(|(name, bytes)| Upload::new("file", name, bytes.clone())).collect();
    studio.discord.say("mia", "studio", text, &files).unwrap()
}

async fn points_at(studio: &Studio, who: &str, message: Snowflake) -> Interaction {
    let asked = studio.discord.message_command(who, MENU, message).unwrap();
    asked.answer().await.unwrap();
    asked
}

/// The form somebody sees, with what stands in it.
fn form_of(asked: &Interaction) -> Vec<(String, String)> {
    let form = asked.view().answer.unwrap().form.expect("a form");
    let inputs = form["components"].as_array().unwrap().iter().map(|row| row["components"][0].clone());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    inputs.map(|input| (text(&input["label"]), text(&input["value"]))).collect()
}

/// Fills the form in and waits for what comes of it: a composer or a refusal.
async fn fills(studio: &Studio, who: &str, form: &Interaction, fields: &[(&str, &str)]) -> Value {
    let sent = studio.discord.submit(who, form.id(), fields).unwrap();
    sent.answer().await.unwrap();
    let done = |message: &Value| button(message, "Submit for review").is_some() || text_of(message).contains("hint:");
    sent.until(|view| view.original.as_ref().is_some_and(done)).await.unwrap().original.unwrap()
}

async fn is_refused(asked: &Interaction) -> String {
    text_of(&asked.reply().await.unwrap())
}

#[tokio::test]
async fn a_video_in_a_message_goes_out_with_the_same_bytes() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let rui = studio.reviewer("rui");
    let message = sends(&studio, "Friday latte #coffee <@&1>", &[("latte.mp4", latte())]);

    // Whoever sees it may schedule it, not only who sent it.
    let form = points_at(&studio, "noa", message).await;
    assert_eq!(form_of(&form), [("When".into(), String::new()), ("Caption".into(), "Friday latte #coffee".into())]);
    let composer = fills(&studio, "noa", &form, &[("when", "tomorrow 18:00")]).await;
    let (id, select) = (id_of(&composer), select_offering(&composer, "PUBLIC_TO_EVERYONE").unwrap());
    studio.discord.select("noa", id, &select, &["PUBLIC_TO_EVERYONE"]).unwrap().answer().await.unwrap();
    studio.person("noa").presses(id, "Submit for review").await;
    let gone = |discord: &greenroom::sandbox::discord::Discord| {
        button(&discord.message(id)?, "Submit for review").is_none().then_some(())
    };
    studio.discord.until("the composer's end", gone).await.unwrap();
    studio.settles().await;
    rui.approves(&studio.newest_post().await).await;
    studio.clock_reaches("tomorrow 18:05").await;

    let [out] = &cafe.published()[..] else { panic!("{:#?}", cafe.published()) };
    assert_eq!(
        (out.sha256.as_str(), out.caption.as_str()),
        (hex::encode(Sha256::digest(latte())).as_str(), "Friday latte #coffee")
    );
    // The trail says on which message it was handed in.
    let trail = studio.program().flows().store.audit_trail(studio.workspace(), None).await.unwrap();
    let drafted = trail.iter().find(|row| row.act == "post.drafted").unwrap();
    let actor = serde_json::to_value(&drafted.actor).unwrap();
    assert!(actor["Member"]["link"].as_str().unwrap().ends_with(&format!("/{message}")), "{actor}");
    insta::assert_snapshot!(studio.transcript());
    studio.closes().await;
}

#[tokio::test]
async fn a_forwarded_video_counts_and_of_two_the_first_is_taken() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let original =
        sends(&studio, "Latte", &[("notes.txt", b"milk".to_vec()), ("one.mp4", latte()), ("two.mp4", padded(200_000))]);
    let forwarded = studio.discord.forward("mia", original, "studio").unwrap();
    // What was forwarded stays as it was.
    studio.discord.delete("mia", original).unwrap();

    let form = points_at(&studio, "mia", forwarded).await;
    assert_eq!(form_of(&form)[0].0, "When (the first of 2 videos goes)");
    let composer = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00")]).await;
    assert!(text_of(&composer).contains("one.mp4") && text_of(&composer).contains("Latte"), "{composer:#}");
    studio.person("mia").presses(id_of(&composer), "Discard").await;
    studio.closes().await;
}

#[tokio::test]
async fn a_form_outlives_a_restart_but_not_its_message() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let message = sends(&studio, "", &[("latte.mp4", latte())]);
    let form = points_at(&studio, "mia", message).await;
    studio.stops().await;
    studio.starts().await;
    let late = fills(&studio, "mia", &form, &[("when", "yesterday")]).await;
    assert!(text_of(&late).contains("hint:"), "{late:#}");
    let composer = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00")]).await;
    assert!(text_of(&composer).contains("latte.mp4"));
    studio.person("mia").presses(id_of(&composer), "Discard").await;

    studio.discord.delete("mia", message).unwrap();
    let gone = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00")]).await;
    assert!(text_of(&gone).starts_with("That message is no longer there."), "{gone:#}");
    studio.closes().await;
}

#[tokio::test]
async fn in_a_channel_the_bot_cannot_see_the_menu_works_all_the_same() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let message = sends(&studio, "", &[("latte.mp4", latte())]);
    let form = points_at(&studio, "mia", message).await;
    studio.discord.forbid("Greenroom", "studio", permission::VIEW_CHANNEL).unwrap();
    let composer = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00")]).await;
    assert!(button(&composer, "Submit for review").is_some(), "{composer:#}");
    studio.discord.forbid("Greenroom", "studio", 0).unwrap();
    studio.person("mia").presses(id_of(&composer), "Discard").await;
    studio.closes().await;
}

#[tokio::test]
async fn a_message_without_a_video_is_refused_before_anybody_types() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let plain = sends(&studio, "no clip yet", &[("notes.txt", b"milk".to_vec())]);
    let told = is_refused(&points_at(&studio, "mia", plain).await).await;
    assert!(told.starts_with("There is no video in that message."), "{told}");
    // What only calls itself a video is found out as with `/schedule`.
    let fake = sends(&studio, "", &[("latte.mp4", b"milk".to_vec())]);
    let form = points_at(&studio, "mia", fake).await;
    let told = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00")]).await;
    assert!(text_of(&told).contains("hint:"), "{told:#}");
    studio.closes().await;
}

#[tokio::test]
async fn a_team_without_an_account_fills_in_nothing_and_one_with_two_is_asked_which() {
    let studio = Studio::open().await;
    let message = sends(&studio, "", &[("latte.mp4", latte())]);
    let told = is_refused(&points_at(&studio, "mia", message).await).await;
    assert!(told.starts_with("No TikTok account is connected yet."), "{told}");

    studio.connects_account("harbour.cafe").await;
    studio.connects_account("northpier.bikes").await;
    let form = points_at(&studio, "mia", message).await;
    assert_eq!(form_of(&form).len(), 3);
    let wrong = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00"), ("account", "nobody")]).await;
    assert!(text_of(&wrong).starts_with("No TikTok account by that name"), "{wrong:#}");
    let composer = fills(&studio, "mia", &form, &[("when", "tomorrow 18:00"), ("account", "@NorthPier.bikes")]).await;
    assert!(text_of(&composer).contains("@northpier.bikes"), "{composer:#}");
    studio.person("mia").presses(id_of(&composer), "Discard").await;
    studio.closes().await;
}

#[tokio::test]
async fn nobody_reaches_a_message_they_did_not_point_at() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let message = sends(&studio, "", &[("latte.mp4", latte())]);
    points_at(&studio, "mia", message).await;
    let state = studio.discord.message(message).unwrap();
    let channel = ChannelId(state["channel_id"].as_str().unwrap().parse().unwrap());
    let named = |channel| Form::FromMessage { channel, message: MessageId(message) }.to_string();
    let fields = [("when", "tomorrow 18:00"), ("caption", "Mine now")];
    let rows = |fields: &[(&str, &str)]| -> Vec<Value> {
        let row = |(id, (name, text)): (u64, &(&str, &str))| json!({"type": 1, "id": id, "components": [{"type": 4, "id": id + 1, "custom_id": name, "value": text}]});
        (1..).step_by(2).zip(fields).map(row).collect()
    };
    // Somebody else's form, and one sent from a channel other than the message's.
    for (who, place, on) in [("noa", "studio", channel), ("mia", "review", channel), ("mia", "studio", ChannelId(1))] {
        let data = json!({"custom_id": named(on), "components": rows(&fields)});
        let asked = studio.discord.forge(who, place, 5, None, data).unwrap();
        let told = is_refused(&asked).await;
        assert!(told.contains("no longer there"), "{who} {place}: {told}");
    }
    assert_eq!(studio.program().flows().store.count_posts(studio.workspace(), &Default::default()).await.unwrap(), 0);
    studio.closes().await;
}
