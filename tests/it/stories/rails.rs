//! What speaks against a post is asked about, and what people went on in spite of stays with it.

use greenroom::domain::post::PostStage;
use greenroom::sandbox::discord::Snowflake;
use greenroom::sandbox::mischief::{Fault, Trouble};
use serde_json::{Value, json};

use crate::studio::{Account, Person, Post, Studio, button, id_of, padded, select_offering, text_of};

/// A composer in which everything is chosen: nothing but the button is missing.
async fn ready(by: &Person<'_>, on: &Account, at: &str, (caption, size): (&str, usize)) -> Snowflake {
    let composer = by.schedules("latte.mp4").caption(caption).at(at).on(on).with(padded(size)).composes().await;
    let reply = composer.view().original.unwrap();
    let select = select_offering(&reply, "PUBLIC_TO_EVERYONE").unwrap();
    by.chooses(id_of(&reply), &select, "PUBLIC_TO_EVERYONE").await;
    id_of(&reply)
}

/// What a composer says after a press of a button, once that is no longer what it shows.
async fn says_after(studio: &Studio, by: &Person<'_>, composer: Snowflake, label: &str) -> Value {
    let before = studio.discord.message(composer).unwrap();
    by.presses(composer, label).await;
    let changed = |message: Option<Value>| {
        message.filter(|now| now["content"] != before["content"] || now["components"] != before["components"])
    };
    studio.discord.until("an answer", |discord| changed(discord.message(composer))).await.unwrap()
}

async fn stage(studio: &Studio, number: i64) -> PostStage {
    studio.program().flows().store.post_by_number(studio.workspace(), number).await.unwrap().unwrap().stage()
}

/// What the audit trail says a post went on in spite of, act by act.
async fn overridden(studio: &Studio, act: &str) -> Vec<Value> {
    let trail = studio.program().flows().store.audit_trail(studio.workspace(), None).await.unwrap();
    trail.iter().filter(|row| row.act == act).map(|row| row.detail["in_spite_of"].clone()).collect()
}

#[tokio::test]
async fn a_post_too_close_to_another_is_asked_about_and_says_so() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    let composer = ready(&mia, &cafe, "tomorrow 18:10", ("Another latte", 20_000)).await;
    let warned = text_of(&studio.discord.message(composer).unwrap());
    assert!(warned.contains("Post #1 goes to @harbour.cafe 10 minutes earlier"), "{warned}");

    let asked = says_after(&studio, &mia, composer, "Submit for review").await;
    insta::assert_snapshot!(asked["content"].as_str().unwrap());
    assert!(button(&asked, "Submit for review").is_none());
    assert_eq!(stage(&studio, 2).await, PostStage::Draft);

    says_after(&studio, &mia, composer, "Submit all the same").await;
    studio.settles().await;
    assert_eq!(stage(&studio, 2).await, PostStage::InReview);
    let card = text_of(&studio.discord.message(studio.card(&Post { number: 2 })).unwrap());
    let spite = card.split("Submitted in spite of\n").nth(1).unwrap_or_else(|| panic!("{card}"));
    assert!(spite.starts_with("⚠️ Post #1 goes to @harbour.cafe 10 minutes earlier"), "{card}");
    let said = "Post #1 goes to @harbour.cafe 10 minutes earlier; posts should be 30 minutes apart.";
    assert_eq!(overridden(&studio, "post.submitted").await, [Value::Null, json!([said])]);
    rui.approves(&Post { number: 2 }).await;
    rui.approves(&Post { number: 1 }).await;
    studio.clock_reaches("tomorrow 18:30").await;
    cafe.has_published(2);
    studio.closes().await;
}

#[tokio::test]
async fn exactly_as_far_apart_as_asked_for_is_no_conflict_and_another_account_is_none_either() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let bakery = studio.connects_account("northpier.bikes").await;
    let mia = studio.member("mia");
    mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    for (at, on, size) in [("tomorrow 18:30", &cafe, 20_000), ("tomorrow 18:00", &bakery, 20_001)] {
        let composer = ready(&mia, on, at, (&format!("Latte {size}"), size)).await;
        let done = says_after(&studio, &mia, composer, "Submit for review").await;
        assert!(text_of(&done).contains("Submitted as post"), "{done:#}");
    }
    studio.closes().await;
}

