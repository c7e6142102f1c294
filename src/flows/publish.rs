//! Carries one claimed publication as far as it goes now.
//!
//! Each step writes down what it is about to do before it does it, under the number its claim was given: a worker that
//! was overtaken finds its writes refused and lets go. What is written before which call is the table of
//! `ARCHITECTURE.md`, "Once"; the short form: the try before TikTok is asked to open an upload, TikTok's name for it
//! before the first byte, the point of no return before the last chunk. After that TikTok is only asked.

mod ask;
mod send;
mod setbacks;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};

use self::setbacks::{broken_bytes, changed_meanwhile, interrupted, no_access, our_fault, setback};
use super::tokens::{self, Access};
use super::{Failure, Flows};
use crate::domain::account::Delivery;
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Post, PostStage, PostState, choices_refusal};
use crate::domain::publication::{
    self, Publication, PublicationStage, PublicationState, Setback, Stage, Upload, WrongState,
};
use crate::domain::refusal::Refusal;
use crate::domain::video::{Video, judge};
use crate::media::MediaError;
use crate::store::Claim;
use crate::tiktok::budget::Class;
use crate::tiktok::chunks::ChunkPlan;
use crate::tiktok::publish::{DirectPost, Opened};
use crate::tiktok::trouble::{Kind, Next, Trouble};
use crate::vault::Place;

/// How long the message about held posts waits for the others of the same outage, which are found within moments.
const GATHER: TimeDelta = TimeDelta::seconds(10);

