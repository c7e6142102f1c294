//! What a publication carries from state to state.

use chrono::TimeDelta;
use greenroom::domain::post::{Due, Post, PostStage};
use greenroom::domain::publication::{Next, Publication, PublicationStage, PublicationState, Stage};

use super::given::{LATER, at, committing, opening, post_in, processing, scheduled, setback, upload, uploading};

#[test]
fn a_publication_is_of_exactly_the_revision_that_was_approved() {
    let post = post_in(PostStage::Approved);
    let publication = Publication::of(&post, at(1));
    assert_eq!((publication.revision, publication.account), (post.revision(), post.account));
    assert_eq!((publication.due_at, publication.wake_at()), (at(60), Some(at(60))));
    let asap = Publication::of(&Post { due: Due::Asap, ..post }, at(1));
    assert_eq!((asap.due_at, asap.wake_at()), (at(1), Some(at(1))));
}

#[test]
fn the_try_before_the_name_is_known_has_nothing_to_ask_about() {
    assert_eq!(opening().attempt().map(|attempt| &attempt.stage), Some(&Stage::Opening));
    let unclear = opening().meet(setback(Next::Unclear), at(61)).unwrap();
    assert!(matches!(unclear.state, PublicationState::Unclear { publish_id: None, .. }));
}

#[test]
fn past_the_point_of_no_return_no_trouble_of_ours_lets_it_be_sent_anew() {
    for begun in [committing(), processing()] {
        for next in [LATER, Next::Never, Next::Unclear] {
            let met = begun.clone().meet(setback(next), at(61)).unwrap();
            let PublicationState::Unclear { setback, publish_id, .. } = met.state else {
                panic!("{next:?} led to {:?}", met.stage());
            };
            assert_eq!((setback.next, publish_id.as_deref()), (Next::Unclear, Some("v_pub_1")));
        }
    }
}

#[test]
fn tiktoks_own_word_lets_it_be_sent_anew_while_tries_are_left() {
    let again = processing().fail(setback(LATER), at(61)).unwrap();
    assert_eq!((again.stage(), again.attempts), (PublicationStage::Scheduled, 1));
    let last = Publication { attempts: greenroom::domain::publication::MOST_ATTEMPTS, ..processing() };
    assert_eq!(last.fail(setback(LATER), at(61)).unwrap().stage(), PublicationStage::Failed);
    assert!(opening().fail(setback(LATER), at(61)).is_err(), "it knows of nothing yet");
}

#[test]
fn what_nobody_looked_at_when_its_moment_came_is_late() {
    let quarter = TimeDelta::minutes(15);
    assert!(!scheduled().is_late(quarter, at(75)) && scheduled().is_late(quarter, at(76)));
    let begun = scheduled().start(at(60)).unwrap();
    assert!(!begun.is_late(quarter, at(600)), "what has begun goes on");
    let tried = uploading().meet(setback(LATER), at(100)).unwrap();
    let unbegun = scheduled().meet(setback(LATER), at(100)).unwrap();
    let retried = uploading().meet(setback(Next::Never), at(61)).unwrap().retry(at(100)).unwrap();
    for waiting in [tried, unbegun, retried] {
        assert!(!waiting.is_late(quarter, at(115)), "its moment is a later one than its due time");
        assert!(waiting.is_late(quarter, at(117)));
        assert_eq!(waiting.hold(at(117)).unwrap().stage(), PublicationStage::Held);
    }
}

#[test]
fn what_a_person_released_wakes_at_once() {
    let held = scheduled().hold(at(90)).unwrap();
    assert_eq!((held.stage(), held.wake_at()), (PublicationStage::Held, None));
    let released = held.release(at(100)).unwrap();
    assert_eq!((released.stage(), released.wake_at()), (PublicationStage::Scheduled, Some(at(100))));
    assert!(!released.is_late(TimeDelta::minutes(15), at(115)), "it is not held at once");
    assert!(released.start(at(100)).is_ok());
    assert!(scheduled().hold(at(60)).is_err(), "it is not late yet");
}

#[test]
fn what_is_said_stays_beside_the_next_try() {
    let met = uploading().meet(setback(LATER), at(61)).unwrap();
    assert!(matches!(met.state, PublicationState::Scheduled { setback: Some(ref said), .. } if said.code == "odd"));
    assert_eq!(met.attempt(), None, "the address is forgotten with the try");
}

#[test]
fn somebody_who_looked_is_believed() {
    let unclear = committing().meet(setback(Next::Unclear), at(61)).unwrap();
    let out = unclear.vouch(at(70)).unwrap();
    let PublicationState::Published { receipt, at: since, ask_at } = out.state else { panic!("it is out") };
    assert_eq!((receipt.publish_id.as_str(), since, ask_at), ("v_pub_1", at(70), None));
}

#[test]
fn an_upload_shows_nothing_that_opens_it() {
    let upload = greenroom::domain::publication::Upload { sealed_url: b"sealed!".to_vec(), ..upload() };
    let shown = format!("{:?}", uploading().meet(setback(LATER), at(61)).unwrap().start(at(62)).unwrap().open(upload));
    assert!(shown.contains("v_pub_1") && !shown.contains("sealed"), "{shown}");
    assert!(!format!("{:?}", scheduled()).contains("sealed"));
}