#[tokio::test]
async fn the_same_video_or_words_are_asked_about_for_a_month() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let first = mia.schedules("latte.mp4").caption("Latte").at("in 1h").on(&cafe).with(padded(20_000)).await;
    rui.approves(&first).await;
    studio.clock_reaches("in 2h").await;
    cafe.has_published(1);
    let asks = async |words: &str, size: usize| {
        let composer = ready(&mia, &cafe, "tomorrow 18:00", (words, size)).await;
        let said = text_of(&says_after(&studio, &mia, composer, "Submit for review").await);
        let number = studio.newest_post().await.number;
        if said.contains("Submitted as post") {
            mia.withdraws(&Post { number }).await;
        } else {
            mia.presses(composer, "Discard").await;
            let gone = |message: Value| button(&message, "Discard").is_none().then_some(());
            studio.discord.until("it is gone", |discord| gone(discord.message(composer)?)).await.unwrap();
        }
        let named = ["shows the same video", "has the same caption", "Submitted as post"];
        named.into_iter().filter(|part| said.contains(part)).collect::<Vec<_>>().join(" + ")
    };
    assert_eq!(asks("Latte", 20_000).await, "shows the same video + has the same caption");
    assert_eq!(asks("Other words", 20_000).await, "shows the same video");
    assert_eq!(asks("Latte", 20_001).await, "has the same caption");
    assert_eq!(asks("Other words", 20_001).await, "Submitted as post", "withdrawn and discarded ones do not count");
    studio.clock_reaches("in 31 days").await;
    assert_eq!(asks("Latte", 20_000).await, "Submitted as post");
    studio.closes().await;
}

#[tokio::test]
async fn what_comes_up_after_the_question_is_shown_before_anything_is_submitted() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, noa) = (studio.member("mia"), studio.member("noa"));
    let composer = ready(&mia, &cafe, "tomorrow 18:10", ("Mine", 20_000)).await;
    noa.schedules("latte.mp4").caption("Theirs").at("tomorrow 18:00").on(&cafe).with(padded(20_001)).await;
    let asked = says_after(&studio, &mia, composer, "Submit for review").await;
    assert!(text_of(&asked).contains("Post #2 goes to @harbour.cafe 10 minutes earlier"), "{asked:#}");
    noa.schedules("latte.mp4").caption("Theirs too").at("tomorrow 18:15").on(&cafe).with(padded(20_002)).await;
    let asked = says_after(&studio, &mia, composer, "Submit all the same").await;
    assert!(text_of(&asked).contains("Post #3 goes to @harbour.cafe 5 minutes later"), "{asked:#}");
    assert_eq!(stage(&studio, 1).await, PostStage::Draft);
    let done = says_after(&studio, &mia, composer, "Submit all the same").await;
    assert!(text_of(&done).contains("Submitted as post #1"), "{done:#}");
    studio.settles().await;
    studio.closes().await;
}

#[tokio::test]
async fn a_spent_day_is_asked_about() {
    let studio = Studio::open_with(&[("GREENROOM_LIMITS__SCHEDULED_PER_DAY", "1")]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    mia.schedules("latte.mp4").on(&cafe).await;
    let composer = ready(&mia, &cafe, "tomorrow 19:00", ("Another latte", 20_000)).await;
    let asked = says_after(&studio, &mia, composer, "Submit for review").await;
    assert!(text_of(&asked).contains("That is the 2nd post submitted for @harbour.cafe within 24 hours"), "{asked:#}");
    studio.closes().await;
}

#[tokio::test]
async fn a_change_is_asked_about_what_it_brings_up_and_waits_for_its_members_answer() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let question = {
        let (mia, noa) = (studio.member("mia"), studio.member("noa"));
        mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
        let twin = mia.schedules("latte.mp4").caption("Saturday latte").at("tomorrow 20:00").on(&cafe).await;
        // The same video was asked about when it was submitted, and moving it does not bring it up.
        let options = [("post", json!(twin.number)), ("when", json!("tomorrow 18:20"))];
        let asked = mia.runs(&["post", "move"], &options).await;
        insta::assert_snapshot!(text_of(&asked));
        studio.settles().await;
        let question = id_of(&asked);
        let press = button(&asked, "Change all the same").unwrap();
        let data = json!({"custom_id": press, "component_type": 2, "id": 1});
        let forged = studio.discord.forge(&noa.name, "studio", 3, Some(question), data).unwrap();
        let view = forged.until(|view| !view.followups.is_empty()).await.unwrap();
        assert!(text_of(&view.followups[0]).contains("made for somebody else"), "{view:#?}");
        question
    };
    // The change waits in the database.
    studio.stops().await;
    studio.starts().await;
    let mia = studio.member("mia");
    let done = says_after(&studio, &mia, question, "Change all the same").await;
    assert!(text_of(&done).contains("Post #2 is changed and in review again"), "{done:#}");
    studio.settles().await;
    let card = text_of(&studio.discord.message(studio.card(&Post { number: 2 })).unwrap());
    let spite = card.split("Submitted in spite of\n").nth(1).unwrap_or_else(|| panic!("{card}"));
    assert!(spite.contains("shows the same video") && spite.contains("20 minutes earlier"), "{card}");
    let [said] = &overridden(&studio, "post.moved").await[..] else { panic!("one move") };
    assert!(said.to_string().contains("20 minutes earlier"), "{said}");
    // The button is spent.
    let asked = studio
        .discord
        .forge(
            "mia",
            "studio",
            3,
            Some(question),
            json!({
                "custom_id": "v1:change_all_the_same:01a242016f40791ab2c0f9135ea37601", "component_type": 2, "id": 1,
            }),
        )
        .unwrap();
    let view = asked.until(|view| !view.followups.is_empty()).await.unwrap();
    assert!(text_of(&view.followups[0]).contains("no longer there"), "{view:#?}");
    studio.closes().await;
}

