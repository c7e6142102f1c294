//! The harness of the stories: the real program between a local Discord and a local TikTok, a clock the story holds,
//! and people with verbs.
//!
//! Nothing here sleeps. The program's loops are not running: [`Studio::settles`] has it do everything that is due, and
//! time moves only when a story says so. What Discord tells the program arrives over a real gateway connection, so the
//! verbs wait until the program has dealt with it.

mod people;
mod program;
mod settings;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use greenroom::app::{Drive, Running};
use greenroom::domain::clock::{Clock as _, PushedClock};
use greenroom::domain::ids::WorkspaceId;
use greenroom::domain::schedule::{When, read};
use greenroom::media::fetch::link::Internet;
use greenroom::sandbox::discord::{Discord, DiscordOptions};
use greenroom::sandbox::tiktok::{Posted, TikTok, TikTokOptions};
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tokio::task::JoinHandle;

pub(crate) use people::{LATTE, Person, Post, button, id_of, select_offering, text_of};
use program::Program;

use crate::{discord_frames, discord_spec};

/// The zone the team lives in.
pub(crate) const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// What has not happened by then, on however busy a machine, never will.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// A clock that never comes to rest is a fault of the program, not a long story.
const MOST_LEAPS: usize = 500;

/// The program in the middle of its world.
pub(crate) struct Studio {
    pub(crate) clock: Arc<PushedClock>,
    pub(crate) discord: Discord,
    pub(crate) tiktok: TikTok,
    program: Option<Program>,
    folder: tempfile::TempDir,
    changes: Vec<(&'static str, String)>,
    internet: Option<Arc<dyn Internet>>,
}

/// A TikTok account that is connected.
#[derive(Clone)]
pub(crate) struct Account {
    tiktok: TikTok,
    pub(crate) name: String,
}

impl Studio {
    /// A team that has set up everything, on a Wednesday morning in November.
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The same with some settings changed.
    pub(crate) async fn open_with(changes: &[(&'static str, &str)]) -> Self {
        let studio = Self::open_bare(changes).await;
        let ada = studio.person("ada");
        let options = [
            ("reviewer_role", json!("Reviewer")),
            ("review_channel", json!("review")),
            ("digest_channel", json!("digest")),
            ("timezone", json!("Europe/Berlin")),
        ];
        ada.runs(&["setup"], &options).await;
        studio
    }

    /// A program that nobody has set up.
    pub(crate) async fn open_bare(changes: &[(&'static str, &str)]) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 25, 8, 0, 0).single().unwrap();
        let clock = PushedClock::standing(start);
        let options = TikTokOptions { audited: true, ..TikTokOptions::new(clock.outside()) };
        let tiktok = TikTok::start(options).await.unwrap();
        // Whether the machine is quick enough for Discord's three seconds is measured elsewhere.
        let options = DiscordOptions {
            validator: Some(discord_spec::validator()),
            answer_within: PATIENCE,
            patience: PATIENCE,
            ..DiscordOptions::new(clock.outside())
        };
        let discord = Discord::start(options).await.unwrap();
        let changes = changes.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let folder = tempfile::tempdir().unwrap();
        let mut studio = Self { clock, discord, tiktok, program: None, folder, changes, internet: None };
        studio.starts().await;
        studio
    }

    /// Gives the program an internet of the story's own to follow links on, from its next start on.
    pub(crate) async fn is_connected_to(&mut self, internet: Arc<dyn Internet>) {
        self.internet = Some(internet);
        self.stops().await;
        self.starts().await;
    }

    /// The address of the program's database.
    pub(crate) fn database(&self) -> String {
        format!("sqlite://{}/greenroom.db", self.folder.path().display())
    }

    /// Changes the database behind the program's back; says how many rows.
    pub(crate) async fn tampers(&self, sql: &'static str) -> u64 {
        let mut outside = SqliteConnection::connect(&self.database()).await.unwrap();
        let done = outside.execute(sql).await.unwrap();
        outside.close().await.unwrap();
        done.rows_affected()
    }

    /// Starts the program over whatever is on disk; it does what is due when the story says so.
    pub(crate) async fn starts(&mut self) {
        self.starts_driven(Drive::ByHand).await;
    }

    /// The same, saying who looks what is due.
    pub(crate) async fn starts_driven(&mut self, drive: Drive) {
        let before = self.discord.identifies().len();
        let config = settings::config(&self.discord, &self.tiktok, self.folder.path(), &self.changes);
        self.program = Some(Program::starts(config, self.clock.clone(), drive, self.internet.clone()).await);
        let ready = |discord: &Discord| {
            let greeted = discord.identifies().len() > before && discord.online();
            (greeted && discord.commands().iter().any(|command| command["name"] == "schedule")).then_some(())
        };
        self.discord.until("the bot and its commands", ready).await.unwrap();
    }

    /// The settings the program runs under, as its environment.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        settings::environment(&self.discord, &self.tiktok, self.folder.path(), &self.changes)
    }

    /// Where its database and its videos are.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Stops the program as a signal would.
    pub(crate) async fn stops(&mut self) {
        if self.program.is_some() {
            self.is_asked_to_stop().await.unwrap().unwrap();
            self.program = None;
        }
    }

    /// Asks the program to stop, as a signal would; the handle ends when it has stopped.
    pub(crate) fn is_asked_to_stop(&mut self) -> JoinHandle<anyhow::Result<()>> {
        self.program.as_mut().expect("the program runs").is_asked_to_stop()
    }

    /// Ends the program where it is: nothing is finished, nothing is written or given back any more.
    pub(crate) async fn dies(&mut self) {
        self.program.take().expect("the program runs").dies().await;
    }

    /// The program that runs.
    pub(crate) fn program(&self) -> &Running {
        self.program.as_ref().expect("the program runs").running()
    }

    /// The team's number.
    pub(crate) fn workspace(&self) -> WorkspaceId {
        WorkspaceId(self.discord.guild_id())
    }

    /// Waits until the program has looked up everything it may have missed while it was away.
    pub(crate) async fn has_reconciled(&self) {
        let mut greetings = self.program().discord().greetings_dealt_with();
        let greeted = greetings.wait_for(|count| *count > 0);
        tokio::time::timeout(PATIENCE, greeted).await.expect("the bot looks everything up").unwrap();
    }

    /// Has the program do everything that is due.
    pub(crate) async fn settles(&self) {
        let program = self.program.as_ref().expect("the program runs");
        program.does(|running| async move { running.settle().await }).await.unwrap().unwrap();
    }

    /// Moves the clock to a time people would say, doing on the way whatever falls due, in order.
    pub(crate) async fn clock_reaches(&self, said: &str) {
        let When::At { at, .. } = read(said, ZONE, self.clock.now()).unwrap() else { panic!("`{said}` is no time") };
        self.clock_reaches_instant(at).await;
    }

    /// What the story's clock says.
    pub(crate) fn clock_now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Moves the clock on by a while.
    pub(crate) async fn time_passes(&self, span: TimeDelta) {
        self.clock_reaches_instant(self.clock.now() + span).await;
    }

    async fn clock_reaches_instant(&self, goal: DateTime<Utc>) {
        self.settles().await;
        for _ in 0..MOST_LEAPS {
            let next = self.next_due().await.filter(|at| *at < goal).unwrap_or(goal);
            // What is due already and was left for later must not hold the clock back.
            let next = next.max(self.clock.now() + TimeDelta::milliseconds(1)).min(goal);
            self.clock.set(next);
            self.settles().await;
            if next >= goal {
                return;
            }
        }
        panic!("the program found something to do {MOST_LEAPS} times before {goal}");
    }

    async fn next_due(&self) -> Option<DateTime<Utc>> {
        let program = self.program.as_ref().expect("the program runs");
        let looked = program.does(|running| async move {
            let store = &running.flows().store;
            let due = [
                store.next_wake().await.unwrap(),
                store.next_notice().await.unwrap(),
                store.next_lapse().await.unwrap(),
                store.next_reminder().await.unwrap(),
                store.next_digest_due().await.unwrap(),
            ];
            due.into_iter().flatten().min()
        });
        looked.await.unwrap()
    }

    /// Somebody of the team, by the name everybody knows them under.
    pub(crate) fn person<'a>(&'a self, name: &str) -> Person<'a> {
        Person::new(name, self)
    }

    /// A member who hands posts in.
    pub(crate) fn member<'a>(&'a self, name: &str) -> Person<'a> {
        self.person(name)
    }

