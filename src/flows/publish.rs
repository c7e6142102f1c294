//! Carries one claimed publication as far as it goes now.
//!
//! Each step writes down what it is about to do before it does it, under the number its claim was given: a worker that
//! was overtaken finds its writes refused and lets go. What is written before which call is the table of
//! `ARCHITECTURE.md`, "Once"; the short form: the try before TikTok is asked to open an upload, TikTok's name for it
//! before the first byte, the point of no return before the last chunk. After that TikTok is only asked.

mod ask;
mod send;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};

use super::tokens::{self, Access, NoAccess};
use super::{Failure, Flows};
use crate::domain::account::Delivery;
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Post, PostStage, PostState, choices_refusal};
use crate::domain::publication::{
    Next, Publication, PublicationStage, PublicationState, Setback, Stage, Upload, Whose, WrongState,
};
use crate::domain::refusal::Refusal;
use crate::domain::video::{Video, judge};
use crate::store::Claim;
use crate::tiktok;
use crate::tiktok::budget::Class;
use crate::tiktok::chunks::ChunkPlan;
use crate::tiktok::publish::DirectPost;
use crate::tiktok::trouble::Trouble;
use crate::vault::Place;

/// A claim, what it is about, and how far it has come.
struct Work<'a> {
    flows: &'a Flows,
    claim: Claim,
    publication: Publication,
    post: Post,
    video: Video,
    lease: TimeDelta,
    /// The bytes were compared with their fingerprint since the claim.
    verified: bool,
}

/// Whether the worker goes on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    On,
    LetGo,
}

impl From<WrongState> for Failure {
    fn from(wrong: WrongState) -> Self {
        Self::Broken(wrong.into())
    }
}

/// Carries a claimed publication until there is nothing left to do now, and lets go of it.
///
/// # Errors
/// When the store or the media store cannot be reached. The claim then ends by itself, and whoever takes over goes on
/// from what is written down.
pub async fn carry(flows: &Flows, claim: Claim, lease: TimeDelta) -> Result<(), Failure> {
    let publication = claim.publication.clone();
    let post = flows.store.post(publication.post).await?.context("a publication's post is not in the store")?;
    let video = flows.store.video(post.video).await?.context("a post's video is not in the store")?;
    let mut work = Work { flows, claim, publication, post, video, lease, verified: false };
    loop {
        match work.step().await {
            Ok(Step::On) => {}
            Ok(Step::LetGo) => return Ok(()),
            Err(Failure::Refused(refusal)) if *refusal == Refusal::SomebodyWasFaster => {
                tracing::info!(publication.id = %work.publication.id, "Another worker took over publication {}",
                    work.publication.id);
                return Ok(());
            }
            Err(failure) => return Err(failure),
        }
    }
}

