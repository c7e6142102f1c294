//! Bytes are kept for as long as somebody may need them, and no longer.

use greenroom::domain::post::PostState;
use greenroom::domain::publication::{Next, PublicationState, Receipt, Setback, Whose};
use greenroom::domain::video::Video;
use greenroom::store::{EndedBefore, Store};

use super::engines;
use super::given::{Team, at, post, publication, video};

/// The same span for whatever ended.
pub(super) fn ended_before(minute: i64) -> EndedBefore {
    EndedBefore { published: at(minute), otherwise: at(minute) }
}

/// How the post of a video stands, and from which minute on nobody needs the bytes; `None` is never.
fn stands() -> Vec<(PostState, Option<PublicationState>, Option<i64>)> {
    let approved = || PostState::Approved { at: at(5) };
    let receipt = || Receipt { publish_id: "p".into(), post_id: None, url: None };
    let setback = || Setback {
        code: "internal".into(),
        said: "It did not work.".into(),
        hint: "try again".into(),
        whose: Whose::TikTok,
        next: Next::Never,
    };
    vec![
        (PostState::Draft, None, None),
        (PostState::InReview { since: at(1) }, None, None),
        (PostState::Declined { at: at(20) }, None, Some(21)),
        (PostState::Lapsed { at: at(20) }, None, Some(21)),
        (PostState::Withdrawn { at: at(20) }, None, Some(21)),
        (approved(), None, None),
        (approved(), Some(PublicationState::Scheduled { wake_at: at(20), setback: None }), None),
        (approved(), Some(PublicationState::Held { since: at(20) }), None),
        (approved(), Some(PublicationState::Cancelled { at: at(20) }), Some(21)),
        (approved(), Some(PublicationState::Failed { setback: setback(), at: at(20) }), Some(21)),
        (approved(), Some(PublicationState::Unclear { setback: setback(), publish_id: None, at: at(20) }), None),
        (approved(), Some(PublicationState::InInbox { receipt: receipt(), at: at(20), ask_at: None }), Some(21)),
        (approved(), Some(PublicationState::Published { receipt: receipt(), at: at(20), ask_at: None }), Some(21)),
    ]
}

async fn keeps_what_is_needed(store: &Store) {
    let team = Team::moves_in(store).await;
    let mut kept = Vec::new();
    let mut tx = store.begin().await.unwrap();
    tx.drop_video(team.video.id).await.unwrap();
    for (number, (state, effort, until)) in (1..).zip(stands()) {
        let video = Video { key: format!("videos/{number}"), ..video() };
        let post = post(&team.account, &video, number, state);
        tx.add_video(&video).await.unwrap();
        tx.add_post(&post).await.unwrap();
        if let Some(effort) = effort {
            tx.add_publication(&publication(&post, effort)).await.unwrap();
        }
        kept.push((video, until));
    }
    tx.commit().await.unwrap();
    for minute in [0, 1, 20, 21, 100] {
        let mut expected: Vec<Video> = kept
            .iter()
            .filter(|(_, until)| until.is_some_and(|until| until <= minute))
            .map(|(video, _)| video.clone())
            .collect();
        expected.sort_by_key(|video| video.id);
        assert_eq!(store.videos_to_forget(ended_before(minute), 99).await.unwrap(), expected, "at minute {minute}");
    }

    // Bytes that another video shares are needed as long as that one.
    let twin = Video { key: kept[9].0.key.clone(), created_at: at(50), ..video() };
    let mut tx = store.begin().await.unwrap();
    tx.add_video(&twin).await.unwrap();
    tx.commit().await.unwrap();
    let forgotten = store.videos_to_forget(ended_before(50), 99).await.unwrap();
    assert!(!forgotten.contains(&kept[9].0) && forgotten.contains(&kept[11].0));
}

#[tokio::test]
async fn bytes_are_kept_while_somebody_may_need_them() {
    for engine in engines().await {
        keeps_what_is_needed(&engine.store).await;
        engine.store.close().await;
    }
}
