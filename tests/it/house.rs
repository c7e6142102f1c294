//! The house keeps its own rules: arrows point down, files stay readable, and nothing is left half done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// No file is longer than this many lines.
const LONGEST: usize = 400;

const ROOMS: [&str; 17] = [
    "app",
    "charts",
    "cli",
    "config",
    "discord",
    "domain",
    "drill",
    "flows",
    "media",
    "sandbox",
    "scheduler",
    "store",
    "telemetry",
    "tiktok",
    "vault",
    "web",
    "words",
];

/// The rooms a room may look into, and why no others.
fn sees(room: &str) -> (&'static [&'static str], &'static str) {
    match room {
        "drill" | "words" => (&[], "the floor everybody may stand on knows nobody"),
        "domain" => {
            (&["words"], "the rules know nobody, so that they can be tested without anybody; they only have words")
        }
        "charts" | "vault" | "telemetry" | "config" | "store" | "media" | "tiktok" => (
            &["domain", "drill", "words"],
            "what keeps and carries knows the rules only; who wants more asks it from above",
        ),
        "flows" => (
            &["domain", "store", "media", "tiktok", "vault", "charts", "drill", "words"],
            "flows decide and never know who asked: people and the clock are above them",
        ),
        "discord" | "web" | "scheduler" => (
            &["flows", "store", "media", "domain", "charts", "tiktok", "drill", "words"],
            "those who ask do not know each other, and get their settings as plain values from app",
        ),
        "sandbox" => (
            &["domain::clock", "domain::ids"],
            "the outside world is written from the reference pages, never from our own code; only its starter, run.rs, knows app and config",
        ),
        "cli" => (
            &["app", "config", "telemetry", "vault", "sandbox", "domain", "drill"],
            "the command line hands over to app and does nothing itself",
        ),
        "app" | "lib" | "main" => (&ROOMS, "knows everybody"),
        other => panic!("`{other}` is no room of this house; say in tests/it/house.rs what it may see"),
    }
}

