//! Carries one claimed publication as far as it goes now.
//!
//! Each step writes down what it is about to do before it does it, under the number its claim was given: a worker that
//! was overtaken finds its writes refused and lets go. What is written before which call is the table of
//! `ARCHITECTURE.md`, "Once"; the short form: the try before TikTok is asked to open an upload, TikTok's name for it
//! before the first byte, the point of no return before the last chunk. After that TikTok is only asked.

mod ask;
mod begin;
pub(super) mod breakers;
mod guards;
mod halt;
mod left;
mod line;
mod missing;
mod pace;
mod places;
mod send;
mod setbacks;
mod uploads;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

pub use self::breakers::stopped_by;
pub use self::places::{Place, Places};
use self::setbacks::{interrupted, our_fault};
pub use self::uploads::Uploads;
use super::{Failure, Flows};
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::Post;
use crate::domain::publication::{Publication, PublicationStage, PublicationState, Setback, Stage, WrongState};
use crate::domain::video::Video;
use crate::drill;
use crate::store::{Claim, Tx};
use crate::tiktok::trouble::Kind;
use crate::vault;
use crate::words::speaking;

/// How long the message about held posts waits for the others of the same outage, which are found within moments.
const GATHER: TimeDelta = TimeDelta::seconds(10);

/// Under which terms a worker carries publications.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How long a claim holds.
    pub lease: TimeDelta,
    /// The places for uploads.
    pub places: Places,
    /// Whether the worker may wait a moment for a turn or a due time; one that is driven by hand is woken instead.
    pub waits: bool,
    /// When it is cancelled, the call under way is the last one.
    pub stop: CancellationToken,
}

/// A claim, what it is about, and how far it has come.
struct Work<'a> {
    flows: &'a Flows,
    terms: &'a Terms,
    claim: Claim,
    publication: Publication,
    post: Post,
    video: Video,
    /// The share of the line to TikTok, while bytes go over it.
    place: Option<Place>,
    /// The stage and the setback's code as they were last written down: what the card shows.
    written: (PublicationStage, Option<String>),
    /// How far the try had come when it was last written down: what its account's limits have counted.
    counted: guards::Counted,
    /// The bytes were compared with their fingerprint since the claim.
    verified: bool,
    /// What this step has to do with whatever stops the account or the app.
    stop: breakers::Stop,
    /// The account was found to be paused.
    is_halted: bool,
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

/// Carries a claimed publication until there is nothing left to do now, and lets go of it. What is written down about it
/// is read by its team, and said in the team's language.
///
/// # Errors
/// When the store or the media store cannot be reached. The claim then ends by itself, and whoever takes over goes on
/// from what is written down.
pub async fn carry(flows: &Flows, claim: Claim, terms: &Terms) -> Result<(), Failure> {
    speaking(claim.language, Box::pin(carry_on(flows, claim, terms))).await
}

