//! Every command that is registered.

use greenroom::discord::register;
use greenroom::sandbox::discord::{Interaction, Upload};
use serde_json::{Value, json};

use super::rows::differences;
use super::scene::{Asking, CAPTION, PLAIN, STRANGER, Scene, said};
use crate::studio::clip_path;

/// What a command does for a member of the team who holds no right beyond that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plainly {
    /// It refuses.
    Refuses,
    /// It shows what every member of the team may see.
    Shows,
    /// It shows that, after asking TikTok for today's numbers.
    Measures,
    /// It opens a draft of the member's own.
    Drafts,
    /// It keeps something about the member themselves.
    Keeps,
    /// It notes what the member points at, for themselves.
    Picks,
}

/// The table: every command needs its line here.
fn plainly(path: &str) -> Plainly {
    match path {
        "pause" | "resume" | "setup" | "account connect" | "account disconnect" | "export" | "erase" => {
            Plainly::Refuses
        }
        // What is given is no table of posts; what a member prepares is told in stories of its own.
        "bulk" => Plainly::Refuses,
        "post edit" | "post move" | "post withdraw" | "post retry" => Plainly::Refuses,
        // Whoever looks at an unclear post may see what there is to decide; the buttons ask again who presses them.
        "account list" | "queue" | "calendar" | "post show" | "post history" | "post resolve" | "help" => {
            Plainly::Shows
        }
        "digest" => Plainly::Measures,
        "schedule" => Plainly::Drafts,
        "slots set" | "slots clear" => Plainly::Refuses,
        "slots show" => Plainly::Shows,
        "timezone" => Plainly::Keeps,
        // What is pointed at is noted for whoever points; handing it in is the form's.
        "Schedule on TikTok" => Plainly::Picks,
        other => panic!("/{other} has no line in the table of rights: who may use it, and what for?"),
    }
}

/// A command as it is registered: its words, and its options.
struct Registered {
    is_menu: bool,
    path: Vec<String>,
    options: Vec<Value>,
}

