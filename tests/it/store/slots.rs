//! Slots are taken once each, by however many at the same moment, and given up with the post that had them.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use greenroom::domain::ids::PostId;
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::schedule::slots::Slot;

use super::engines;
use super::given::{MIA, RUI, TEAM, Team, at};

#[tokio::test]
async fn eight_who_ask_at_once_have_eight_slots() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let takers = (1..=8).map(|number| {
            let post = Post { id: PostId::new(at(number)), ..team.post(number, PostState::Draft) };
            let account = team.account.id;
            let store = store.clone();
            async move {
                let mut tx = store.begin().await.unwrap();
                for minutes in 100..108 {
                    // The slot comes first, its post after it in the same transaction.
                    if tx.take_slot(account, at(minutes), post.id).await.unwrap() {
                        tx.add_post(&Post { due: Due::At(at(minutes)), ..post }).await.unwrap();
                        tx.commit().await.unwrap();
                        return minutes;
                    }
                }
                panic!("there are as many slots as people");
            }
        });
        let mut taken = BTreeSet::new();
        for taker in futures_util::future::join_all(takers).await {
            assert!(taken.insert(taker));
        }
        let occupied = store.occupied(team.account.id, at(0), None).await.unwrap();
        assert_eq!(occupied.into_iter().collect::<BTreeSet<_>>(), taken.into_iter().map(at).collect());
        store.close().await;
    }
}

#[tokio::test]
async fn a_slot_that_was_not_committed_was_not_taken() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let mut tx = store.begin().await.unwrap();
        assert!(tx.take_slot(team.account.id, at(9), PostId::new(at(0))).await.unwrap());
        drop(tx);
        assert!(store.occupied(team.account.id, at(0), None).await.unwrap().is_empty());
        let mut tx = store.begin().await.unwrap();
        assert!(tx.take_slot(team.account.id, at(9), PostId::new(at(0))).await.unwrap());
        assert!(tx.commit().await.is_err(), "a slot without its post is none");
        store.close().await;
    }
}

#[tokio::test]
async fn a_post_holds_its_slot_for_as_long_as_it_goes_out_at_it() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let account = team.account.id;
        let ends = [
            (PostState::InReview { since: at(1) }, at(60), true),
            (PostState::Approved { at: at(1) }, at(60), true),
            (PostState::InReview { since: at(1) }, at(61), false),
            (PostState::Declined { at: at(1) }, at(60), false),
            (PostState::Lapsed { at: at(1) }, at(60), false),
            (PostState::Withdrawn { at: at(1) }, at(60), false),
        ];
        for (number, (state, due, holds)) in (1..).zip(ends) {
            let post = Post { due: Due::At(at(60)), ..team.post(number, PostState::Draft) };
            let mut tx = store.begin().await.unwrap();
            assert!(tx.take_slot(account, at(60), post.id).await.unwrap(), "{state:?} follows one that gave it up");
            tx.add_post(&post).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(store.slot_of(post.id).await.unwrap(), Some(at(60)));
            let mut tx = store.begin().await.unwrap();
            let after = Post { state: state.clone(), due: Due::At(due), ..post.clone() };
            tx.save_post(&after).await.unwrap();
            assert_eq!(tx.slot_of(post.id).await.unwrap().is_some(), holds, "{state:?}");
            assert_eq!(tx.occupied(account, at(60), None).await.unwrap().contains(&at(60)), holds, "{state:?}");
            assert!(!tx.occupied(account, at(60), Some(post.id)).await.unwrap().contains(&at(60)));
            if holds {
                let over = Post { state: PostState::Withdrawn { at: at(2) }, version: 1, ..after };
                tx.save_post(&over).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        let draft = Post { due: Due::At(at(60)), ..team.post(99, PostState::Draft) };
        let mut tx = store.begin().await.unwrap();
        tx.take_slot(account, at(60), draft.id).await.unwrap();
        tx.add_post(&draft).await.unwrap();
        assert!(tx.drop_post_draft(draft.id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(store.slot_of(draft.id).await.unwrap(), None);
        store.close().await;
    }
}

#[tokio::test]
async fn slots_and_zones_are_read_as_they_were_kept() {
    for engine in engines().await {
        let store = &engine.store;
        let team = Team::moves_in(store).await;
        let (late, early) = (Slot::from_numbers(7, 1439).unwrap(), Slot::from_numbers(1, 0).unwrap());
        let mut tx = store.begin().await.unwrap();
        for slot in [late, early] {
            assert!(tx.add_slot(team.account.id, slot, RUI, at(0)).await.unwrap());
            assert!(!tx.add_slot(team.account.id, slot, RUI, at(0)).await.unwrap());
        }
        for zone in [Some(Tz::Asia__Tokyo), Some(Tz::UTC)] {
            tx.keep_member_zone(TEAM, MIA, zone, at(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(store.slots(team.account.id).await.unwrap(), [early, late]);
        assert_eq!(store.member_zone(TEAM, MIA).await.unwrap(), Some(Tz::UTC));
        assert_eq!(store.member_zone(TEAM, RUI).await.unwrap(), None);
        let mut tx = store.begin().await.unwrap();
        assert!(tx.drop_slot(team.account.id, late).await.unwrap());
        assert!(!tx.drop_slot(team.account.id, late).await.unwrap());
        tx.keep_member_zone(TEAM, MIA, None, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.slots(team.account.id).await.unwrap(), [early]);
        assert_eq!(store.member_zone(TEAM, MIA).await.unwrap(), None);
        store.close().await;
    }
}
