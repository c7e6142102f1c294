//! A member gives a link instead of a file.

use std::sync::Arc;

use greenroom::sandbox::discord::Upload;
use serde_json::{Value, json};

use crate::links::Town;
use crate::studio::{Person, Studio, button, clip_path, id_of, text_of};

const LINK: &str = "https://videos.example.com/latte.mp4?signature=secret#t=3";

/// What `/schedule` comes to with this link.
async fn schedules(by: &Person<'_>, link: &str) -> Value {
    let options = [("when", json!("tomorrow 18:00")), ("caption", json!("Linked latte")), ("video_url", json!(link))];
    let asked = by.asks(&["schedule"], &options, &[]).await;
    let done = |message: &Value| button(message, "Submit for review").is_some() || text_of(message).contains("hint:");
    let view = asked.until(|view| view.original.as_ref().is_some_and(done)).await.unwrap();
    view.original.unwrap()
}

#[tokio::test]
async fn a_video_behind_a_link_goes_out_with_the_same_bytes() {
    let (mut studio, town) = (Studio::open().await, Town::open().await);
    studio.is_connected_to(Arc::clone(&town) as _).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let composer = schedules(&mia, LINK).await;
    let id = id_of(&composer);
    studio.discord.select("mia", id, &privacy(&composer), &["PUBLIC_TO_EVERYONE"]).unwrap().answer().await.unwrap();
    mia.presses(id, "Submit for review").await;
    studio
        .discord
        .until("the composer's end", |discord| {
            button(&discord.message(id)?, "Submit for review").is_none().then_some(())
        })
        .await
        .unwrap();
    studio.settles().await;
    let post = studio.newest_post().await;
    rui.approves(&post).await;
    studio.clock_reaches("tomorrow 18:05").await;

    let [posted] = &cafe.published()[..] else { panic!("{:#?}", cafe.published()) };
    assert_eq!(posted.sha256, sha256(&std::fs::read(clip_path(crate::studio::LATTE)).unwrap()));
    assert_eq!(town.looked_up(), ["videos.example.com"]);
    // The link may be a key to the file: nobody but its server ever sees it again.
    assert!(!studio.transcript().contains("secret") && !studio.transcript().contains("videos.example.com"));
    let stored = std::fs::read(studio.database().trim_start_matches("sqlite://")).unwrap();
    assert!(!stored.windows(6).any(|part| part == b"secret"));
    studio.closes().await;
}

#[tokio::test]
async fn what_a_link_comes_to_is_said_in_a_sentence() {
    let (mut studio, town) = (Studio::open().await, Town::open().await);
    studio.is_connected_to(Arc::clone(&town) as _).await;
    studio.connects_account("harbour.cafe").await;
    town.calls("inside.example.com", &[&["10.0.0.1"]]);
    let mia = studio.member("mia");
    let mut said = String::new();
    for link in [
        "latte.mp4",
        "http://videos.example.com/latte.mp4",
        "https://mia:secret@videos.example.com/latte.mp4",
        "https://videos.example.com:8443/latte.mp4",
        "https://169.254.169.254/latest/meta-data/",
        "https://93.184.215.14/latte.mp4",
        "https://printer.local/latte.mp4",
        "https://a`b.example.com/latte.mp4",
        "https://inside.example.com/latte.mp4",
        "https://videos.example.com/to/metadata",
        "https://videos.example.com/loop",
        "https://videos.example.com/status/403",
        "https://videos.example.com/status/503",
        "https://videos.example.com/page",
        "https://videos.example.com/packed",
        "https://videos.example.com/announces-more",
        "https://videos.example.com/announces-less",
        "https://videos.example.com/announces-too-much",
        "https://videos.example.com/noise",
        "https://videos.example.com/not-a-video",
    ] {
        said.push_str(&format!("{link}\n{}\n\n", text_of(&schedules(&mia, link).await)));
    }
    insta::assert_snapshot!(said);
    assert_eq!(studio.program().flows().store.post_by_number(studio.workspace(), 1).await.unwrap(), None);
    studio.closes().await;
}

#[tokio::test]
async fn a_file_and_a_link_at_once_or_neither_is_explained() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let when = ("when", json!("tomorrow 18:00"));
    let neither = text_of(&mia.runs(&["schedule"], std::slice::from_ref(&when)).await);
    assert!(neither.contains("A post needs a video.\nhint: attach one with the option `video`"), "{neither}");
    let bytes = std::fs::read(clip_path(crate::studio::LATTE)).unwrap();
    let files = [Upload::new("video", "latte.mp4", bytes)];
    let both = mia.asks(&["schedule"], &[when, ("video_url", json!(LINK))], &files).await;
    let both = text_of(&both.reply().await.unwrap());
    assert!(both.contains("both `video` and `video_url` were given"), "{both}");
    // A trial is on this machine alone, and its own Discord's links work there.
    let told = text_of(&schedules(&mia, LINK).await);
    assert!(told.contains("only links of its own Discord work"), "{told}");
    let message = studio
        .discord
        .say(
            "mia",
            "studio",
            "here",
            &[Upload::new("video", "latte.mp4", std::fs::read(clip_path(crate::studio::LATTE)).unwrap())],
        )
        .unwrap();
    let message = studio.discord.message(message).unwrap();
    let composer = schedules(&mia, message["attachments"][0]["url"].as_str().unwrap()).await;
    assert!(button(&composer, "Submit for review").is_some(), "{composer:#}");
    studio.closes().await;
}

fn privacy(composer: &Value) -> String {
    let rows = composer["components"].as_array().unwrap();
    let mut parts = rows.iter().filter_map(|row| row["components"].as_array()).flatten();
    parts.find(|part| part["type"] == 3).and_then(|part| part["custom_id"].as_str()).unwrap().to_owned()
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}
