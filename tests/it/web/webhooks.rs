//! What TikTok says by itself makes things happen sooner and changes nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::account::Health;
use greenroom::domain::clock::Clock as _;
use greenroom::domain::publication::PublicationStage;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::store::Errand;
use reqwest::StatusCode;
use serde_json::json;

use super::{at, event, says, signed};
use crate::studio::{Account, PATIENCE, Post, Studio, client, link_in, text_of};

const CAFE: &str = "harbour.cafe";
const SECRET: &str = "sandbox_secret";

/// How long TikTok works on a video here: long after it is asked about only once a minute.
const WORKS_FOR: TimeDelta = TimeDelta::seconds(610);

/// A team whose TikTok says things to the program.
async fn opens() -> (Studio, Account) {
    let studio = Studio::open().await;
    let cafe = studio.connects_account(CAFE).await;
    studio.tiktok.send_webhooks_to(Some(&at(&studio, "/webhooks/tiktok")));
    let millis = u32::try_from(WORKS_FOR.num_milliseconds()).unwrap();
    studio.tiktok.change_rules(|rules| rules.processing_millis = millis);
    (studio, cafe)
}

/// An approved post.
async fn approved(studio: &Studio, cafe: &Account, at: &str) -> Post {
    let post = studio.member("mia").schedules("latte.mp4").at(at).on(cafe).visible_to("SELF_ONLY").await;
    studio.reviewer("rui").approves(&post).await;
    post
}

async fn stage(studio: &Studio, post: &Post) -> PublicationStage {
    let store = &studio.program().flows().store;
    let post = store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    store.publication_of(post.id).await.unwrap().unwrap().stage()
}

async fn asked_next(studio: &Studio) -> DateTime<Utc> {
    studio.program().flows().store.next_wake_for(Errand::Ask).await.unwrap().expect("TikTok will be asked")
}

/// Moves to the moment TikTok is done with a post, doing on the way what is due; TikTok is not asked at that moment.
async fn until_tiktok_is_done(studio: &Studio) {
    let done = studio.clock.now() + WORKS_FOR;
    while asked_next(studio).await <= done {
        studio.time_passes(asked_next(studio).await - studio.clock.now()).await;
    }
    studio.clock.set(done);
}

/// Lets TikTok say what it has to say, and waits until the program has heeded so many words of it.
async fn hears(studio: &Studio, words: u64) {
    let mut heeded = studio.program().flows().inbox.heeded();
    let goal = *heeded.borrow() + words;
    studio.tiktok.tick();
    let waited = heeded.wait_for(|count| *count >= goal);
    tokio::time::timeout(PATIENCE, waited).await.expect("the program hears of it").unwrap();
}

async fn health(studio: &Studio) -> Health {
    studio.program().flows().store.accounts(studio.workspace()).await.unwrap()[0].health
}

fn times_told(studio: &Studio, words: &str) -> usize {
    let messages = studio.discord.messages("review").into_iter();
    messages.filter(|message| message["embeds"][0].is_null() && text_of(message).contains(words)).count()
}

