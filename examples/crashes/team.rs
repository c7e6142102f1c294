//! A team that hands posts in and reviews them while the workers are being killed. What needs no TikTok goes through the
//! product's own flows; only the bytes are put into the store directly, as if they had just been fetched.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use chrono::TimeDelta;
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy};
use greenroom::domain::ids::{ChannelId, MemberId, PostId, RoleId, VideoId, WorkspaceId};
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::review::{Manager, Member, Reviewer, Word};
use greenroom::domain::video::{Video, VideoFacts};
use greenroom::domain::workspace::{Workspace, WorkspaceChange};
use greenroom::flows::{Failure, Flows, change, connect, review, setup, submit};
use greenroom::media::{self, Staged, probe};
use greenroom::sandbox::tiktok::{Creator, TikTok};
use sha2::{Digest as _, Sha256};

use crate::chance::Chance;

/// A small clip that TikTok takes; each video is this one with other padding.
const CLIP: &str = "tests/data/clips/ok_1080x1920_15s_24fps_h264_silent_tiny.mp4";

const REVIEWERS: RoleId = RoleId(7);

/// What a post was meant to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// Approved: it has to go out once, or people have to be told why not.
    Approved,
    /// Never approved, declined or withdrawn: it must not go out.
    Not,
}

/// A post that was handed in.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) post: PostId,
    pub(crate) caption: String,
    pub(crate) sha256: String,
    pub(crate) meant: Meant,
}

/// The team.
pub(crate) struct Team {
    flows: Arc<Flows>,
    workspace: Workspace,
    manager: Manager,
    author: Member,
    reviewer: Reviewer,
    accounts: Vec<(Account, CreatorInfo)>,
    clip: Vec<u8>,
    facts: VideoFacts,
    arriving: PathBuf,
    seed: u64,
}

impl Team {
    /// Sets a workspace up and connects so many accounts.
    pub(crate) async fn move_in(
        flows: &Arc<Flows>,
        tiktok: &TikTok,
        seed: u64,
        accounts: u64,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let id = WorkspaceId(1_000_000 + seed % 1_000_000_000);
        let member = |id_of, name: &str, roles: Vec<RoleId>| Member {
            id: MemberId(id_of),
            workspace: id,
            name: name.to_owned(),
            roles,
            manages: true,
        };
        let ada = Manager::of(&member(1, "ada", Vec::new())).map_err(|refusal| anyhow!("{refusal}"))?;
        let change = WorkspaceChange {
            reviewer_role: Some(REVIEWERS),
            review_channel: Some(ChannelId(8)),
            ..WorkspaceChange::default()
        };
        let workspace = setup::change(flows, &ada, "Crashes", change).await.map_err(broken)?;
        let reviewer =
            Reviewer::of(&member(3, "rui", vec![REVIEWERS]), &workspace).map_err(|refusal| anyhow!("{refusal}"))?;
        let mut connected = Vec::new();
        for number in 0..accounts {
            let name = format!("crash.{seed}.{number}");
            tiktok.add_creator(Creator::named(&name, &name));
            let account = connect(flows, tiktok, &ada, &name).await?;
            let creator = submit::creator_info(flows, account.id).await.map_err(broken)?;
            connected.push((account, creator));
        }
        let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join(CLIP);
        Ok(Self {
            flows: Arc::clone(flows),
            workspace,
            manager: ada,
            author: member(2, "mia", Vec::new()),
            reviewer,
            accounts: connected,
            facts: probe::probe_path(&clip).await.context("the clip cannot be probed")?,
            clip: std::fs::read(&clip)?,
            arriving: folder.to_owned(),
            seed,
        })
    }

    /// The name its rows go by.
    pub(crate) const fn workspace(&self) -> WorkspaceId {
        self.workspace.id
    }

    /// Hands a post in, due in a moment, and has it reviewed; one in ten is not approved or taken back.
    pub(crate) async fn hand_in(&self, number: u64, chance: &mut Chance) -> anyhow::Result<Given> {
        let index = usize::try_from(number)? % self.accounts.len();
        let (account, creator) = &self.accounts[index];
        let caption = format!("Crash {} number {number}", self.seed);
        let video = self.keep(chance).await?;
        let now = self.flows.clock.now();
        let ahead = TimeDelta::from_std(chance.millis(1_000..3_000))?;
        let mut tx = self.flows.store.begin().await?;
        let post = Post {
            id: PostId::new(now),
            workspace: self.workspace.id,
            number: tx.next_post_number(self.workspace.id).await?,
            author: self.author.id,
            author_name: self.author.name.clone(),
            account: account.id,
            video: video.id,
            video_sha256: video.sha256,
            caption: Caption::new(&caption).map_err(|refusal| anyhow!("{refusal}"))?,
            choices: Choices { privacy: Some(Privacy::PublicToEveryone), ..Choices::default() },
            due: if chance.percent(20) { Due::Asap } else { Due::At(now + ahead) },
            zone: chrono_tz::UTC,
            creator: creator.clone(),
            warnings: Vec::new(),
            state: PostState::Draft,
            verdicts: Vec::new(),
            created_at: now,
            version: 0,
        };
        let post = post.submit(&self.author, self.flows.rules.submit(), now).map_err(|refusal| anyhow!("{refusal}"))?;
        tx.add_video(&video).await?;
        tx.add_post(&post).await?;
        tx.commit().await?;
        let sha256 = hex::encode(video.sha256);
        let meant = self.judge(&post, chance).await?;
        Ok(Given { post: post.id, caption, sha256, meant })
    }

