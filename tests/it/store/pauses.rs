//! Pauses as rows, and who wins when somebody pauses while the last bytes are about to leave.

use greenroom::domain::pause::Pause;
use greenroom::domain::publication::PublicationStage;
use greenroom::domain::workspace::Actor;
use greenroom::store::{Errand, Store};
use tokio::task::JoinSet;

use super::engines;
use super::given::{RUI, TEAM, Team, account, at, upload};

fn pause_of(account: Option<greenroom::domain::ids::AccountId>, reason: Option<&str>) -> Pause {
    let reason = reason.map(str::to_owned);
    Pause { workspace: TEAM, account, by: RUI, by_name: "rui".into(), reason, since: at(3) }
}

async fn begin_and_end(store: &Store) {
    let team = Team::moves_in(store).await;
    let other = account(TEAM, "open-pier", "northpier.bikes");
    let (own, all) = (pause_of(Some(team.account.id), None), pause_of(None, Some("“wrong” \u{1f6d1}")));
    let mut tx = store.begin().await.unwrap();
    tx.save_account(&other).await.unwrap();
    tx.hold_for_pause(TEAM, Some(team.account.id)).await.unwrap();
    tx.add_pause(&own).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.pause_over(TEAM, team.account.id).await.unwrap(), Some(own.clone()));
    assert_eq!(store.pause_over(TEAM, other.id).await.unwrap(), None);

    let mut tx = store.begin().await.unwrap();
    tx.hold_for_pause(TEAM, None).await.unwrap();
    tx.add_pause(&all).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.pauses(TEAM).await.unwrap(), [all.clone(), own.clone()]);
    assert_eq!(store.pause_over(TEAM, team.account.id).await.unwrap(), Some(all.clone()), "that of all comes first");
    assert_eq!(store.pause_over(TEAM, other.id).await.unwrap(), Some(all.clone()));

    let mut tx = store.begin().await.unwrap();
    assert!(tx.add_pause(&pause_of(None, None)).await.unwrap_err().is_stale(), "once is enough");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    tx.end_pause(&all).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.pauses(TEAM).await.unwrap(), [own]);
    let mut tx = store.begin().await.unwrap();
    assert!(tx.end_pause(&all).await.unwrap_err().is_stale());
}

#[tokio::test]
async fn a_pause_of_all_and_one_of_an_account_begin_and_end_by_themselves() {
    for engine in engines().await {
        begin_and_end(&engine.store).await;
        engine.store.close().await;
    }
}

/// Somebody pauses while a worker writes down that the last chunk leaves: either it is stopped, or whoever pauses is told
/// that it cannot be.
async fn a_pause_races_the_point_of_no_return(store: &Store) {
    let team = Team::moves_in(store).await;
    for number in 1..=25 {
        let (_, publication) = team.approved(store, number, at(60)).await;
        let claim = store.claim(Errand::Send, "worker", at(60), at(61), 5).await.unwrap().remove(0);
        let opened = publication.start(at(60)).unwrap().open(upload(&format!("v_pub_{number}"))).unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.keep(&claim, &opened, at(61)).await.unwrap();
        tx.commit().await.unwrap();

        let mut race = JoinSet::new();
        race.spawn({
            let (store, committing) = (store.clone(), opened.clone().commit(at(60)).unwrap());
            async move {
                let mut tx = store.begin().await.unwrap();
                if tx.pause_over(TEAM, committing.account).await.unwrap().is_some() {
                    return ("leaves", false);
                }
                let kept = tx.keep(&claim, &committing, at(61)).await.is_ok();
                if kept {
                    let detail = serde_json::json!({});
                    let act = "publication.committed";
                    tx.audit(TEAM, &Actor::Program, act, None, detail, at(60)).await.unwrap();
                    tx.commit().await.unwrap();
                }
                ("leaves", kept)
            }
        });
        race.spawn({
            let store = store.clone();
            async move {
                let mut tx = store.begin().await.unwrap();
                tx.hold_for_pause(TEAM, None).await.unwrap();
                tx.add_pause(&pause_of(None, None)).await.unwrap();
                let in_flight = tx.in_flight(TEAM, None).await.unwrap();
                let (id, _) = in_flight.into_iter().find(|(_, of)| *of == number).unwrap();
                let found = tx.publication(id).await.unwrap().unwrap();
                let is_past = match found.halt(at(60)) {
                    Ok(halted) => {
                        tx.save_over(&halted, PublicationStage::Publishing).await.unwrap();
                        false
                    }
                    Err(_) => true,
                };
                tx.audit(TEAM, &Actor::Program, "publishing.paused", None, serde_json::json!({}), at(60))
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                ("is said to be past it", is_past)
            }
        });
        let outcomes = race.join_all().await;
        assert_eq!(outcomes[0].1, outcomes[1].1, "{outcomes:?}");
        let now = store.publication(opened.id).await.unwrap().unwrap();
        let expected = if outcomes[0].1 { PublicationStage::Publishing } else { PublicationStage::Held };
        assert_eq!(now.stage(), expected);
        let mut tx = store.begin().await.unwrap();
        tx.end_pause(&pause_of(None, None)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_pause_and_the_last_chunk_exactly_one_wins() {
    for engine in engines().await {
        a_pause_races_the_point_of_no_return(&engine.store).await;
        engine.store.close().await;
    }
}
