//! Each thing that goes wrong is found, and what is only worth knowing does not fail.

use chrono::TimeDelta;
use greenroom::app::{Level, rotate_key};
use greenroom::domain::account::{Account, Health};
use greenroom::domain::clock::Clock as _;
use greenroom::domain::creator::Scopes;
use greenroom::vault::Vault;

use super::{config, report, worst};
use crate::studio::Studio;

const KEY: &str = "GREENROOM_SECURITY__ENCRYPTION_KEY";

#[tokio::test]
async fn a_studio_in_good_order_would_work() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let report = report(&studio, &[]).await;
    assert!(report.works, "{report}");
    for check in [
        "settings",
        "database",
        "encryption key",
        "media store",
        "Discord token",
        "Discord intents",
        "Discord channels",
    ] {
        assert_eq!(worst(&report, check).0, Level::Good, "{report}");
    }
    for check in
        ["encryption on the way", "TikTok credentials", "clock", "TikTok scopes", "TikTok accounts", "web address"]
    {
        assert_eq!(worst(&report, check).0, Level::Good, "{report}");
    }
    assert!(report.findings.iter().any(|finding| finding.check == "disk space"), "{report}");
    assert!(report.to_string().ends_with("The bot would work."), "{report}");
    studio.stops().await;
}

#[tokio::test]
async fn what_keeps_the_bot_from_working_is_bad() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let elsewhere = format!("file://{}/greenroom.db/media", studio.folder().display());
    let wrong_key = Vault::generate_key();
    let wrongs = [
        ("GREENROOM_TIKTOK__CLIENT_SECRET", "another", "TikTok credentials", "does not know the app"),
        ("GREENROOM_TIKTOK__API_URL", "http://127.0.0.1:9", "TikTok credentials", ""),
        ("GREENROOM_TIKTOK__SCOPES", "user.info.basic", "TikTok scopes", "neither `video.publish` nor"),
        ("GREENROOM_WEB__PUBLIC_URL", "http://greenroom.example", "redirect URI", "it wants https"),
        ("GREENROOM_WEB__LISTEN", "203.0.113.1:8080", "web address", "cannot be listened on"),
        ("GREENROOM_DATABASE__URL", "sqlite:///nowhere/at/all/greenroom.db", "database", "could not be used"),
        ("GREENROOM_MEDIA__URL", elsewhere.as_str(), "media store", "cannot be used"),
        ("GREENROOM_DISCORD__TOKEN", "", "settings", "`discord.token`: missing"),
        (KEY, wrong_key.as_str(), "encryption key", "secrets in this database are sealed with key"),
    ];
    for (setting, value, check, words) in wrongs {
        let report = report(&studio, &[(setting, value)]).await;
        let (level, found) = worst(&report, check);
        assert_eq!((level, report.works), (Level::Bad, false), "{setting}: {report}");
        assert!(found.contains(words), "{setting}: {found}");
        assert!(!report.to_string().contains(wrong_key.as_str()), "no key is shown");
    }
    studio.stops().await;
}

#[tokio::test]
async fn what_is_only_worth_knowing_does_not_fail() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let store = &studio.program().flows().store;
    let good = store.accounts(studio.workspace()).await.unwrap().remove(0);
    let now = studio.clock.now();
    let cases = [
        (Account { health: Health::NeedsReconnect, ..good.clone() }, "has to be connected again"),
        (Account { refresh_expires_at: now, ..good.clone() }, "has to be connected again"),
        (Account { refresh_expires_at: now + TimeDelta::days(3), ..good.clone() }, "its connection ends on 2026-11-28"),
        (
            Account { scopes: Scopes::parse("user.info.basic,video.upload"), ..good.clone() },
            "has not granted `video.publish`",
        ),
        (Account { scopes: Scopes::parse("video.publish"), ..good.clone() }, "`user.info.stats`, `video.list`"),
    ];
    for (account, words) in cases {
        let mut tx = store.begin().await.unwrap();
        tx.save_account(&account).await.unwrap();
        tx.commit().await.unwrap();
        let report = report(&studio, &[("GREENROOM_TIKTOK__AUDITED", "false")]).await;
        let (level, found) = worst(&report, "TikTok accounts");
        assert_eq!((level, report.works), (Level::Notice, true), "{report}");
        assert!(found.contains(words), "{found}");
    }
    let mut tx = store.begin().await.unwrap();
    tx.save_account(&good).await.unwrap();
    tx.commit().await.unwrap();

    rotate_key(&config(&studio, &[])).await.unwrap();
    let rotated = report(&studio, &[]).await;
    let (level, found) = worst(&rotated, "encryption key");
    assert_eq!((level, rotated.works), (Level::Notice, true), "{rotated}");
    assert!(found.contains("was replaced by key"), "{found}");
    studio.stops().await;
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_by_tiktoks_answer() {
    let mut studio = Studio::open().await;
    studio.clock.set(studio.clock.now());
    let ahead = greenroom::domain::clock::PushedClock::standing(studio.clock.now() + TimeDelta::minutes(5));
    let report = greenroom::app::doctor_at(&config(&studio, &[]), ahead).await;
    let (level, found) = worst(&report, "clock");
    assert_eq!((level, report.works), (Level::Bad, false), "{report}");
    assert!(found.starts_with("300 s ahead of TikTok's"), "{found}");
    studio.stops().await;
}

#[tokio::test]
async fn a_bot_that_nobody_has_set_up_is_told_how() {
    let mut studio = Studio::open_bare(&[]).await;
    let report = report(&studio, &[]).await;
    let (level, _) = worst(&report, "Discord channels");
    assert_eq!((level, report.works), (Level::Notice, true), "{report}");
    let json = serde_json::to_value(&report).unwrap();
    let finding = json["findings"].as_array().unwrap().iter().find(|one| one["check"] == "Discord channels").unwrap();
    assert!(finding["advice"].as_str().unwrap().contains("/oauth2/authorize?client_id="), "{finding}");
    studio.stops().await;
}
