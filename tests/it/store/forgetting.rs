//! What is forgotten stays provable, what is wanted stays, and of an erased team nothing is left but another team.

use chrono::{DateTime, Utc};
use greenroom::domain::account::Account;
use greenroom::domain::breaker::Scope;
use greenroom::domain::budget::Guard;
use greenroom::domain::digest::Snapshot;
use greenroom::domain::ids::{PostId, RoleId, VideoId, WorkspaceId};
use greenroom::domain::notice::Notice;
use greenroom::domain::post::{Card, Post, PostState};
use greenroom::domain::publication::{Publication, PublicationStage, PublicationState, Receipt, Stage};
use greenroom::domain::review::{KnownRights, Word};
use greenroom::domain::schedule::slots::Slot;
use greenroom::domain::video::Video;
use greenroom::domain::workspace::Actor;
use greenroom::store::{Cell, Errand, Holdings, SHEETS, SealedTokens, Store};

use super::bytes::ended_before;
use super::engines;
use super::given::{MIA, RUI, TEAM, Team, account, at, attempt, post, publication, upload, verdict, video};

const OTHERS: WorkspaceId = WorkspaceId(5);

async fn writes_a_trail(store: &Store, minutes: &[i64]) {
    let mut tx = store.begin().await.unwrap();
    tx.ensure_workspace(TEAM, "Harbour", at(0)).await.unwrap();
    for minute in minutes {
        tx.audit(TEAM, &Actor::Program, "renewed", None, serde_json::json!({}), at(*minute)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn forgets_trail(store: &Store, before: DateTime<Utc>, most: u32) -> u64 {
    let mut tx = store.begin().await.unwrap();
    let forgotten = tx.forget_trail(TEAM, before, most).await.unwrap();
    tx.commit().await.unwrap();
    forgotten
}

#[tokio::test]
async fn a_trail_that_forgot_its_beginning_can_still_be_verified() {
    for engine in engines().await {
        let store = &engine.store;
        writes_a_trail(store, &[0, 1, 2, 3]).await;
        assert!(store.old_trails(at(0)).await.unwrap().is_empty());
        assert_eq!(store.old_trails(at(1)).await.unwrap(), [TEAM]);
        assert_eq!(forgets_trail(store, at(0), 9).await, 0, "an entry lives to its last moment");
        assert_eq!(forgets_trail(store, at(2), 1).await, 1, "no more than asked for");
        assert_eq!(forgets_trail(store, at(2), 9).await, 1);
        let left: Vec<i64> = store.audit_trail(TEAM, None).await.unwrap().iter().map(|row| row.seq).collect();
        assert_eq!(left, [3, 4]);
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None);
        writes_a_trail(store, &[4]).await;
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None, "new entries follow the old ones");
        assert!(store.old_trails(at(2)).await.unwrap().is_empty());

        assert_eq!(forgets_trail(store, at(99), 9).await, 3);
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None, "nothing is left, and nothing is missing");
        writes_a_trail(store, &[100]).await;
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None);
        store.close().await;
    }
}

#[tokio::test]
async fn a_trail_is_forgotten_from_its_beginning_only() {
    for engine in engines().await {
        let store = &engine.store;
        // The clock was set back after the second entry.
        writes_a_trail(store, &[0, 9, 1, 2]).await;
        assert_eq!(forgets_trail(store, at(5), 9).await, 1, "what comes after a young entry stays with it");
        assert_eq!(store.verify_audit(TEAM).await.unwrap(), None);
        assert_eq!(store.audit_trail(TEAM, None).await.unwrap().len(), 3);
        store.close().await;
    }
}

fn published(minute: i64) -> PublicationState {
    let receipt = Receipt { publish_id: "p".into(), post_id: None, url: None };
    PublicationState::Published { receipt, at: at(minute), ask_at: None }
}

/// Keeps a post of a video, approved, with an effort in that state.
async fn keeps(store: &Store, team: &Team, video: &Video, number: i64, effort: PublicationState) -> Post {
    let post = post(&team.account, video, number, PostState::Approved { at: at(5) });
    let mut tx = store.begin().await.unwrap();
    tx.add_post(&post).await.unwrap();
    tx.add_publication(&publication(&post, effort)).await.unwrap();
    tx.commit().await.unwrap();
    post
}

async fn forgets(store: &Store, id: VideoId, minute: i64) -> bool {
    let mut tx = store.begin().await.unwrap();
    let forgotten = tx.forget_video(id, ended_before(minute)).await.unwrap();
    tx.commit().await.unwrap();
    forgotten
}

