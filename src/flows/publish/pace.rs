//! What keeps a publication from beginning now although its time has come, without being anybody's trouble: TikTok has
//! been asked to open uploads for this post often enough, or our clock is ahead of the time it is.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Step, Work};
use crate::domain::post::Due;
use crate::domain::publication::{Next, Setback, Whose};
use crate::domain::tempo;
use crate::flows::Failure;
use crate::flows::tokens::{self, Access};
use crate::say;

/// So many uploads are opened for one post …
const MOST_OPENINGS: usize = 3;
/// … within so long: whether TikTok counts those that come to nothing is not known.
const OPENINGS_WITHIN: TimeDelta = tempo::hours(1);

/// What our clock may be ahead of TikTok's.
const MOST_AHEAD: TimeDelta = TimeDelta::seconds(60);

/// How long a post rests while our clock is wrong.
pub(super) const WHILE_WRONG: TimeDelta = tempo::minutes(1);

impl Work<'_> {
    /// Until when no further upload may be opened for this post, if it had its share.
    pub(super) async fn opened_too_often(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let now = self.now();
        let openings = self.flows.store.openings(self.post.id, now - OPENINGS_WITHIN).await?;
        let oldest = openings.len().checked_sub(MOST_OPENINGS).and_then(|index| openings.get(index));
        // A clock that was set back must not make it longer than that.
        Ok(oldest.map(|at| (*at).min(now) + OPENINGS_WITHIN))
    }

    /// Begins nothing while it is not yet time by TikTok's clock although it is by ours.
    pub(super) async fn too_early(&mut self, access: &Access) -> Result<Option<Step>, Failure> {
        // As soon as possible was counted from our own clock: there is nothing to be early for.
        // What is uploaded ahead is looked at again before its last chunk.
        let is_ahead = self.publication.due_at > self.now();
        if is_ahead || self.post.due == Due::Asap || !self.is_before_its_time(access).await {
            return Ok(None);
        }
        let now = self.now();
        tracing::warn!(publication.id = %self.publication.id,
            "Publication {} waits: this machine's clock is {} s ahead of TikTok's, and by TikTok's it is not due yet. \
             Set the clock right", self.publication.id,
            self.flows.tiktok.clock_ahead().unwrap_or_default().num_seconds());
        self.publication = self.publication.clone().note(clock_ahead())?;
        self.wait_until(now + WHILE_WRONG);
        self.let_go().await.map(Some)
    }

    /// What is late by our clock may be early in truth: then it is not held but waits, too.
    pub(super) async fn only_seems_late(&mut self) -> Result<Option<Step>, Failure> {
        match tokens::access(self.flows, self.publication.account).await {
            Ok(access) => self.too_early(&access).await,
            // Nobody to ask: whoever decides about it sees a clock.
            Err(_) => Ok(None),
        }
    }

    /// Whether TikTok's last answer says that the due time has not come although our clock does.
    pub(super) fn only_our_clock_says_so(&self) -> bool {
        let ahead = self.flows.tiktok.clock_ahead();
        let is_asap = self.post.due == Due::Asap;
        !is_asap && ahead.is_some_and(|ahead| self.publication.due_at - (self.now() - ahead) > MOST_AHEAD)
    }

    /// The present, as far as a due time is concerned: when our clock is behind TikTok's, it is TikTok's that counts.
    pub(super) fn now_for_due(&self) -> DateTime<Utc> {
        self.true_now().max(self.now())
    }

    /// The present, as far as lateness is concerned: when our clock is far off, it is TikTok's that counts.
    pub(super) fn true_now(&self) -> DateTime<Utc> {
        let now = self.now();
        self.flows.tiktok.clock_ahead().filter(|ahead| ahead.abs() > MOST_AHEAD).map_or(now, |ahead| now - ahead)
    }

    /// Sees to it that TikTok has said lately what time it is.
    pub(super) async fn hear_the_time(&self) {
        if let Ok(access) = tokens::access(self.flows, self.publication.account).await {
            self.is_before_its_time(&access).await;
        }
    }

    async fn is_before_its_time(&self, access: &Access) -> bool {
        let tiktok = &self.flows.tiktok;
        if !tiktok.has_told_the_time() {
            // Drafts are opened without asking anything before: any answer tells the time, a refusal as well.
            let told = tiktok.user(&access.token, &access.account.scopes).await;
            tracing::debug!("TikTok was asked for the time: {}", if told.is_ok() { "answered" } else { "refused" });
        }
        self.only_our_clock_says_so()
    }
}

pub(super) fn opened_too_often() -> Setback {
    Setback {
        code: "opened_too_often".into(),
        said: say!("trouble-setback-opened-too-often"),
        hint: say!("trouble-setback-opened-too-often-hint"),
        whose: Whose::TikTok,
        next: Next::Later { at_least_seconds: 0 },
    }
}

fn clock_ahead() -> Setback {
    Setback {
        code: "clock_ahead".into(),
        said: say!("trouble-setback-clock-ahead"),
        hint: say!("trouble-setback-clock-ahead-hint"),
        whose: Whose::Operator,
        next: Next::Later { at_least_seconds: 0 },
    }
}
