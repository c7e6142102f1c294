//! The program itself, as a process that gets signals while an upload is under way.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use greenroom::domain::clock::{Clock as _, SystemClock};
use greenroom::sandbox::mischief::{Fault, Trouble};

use crate::studio::{Account, Studio, padded};

/// Ten seconds are promised; the rest is for a machine that is busy.
const ENDED_WITHIN: Duration = Duration::from_secs(20);

struct Process {
    child: Child,
}

impl Process {
    fn starts(studio: &Studio) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        // The settings are all in the environment; the file has nothing to add.
        command.args(["run", "--role", "worker,web", "--config", "/dev/null"]);
        command
            .env_clear()
            .envs(studio.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        Self { child: command.spawn().unwrap() }
    }

    fn is_told_to_end(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until a line of its log has these words.
    async fn says(&mut self, words: &'static str) {
        let log = self.child.stderr.take().expect("its log is read once");
        let said = tokio::task::spawn_blocking(move || {
            BufReader::new(log).lines().map_while(Result::ok).any(|line| line.contains(words))
        });
        assert!(tokio::time::timeout(ENDED_WITHIN, said).await.expect("it says so in time").unwrap(), "{words}");
    }

    fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    async fn has_ended(mut self) -> ExitStatus {
        let ended = tokio::task::spawn_blocking(move || self.child.wait().unwrap());
        tokio::time::timeout(ENDED_WITHIN, ended).await.expect("it ends in time").unwrap()
    }
}

/// A program that runs by itself and is stuck in the third of seven chunks, for as long as TikTok likes.
async fn uploading(studio: &mut Studio) -> (Account, Process) {
    // A process of its own reads the machine's clock.
    studio.clock.set(SystemClock.now());
    let cafe = studio.connects_account("harbour.cafe").await;
    studio.discord.set_client("mia", 100_000_000, "en-US").unwrap();
    let post = studio.member("mia").schedules("latte.mp4").with(padded(70_000_000)).at("asap").on(&cafe).await;
    studio.tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: None }).after(2));
    studio.reviewer("rui").reacts(&post, "✅").await;
    studio.stops().await;
    let process = Process::starts(studio);
    let held = studio.tiktok.mischief().until_held();
    tokio::time::timeout(ENDED_WITHIN, held).await.expect("the third chunk is on its way");
    (cafe, process)
}

/// Started again, it finishes the very upload that was under way.
async fn is_finished_by_the_next(mut studio: Studio, cafe: &Account) {
    studio.tiktok.mischief().clear();
    studio.tiktok.mischief().until_none_held().await;
    studio.clock.set(SystemClock.now());
    studio.starts().await;
    studio.time_passes(chrono::TimeDelta::minutes(5)).await;
    cafe.has_published(1);
    assert_eq!(studio.tiktok.tasks().len(), 1, "one upload, begun by one process and finished by another");
    studio.closes().await;
}

#[tokio::test]
async fn told_to_end_it_finishes_its_chunk_and_gives_the_claim_back() {
    let mut studio = Studio::open().await;
    let (cafe, mut process) = uploading(&mut studio).await;
    process.is_told_to_end();
    assert!(process.runs(), "the chunk under way is not dropped");
    studio.tiktok.mischief().release();
    assert_eq!(process.has_ended().await.code(), Some(0));
    let sent = studio.tiktok.journal().iter().filter(|entry| entry.endpoint == "upload").count();
    assert_eq!(sent, 3, "no further chunk is begun");
    is_finished_by_the_next(studio, &cafe).await;
}

#[tokio::test]
async fn told_to_end_it_does_not_wait_for_a_chunk_that_never_ends() {
    let mut studio = Studio::open().await;
    let (cafe, process) = uploading(&mut studio).await;
    process.is_told_to_end();
    assert_eq!(process.has_ended().await.code(), Some(0));
    is_finished_by_the_next(studio, &cafe).await;
}

#[tokio::test]
async fn told_twice_it_ends_at_once_and_the_next_one_goes_on() {
    let mut studio = Studio::open().await;
    let (cafe, mut process) = uploading(&mut studio).await;
    process.is_told_to_end();
    process.says("Asked to stop").await;
    process.is_told_to_end();
    let status = process.has_ended().await;
    assert!(!status.success(), "{status}");
    is_finished_by_the_next(studio, &cafe).await;
}
