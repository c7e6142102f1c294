//! Rights are those of this moment, whatever Discord showed a moment ago.

use greenroom::discord::buttons::Press;
use serde_json::json;

use super::rows::differences;
use super::scene::{REVIEWER, Scene, said};
use crate::studio::{client, link_in, text_of};

#[tokio::test]
async fn a_reviewer_who_lost_the_role_judges_no_more() {
    let scene = Scene::set().await;
    let in_review = scene.posts[6];
    let message = scene.message_for(REVIEWER).await;
    let discord = &scene.studio.discord;
    discord.set_role("rui", "Reviewer", false).unwrap();
    let before = scene.rows().await;
    let press = Press::Approve { post: in_review.id, revision: in_review.revision };
    let data = json!({"custom_id": press.to_string(), "component_type": 2, "id": 1});
    let told = said(&discord.forge("rui", "studio", 3, Some(message), data).unwrap()).await;
    assert!(told.contains("hint:"), "{told}");
    let post = crate::studio::Post { number: in_review.number };
    scene.studio.person("rui").reacts(&post, "✅").await;
    scene.studio.person("noa").reacts(&post, "❌").await;
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
    scene.studio.closes().await;
}

#[tokio::test]
async fn a_manager_who_lost_the_right_manages_no_more() {
    let scene = Scene::set().await;
    scene.studio.discord.set_role("ada", "Manager", false).unwrap();
    let before = scene.rows().await;
    for (path, options) in [
        (&["account", "connect"][..], vec![]),
        (&["account", "disconnect"], vec![("account", json!("harbour.cafe"))]),
        (&["post", "withdraw"], vec![("post", json!(6))]),
    ] {
        let told = text_of(&scene.studio.person("ada").runs(path, &options).await);
        assert!(told.contains("hint:"), "{path:?}: {told}");
    }
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
    scene.studio.closes().await;
}

#[tokio::test]
async fn a_manager_who_lost_the_right_connects_nothing_with_a_link_from_before() {
    let scene = Scene::set().await;
    let reply = scene.studio.person("ada").runs(&["account", "connect"], &[]).await;
    let back = scene.studio.tiktok.consent_to_all(&link_in(&reply).unwrap(), "northpier.bikes").unwrap();
    scene.studio.discord.set_role("ada", "Manager", false).unwrap();
    let before = scene.rows().await;
    let answer = client().get(back.clone()).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("Only people who may manage this server can do that."));
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
    // Whoever has it again may go on with the same link.
    scene.studio.discord.set_role("ada", "Manager", true).unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), 200);
    scene.studio.settles().await;
    scene.studio.closes().await;
}

#[tokio::test]
async fn a_link_back_from_tiktok_that_nobody_gave_connects_nothing() {
    let scene = Scene::set().await;
    let reply = scene.studio.person("ada").runs(&["account", "connect"], &[]).await;
    let back = scene.studio.tiktok.consent_to_all(&link_in(&reply).unwrap(), "northpier.bikes").unwrap();
    let back = url::Url::parse(back.as_str()).unwrap();
    let before = scene.rows().await;
    let state = back.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    for forged in [
        String::new(),
        "1".to_owned(),
        state.to_uppercase(),
        format!("{state}A"),
        state[1..].to_owned(),
        "x".repeat(4_000),
    ] {
        let mut altered = back.clone();
        let kept: Vec<_> = back.query_pairs().into_owned().filter(|(name, _)| name != "state").collect();
        altered.query_pairs_mut().clear().extend_pairs(kept).append_pair("state", &forged);
        let answer = client().get(altered).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{forged}");
    }
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
    scene.studio.closes().await;
}