impl Work<'_> {
    async fn step(&mut self) -> Result<Step, Failure> {
        match &self.publication.state {
            PublicationState::Scheduled { .. } => self.begin().await,
            PublicationState::Publishing { attempt, .. } => match attempt.stage {
                // Whoever opened it never learnt the answer. Without its address no byte can reach it: it is inert.
                Stage::Opening => self.meet(interrupted()).await,
                Stage::Uploading { .. } => self.send_next().await,
                Stage::Committing { .. } => self.ask_before_sending_again().await,
                Stage::Delivered { .. } => self.ask().await,
            },
            PublicationState::Processing { .. } => self.ask().await,
            PublicationState::Published { .. } => self.ask_for_link().await,
            PublicationState::InInbox { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => self.let_go().await,
        }
    }

    /// Checks everything once more, then opens an upload at TikTok.
    async fn begin(&mut self) -> Result<Step, Failure> {
        if !self.is_approved() {
            self.publication = self.publication.clone().cancel(self.now())?;
            tracing::error!(publication.id = %self.publication.id,
                "Publication {} has no approval for its revision; it is cancelled", self.publication.id);
            return self.let_go().await;
        }
        let access = match tokens::access(self.flows, self.publication.account).await {
            Ok(access) => access,
            Err(none) => return self.meet(no_access(none)?).await,
        };
        if let Err(setback) = self.preflight(&access).await {
            return self.meet(setback).await;
        }
        let Some(plan) = ChunkPlan::for_size(self.video.size_bytes) else {
            return self.meet(broken_bytes("The stored video is empty or larger than TikTok takes.")).await;
        };
        if let Some(setback) = self.verify().await? {
            return self.meet(setback).await;
        }
        if let Err(trouble) = self.flows.budget.take(&access.account.open_id, Class::Open) {
            return self.meet(setback(&trouble)).await;
        }

        let asked_at = self.now();
        self.publication = self.publication.clone().start(asked_at)?;
        self.keep(Some(Notice::Card { post: self.post.id })).await?;
        let opened = match access.account.delivery {
            Delivery::Direct => self.flows.tiktok.open_direct(&access.token, &self.direct_post()?, &plan).await,
            Delivery::Draft => self.flows.tiktok.open_draft(&access.token, &plan).await,
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(trouble) => return self.meet(setback(&trouble)).await,
        };
        let row = self.attempt_row()?;
        let upload = Upload {
            publish_id: opened.publish_id,
            sealed_url: self.flows.vault.seal(place(&row), &opened.upload_url),
            issued_at: asked_at,
            size_bytes: plan.size_bytes,
            chunk_bytes: plan.chunk_bytes,
            chunk_count: plan.count,
        };
        self.publication = self.publication.clone().open(upload)?;
        self.keep(None).await?;
        Ok(Step::On)
    }

    fn is_approved(&self) -> bool {
        let approved = matches!(self.post.state, PostState::Approved { .. });
        approved
            && self.post.revision() == self.publication.revision
            && self.claim.post_stage == PostStage::Approved
            && self.claim.post_revision == self.publication.revision
    }

    /// What may have changed since the review: the creator's permissions and limits.
    async fn preflight(&self, access: &Access) -> Result<(), Setback> {
        if access.account.delivery == Delivery::Draft {
            return Ok(());
        }
        self.flows.budget.take(&access.account.open_id, Class::CreatorInfo).map_err(|trouble| setback(&trouble))?;
        let creator = match self.flows.tiktok.creator_info(&access.token).await {
            Err(refused) if refused.next == tiktok::trouble::Next::Renew => {
                let access = tokens::access_after_refusal(self.flows, access).await;
                let access = access.map_err(|none| no_access(none).unwrap_or_else(|_| interrupted()))?;
                self.flows.tiktok.creator_info(&access.token).await
            }
            answered => answered,
        };
        let creator = creator.map_err(|trouble| setback(&trouble))?;
        if let Some(refusal) = choices_refusal(&self.post.choices, &creator, self.flows.rules.audited) {
            return Err(changed_meanwhile(&refusal));
        }
        let limit = Some(creator.max_duration_seconds);
        match judge(&self.video.facts, self.video.size_bytes, &self.flows.rules.video, limit) {
            Ok(_) => Ok(()),
            Err(refusal) => Err(changed_meanwhile(&refusal.into())),
        }
    }

    /// Compares the stored bytes with the fingerprint that was approved, once for each claim.
    async fn verify(&mut self) -> Result<Option<Setback>, Failure> {
        if self.verified {
            return Ok(None);
        }
        let whole = 0..self.video.size_bytes;
        let mut pieces = self.flows.media.stream(&self.video.key, whole).await.context("the video cannot be read")?;
        let mut hash = Sha256::new();
        while let Some(piece) = pieces.try_next().await.context("the video cannot be read")? {
            hash.update(&piece);
        }
        let found: [u8; 32] = hash.finalize().into();
        self.verified = found == self.video.sha256;
        Ok((!self.verified).then(|| broken_bytes("The stored video is no longer the one that was approved.")))
    }

    fn direct_post(&self) -> Result<DirectPost, Failure> {
        let choices = &self.post.choices;
        let privacy = choices.privacy.context("an approved post has no privacy")?;
        Ok(DirectPost {
            title: self.post.caption.as_str().to_owned(),
            privacy,
            disable_comment: !choices.comments,
            disable_duet: !choices.duet,
            disable_stitch: !choices.stitch,
            cover_millis: choices.cover_millis,
            brand_content: choices.discloses && choices.branded_content,
            brand_organic: choices.discloses && choices.own_brand,
            ai_generated: choices.ai_generated,
        })
    }

    /// Notes a setback and lets go. People hear of it when it is the end.
    async fn meet(&mut self, setback: Setback) -> Result<Step, Failure> {
        tracing::warn!(publication.id = %self.publication.id, code = setback.code, "Publication {} met `{}`: {}",
            self.publication.id, setback.code, setback.said);
        self.publication = self.publication.clone().meet(setback, self.now())?;
        self.let_go().await
    }

    /// Writes the present state down and goes on holding the claim.
    async fn keep(&mut self, notice: Option<Notice>) -> Result<(), Failure> {
        let now = self.now();
        let mut tx = self.flows.store.begin().await?;
        tx.keep(&self.claim, &self.publication, now + self.lease).await?;
        if let Some(notice) = notice {
            tx.tell(self.post.workspace, &notice, now).await?;
            self.flows.nudges.outbox.notify_one();
        }
        tx.commit().await?;
        Ok(())
    }

    /// Writes the present state down, tells people what is new, and gives the claim back.
    async fn let_go(&mut self) -> Result<Step, Failure> {
        let now = self.now();
        let stage = self.publication.stage();
        let changed = stage != self.claim.publication.stage();
        let mut tx = self.flows.store.begin().await?;
        tx.release(&self.claim, &self.publication).await?;
        if changed {
            tx.tell(self.post.workspace, &Notice::Card { post: self.post.id }, now).await?;
            let act = format!("publication.{}", stage.word());
            let detail = serde_json::json!({ "attempts": self.publication.attempts });
            let program = crate::domain::workspace::Actor::Program;
            tx.audit(self.post.workspace, &program, &act, Some(self.post.id), detail, now).await?;
        }
        if let Some(happening) = happening(stage).filter(|_| changed) {
            let notice = Notice::Happened { post: self.post.id, happening };
            tx.tell(self.post.workspace, &notice, now).await?;
        }
        tx.commit().await?;
        self.flows.nudges.outbox.notify_one();
        self.flows.nudges.publisher.notify_one();
        tracing::info!(publication.id = %self.publication.id, "Publication {} is {}", self.publication.id, stage.said());
        Ok(Step::LetGo)
    }

    fn now(&self) -> DateTime<Utc> {
        self.flows.clock.now()
    }

    fn attempt_row(&self) -> Result<String, Failure> {
        let attempt = self.publication.attempt().context("no attempt is under way")?;
        Ok(attempt.id.to_string())
    }
}

