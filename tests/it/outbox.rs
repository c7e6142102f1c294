//! What people are told arrives once, whatever happens on the way, against the local Discord.

#![expect(clippy::unwrap_used, reason = "a broken promise of a story should end it where it breaks")]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::app::{App, Drive, Running};
use greenroom::config::{Config, Roles};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::clock::{Clock as _, PushedClock};
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy, Scopes};
use greenroom::domain::ids::{AccountId, ChannelId, MemberId, PostId, RoleId, VideoId, WorkspaceId};
use greenroom::domain::notice::{Happening, Notice};
use greenroom::domain::post::{Due, Edit, Post, PostStage, PostState};
use greenroom::domain::review::Member;
use greenroom::domain::video::Video;
use greenroom::domain::workspace::Workspace;
use greenroom::flows::change;
use greenroom::sandbox::discord::{Discord, DiscordOptions, RestTrouble, permission};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::discord_spec;

const SEND: &str = "POST /channels/{channel}/messages";
const BYTES: &[u8] = b"the very bytes that go out";

struct Bench {
    clock: Arc<PushedClock>,
    discord: Discord,
    config: Config,
    program: Running,
    _folder: tempfile::TempDir,
}

impl Bench {
    async fn opens() -> Self {
        let clock = PushedClock::standing("2026-11-23T09:00:00Z".parse().unwrap());
        let options =
            DiscordOptions { validator: Some(discord_spec::validator()), ..DiscordOptions::new(clock.clone()) };
        let discord = Discord::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display();
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
        let config = Config::load(None, pairs).unwrap();
        let program = starts(&config, &clock, &discord).await;
        Self { clock, discord, config, program, _folder: folder }
    }

    /// Stops the program, lets something happen meanwhile, and starts it again.
    async fn is_away_while(self, happens: impl FnOnce(&Discord)) -> Self {
        self.program.stop().await.unwrap();
        happens(&self.discord);
        let program = starts(&self.config, &self.clock, &self.discord).await;
        Self { program, ..self }
    }

    /// The number of the only card.
    fn card(&self) -> u64 {
        let [card] = &self.cards()[..] else { panic!("one card") };
        card["id"].as_str().unwrap().parse().unwrap()
    }

    /// Presses the button of that name on the only card and reads the answer.
    async fn presses(&self, who: &str, button: &str) -> Value {
        let card = self.discord.message(self.card()).unwrap();
        let buttons = card["components"][0]["components"].as_array().unwrap();
        let id = buttons.iter().find(|one| one["label"] == button).unwrap()["custom_id"].as_str().unwrap();
        self.discord.press(who, self.card(), id).unwrap().reply().await.unwrap()
    }

    fn workspace(&self) -> WorkspaceId {
        WorkspaceId(self.discord.guild_id())
    }

    fn member(&self, name: &str) -> Member {
        let id = MemberId(self.discord.member_id(name).unwrap());
        Member { id, workspace: self.workspace(), name: name.into(), roles: Vec::new(), manages: false }
    }

