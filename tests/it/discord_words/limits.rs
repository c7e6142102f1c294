//! Whatever people type, a message stays within Discord's limits and mentions nobody.
//! <https://docs.discord.com/developers/resources/message#embed-limits>

use greenroom::discord::cards::{CardView, Preview, card};
use greenroom::discord::composer::{ComposerView, composer};
use greenroom::discord::face::Face;
use greenroom::discord::held::{self, HeldPost};
use greenroom::discord::lists::{QueueEntry, QueueView, queue, shown};
use greenroom::discord::story;
use greenroom::discord::words::{connected, happened, paused as paused_in_public, refused, resumed};
use greenroom::domain::caption::Caption;
use greenroom::domain::digest::{AccountStory, Digest, NeedsAHand, PostLine};
use greenroom::domain::notice::Happening;
use greenroom::domain::pause::PauseRefusal;
use greenroom::domain::post::Post;
use greenroom::domain::refusal::Refusal;
use greenroom::domain::review::Word;
use greenroom::words::{Language, in_language};
use proptest::prelude::*;

use super::aloud::{json, list, text};
use super::scenes;

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn foreign() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("@everyone ".to_owned()),
        Just("@HERE".to_owned()),
        Just("<@12>".to_owned()),
        Just("<@&50>".to_owned()),
        Just("<#60>".to_owned()),
        Just("</schedule:1>".to_owned()),
        Just("```".to_owned()),
        Just("`".to_owned()),
        Just("@\u{202e}everyone".to_owned()),
        Just("\u{7}\n# ".to_owned()),
        Just("[x](https://evil.example)".to_owned()),
        Just("👩‍👩‍👧‍👦".to_owned()),
        Just("*_~|>\\".repeat(40)),
        "\\PC{0,60}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn caption(text: &str) -> Caption {
    let mut room = 2_200;
    let kept = text.chars().filter(|c| *c == '\n' || !c.is_control()).take_while(|c| {
        room -= i32::try_from(c.len_utf16()).expect("1 or 2");
        room >= 0
    });
    Caption::new(&kept.collect::<String>()).expect("short enough")
}

/// The mentions our own sentences make; anything else must have come from foreign text.
const OURS: [&str; 6] = ["<@12>", "<@11>", "<@20>", "<@&50>", "<t:", "<#60>"];

