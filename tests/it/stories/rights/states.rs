//! Every command that changes a post, in every state a post can be in: what is no longer possible is refused with the
//! reason, in a sentence of its own for each state.

use chrono::TimeDelta;
use serde_json::json;

use super::scene::Scene;
use crate::studio::text_of;

const COMMANDS: [&str; 5] = ["edit", "move", "withdraw", "retry", "resolve"];

/// What the author reads, or what happens instead of words: whatever works is told by its beginning.
async fn answered(scene: &Scene, command: &str, number: i64) -> String {
    let mia = scene.studio.member("mia");
    let mut options = vec![("post", json!(number))];
    if command == "move" {
        options.push(("when", json!("in 5 days 18:00")));
    }
    let asked = mia.asks(&["post", command], &options, &[]).await;
    let view = asked.view();
    if let Some(form) = view.answer.as_ref().and_then(|answer| answer.form.clone()) {
        return format!("a form: {}", form["title"].as_str().unwrap_or_default());
    }
    let reply = mia.insists(asked.reply().await.unwrap()).await;
    let said = text_of(&reply);
    let mut lines = said.lines().filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().split(" <t:").next().unwrap_or_default().to_owned();
    match lines.find(|line| line.starts_with("hint:")) {
        Some(hint) if !first.starts_with("hint:") => format!("{first}\n      {hint}"),
        Some(_) | None => first,
    }
}

#[tokio::test]
async fn what_is_no_longer_possible_is_refused_with_the_reason() {
    let mut table = Vec::new();
    for command in COMMANDS {
        let scene = Scene::set().await;
        let studio = &scene.studio;
        let mia = studio.member("mia");
        let withdrawn = mia.schedules("latte.mp4").at("in 3 days 10:00").await;
        mia.withdraws(&withdrawn).await;
        let published = mia.schedules("latte.mp4").at("in 30m").await;
        studio.reviewer("rui").approves(&published).await;
        studio.time_passes(TimeDelta::minutes(40)).await;
        table.push(format!("/post {command}"));
        let store = &studio.program().flows().store;
        for number in 1..=published.number {
            let post = store.post_by_number(studio.workspace(), number).await.unwrap().unwrap();
            let publication = store.publication_of(post.id).await.unwrap();
            let stands = publication.map_or_else(|| post.stage().to_string(), |one| one.stage().said().to_owned());
            table.push(format!("  {stands}: {}", answered(&scene, command, number).await));
            studio.settles().await;
        }
        scene.studio.closes().await;
    }
    insta::assert_snapshot!(table.join("\n"));
}