#[tokio::test]
async fn an_edit_to_words_that_were_said_already_is_asked_about() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    let other = mia.schedules("latte.mp4").caption("Other").at("tomorrow 20:00").on(&cafe).with(padded(20_000)).await;
    let form = mia.asks(&["post", "edit"], &[("post", json!(other.number))], &[]).await;
    let asked = mia.fills(&form, &[("caption", "Friday latte")]).await.reply().await.unwrap();
    assert!(text_of(&asked).contains("Post #1 has the same caption on @harbour.cafe."), "{asked:#}");
    let done = mia.insists(asked).await;
    assert!(text_of(&done).contains("is changed and in review again"), "{done:#}");
    studio.settles().await;
    studio.closes().await;
}

#[tokio::test]
async fn nothing_is_scheduled_or_moved_into_a_maintenance_window() {
    // Every day from 17:00 UTC for two hours, which is from 18:00 to 20:00 in Berlin.
    let windows = r#"[{ cron = "0 17 * * *", duration = "2h" }]"#;
    let studio = Studio::open_with(&[("GREENROOM_SCHEDULING__MAINTENANCE", windows)]).await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let told = mia.schedules("latte.mp4").at("tomorrow 19:00").on(&cafe).meets_refusal().await;
    assert!(told.contains("in a maintenance window") && told.contains("20:00"), "{told}");
    let post = mia.schedules("latte.mp4").at("tomorrow 17:00").on(&cafe).await;
    let told = text_of(&mia.moves(&post, "tomorrow 19:30").await);
    assert!(told.contains("in a maintenance window") && told.contains("20:00"), "{told}");
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_is_tried_again_is_asked_about_what_went_out_meanwhile() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let failed = mia.schedules("latte.mp4").caption("First light").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&failed).await;
    studio.tiktok.arm(Fault::next("processing", Trouble::Fail { reason: "spam_risk_text".to_owned() }));
    studio.clock_reaches("tomorrow 18:30").await;
    cafe.has_published(0);

    // The same words once more, by hand: they are out when somebody remembers the first.
    let again = mia.schedules("latte.mp4").with(padded(30_000)).caption("First light").at("in 1h").on(&cafe).await;
    rui.approves(&again).await;
    studio.clock_reaches("20:30").await;
    cafe.has_published(1);
    let asked = mia.presses(studio.card(&failed), "Try again").await.reply().await.unwrap();
    let said = text_of(&asked);
    assert!(said.contains("Post #2") && said.contains("Publish all the same"), "{said}");
    studio.clock_reaches("21:00").await;
    cafe.has_published(1);

    says_after(&studio, &mia, id_of(&asked), "Publish all the same").await;
    studio.clock_reaches("21:30").await;
    cafe.has_published(2);
    assert_eq!(overridden(&studio, "post.retried").await.len(), 1);
    let card = text_of(&studio.discord.message(studio.card(&failed)).unwrap());
    assert!(card.contains("in spite of"), "{card}");
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_somebody_says_is_not_out_is_asked_about_what_went_out_meanwhile() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let unclear = mia.schedules("latte.mp4").caption("First light").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&unclear).await;
    studio.tiktok.arm(Fault::next("processing", Trouble::Stuck));
    studio.clock_reaches("2026-11-28 12:00").await;
    cafe.has_published(0);

    let again = mia.schedules("latte.mp4").with(padded(30_000)).caption("First light").at("in 1h").on(&cafe).await;
    rui.approves(&again).await;
    studio.clock_reaches("2026-11-28 14:00").await;
    cafe.has_published(1);
    let asked = mia.presses(studio.card(&unclear), "It is not").await.reply().await.unwrap();
    let said = text_of(&asked);
    assert!(said.contains("Post #2") && said.contains("Publish all the same"), "{said}");
    studio.clock_reaches("2026-11-28 15:00").await;
    cafe.has_published(1);

    says_after(&studio, &mia, id_of(&asked), "Publish all the same").await;
    studio.clock_reaches("2026-11-28 16:00").await;
    cafe.has_published(2);
    assert_eq!(overridden(&studio, "post.denied").await.len(), 1);
    studio.closes().await;
}