const fn happening(stage: PublicationStage) -> Option<Happening> {
    match stage {
        PublicationStage::Published => Some(Happening::Published),
        PublicationStage::InInbox => Some(Happening::InInbox),
        PublicationStage::Failed => Some(Happening::Failed),
        PublicationStage::Unclear => Some(Happening::Unclear),
        PublicationStage::Scheduled
        | PublicationStage::Publishing
        | PublicationStage::Processing
        | PublicationStage::Cancelled => None,
    }
}

fn place(row: &str) -> Place<'_> {
    Place { table: "attempts", column: "upload_url", row }
}

/// What TikTok's trouble means for the publication.
fn setback(trouble: &Trouble) -> Setback {
    let next = match trouble.next {
        tiktok::trouble::Next::Later(wait) => {
            Next::Later { at_least_seconds: wait.map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(i64::MAX)) }
        }
        tiktok::trouble::Next::Renew => Next::Later { at_least_seconds: 0 },
        tiktok::trouble::Next::Reconnect | tiktok::trouble::Next::Never => Next::Never,
        tiktok::trouble::Next::Unclear => Next::Unclear,
    };
    Setback {
        code: trouble.code.clone(),
        said: trouble.sentence(),
        hint: trouble.hint().to_owned(),
        whose: trouble.whose(),
        next,
    }
}

fn no_access(none: NoAccess) -> Result<Setback, Failure> {
    match none {
        NoAccess::Trouble(trouble) => Ok(setback(&trouble)),
        NoAccess::NotConnected(account) => Ok(Setback {
            code: "needs_reconnect".into(),
            said: format!("`@{}` is no longer connected.", account.username),
            hint: "a manager runs `/account connect` and signs in as that account, then `/post retry`".into(),
            whose: Whose::Manager,
            next: Next::Never,
        }),
        NoAccess::Broken(error) => Err(Failure::Broken(error)),
    }
}

fn interrupted() -> Setback {
    Setback {
        code: "interrupted".into(),
        said: "The program was stopped before the upload began.".into(),
        hint: "nothing was sent; it is tried again by itself".into(),
        whose: Whose::Operator,
        next: Next::Later { at_least_seconds: 0 },
    }
}

fn broken_bytes(said: &str) -> Setback {
    Setback {
        code: "video_damaged".into(),
        said: said.into(),
        hint: "hand the video in again with `/schedule`".into(),
        whose: Whose::Operator,
        next: Next::Never,
    }
}

fn changed_meanwhile(refusal: &Refusal) -> Setback {
    Setback {
        code: "creator_changed".into(),
        said: format!("The creator's settings changed after the review. {refusal}"),
        hint: format!("{}; then `/post edit`, and it is reviewed anew", refusal.hint()),
        whose: Whose::Author,
        next: Next::Never,
    }
}
