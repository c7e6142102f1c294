//! Lines that break in the ways serenity does not mend by itself: the bot comes back, without storming the door.

use std::sync::Arc;
use std::time::Duration;

use greenroom::app::App;
use greenroom::config::Roles;
use greenroom::discord::{Discord as Program, DiscordSettings, Spans};
use greenroom::sandbox::discord::{Discord, GatewayTrouble};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::discord_standin::bot::discord_with;
use crate::outbox::bench;

const HEARTBEAT: Duration = Duration::from_millis(100);

/// Hearts beat hundreds of times as fast as in the real world, and our patience is as much shorter.
fn spans() -> Spans {
    Spans {
        look_every: Duration::from_millis(25),
        still_after: 3 * HEARTBEAT,
        patience: Duration::from_millis(900),
        first_pause: Duration::from_millis(25),
        longest_pause: Duration::from_millis(500),
        held: Duration::from_secs(3),
        ..Spans::default()
    }
}

/// A bot that holds its line to the local Discord.
struct Held {
    discord: Discord,
    program: Arc<Program>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<anyhow::Result<()>>,
    _app: App,
    _folder: tempfile::TempDir,
}

impl Held {
    async fn opens(spans: Spans, trouble: Option<GatewayTrouble>) -> Self {
        let (discord, clock) = discord_with(|options| {
            options.heartbeat = HEARTBEAT;
            // serenity takes five seconds to begin again, and ten to let go of a line that does not answer.
            options.patience = Duration::from_secs(90);
        })
        .await;
        if let Some(trouble) = trouble {
            discord.gateway_trouble(trouble);
        }
        let folder = tempfile::tempdir().unwrap();
        let app = App::build(&bench::settings(&discord, folder.path()), Roles::ALL, clock).await.unwrap();
        let api_url = discord.base_url().parse().unwrap();
        let settings = DiscordSettings { token: "make.believe.token".into(), api_url, api_is_changed: true };
        let program = Program::new(settings, Arc::clone(app.flows()), "somebody".to_owned()).unwrap();
        let (program, stop) = (Arc::new(program), CancellationToken::new());
        let (runs, until) = (Arc::clone(&program), stop.clone());
        let task = TaskTracker::new().spawn(async move { runs.run_with(spans, until).await });
        Self { discord, program, stop, task, _app: app, _folder: folder }
    }

    /// Waits until the bot has been let in so often, and is there.
    async fn is_let_in(&self, times: usize) {
        let there = |discord: &Discord| (discord.identifies().len() >= times && discord.online()).then_some(());
        self.discord.until("the bot", there).await.unwrap();
        let mut greetings = self.program.greetings_dealt_with();
        let greeted = greetings.wait_for(|count| *count > 0);
        tokio::time::timeout(Duration::from_secs(20), greeted).await.expect("a greeting").unwrap();
    }

    async fn connects(&self, times: u64) {
        let storm = |discord: &Discord| (discord.connections() >= times).then_some(());
        self.discord.until("connections", storm).await.unwrap();
    }

    /// What people do arrives.
    async fn hears(&self) {
        let mut heard = self.program.reactions_heard();
        let before = *heard.borrow();
        let said = self.discord.say("mia", "general", "can you hear me?", &[]).unwrap();
        self.discord.react("mia", said, "👋").unwrap();
        let heard = heard.wait_for(|now| *now > before);
        tokio::time::timeout(Duration::from_secs(20), heard).await.expect("the bot hears").unwrap();
    }

    async fn closes(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
        assert_eq!(self.program.unread_events(), 0);
        self.discord.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_heart_without_an_answer_gets_another_line() {
    let held = Held::opens(spans(), None).await;
    held.is_let_in(1).await;
    held.discord.gateway_trouble(GatewayTrouble::NoAcknowledgement(true));
    held.is_let_in(2).await;
    held.discord.gateway_trouble(GatewayTrouble::NoAcknowledgement(false));
    held.hears().await;
    assert!(held.discord.identifies().len() <= 3, "{}", held.discord.identifies().len());
    held.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greeting_that_is_refused_is_tried_again_in_peace() {
    let patient = Spans { patience: Duration::from_secs(7), ..spans() };
    let held = Held::opens(patient, Some(GatewayTrouble::CloseIdentifies(4000, 2))).await;
    held.is_let_in(1).await;
    held.hears().await;
    // The second refusal outlasts our patience: another line, not the end of the program.
    assert_eq!((held.discord.identifies().len(), held.discord.connections()), (1, 3));
    held.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_cannot_be_taken_up_again_is_begun_anew() {
    let held = Held::opens(spans(), None).await;
    held.is_let_in(1).await;
    held.discord.gateway_trouble(GatewayTrouble::CloseResumes(4000, u32::MAX));
    held.discord.gateway_trouble(GatewayTrouble::Cut);
    held.connects(20).await;
    held.is_let_in(2).await;
    held.hears().await;
    assert_eq!(held.discord.identifies().len(), 2);
    assert_eq!(held.discord.resumes(), 0);
    held.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_door_that_stays_shut_for_a_while_is_no_reason_to_knock_louder() {
    let held = Held::opens(spans(), None).await;
    held.is_let_in(1).await;
    held.discord.gateway_trouble(GatewayTrouble::RefuseConnects(5));
    held.discord.gateway_trouble(GatewayTrouble::Cut);
    held.is_let_in(2).await;
    held.hears().await;
    assert_eq!(held.discord.identifies().len(), 2);
    held.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_gone_is_begun_anew() {
    for trouble in [GatewayTrouble::InvalidSession(false), GatewayTrouble::Close(Some(4009))] {
        let held = Held::opens(spans(), None).await;
        held.is_let_in(1).await;
        held.discord.gateway_trouble(trouble);
        held.is_let_in(2).await;
        held.hears().await;
        assert_eq!(held.discord.identifies().len(), 2, "{trouble:?}");
        held.closes().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_greeting_that_hangs_for_good_ends_the_program_with_a_word() {
    for code in [4010, 4011] {
        let held = Held::opens(spans(), Some(GatewayTrouble::CloseIdentifies(code, u32::MAX))).await;
        let ended = tokio::time::timeout(Duration::from_secs(20), held.task).await.expect("it ends").unwrap();
        let why = ended.unwrap_err().to_string();
        assert!(why.contains("shards"), "{why}");
        assert_eq!(held.discord.connections(), 1, "{code}");
        held.discord.stop().await;
    }
}
