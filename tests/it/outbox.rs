//! What people are told arrives once, whatever happens on the way, and what they say is heard, against the local Discord.

pub(crate) mod bench;

use chrono::TimeDelta;
use greenroom::domain::clock::Clock as _;
use greenroom::domain::notice::{Happening, Notice};
use greenroom::domain::post::{Due, Edit, PostStage};
use greenroom::flows::change;
use greenroom::sandbox::discord::{Discord, RestTrouble, permission};
use greenroom::words::Language;
use serde_json::Value;

use bench::Bench;

const SEND: &str = "POST /channels/{channel}/messages";

#[tokio::test]
async fn a_card_arrives_with_the_video_its_reactions_and_a_thread() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    assert_eq!(bench.tells().await, 1);

    let [card] = &bench.cards()[..] else { panic!("one card") };
    assert_eq!(card["attachments"][0]["filename"], "post-1.mp4");
    let footer = card["embeds"][0]["footer"]["text"].as_str().unwrap();
    assert_eq!(footer, format!("#1 · {}", post.revision().short()));
    let emoji: Vec<&Value> = card["reactions"].as_array().unwrap().iter().map(|one| &one["emoji"]["name"]).collect();
    assert_eq!(emoji, ["✅", "❌"]);
    let thread = bench.program.flows().store.thread(post.id).await.unwrap().unwrap();
    assert_eq!(thread.0.to_string(), card["id"].as_str().unwrap());
    assert_eq!(bench.discord.pings().len(), 1);

    bench.owes(&Notice::Card { post: post.id }).await;
    assert_eq!(bench.tells().await, 1);
    assert_eq!(bench.cards().len(), 1, "it is drawn anew, not sent again");
    assert_eq!(bench.cards()[0]["attachments"][0]["filename"], "post-1.mp4");
    assert_eq!(bench.discord.pings().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_card() {
    for wait in [TimeDelta::seconds(3), TimeDelta::minutes(5)] {
        let bench = Bench::opens().await;
        let post = bench.post_in_review().await;
        bench.discord.fail(SEND, 1, 1, RestTrouble::CutAfter);
        assert_eq!(bench.tells().await, 0);
        bench.passes(wait);
        assert_eq!(bench.tells().await, 1);
        assert_eq!(bench.cards().len(), 1);
        let looked = bench.discord.journal().iter().any(|call| call.route == "GET /channels/{channel}/messages");
        assert_eq!(looked, wait > TimeDelta::minutes(2));
        assert_eq!(bench.program.flows().store.cards(post.id).await.unwrap().len(), 1);
        bench.closes().await;
    }
}

#[tokio::test]
async fn a_line_whose_answer_was_lost_is_known_again_after_the_server_has_changed_its_language() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    assert_eq!(bench.tells().await, 1);
    let by = bench.member("rui").id;
    bench.owes(&Notice::Happened { post: post.id, happening: Happening::TookBack { by } }).await;
    bench.discord.fail(SEND, 1, 1, RestTrouble::CutAfter);
    assert_eq!(bench.tells().await, 0);

    bench.speaks(Language::German).await;
    bench.passes(TimeDelta::minutes(5));
    assert_eq!(bench.tells().await, 1);
    let thread = bench.program.flows().store.thread(post.id).await.unwrap().unwrap();
    let lines = bench.discord.messages(&thread.0.to_string());
    assert_eq!(lines.len(), 1, "{lines:#?}");

    // What is said from now on is German.
    bench.owes(&Notice::Happened { post: post.id, happening: Happening::TookBack { by } }).await;
    assert_eq!(bench.tells().await, 1);
    let lines = bench.discord.messages(&thread.0.to_string());
    assert_ne!(lines[0]["content"], lines[1]["content"]);
    bench.closes().await;
}

#[tokio::test]
async fn trouble_that_passes_is_waited_out_and_the_thread_keeps_its_order() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    let by = bench.member("rui").id;
    bench.owes(&Notice::Happened { post: post.id, happening: Happening::TookBack { by } }).await;
    bench.discord.fail(SEND, 1, 2, RestTrouble::Html(503));
    assert_eq!(bench.tells().await, 0);
    bench.passes(TimeDelta::seconds(2));
    assert_eq!(bench.tells().await, 0);
    bench.passes(TimeDelta::seconds(10));
    assert_eq!(bench.tells().await, 2);
    assert_eq!(bench.cards().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn an_edit_makes_a_new_card_and_the_old_one_says_so() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let due = Some((Due::At(bench.clock.now() + TimeDelta::hours(7)), post.zone));
    let edit = Edit { due, ..Edit::default() };
    change::edit(bench.program.flows(), &bench.member("mia"), post.id, edit).await.unwrap();
    assert_eq!(bench.tells().await, 2);

    let [old, new] = &bench.cards()[..] else { panic!("two cards") };
    assert_eq!(old["embeds"][0]["footer"]["text"], "#1 · superseded");
    let revision = bench.now(&post).await.revision();
    assert_eq!(new["embeds"][0]["footer"]["text"], format!("#1 · {}", revision.short()));
    let cards = bench.program.flows().store.cards(post.id).await.unwrap();
    assert_eq!(cards.iter().map(|card| card.superseded).collect::<Vec<_>>(), [true, false]);
    bench.closes().await;
}

