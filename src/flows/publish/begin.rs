//! Begins a try: checks everything once more and opens an upload at TikTok.
//! <https://developers.tiktok.com/doc/content-posting-api-reference-direct-post>

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::pace::opened_too_often;
use super::setbacks::{broken_bytes, changed_meanwhile, no_access, setback};
use super::{Step, Work, place};
use crate::domain::account::Delivery;
use crate::domain::post::{Due, PostStage, PostState, choices_refusal};
use crate::domain::publication::{self, PublicationStage, Setback, Upload};
use crate::domain::video::judge;
use crate::drill;
use crate::flows::tokens::{self, Access};
use crate::flows::{Failure, quorum};
use crate::say;
use crate::tiktok::budget::Class;
use crate::tiktok::chunks::ChunkPlan;
use crate::tiktok::publish::{DirectPost, Opened};
use crate::tiktok::trouble::{Next, Trouble};

impl Work<'_> {
    /// Checks everything once more, then opens an upload at TikTok.
    pub(super) async fn begin(&mut self) -> Result<Step, Failure> {
        if let Some(step) = self.must_not_begin().await? {
            return Ok(step);
        }
        let access = match tokens::access(self.flows, self.publication.account).await {
            Ok(access) => access,
            Err(none) => return self.meet(no_access(none)?).await,
        };
        if let Some(step) = self.wait_for_room(&access.account).await? {
            return Ok(step);
        }
        let access = match self.preflight(access).await? {
            Ok(access) => access,
            Err(setback) => return self.meet(setback).await,
        };
        let Some(plan) = self.plan() else {
            return self.meet(broken_bytes(say!("trouble-setback-odd-size"))).await;
        };
        if let Some(step) = self.too_early(&access).await? {
            return Ok(step);
        }
        if let Some(setback) = self.verify().await? {
            return self.meet(setback).await;
        }
        let Some(place) = self.turn().await? else { return self.wait_in_line().await };
        self.place = Some(place);
        if let Err(trouble) = self.flows.budget.take(&access.account.open_id, Class::Open).await? {
            return self.meet(setback(&trouble)).await;
        }

        let asked_at = self.now();
        drill::point("start.before");
        if let Some(step) = self.start_where_there_is_room(&access.account, asked_at).await? {
            return Ok(step);
        }
        drill::point("start.after");
        self.note_opening(self.flows.clock.elapsed());
        self.open(&access, &plan, asked_at).await
    }

    /// What keeps it from beginning before anything is asked of TikTok; then the claim is given back.
    async fn must_not_begin(&mut self) -> Result<Option<Step>, Failure> {
        drill::point("begin.before");
        if self.publication.wake_at().is_some_and(|at| at > self.now()) {
            // Woken too early, by a nudge or by a clock that was set back.
            return self.let_go().await.map(Some);
        }
        if !self.is_approved() {
            self.publication = self.publication.clone().cancel(self.now())?;
            tracing::error!(publication.id = %self.publication.id,
                "Publication {} has no approval for its revision; it is cancelled", self.publication.id);
            return self.let_go().await.map(Some);
        }
        if self.team_left().await? {
            return self.leave_to_the_team().await.map(Some);
        }
        if self.is_paused().await? {
            return self.halt().await.map(Some);
        }
        if self.has_lost_its_approval().await? {
            return Ok(Some(Step::LetGo));
        }
        if let Some(step) = self.stopped().await? {
            return Ok(Some(step));
        }
        if self.publication.is_late(self.flows.rules.late_after, self.now()) {
            if let Some(step) = self.only_seems_late().await? {
                return Ok(Some(step));
            }
            if self.publication.is_late(self.flows.rules.late_after, self.true_now()) {
                self.publication = self.publication.clone().hold(self.now())?;
                return self.let_go().await.map(Some);
            }
        }
        if let Some(until) = self.opened_too_often().await? {
            self.publication = self.publication.clone().put_off(opened_too_often(), until, self.now())?;
            return self.let_go().await.map(Some);
        }
        if self.still_waits_in_line().await? {
            return self.wait_in_line().await.map(Some);
        }
        Ok(None)
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
            sealed_url: self.flows.keys().seal(place(&row), &opened.upload_url).await,
            issued_at: asked_at,
            size_bytes: plan.size_bytes,
            chunk_bytes: plan.chunk_bytes,
            chunk_count: plan.count,
        };
        self.publication = self.publication.clone().open(upload)?;
        drill::point("open.before");
        // Left out, the crash test must find what comes of it.
        if !drill::mistake("late") {
            self.keep(None).await?;
        }
        drill::point("open.after");
        self.got_through().await?;
        Ok(Step::On)
    }

    async fn open_upload(&self, access: &Access, plan: &ChunkPlan) -> Result<Result<Opened, Trouble>, Failure> {
        drill::point("init.before");
        let opened = match self.post.delivery {
            Delivery::Direct => self.flows.tiktok.open_direct(&access.token, &self.direct_post()?, plan).await,
            Delivery::Draft => self.flows.tiktok.open_draft(&access.token, plan).await,
        };
        drill::point("init.after");
        Ok(opened)
    }

    /// How the video is cut: in two at least when the last chunk waits for the due time.
    fn plan(&self) -> Option<ChunkPlan> {
        let size = self.video.size_bytes;
        let ahead = self.publication.due_at > self.now();
        ahead.then(|| ChunkPlan::for_size_in_two(size)).flatten().or_else(|| ChunkPlan::for_size(size))
    }

    fn is_approved(&self) -> bool {
        let approved = matches!(self.post.state, PostState::Approved { .. });
        approved
            && self.post.revision() == self.publication.revision
            && self.claim.post_stage == PostStage::Approved
            && self.claim.post_revision == self.publication.revision
    }

    /// Whether it went back to the reviewers, because those who approved it may not judge any more. Discord is asked only
    /// where there is no time to keep: what has one was asked about ahead of it.
    pub(super) async fn has_lost_its_approval(&self) -> Result<bool, Failure> {
        let is_late_anyway = self.publication.wake_at().is_some_and(|at| at > self.publication.due_at);
        if self.publication.stage() == PublicationStage::Scheduled && (self.post.due == Due::Asap || is_late_anyway) {
            quorum::ask_in_passing(self.flows, &self.post).await?;
        }
        quorum::reconsider(self.flows, self.post.id).await
    }

    /// What may have changed since the review: the creator's permissions and limits. Gives back the token that works.
    async fn preflight(&self, access: Access) -> Result<Result<Access, Setback>, Failure> {
        if self.post.delivery == Delivery::Draft {
            return Ok(Ok(access));
        }
        if let Err(trouble) = self.flows.budget.take(&access.account.open_id, Class::CreatorInfo).await? {
            return Ok(Err(setback(&trouble)));
        }
        drill::point("creator_info.before");
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
        drill::point("creator_info.after");
        let creator = match creator {
            Ok(creator) => creator,
            Err(trouble) => return Ok(Err(setback(&trouble))),
        };
        if let Some(refusal) =
            choices_refusal(&self.post.choices, &creator, self.post.delivery, self.flows.rules.audited)
        {
            return Ok(Err(changed_meanwhile(&refusal)));
        }
        let limit = creator.max_duration_seconds;
        match judge(&self.video.facts, self.video.size_bytes, &self.flows.rules.video, limit) {
            Ok(_) => Ok(Ok(access)),
            Err(refusal) => Ok(Err(changed_meanwhile(&refusal.into()))),
        }
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

    /// Our own pace at TikTok is spent for a moment: the try begins as soon as it is this account's turn again. That is
    /// no trouble, and nobody is told.
    pub(super) async fn wait_for_our_turn(&mut self, setback: &Setback) -> Result<Step, Failure> {
        let seconds = match setback.next {
            publication::Next::Later { at_least_seconds } => at_least_seconds,
            publication::Next::Never | publication::Next::Unclear => 0,
        };
        // The wait was cut to whole seconds; one more makes it our turn.
        let until = self.now() + TimeDelta::seconds(seconds + 1);
        self.publication = self.publication.clone().postpone(until)?;
        self.let_go().await
    }
}
