//! Sends what TikTok says it lacks of an upload that was committed to. It is the same upload, of which TikTok takes each
//! byte once: whatever else becomes of it, it cannot become a second post.

use chrono::TimeDelta;

use super::ask::REST;
use super::left::team_left;
use super::send::plan;
use super::{Step, Work};
use crate::domain::publication::{Next, PublicationState, Setback, Upload};
use crate::flows::Failure;

impl Work<'_> {
    /// Goes on where TikTok's bytes end, or with the last chunk where it does not say.
    pub(super) async fn send_missing(&mut self, upload: &Upload, has: Option<u64>) -> Result<Step, Failure> {
        if let Some(setback) = self.verify().await? {
            return self.meet(Setback { next: Next::Unclear, ..setback }).await;
        }
        if self.team_left().await? {
            return self.meet(Setback { next: Next::Unclear, ..team_left() }).await;
        }
        // Whether it arrives is asked on; nothing is sent before somebody resumes.
        if self.is_paused().await? {
            return self.ask_later(REST).await;
        }
        let plan = plan(upload);
        let last = plan.count.saturating_sub(1);
        let first = has.and_then(|has| plan.chunk_at_offset(has)).map_or(last, |index| index.min(last));
        if first < last && self.place.is_none() {
            let Some(place) = self.place().await else { return self.ask_later(REST).await };
            self.place = Some(place);
        }
        for chunk in (first..last).filter_map(|index| plan.chunk(index)) {
            let Some(taken) = self.put_while_held(upload, chunk).await? else { return Ok(Step::LetGo) };
            if let Err(trouble) = taken {
                tracing::warn!(publication.id = %self.publication.id,
                    "A chunk that was missing of publication {} did not get through: {trouble}", self.publication.id);
                return self.ask_later(REST).await;
            }
        }
        let Some(chunk) = plan.chunk(last) else { return self.ask_later(REST).await };
        if matches!(self.publication.state, PublicationState::Publishing { .. }) {
            return self.send_last(upload, chunk).await;
        }
        // Whatever it answers, the next question tells.
        if let Err(trouble) = self.put(upload, chunk).await? {
            tracing::warn!(publication.id = %self.publication.id,
                "The last chunk of publication {} did not get through: {trouble}", self.publication.id);
        }
        self.ask_later(REST).await
    }

    /// Lets go of it until the next question, which for an upload that TikTok may not have whole comes after a rest.
    pub(super) async fn ask_later(&mut self, rest: TimeDelta) -> Result<Step, Failure> {
        let now = self.now();
        let publication = self.publication.clone();
        self.publication = if matches!(publication.state, PublicationState::Processing { .. }) {
            publication.ask_again(now)?
        } else {
            publication.pause(now + rest)?
        };
        self.let_go().await
    }
}
