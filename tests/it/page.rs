//! The sandbox's page: its files, its clock, its clips and what it shows of the local TikTok.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use greenroom::domain::clock::{Clock as _, PushedClock};
use greenroom::sandbox::discord::{Discord, DiscordOptions};
use greenroom::sandbox::page::{self, ClockPush, Stage, Upcoming};
use greenroom::sandbox::run;
use greenroom::sandbox::tiktok::{TikTok, TikTokOptions};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

struct Desk {
    discord: Discord,
    tiktok: TikTok,
    clock: Arc<PushedClock>,
    nudges: Arc<AtomicUsize>,
    due: Arc<Mutex<Vec<DateTime<Utc>>>>,
    digests: Arc<Mutex<Vec<DateTime<Utc>>>>,
    browser: reqwest::Client,
}

fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
}

impl Desk {
    /// The page on the local Discord's port; each nudge does the first thing that is due.
    async fn open() -> Self {
        let clock = PushedClock::standing(monday());
        let tiktok = TikTok::start(TikTokOptions::new(clock.clone())).await.unwrap();
        let nudges = Arc::new(AtomicUsize::new(0));
        let due: Arc<Mutex<Vec<DateTime<Utc>>>> = Arc::default();
        let digests: Arc<Mutex<Vec<DateTime<Utc>>>> = Arc::default();
        let nudge = {
            let (nudges, clock) = (Arc::clone(&nudges), Arc::clone(&clock));
            let (due, digests) = (Arc::clone(&due), Arc::clone(&digests));
            Arc::new(move || {
                nudges.fetch_add(1, Ordering::SeqCst);
                due.lock().unwrap().retain(|at| *at > clock.now());
                digests.lock().unwrap().retain(|at| *at > clock.now());
            })
        };
        let next = {
            let (due, digests) = (Arc::clone(&due), Arc::clone(&digests));
            Arc::new(move || -> futures_util::future::BoxFuture<'static, _> {
                let post = due.lock().unwrap().iter().min().copied();
                let other = digests.lock().unwrap().iter().min().copied();
                Box::pin(async move { Upcoming { post, other } })
            })
        };
        let push = ClockPush::new(Arc::clone(&clock), nudge, next);
        let pages = page::router(Stage { tiktok: tiktok.clone(), clock: push });
        let options = DiscordOptions { pages: Some(pages), ..DiscordOptions::new(clock.clone()) };
        let discord = Discord::start(options).await.unwrap();
        let browser = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { discord, tiktok, clock, nudges, due, digests, browser }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        self.browser.get(format!("{}{path}", self.discord.base_url())).send().await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.browser.post(format!("{}{path}", self.discord.base_url())).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn close(self) {
        self.discord.stop().await;
        self.tiktok.stop().await;
    }
}

