//! `greenroom audit verify`, as an operator types it, over what a team did.

use std::process::{Command, Output};

use greenroom::domain::workspace::Actor;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};

use crate::studio::Studio;

async fn verifies(studio: &Studio, arguments: Vec<String>) -> Output {
    let environment = studio.environment();
    let run = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        command.args(["audit", "verify", "--config", "/dev/null"]).args(arguments).env_clear().envs(environment);
        command.output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

async fn tampers(studio: &Studio, sql: &str) {
    let url = format!("sqlite://{}/greenroom.db", studio.folder().display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn an_operator_learns_whether_the_trail_was_altered() {
    let mut studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let output = verifies(&studio, vec!["--json".into()]).await;
    let noted: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &noted["whole"]), (Some(0), &Value::Bool(true)), "{noted}");
    let kept = studio.folder().join("noted.json");
    std::fs::write(&kept, &output.stdout).unwrap();
    let against = || vec!["--against".to_owned(), kept.display().to_string()];
    let output = verifies(&studio, against()).await;
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));

    // A whole trail that fits: the last entry is gone, and the workspace says that there never was one.
    let last = noted["trails"][0]["entries"].as_i64().unwrap();
    tampers(&studio, &format!("DELETE FROM audit WHERE seq = {last}")).await;
    let cut = verifies(&studio, Vec::new()).await;
    let said = String::from_utf8(cut.stdout).unwrap();
    assert_eq!(cut.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("the last entry, {last}, was removed")), "{said}");
    let before = last - 1;
    let made_up = format!(
        "UPDATE workspaces SET audit_seq = {before}, audit_head = (SELECT hash FROM audit WHERE seq = {before})"
    );
    tampers(&studio, &made_up).await;
    assert_eq!(verifies(&studio, Vec::new()).await.status.code(), Some(0), "only what was noted tells");
    assert_eq!(verifies(&studio, against()).await.status.code(), Some(1));
    assert_eq!(verifies(&studio, vec!["--against".into(), "/nowhere".into()]).await.status.code(), Some(1));
    studio.stops().await;
}

#[tokio::test]
async fn each_act_says_who_with_which_roles_and_where() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
    let post = mia.schedules("latte.mp4").caption("Friday latte").at("tomorrow 18:00").on(&cafe).await;
    rui.approves(&post).await;
    let store = &studio.program().flows().store;
    let post = store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap();
    let trail = store.audit_trail(studio.workspace(), Some(post.id)).await.unwrap();
    let approved = trail.iter().find(|entry| entry.act == "post.approved").unwrap();
    let Actor::Member { name, roles: Some(roles), manages, link: Some(link), .. } = &approved.actor else {
        panic!("{approved:?}")
    };
    let workspace = store.workspace(studio.workspace()).await.unwrap().unwrap();
    assert_eq!((name.as_str(), *manages), ("rui", false));
    assert!(roles.contains(&workspace.reviewer_role.unwrap()), "{roles:?}");
    let card = store.cards(post.id).await.unwrap().remove(0);
    assert_eq!(*link, format!("https://discord.com/channels/{}/{}/{}", workspace.id, card.channel, card.message));
    assert_eq!(approved.detail["revision"], post.revision().to_string());
    let drafted = trail.iter().find(|entry| entry.act == "post.drafted").unwrap();
    let Actor::Member { link: Some(link), .. } = &drafted.actor else { panic!("{drafted:?}") };
    assert!(link.starts_with(&format!("https://discord.com/channels/{}/", workspace.id)), "{link}");
    studio.closes().await;
}
