//! The stop button while bytes are on their way: it stops everything up to the last chunk, and says what that has left.

use chrono::TimeDelta;
use greenroom::app::App;
use greenroom::config::{Config, Roles};
use greenroom::domain::ids::MemberId;
use greenroom::domain::pause::MayPause;
use greenroom::domain::review::Member;
use greenroom::flows::pause;
use greenroom::sandbox::mischief::{Fault, Trouble};

use super::{card, on_postgres, questions, runs};
use crate::studio::{Account, PATIENCE, Post, Studio, id_of};

const AHEAD: [(&str, &str); 1] = [("GREENROOM_SCHEDULING__PRECOMMIT", "true")];

async fn approved(studio: &Studio, bytes: usize) -> (Account, Post) {
    let approved = studio.has_approved(bytes).await;
    studio.clock_reaches("tomorrow 17:50").await;
    approved
}

fn chunks(studio: &Studio) -> usize {
    studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "upload").count()
}

async fn publishes_what_is_held(studio: &Studio) {
    studio.settles().await;
    let asked = questions(studio);
    assert_eq!(asked.len(), 1, "{asked:#?}");
    studio.reviewer("rui").presses(id_of(&asked[0]), "Publish #1 now").await;
    studio.time_passes(TimeDelta::minutes(10)).await;
}

#[tokio::test]
async fn a_pause_stops_an_upload_in_the_middle_of_a_chunk() {
    is_stopped_in_the_middle_of_a_chunk(Studio::open().await).await;
}

#[tokio::test]
async fn a_pause_stops_an_upload_in_the_middle_of_a_chunk_on_postgres() {
    if let Some(studio) = on_postgres().await {
        is_stopped_in_the_middle_of_a_chunk(studio).await;
    }
}

async fn is_stopped_in_the_middle_of_a_chunk(studio: Studio) {
    let (cafe, post) = approved(&studio, 70_000_000).await;
    // The third of seven chunks takes for ever.
    studio.tiktok.arm(Fault::next("upload", Trouble::Held { millis: None }).after(2));
    let mut going = Box::pin(studio.clock_reaches("18:05"));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = &mut going => panic!("no third chunk"),
    }
    let told = runs(&studio.reviewer("rui"), "pause", None, Some("A crisis")).await;
    assert!(told.contains("Stopped before the last part of the video left") && told.contains("#1"), "{told}");
    assert!(!told.contains("Nobody can stop"), "{told}");
    tokio::time::timeout(PATIENCE, going).await.expect("the chunk is not sent to its end");

    studio.tiktok.mischief().clear();
    studio.time_passes(TimeDelta::hours(3)).await;
    cafe.has_published(0);
    assert!(chunks(&studio) <= 3, "no chunk leaves any more");
    assert!(card(&studio, &post).contains("Held, because publishing is paused"), "{}", card(&studio, &post));

    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.time_passes(TimeDelta::hours(1)).await;
    cafe.has_published(0);
    publishes_what_is_held(&studio).await;
    cafe.has_published(1);
    let out = studio.tiktok.tasks().into_iter().filter(|task| task.committed_at.is_some()).count();
    assert_eq!((out, studio.tiktok.tasks().len()), (1, 2), "the stopped upload stays without its end");
    studio.closes().await;
}

#[tokio::test]
async fn a_pause_says_what_it_cannot_stop_any_more() {
    let studio = Studio::open().await;
    let (cafe, _) = approved(&studio, 1_000_000).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: None }));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no upload"),
    }
    let told = runs(&studio.reviewer("rui"), "pause", None, None).await;
    assert!(told.contains("Nobody can stop post #1 any more"), "{told}");
    studio.tiktok.mischief().clear();
    studio.time_passes(TimeDelta::minutes(20)).await;
    cafe.has_published(1);
    let public = studio.discord.transcript("review");
    assert!(public.contains("Nobody can stop post #1 any more"), "{public}");
    studio.closes().await;
}

#[tokio::test]
async fn a_publication_that_cannot_be_believed_does_not_keep_the_others_from_being_stopped() {
    let studio = Studio::open().await;
    let (cafe, post) = approved(&studio, 70_000_000).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::Held { millis: None }).after(2));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no third chunk"),
    }
    studio.tampers("UPDATE publications SET revision = x'00'").await;
    let told = runs(&studio.reviewer("rui"), "pause", None, None).await;
    assert!(told.contains("Nobody can stop post #1 any more"), "{told}");
    studio.tiktok.mischief().clear();
    studio.time_passes(TimeDelta::hours(1)).await;
    cafe.has_published(0);

    // Once somebody has mended it, its card can be told.
    studio
        .tampers("UPDATE publications SET revision = (SELECT revision FROM posts WHERE id = publications.post)")
        .await;
    studio.time_passes(TimeDelta::hours(1)).await;
    cafe.has_published(0);
    assert!(card(&studio, &post).contains("Held"), "{}", card(&studio, &post));
    studio.closes().await;
}

