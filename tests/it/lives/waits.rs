//! How long things wait: before the next try, before the next question, before a person has to look.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::publication::{MOST_ATTEMPTS, Next, Publication, PublicationStage, PublicationState};

use super::given::{LATER, at, committing, processing, receipt, scheduled, setback, upload, uploading};

fn wait(publication: &Publication, now: DateTime<Utc>) -> i64 {
    (publication.wake_at().expect("it waits for something") - now).num_seconds()
}

#[test]
fn tries_wait_longer_and_longer_and_then_end() {
    let mut now = at(60);
    let mut publication = scheduled();
    let mut waits = Vec::new();
    for number in 1..=MOST_ATTEMPTS {
        publication = publication.start(now).unwrap();
        assert_eq!(publication.attempt().map(|attempt| attempt.number), Some(number));
        publication = publication.meet(setback(LATER), now).unwrap();
        if publication.stage() == PublicationStage::Scheduled {
            waits.push(wait(&publication, now));
            now = publication.wake_at().unwrap();
        }
    }
    for (wait, written) in waits.iter().zip([30, 2 * 60, 8 * 60, 30 * 60]) {
        assert!((written..=written * 5 / 4).contains(wait), "{wait} s instead of {written} s and up to a quarter more");
    }
    assert_eq!(waits.len(), 4);
    assert_eq!(publication.stage(), PublicationStage::Failed);
    let again = publication.retry(now).unwrap();
    assert_eq!((again.attempts, again.wake_at()), (0, Some(now)), "a person grants another round");
}

#[test]
fn tiktok_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() {
    for (asked, waited) in [(0, 30), (29, 30), (3600, 3600)] {
        let later = setback(Next::Later { at_least_seconds: asked });
        let publication = scheduled().start(at(60)).unwrap().meet(later, at(60)).unwrap();
        let jittered = waited..=waited * 5 / 4;
        assert!(jittered.contains(&wait(&publication, at(60))), "{publication:?}");
    }
}

#[test]
fn what_cannot_even_begin_is_told_after_a_day() {
    let day = TimeDelta::hours(24);
    let just_before = scheduled().meet(setback(LATER), at(60) + day - TimeDelta::milliseconds(1)).unwrap();
    assert_eq!((just_before.stage(), just_before.attempts), (PublicationStage::Scheduled, 0));
    assert_eq!(scheduled().meet(setback(LATER), at(60) + day).unwrap().stage(), PublicationStage::Failed);
}

#[test]
fn nothing_starts_before_its_time() {
    let early = at(60) - TimeDelta::milliseconds(1);
    assert!(scheduled().start(early).is_err());
    let waiting = scheduled().meet(setback(LATER), at(60)).unwrap();
    assert!(waiting.clone().start(at(60)).is_err(), "a wait is kept to its end");
    assert!(waiting.start(at(60) + TimeDelta::seconds(38)).is_ok());
    let failed = scheduled().meet(setback(Next::Never), at(50)).unwrap();
    assert_eq!(failed.retry(at(55)).unwrap().wake_at(), Some(at(60)), "not even when a person asks for it");
}

#[test]
fn tiktok_is_asked_often_at_first_and_then_less() {
    let mut now = at(60);
    let mut publication = processing();
    let mut waits = Vec::new();
    while publication.stage() == PublicationStage::Processing {
        waits.push(wait(&publication, now));
        now = publication.wake_at().unwrap();
        publication = publication.ask_again(now).unwrap();
    }
    let series: Vec<_> = [vec![5; 6], vec![15; 8], vec![60; 25]].concat();
    assert_eq!(waits[..39], series[..]);
    assert!(waits[39..].iter().all(|wait| *wait == 300));
    assert_eq!(publication.stage(), PublicationStage::Unclear);
    assert_eq!((now - at(60)).num_hours(), 24);
    let PublicationState::Unclear { publish_id, .. } = publication.state else { unreachable!("it is unclear") };
    assert_eq!(publish_id.as_deref(), Some("v_pub_1"), "a person is told what to look for");
}

#[test]
fn a_clock_that_was_set_forward_makes_nothing_unclear() {
    let asked = processing().ask_again(at(60 + 3 * 24 * 60)).unwrap();
    assert_eq!(asked.stage(), PublicationStage::Processing, "one question is not a day of them");
}

#[test]
fn asking_is_no_attempt() {
    let publication = processing();
    assert_eq!(publication.clone().ask_again(at(61)).unwrap().attempts, publication.attempts);
}

#[test]
fn an_upload_address_lives_until_well_before_its_hour_ends() {
    let upload = upload();
    let issued = upload.issued_at;
    let end = issued + TimeDelta::minutes(55);
    let moment = TimeDelta::milliseconds(1);
    assert!(upload.lives(issued) && upload.lives(end - moment));
    assert!(!upload.lives(end));
    assert!(!upload.lives(issued - moment), "a clock set back does not lengthen its life");
}

#[test]
fn a_missing_link_is_asked_for_during_six_hours() {
    let mut publication = processing().confirm(receipt(), true, at(60)).unwrap();
    let mut asked = 0;
    while let Some(next) = publication.wake_at() {
        asked += 1;
        publication = publication.confirm(receipt(), true, next).unwrap();
        assert!(matches!(publication.state, PublicationState::Published { at: since, .. } if since == at(60)));
    }
    assert_eq!(asked, 6 * 60 / 5);
}

#[test]
fn nobody_asks_for_a_link_that_is_there_or_that_never_comes() {
    let mut linked = receipt();
    linked.url = Some("https://www.tiktok.com/@harbour.cafe/video/7".into());
    assert_eq!(processing().confirm(linked, true, at(61)).unwrap().wake_at(), None);
    assert_eq!(processing().confirm(receipt(), false, at(61)).unwrap().wake_at(), None);
}

#[test]
fn a_pause_keeps_the_address_and_the_bytes() {
    for begun in [uploading().progress(50).unwrap(), committing()] {
        let paused = begun.clone().pause(at(61)).unwrap();
        assert_eq!((paused.wake_at(), paused.attempt()), (Some(at(61)), begun.attempt()));
    }
}

#[test]
fn what_is_put_off_costs_no_attempt_and_is_told_after_a_day() {
    let hour = TimeDelta::hours(1);
    let opening = scheduled().start(at(60)).unwrap();
    assert_eq!(opening.attempts, 1);
    let waiting = opening.put_off(setback(LATER), at(60) + hour, at(60)).unwrap();
    assert_eq!((waiting.attempts, waiting.wake_at()), (0, Some(at(60) + hour)), "TikTok had opened nothing");
    assert!(!waiting.is_late(TimeDelta::zero(), at(60) + hour), "it was looked at in time");
    let day = at(60) + TimeDelta::hours(24);
    assert_eq!(waiting.put_off(setback(LATER), day + hour, day).unwrap().stage(), PublicationStage::Failed);
    assert!(uploading().put_off(setback(LATER), at(61), at(61)).is_err(), "an upload that is open is not put off");
}

#[test]
fn a_note_leaves_the_time_as_it_is() {
    let noted = scheduled().note(setback(LATER)).unwrap();
    assert_eq!((noted.wake_at(), noted.waits_because()), (scheduled().wake_at(), Some(&setback(LATER))));
    assert!(uploading().note(setback(LATER)).is_err());
}
