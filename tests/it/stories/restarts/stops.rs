//! A clean stop, as a signal asks for it, while a publication is held.

use std::time::Duration;

use chrono::TimeDelta;
use greenroom::app::Drive;
use greenroom::domain::clock::Clock as _;
use greenroom::sandbox::mischief::{Fault, Trouble};

use crate::studio::Studio;

/// What is held is answered at once when it is let go, and the goodbye to Discord takes at most ten seconds.
const STOPPED_WITHIN: Duration = Duration::from_secs(20);

/// How long a claim holds when nobody gives it back.
const LEASE: TimeDelta = TimeDelta::seconds(30);

#[tokio::test]
async fn a_stop_finishes_the_call_that_is_held_and_gives_the_claim_back() {
    stops_while_held(Studio::open().await).await;
}

#[tokio::test]
async fn a_stop_finishes_the_call_that_is_held_and_gives_the_claim_back_on_postgres() {
    if let Some(studio) = super::postgres().await {
        stops_while_held(studio).await;
    }
}

async fn stops_while_held(mut studio: Studio) {
    let cafe = studio.connects_account("harbour.cafe").await;
    for (count, call) in ["creator_info", "video_init", "upload", "status"].into_iter().enumerate() {
        let post = studio.member("mia").schedules("latte.mp4").at("18:00").on(&cafe).await;
        studio.reviewer("rui").approves(&post).await;
        // To be asked about, it has to be at TikTok already.
        studio.clock_reaches(if call == "status" { "18:00" } else { "17:59" }).await;
        studio.stops().await;
        studio.starts_driven(Drive::ByItself).await;

        studio.tiktok.arm(Fault::next(call, Trouble::HeldAnswer { millis: None }));
        studio.clock.push(Duration::from_secs(60));
        studio.program().flows().nudges.all();
        let held = studio.tiktok.mischief().until_held();
        tokio::time::timeout(STOPPED_WITHIN, held).await.unwrap_or_else(|_| panic!("no {call}"));
        let stopping = studio.is_asked_to_stop();
        assert!(!stopping.is_finished(), "what is held is not dropped");
        studio.tiktok.mischief().release();
        tokio::time::timeout(STOPPED_WITHIN, stopping).await.expect("it stops").unwrap().unwrap();

        let stopped_at = studio.clock.now();
        studio.starts().await;
        let wakes_at = studio.program().flows().store.next_wake().await.unwrap();
        // Nobody has to wait for the lease's end: there is nothing left to do, or it is to be done sooner.
        assert!(wakes_at.is_none_or(|at| at - stopped_at < LEASE), "{call}: held until {wakes_at:?}");
        studio.clock_reaches("tomorrow 08:00").await;
        cafe.has_published(count + 1);
    }
    studio.closes().await;
}