    /// A post in review, whose card is owed.
    async fn post_in_review(&self) -> Post {
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

    async fn needs_approvals(&self, approvals: u8) {
        let mut tx = self.program.flows().store.begin().await.unwrap();
        let workspace = tx.workspace(self.workspace()).await.unwrap().unwrap();
        tx.save_workspace(&Workspace { approvals, ..workspace }).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn owes(&self, notice: &Notice) {
        let mut tx = self.program.flows().store.begin().await.unwrap();
        tx.tell(self.workspace(), notice, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn tells(&self) -> usize {
        self.program.discord().outbox().run_due().await.unwrap()
    }

    /// Waits until a flow has changed something.
    async fn hears_of_a_change(&self) {
        let nudged = self.program.flows().nudges.outbox.notified();
        tokio::time::timeout(std::time::Duration::from_secs(20), nudged).await.expect("something changes");
    }

    fn passes(&self, span: TimeDelta) {
        self.clock.push(span.to_std().unwrap());
    }

    fn cards(&self) -> Vec<Value> {
        self.discord.messages("review").into_iter().filter(|message| message["embeds"][0].is_object()).collect()
    }

    async fn now(&self, post: &Post) -> Post {
        self.program.flows().store.post(post.id).await.unwrap().unwrap()
    }

    async fn closes(self) {
        assert_eq!(self.program.flows().store.undelivered().await.unwrap(), 0);
        assert_eq!(self.discord.violations(), Vec::<String>::new());
        self.program.stop().await.unwrap();
        self.discord.stop().await;
    }
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
            max_duration_seconds: 600,
        },
        warnings: Vec::new(),
        state: PostState::InReview { since: now },
        verdicts: Vec::new(),
        created_at: now,
        version: 0,
    }
}

#[tokio::test]
async fn a_card_arrives_with_the_video_its_reactions_and_a_thread() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    assert_eq!(bench.tells().await, 1);

    let [card] = &bench.cards()[..] else { panic!("one card") };
    assert_eq!(card["attachments"][0]["filename"], "post-1.mp4");
    let footer = card["embeds"][0]["footer"]["text"].as_str().unwrap();
    assert_eq!(footer, format!("#1 · {}", post.revision().short()));
    let emoji: Vec<&Value> = card["reactions"].as_array().unwrap().iter().map(|one| &one["emoji"]["name"]).collect();
    assert_eq!(emoji, ["✅", "❌"]);
    let thread = bench.program.flows().store.thread(post.id).await.unwrap().unwrap();
    assert_eq!(thread.0.to_string(), card["id"].as_str().unwrap());
    assert_eq!(bench.discord.pings().len(), 1);

    bench.owes(&Notice::Card { post: post.id }).await;
    assert_eq!(bench.tells().await, 1);
    assert_eq!(bench.cards().len(), 1, "it is drawn anew, not sent again");
    assert_eq!(bench.cards()[0]["attachments"][0]["filename"], "post-1.mp4");
    assert_eq!(bench.discord.pings().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_card() {
    for wait in [TimeDelta::seconds(3), TimeDelta::minutes(5)] {
        let bench = Bench::opens().await;
        let post = bench.post_in_review().await;
        bench.discord.fail(SEND, 1, 1, RestTrouble::CutAfter);
        assert_eq!(bench.tells().await, 0);
        bench.passes(wait);
        assert_eq!(bench.tells().await, 1);
        assert_eq!(bench.cards().len(), 1);
        let looked = bench.discord.journal().iter().any(|call| call.route == "GET /channels/{channel}/messages");
        assert_eq!(looked, wait > TimeDelta::minutes(2));
        assert_eq!(bench.program.flows().store.cards(post.id).await.unwrap().len(), 1);
        bench.closes().await;
    }
}

#[tokio::test]
async fn trouble_that_passes_is_waited_out_and_the_thread_keeps_its_order() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    let by = bench.member("rui").id;
    bench.owes(&Notice::Happened { post: post.id, happening: Happening::TookBack { by } }).await;
    bench.discord.fail(SEND, 1, 2, RestTrouble::Html(503));
    assert_eq!(bench.tells().await, 0);
    bench.passes(TimeDelta::seconds(2));
    assert_eq!(bench.tells().await, 0);
    bench.passes(TimeDelta::seconds(10));
    assert_eq!(bench.tells().await, 2);
    assert_eq!(bench.cards().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn an_edit_makes_a_new_card_and_the_old_one_says_so() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let due = Some((Due::At(bench.clock.now() + TimeDelta::hours(7)), post.zone));
    let edit = Edit { due, ..Edit::default() };
    change::edit(bench.program.flows(), &bench.member("mia"), post.id, edit).await.unwrap();
    assert_eq!(bench.tells().await, 2);

    let [old, new] = &bench.cards()[..] else { panic!("two cards") };
    assert_eq!(old["embeds"][0]["footer"]["text"], "#1 · superseded");
    let revision = bench.now(&post).await.revision();
    assert_eq!(new["embeds"][0]["footer"]["text"], format!("#1 · {}", revision.short()));
    let cards = bench.program.flows().store.cards(post.id).await.unwrap();
    assert_eq!(cards.iter().map(|card| card.superseded).collect::<Vec<_>>(), [true, false]);
    bench.closes().await;
}

#[tokio::test]
async fn a_refusal_is_tried_slowly_and_given_up_after_a_day() {
    let bench = Bench::opens().await;
    bench.post_in_review().await;
    bench.discord.forbid("Greenroom", "review", permission::SEND_MESSAGES).unwrap();
    assert_eq!(bench.tells().await, 0);
    for _ in 0..144 {
        bench.passes(TimeDelta::minutes(10));
        assert_eq!(bench.tells().await, 0);
    }
    let tries = bench.discord.journal().iter().filter(|call| call.route == SEND).count();
    assert_eq!(tries, 145);
    bench.closes().await;
}

#[tokio::test]
async fn a_reviewers_reaction_is_a_verdict_and_a_strangers_is_taken_away() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card: u64 = bench.cards()[0]["id"].as_str().unwrap().parse().unwrap();
    let reactions = |discord: &Discord| discord.message(card).map(|card| card["reactions"][0]["count"].clone());

    bench.discord.react("noa", card, "✅").unwrap();
    let gone = |discord: &Discord| (reactions(discord)? == 1).then_some(());
    bench.discord.until("the stranger's reaction to go", gone).await.unwrap();
    let explained = |discord: &Discord| (discord.pings().len() == 2).then_some(());
    bench.discord.until("an explanation", explained).await.unwrap();
    assert_eq!(bench.now(&post).await.verdicts, []);

    bench.discord.react("rui", card, "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    bench.tells().await;
    bench.closes().await;
}

#[tokio::test]
async fn a_deleted_card_is_sent_again_and_pings_nobody() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let (channel, card) = (bench.discord.channel_id("review").unwrap(), bench.card());
    bench.program.discord().bot().http().delete_message(channel.into(), card.into(), None).await.unwrap();
    bench.owes(&Notice::Card { post: post.id }).await;
    assert_eq!(bench.tells().await, 1);
    assert_ne!(bench.card(), card);
    assert_eq!(bench.discord.pings().len(), 1);
    bench.closes().await;
}

#[tokio::test]
async fn what_was_said_and_deleted_while_the_bot_was_away_is_caught_up_with() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card = bench.card();
    let bench = bench.is_away_while(|discord| discord.react("rui", card, "✅").unwrap()).await;
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}

#[tokio::test]
async fn an_approval_is_taken_back_with_its_reaction_and_a_no_ends_the_review() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.needs_approvals(2).await;
    bench.tells().await;
    bench.discord.react("rui", bench.card(), "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.approvals().count(), 1);
    bench.discord.unreact("rui", bench.card(), "✅").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.verdicts, []);
    bench.discord.react("rui", bench.card(), "❌").unwrap();
    bench.hears_of_a_change().await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Declined);
    assert_eq!(bench.tells().await, 4);
    bench.closes().await;
}

#[tokio::test]
async fn only_a_reviewers_press_counts() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let refused = bench.presses("noa", "Approve").await;
    assert!(refused["content"].as_str().unwrap().contains("can judge posts"), "{refused}");
    assert_eq!(bench.now(&post).await.verdicts, []);
    bench.presses("rui", "Approve").await;
    assert_eq!(bench.now(&post).await.stage(), PostStage::Approved);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}

#[tokio::test]
async fn a_reviewer_says_what_should_change() {
    let bench = Bench::opens().await;
    let post = bench.post_in_review().await;
    bench.tells().await;
    let card = bench.discord.message(bench.card()).unwrap();
    let id = card["components"][0]["components"][1]["custom_id"].as_str().unwrap().to_owned();
    let form = bench.discord.press("rui", bench.card(), &id).unwrap();
    form.answer().await.unwrap();
    let answer = bench.discord.submit("rui", form.id(), &[("reason", "brighter please")]).unwrap();
    answer.reply().await.unwrap();
    let verdicts = bench.now(&post).await.verdicts;
    assert_eq!(verdicts.len(), 1);
    assert_eq!(bench.now(&post).await.stage(), PostStage::InReview);
    assert_eq!(bench.tells().await, 2);
    bench.closes().await;
}
