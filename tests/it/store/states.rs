//! Every state and stage of the domain is written down and read back exactly.

use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::{
    Next, Publication, PublicationStage, PublicationState, Receipt, Setback, Stage, Whose,
};
use greenroom::domain::review::Word;
use greenroom::store::{Errand, Store};

use super::engines;
use super::given::{MIA, RUI, Team, at, attempt, publication, upload, verdict};

fn setback(next: Next) -> Setback {
    Setback {
        code: "spam_risk".into(),
        said: "TikTok says it is too much.".into(),
        hint: "wait".into(),
        whose: Whose::Author,
        next,
    }
}

fn every_state() -> Vec<PublicationState> {
    let receipt = |url: Option<&str>| Receipt {
        publish_id: "v_pub_1".into(),
        post_id: url.map(|_| "7300".into()),
        url: url.map(str::to_owned),
    };
    let later = Next::Later { at_least_seconds: 90 };
    let mut states = vec![
        PublicationState::Scheduled { wake_at: at(60), setback: None },
        PublicationState::Scheduled { wake_at: at(61), setback: Some(setback(later)) },
    ];
    let stages = [
        Stage::Opening,
        Stage::Uploading { upload: upload("p1"), sent_bytes: 0 },
        Stage::Uploading { upload: upload("p2"), sent_bytes: 5_242_880 },
        Stage::Committing { upload: upload("p3") },
        Stage::Delivered { upload: upload("p4") },
    ];
    for stage in stages {
        states.push(PublicationState::Publishing { attempt: attempt(1, stage), resume_at: at(62) });
    }
    let delivered = attempt(5, Stage::Delivered { upload: upload("p5") });
    states.push(PublicationState::Processing { attempt: delivered, asked: 7, since: at(63), ask_at: at(64) });
    states.extend([
        PublicationState::Published { receipt: receipt(None), at: at(65), ask_at: Some(at(70)) },
        PublicationState::Published { receipt: receipt(Some("https://t/1")), at: at(65), ask_at: None },
        PublicationState::InInbox { receipt: receipt(None), at: at(65), ask_at: Some(at(80)) },
        PublicationState::Held { since: at(65) },
        PublicationState::Failed { setback: setback(Next::Never), at: at(65) },
        PublicationState::Unclear { setback: setback(Next::Unclear), publish_id: None, at: at(65) },
        PublicationState::Unclear { setback: setback(Next::Unclear), publish_id: Some("p6".into()), at: at(65) },
        PublicationState::Cancelled { at: at(65) },
    ]);
    states
}

async fn publications_are_read_back(store: &Store) {
    let team = Team::moves_in(store).await;
    let mut seen = Vec::new();
    for (number, state) in (1..).zip(every_state()) {
        let post = team.post(number, PostState::Approved { at: at(0) });
        let added = Publication { attempts: 5, ..publication(&post, state) };
        let mut tx = store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        tx.add_publication(&added).await.unwrap();
        assert_eq!(tx.publication(added.id).await.unwrap().as_ref(), Some(&added), "in the transaction");
        tx.commit().await.unwrap();
        assert_eq!(store.publication(added.id).await.unwrap().as_ref(), Some(&added));
        assert_eq!(store.publication_of(post.id).await.unwrap().as_ref(), Some(&added));
        seen.push(added);
    }
    assert!(PublicationStage::ALL.iter().all(|stage| seen.iter().any(|one| one.stage() == *stage)));

    // Whatever wants to be looked at is claimed as it was written, and can be kept and released as it is.
    let waiting = seen.iter().filter(|one| one.wake_at().is_some()).count();
    let mut claims = Vec::new();
    for errand in Errand::ALL {
        claims.extend(store.claim(errand, "worker", at(1000), at(1001), 100).await.unwrap());
    }
    assert_eq!(claims.len(), waiting);
    for claim in claims {
        let written = seen.iter().find(|one| one.id == claim.publication.id).unwrap();
        assert_eq!(&claim.publication, written);
        let mut tx = store.begin().await.unwrap();
        tx.keep(&claim, written, at(1002)).await.unwrap();
        tx.release(&claim, written).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.publication(written.id).await.unwrap().as_ref(), Some(written));
    }
    assert_eq!(store.next_wake().await.unwrap(), Some(at(60)));
}

#[tokio::test]
async fn every_publication_state_is_read_back_as_it_was_written() {
    for engine in engines().await {
        publications_are_read_back(&engine.store).await;
        engine.store.close().await;
    }
}

async fn posts_are_read_back(store: &Store) {
    let team = Team::moves_in(store).await;
    let words = [
        Word::Approve,
        Word::RequestChanges { reason: "louder".into() },
        Word::Decline { reason: None },
        Word::Decline { reason: Some("not \"us\"".into()) },
    ];
    let states = [
        PostState::Draft,
        PostState::InReview { since: at(1) },
        PostState::Approved { at: at(2) },
        PostState::Declined { at: at(2) },
        PostState::Lapsed { at: at(2) },
        PostState::Withdrawn { at: at(2) },
    ];
    let mut number = 0;
    for state in states {
        for word in words.clone() {
            for due in [Due::Asap, Due::At(at(60))] {
                number += 1;
                let mut post = Post { due, ..team.post(number, state.clone()) };
                post.verdicts = vec![verdict(&post, RUI, word.clone()), verdict(&post, MIA, Word::Approve)];
                post.verdicts.sort_by_key(|verdict| verdict.id);
                let mut tx = store.begin().await.unwrap();
                tx.add_post(&post).await.unwrap();
                tx.commit().await.unwrap();
                assert_eq!(store.post(post.id).await.unwrap(), Some(post.clone()));
                assert_eq!(store.post_by_number(post.workspace, number).await.unwrap(), Some(post));
            }
        }
    }
}

#[tokio::test]
async fn every_post_state_is_read_back_as_it_was_written() {
    for engine in engines().await {
        posts_are_read_back(&engine.store).await;
        engine.store.close().await;
    }
}