#[tokio::test]
async fn every_file_the_page_names_is_served_and_runs_nothing_foreign() {
    let desk = Desk::open().await;
    let html = desk.get("/").await.text().await.unwrap();
    let mut open: Vec<String> = vec!["/".to_owned()];
    open.extend(html.split('"').filter(|word| word.starts_with("/page/")).map(str::to_owned));
    let mut seen = Vec::new();
    while let Some(path) = open.pop() {
        if seen.contains(&path) {
            continue;
        }
        let answer = desk.get(&path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let expected = match path.rsplit('.').next().unwrap() {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        assert_eq!(header("content-type"), expected, "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let text = answer.text().await.unwrap();
        open.extend(text.split('"').filter_map(|word| word.strip_prefix("./")).map(|name| format!("/page/{name}")));
        seen.push(path);
    }
    assert_eq!(seen.len(), 14, "{seen:?}");
    assert!(!html.contains("<script>") && !html.contains("style=") && !html.contains(" onclick"));
    assert_eq!(desk.get("/nowhere").await.status(), 404);
    desk.close().await;
}

#[tokio::test]
async fn the_files_of_the_page_stay_short() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sandbox/page");
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let lines = std::fs::read_to_string(entry.path()).unwrap().lines().count();
        assert!(lines <= 400, "{:?} has {lines} lines", entry.file_name());
    }
}

#[tokio::test]
async fn a_push_moves_the_clock_and_wakes_the_program() {
    let desk = Desk::open().await;
    assert_eq!(desk.json("/__sandbox/now").await, json!({"now": "2026-11-23T09:00:00Z"}));
    let (status, said) = desk.post("/__sandbox/clock", &json!({"push_seconds": 300})).await;
    assert_eq!((status, said), (200, json!({"now": "2026-11-23T09:05:00Z"})));
    assert_eq!(desk.clock.now(), monday() + TimeDelta::minutes(5));
    assert_eq!(desk.nudges.load(Ordering::SeqCst), 1);
    desk.close().await;
}

#[tokio::test]
async fn the_clock_stops_at_what_falls_due_on_its_way() {
    let desk = Desk::open().await;
    *desk.due.lock().unwrap() = vec![monday() + TimeDelta::minutes(40), monday() + TimeDelta::minutes(10)];
    let (_, said) = desk.post("/__sandbox/clock", &json!({"push_seconds": 3600})).await;
    assert_eq!(said, json!({"now": "2026-11-23T10:00:00Z"}));
    assert_eq!(desk.nudges.load(Ordering::SeqCst), 3, "two stops and the end");
    assert!(desk.due.lock().unwrap().is_empty());
    desk.close().await;
}

#[tokio::test]
async fn the_clock_goes_to_the_next_post_else_to_whatever_is_due_and_never_back() {
    let desk = Desk::open().await;
    let wish = json!({"to": "next"});
    let next = || desk.post("/__sandbox/clock", &wish);
    assert_eq!(next().await, (409, json!({"error": "Nothing waits for its time."})));
    desk.due.lock().unwrap().push(monday() + TimeDelta::minutes(30));
    desk.digests.lock().unwrap().extend([monday() + TimeDelta::minutes(20), monday() + TimeDelta::minutes(40)]);
    assert_eq!(next().await.1, json!({"now": "2026-11-23T09:30:00Z"}), "the first digest is lived through on the way");
    assert_eq!(desk.nudges.load(Ordering::SeqCst), 2);
    assert_eq!(next().await.1, json!({"now": "2026-11-23T09:40:00Z"}), "no post waits, so it is the digest's turn");
    let (status, _) = desk.post("/__sandbox/clock", &json!({"to": "2026-11-23T09:00:00Z"})).await;
    assert_eq!(status, 409);
    let (status, _) = desk.post("/__sandbox/clock", &json!({"to": "2030-01-01T00:00:00Z"})).await;
    assert_eq!(status, 409);
    desk.close().await;
}

#[tokio::test]
async fn the_phone_begins_empty_and_troubles_can_be_made_and_forgotten() {
    let desk = Desk::open().await;
    let feed = desk.json("/__sandbox/tiktok").await;
    assert_eq!(feed["posts"], json!([]));
    assert_eq!(feed["creators"][0], json!({"username": "harbour.cafe", "nickname": "Harbour Café"}));
    let (status, said) = desk.post("/__sandbox/tiktok/faults", &json!({"on": "upload", "trouble": "lost_after"})).await;
    assert_eq!((status, said["armed"][0]["on"].as_str()), (200, Some("upload")));
    let address = format!("{}/__sandbox/tiktok/faults", desk.discord.base_url());
    assert_eq!(desk.browser.delete(address).send().await.unwrap().status(), 200);
    assert!(desk.tiktok.mischief().armed().is_empty());
    assert_eq!(desk.get("/__sandbox/tiktok/video/none").await.status(), 404);
    assert_eq!(desk.post("/__sandbox/tiktok/finish", &json!({"publish_id": "none"})).await.0, 409);
    desk.close().await;
}

#[tokio::test]
async fn a_sample_clip_is_a_real_file_and_plays_in_parts() {
    let desk = Desk::open().await;
    let clips = desk.json("/__sandbox/clips").await;
    let first = &clips["clips"][0];
    let whole = desk.get(first["url"].as_str().unwrap()).await.bytes().await.unwrap();
    assert_eq!(whole.len(), usize::try_from(first["size"].as_u64().unwrap()).unwrap());
    let original = include_bytes!("../data/clips/ok_1080x1920_15s_24fps_h264_aac_faststart.mp4");
    assert_eq!(Sha256::digest(&whole), Sha256::digest(original));
    let address = format!("{}{}", desk.discord.base_url(), first["url"].as_str().unwrap());
    let part = desk.browser.get(address).header("range", "bytes=4-7").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap(), "ftyp");
    desk.close().await;
}

#[tokio::test]
async fn the_page_removes_and_invites_the_bot_and_passes_messages_on() {
    let desk = Desk::open().await;
    let here = async || desk.json("/__sandbox/state?as=mia").await["bot"]["here"].clone();
    assert_eq!(here().await, true);
    assert_eq!(desk.post("/__sandbox/kick", &json!({})).await, (200, json!({})));
    assert_eq!(here().await, false);
    assert_eq!(desk.post("/__sandbox/invite", &json!({})).await, (200, json!({})));
    assert_eq!(here().await, true);

    let wish = json!({"as": "mia", "channel": "general", "text": "the clip"});
    let (_, said) = desk.post("/__sandbox/say", &wish).await;
    let forward = json!({"as": "mia", "message": said["message"], "channel": "studio"});
    let (status, passed) = desk.post("/__sandbox/forward", &forward).await;
    assert_eq!(status, 200, "{passed}");
    let delete = json!({"as": "rui", "message": said["message"]});
    assert_eq!(desk.post("/__sandbox/delete", &delete).await.0, 409, "somebody else's");
    let delete = json!({"as": "mia", "message": said["message"]});
    assert_eq!(desk.post("/__sandbox/delete", &delete).await.0, 200);
    let shown = desk.json("/__sandbox/channels/studio/messages?as=noa").await;
    let [message] = &shown["messages"].as_array().unwrap()[..] else { panic!("{shown:#}") };
    assert_eq!(message["message_snapshots"][0]["message"]["content"], "the clip");
    desk.close().await;
}

#[tokio::test]
async fn one_command_opens_the_whole_product_with_an_account_connected_and_closes_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let stop = CancellationToken::new();
    let (tell, told) = tokio::sync::oneshot::channel();
    let open = move |address: &str| tell.send(address.to_owned()).map_err(|_| anyhow::anyhow!("nobody waits"));
    let free = "127.0.0.1:0".parse().unwrap();
    let sandbox = run::run_until(free, Some(folder.path().to_owned()), stop.clone(), open);
    let visitor = async {
        let address = told.await.unwrap();
        let browser = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let page = browser.get(&address).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let state: Value =
            browser.get(format!("{address}/__sandbox/state?as=ada")).send().await.unwrap().json().await.unwrap();
        stop.cancel();
        state
    };
    let (outcome, state) = tokio::join!(sandbox, visitor);
    outcome.unwrap();
    assert_eq!(state["bot"]["online"], true);
    assert!(state["commands"].as_array().unwrap().iter().any(|command| command["name"] == "schedule"));
    let kept: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(kept.len(), 1, "each start has a folder of its own");
}
