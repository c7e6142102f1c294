//! Teams that hand posts in and review them while the workers are being killed. What needs no TikTok goes through the
//! product's own flows; only the bytes are put into the store directly, as if they had just been fetched.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy};
use greenroom::domain::ids::{ChannelId, MemberId, PostId, RoleId, WorkspaceId};
use greenroom::domain::post::{Due, Post, PostState, Revision};
use greenroom::domain::review::{Manager, Member, Reviewer, Word};
use greenroom::domain::video::Video;
use greenroom::domain::workspace::{Workspace, WorkspaceChange};
use greenroom::flows::{Failure, Flows, change, connect, review, setup, submit};
use greenroom::sandbox::tiktok::{Creator, TikTok};

use crate::chance::Chance;
use crate::course::Course;
use crate::videos::Videos;

/// Who is who, and where they talk; Discord's ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) workspace: u64,
    pub(crate) review_channel: u64,
    pub(crate) reviewer_role: u64,
    pub(crate) manager: u64,
    pub(crate) author: u64,
    pub(crate) reviewer: u64,
}

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
    pub(crate) sha256: [u8; 32],
    pub(crate) revision: Revision,
    pub(crate) meant: Meant,
}

/// Every team of a run. They take turns.
pub(crate) struct Teams(Vec<Team>);

impl Teams {
    /// Sets them up, each with its share of the accounts.
    pub(crate) async fn move_in(
        flows: &Arc<Flows>,
        tiktok: &TikTok,
        ids: Ids,
        course: &Course,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let mut teams = Vec::new();
        for number in 0..course.teams() {
            let ids = Ids { workspace: ids.workspace + number, ..ids };
            let accounts = course.accounts().div_ceil(course.teams());
            let names = format!("crash.{}.{number}", course.seed);
            teams.push(Team::move_in(flows, tiktok, ids, &names, accounts, folder).await?);
        }
        Ok(Self(teams))
    }

    /// One of them hands a post in; see [`Team::hand_in`].
    pub(crate) async fn hand_in(
        &mut self,
        number: u64,
        is_large: bool,
        ahead: Option<Duration>,
        chance: &mut Chance,
    ) -> anyhow::Result<Given> {
        let (turn, whose) = (number / self.count()?, number % self.count()?);
        self.0[usize::try_from(whose)?].hand_in((number, turn), is_large, ahead, chance).await
    }

    fn count(&self) -> anyhow::Result<u64> {
        Ok(u64::try_from(self.0.len())?)
    }

    /// Connects those accounts anew that lost their tokens, as managers do who are told so; gives back how many.
    pub(crate) async fn reconnect(&self, tiktok: &TikTok) -> anyhow::Result<usize> {
        let mut count = 0;
        for team in &self.0 {
            count += team.reconnect(tiktok).await?;
        }
        Ok(count)
    }

    /// Which audit trails do not hold together, and from which entry on.
    pub(crate) async fn broken_trails(&self) -> anyhow::Result<Vec<String>> {
        let mut broken = Vec::new();
        for team in &self.0 {
            let entry = team.broken_trail().await?;
            broken.extend(
                entry.map(|entry| format!("the audit trail of {} is broken at entry {entry}", team.workspace.id)),
            );
        }
        Ok(broken)
    }
}

/// One team.
struct Team {
    flows: Arc<Flows>,
    workspace: Workspace,
    manager: Manager,
    author: Member,
    reviewer: Reviewer,
    accounts: Vec<Account>,
    creator: CreatorInfo,
    videos: Videos,
}

impl Team {
    /// Sets a workspace up and connects so many accounts.
    async fn move_in(
        flows: &Arc<Flows>,
        tiktok: &TikTok,
        ids: Ids,
        names: &str,
        accounts: u64,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let id = WorkspaceId(ids.workspace);
        let member = |of: u64, name: &str, roles: Vec<RoleId>| Member {
            id: MemberId(of),
            workspace: id,
            name: name.to_owned(),
            roles,
            manages: true,
            link: None,
        };
        let refused = |refusal| anyhow!("{refusal}");
        let ada = Manager::of(&member(ids.manager, "ada", Vec::new())).map_err(refused)?;
        let change = WorkspaceChange {
            reviewer_role: Some(RoleId(ids.reviewer_role)),
            review_channel: Some(ChannelId(ids.review_channel)),
            ..WorkspaceChange::default()
        };
        let workspace = setup::change(flows, &ada, "Crashes", change).await.map_err(broken)?;
        let rui = member(ids.reviewer, "rui", vec![RoleId(ids.reviewer_role)]);
        let reviewer = Reviewer::of(&rui, &workspace).map_err(refused)?;
        let mut connected = Vec::new();
        for number in 0..accounts {
            let name = format!("{names}.{number}");
            tiktok.add_creator(Creator::named(&name, &name));
            connected.push(connect(flows, tiktok, &ada, &name).await?);
        }
        let first = connected.first().context("there is no account")?.id;
        Ok(Self {
            flows: Arc::clone(flows),
            creator: submit::creator_info(flows, first, Delivery::Direct).await.map_err(broken)?,
            videos: Videos::of(id, MemberId(ids.author), folder).await?,
            author: member(ids.author, "mia", Vec::new()),
            manager: ada,
            workspace,
            reviewer,
            accounts: connected,
        })
    }

