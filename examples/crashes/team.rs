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
use greenroom::domain::review::{KnownRights, Manager, Member, Reviewer, Word};
use greenroom::domain::video::Video;
use greenroom::domain::workspace::{Workspace, WorkspaceChange};
use greenroom::flows::{Failure, Flows, change, connect, review, setup, submit};
use greenroom::sandbox::tiktok::{Creator, TikTok};

use crate::chance::Chance;
use crate::course::Course;
use crate::videos::Videos;

/// What becomes of one post in thirty each, other than that it is approved: nobody looks at it, it is declined, it is
/// withdrawn, its reviewer leaves.
const FORGOTTEN: u64 = 0;
const DECLINED: u64 = 1;
const WITHDRAWN: u64 = 2;
const LEFT: u64 = 3;

/// How many drafts an account gets.
const DRAFTS_FOR_EACH: usize = 4;

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
    /// Approved by somebody who may not judge any more as soon as that is known: it goes out before, or not at all.
    Either,
}

/// A post that was handed in.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) post: PostId,
    pub(crate) caption: String,
    pub(crate) sha256: [u8; 32],
    pub(crate) revision: Revision,
    pub(crate) delivery: Delivery,
    /// The handle of the account it is for.
    pub(crate) account: String,
    /// The audience that was chosen, in TikTok's word; empty for a draft.
    pub(crate) privacy: String,
    /// Not before this, where it has a time.
    pub(crate) due: Option<DateTime<Utc>>,
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
    /// Reviews like the other, and has left by the time anybody asks.
    leaver: Member,
    accounts: Vec<Account>,
    /// They take drafts, a few each: TikTok keeps no more than five for a creator.
    for_drafts: Vec<Account>,
    drafts: usize,
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
            connected.push(connect(flows, tiktok, &ada, &name, Delivery::Direct).await?);
        }
        let mut for_drafts = Vec::new();
        for number in 0..accounts.div_ceil(4) {
            let name = format!("{names}.draft.{number}");
            tiktok.add_creator(Creator::named(&name, &name));
            for_drafts.push(connect(flows, tiktok, &ada, &name, Delivery::Draft).await?);
        }
        let first = connected.first().context("there is no account")?.id;
        Ok(Self {
            flows: Arc::clone(flows),
            creator: submit::creator_info(flows, first, Delivery::Direct).await.map_err(broken)?,
            videos: Videos::of(id, MemberId(ids.author), folder).await?,
            author: member(ids.author, "mia", Vec::new()),
            leaver: member(ids.reviewer + 1_000, "lea", vec![RoleId(ids.reviewer_role)]),
            manager: ada,
            workspace,
            reviewer,
            accounts: connected,
            for_drafts,
            drafts: 0,
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
        let fate = chance.within(0..30);
        let due = match ahead {
            Some(ahead) => Due::At(now + TimeDelta::from_std(ahead)?),
            // There has to be a moment in which it becomes known.
            None if fate == LEFT => Due::At(now + TimeDelta::milliseconds(500)),
            None => Due::Asap,
        };
        let mut tx = self.flows.store.begin().await?;
        let row = tx.next_post_number(self.workspace.id).await?;
        let account = self.account(turn, is_large, chance)?;
        let privacy = chance.one_of(&self.creator.privacy_options);
        let privacy = (account.delivery == Delivery::Direct).then_some(privacy);
        let post = self.draft((number, row), &account, privacy, &video, due, now)?;
        let post = post.submit(&self.author, self.flows.rules.submit(), now).map_err(|refusal| anyhow!("{refusal}"))?;
        tx.add_video(&video).await?;
        tx.add_post(&post).await?;
        tx.commit().await?;
        let meant = self.judge(&post, fate).await?;
        let caption = post.caption.as_str().to_owned();
        Ok(Given {
            post: post.id,
            caption,
            sha256: video.sha256,
            revision: post.revision(),
            delivery: post.delivery,
            account: account.username,
            privacy: post.choices.privacy.as_ref().map(|chosen| chosen.wire().to_owned()).unwrap_or_default(),
            due: match due {
                Due::At(at) => Some(at),
                Due::Asap => None,
            },
            meant,
        })
    }

    /// The account whose turn it is; one post in twenty is a draft, as long as there is room for drafts.
    fn account(&mut self, turn: u64, is_large: bool, chance: &mut Chance) -> anyhow::Result<Account> {
        // Of a draft TikTok knows no caption: it is told by its bytes, and those large ones share.
        if chance.percent(5) && !is_large && self.drafts / DRAFTS_FOR_EACH < self.for_drafts.len() {
            self.drafts += 1;
            return Ok(self.for_drafts[(self.drafts - 1) / DRAFTS_FOR_EACH].clone());
        }
        Ok(self.accounts[usize::try_from(turn)? % self.accounts.len()].clone())
    }

    fn draft(
        &self,
        (number, row): (u64, i64),
        account: &Account,
        privacy: Option<Privacy>,
        video: &Video,
        due: Due,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Post> {
        let caption = format!("Crash number {number}");
        Ok(Post {
            id: PostId::new(now),
            workspace: self.workspace.id,
            number: row,
            author: self.author.id,
            author_name: self.author.name.clone(),
            delivery: account.delivery,
            account: account.id,
            video: video.id,
            video_sha256: video.sha256,
            caption: Caption::new(&caption).map_err(|refusal| anyhow!("{refusal}"))?,
            choices: Choices { privacy, ..Choices::default() },
            due,
            zone: chrono_tz::UTC,
            creator: match account.delivery {
                Delivery::Draft => CreatorInfo::unknown(&account.nickname, &account.username),
                Delivery::Direct => CreatorInfo { username: account.username.clone(), ..self.creator.clone() },
            },
            warnings: Vec::new(),
            in_spite_of: Vec::new(),
            state: PostState::Draft,
            verdicts: Vec::new(),
            created_at: now,
            version: 0,
        })
    }

    async fn judge(&self, post: &Post, fate: u64) -> anyhow::Result<Meant> {
        if fate == FORGOTTEN {
            return Ok(Meant::Not);
        }
        let word = if fate == DECLINED { Word::Decline { reason: None } } else { Word::Approve };
        // One each, or the next approval would say that they are back.
        let left = Member { id: MemberId(self.leaver.id.0 + u64::try_from(post.number)?), ..self.leaver.clone() };
        let leaver = Reviewer::of(&left, &self.workspace).map_err(|refusal| anyhow!("{refusal}"))?;
        let reviewer = if fate == LEFT { &leaver } else { &self.reviewer };
        let judged = review::judge(&self.flows, reviewer, post.id, post.revision(), word).await;
        match judged {
            Ok(_) => {}
            // The due time came first: then it is not approved either.
            Err(Failure::Refused(_)) => return Ok(Meant::Not),
            Err(failure) => return Err(broken(failure)),
        }
        if fate == DECLINED {
            return Ok(Meant::Not);
        }
        if fate == LEFT {
            let now = self.flows.clock.now();
            let mut tx = self.flows.store.begin().await?;
            tx.note_rights(self.workspace.id, left.id, &KnownRights::gone(now)).await?;
            tx.commit().await?;
            return Ok(Meant::Either);
        }
        if fate == WITHDRAWN {
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
                let back = connect(&self.flows, tiktok, &self.manager, &account.username, account.delivery).await;
                count += usize::from(back.is_ok());
            }
        }
        Ok(count)
    }

    async fn broken_trail(&self) -> anyhow::Result<Option<i64>> {
        Ok(self.flows.store.verify_audit(self.workspace.id).await?)
    }
}

async fn connect(
    flows: &Flows,
    tiktok: &TikTok,
    by: &Manager,
    name: &str,
    delivery: Delivery,
) -> anyhow::Result<Account> {
    let link = connect::begin(flows, by, delivery).await.map_err(broken)?;
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