    async fn judge(&self, post: &Post, chance: &mut Chance) -> anyhow::Result<Meant> {
        let fate = chance.within(0..30);
        if fate == 0 {
            return Ok(Meant::Not);
        }
        let word = if fate == 1 { Word::Decline { reason: None } } else { Word::Approve };
        let judged = review::judge(&self.flows, &self.reviewer, post.id, post.revision(), word).await;
        match judged {
            Ok(_) => {}
            // The due time came first: then it is not approved either.
            Err(Failure::Refused(_)) => return Ok(Meant::Not),
            Err(failure) => return Err(broken(failure)),
        }
        if fate == 1 {
            return Ok(Meant::Not);
        }
        if fate == 2 {
            return match change::withdraw(&self.flows, &self.author, post.id).await {
                Ok(_) => Ok(Meant::Not),
                // A worker was faster.
                Err(Failure::Refused(_)) => Ok(Meant::Approved),
                Err(failure) => Err(broken(failure)),
            };
        }
        Ok(Meant::Approved)
    }

    /// Stores bytes no other post has: the clip and a box of padding that players skip.
    async fn keep(&self, chance: &mut Chance) -> anyhow::Result<Video> {
        let mut bytes = self.clip.clone();
        let padding = chance.bytes();
        bytes.extend(u32::try_from(padding.len() + 8)?.to_be_bytes());
        bytes.extend(b"free");
        bytes.extend(padding);
        let now = self.flows.clock.now();
        let id = VideoId::new(now);
        let key = media::key(self.workspace.id, id);
        let path = self.arriving.join(id.to_string());
        std::fs::write(&path, &bytes)?;
        let staged = Staged { path, sha256: Sha256::digest(&bytes).into(), size_bytes: u64::try_from(bytes.len())? };
        self.flows.media.keep(&staged, &key).await?;
        Ok(Video {
            id,
            workspace: self.workspace.id,
            sha256: staged.sha256,
            size_bytes: staged.size_bytes,
            facts: self.facts.clone(),
            file_name: "crash.mp4".to_owned(),
            key,
            created_by: self.author.id,
            created_at: now,
        })
    }

    /// Connects those accounts anew that lost their tokens, as a manager does who is told so; gives back how many.
    pub(crate) async fn reconnect(&self, tiktok: &TikTok) -> anyhow::Result<usize> {
        let mut count = 0;
        for account in self.flows.store.accounts(self.workspace.id).await? {
            if account.health == Health::NeedsReconnect {
                connect(&self.flows, tiktok, &self.manager, &account.username).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Whether the audit trail holds together; the number of the entry that does not fit, if not.
    pub(crate) async fn broken_trail(&self) -> anyhow::Result<Option<i64>> {
        Ok(self.flows.store.verify_audit(self.workspace.id).await?)
    }
}

async fn connect(flows: &Flows, tiktok: &TikTok, by: &Manager, name: &str) -> anyhow::Result<Account> {
    let link = connect::begin(flows, by, Delivery::Direct).await.map_err(broken)?;
    let back = tiktok.consent_to_all(link.as_str(), name).map_err(|why| anyhow!("no consent: {why}"))?;
    let given = |wanted: &str| {
        let found = back.query_pairs().find(|(key, _)| key == wanted).map(|(_, value)| value.into_owned());
        found.with_context(|| format!("TikTok sends nobody back with a `{wanted}`"))
    };
    let code = connect::Answer::Code(given("code")?.into());
    connect::finish(flows, &given("state")?, code).await.map_err(broken)
}

fn broken(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow!("refused: {refusal}"),
        Failure::Broken(error) => error,
    }
}

/// How long to wait between two posts so that all are handed in while the workers are killed.
pub(crate) fn pace(posts: u64, span: Duration) -> Duration {
    span / u32::try_from(posts.max(1)).unwrap_or(u32::MAX)
}
