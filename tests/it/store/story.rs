//! One post's whole life as the store sees it, told on both engines by the same function.

use greenroom::domain::caption::Caption;
use greenroom::domain::digest::Snapshot;
use greenroom::domain::ids::{ChannelId, MessageId, WorkspaceId};
use greenroom::domain::post::{Card, Due, Post, PostStage, PostState};
use greenroom::domain::publication::{Publication, PublicationStage, Receipt};
use greenroom::domain::review::Word;
use greenroom::domain::workspace::Workspace;
use greenroom::store::{EndedBefore, Errand, Page, PostFilter, Schema, Store};

use super::engines;
use super::given::{MIA, RUI, TEAM, Team, at, upload, verdict, workspace_set_up};

const REVIEWS: ChannelId = ChannelId(77);
const FIRST_PAGE: Page = Page { number: 0, size: 10 };

async fn settings(store: &Store) {
    let known = store.workspace(TEAM).await.unwrap().unwrap();
    assert_eq!(known, Workspace::new(TEAM, "Harbour".into()));
    let mut tx = store.begin().await.unwrap();
    tx.save_workspace(&workspace_set_up()).await.unwrap();
    assert_eq!(tx.ensure_workspace(TEAM, "Renamed", at(1)).await.unwrap(), workspace_set_up(), "known is known");
    tx.commit().await.unwrap();
    assert_eq!(store.workspace(TEAM).await.unwrap(), Some(workspace_set_up()));
    assert_eq!(store.workspace(WorkspaceId(1)).await.unwrap(), None);
}

/// Drafted, handed in, judged, edited, judged again: gives the approved post.
async fn review(store: &Store, team: &Team) -> Post {
    let mut tx = store.begin().await.unwrap();
    let number = tx.next_post_number(TEAM).await.unwrap();
    let draft = team.post(number, PostState::Draft);
    tx.add_post(&draft).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.revisions(draft.id).await.unwrap().is_empty(), "a draft is nobody's business");
    assert_eq!(store.stale_drafts(at(1)).await.unwrap(), vec![draft.clone()]);

    let mut tx = store.begin().await.unwrap();
    let mut post = tx.post(draft.id).await.unwrap().unwrap();
    post.state = PostState::InReview { since: at(1) };
    assert_eq!(tx.save_post(&post).await.unwrap(), 1);
    assert!(tx.save_post(&post).await.unwrap_err().is_stale(), "a save expects what it read");
    tx.set_thread(post.id, ChannelId(78)).await.unwrap();
    assert!(!tx.drop_post_draft(post.id).await.unwrap(), "it is no draft any more");
    tx.commit().await.unwrap();
    assert_eq!(store.thread(post.id).await.unwrap(), Some(ChannelId(78)));
    assert_eq!(store.open_reviews(Some(TEAM)).await.unwrap(), store.open_reviews(None).await.unwrap());
    assert_eq!(
        (store.next_lapse().await.unwrap(), store.lapsing_posts(at(59), 9).await.unwrap().len()),
        (Some(at(60)), 0)
    );
    assert_eq!(store.lapsing_posts(at(60), 9).await.unwrap().len(), 1);

    let mut judged = store.post(post.id).await.unwrap().unwrap();
    judged.verdicts = vec![verdict(&judged, RUI, Word::RequestChanges { reason: "another day".into() })];
    let mut tx = store.begin().await.unwrap();
    judged.version = tx.save_post(&judged).await.unwrap();
    let mut edited = judged.clone();
    edited.caption = Caption::new("Saturday latte").unwrap();
    edited.verdicts.clear();
    edited.state = PostState::InReview { since: at(2) };
    tx.save_post(&edited).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    let mut post = tx.post(post.id).await.unwrap().unwrap();
    assert!(post.verdicts.is_empty(), "words about another revision do not count");
    post.verdicts = vec![verdict(&post, RUI, Word::Approve)];
    post.state = PostState::Approved { at: at(3) };
    tx.save_post(&post).await.unwrap();
    tx.add_publication(&Publication::of(&post, at(3))).await.unwrap();
    tx.commit().await.unwrap();

    let seen = store.revisions(post.id).await.unwrap();
    assert_eq!(seen.iter().map(|line| (line.number, line.submitted_at)).collect::<Vec<_>>(), [(1, at(1)), (2, at(2))]);
    assert_eq!((seen[1].revision, &seen[1].covers["caption"]), (post.revision(), &"Saturday latte".into()));
    assert_eq!(store.next_lapse().await.unwrap(), None);
    store.post(post.id).await.unwrap().unwrap()
}