#[tokio::test]
async fn a_refusal_is_tried_slowly_and_given_up_after_a_day() {
    let bench = Bench::opens().await;
    bench.post_in_review().await;
    bench.discord.forbid("Greenroom", "review", permission::SEND_MESSAGES).unwrap();
    assert_eq!(bench.tells().await, 0);
    for _ in 0..144 {
        bench.passes(TimeDelta::minutes(10));
        assert_eq!(bench.tells().await, 0);
    }
    let tries = bench.discord.journal().iter().filter(|call| call.route == SEND).count();
    assert_eq!(tries, 145);
    bench.closes().await;
}

#[tokio::test]
async fn a_reviewers_reaction_is_a_verdict_and_a_strangers_is_taken_away() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card: u64 = bench.cards()[0]["id"].as_str().unwrap().parse().unwrap();
    let reactions = |discord: &Discord| discord.message(card).map(|card| card["reactions"][0]["count"].clone());

    bench.discord.react("noa", card, "✅").unwrap();
    let gone = |discord: &Discord| (reactions(discord)? == 1).then_some(());
    bench.discord.until("the stranger's reaction to go", gone).await.unwrap();
    let explained = |discord: &Discord| (discord.pings().len() == 2).then_some(());
    bench.discord.until("an explanation", explained).await.unwrap();
    assert_eq!(bench.now(&post).await.verdicts, []);

    bench.discord.react("rui", card, "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    bench.tells().await;
    bench.closes().await;
}

#[tokio::test]
async fn a_deleted_card_is_sent_again_and_pings_nobody() {
    let bench = Bench::opens().await;
    bench.post_in_review().await;
    bench.tells().await;
    let (channel, card) = (bench.discord.channel_id("review").unwrap(), bench.card());
    bench.program.discord().bot().http().delete_message(channel.into(), card.into(), None).await.unwrap();
    // The bot hears of it over the line and owes the card anew.
    while bench.cards().is_empty() {
        bench.hears_of_a_change().await;
        bench.tells().await;
    }
    assert_ne!(bench.card(), card);
    assert_eq!(bench.discord.pings().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn what_was_said_and_deleted_while_the_bot_was_away_is_caught_up_with() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card = bench.card();
    let bench = bench.leaves_while(|discord| discord.react("rui", card, "✅").unwrap()).await;
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}

#[tokio::test]
async fn an_approval_is_taken_back_with_its_reaction_and_a_no_ends_the_review() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.needs_approvals(2).await;
    bench.tells().await;
    bench.discord.react("rui", bench.card(), "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.approvals().count(), 1);
    bench.discord.unreact("rui", bench.card(), "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.verdicts, []);
    bench.discord.react("rui", bench.card(), "❌").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Declined);
    assert_eq!(bench.tells().await, 5, "and the reviewer is asked why");
    bench.closes().await;
}

#[tokio::test]
async fn only_a_reviewers_press_counts() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let refused = bench.presses("noa", "Approve").await;
    assert!(refused["content"].as_str().unwrap().contains("can judge posts"), "{refused}");
    assert_eq!(bench.now(&post).await.verdicts, []);
    bench.presses("rui", "Approve").await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}

#[tokio::test]
async fn a_reviewer_says_what_should_change() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card = bench.discord.message(bench.card()).unwrap();
    let id = card["components"][0]["components"][1]["custom_id"].as_str().unwrap().to_owned();
    let form = bench.discord.press("rui", bench.card(), &id).unwrap();
    form.answer().await.unwrap();
    let answer = bench.discord.submit("rui", form.id(), &[("reason", "brighter please")]).unwrap();
    answer.reply().await.unwrap();
    let verdicts = bench.now(&post).await.verdicts;
    assert_eq!(verdicts.len(), 1);
    assert_eq!(bench.now(&post).await.stage(), PostStage::InReview);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}
