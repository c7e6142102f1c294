//! The commands as an operator types them.

use std::process::{Command, Output};

use greenroom::vault::Vault;

use crate::studio::Studio;

const SETTING: &str = "GREENROOM_SECURITY__ENCRYPTION_KEY";

/// Runs the program over a studio's settings and waits for its end.
async fn greenroom(studio: &Studio, arguments: &'static [&str], key: Option<String>) -> Output {
    let environment = studio.environment();
    let run = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        command.args(arguments).args(["--config", "/dev/null"]).env_clear().envs(environment);
        command.envs(key.map(|key| (SETTING, key))).output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn said(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

#[tokio::test]
async fn a_wrong_key_refuses_to_start_and_names_both() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let right = studio.program().flows().vault.key_id();
    studio.stops().await;
    let wrong_key = Vault::generate_key();
    let wrong = Vault::new(&wrong_key.as_str().into()).unwrap().key_id();
    for command in [&["run"][..], &["key", "rotate"], &["key", "retire"]] {
        let output = greenroom(&studio, command, Some(wrong_key.clone())).await;
        let complaint = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?} {complaint}");
        assert!(complaint.contains("`security.encryption_key`: the key given is "), "{complaint}");
        assert!(complaint.contains(&right) && complaint.contains(&wrong), "{complaint}");
        assert!(!complaint.contains(&wrong_key), "{complaint}");
    }
}

#[tokio::test]
async fn a_lost_key_costs_the_connections_and_nothing_else() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    studio.stops().await;
    let new_key = Vault::generate_key();
    let kept = greenroom(&studio, &["key", "forget"], None).await;
    assert!(said(&kept.stdout).starts_with("Nothing was forgotten"), "{}", said(&kept.stderr));
    let forgotten = greenroom(&studio, &["key", "forget"], Some(new_key.clone())).await;
    assert_eq!(said(&forgotten.stdout), "To be connected again with `/account connect`: @harbour.cafe.\n");

    let environment = studio.environment().into_iter().chain([(SETTING.to_owned(), new_key)]);
    let config = greenroom::config::Config::load(None, environment).unwrap();
    let roles = greenroom::config::Roles::ALL;
    let app = greenroom::app::App::build(&config, roles, studio.clock.clone()).await.unwrap();
    let store = &app.flows().store;
    let account = store.accounts(store.workspaces().await.unwrap()[0].id).await.unwrap().remove(0);
    assert_eq!(account.health, greenroom::domain::account::Health::NeedsReconnect);
    assert_eq!(store.undelivered().await.unwrap(), 1, "its team has yet to be told");
}

#[tokio::test]
async fn a_key_is_changed_and_retired_from_the_command_line() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let output = greenroom(&studio, &["key", "rotate"], None).await;
    let answer = said(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{answer} {}", said(&output.stderr));
    let new_key = answer.lines().last().unwrap().to_owned();
    Vault::new(&new_key.as_str().into()).unwrap();
    let again = greenroom(&studio, &["key", "rotate"], None).await;
    assert_eq!(said(&again.stdout).lines().last(), Some(new_key.as_str()), "the key of the change that was begun");
    studio.stops().await;

    let early = greenroom(&studio, &["key", "retire"], None).await;
    assert_eq!(early.status.code(), Some(2), "{}", said(&early.stderr));
    let retired = greenroom(&studio, &["key", "retire"], Some(new_key.clone())).await;
    assert_eq!(retired.status.code(), Some(0), "{}", said(&retired.stderr));
    let late = greenroom(&studio, &["run"], None).await;
    assert_eq!(late.status.code(), Some(2), "{}", said(&late.stderr));
}
