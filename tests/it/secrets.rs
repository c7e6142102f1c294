//! Whoever has the database, the logs or the folder of the program has nothing: the real binary works at its most talkative
//! through connecting, renewing, trouble and a publication, and then everything it wrote is searched for every secret there
//! was.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use greenroom::domain::clock::{SharedClock, SystemClock};
use greenroom::sandbox::discord::{Discord, DiscordOptions, Interaction, Upload};
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::{TikTok, TikTokOptions};
use serde_json::{Value, json};

use crate::studio::{LATTE, PATIENCE, button, clip_path, environment_of, id_of, link_in, select_offering, text_of};

/// Also the libraries that are quiet otherwise.
const EVERYTHING: &str = "trace,sqlx=trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace,serenity=trace,\
                          tungstenite=trace,poise=trace";

/// Every secret TikTok has given out so far is remembered: most are gone from its own memory once they were used.
fn note(secrets: &mut BTreeSet<String>, tiktok: &TikTok) {
    secrets.extend(tiktok.secrets());
}

/// Ends with the story, also with one that fails.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn reply(asked: &Interaction) -> Value {
    asked.answer().await.unwrap();
    asked.reply().await.unwrap()
}

/// Every file below a folder that holds one of the secrets.
fn holders(folder: &Path, secrets: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holders(&path, secrets));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let held = |secret: &&String| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        found.extend(secrets.iter().filter(held).map(|secret| format!("{} in {}", secret, path.display())));
    }
    found
}

/// Connects an account by pasting the address TikTok led to; gives back the code and the state that were in it.
async fn connects(discord: &Discord, tiktok: &TikTok) -> Vec<String> {
    let asked = discord.command("ada", "studio", &["account", "connect"], &[], &[]).unwrap();
    let shown = reply(&asked).await;
    let back = tiktok.consent_to_all(&link_in(&shown).expect("a link"), "harbour.cafe").unwrap();
    let paste = button(&shown, "Paste the address").expect("a button");
    let form = discord.press("ada", id_of(&shown), &paste).unwrap();
    form.answer().await.unwrap();
    let sent = discord.submit("ada", form.id(), &[("address", back.as_str())]).unwrap();
    let told = text_of(&reply(&sent).await);
    assert!(told.contains("connected the TikTok account"), "{told}");
    let secret = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    ["code", "state"].into_iter().filter_map(secret).collect()
}

/// Hands a video in, to go out as soon as it is approved, and approves it.
async fn publishes(discord: &Discord) {
    let files = [Upload::new("video", "latte.mp4", std::fs::read(clip_path(LATTE)).unwrap())];
    let options = [("when", json!("asap")), ("caption", json!("Friday latte"))];
    let composer = discord.command("mia", "studio", &["schedule"], &options, &files).unwrap();
    let offers = |view: &Value| select_offering(view, "PUBLIC_TO_EVERYONE").is_some();
    composer.until(|view| view.original.as_ref().is_some_and(offers)).await.unwrap();
    let shown = composer.view().original.unwrap();
    let id = id_of(&shown);
    let select = select_offering(&shown, "PUBLIC_TO_EVERYONE").unwrap();
    discord.select("mia", id, &select, &["PUBLIC_TO_EVERYONE"]).unwrap().answer().await.unwrap();
    let submit = button(&discord.message(id).unwrap(), "Submit for review").unwrap();
    discord.press("mia", id, &submit).unwrap().answer().await.unwrap();
    let card = |discord: &Discord| {
        let cards = discord.messages("review");
        cards.iter().find_map(|message| Some((id_of(message), button(message, "Approve")?)))
    };
    let (card, approve) = discord.until("a card", card).await.unwrap();
    discord.press("rui", card, &approve).unwrap().answer().await.unwrap();
}

#[tokio::test]
async fn nothing_the_program_writes_holds_a_secret() {
    let clock: SharedClock = Arc::new(SystemClock);
    let folder = tempfile::tempdir().unwrap();
    let options = TikTokOptions { audited: true, ..TikTokOptions::new(SharedClock::clone(&clock)) };
    let tiktok = TikTok::start(options).await.unwrap();
    let options = DiscordOptions { answer_within: PATIENCE, patience: PATIENCE, ..DiscordOptions::new(clock) };
    let discord = Discord::start(options).await.unwrap();
    let log = folder.path().join("log");
    let environment = environment_of(&discord, &tiktok, folder.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command
        .args(["run", "--config", "/dev/null"])
        .env_clear()
        .envs(environment)
        .env("GREENROOM_LOG__LEVEL", EVERYTHING);
    command.env("RUST_BACKTRACE", "1").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut program = Program(command.spawn().unwrap());
    let said = BufReader::new(program.0.stderr.take().unwrap());
    let kept = log.clone();
    let reader = tokio::task::spawn_blocking(move || {
        let lines: Vec<String> = said.lines().map_while(Result::ok).collect();
        std::fs::write(kept, lines.join("\n")).unwrap();
    });

    let ready = |discord: &Discord| {
        let knows = discord.commands().iter().any(|command| command["name"] == "schedule");
        (discord.online() && knows).then_some(())
    };
    discord.until("the bot and its commands", ready).await.unwrap();
    let options = [
        ("reviewer_role", json!("Reviewer")),
        ("review_channel", json!("review")),
        ("timezone", json!("Europe/Berlin")),
    ];
    reply(&discord.command("ada", "studio", &["setup"], &options, &[]).unwrap()).await;
    let secrets = RefCell::new(connects(&discord, &tiktok).await.into_iter().collect::<BTreeSet<String>>());
    note(&mut secrets.borrow_mut(), &tiktok);
    // A dead token at the first question, and a last chunk whose answer is lost.
    tiktok.arm(Fault::next("creator_info", Trouble::RevokeToken).after(1));
    tiktok.arm(Fault::next("upload", Trouble::LostAfter));
    publishes(&discord).await;
    let out = tiktok.until(|tiktok| {
        note(&mut secrets.borrow_mut(), tiktok);
        !tiktok.published("harbour.cafe").is_empty()
    });
    tokio::time::timeout(PATIENCE, out).await.unwrap();
    let mut secrets = secrets.into_inner();
    note(&mut secrets, &tiktok);
    assert!(secrets.len() > 6, "tokens, a code, a state and an upload address: {}", secrets.len());
    secrets.extend(["sandbox_secret", "make.believe.token"].map(str::to_owned));
    secrets.insert("R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=".to_owned());

    let ended = Command::new("kill").args(["-TERM", &program.0.id().to_string()]).status().unwrap();
    assert!(ended.success());
    tokio::time::timeout(PATIENCE, reader).await.unwrap().unwrap();
    program.0.wait().unwrap();
    assert!(std::fs::read_to_string(&log).unwrap().contains("TRACE"), "everything was logged");
    let control = BTreeSet::from(["harbour.cafe".to_owned()]);
    assert!(!holders(folder.path(), &control).is_empty(), "what is no secret is found");
    let found = holders(folder.path(), &secrets);
    assert!(found.is_empty(), "{found:#?}");
    discord.stop().await;
    tiktok.stop().await;
}