async fn carry_on(flows: &Flows, claim: Claim, terms: &Terms) -> Result<(), Failure> {
    let publication = claim.publication.clone();
    let post = flows.store.post(publication.post).await?.context("a publication's post is not in the store")?;
    let video = flows.store.video(post.video).await?.context("a post's video is not in the store")?;
    let written = shown(&publication);
    let counted = guards::counted(&publication);
    let mut work = Work {
        flows,
        terms,
        claim,
        publication,
        post,
        video,
        place: None,
        written,
        counted,
        stop: breakers::Stop::default(),
        is_halted: false,
        verified: false,
    };
    loop {
        if terms.stop.is_cancelled() && work.can_rest() {
            return work.rest_where_it_is().await.map(drop);
        }
        match work.step().await {
            Ok(Step::On) => {}
            Ok(Step::LetGo) => return Ok(()),
            Err(failure) if failure.gave_way() => {
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
                Stage::Opening => self.begin_anew(interrupted()).await,
                Stage::Uploading { .. } => self.send_next().await,
                Stage::Committing { .. } if drill::mistake("restart") => self.forget_what_was_begun().await,
                Stage::Committing { .. } => self.ask_before_sending_again().await,
                Stage::Delivered { .. } => self.ask().await,
            },
            PublicationState::Processing { .. } => self.ask().await,
            PublicationState::Published { .. } => self.ask_for_link().await,
            PublicationState::InInbox { .. } => self.ask_for_end().await,
            PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => self.let_go().await,
        }
    }

    /// What this program must never do, for the crash test to find: begin anew after the last bytes may have left.
    async fn forget_what_was_begun(&mut self) -> Result<Step, Failure> {
        self.publication.state = PublicationState::Scheduled { wake_at: self.now(), setback: None };
        self.let_go().await
    }

    /// A try that was cut off begins anew, unless nobody came for so long that a person decides.
    async fn begin_anew(&mut self, setback: Setback) -> Result<Step, Failure> {
        // What has sent bytes since it was claimed was not left alone, however long its upload took.
        if !self.verified && self.publication.was_left_alone(self.flows.rules.late_after, self.true_now()) {
            self.publication = self.publication.clone().halt(self.now())?;
            return self.let_go().await;
        }
        self.meet(setback).await
    }

    /// Notes a setback and lets go. People hear of it when it is the end.
    async fn meet(&mut self, setback: Setback) -> Result<Step, Failure> {
        if setback.code == Kind::OwnPace.code() && self.publication.stage() == PublicationStage::Scheduled {
            return self.wait_for_our_turn(&setback).await;
        }
        tracing::warn!(publication.id = %self.publication.id, code = setback.code, "Publication {} met `{}`: {}",
            self.publication.id, setback.code, setback.said);
        if let Some(kind) = breakers::stops(&setback.code) {
            return self.meet_stop(kind, setback).await;
        }
        self.publication = self.publication.clone().meet(setback, self.now())?;
        self.let_go().await
    }

    /// Writes the present state down and goes on holding the claim.
    async fn keep(&mut self, notice: Option<Notice>) -> Result<(), Failure> {
        let tx = self.flows.store.begin().await?;
        self.keep_in(tx, notice).await
    }

    async fn keep_in(&mut self, mut tx: Tx, notice: Option<Notice>) -> Result<(), Failure> {
        let now = self.now();
        drill::point("keep.before");
        self.count(&mut tx, now).await?;
        tx.keep(&self.claim, &self.publication, now + self.terms.lease).await?;
        drill::point("keep.inside");
        if let Some(notice) = notice {
            tx.tell(self.post.workspace, &notice, now).await?;
            self.flows.nudges.outbox.notify_one();
        }
        self.trace(&mut tx).await?;
        tx.commit().await?;
        drill::point("keep.after");
        self.written = shown(&self.publication);
        self.counted = guards::counted(&self.publication);
        Ok(())
    }

    /// Writes the present state down, tells people what is new, and gives the claim back.
    async fn let_go(&mut self) -> Result<Step, Failure> {
        let now = self.now();
        let stage = self.publication.stage();
        let changed = stage != self.written.0;
        drill::point("let_go.before");
        let mut tx = self.flows.store.begin().await?;
        self.count(&mut tx, now).await?;
        self.tell_of_move(&mut tx, now).await?;
        let is_paused = self.is_still_paused(&mut tx).await?;
        let told_for_all = self.give_back(&mut tx, now).await?;
        if self.written != shown(&self.publication) {
            tx.tell(self.post.workspace, &Notice::Card { post: self.post.id }, now).await?;
        }
        let happening = if is_paused { Some(Happening::Paused) } else { happening(stage) };
        if let Some(happening) = happening.filter(|_| changed && !told_for_all) {
            let notice = Notice::Happened { post: self.post.id, happening };
            tx.tell(self.post.workspace, &notice, now).await?;
        }
        // Of a pause the team has heard, and it is asked once that is over.
        if changed && stage == PublicationStage::Held && !told_for_all && !is_paused {
            tx.tell(self.post.workspace, &Notice::Held, now + GATHER).await?;
        }
        if changed {
            let act = format!("publication.{}", stage.word());
            let detail = self.trail();
            let program = crate::domain::workspace::Actor::Program;
            tx.audit(self.post.workspace, &program, &act, Some(self.post.id), detail, now).await?;
        }
        drill::point("let_go.inside");
        tx.commit().await?;
        drill::point("let_go.after");
        if self.moves_the_line() {
            self.wake_the_next(now).await?;
        }
        self.flows.nudges.outbox.notify_one();
        self.flows.nudges.publishers();
        tracing::info!(publication.id = %self.publication.id, "Publication {} is {}", self.publication.id, stage.said());
        Ok(Step::LetGo)
    }

    /// Notes in the audit trail that a try begins, or that it passes the point of no return.
    async fn trace(&self, tx: &mut Tx) -> Result<(), Failure> {
        let Some(attempt) = self.publication.attempt() else { return Ok(()) };
        let act = match attempt.stage {
            Stage::Opening => "publication.begun",
            Stage::Committing { .. } => "publication.committed",
            Stage::Uploading { .. } | Stage::Delivered { .. } => return Ok(()),
        };
        let program = crate::domain::workspace::Actor::Program;
        Ok(tx.audit(self.post.workspace, &program, act, Some(self.post.id), self.trail(), self.now()).await?)
    }

    fn trail(&self) -> serde_json::Value {
        serde_json::json!({ "attempts": self.publication.attempts, "epoch": self.claim.epoch() })
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

fn place(row: &str) -> vault::Place<'_> {
    vault::Place { table: "attempts", column: "upload_url", row }
}
