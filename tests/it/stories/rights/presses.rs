//! Every button, select and form there is, with every post of the team, and with names that were altered.

use chrono::DateTime;
use greenroom::discord::buttons::{Form, Press, QueueFilter, ReasonKind, Toggle};
use greenroom::domain::ids::{AccountId, BatchId, ChannelId, MessageId, PendingEditId, PostId};
use greenroom::domain::post::Revision;
use serde_json::{Value, json};

use super::rows::differences;
use super::scene::{Asking, CAPTION, PLAIN, REVIEWER, STRANGER, Scene, Target, said};

/// The press after this one, so that all of them are walked through: a new one does not compile until it stands here.
fn after(press: Option<Press>, on: Target, account: AccountId) -> Option<Press> {
    let (post, revision) = (on.id, on.revision);
    let Some(press) = press else { return Some(Press::ChoosePrivacy { post }) };
    match press {
        Press::ChoosePrivacy { .. } => Some(Press::Toggle { post, what: Toggle::ALL[0] }),
        Press::Toggle { what, .. } => {
            let place = Toggle::ALL.iter().position(|one| *one == what).unwrap();
            let next = Toggle::ALL.get(place + 1).map(|what| Press::Toggle { post, what: *what });
            next.or(Some(Press::Submit { post }))
        }
        Press::Submit { .. } => Some(Press::SubmitAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() }),
        Press::SubmitAllTheSame { .. } => {
            Some(Press::ChangeAllTheSame { edit: PendingEditId::new(DateTime::UNIX_EPOCH) })
        }
        Press::ChangeAllTheSame { .. } => Some(Press::ScheduleBatch { batch: BatchId::new(DateTime::UNIX_EPOCH) }),
        Press::ScheduleBatch { batch } => {
            Some(Press::ScheduleBatchAllTheSame { batch, mark: "1a2b3c4d".parse().unwrap() })
        }
        Press::ScheduleBatchAllTheSame { batch, .. } => Some(Press::DiscardBatch { batch }),
        Press::DiscardBatch { .. } => Some(Press::EditCaption { post }),
        Press::EditCaption { .. } => Some(Press::ChangeTime { post }),
        Press::ChangeTime { .. } => Some(Press::Discard { post }),
        Press::Discard { .. } => Some(Press::Approve { post, revision }),
        Press::Approve { .. } => Some(Press::RequestChanges { post, revision }),
        Press::RequestChanges { .. } => Some(Press::Decline { post, revision }),
        Press::Decline { .. } => Some(Press::SayWhy { post, revision }),
        Press::SayWhy { .. } => Some(Press::TakeBackNo { post, revision }),
        Press::TakeBackNo { .. } => Some(Press::Retry { post }),
        Press::Retry { .. } => Some(Press::RetryAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() }),
        Press::RetryAllTheSame { .. } => Some(Press::Vouch { post }),
        Press::Vouch { .. } => Some(Press::NotOut { post }),
        Press::NotOut { .. } => Some(Press::NotOutAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() }),
        Press::NotOutAllTheSame { .. } => Some(Press::PublishNow { post }),
        Press::PublishNow { .. } => Some(Press::PublishAllHeld),
        Press::PublishAllHeld => Some(Press::LookAtHeld),
        Press::LookAtHeld => Some(Press::GoOn { account }),
        Press::GoOn { .. } => Some(Press::Connect { account }),
        Press::Connect { .. } => Some(Press::PasteAddress),
        Press::PasteAddress => Some(Press::EditPost { post }),
        Press::EditPost { .. } => Some(Press::PickTime { post }),
        Press::PickTime { .. } => Some(Press::Withdraw { post }),
        Press::Withdraw { .. } => Some(Press::TakeTime { post, unix: 1_796_200_000 }),
        Press::TakeTime { .. } => Some(Press::NextSlot { post }),
        Press::NextSlot { .. } => {
            Some(Press::Page { filter: QueueFilter { account: Some(account), standing: None }, page: 0 })
        }
        Press::Page { .. } => Some(Press::History { post, page: 0 }),
        Press::History { .. } => Some(Press::Calendar { month: "2026-11".parse().unwrap() }),
        Press::Calendar { .. } => None,
    }
}