async fn cards(store: &Store, post: &Post) {
    let older = Card {
        post: post.id,
        revision: store.revisions(post.id).await.unwrap()[0].revision,
        channel: REVIEWS,
        message: MessageId(999),
        superseded: false,
    };
    let newer = Card { revision: post.revision(), message: MessageId(1000), ..older };
    let mut tx = store.begin().await.unwrap();
    tx.add_card(&newer).await.unwrap();
    tx.add_card(&older).await.unwrap();
    let superseded = Card { superseded: true, ..older };
    assert_eq!(tx.supersede_cards(post.id, post.revision()).await.unwrap(), vec![superseded]);
    assert!(tx.supersede_cards(post.id, post.revision()).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    assert_eq!(store.cards(post.id).await.unwrap(), vec![superseded, newer], "the oldest first, by number");
    assert_eq!(store.card_by_message(REVIEWS, MessageId(1000)).await.unwrap(), Some(newer));
    assert_eq!(store.card_by_message(REVIEWS, MessageId(1)).await.unwrap(), None);
    let moved = Card { message: MessageId(1001), ..newer };
    let mut tx = store.begin().await.unwrap();
    tx.add_card(&moved).await.unwrap();
    tx.mark_superseded(&moved).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.cards(post.id).await.unwrap()[1], Card { superseded: true, ..moved });
}

async fn publishes(store: &Store, post: &Post) {
    let claim = store.claim(Errand::Send, "worker", at(60), at(61), 1).await.unwrap().remove(0);
    let opened = claim.publication.clone().start(at(60)).unwrap().open(upload("v_pub_9")).unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.keep(&claim, &opened, at(61)).await.unwrap();
    let delivered = opened.commit(at(60)).unwrap().deliver(at(60)).unwrap();
    tx.keep(&claim, &delivered, at(61)).await.unwrap();
    let receipt = Receipt { publish_id: "v_pub_9".into(), post_id: None, url: None };
    let out = delivered.confirm(receipt, false, at(61)).unwrap();
    tx.release(&claim, &out).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.publication_of(post.id).await.unwrap(), Some(out));
    assert_eq!(store.next_wake().await.unwrap(), None);
}

async fn lists(store: &Store, team: &Team, post: &Post) {
    let soon = Post { due: Due::Asap, ..team.post(2, PostState::InReview { since: at(5) }) };
    let draft = team.post(30, PostState::Draft);
    let mut tx = store.begin().await.unwrap();
    tx.add_post(&soon).await.unwrap();
    tx.add_post(&draft).await.unwrap();
    tx.commit().await.unwrap();
    let numbers = |lines: Vec<greenroom::store::PostLine>| lines.iter().map(|line| line.number).collect::<Vec<_>>();

    let all = PostFilter::default();
    let lines = store.posts(TEAM, &all, FIRST_PAGE).await.unwrap();
    assert_eq!(lines[1].publication.map(|(_, state)| state), Some(PublicationStage::Scheduled));
    assert_eq!((lines[1].caption.as_str(), lines[1].due_at), (post.caption.as_str(), post.due.instant()));
    assert_eq!(numbers(lines), [2, 1, 30], "without a time first, then by due time");
    assert_eq!(numbers(store.posts(TEAM, &all, Page { number: 1, size: 2 }).await.unwrap()), [30]);
    assert_eq!(store.count_posts(TEAM, &all).await.unwrap(), 3);
    let coming = PostFilter {
        account: Some(team.account.id),
        stages: vec![PostStage::InReview],
        publications: vec![PublicationStage::Scheduled, PublicationStage::Failed],
    };
    assert_eq!(numbers(store.posts(TEAM, &coming, FIRST_PAGE).await.unwrap()), [2, 1]);
    let failed = PostFilter { publications: vec![PublicationStage::Failed], ..PostFilter::default() };
    assert_eq!(store.count_posts(TEAM, &failed).await.unwrap(), 0);

    for (text, found) in
        [("", &[2, 1][..]), ("#1", &[1]), ("saturday", &[1]), ("oat_", &[2]), ("0%", &[2]), ("3", &[]), ("\\", &[])]
    {
        assert_eq!(numbers(store.posts_matching(TEAM, text, 25).await.unwrap()), found, "{text:?}");
    }
    let mut tx = store.begin().await.unwrap();
    assert!(tx.drop_post_draft(draft.id).await.unwrap());
    let withdrawn = Post { state: PostState::Withdrawn { at: at(6) }, ..soon };
    tx.save_post(&withdrawn).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.post(draft.id).await.unwrap(), None);
}