/// The last chunk was written down and never arrived: during the pause that is only asked about.
#[tokio::test]
async fn a_last_chunk_that_did_not_arrive_is_not_sent_again_during_a_pause() {
    let mut studio = Studio::open().await;
    let (cafe, _) = approved(&studio, 1_000_000).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::Held { millis: None }));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = studio.clock_reaches("18:05") => panic!("no upload"),
    }
    studio.dies().await;
    // What was held stays so: let go, its bytes might arrive after all, because the kernel had taken them.
    studio.starts().await;
    let told = runs(&studio.reviewer("rui"), "pause", None, None).await;
    assert!(told.contains("Nobody can stop post #1 any more"), "{told}");
    let before = chunks(&studio);
    studio.time_passes(TimeDelta::minutes(20)).await;
    assert_eq!(chunks(&studio), before, "it is asked about and not sent");
    cafe.has_published(0);
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.time_passes(TimeDelta::minutes(5)).await;
    cafe.has_published(1);
    assert_eq!(studio.tiktok.tasks().len(), 1, "with the same upload");
    studio.closes().await;
}

#[tokio::test]
async fn what_waits_at_tiktok_for_its_last_bytes_is_held_at_its_time() {
    let studio = Studio::open_with(&AHEAD).await;
    let (cafe, post) = approved(&studio, 12_000_000).await;
    studio.clock_reaches("17:59").await;
    assert_eq!((studio.tiktok.tasks().len(), chunks(&studio)), (1, 1), "all but the last chunk is there");
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    studio.settles().await;
    assert!(card(&studio, &post).contains("scheduled"), "{}", card(&studio, &post));
    studio.clock_reaches("18:30").await;
    assert_eq!(chunks(&studio), 1);
    assert!(card(&studio, &post).contains("Held, because publishing is paused"), "{}", card(&studio, &post));
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    publishes_what_is_held(&studio).await;
    cafe.has_published(1);
    studio.closes().await;
}

#[tokio::test]
async fn what_is_due_after_the_pause_is_uploaded_ahead_again_and_goes_out_at_its_time() {
    let studio = Studio::open_with(&AHEAD).await;
    let (cafe, _) = approved(&studio, 12_000_000).await;
    studio.clock_reaches("17:58").await;
    runs(&studio.reviewer("rui"), "pause", None, None).await;
    studio.clock_reaches("17:59").await;
    runs(&studio.reviewer("rui"), "resume", None, None).await;
    studio.time_passes(TimeDelta::seconds(30)).await;
    assert_eq!((studio.tiktok.tasks().len(), chunks(&studio)), (2, 2), "its bytes set out anew");
    studio.clock_reaches("18:05").await;
    cafe.has_published(1);
    assert!(questions(&studio).is_empty());
    studio.closes().await;
}

/// Two programs over one database: whichever is asked to pause, the other one's upload stops.
async fn another_process_is_asked(studio: Studio) {
    let (cafe, _) = approved(&studio, 70_000_000).await;
    let config = Config::load(None, studio.environment().into_iter()).unwrap();
    let other = App::build(&config, Roles::ALL, studio.clock.clone()).await.unwrap();
    studio.tiktok.arm(Fault::next("upload", Trouble::Held { millis: None }).after(2));
    let mut going = Box::pin(studio.clock_reaches("18:05"));
    tokio::select! {
        biased;
        () = studio.tiktok.mischief().until_held() => {}
        () = &mut going => panic!("no third chunk"),
    }
    let workspace = other.flows().store.workspace(studio.workspace()).await.unwrap().unwrap();
    let name = "ada".to_owned();
    let ada = Member { id: MemberId(9), workspace: workspace.id, name, roles: vec![], manages: true, link: None };
    let paused = pause::pause(other.flows(), &MayPause::of(&ada, &workspace).unwrap(), None, None).await.unwrap();
    assert_eq!((paused.stopped, paused.past), (vec![1], vec![]));
    tokio::time::timeout(PATIENCE, going).await.expect("the chunk is not sent to its end");

    studio.tiktok.mischief().clear();
    studio.time_passes(TimeDelta::hours(1)).await;
    cafe.has_published(0);
    other.flows().store.close().await;
    studio.closes().await;
}

#[tokio::test]
async fn a_pause_in_one_process_stops_the_upload_of_another() {
    another_process_is_asked(Studio::open().await).await;
}

#[tokio::test]
async fn a_pause_in_one_process_stops_the_upload_of_another_on_postgres() {
    if let Some(studio) = on_postgres().await {
        another_process_is_asked(studio).await;
    }
}
