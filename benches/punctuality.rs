//! How late the first request of a due post starts, and how late the last chunk of one that was uploaded ahead.
//!
//! `cargo bench --bench punctuality`. The program runs as it does for a team (SQLite, its own loops, real time) against the
//! local TikTok in the same process, so both share the machine. Instants are those at which the request arrives there, to
//! the millisecond.

mod given;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use greenroom::app::{App, Drive};
use greenroom::config::{Config, Roles};
use greenroom::domain::account::{Account, Delivery};
use greenroom::domain::clock::{Clock as _, PushedClock, SystemClock};
use greenroom::domain::ids::{MemberId, WorkspaceId};
use greenroom::domain::post::Due;
use greenroom::domain::publication::{Publication, upload_lead};
use greenroom::domain::review::{Manager, Member};
use greenroom::domain::video::Video;
use greenroom::flows::{Flows, connect, tokens};
use greenroom::media::{self, Staged};
use greenroom::sandbox::tiktok::{Creator, TOKEN_SHOWN, TikTok, TikTokOptions};
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use given::{Crowd, approved, percentile, say, video};

const TEAM: WorkspaceId = WorkspaceId(7);
const CLIP: &str = "tests/data/clips/ok_1080x1920_15s_24fps_h264_silent_tiny.mp4";
const KEY: &str = "R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=";

/// How long everything may take at most to be at TikTok.
const DONE_WITHIN: Duration = Duration::from_secs(180);

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        scattered(0).await?;
        scattered(100_000).await?;
        same_second().await?;
        ahead((200, 12), (25, 100)).await?;
        // Above 64 MB TikTok wants several chunks.
        ahead((50, 70), (60, 400)).await
    })
}

/// 1,000 posts over half a minute on 250 accounts.
async fn scattered(backlog: i64) -> anyhow::Result<()> {
    let desk = Desk::open(250, backlog).await?;
    let clip = desk.keep(0).await?;
    let begin = SystemClock.now() + TimeDelta::seconds(3);
    let dues = (0..1_000).map(|number: i64| begin + TimeDelta::milliseconds(number * 30 + number * 37 % 30));
    desk.schedule(&clip, dues.collect()).await?;
    let late = desk.runs(false).await?;
    report(&format!("1,000 posts at scattered times, backlog {backlog}"), "first request", &late);
    Ok(())
}

/// 500 posts in one second on 100 accounts.
async fn same_second() -> anyhow::Result<()> {
    let desk = Desk::open(100, 0).await?;
    let clip = desk.keep(0).await?;
    let due = SystemClock.now() + TimeDelta::seconds(3);
    desk.schedule(&clip, vec![due; 500]).await?;
    let late = desk.runs(false).await?;
    report("500 posts in the same second, 100 accounts", "first request", &late);
    Ok(())
}

/// So many posts of so many megabytes, each on its own account, uploaded ahead; the first is due after so many seconds, and
/// the others so many milliseconds apart.
async fn ahead((posts, megabytes): (usize, usize), (lead, apart): (i64, i64)) -> anyhow::Result<()> {
    let desk = Desk::open(posts, 0).await?;
    let clip = desk.keep(megabytes * 1_000_000).await?;
    let begin = SystemClock.now() + TimeDelta::seconds(lead);
    let dues = (0..).take(posts).map(|number: i64| begin + TimeDelta::milliseconds(number * apart));
    desk.schedule(&clip, dues.collect()).await?;
    let late = desk.runs(true).await?;
    report(&format!("{posts} posts of {megabytes} MB, uploaded ahead"), "last chunk", &late);
    Ok(())
}

fn report(what: &str, of: &str, late: &[Duration]) {
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    say(&format!(
        "{what} ({build}): {of} of {} late by p50 {:.0} ms, p90 {:.0}, p99 {:.0}, most {:.0}",
        late.len(),
        percentile(late, 50),
        percentile(late, 90),
        percentile(late, 99),
        percentile(late, 100)
    ));
}

/// The program with a team that moved in, not yet running.
struct Desk {
    folder: tempfile::TempDir,
    tiktok: TikTok,
    app: App,
    flows: Arc<Flows>,
    accounts: Vec<Account>,
}