/// A claim, what it is about, and how far it has come.
struct Work<'a> {
    flows: &'a Flows,
    claim: Claim,
    publication: Publication,
    post: Post,
    video: Video,
    lease: TimeDelta,
    /// The stage and the setback's code as they were last written down: what the card shows.
    written: (PublicationStage, Option<String>),
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
    let written = shown(&publication);
    let mut work = Work { flows, claim, publication, post, video, lease, written, verified: false };
    loop {
        match work.step().await {
            Ok(Step::On) => {}
            Ok(Step::LetGo) => return Ok(()),
            Err(Failure::Refused(refusal)) if *refusal == Refusal::SomebodyWasFaster => {
                tracing::info!(publication.id = %work.publication.id, "Another worker took over publication {}",
                    work.publication.id);
                return Ok(());
            }
            // Once a try has begun its own end is near; before that this could go on for ever and nobody would know.
            Err(Failure::Broken(error)) if work.publication.stage() == PublicationStage::Scheduled => {
                tracing::error!(publication.id = %work.publication.id, "Publication {} cannot begin: {error:?}",
                    work.publication.id);
                return work.meet(our_fault()).await.map(drop);
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
                #[cfg(feature = "crash-mutant-restart")]
                Stage::Committing { .. } => self.forget_what_was_begun().await,
                #[cfg(not(feature = "crash-mutant-restart"))]
                Stage::Committing { .. } => self.ask_before_sending_again().await,
                Stage::Delivered { .. } => self.ask().await,
            },
            PublicationState::Processing { .. } => self.ask().await,
            PublicationState::Published { .. } => self.ask_for_link().await,
            PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => self.let_go().await,
        }
    }

    /// Checks everything once more, then opens an upload at TikTok.
    async fn begin(&mut self) -> Result<Step, Failure> {
        if self.publication.wake_at().is_some_and(|at| at > self.now()) {
            // Woken too early, by a nudge or by a clock that was set back.
            return self.let_go().await;
        }
        if !self.is_approved() {
            self.publication = self.publication.clone().cancel(self.now())?;
            tracing::error!(publication.id = %self.publication.id,
                "Publication {} has no approval for its revision; it is cancelled", self.publication.id);
            return self.let_go().await;
        }
        if self.publication.is_late(self.flows.rules.late_after, self.now()) {
            self.publication = self.publication.clone().hold(self.now())?;
            return self.let_go().await;
        }
        let access = match tokens::access(self.flows, self.publication.account).await {
            Ok(access) => access,
            Err(none) => return self.meet(no_access(none)?).await,
        };
        let access = match self.preflight(access).await? {
            Ok(access) => access,
            Err(setback) => return self.meet(setback).await,
        };
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
        self.open(&access, &plan, asked_at).await
    }

    /// Opens an upload and writes down what TikTok calls it, before the first byte leaves.
    async fn open(&mut self, access: &Access, plan: &ChunkPlan, asked_at: DateTime<Utc>) -> Result<Step, Failure> {
        let opened = match self.open_upload(access, plan).await? {
            // A refused token opened nothing, so asking once more with a new one is safe.
            Err(refused) if refused.next == Next::Renew => {
                match tokens::access_after_refusal(self.flows, access).await {
                    Ok(access) => self.open_upload(&access, plan).await?,
                    Err(none) => return self.meet(no_access(none)?).await,
                }
            }
            answered => answered,
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
        // Left out, the crash test must find what comes of it.
        if !cfg!(feature = "crash-mutant-late") {
            self.keep(None).await?;
        }
        Ok(Step::On)
    }

    /// What this program must never do, for the crash test to find: begin anew after the last bytes may have left.
    #[cfg(feature = "crash-mutant-restart")]
    async fn forget_what_was_begun(&mut self) -> Result<Step, Failure> {
        self.publication.state = PublicationState::Scheduled { wake_at: self.now(), setback: None };
        self.let_go().await
    }

    async fn open_upload(&self, access: &Access, plan: &ChunkPlan) -> Result<Result<Opened, Trouble>, Failure> {
        Ok(match access.account.delivery {
            Delivery::Direct => self.flows.tiktok.open_direct(&access.token, &self.direct_post()?, plan).await,
            Delivery::Draft => self.flows.tiktok.open_draft(&access.token, plan).await,
        })
    }

    fn is_approved(&self) -> bool {
        let approved = matches!(self.post.state, PostState::Approved { .. });
        approved
            && self.post.revision() == self.publication.revision
            && self.claim.post_stage == PostStage::Approved
            && self.claim.post_revision == self.publication.revision
    }

    /// What may have changed since the review: the creator's permissions and limits. Gives back the token that works.
    async fn preflight(&self, access: Access) -> Result<Result<Access, Setback>, Failure> {
        if access.account.delivery == Delivery::Draft {
            return Ok(Ok(access));
        }
        if let Err(trouble) = self.flows.budget.take(&access.account.open_id, Class::CreatorInfo) {
            return Ok(Err(setback(&trouble)));
        }
        let (access, creator) = match self.flows.tiktok.creator_info(&access.token).await {
            Err(refused) if refused.next == Next::Renew => {
                let access = match tokens::access_after_refusal(self.flows, &access).await {
                    Ok(access) => access,
                    Err(none) => return Ok(Err(no_access(none)?)),
                };
                let creator = self.flows.tiktok.creator_info(&access.token).await;
                (access, creator)
            }
            answered => (access, answered),
        };
        let creator = match creator {
            Ok(creator) => creator,
            Err(trouble) => return Ok(Err(setback(&trouble))),
        };
        if let Some(refusal) = choices_refusal(&self.post.choices, &creator, self.flows.rules.audited) {
            return Ok(Err(changed_meanwhile(&refusal)));
        }
        let limit = Some(creator.max_duration_seconds);
        match judge(&self.video.facts, self.video.size_bytes, &self.flows.rules.video, limit) {
            Ok(_) => Ok(Ok(access)),
            Err(refusal) => Ok(Err(changed_meanwhile(&refusal.into()))),
        }
    }

    /// Compares the stored bytes with the fingerprint that was approved, once for each claim.
    async fn verify(&mut self) -> Result<Option<Setback>, Failure> {
        if self.verified {
            return Ok(None);
        }
        self.verified = match self.fingerprint().await {
            Ok(found) => found == self.post.video_sha256,
            Err(MediaError::Missing { .. } | MediaError::Changed { .. }) => false,
            Err(error) => return Err(anyhow::Error::new(error).context("the video cannot be read").into()),
        };
        Ok((!self.verified).then(|| broken_bytes("The stored video is no longer the one that was approved.")))
    }

    async fn fingerprint(&self) -> Result<[u8; 32], MediaError> {
        let mut pieces = self.flows.media.stream(&self.video.key, 0..self.video.size_bytes).await?;
        let mut hash = Sha256::new();
        while let Some(piece) = pieces.try_next().await? {
            hash.update(&piece);
        }
        Ok(hash.finalize().into())
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
        if setback.code == Kind::OwnPace.code() && self.publication.stage() == PublicationStage::Scheduled {
            return self.wait_for_our_turn(&setback).await;
        }
        tracing::warn!(publication.id = %self.publication.id, code = setback.code, "Publication {} met `{}`: {}",
            self.publication.id, setback.code, setback.said);
        self.publication = self.publication.clone().meet(setback, self.now())?;
        self.let_go().await
    }

    /// Our own pace at TikTok is spent for a moment: the try begins as soon as it is this account's turn again. That is
    /// no trouble, and nobody is told.
    async fn wait_for_our_turn(&mut self, setback: &Setback) -> Result<Step, Failure> {
        let seconds = match setback.next {
            publication::Next::Later { at_least_seconds } => at_least_seconds,
            publication::Next::Never | publication::Next::Unclear => 0,
        };
        // The wait was cut to whole seconds; one more makes it our turn.
        let until = self.now() + TimeDelta::seconds(seconds + 1);
        self.publication = self.publication.clone().postpone(until)?;
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
        self.written = shown(&self.publication);
        Ok(())
    }

    /// Writes the present state down, tells people what is new, and gives the claim back.
    async fn let_go(&mut self) -> Result<Step, Failure> {
        let now = self.now();
        let stage = self.publication.stage();
        let changed = stage != self.written.0;
        let mut tx = self.flows.store.begin().await?;
        tx.release(&self.claim, &self.publication).await?;
        if self.written != shown(&self.publication) {
            tx.tell(self.post.workspace, &Notice::Card { post: self.post.id }, now).await?;
        }
        if changed {
            let act = format!("publication.{}", stage.word());
            let detail = serde_json::json!({ "attempts": self.publication.attempts });
            let program = crate::domain::workspace::Actor::Program;
            tx.audit(self.post.workspace, &program, &act, Some(self.post.id), detail, now).await?;
        }
        if let Some(happening) = happening(stage).filter(|_| changed) {
            let notice = Notice::Happened { post: self.post.id, happening };
            tx.tell(self.post.workspace, &notice, now).await?;
        }
        if changed && stage == PublicationStage::Held {
            tx.tell(self.post.workspace, &Notice::Held, now + GATHER).await?;
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

fn shown(publication: &Publication) -> (PublicationStage, Option<String>) {
    let code = match &publication.state {
        PublicationState::Scheduled { setback, .. } => setback.as_ref().map(|setback| setback.code.clone()),
        PublicationState::Failed { setback, .. } | PublicationState::Unclear { setback, .. } => {
            Some(setback.code.clone())
        }
        PublicationState::Publishing { .. }
        | PublicationState::Processing { .. }
        | PublicationState::Published { .. }
        | PublicationState::InInbox { .. }
        | PublicationState::Held { .. }
        | PublicationState::Cancelled { .. } => None,
    };
    (publication.stage(), code)
}

const fn happening(stage: PublicationStage) -> Option<Happening> {
    match stage {
        PublicationStage::Published => Some(Happening::Published),
        PublicationStage::InInbox => Some(Happening::InInbox),
        PublicationStage::Held => Some(Happening::Held),
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