#[tokio::test]
async fn the_bytes_of_a_published_post_are_let_go_of_after_their_time_and_not_before() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        keeps(store, &team, &team.video, 1, published(20)).await;
        assert!(!forgets(store, team.video.id, 20).await);
        assert!(!store.is_forgotten(team.video.id).await.unwrap());
        assert!(forgets(store, team.video.id, 21).await);
        assert!(!forgets(store, team.video.id, 21).await, "they go once");
        assert!(store.is_forgotten(team.video.id).await.unwrap());
        assert_eq!(store.leftovers(9).await.unwrap(), std::slice::from_ref(&team.video.key));
        assert!(
            store.names_bytes(&team.video.key).await.unwrap() && !store.needs_bytes(&team.video.key).await.unwrap()
        );
        let mut tx = store.begin().await.unwrap();
        tx.bytes_are_gone(&team.video.key).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!store.names_bytes(&team.video.key).await.unwrap());
        assert!(store.video(team.video.id).await.unwrap().is_some(), "the post still shows what it was");
        store.close().await;
    }
}

#[tokio::test]
async fn a_video_that_two_posts_show_is_kept_for_the_one_that_needs_it_longer() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        keeps(store, &team, &team.video, 1, published(20)).await;
        keeps(store, &team, &team.video, 2, PublicationState::Held { since: at(20) }).await;
        let twin = Video { id: VideoId::new(at(0)), ..video() };
        let mut tx = store.begin().await.unwrap();
        tx.add_video(&twin).await.unwrap();
        tx.commit().await.unwrap();
        keeps(store, &team, &twin, 3, published(30)).await;
        assert!(!forgets(store, team.video.id, 99).await, "a held post needs it");
        assert!(!forgets(store, twin.id, 99).await, "its bytes are the same");

        let held =
            store.publication_of(store.post_by_number(TEAM, 2).await.unwrap().unwrap().id).await.unwrap().unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.save_unclaimed(&held.cancel(at(40)).unwrap(), PublicationStage::Held).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!forgets(store, team.video.id, 40).await, "it may be taken up again");
        assert!(forgets(store, team.video.id, 41).await);
        assert!(store.leftovers(9).await.unwrap().is_empty(), "the other video still names the bytes");
        assert!(forgets(store, twin.id, 41).await);
        assert_eq!(store.leftovers(9).await.unwrap(), [twin.key]);
        store.close().await;
    }
}

/// Everything a team can have, and its publication in the middle of an upload.
async fn moves_in_with_everything(store: &Store, account: &Account, key: &str) -> (Post, Publication) {
    let team = account.workspace;
    let video = Video { id: VideoId::new(at(0)), workspace: team, key: key.into(), ..video() };
    let draft = post(account, &video, 1, PostState::Draft);
    let approved = post(account, &video, 2, PostState::Approved { at: at(0) });
    let attempt = attempt(1, Stage::Uploading { upload: upload(key), sent_bytes: 0 });
    let publication = publication(&approved, PublicationState::Publishing { attempt, resume_at: at(60) });
    let snapshot: Snapshot = serde_json::from_value(serde_json::json!({
        "account": account.id, "taken_at": at(0), "followers": 1, "likes_total": null, "video_count": 1, "videos": [],
    }))
    .unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.ensure_workspace(team, "Harbour", at(0)).await.unwrap();
    tx.save_account(account).await.unwrap();
    let sealed = SealedTokens { access: vec![1], refresh: vec![2], version: 0 };
    tx.save_tokens(account, &sealed).await.unwrap();
    tx.add_video(&video).await.unwrap();
    tx.add_post(&draft).await.unwrap();
    tx.add_post(&Post { verdicts: vec![verdict(&approved, RUI, Word::Approve)], ..approved.clone() }).await.unwrap();
    tx.add_publication(&publication).await.unwrap();
    let (channel, message) = (greenroom::domain::ids::ChannelId(7), greenroom::domain::ids::MessageId(team.0));
    let revision = approved.revision();
    tx.add_card(&Card { post: approved.id, revision, channel, message, superseded: false }).await.unwrap();
    tx.tell(team, &Notice::Card { post: approved.id }, at(0)).await.unwrap();
    tx.add_snapshot(&snapshot).await.unwrap();
    super::rails::asks_and_prepares(&mut tx, team, approved.id).await;
    tx.digest_told(team, at(0).date_naive(), None).await.unwrap();
    tx.spend(&account.open_id, Guard::Posts, &approved.id.to_string(), at(0)).await.unwrap();
    tx.hold_budget(&account.open_id).await.unwrap();
    tx.keep_member_zone(team, MIA, Some(chrono_tz::Asia::Tokyo), at(0)).await.unwrap();
    let slot = Slot::from_numbers(5, 18 * 60).unwrap();
    assert!(tx.add_slot(account.id, slot, RUI, at(0)).await.unwrap());
    assert!(tx.take_slot(account.id, at(60), approved.id).await.unwrap());
    let rights = KnownRights { roles: vec![RoleId(5)], manages: false, seen_at: at(0) };
    tx.note_rights(team, MIA, &rights).await.unwrap();
    let mia = Actor::person(MIA, "mia".into());
    tx.audit(team, &mia, "post.submitted", Some(approved.id), serde_json::json!({}), at(0)).await.unwrap();
    tx.commit().await.unwrap();
    (approved, publication)
}

