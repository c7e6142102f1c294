//! Changing the key under a whole program that publishes.

use chrono::TimeDelta;
use greenroom::app::{App, retire_keys, rotate_key};
use greenroom::config::{Config, Roles};
use greenroom::flows::tokens;

use crate::studio::Studio;

fn config(studio: &Studio, key: Option<&str>) -> Config {
    let key = key.map(|key| ("GREENROOM_SECURITY__ENCRYPTION_KEY".to_owned(), key.to_owned()));
    Config::load(None, studio.environment().into_iter().chain(key)).unwrap()
}

#[tokio::test]
async fn a_running_program_publishes_through_a_change_of_its_key() {
    let mut studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;

    let rotated = rotate_key(&config(&studio, None)).await.unwrap();
    assert!(rotated.is_whole() && rotated.to_string().ends_with(rotated.key()), "the last line is the key alone");
    // By then the access token has ended: it is opened under the new key, renewed, and sealed with it.
    studio.clock_reaches("tomorrow 18:01").await;
    cafe.has_published(1);
    let flows = studio.program().flows();
    let workspace = studio.workspace();
    let account = flows.store.accounts(workspace).await.unwrap().remove(0);
    tokens::access(flows, account.id).await.unwrap();
    assert_eq!(flows.store.key_marks().await.unwrap(), [flows.vault.present_key_mark()]);
    assert_ne!(flows.vault.present_key_id(), flows.vault.key_id());

    // Stopped and started with the old key it goes on; with the new one it does, and then the old is retired.
    studio.stops().await;
    studio.starts().await;
    studio.time_passes(TimeDelta::hours(3)).await;
    tokens::access(studio.program().flows(), account.id).await.unwrap();
    studio.stops().await;
    let error = retire_keys(&config(&studio, None)).await.unwrap_err().to_string();
    assert!(error.contains("`security.encryption_key`"), "{error}");
    let new = config(&studio, Some(rotated.key()));
    let retired = retire_keys(&new).await.unwrap();
    assert!(retired.is_whole(), "{retired}");
    let clock = studio.clock.clone();
    let app = App::build(&new, Roles::ALL, clock.clone()).await.unwrap();
    tokens::access(app.flows(), account.id).await.unwrap();
    drop(app);
    let late = App::build(&config(&studio, None), Roles::ALL, clock).await.unwrap_err().to_string();
    assert!(late.contains("has replaced") && late.contains("`greenroom key rotate`"), "{late}");
}