    /// Somebody who holds the reviewer role.
    pub(crate) fn reviewer<'a>(&'a self, name: &str) -> Person<'a> {
        if self.discord.member_id(name).is_err() {
            self.discord.add_member(name, &["Reviewer"]);
        }
        self.person(name)
    }

    /// A manager connects a TikTok account, following the link the bot gives.
    pub(crate) async fn connects_account(&self, name: &str) -> Account {
        let reply = self.person("ada").runs(&["account", "connect"], &[]).await;
        let link = link_in(&reply).expect("a link to TikTok");
        let mut back = self.tiktok.consent_to_all(&link, name).unwrap();
        // Whatever the world calls it, the program is here.
        let here = self.program().web_address();
        back.set_scheme("http").and_then(|()| back.set_port(Some(here.port()))).unwrap();
        back.set_ip_host(here.ip()).unwrap();
        let answer = client().get(back).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap_or_default());
        self.settles().await;
        Account { tiktok: self.tiktok.clone(), name: name.to_owned() }
    }

    /// Everything people saw in the team's channels and threads.
    pub(crate) fn transcript(&self) -> String {
        let mut text = String::new();
        for channel in ["studio", "review", "digest"] {
            text.push_str(&self.discord.transcript(channel));
            text.push('\n');
        }
        for thread in self.threads() {
            text.push_str(&self.discord.transcript(&thread));
            text.push('\n');
        }
        with_numbered_fingerprints(&text)
    }

    fn threads(&self) -> BTreeSet<String> {
        let of = |message: &Value| message["thread"]["id"].as_str().map(str::to_owned);
        self.discord.messages("review").iter().filter_map(of).collect()
    }

    /// Ends the story: nothing may be left over, and nobody may have done what the outside world would refuse.
    pub(crate) async fn closes(mut self) {
        self.settles().await;
        let store = &self.program().flows().store;
        assert_eq!(store.undelivered().await.unwrap(), 0, "people have not been told everything");
        assert_eq!(store.verify_audit(self.workspace()).await.unwrap(), None, "the audit trail is broken");
        assert_eq!(self.program().discord().unread_events(), 0, "an event of Discord's could not be read");
        self.stops().await;
        self.has_been_played_fairly();
        let refused = self.tiktok.refusals();
        assert!(refused.is_empty(), "TikTok would have refused: {refused:#?}");
        self.discord.stop().await;
        self.tiktok.stop().await;
    }

    /// The bot kept Discord's rules, and the local Discord kept to the shape of the real one.
    fn has_been_played_fairly(&self) {
        let discord = &self.discord;
        assert_eq!(discord.violations(), Vec::<String>::new(), "Discord would have refused");
        for (what, answered_after) in discord.waits() {
            assert!(answered_after.is_some(), "\"The application did not respond\" to {what}");
        }
        let misfits = discord_spec::misfits(&discord.journal());
        assert_eq!(misfits, Vec::<String>::new(), "answers that do not fit the specification");
        let frames = discord.frames();
        assert!(frames.iter().any(|frame| frame["t"] == "READY"), "nothing was sent");
        let unreadable = discord_frames::unreadable(&frames);
        assert_eq!(unreadable, Vec::<String>::new(), "frames that another library cannot read");
    }
}