async fn rows(store: &Store, team: WorkspaceId) -> Vec<(&'static str, usize)> {
    let mut rows = Vec::new();
    for place in 0..SHEETS {
        let sheet = store.read().await.unwrap().sheet(place, team).await.unwrap();
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.columns.len()));
        rows.push((sheet.name, sheet.rows.len()));
    }
    rows
}

async fn is_stopped_and_erased(store: &Store) {
    let (ours, theirs) =
        (account(TEAM, "open-harbour", "harbour.cafe"), account(OTHERS, "open-pier", "northpier.bikes"));
    let (post, publication) = moves_in_with_everything(store, &ours, "7/videos/ours").await;
    moves_in_with_everything(store, &theirs, "5/videos/theirs").await;
    let before = rows(store, OTHERS).await;
    assert_eq!(before, rows(store, TEAM).await, "both teams have the same");
    let missing: Vec<_> = before.iter().filter(|(_, rows)| *rows == 0).map(|(name, _)| *name).collect();
    assert_eq!(missing, ["consents", "revisions", "breakers", "pauses"]);
    let claims = store.claim(Errand::Send, "worker", at(60), at(61), 9).await.unwrap();
    let claim = claims.iter().find(|claim| claim.publication.id == publication.id).unwrap();

    let holdings = store.holdings(TEAM).await.unwrap().unwrap();
    let expected = Holdings {
        posts: 2,
        waiting: 1,
        videos: 1,
        video_bytes: 19_000_000,
        accounts: 1,
        snapshots: 1,
        entries: 1,
        leaving: 0,
    };
    assert_eq!(holdings, expected);
    let mut tx = store.begin().await.unwrap();
    assert!(tx.mark_erasing(TEAM, at(60)).await.unwrap());
    assert!(!tx.mark_erasing(TEAM, at(61)).await.unwrap());
    tx.stop_everything(TEAM, at(60)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.being_erased().await.unwrap(), [TEAM]);
    assert_eq!(store.leaving(TEAM).await.unwrap(), 0);
    let mut tx = store.begin().await.unwrap();
    assert!(tx.keep(claim, &publication, at(62)).await.unwrap_err().is_stale(), "the worker's claim is void");
    drop(tx);
    assert!(store.post(post.id).await.unwrap().is_some_and(|post| matches!(post.state, PostState::Withdrawn { .. })));

    let mut tx = store.begin().await.unwrap();
    tx.erase(TEAM).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.workspace(TEAM).await.unwrap(), None);
    assert!(rows(store, TEAM).await.iter().all(|(_, rows)| *rows == 0));
    assert_eq!(store.leftovers(9).await.unwrap(), ["7/videos/ours"]);
    assert_eq!(rows(store, OTHERS).await, before, "another team's rows are untouched");
    assert!(store.being_erased().await.unwrap().is_empty());
    let mut tx = store.begin().await.unwrap();
    let again = tx.ensure_workspace(TEAM, "Harbour", at(70)).await.unwrap();
    assert_eq!((again.reviewer_role, tx.next_post_number(TEAM).await.unwrap()), (None, 1), "it begins anew");
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn of_an_erased_team_nothing_is_left_and_of_another_everything() {
    for engine in engines().await {
        is_stopped_and_erased(&engine.store).await;
        engine.store.close().await;
    }
}

#[tokio::test]
async fn what_is_past_the_point_of_no_return_is_not_stopped() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let attempt = attempt(1, Stage::Committing { upload: upload("p1") });
        keeps(store, &team, &team.video, 1, PublicationState::Publishing { attempt, resume_at: at(60) }).await;
        let unclear = team.approved(store, 2, at(60)).await.1;
        let mut tx = store.begin().await.unwrap();
        tx.mark_erasing(TEAM, at(60)).await.unwrap();
        tx.stop_everything(TEAM, at(60)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.leaving(TEAM).await.unwrap(), 1);
        assert_eq!(store.publication(unclear.id).await.unwrap().unwrap().stage(), PublicationStage::Cancelled);
        assert_eq!(store.holdings(TEAM).await.unwrap().unwrap().leaving, 1);
        store.close().await;
    }
}