/// The form after this one, likewise.
fn next(form: Option<Form>, on: Target) -> Option<Form> {
    let (post, revision) = (on.id, on.revision);
    let Some(form) = form else { return Some(Form::Caption { post }) };
    match form {
        Form::Caption { .. } => Some(Form::Time { post }),
        Form::Time { .. } => Some(Form::Reason { post, revision, kind: ReasonKind::Decline }),
        Form::Reason { kind: ReasonKind::Decline, .. } => {
            Some(Form::Reason { post, revision, kind: ReasonKind::RequestChanges })
        }
        Form::Reason { kind: ReasonKind::RequestChanges, .. } => {
            Some(Form::Reason { post, revision, kind: ReasonKind::Explain })
        }
        Form::Reason { kind: ReasonKind::Explain, .. } => Some(Form::EditPost { post }),
        Form::EditPost { .. } => Some(Form::Address),
        Form::Address => Some(Form::FromMessage { channel: ChannelId(1), message: MessageId(1) }),
        Form::FromMessage { .. } => None,
    }
}

fn presses(on: Target, account: AccountId) -> Vec<Press> {
    std::iter::successors(after(None, on, account), |press| after(Some(*press), on, account)).collect()
}

fn forms(on: Target) -> Vec<Form> {
    std::iter::successors(next(None, on), |form| next(Some(*form), on)).collect()
}

/// Whether a press shows what every member of the post's own server may see.
fn shows_a_post(press: Press) -> bool {
    matches!(press, Press::History { .. })
}

/// Whether a press only shows what every member of the asking server may see.
fn only_shows(press: Press) -> bool {
    matches!(press, Press::LookAtHeld | Press::Page { .. } | Press::Calendar { .. })
}

fn pressed(press: &Press) -> Value {
    named(&press.to_string())
}

fn named(name: &str) -> Value {
    if name.contains(":privacy:") {
        json!({"custom_id": name, "component_type": 3, "id": 1, "values": ["SELF_ONLY"]})
    } else {
        json!({"custom_id": name, "component_type": 2, "id": 1})
    }
}

/// A form with everything filled in that any form asks for.
fn filled_in(name: &str) -> Value {
    let fields = [
        ("caption", "Mine now"),
        ("when", "in 3 days 18:00"),
        ("cover", "1.5"),
        ("reason", "because"),
        ("address", "http://127.0.0.1/?code=1&state=2"),
    ];
    let numbered = (1..).step_by(2).zip(fields);
    let rows = numbered.map(|(id, (field, text))| {
        json!({"type": 1, "id": id, "components": [{"type": 4, "id": id + 1, "custom_id": field, "value": text}]})
    });
    let rows: Vec<Value> = rows.collect();
    json!({"custom_id": name, "components": rows})
}

/// Sends everything there is for every post of the team; nothing may change, and each time something is said.
async fn sends_everything(scene: &Scene, who: Asking, look: impl Fn(Press, &str)) {
    let before = scene.rows().await;
    let message = scene.message_for(who).await;
    let discord = &scene.studio.discord;
    for post in &scene.posts {
        for press in presses(*post, scene.account) {
            let asked = discord.forge(who.name, who.channel, 3, Some(message), pressed(&press)).unwrap();
            let told = said(&asked).await;
            assert!(!told.is_empty(), "{press}");
            look(press, &told);
        }
        for form in forms(*post) {
            let asked = discord.forge(who.name, who.channel, 5, None, filled_in(&form.to_string())).unwrap();
            let told = said(&asked).await;
            assert!(told.contains("hint:"), "{form}: {told}");
        }
        let changed = differences(&before, &scene.rows().await);
        assert_eq!(changed, Vec::<String>::new(), "with #{}", post.number);
    }
    scene.studio.settles().await;
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
}

#[tokio::test]
async fn no_button_or_form_lets_a_plain_member_change_what_is_not_theirs() {
    let scene = Scene::set().await;
    sends_everything(&scene, PLAIN, |press, told| {
        assert!(
            !told.contains("a form: ") && (only_shows(press) || shows_a_post(press) || told.contains("hint:")),
            "{press}: {told}"
        );
    })
    .await;
    scene.studio.closes().await;
}

#[tokio::test]
async fn no_button_or_form_reaches_into_another_server() {
    let scene = Scene::set().await;
    sends_everything(&scene, STRANGER, |press, told| {
        assert!(!told.contains(CAPTION) && !told.contains("harbour"), "{press}: {told}");
        // A manager elsewhere may connect accounts there, and decide about what is held there.
        let is_about_theirs = only_shows(press) || matches!(press, Press::PublishAllHeld | Press::PasteAddress);
        assert!(is_about_theirs || told.contains("hint:") && !told.contains("a form: "), "{press}: {told}");
    })
    .await;
    scene.studio.closes().await;
}

