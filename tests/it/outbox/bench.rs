//! What the stories of the outbox are played on.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::app::{App, Drive, Running};
use greenroom::config::{Config, Roles};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::clock::{Clock as _, PushedClock};
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy, Scopes};
use greenroom::domain::ids::{AccountId, ChannelId, MemberId, PostId, RoleId, VideoId, WorkspaceId};
use greenroom::domain::notice::Notice;
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::review::Member;
use greenroom::domain::video::Video;
use greenroom::domain::workspace::Workspace;
use greenroom::sandbox::discord::{Discord, DiscordOptions};
use greenroom::words::Language;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::discord_spec;

const BYTES: &[u8] = b"the very bytes that go out";

/// A program that runs against the local Discord and does what is due when it is told to.
pub(crate) struct Bench {
    pub(crate) clock: Arc<PushedClock>,
    pub(crate) discord: Discord,
    config: Config,
    pub(crate) program: Running,
    _folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) async fn opens() -> Self {
        let clock = PushedClock::standing("2026-11-23T09:00:00Z".parse().unwrap());
        let options =
            DiscordOptions { validator: Some(discord_spec::validator()), ..DiscordOptions::new(clock.clone()) };
        let discord = Discord::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = settings(&discord, folder.path());
        let program = starts(&config, &clock, &discord).await;
        Self { clock, discord, config, program, _folder: folder }
    }

    /// Stops the program, lets something happen meanwhile, and starts it again.
    pub(crate) async fn leaves_while(self, happens: impl FnOnce(&Discord)) -> Self {
        self.program.stop().await.unwrap();
        happens(&self.discord);
        let program = starts(&self.config, &self.clock, &self.discord).await;
        Self { program, ..self }
    }

    /// The number of the only card.
    pub(crate) fn card(&self) -> u64 {
        let [card] = &self.cards()[..] else { panic!("one card") };
        card["id"].as_str().unwrap().parse().unwrap()
    }

    /// Presses the button of that name on the only card and reads the answer.
    pub(crate) async fn presses(&self, who: &str, button: &str) -> Value {
        let card = self.discord.message(self.card()).unwrap();
        let buttons = card["components"][0]["components"].as_array().unwrap();
        let id = buttons.iter().find(|one| one["label"] == button).unwrap()["custom_id"].as_str().unwrap();
        self.discord.press(who, self.card(), id).unwrap().reply().await.unwrap()
    }

    pub(crate) fn workspace(&self) -> WorkspaceId {
        WorkspaceId(self.discord.guild_id())
    }

    pub(crate) fn member(&self, name: &str) -> Member {
        let id = MemberId(self.discord.member_id(name).unwrap());
        Member { id, workspace: self.workspace(), name: name.into(), roles: Vec::new(), manages: false, link: None }
    }

    /// A post in review, whose card is owed.
    pub(crate) async fn post_in_review(&self) -> Post {
        let now = self.clock.now();
        let store = &self.program.flows().store;
        let mut tx = store.begin().await.unwrap();
        let known = tx.ensure_workspace(self.workspace(), "Harbour", now).await.unwrap();
        let workspace = Workspace {
            reviewer_role: Some(RoleId(self.discord.role_id("Reviewer").unwrap())),
            review_channel: Some(ChannelId(self.discord.channel_id("review").unwrap())),
            ..known
        };
        tx.save_workspace(&workspace).await.unwrap();
        let (account, video) = (account(self.workspace(), now), video(self.workspace(), now));
        let path = self.program.flows().media.folder().unwrap().join(&video.key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, BYTES).unwrap();
        tx.save_account(&account).await.unwrap();
        tx.add_video(&video).await.unwrap();
        let number = tx.next_post_number(self.workspace()).await.unwrap();
        let post = post(&self.member("mia"), &account, &video, number, now);
        tx.add_post(&post).await.unwrap();
        tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await.unwrap();
        tx.commit().await.unwrap();
        post
    }

    pub(crate) async fn needs_approvals(&self, approvals: u8) {
        let mut tx = self.program.flows().store.begin().await.unwrap();
        let workspace = tx.workspace(self.workspace()).await.unwrap().unwrap();
        tx.save_workspace(&Workspace { approvals, ..workspace }).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn speaks(&self, language: Language) {
        let mut tx = self.program.flows().store.begin().await.unwrap();
        assert!(tx.note_language(self.workspace(), language).await.unwrap());
        tx.commit().await.unwrap();
    }

    pub(crate) async fn owes(&self, notice: &Notice) {
        let mut tx = self.program.flows().store.begin().await.unwrap();
        tx.tell(self.workspace(), notice, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn tells(&self) -> usize {
        self.program.discord().outbox().run_due().await.unwrap()
    }

    /// Waits until a flow has changed something.
    pub(crate) async fn hears_of_a_change(&self) {
        let nudged = self.program.flows().nudges.outbox.notified();
        tokio::time::timeout(std::time::Duration::from_secs(20), nudged).await.expect("something changes");
    }

    pub(crate) fn passes(&self, span: TimeDelta) {
        self.clock.push(span.to_std().unwrap());
    }

    pub(crate) fn cards(&self) -> Vec<Value> {
        self.discord.messages("review").into_iter().filter(|message| message["embeds"][0].is_object()).collect()
    }

    pub(crate) async fn now(&self, post: &Post) -> Post {
        self.program.flows().store.post(post.id).await.unwrap().unwrap()
    }

    pub(crate) async fn closes(self) {
        assert_eq!(self.program.flows().store.undelivered().await.unwrap(), 0);
        assert_eq!(self.discord.violations(), Vec::<String>::new());
        self.program.stop().await.unwrap();
        self.discord.stop().await;
    }
}

/// The settings of a program between this Discord and nobody.
pub(crate) fn settings(discord: &Discord, folder: &Path) -> Config {
    let at = folder.display();
    let settings = [
        ("DISCORD__TOKEN", "make.believe.token".to_owned()),
        ("DISCORD__API_URL", discord.base_url()),
        ("TIKTOK__CLIENT_KEY", "key".to_owned()),
        ("TIKTOK__CLIENT_SECRET", "secret".to_owned()),
        ("TIKTOK__API_URL", "http://127.0.0.1:9".to_owned()),
        ("TIKTOK__AUTHORIZE_URL", "http://127.0.0.1:9".to_owned()),
        ("DATABASE__URL", format!("sqlite://{at}/greenroom.db")),
        ("MEDIA__URL", format!("file://{at}/media")),
        ("WEB__LISTEN", "127.0.0.1:0".to_owned()),
        ("SECURITY__ENCRYPTION_KEY", "R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=".to_owned()),
    ];
    let pairs = settings.into_iter().map(|(key, value)| (format!("GREENROOM_{key}"), value));
    Config::load(None, pairs).unwrap()
}

async fn starts(config: &Config, clock: &Arc<PushedClock>, discord: &Discord) -> Running {
    let app = App::build(config, Roles::ALL, clock.clone()).await.unwrap();
    let before = discord.identifies().len();
    let program = app.start(Drive::ByHand, CancellationToken::new());
    let greeted = |discord: &Discord| (discord.identifies().len() > before && discord.online()).then_some(());
    discord.until("the bot", greeted).await.unwrap();
    program
}

fn account(workspace: WorkspaceId, now: DateTime<Utc>) -> Account {
    Account {
        id: AccountId::new(now),
        workspace,
        open_id: "open".into(),
        username: "harbour.cafe".into(),
        nickname: "Harbour Café".into(),
        scopes: Scopes::parse("user.info.basic,video.publish"),
        delivery: Delivery::Direct,
        health: Health::Connected,
        access_expires_at: now + TimeDelta::days(1),
        refresh_expires_at: now + TimeDelta::days(365),
        renewed_at: now,
        connected_by: MemberId(1),
        connected_at: now,
    }
}

fn video(workspace: WorkspaceId, now: DateTime<Utc>) -> Video {
    let facts = json!({
        "container": "mp4", "codec": "h264", "coded_width": 1080, "coded_height": 1920, "width": 1080, "height": 1920,
        "turn_degrees": 0, "duration_millis": 15_000, "frames_per_second_milli": 24_000,
        "peak_frames_per_second_milli": 24_000, "audio": "aac",
    });
    Video {
        id: VideoId::new(now),
        workspace,
        sha256: [7; 32],
        size_bytes: BYTES.len() as u64,
        facts: serde_json::from_value(facts).unwrap(),
        file_name: "latte.mp4".into(),
        key: "videos/latte".into(),
        created_by: MemberId(1),
        created_at: now,
    }
}

fn post(author: &Member, account: &Account, video: &Video, number: i64, now: DateTime<Utc>) -> Post {
    Post {
        id: PostId::new(now),
        workspace: account.workspace,
        number,
        author: author.id,
        author_name: author.name.clone(),
        delivery: Delivery::Direct,
        account: account.id,
        video: video.id,
        video_sha256: video.sha256,
        caption: Caption::new("Friday latte").unwrap(),
        choices: Choices { privacy: Some(Privacy::SelfOnly), ..Choices::default() },
        due: Due::At(now + TimeDelta::hours(6)),
        zone: chrono_tz::Europe::Berlin,
        creator: CreatorInfo {
            nickname: account.nickname.clone(),
            username: account.username.clone(),
            avatar_url: None,
            privacy_options: vec![Privacy::SelfOnly],
            comment_disabled: false,
            duet_disabled: true,
            stitch_disabled: true,
            max_duration_seconds: Some(600),
        },
        warnings: Vec::new(),
        in_spite_of: Vec::new(),
        state: PostState::InReview { since: now },
        verdicts: Vec::new(),
        created_at: now,
        version: 0,
    }
}
