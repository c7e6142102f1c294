//! Everything stored about a team as files: whole, without a secret, and harmless in a spreadsheet.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::planned;
use crate::studio::{Studio, text_of};

/// The files of a ZIP by name.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

fn in_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

/// No secret that was ever given out is in any of the files, plain or in hex.
#[track_caller]
fn hold_no_secret(studio: &Studio, files: &BTreeMap<String, Vec<u8>>) {
    let secrets = studio.tiktok.secrets();
    assert!(secrets.len() >= 3, "tokens and an upload address");
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()) && !text.contains(&hex::encode(secret)), "{name} holds a secret");
        }
        assert!(!text.contains("/upload/video"), "{name} holds an upload address");
    }
}

fn rows(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    serde_json::from_slice(&files[&format!("{name}.json")]).unwrap()
}

/// Every table is there twice, and tells the story of the team.
#[track_caller]
fn tell_everything(files: &BTreeMap<String, Vec<u8>>) {
    let tables = [
        "workspace",
        "accounts",
        "consents",
        "videos",
        "posts",
        "batches",
        "pending_edits",
        "revisions",
        "verdicts",
        "cards",
        "publications",
        "attempts",
        "notices",
        "snapshots",
        "digests",
        "member_zones",
        "slots",
        "taken_slots",
        "known_rights",
        "breakers",
        "pauses",
        "spent",
        "audit",
    ];
    for table in tables {
        let csv = &files[&format!("{table}.csv")];
        let lines = csv::Reader::from_reader(csv.as_slice()).records().count();
        assert_eq!(lines, rows(files, table).len(), "{table}");
        assert!(
            lines > 0
                || ["consents", "digests", "breakers", "pauses", "snapshots", "batches", "pending_edits"]
                    .contains(&table),
            "{table} is empty"
        );
    }
    assert_eq!(files.len(), tables.len() * 2 + 1);
    assert_eq!(rows(files, "posts")[1]["caption"], "=HYPERLINK(\"x\")", "JSON has the words as they are");
    let csv = String::from_utf8(files["posts.csv"].clone()).unwrap();
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    let published = rows(files, "publications");
    assert!(published.iter().any(|row| row["state"] == "published"), "{published:#?}");
    let index: Value = serde_json::from_slice(&files["index.json"]).unwrap();
    assert_eq!(index["rows"]["posts"], 2);
}

async fn lives_a_little(studio: &Studio) {
    let (cafe, _) = planned(studio).await;
    let mia = studio.member("mia");
    let slot = [("day", json!("tuesday")), ("time", json!("18:00"))];
    studio.person("ada").runs(&["slots", "set"], &slot).await;
    mia.runs(&["timezone"], &[("zone", json!("Asia/Tokyo"))]).await;
    mia.schedules("latte.mp4").caption("=HYPERLINK(\"x\")").at("next slot").on(&cafe).await;
    studio.clock_reaches("tomorrow 18:30").await;
    cafe.has_published(1);
}

#[tokio::test]
async fn a_manager_gets_everything_as_one_file() {
    let studio = Studio::open().await;
    lives_a_little(&studio).await;
    assert!(studio.discord.command("mia", "studio", &["export"], &[], &[]).is_err(), "members are not offered it");
    let reply = studio.person("ada").runs(&["export"], &[]).await;
    let said = text_of(&reply);
    assert!(said.contains("as JSON and CSV: 2 posts, 1 TikTok account"), "{said}");
    let attached = &reply["attachments"][0];
    assert_eq!(attached["filename"], format!("greenroom-{}.zip", studio.workspace()));
    let id = attached["id"].as_str().unwrap().parse().unwrap();
    let files = unpacked(&studio.discord.file(id).unwrap());
    tell_everything(&files);
    hold_no_secret(&studio, &files);
    studio.closes().await;
}

fn exports(studio: &Studio, workspace: &str, folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.args(["export", "--config", "/dev/null", "--workspace", workspace, "--out"]).arg(folder);
    command.env_clear().envs(studio.environment()).output().unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[tokio::test]
async fn the_operator_gets_everything_as_files_with_the_videos() {
    let studio = Studio::open().await;
    lives_a_little(&studio).await;
    let folder = tempfile::tempdir().unwrap();
    let (out, team) = (folder.path().join("out"), studio.workspace().to_string());
    let done = exports(&studio, &team, &out);
    assert!(done.status.success(), "{}", complaint(&done));
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("posts: 2") && said.contains("videos with their bytes: 2"), "{said}");
    let files = in_folder(&out);
    tell_everything(&files);
    hold_no_secret(&studio, &files);
    let clip = std::fs::read(crate::studio::clip_path(crate::studio::LATTE)).unwrap();
    let videos = in_folder(&out.join("media"));
    assert!(videos.len() == 2 && videos.values().all(|bytes| *bytes == clip));

    let again = exports(&studio, &team, &out);
    assert_eq!(again.status.code(), Some(1));
    assert!(complaint(&again).contains("is there already and is not overwritten"), "{}", complaint(&again));
    let unknown = exports(&studio, "77", &folder.path().join("other"));
    assert_eq!(unknown.status.code(), Some(1));
    assert!(complaint(&unknown).contains("there is no workspace 77; these are known:"), "{}", complaint(&unknown));
    assert!(!folder.path().join("other").exists(), "nothing was written");
    assert_eq!(exports(&studio, "harbour", &out).status.code(), Some(2));
    studio.closes().await;
}
