//! What is refused, and in which words: the documented limits, permissions, and who is pinged.

use greenroom::sandbox::discord::{Discord, permission};
use serde_json::{Value, json};

use super::bot::{discord, discord_with, wire};

async fn call(discord: &Discord, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let url = format!("{}/api/v10{path}", discord.base_url());
    let call = wire().request(method.parse().unwrap(), url).header("authorization", "Bot make.believe.token");
    let call =
        if body.is_null() { call } else { call.header("content-type", "application/json").body(body.to_string()) };
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}

/// The one place in the `errors` tree, as a path.
fn place(errors: &Value) -> String {
    let Some((key, below)) = errors.as_object().and_then(|all| all.iter().next()) else { return String::new() };
    if key == "_errors" { String::new() } else { format!("{key}.{}", place(below)) }
}

fn row(components: &Value) -> Value {
    json!({"type": 1, "components": components})
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one table of what is wrong and where")]
async fn bodies_beyond_the_limits_are_refused_at_the_place_that_is_wrong() {
    let (discord, _) = discord_with(|options| options.validator = None).await;
    let messages = format!("/channels/{}/messages", discord.channel_id("general").unwrap());
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "Go", "custom_id": id});
    let field =
        |name: &str, value: &str| json!({"embeds": [{"title": "t", "fields": [{"name": name, "value": value}]}]});
    let embed = json!({"description": "x".repeat(3001)});
    let cases = [
        (json!({"content": "x".repeat(2001)}), "content."),
        (json!({"content": "x", "nonce": "n".repeat(26)}), "nonce."),
        (json!({"content": "x", "colour": 1}), "colour."),
        (field("n", ""), "embeds.0.fields.0.value."),
        (field(" ", "v"), "embeds.0.fields.0.name."),
        (json!({"embeds": [{"title": "x".repeat(257)}]}), "embeds.0.title."),
        (json!({"embeds": [embed, embed]}), "embeds."),
        (
            json!({"components": (0..6).map(|id| row(&json!([button(&id.to_string())]))).collect::<Vec<_>>(), "content": "x"}),
            "components.",
        ),
        (
            json!({"content": "x", "components": [row(&json!([button("a"), button("a")]))]}),
            "components.0.components.1.custom_id.",
        ),
        (
            json!({"content": "x", "components": [row(&json!([{"type": 2, "style": 1, "label": "x".repeat(81), "custom_id": "a"}]))]}),
            "components.0.components.0.label.",
        ),
        (
            json!({"content": "x", "components": [row(&json!([{"type": 3, "custom_id": "a", "options": []}]))]}),
            "components.0.components.0.options.",
        ),
        (json!({"content": "x", "allowed_mentions": {"parse": ["roles"], "roles": ["1"]}}), "allowed_mentions."),
    ];
    for (body, wrong) in cases {
        let (status, answer) = call(&discord, "POST", &messages, &body).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{body}: {answer}");
        assert_eq!(place(&answer["errors"]), wrong, "{body}: {answer}");
    }
    let (status, answer) = call(&discord, "POST", &messages, &json!({"content": " "})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50006)));
    assert_eq!(discord.messages("general").len(), 0);

    let commands = format!("/applications/{}/commands", discord.bot_id());
    let option =
        |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    for (body, wrong) in [
        (json!([{"name": "Post", "description": "d"}]), "0.name."),
        (json!([{"name": "post"}]), "0.description."),
        (json!([{"description": "d"}]), "0.name."),
        (
            json!([{"name": "post", "description": "d", "options": [option("a", false), option("b", true)]}]),
            "0.options.1.",
        ),
        (json!([{"name": "post", "description": "d"}, {"name": "post", "description": "d"}]), "1.name."),
        (
            json!([{"name": "post", "description": "d", "default_member_permissions": 32}]),
            "0.default_member_permissions.",
        ),
    ] {
        let (status, answer) = call(&discord, "PUT", &commands, &body).await;
        assert_eq!((status, place(&answer["errors"]).as_str()), (400, wrong), "{body}: {answer}");
    }
    discord.stop().await;
}