fn check(face: &Face) {
    let json = json(face);
    assert!(units(text(&json["content"])) <= 2_000);
    assert_eq!(json["allowed_mentions"]["parse"], serde_json::json!([]));
    let mut total = 0;
    let mut texts = vec![text(&json["content"]).to_owned()];
    let mut limited = |value: &serde_json::Value, most: usize| {
        let text = text(value);
        assert!(units(text) <= most, "{} of {most}: {text}", units(text));
        total += units(text);
        texts.push(text.to_owned());
    };
    for embed in list(&json["embeds"]) {
        limited(&embed["title"], 256);
        limited(&embed["description"], 4_096);
        limited(&embed["footer"]["text"], 2_048);
        assert!(list(&embed["fields"]).len() <= 25);
        for field in list(&embed["fields"]) {
            assert!(!text(&field["name"]).is_empty() && !text(&field["value"]).is_empty());
            limited(&field["name"], 256);
            limited(&field["value"], 1_024);
        }
    }
    assert!(total <= 6_000, "{total}");
    assert!(list(&json["components"]).len() <= 5);
    for row in list(&json["components"]) {
        assert!(list(&row["components"]).len() <= 5);
    }
    for text in texts {
        let lower = text.to_lowercase();
        assert!(!lower.contains("@everyone") && !lower.contains("@here"), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{7}']), "{text}");
        assert_eq!(text.matches("```").count() % 2, 0, "{text}");
        let rest = OURS.iter().fold(text.clone(), |rest, ours| rest.replace(ours, ""));
        for mention in ["<@", "<#", "</"] {
            assert!(!rest.contains(mention), "{text}");
        }
    }
}

/// The post's foreign mentions are of people our own sentences never name.
fn hostile(text: &str) -> String {
    text.replace("<@12>", "<@99>").replace("<@&50>", "<@&98>").replace("<#60>", "<#97>")
}

fn dressed(text: &str) -> Post {
    let text = hostile(text);
    let mut post = scenes::in_review();
    post.caption = caption(&text);
    post.author_name = text.clone();
    post.creator.nickname = text.clone();
    post.warnings = vec![text.clone(); 4];
    let word = Word::RequestChanges { reason: text.clone() };
    scenes::with_verdicts(post, &[(text.as_str(), word), (text.as_str(), Word::Decline { reason: Some(text.clone()) })])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_a_card_and_a_composer_stay_within_limits(text in foreign()) {
        for language in Language::ALL {
            in_language(language, || a_card_and_a_composer(&text));
        }
    }

    #[test]
    fn whatever_is_typed_a_thread_line_a_refusal_and_a_digest_stay_within_limits(text in foreign()) {
        for language in Language::ALL {
            in_language(language, || a_line_a_refusal_and_a_digest(&text));
        }
    }
}

fn a_card_and_a_composer(text: &str) {
    let (post, workspace) = (dressed(text), scenes::workspace());
    let mut account = scenes::account();
    account.nickname = hostile(text);
    let mut video = scenes::video();
    video.file_name = hostile(text);
    let problems = vec![hostile(text)];
    check(&composer(&ComposerView { post: &post, video: &video, audited: true, problems: &problems, asks: None }));
    let paused = scenes::paused(&hostile(text), Some(&hostile(text)));
    let view = CardView {
        post: &post,
        publication: None,
        account: &account,
        video: &video,
        workspace: &workspace,
        superseded: false,
        preview: Preview::Attached("latte.mp4"),
        first: true,
        stopped: None,
        paused: Some(&paused),
        now: scenes::now(),
    };
    check(&card(&view));
    let approved = Post { state: scenes::approved().state, ..post.clone() };
    for publication in &scenes::publications() {
        check(&card(&CardView { post: &approved, publication: Some(publication), ..view }));
        check(&shown(&CardView { post: &approved, publication: Some(publication), ..view }));
    }
    let entries = [QueueEntry { post: &post, publication: None, account: &account }; 10];
    check(&queue(&QueueView {
        entries: &entries,
        filter: greenroom::discord::buttons::QueueFilter::default(),
        page: 0,
        total: 40,
        above: "⏸️ Everything: paused.\n",
        zone: workspace.zone,
        now: scenes::now(),
    }));
    let held = HeldPost {
        post: post.id,
        number: 42,
        due_at: Some(scenes::due()),
        account: account.username.clone(),
        caption: text.to_owned(),
    };
    check(&held::list(std::slice::from_ref(&held), 1));
    check(&held::list(&vec![held; 25], 400));
    let by = greenroom::domain::ids::MemberId(11);
    check(&paused_in_public(Some(&account), by, paused.reason.as_deref(), &[42; 400]));
    check(&resumed(Some(&account), by, paused.reason.as_deref(), 3, Some(&paused)));
    check(&connected(&account, greenroom::domain::ids::MemberId(11)));
}

fn a_line_a_refusal_and_a_digest(text: &str) {
    let text = hostile(text);
    let post = dressed(&text);
    let by = greenroom::domain::ids::MemberId(20);
    check(&happened(&Happening::Declined { by, reason: Some(text.clone()) }, &post, None));
    check(&happened(&Happening::ChangesAsked { by, reason: text.clone() }, &post, None));
    check(&refused(&Refusal::WhichAccount { names: vec![text.clone(); 3] }));
    check(&refused(&Refusal::AccountNotReady { username: text.clone() }));
    let (username, reason) = (Some(text.clone()), Some(text.clone()));
    check(&refused(&PauseRefusal::Paused { username, by: text.clone(), reason }.into()));
    let line = PostLine { number: 42, caption: text.clone(), due_at: Some(scenes::due()), account: text.clone() };
    let story = AccountStory { name: text.clone(), day: None };
    check(&story::digest(
        &Digest {
            workspace: scenes::workspace().id,
            day: scenes::now().date_naive(),
            accounts: vec![story; 20],
            going_out_today: vec![line.clone(); 30],
            waiting_for_review: vec![line.clone(); 30],
            failed: vec![line.clone(); 30],
            needs_a_hand: vec![NeedsAHand::Held(line), NeedsAHand::Paused { account: text }],
        },
        true,
    ));
}