impl Desk {
    async fn open(accounts: usize, backlog: i64) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let options = TikTokOptions { audited: true, ..TikTokOptions::new(PushedClock::running()) };
        let tiktok = TikTok::start(options).await?;
        let config = settings(&tiktok, folder.path())?;
        let app = App::build(&config, "worker".parse::<Roles>().map_err(anyhow::Error::msg)?, Arc::new(SystemClock));
        let app = app.await?;
        let flows = Arc::clone(app.flows());
        let now = SystemClock.now();
        let mut tx = flows.store.begin().await?;
        tx.ensure_workspace(TEAM, "Bench", now).await?;
        tx.commit().await?;
        let mut connected = Vec::new();
        for number in 0..accounts {
            connected.push(connects(&flows, &tiktok, &format!("bench.{number}")).await?);
        }
        if backlog > 0 {
            let url = format!("sqlite://{}/greenroom.db", folder.path().display());
            Crowd::of(backlog, 0).moves_in(&flows.store, &url).await;
        }
        Ok(Self { folder, tiktok, app, flows, accounts: connected })
    }

    /// Keeps the clip, made as large as asked by a hole that players skip.
    async fn keep(&self, size: usize) -> anyhow::Result<Video> {
        let mut bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(CLIP))?;
        if size > bytes.len() {
            bytes.extend(u32::try_from(size - bytes.len())?.to_be_bytes());
            bytes.extend(b"free");
            bytes.resize(size, 0);
        }
        let path = self.folder.path().join("clip");
        std::fs::write(&path, &bytes)?;
        let (sha256, size_bytes) = (Sha256::digest(&bytes).into(), u64::try_from(bytes.len())?);
        let now = SystemClock.now();
        let kept = video(TEAM, sha256, size_bytes, "", now);
        let kept = Video { key: media::key(TEAM, kept.id), ..kept };
        self.flows.media.keep(&Staged { path, sha256, size_bytes }, &kept.key).await?;
        let mut tx = self.flows.store.begin().await?;
        tx.add_video(&kept).await?;
        tx.commit().await?;
        Ok(kept)
    }

    async fn schedule(&self, clip: &Video, dues: Vec<DateTime<Utc>>) -> anyhow::Result<()> {
        let now = SystemClock.now();
        let lead = upload_lead(clip.size_bytes).unwrap_or_default();
        let mut tx = self.flows.store.begin().await?;
        for ((number, due), account) in (1..).zip(dues).zip(self.accounts.iter().cycle()) {
            let post = approved(account, clip, number, &due.timestamp_millis().to_string(), Due::At(due), now);
            tx.add_post(&post).await?;
            tx.add_publication(&Publication::uploaded_ahead(&post, lead, now)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Runs the program until everything is at TikTok; by how much each post was late.
    async fn runs(self, ahead: bool) -> anyhow::Result<Vec<Duration>> {
        let lines = self.flows.store.posts(TEAM, &greenroom::store::PostFilter::default(), EVERYTHING).await?;
        let tokens = self.tokens().await?;
        let asked_before = self.tiktok.journal().len();
        let running = self.app.start(Drive::ByItself, CancellationToken::new());
        let begun = Instant::now();
        while self.tiktok.ledger().len() < lines.len() {
            anyhow::ensure!(begun.elapsed() < DONE_WITHIN, "{} of {}", self.tiktok.ledger().len(), lines.len());
            pause().await;
        }
        running.stop().await?;
        // An account's posts go out in the order in which they are due: each is held against its own.
        let mut dues: BTreeMap<String, Vec<DateTime<Utc>>> = BTreeMap::new();
        for line in &lines {
            let account = self.accounts.iter().find(|account| account.id == line.account).context("whose is it?")?;
            dues.entry(account.username.clone()).or_default().extend(line.due_at);
        }
        let mut met: BTreeMap<String, Vec<DateTime<Utc>>> = BTreeMap::new();
        if ahead {
            for one in self.tiktok.ledger() {
                met.entry(one.creator).or_default().extend(one.committed_at);
            }
        } else {
            for entry in self.tiktok.journal().split_off(asked_before) {
                let account =
                    entry.token.and_then(|token| tokens.get(&token)).filter(|_| entry.endpoint == "creator_info");
                if let Some(account) = account {
                    met.entry(account.clone()).or_default().push(entry.at);
                }
            }
        }
        lateness(dues, met)
    }

    /// Whose token begins how, in the words of the local TikTok's journal.
    async fn tokens(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let mut tokens = BTreeMap::new();
        for account in &self.accounts {
            let access = tokens::access(&self.flows, account.id).await;
            let access = access.map_err(|none| anyhow::anyhow!("no token: {none:?}"))?;
            let begins: String = access.token.expose_secret().chars().take(TOKEN_SHOWN).chain(['…']).collect();
            let other = tokens.insert(begins, account.username.clone());
            anyhow::ensure!(other.is_none(), "two tokens begin alike");
        }
        Ok(tokens)
    }
}

/// By how much each was late. What is missing, or came before its time, is no figure but an error.
fn lateness(
    dues: BTreeMap<String, Vec<DateTime<Utc>>>,
    mut met: BTreeMap<String, Vec<DateTime<Utc>>>,
) -> anyhow::Result<Vec<Duration>> {
    let mut late = Vec::new();
    for (account, mut dues) in dues {
        let mut met = met.remove(&account).unwrap_or_default();
        anyhow::ensure!(met.len() == dues.len(), "{account}: {} requests for {} posts", met.len(), dues.len());
        dues.sort();
        met.sort();
        for (due, at) in dues.into_iter().zip(met) {
            // Instants of the journal are cut to the millisecond.
            let after = at - DateTime::from_timestamp_millis(due.timestamp_millis()).context("no such time")?;
            late.push(after.to_std().with_context(|| format!("{account}: due {due}, met before it, at {at}"))?);
        }
    }
    anyhow::ensure!(met.is_empty(), "requests of accounts that have no post");
    Ok(late)
}

const EVERYTHING: greenroom::store::Page = greenroom::store::Page { number: 0, size: 10_000 };

fn settings(tiktok: &TikTok, folder: &Path) -> anyhow::Result<Config> {
    let (api, folder) = (tiktok.base_url(), folder.display());
    let pairs = [
        ("DISCORD__TOKEN", "make.believe.token".to_owned()),
        ("DISCORD__API_URL", api.to_owned()),
        ("TIKTOK__CLIENT_KEY", "sandbox_key".to_owned()),
        ("TIKTOK__CLIENT_SECRET", "sandbox_secret".to_owned()),
        ("TIKTOK__API_URL", api.to_owned()),
        ("TIKTOK__AUTHORIZE_URL", api.to_owned()),
        ("TIKTOK__AUDITED", "true".to_owned()),
        ("DATABASE__URL", format!("sqlite://{folder}/greenroom.db")),
        ("MEDIA__URL", format!("file://{folder}/media")),
        ("WEB__LISTEN", "127.0.0.1:0".to_owned()),
        ("SECURITY__ENCRYPTION_KEY", KEY.to_owned()),
    ];
    Ok(Config::load(None, pairs.into_iter().map(|(key, value)| (format!("GREENROOM_{key}"), value)))?)
}

async fn connects(flows: &Flows, tiktok: &TikTok, name: &str) -> anyhow::Result<Account> {
    tiktok.add_creator(Creator::named(name, name));
    let ada = Member {
        id: MemberId(1),
        workspace: TEAM,
        name: "ada".to_owned(),
        roles: Vec::new(),
        manages: true,
        link: None,
    };
    let broken = |failure| anyhow::anyhow!("{failure:?}");
    let manager = Manager::of(&ada).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    let link = connect::begin(flows, &manager, Delivery::Direct).await.map_err(broken)?;
    let back = tiktok.consent_to_all(link.as_str(), name).map_err(anyhow::Error::msg)?;
    connect::finish_pasted(flows, &manager, &String::from(back).into()).await.map_err(broken)
}

#[expect(clippy::disallowed_methods, reason = "real time passes while real requests are made")]
async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