#[tokio::test]
async fn a_word_of_tiktoks_has_it_asked_sooner_than_the_next_look() {
    let (studio, cafe) = opens().await;
    let post = approved(&studio, &cafe, "12:00").await;
    studio.clock_reaches("12:00").await;
    until_tiktok_is_done(&studio).await;
    let next = asked_next(&studio).await;
    assert!(next > studio.clock.now(), "nobody would ask yet");
    studio.settles().await;
    assert_eq!(stage(&studio, &post).await, PublicationStage::Processing);
    hears(&studio, 1).await;
    assert_eq!(stage(&studio, &post).await, PublicationStage::Processing, "the word itself changes no state");
    assert_eq!(asked_next(&studio).await, studio.clock.now());
    studio.settles().await;
    assert_eq!(stage(&studio, &post).await, PublicationStage::Published);
    assert!(studio.clock.now() < next);
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn words_that_are_badly_signed_repeated_or_out_of_order_do_no_harm() {
    let (studio, cafe) = opens().await;
    let (first, second) = (approved(&studio, &cafe, "12:00").await, approved(&studio, &cafe, "12:00").await);
    studio.clock_reaches("12:00").await;
    // The first word comes after the second, that one twice, and the first is badly signed when it comes at last.
    studio.tiktok.arm(Fault::next("webhook", Trouble::Reordered));
    studio.tiktok.arm(Fault::next("webhook", Trouble::Duplicate).after(1));
    until_tiktok_is_done(&studio).await;
    hears(&studio, 3).await;
    studio.settles().await;
    for post in [&first, &second] {
        assert_eq!(stage(&studio, post).await, PublicationStage::Published);
    }
    cafe.has_published(2);

    let third = approved(&studio, &cafe, "13:00").await;
    studio.clock_reaches("13:00").await;
    studio.tiktok.arm(Fault::next("webhook", Trouble::BadSignature));
    until_tiktok_is_done(&studio).await;
    let mut heard = studio.tiktok.subscribe();
    studio.tiktok.tick();
    heard.changed().await.unwrap();
    studio.settles().await;
    assert_eq!(stage(&studio, &third).await, PublicationStage::Processing, "what is badly signed is nobody's word");
    // Asking finds out all the same, and what TikTok says again a minute later comes late.
    studio.time_passes(TimeDelta::seconds(59)).await;
    assert_eq!(stage(&studio, &third).await, PublicationStage::Published);
    studio.clock.set(studio.clock.now() + TimeDelta::seconds(2));
    hears(&studio, 1).await;
    studio.settles().await;
    cafe.has_published(3);
    studio.closes().await;
}

#[tokio::test]
async fn what_was_recorded_and_is_sent_again_wakes_nobody() {
    let (studio, cafe) = opens().await;
    studio.tiktok.send_webhooks_to(None);
    approved(&studio, &cafe, "12:00").await;
    studio.clock_reaches("12:00").await;
    let next = asked_next(&studio).await;
    let (publish_id, open_id) = (studio.tiktok.tasks()[0].publish_id.clone(), studio.tiktok.open_id(CAFE));
    let body = event(&studio.tiktok, "post.publish.complete", &open_id, &json!({ "publish_id": publish_id }));
    let signature = signed(SECRET, studio.clock.now().timestamp(), &body);
    let mut heeded = studio.program().flows().inbox.heeded();
    let mut goal = *heeded.borrow();
    for (again, wakes) in [true, false, false].into_iter().enumerate() {
        assert_eq!(says(&studio, &signature, &body).await, StatusCode::OK, "{again}");
        goal += 1;
        tokio::time::timeout(PATIENCE, heeded.wait_for(|count| *count >= goal)).await.unwrap().unwrap();
        let woken = asked_next(&studio).await <= studio.clock.now();
        assert_eq!(woken, wakes, "{again}");
        studio.settles().await;
        assert!(asked_next(&studio).await >= next);
    }
    // Signed anew it is the same word.
    let anew = signed(SECRET, studio.clock.now().timestamp() + 1, &body);
    assert_eq!(says(&studio, &anew, &body).await, StatusCode::OK);
    tokio::time::timeout(PATIENCE, heeded.wait_for(|count| *count > goal)).await.unwrap().unwrap();
    assert!(asked_next(&studio).await > studio.clock.now());
    studio.time_passes(TimeDelta::hours(1)).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn what_nobody_needs_is_taken_and_what_is_not_tiktoks_is_refused() {
    let (studio, _) = opens().await;
    let now = studio.clock.now().timestamp();
    let unknown = event(&studio.tiktok, "post.publish.complete", "nobody", &json!({ "publish_id": "v_pub_unknown" }));
    let stranger = event(&studio.tiktok, "authorization.removed", "nobody", &json!({ "reason": 1 }));
    let other = event(&studio.tiktok, "portability.download.ready", "nobody", &json!({}));
    for taken in [unknown.as_str(), &stranger, &other, "not JSON", "", "{\"event\":[]}"] {
        assert_eq!(says(&studio, &signed(SECRET, now, taken), taken).await, StatusCode::OK, "{taken}");
    }
    for (signature, why) in [
        (signed("another secret", now, &other), "another secret"),
        (signed(SECRET, now, &unknown), "another body"),
        (signed(SECRET, now - 74 * 3_600, &other), "too old"),
        (signed(SECRET, now + 600, &other), "of a time to come"),
        ("t=1,s=".to_owned(), "no signature"),
    ] {
        assert_eq!(says(&studio, &signature, &other).await, StatusCode::UNAUTHORIZED, "{why}");
    }
    let once = signed(SECRET, now, &other);
    let twice = client().post(at(&studio, "/webhooks/tiktok")).header("TikTok-Signature", &once);
    let twice = twice.header("TikTok-Signature", &once).body(other.clone()).send().await.unwrap();
    assert_eq!(twice.status(), StatusCode::UNAUTHORIZED, "signed twice");
    let large = "x".repeat(64 * 1024 + 1);
    assert_eq!(says(&studio, &signed(SECRET, now, &large), &large).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(health(&studio).await, Health::Connected);
    studio.closes().await;
}

#[tokio::test]
async fn an_account_that_took_its_rights_back_is_told_of_once_and_its_posts_wait() {
    let (studio, cafe) = opens().await;
    let post = approved(&studio, &cafe, "14:00").await;
    studio.tiktok.arm(Fault::next("webhook", Trouble::Duplicate));
    studio.tiktok.disconnect(CAFE);
    hears(&studio, 2).await;
    studio.settles().await;
    assert_eq!(health(&studio).await, Health::NeedsReconnect, "long before a post would have found out");
    assert_eq!(times_told(&studio, "/account connect"), 1, "{}", studio.transcript());
    studio.clock_reaches("14:05").await;
    cafe.has_published(0);
    assert_eq!(stage(&studio, &post).await, PublicationStage::Scheduled);

    let reply = studio.person("ada").runs(&["account", "connect"], &[]).await;
    let back = studio.tiktok.consent_to_all(&link_in(&reply).unwrap(), CAFE).unwrap();
    assert_eq!(client().get(back).send().await.unwrap().status(), StatusCode::OK);
    studio.settles().await;
    // An old word about it comes late: TikTok is asked, and says that all is well.
    let late = event(&studio.tiktok, "authorization.removed", &studio.tiktok.open_id(CAFE), &json!({ "reason": 0 }));
    let mut heeded = studio.program().flows().inbox.heeded();
    let goal = *heeded.borrow() + 1;
    assert_eq!(says(&studio, &signed(SECRET, studio.clock.now().timestamp(), &late), &late).await, StatusCode::OK);
    tokio::time::timeout(PATIENCE, heeded.wait_for(|count| *count >= goal)).await.unwrap().unwrap();
    assert_eq!(health(&studio).await, Health::Connected);
    studio.time_passes(TimeDelta::minutes(20)).await;
    cafe.has_published(1);
    studio.closes().await;
}
