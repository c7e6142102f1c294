//! The papers are true: what `README.md` and `ARCHITECTURE.md` name is there, under that name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use greenroom::config::Config;
use greenroom::discord::{http, register};
use serenity::all::UserId;

/// Folders of this repository; a path that begins with one is meant to be in it.
const FOLDERS: [&str; 5] = ["src/", "tests/", "migrations/", "assets/", ".ci/"];

/// Pages the program serves, which look like commands.
const PAGES: [&str; 2] = ["healthz", "readyz"];

/// What stands between backticks, blocks of code left out.
fn named(paper: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (index, part) in paper.split("```").enumerate() {
        if index % 2 == 0 {
            names.extend(part.split('`').skip(1).step_by(2));
        }
    }
    names
}

fn paper(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// What all papers name.
fn named_anywhere() -> BTreeSet<String> {
    let papers = ["README.md", "ARCHITECTURE.md", "docs/security.md", "docs/asvs.md", "docs/reliability.md"].map(paper);
    papers.iter().flat_map(|paper| named(paper)).map(str::to_owned).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_path(name: &str) -> bool {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter));
    let at_the_top = !name.contains('/') && [".md", ".toml"].iter().any(|ending| name.ends_with(ending));
    plain && (FOLDERS.iter().any(|folder| name.starts_with(folder)) || at_the_top)
}

/// The names of all functions of the program and its tests.
fn functions() -> BTreeSet<String> {
    let mut open: Vec<PathBuf> = vec![root().join("src"), root().join("tests")];
    let mut found = BTreeSet::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            found.extend(names.map(str::to_owned));
        }
    }
    found
}

/// Every command as people type it, without and with its subcommand.
fn commands() -> BTreeSet<String> {
    let description = register::description();
    let mut all = BTreeSet::new();
    for command in description.as_array().unwrap() {
        let name = command["name"].as_str().unwrap();
        all.insert(name.to_owned());
        for option in command["options"].as_array().into_iter().flatten().filter(|option| option["type"] == 1) {
            all.insert(format!("{name} {}", option["name"].as_str().unwrap()));
        }
    }
    all
}

#[test]
fn every_path_the_papers_name_is_there() {
    let mut names = named_anywhere();
    names.retain(|name| is_path(name));
    assert!(names.len() > 30, "the papers name files: {names:?}");
    let missing: Vec<&String> = names.iter().filter(|name| !root().join(name).exists()).collect();
    assert!(missing.is_empty(), "not there: {missing:?}");
}

#[test]
fn every_test_the_papers_name_is_told() {
    let is_sentence = |name: &str| {
        name.matches('_').count() >= 3 && name.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'))
    };
    let told = functions();
    let mut missing = named_anywhere();
    missing.retain(|name| is_sentence(name) && !told.contains(name));
    assert!(missing.is_empty(), "no function has these names: {missing:?}");
}

#[test]
fn every_command_the_readme_names_is_registered() {
    let (readme, commands) = (paper("README.md"), commands());
    let mut unknown = Vec::new();
    for name in named(&readme).into_iter().filter_map(|name| name.strip_prefix('/')) {
        if name.contains('/') || PAGES.contains(&name) {
            continue;
        }
        let words: Vec<&str> = name.split(' ').take_while(|word| !word.ends_with(':')).collect();
        if !commands.contains(&words.join(" ")) {
            unknown.push(name);
        }
    }
    assert!(unknown.is_empty(), "not registered: {unknown:?}");
    // What stands in the menu of a message is no word people type.
    let told_as = |name: &String| [format!("`/{name}`"), format!("`/{name} "), format!("| *{name}*")];
    let is_told = |name: &String| told_as(name).iter().any(|told| readme.contains(told));
    let silent: Vec<&String> = commands.iter().filter(|name| !is_told(name)).collect();
    assert!(silent.is_empty(), "registered, but the readme does not say so: {silent:?}");
}

#[test]
fn every_setting_the_papers_name_exists() {
    let settings = Config::settings();
    let keys: Vec<&str> = settings.iter().map(|setting| setting.key).collect();
    // TikTok's scopes look like settings and are what one setting holds.
    let is_scope =
        |name: &str| settings.iter().any(|setting| setting.default.is_some_and(|given| given.contains(name)));
    let sections: BTreeSet<&str> = keys.iter().filter_map(|key| key.split('.').next()).collect();
    let mut unknown = Vec::new();
    for name in named_anywhere() {
        let name = name.split(" = ").next().unwrap_or_default();
        let Some((section, rest)) = name.split_once('.') else { continue };
        let plain = rest.chars().all(|letter| matches!(letter, 'a'..='z' | '_' | '.' | '*'));
        if !sections.contains(section) || !plain || is_path(name) || is_scope(name) || rest.ends_with("rs") {
            continue;
        }
        let is_known = match name.strip_suffix(".*") {
            Some(above) => keys.iter().any(|key| key.starts_with(&format!("{above}."))),
            None => keys.contains(&name),
        };
        if !is_known {
            unknown.push(name.to_owned());
        }
    }
    assert!(unknown.is_empty(), "no such setting: {unknown:?}");
}

#[test]
fn the_readme_invites_with_the_permissions_the_bot_asks_for() {
    let link = http::invitation(UserId::new(1));
    let asked = link.split('&').find(|part| part.starts_with("permissions=")).unwrap();
    assert!(paper("README.md").contains(asked), "{asked}");
}

#[test]
fn the_least_settings_of_the_readme_are_accepted() {
    let readme = paper("README.md");
    let block = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kept = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let file = block
        .replace("/etc/greenroom/discord-token", &kept("token", "bot.token"))
        .replace("/etc/greenroom/tiktok-secret", &kept("secret", "hush"))
        .replace("/etc/greenroom/key", &kept("key", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="));
    let config = Config::load(Some(Path::new(&kept("greenroom.toml", &file))), std::iter::empty()).unwrap();
    config.require_for_run().unwrap();
}

#[test]
fn what_stands_between_backticks_is_read() {
    let paper = "See `src/lib.rs`.\n```sh\nrun `this`\n```\nThen `/help`.";
    assert_eq!(named(paper), ["src/lib.rs", "/help"]);
    assert!(is_path("src/lib.rs") && is_path("deny.toml") && !is_path("/etc/greenroom/greenroom.toml"));
}