#[tokio::test]
async fn limits_of_an_account_that_another_team_had_stay_counted() {
    for engine in engines().await {
        let store = &engine.store;
        let (ours, theirs) = (account(TEAM, "open-one", "harbour.cafe"), account(OTHERS, "open-one", "harbour.cafe"));
        let left =
            greenroom::domain::account::Account { health: greenroom::domain::account::Health::Disconnected, ..theirs };
        moves_in_with_everything(store, &ours, "7/videos/ours").await;
        moves_in_with_everything(store, &left, "5/videos/theirs").await;
        let mut tx = store.begin().await.unwrap();
        tx.mark_erasing(TEAM, at(0)).await.unwrap();
        tx.erase(TEAM).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.usage("open-one", at(1)).await.unwrap().of(Guard::Posts).len(), 2);
        assert!(store.breaker(Scope::Account(ours.id)).await.unwrap().is_none());
        store.close().await;
    }
}

#[tokio::test]
async fn a_team_that_removed_the_bot_is_told_later_and_owed_no_digest() {
    for engine in engines().await {
        let store = &engine.store;
        Team::moves_in(store).await;
        let mut tx = store.begin().await.unwrap();
        tx.save_workspace(&super::given::workspace_set_up()).await.unwrap();
        tx.tell(TEAM, &Notice::Card { post: PostId::new(at(0)) }, at(0)).await.unwrap();
        tx.tell(TEAM, &Notice::Held, at(9)).await.unwrap();
        assert!(tx.team_removed(TEAM, at(1)).await.unwrap());
        assert!(!tx.team_removed(TEAM, at(2)).await.unwrap(), "since when is known");
        tx.commit().await.unwrap();
        assert!(store.workspaces_owing_digest(at(9_999)).await.unwrap().is_empty());
        assert_eq!(store.removed_before(at(1)).await.unwrap(), [TEAM]);
        assert!(store.removed_before(at(0)).await.unwrap().is_empty());

        let owed = store.claim_notices("one", at(1), at(2), 9).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.notice_later(&owed[0], at(500)).await.unwrap();
        assert!(tx.team_returned(TEAM, at(5)).await.unwrap());
        assert!(!tx.team_returned(TEAM, at(5)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(store.next_notice().await.unwrap(), Some(at(5)), "what waited is told at once");
        assert_eq!(
            store.claim_notices("one", at(5), at(6), 9).await.unwrap().len(),
            1,
            "the other has a time of its own"
        );
        assert_eq!(store.workspace(TEAM).await.unwrap().unwrap().removed_at, None);
        store.close().await;
    }
}

#[tokio::test]
async fn sheets_hold_words_moments_and_composites_and_nothing_sealed() {
    for engine in engines().await {
        let store = &engine.store;
        let ours = account(TEAM, "open-harbour", "harbour.cafe");
        moves_in_with_everything(store, &ours, "7/videos/ours").await;
        let mut reader = store.read().await.unwrap();
        let mut columns = Vec::new();
        for place in 0..SHEETS {
            let sheet = reader.sheet(place, TEAM).await.unwrap();
            assert_eq!(sheet.name, reader.sheet_name(place));
            columns.extend(sheet.columns.iter().map(|column| format!("{}.{column}", sheet.name)));
            let cell =
                |column: &str| sheet.rows[0][sheet.columns.iter().position(|one| *one == column).unwrap()].clone();
            match sheet.name {
                "posts" => {
                    assert_eq!(cell("caption"), Cell::Text("Friday latte, 100% oat_milk #coffee".into()));
                    assert_eq!(cell("due_at"), Cell::Instant(at(60)));
                    assert!(matches!(cell("choices"), Cell::Data(choices) if choices["privacy"] == "SELF_ONLY"));
                }
                "videos" => assert_eq!(cell("forgotten"), Cell::Truth(false)),
                "attempts" => assert_eq!(cell("delivered_at"), Cell::Nothing),
                _ => {}
            }
        }
        let hidden = ["sealed", "token", "upload_url", "nonce", "state_hash", "verifier"];
        assert!(columns.iter().all(|column| hidden.iter().all(|word| !column.contains(word))), "{columns:?}");
        drop(reader);
        store.close().await;
    }
}