fn registered() -> Vec<Registered> {
    fn below(path: &[String], one: &Value, all: &mut Vec<Registered>) {
        let path: Vec<String> = path.iter().cloned().chain([one["name"].as_str().unwrap().to_owned()]).collect();
        let options = one["options"].as_array().cloned().unwrap_or_default();
        let (commands, options): (Vec<Value>, Vec<Value>) =
            options.into_iter().partition(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
        for command in &commands {
            below(&path, command, all);
        }
        if commands.is_empty() {
            all.push(Registered { is_menu: one["type"] == 3, path, options });
        }
    }
    let mut all = Vec::new();
    for command in register::description().as_array().unwrap() {
        below(&[], command, &mut all);
    }
    all
}

/// What is typed for an option. A new option needs a value here, one that is somebody else's where that is possible.
fn typed(option: &Value, post: i64) -> Option<Value> {
    match option["name"].as_str().unwrap() {
        "post" => Some(json!(post)),
        "account" => Some(json!("harbour.cafe")),
        "when" => Some(json!("in 3 days 18:00")),
        "caption" => Some(json!("Mine now")),
        "approvals" => Some(json!(1)),
        "self_review" | "weekly_summary" => Some(json!(true)),
        "digest_time" => Some(json!("07:00")),
        "day" => Some(json!("every day")),
        "time" => Some(json!("9:00, 18:00")),
        "zone" => Some(json!("Asia/Tokyo")),
        "timezone" => Some(json!("Asia/Tokyo")),
        "reason" => Some(json!("Because I say so")),
        "delivery" => Some(json!("draft")),
        "state" => Some(json!("held")),
        "month" => Some(json!("november")),
        "privacy" => Some(json!("SELF_ONLY")),
        // The very name that would do it.
        "confirm" => Some(json!("Harbour Café team")),
        // They name what each server has of its own, and Discord finds nothing else by them; a file is attached instead
        // of a link.
        "reviewer_role" | "review_channel" | "digest_channel" | "video" | "video_url" | "file" => None,
        other => panic!("the option `{other}` needs a value in the table of rights"),
    }
}

/// Runs a command, or forges it where a client would not show it.
fn asks(scene: &Scene, who: Asking, command: &Registered, post: i64) -> Interaction {
    let path: Vec<&str> = command.path.iter().map(String::as_str).collect();
    let options: Vec<(&str, Value)> = command
        .options
        .iter()
        .filter_map(|option| Some((option["name"].as_str().unwrap(), typed(option, post)?)))
        .collect();
    let takes_file = command.options.iter().find(|option| option["type"] == 11);
    let file = |option: &Value| {
        let bytes = std::fs::read(clip_path(crate::studio::LATTE)).unwrap();
        Upload::new(option["name"].as_str().unwrap(), "latte.mp4", bytes)
    };
    let files: Vec<Upload> = takes_file.map(file).into_iter().collect();
    let discord = &scene.studio.discord;
    if command.is_menu {
        let message = discord.say(who.name, who.channel, "the clip", &[file(&json!({ "name": "video" }))]).unwrap();
        return discord.message_command(who.name, path[0], message).unwrap();
    }
    discord.command(who.name, who.channel, &path, &options, &files).unwrap_or_else(|_| {
        let [name] = path[..] else { panic!("only whole commands are hidden: {path:?}") };
        let known = discord.commands();
        let id = &known.iter().find(|one| one["name"] == name).unwrap()["id"];
        let kind = |name: &str| command.options.iter().find(|one| one["name"] == name).unwrap()["type"].clone();
        let given: Vec<Value> =
            options.iter().map(|(name, value)| json!({"name": name, "type": kind(name), "value": value})).collect();
        let data = json!({"id": id, "name": name, "type": 1, "options": given});
        discord.forge(who.name, who.channel, 2, None, data).unwrap()
    })
}

async fn answered(asked: &Interaction) -> String {
    let told = said(asked).await;
    if told.contains("Fetching") || told.contains("Checking") || told.is_empty() {
        let done = |text: &str| text.contains("hint:") || text.contains("caption");
        let view = asked
            .until(|view| {
                view.original.as_ref().is_some_and(|shown| done(&crate::studio::text_of(shown).to_lowercase()))
            })
            .await
            .unwrap();
        return crate::studio::text_of(&view.original.unwrap());
    }
    told
}

/// The posts a command is asked for: all of them if it takes one.
fn posts(scene: &Scene, command: &Registered) -> Vec<i64> {
    let takes_post = command.options.iter().any(|option| option["name"] == "post");
    if takes_post { scene.posts.iter().map(|post| post.number).collect() } else { vec![1] }
}

#[tokio::test]
async fn no_command_lets_a_plain_member_change_what_is_not_theirs() {
    let scene = Scene::set().await;
    for command in registered() {
        let path = command.path.join(" ");
        let plainly = plainly(&path);
        for post in posts(&scene, &command) {
            let before = scene.rows().await;
            let told = answered(&asks(&scene, PLAIN, &command, post)).await;
            let after = scene.rows().await;
            let mut changed = differences(&before, &after);
            match plainly {
                Plainly::Refuses => assert!(told.contains("hint:"), "/{path} #{post}: {told}"),
                Plainly::Shows => assert!(!told.is_empty(), "/{path} #{post}"),
                Plainly::Measures => {
                    let numbers = ["snapshots: ", "budgets: ", "spent: "];
                    changed.retain(|row| !numbers.iter().any(|table| row[2..].starts_with(table)));
                }
                Plainly::Keeps => changed.retain(|row| !row[2..].starts_with("member_zones: ")),
                Plainly::Picks => changed.retain(|row| !row.starts_with("+ picks: ")),
                // What is added is theirs.
                Plainly::Drafts => {
                    changed
                        .retain(|row| row.starts_with("- ") && !row.contains("- budgets") && !row.contains("- spent"));
                    changed.retain(|row| !row.contains("- workspaces"));
                }
            }
            assert_eq!(changed, Vec::<String>::new(), "/{path} #{post}: {told}");
        }
    }
    scene.studio.closes().await;
}

#[tokio::test]
async fn no_command_reaches_into_another_server() {
    let scene = Scene::set().await;
    let before = scene.rows().await;
    for command in registered() {
        let path = command.path.join(" ");
        for post in posts(&scene, &command) {
            let told = answered(&asks(&scene, STRANGER, &command, post)).await;
            assert!(!told.is_empty() && !told.contains(CAPTION), "/{path} #{post}: {told}");
            let names_ours = command.options.iter().any(|one| one["name"] == "post" || one["name"] == "account");
            assert!(!names_ours || told.contains("hint:"), "/{path} #{post}: {told}");
            let changed = differences(&before, &scene.rows().await);
            assert_eq!(changed, Vec::<String>::new(), "/{path} #{post}: {told}");
        }
    }
    scene.studio.closes().await;
}

#[tokio::test]
async fn nothing_of_another_server_is_offered_while_typing() {
    let scene = Scene::set().await;
    let before = scene.rows().await;
    let (mut asked, mut ours) = (0, 0);
    for command in registered() {
        let path: Vec<&str> = command.path.iter().map(String::as_str).collect();
        for option in command.options.iter().filter(|option| option["autocomplete"] == true) {
            let focused = option["name"].as_str().unwrap();
            for (so_far, account) in [("", None), ("", Some("harbour.cafe")), ("latte", None), ("1", None), ("h", None)]
            {
                let mut options = vec![(focused, json!(so_far))];
                let takes_account = focused == "privacy" && command.options.iter().any(|one| one["name"] == "account");
                options.extend(account.filter(|_| takes_account).map(|account| ("account", json!(account))));
                let offers = scene
                    .studio
                    .discord
                    .autocomplete(STRANGER.name, STRANGER.channel, &path, &options, focused)
                    .await
                    .unwrap();
                let offers = Value::from(offers).to_string();
                for secret in [CAPTION, "harbour", "EVERYONE", "SELF_ONLY"] {
                    assert!(!offers.contains(secret), "/{} {focused}: {offers}", path.join(" "));
                }
                asked += 1;
                // Mia is not shown what managers use.
                let offered = scene.studio.discord.autocomplete("mia", "studio", &path, &options, focused).await;
                ours += usize::from(Value::from(offered.unwrap_or_default()).to_string().contains(CAPTION));
            }
        }
    }
    // The same questions are answered to those whose posts they are.
    assert!(asked > 30 && ours > 10, "{asked} {ours}");
    let mut changed = differences(&before, &scene.rows().await);
    changed.retain(|row| !row[2..].starts_with("budgets: ") && !row[2..].starts_with("spent: "));
    assert_eq!(changed, Vec::<String>::new());
    scene.studio.closes().await;
}

/// A draft is its author's alone until it is handed in: nobody else is shown it, and nobody at all is offered it.
#[tokio::test]
async fn a_draft_is_seen_by_its_author_alone() {
    let scene = Scene::set().await;
    let draft = scene.posts.last().unwrap().number;
    let discord = &scene.studio.discord;
    for (who, sees) in [("mia", true), ("noa", false), ("rui", false), ("ada", false)] {
        let asked = discord.command(who, "studio", &["post", "show"], &[("post", json!(draft))], &[]).unwrap();
        let told = said(&asked).await;
        assert_eq!(told.contains(CAPTION), sees, "{who}: {told}");
        let options = [("post", json!(draft.to_string()))];
        let offers = discord.autocomplete(who, "studio", &["post", "show"], &options, "post").await.unwrap();
        assert_eq!(offers, Vec::<Value>::new(), "{who}");
    }
    scene.studio.closes().await;
}