/// The same name in the ways somebody could alter it.
fn altered(name: &str, post: PostId) -> Vec<String> {
    let other = PostId::new(DateTime::UNIX_EPOCH).to_string();
    let id = post.to_string();
    let mut all = vec![
        name.replacen("v1:", "v0:", 1),
        name.replacen("v1:", "v2:", 1),
        name.replacen("v1:", "", 1),
        name.to_uppercase(),
        format!("{name}:"),
        format!("{name}:more"),
        format!(" {name}"),
        format!("{name} "),
        name.chars().take(name.len() - 1).collect(),
        name.replace(':', "::"),
    ];
    if name.contains(&id) {
        all.push(name.replace(&id, &other));
        all.push(name.replace(&id, ""));
        all.push(name.replace(&id, "1"));
        all.push(name.replace(&id, &format!("{id}' or '1'='1")));
    }
    all.retain(|one| one != name && one.len() <= 100);
    all
}

#[tokio::test]
async fn a_name_that_was_altered_is_explained_and_changes_nothing() {
    let scene = Scene::set().await;
    let before = scene.rows().await;
    let message = scene.message_for(REVIEWER).await;
    let discord = &scene.studio.discord;
    let in_review = scene.posts[6];
    // A reviewer has the right; what they saw is not what would go out.
    let elsewhere = Target { revision: Revision::from_bytes([7; 32]), ..in_review };
    for press in presses(elsewhere, scene.account)
        .into_iter()
        .filter(|press| press.to_string().contains(&elsewhere.revision.to_string()))
    {
        let asked = discord.forge(REVIEWER.name, REVIEWER.channel, 3, Some(message), pressed(&press)).unwrap();
        let told = said(&asked).await;
        assert!(told.contains("hint:"), "{press}: {told}");
    }
    for press in presses(in_review, scene.account) {
        for name in altered(&press.to_string(), in_review.id) {
            let asked = discord.forge(REVIEWER.name, REVIEWER.channel, 3, Some(message), named(&name)).unwrap();
            let told = said(&asked).await;
            assert!(told.contains("hint:"), "{name}: {told}");
        }
    }
    for form in forms(in_review) {
        for name in altered(&form.to_string(), in_review.id) {
            let asked = discord.forge(REVIEWER.name, REVIEWER.channel, 5, None, filled_in(&name)).unwrap();
            let told = said(&asked).await;
            assert!(told.contains("hint:"), "{name}: {told}");
        }
    }
    assert_eq!(differences(&before, &scene.rows().await), Vec::<String>::new());
    scene.studio.closes().await;
}

/// What the tests above send is what works for those who may: otherwise they would prove nothing.
#[tokio::test]
async fn the_same_names_work_for_those_who_may() {
    let scene = Scene::set().await;
    let discord = &scene.studio.discord;
    let [unclear, failed, held, lapsed, _, approved, in_review, draft] = scene.posts[..] else { panic!() };
    for (who, press) in [
        ("mia", Press::ChoosePrivacy { post: draft.id }),
        ("mia", Press::Toggle { post: draft.id, what: Toggle::Comments }),
        ("mia", Press::TakeTime { post: draft.id, unix: 1_796_200_000 }),
        ("mia", Press::TakeTime { post: lapsed.id, unix: 1_796_200_000 }),
        ("rui", Press::PublishNow { post: held.id }),
        ("mia", Press::Retry { post: failed.id }),
        ("mia", Press::Vouch { post: unclear.id }),
        ("rui", Press::Approve { post: in_review.id, revision: in_review.revision }),
        ("mia", Press::Withdraw { post: approved.id }),
        ("mia", Press::Discard { post: draft.id }),
    ] {
        let before = scene.rows().await;
        let message = scene.message_for(Asking { name: who, channel: "studio" }).await;
        let asked = discord.forge(who, "studio", 3, Some(message), pressed(&press)).unwrap();
        asked.answer().await.unwrap();
        if matches!(press, Press::Retry { .. }) {
            // The held post is close by, and that is asked about.
            let reply = asked.reply().await.unwrap();
            scene.studio.member(who).presses(crate::studio::id_of(&reply), "Publish all the same").await;
        }
        if matches!(press, Press::Discard { .. }) {
            let gone = |text: String| text.contains("discard");
            asked
                .until(|view| {
                    view.original.as_ref().is_some_and(|one| gone(crate::studio::text_of(one).to_lowercase()))
                })
                .await
                .unwrap();
        }
        assert_ne!(differences(&before, &scene.rows().await), Vec::<String>::new(), "{press}: {:#?}", asked.view());
    }
    scene.studio.settles().await;
    scene.studio.closes().await;
}