/// Words that say something is unfinished or waits for luck, each with the folders it may stand in.
fn forbidden() -> [(&'static str, &'static [&'static str]); 5] {
    [
        (concat!("to", "do!"), &[]),
        (concat!("un", "implemented!"), &[]),
        (concat!("#[", "ignore"), &[]),
        (concat!("thread", "::sleep"), &[]),
        (concat!("time", "::sleep"), &["src/scheduler", "src/tiktok", "src/discord/watchdog"]),
    ]
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for (file, text) in files("src", "rs") {
        let room = room(&file);
        let (mut allowed, reason) = sees(&room);
        if file == "src/sandbox/run.rs" {
            allowed = &["domain::clock", "domain::ids", "app", "config"];
        }
        for (line, path) in seen(&file, &text) {
            let first = path.split("::").next().unwrap_or_default();
            // What is no room stands at the crate's root itself, as an exported macro does; a glob takes every room.
            let inside = first == room || !first.is_empty() && !ROOMS.contains(&first);
            let below = allowed.iter().any(|may| path == *may || path.starts_with(&format!("{may}::")));
            if !inside && !below {
                wrong.push(format!("{file}:{line}: `{room}` sees `{path}`: {reason}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows point up:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut long = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST {
            long.push(format!("{file} has {lines} lines; split it into {LONGEST} at most"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_new_state_breaks_the_build_wherever_it_matters() {
    let mut wild = Vec::new();
    for (file, text) in files("src/domain", "rs") {
        for number in wildcards(&text) {
            wild.push(format!(
                "{file}:{number}: a match over our own cases names each of them, or binds the rest by name"
            ));
        }
    }
    assert!(wild.is_empty(), "{}", wild.join("\n"));
}

#[test]
fn both_databases_take_the_same_steps() {
    let steps = |engine: &str| -> Vec<String> {
        let names = files(&format!("migrations/{engine}"), "sql").into_keys();
        names.filter_map(|file| Some(file.rsplit('/').next()?.split('_').next()?.to_owned())).collect()
    };
    assert_eq!(steps("sqlite"), steps("postgres"), "each migration has a twin of the same number for the other engine");
}

#[test]
fn every_drill_point_stands_in_the_source_once() {
    let called = |call: &str| -> Vec<String> {
        let texts: Vec<String> = files("src", "rs").into_values().collect();
        let calls = texts.iter().flat_map(|text| text.split(call).skip(1));
        let mut names: Vec<String> = calls.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect();
        names.sort();
        names
    };
    let mut listed = greenroom::drill::POINTS.map(str::to_owned).to_vec();
    listed.sort();
    assert_eq!(called(concat!("drill::", "point(\"")), listed);
    let mut made = called(concat!("drill::", "mistake(\""));
    made.dedup();
    let mut mistakes = greenroom::drill::MISTAKES.map(str::to_owned).to_vec();
    mistakes.sort();
    assert_eq!(made, mistakes);
}

#[test]
fn nothing_is_left_half_done_or_waits_for_luck() {
    let mut found = Vec::new();
    for (file, text) in sources() {
        for (number, line) in code(&text) {
            for (word, places) in forbidden() {
                if line.contains(word) && !places.iter().any(|place| file.starts_with(place)) {
                    found.push(format!("{file}:{number}: `{word}`"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_watchman_sees_every_way_to_name_a_room() {
    let text = "\
use crate::store::Store;
use crate::{domain::ids::PostId, web, flows::{self, publish}};
use crate::tiktok as wire; // use crate::charts
fn look() { let text = \"crate::cli\"; crate::media::keep(text) }
mod inner { use super::super::vault::Vault; }
";
    let names =
        |file: &str| seen(file, text).into_iter().map(|(line, path)| format!("{line} {path}")).collect::<Vec<_>>();
    let direct = [
        "1 store::Store",
        "2 domain::ids::PostId",
        "2 web",
        "2 flows::self",
        "2 flows::publish",
        "3 tiktok",
        "4 media::keep",
    ];
    assert_eq!(names("src/discord/commands/queue.rs"), direct);
    assert_eq!(names("src/discord.rs"), [&direct[..], &["5 vault::Vault"]].concat());
}

#[test]
fn the_watchman_tells_our_cases_from_plain_text() {
    let ours = "\
match state {
    State::Draft { .. } => 1,
    // the rest
    _ => 2,
}";
    let text = "\
match word {
    \"asap\" => Some(State::Draft),
    _ => None,
}";
    assert_eq!((wildcards(ours), wildcards(text)), (vec![4], vec![]));
}

/// The lines on which a match over an enum is closed by a wildcard. Text and numbers cannot be listed, so a wildcard
/// beside them is no shortcut; the arms of one match stand in one column, as the formatter puts them.
fn wildcards(text: &str) -> Vec<usize> {
    let lines: Vec<(usize, String)> = code(text).collect();
    let column = |line: &str| line.len() - line.trim_start().len();
    let names_a_case = |line: &str| {
        let pattern = line.split("=>").next().unwrap_or_default();
        let case = pattern.trim_start().trim_start_matches(['|', '(', '&', ' ']);
        case.starts_with(char::is_uppercase) && case.contains("::")
    };
    let closes = |line: &str| line.trim_start().starts_with("_ =>") || line.trim_start().starts_with("_ if ");
    let arms = |at: usize| {
        let own = column(&lines[at].1);
        let above = lines[..at].iter().rev().map(|(_, line)| line).filter(|line| !line.trim().is_empty());
        above.take_while(move |line| column(line) >= own).filter(move |line| column(line) == own)
    };
    let wild = (0..lines.len()).filter(|at| closes(&lines[*at].1) && arms(*at).any(|line| names_a_case(line)));
    wild.map(|at| lines[at].0).collect()
}

/// Every path from the crate's root that a file names, with its line.
fn seen(file: &str, text: &str) -> Vec<(usize, String)> {
    let depth = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    // Inside an inline module one `super` more is needed to leave the file, so only a top-level line leaves with `depth`.
    let up = |count: usize| "super::".repeat(count);
    let joined: Vec<(usize, String)> = statements(text);
    let mut paths = Vec::new();
    for (line, statement) in joined {
        let top_level = !statement.starts_with(char::is_whitespace);
        let chain = if top_level && statement.trim_start().starts_with("use super") { depth } else { depth + 1 };
        for start in ["crate::".to_owned(), up(chain)] {
            for (at, _) in statement.match_indices(&start) {
                let before = statement[..at].chars().next_back();
                if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
                    continue;
                }
                spread("", &statement[at + start.len()..], &mut |path| paths.push((line, path)));
            }
        }
    }
    paths
}

/// Follows one path, and into the braces of a group, naming each end. Gives back what stands behind it.
fn spread<'a>(above: &str, text: &'a str, name: &mut impl FnMut(String)) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = spread(above, rest, name).trim_start();
            // Past an `as` name, up to the next member or the end of the group.
            rest = rest.trim_start_matches(|letter: char| letter != ',' && letter != '}');
            match rest.strip_prefix(',') {
                Some(more) if !more.trim_start().starts_with('}') => rest = more,
                Some(more) => return more.trim_start().strip_prefix('}').unwrap_or_default(),
                None => return rest.strip_prefix('}').unwrap_or_default(),
            }
        }
    }
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let path = if above.is_empty() { word.to_owned() } else { format!("{above}::{word}") };
    match rest.strip_prefix("::") {
        Some(rest) => spread(&path, rest, name),
        None => {
            name(path);
            rest
        }
    }
}

/// Lines of code, with the lines of a `use` drawn together into its first.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in code(text) {
        match statements.last_mut() {
            Some((_, statement)) if open => statement.push_str(&format!(" {}", line.trim())),
            _ => {
                let start = line.trim_start().trim_start_matches("pub ");
                open = start.starts_with("use ") || start.starts_with("pub(") && start.contains(" use ");
                statements.push((number, line.clone()));
            }
        }
        open = open && !line.contains(';');
    }
    statements
}

/// Lines without comments and without what stands between quotes.
fn code(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().map(|(index, line)| {
        let mut kept = String::new();
        let mut quoted = false;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if quoted => drop(letters.next()),
                '\'' if !quoted && letters.peek() == Some(&'"') => drop(letters.next()),
                '"' => quoted = !quoted,
                '/' if !quoted && letters.peek() == Some(&'/') => break,
                _ if quoted => {}
                other => kept.push(other),
            }
        }
        (index + 1, kept)
    })
}

fn room(file: &str) -> String {
    let inside = file.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or(inside).to_owned()
}

fn sources() -> BTreeMap<String, String> {
    files("src", "rs").into_iter().chain(files("tests", "rs")).collect()
}

/// Every file below a folder with this ending, by its path from the project's root. A folder that is not there is empty.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<PathBuf> = vec![root.join(folder)];
    let mut found = BTreeMap::new();
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|given| given == ending) {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}