async fn bytes_and_numbers(store: &Store, team: &Team) {
    let ended = |minute| EndedBefore { published: at(9_999), otherwise: at(minute) };
    assert_eq!(store.video(team.video.id).await.unwrap().as_ref(), Some(&team.video));
    assert!(store.videos_to_forget(ended(0), 9).await.unwrap().is_empty(), "it is not old enough");
    assert!(store.videos_to_forget(ended(6), 9).await.unwrap().is_empty(), "the withdrawn post was stopped lately");
    assert_eq!(store.videos_to_forget(ended(7), 9).await.unwrap(), vec![team.video.clone()]);
    let unused = super::given::video();
    let mut tx = store.begin().await.unwrap();
    tx.drop_video(team.video.id).await.unwrap();
    tx.add_video(&unused).await.unwrap();
    tx.drop_video(unused.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.videos_to_forget(ended(7), 9).await.unwrap().is_empty());
    assert_eq!(store.video(unused.id).await.unwrap(), None);
    assert!(store.video(team.video.id).await.unwrap().is_some(), "posts still show it");

    let snapshot = |minute: i64| -> Snapshot {
        serde_json::from_value(serde_json::json!({
            "account": team.account.id, "taken_at": at(minute), "followers": 128, "likes_total": null,
            "video_count": 1, "videos": [],
        }))
        .unwrap()
    };
    let mut tx = store.begin().await.unwrap();
    for minute in [30, 10, 20, 20] {
        tx.add_snapshot(&snapshot(minute)).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(store.snapshots(team.account.id, at(20)).await.unwrap(), vec![snapshot(20), snapshot(30)]);
}

#[tokio::test]
async fn a_posts_whole_life_is_kept_on_either_engine() {
    for engine in engines().await {
        let store = &engine.store;
        assert_eq!(store.schema().await.unwrap(), Schema::Fits);
        let team = Team::moves_in(store).await;
        settings(store).await;
        let post = review(store, &team).await;
        assert_eq!(post.author, MIA);
        cards(store, &post).await;
        lists(store, &team, &post).await;
        publishes(store, &post).await;
        bytes_and_numbers(store, &team).await;
        store.close().await;
    }
}

#[tokio::test]
async fn what_is_not_committed_did_not_happen() {
    for engine in engines().await {
        let team = Team::moves_in(&engine.store).await;
        let post = team.post(1, PostState::Draft);
        let mut tx = engine.store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        drop(tx);
        assert_eq!(engine.store.post(post.id).await.unwrap(), None);
        engine.store.close().await;
    }
}

#[tokio::test]
async fn an_address_of_neither_kind_is_refused_without_showing_it() {
    let error = Store::open("mysql://root:hunter2@localhost/x").await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains("hunter2"));
    for engine in engines().await {
        assert!(!format!("{:?}", engine.store).contains("host"));
        engine.store.close().await;
    }
}