    /// Hands a post in that is due after that long, or as soon as it is approved, and has it reviewed; one in ten is not
    /// approved or taken back.
    async fn hand_in(
        &mut self,
        (number, turn): (u64, u64),
        is_large: bool,
        ahead: Option<Duration>,
        chance: &mut Chance,
    ) -> anyhow::Result<Given> {
        let (media, clock) = (&self.flows.media, &self.flows.clock);
        let video = if is_large {
            self.videos.large(media, clock, chance).await?
        } else {
            self.videos.small(media, clock, chance).await?
        };
        let now = clock.now();
        let due = match ahead {
            Some(ahead) => Due::At(now + TimeDelta::from_std(ahead)?),
            None => Due::Asap,
        };
        let mut tx = self.flows.store.begin().await?;
        let row = tx.next_post_number(self.workspace.id).await?;
        let post = self.draft((number, turn), row, &video, due, now)?;
        let post = post.submit(&self.author, self.flows.rules.submit(), now).map_err(|refusal| anyhow!("{refusal}"))?;
        tx.add_video(&video).await?;
        tx.add_post(&post).await?;
        tx.commit().await?;
        let meant = self.judge(&post, chance).await?;
        let caption = post.caption.as_str().to_owned();
        Ok(Given { post: post.id, caption, sha256: video.sha256, revision: post.revision(), meant })
    }

    fn draft(
        &self,
        (number, turn): (u64, u64),
        row: i64,
        video: &Video,
        due: Due,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Post> {
        let account = &self.accounts[usize::try_from(turn)? % self.accounts.len()];
        let caption = format!("Crash number {number}");
        Ok(Post {
            id: PostId::new(now),
            workspace: self.workspace.id,
            number: row,
            author: self.author.id,
            author_name: self.author.name.clone(),
            delivery: Delivery::Direct,
            account: account.id,
            video: video.id,
            video_sha256: video.sha256,
            caption: Caption::new(&caption).map_err(|refusal| anyhow!("{refusal}"))?,
            choices: Choices { privacy: Some(Privacy::PublicToEveryone), ..Choices::default() },
            due,
            zone: chrono_tz::UTC,
            creator: CreatorInfo { username: account.username.clone(), ..self.creator.clone() },
            warnings: Vec::new(),
            in_spite_of: Vec::new(),
            state: PostState::Draft,
            verdicts: Vec::new(),
            created_at: now,
            version: 0,
        })
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

    async fn reconnect(&self, tiktok: &TikTok) -> anyhow::Result<usize> {
        let mut count = 0;
        for account in self.flows.store.accounts(self.workspace.id).await? {
            if account.health == Health::NeedsReconnect {
                // TikTok is in trouble for a manager as well: who meets it tries again in a moment.
                count += usize::from(connect(&self.flows, tiktok, &self.manager, &account.username).await.is_ok());
            }
        }
        Ok(count)
    }

    async fn broken_trail(&self) -> anyhow::Result<Option<i64>> {
        Ok(self.flows.store.verify_audit(self.workspace.id).await?)
    }
}

async fn connect(flows: &Flows, tiktok: &TikTok, by: &Manager, name: &str) -> anyhow::Result<Account> {
    let link = connect::begin(flows, by, Delivery::Direct).await.map_err(broken)?;
    let back = tiktok.consent_to_all(link.as_str(), name).map_err(|why| anyhow!("no consent: {why}"))?;
    // Brought back by the manager who was given the link: no Discord is asked, because mostly there is none.
    connect::finish_pasted(flows, by, &String::from(back).into()).await.map_err(broken)
}

fn broken(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow!("refused: {refusal}"),
        Failure::Broken(error) => error,
    }
}