impl Account {
    /// What is out on this account.
    pub(crate) fn published(&self) -> Vec<Posted> {
        self.tiktok.published(&self.name)
    }

    /// Exactly that many videos are out.
    #[track_caller]
    pub(crate) fn has_published(&self, count: usize) {
        assert_eq!(self.published().len(), count, "on @{}: {:#?}", self.name, self.tiktok.tasks());
    }
}

/// The settings of a program of one's own between these two, over this folder, as its environment.
pub(crate) fn environment_of(discord: &Discord, tiktok: &TikTok, folder: &std::path::Path) -> Vec<(String, String)> {
    settings::environment(discord, tiktok, folder, &[])
}

/// Fingerprints differ between runs, because accounts have random ids: the first one becomes `FINGERPRINT1`.
pub(crate) fn with_numbered_fingerprints(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    for word in
        words.filter(|word| word.len() == 8 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
    {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    let numbered = known.iter().enumerate();
    numbered.fold(text.to_owned(), |text, (index, word)| text.replace(word, &format!("FINGERPRINT{}", index + 1)))
}

/// A browser that follows nothing by itself.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().timeout(PATIENCE).no_proxy().build().unwrap()
}

/// The address of the link button in a reply.
pub(crate) fn link_in(reply: &Value) -> Option<String> {
    let rows = reply["components"].as_array()?;
    let parts = rows.iter().filter_map(|row| row["components"].as_array()).flatten();
    parts.filter_map(|part| part["url"].as_str()).map(str::to_owned).next()
}

/// Where a clip of the collection is.
pub(crate) fn clip_path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/clips").join(name)
}

/// A valid clip of so many bytes: the usual one with a hole behind it that players skip.
pub(crate) fn padded(size: usize) -> Vec<u8> {
    let mut bytes = std::fs::read(clip_path(LATTE)).unwrap();
    let hole = size - bytes.len();
    bytes.extend(u32::try_from(hole).unwrap().to_be_bytes());
    bytes.extend(b"free");
    bytes.resize(size, 0);
    bytes
}