#[tokio::test]
async fn what_does_not_fit_the_specification_is_refused_and_written_down() {
    let (discord, _) = discord().await;
    let messages = format!("/channels/{}/messages", discord.channel_id("general").unwrap());
    let (status, answer) = call(&discord, "POST", &messages, &json!({"content": 5})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    assert_eq!(discord.violations().len(), 1);
    discord.stop().await;
}

#[tokio::test]
async fn a_bot_without_the_permission_is_told_which_kind_is_missing() {
    let (discord, clock) = discord().await;
    let channel = discord.channel_id("review").unwrap();
    let messages = format!("/channels/{channel}/messages");
    let hello = json!({"content": "hello"});
    let theirs = discord.say("mia", "review", "mine", &[]).unwrap();
    let code = |answer: (u16, Value)| (answer.0, answer.1["code"].as_u64().unwrap_or(0));

    discord.forbid("Greenroom", "review", permission::VIEW_CHANNEL).unwrap();
    assert_eq!(code(call(&discord, "POST", &messages, &hello).await), (403, 50001));
    discord.forbid("Greenroom", "review", permission::SEND_MESSAGES).unwrap();
    assert_eq!(code(call(&discord, "POST", &messages, &hello).await), (403, 50013));
    discord.forbid("Greenroom", "review", permission::ADD_REACTIONS).unwrap();
    let react = |emoji: &str| format!("{messages}/{theirs}/reactions/{emoji}/@me");
    assert_eq!(code(call(&discord, "PUT", &react("%E2%9C%85"), &Value::Null).await), (403, 50013));
    discord.forbid("Greenroom", "review", 0).unwrap();
    assert_eq!(code(call(&discord, "PUT", &react("%E2%9C%85"), &Value::Null).await), (204, 0));
    assert_eq!(code(call(&discord, "PUT", &react("abc"), &Value::Null).await), (400, 10014));
    let theirs = format!("{messages}/{theirs}");
    assert_eq!(code(call(&discord, "PATCH", &theirs, &hello).await), (403, 50005));
    assert_eq!(code(call(&discord, "GET", &format!("{messages}/1"), &Value::Null).await), (404, 10008));
    assert_eq!(code(call(&discord, "GET", "/channels/1", &Value::Null).await), (404, 10003));
    assert_eq!(code(call(&discord, "GET", "/guilds/1/members/2", &Value::Null).await), (404, 10004));

    let (_, own) = call(&discord, "POST", &messages, &hello).await;
    let own = format!("{messages}/{}", own["id"].as_str().unwrap());
    clock.push(std::time::Duration::from_secs(3601));
    for _ in 0..20 {
        assert_eq!(call(&discord, "PATCH", &own, &hello).await.0, 200);
    }
    assert_eq!(code(call(&discord, "PATCH", &own, &hello).await), (400, 30046));
    let (_, newest) = call(&discord, "GET", &format!("{messages}?limit=1"), &Value::Null).await;
    assert_eq!(newest.as_array().unwrap().len(), 1);
    assert!(own.ends_with(newest[0]["id"].as_str().unwrap()));
    discord.stop().await;
}

#[tokio::test]
async fn only_those_who_may_be_pinged_are_pinged() {
    let (discord, _) = discord().await;
    let messages = format!("/channels/{}/messages", discord.channel_id("general").unwrap());
    let (reviewer, editor) = (discord.role_id("Reviewer").unwrap(), discord.role_id("Editor").unwrap());
    let mia = discord.member_id("mia").unwrap();
    let content = format!("<@&{reviewer}> <@&{editor}> <@{mia}> @everyone `<@&{reviewer}>`");
    for allowed in
        [Value::Null, json!({"parse": []}), json!({"roles": [reviewer.to_string()]}), json!({"parse": ["users"]})]
    {
        let mut body = json!({"content": content});
        if !allowed.is_null() {
            body["allowed_mentions"] = allowed;
        }
        assert_eq!(call(&discord, "POST", &messages, &body).await.0, 200);
    }
    let heard: Vec<_> = discord.pings().into_iter().map(|ping| (ping.roles, ping.users, ping.everyone)).collect();
    let words = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        heard,
        [
            (words(&["Reviewer"]), words(&["mia"]), false),
            (words(&["Reviewer"]), vec![], false),
            (vec![], words(&["mia"]), false),
        ]
    );
    discord.stop().await;
}
