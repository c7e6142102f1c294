//! Telling people what happened, until it has arrived.
//!
//! A flow writes a notice in the transaction that makes it true; here it is taken, put into words and handed to Discord.
//! A message that must appear once goes through [`send`], which knows when the same word may be said again and when to
//! look first; [`plan`] says when trouble is tried again. One notice in trouble holds up no other, except that a post's
//! thread is told in order: what happened waits for the card and for the line before it.

mod bulk;
mod card;
mod digest;
mod gone;
mod held;
mod lines;
mod pauses;
mod places;
mod plan;
mod preview;
mod scene;
mod send;
mod stops;
mod trace;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serenity::all::{ChannelId, Http, UserId};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use super::http::code;
use crate::domain::ids::{self, MessageId, PostId};
use crate::domain::notice::{Notice, Owed};
use crate::domain::tempo;
use crate::flows::{Failure, Flows, deliver};
use crate::store;
use crate::words::speaking;
use plan::{Plan, Trouble};

pub(super) use scene::Scene;

/// How many notices are taken at once: few enough to be told within the time they are held for.
const BATCH: u32 = 32;

/// Nobody waits longer than this before looking again, whatever the database says.
const LONGEST_WAIT: Duration = tempo::pause(30);

/// How long to rest after the store failed.
const AFTER_A_FAILURE: Duration = Duration::from_secs(2);

/// The one that tells people.
#[derive(Debug, Clone)]
pub struct Outbox {
    flows: Arc<Flows>,
    http: Arc<Http>,
    owner: String,
    memory: Arc<Memory>,
}

/// What saves questions; losing it costs a moment.
#[derive(Debug, Default)]
struct Memory {
    /// Who we are.
    me: OnceCell<UserId>,
    /// Discord does not know our token.
    is_shut_out: AtomicBool,
    /// Posts whose thread waits, and until when.
    waiting: Mutex<HashMap<PostId, DateTime<Utc>>>,
    /// Until when Discord is not asked again who is gone.
    asked_again_at: Mutex<Option<DateTime<Utc>>>,
}

impl Memory {
    fn ask_again_at(&self) -> Option<DateTime<Utc>> {
        *self.asked_again_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave_alone_until(&self, at: DateTime<Utc>) {
        *self.asked_again_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }
}

/// Why a notice did not arrive.
#[derive(Debug)]
enum Setback {
    /// Discord did not take it.
    Discord {
        /// What it said.
        error: Box<serenity::Error>,
        /// Where that was.
        channel: ChannelId,
        /// What the bot must be allowed to there.
        needs: &'static str,
    },
    /// What comes before it has not arrived.
    Early {
        /// When that is tried again, if it is known.
        until: Option<DateTime<Utc>>,
    },
    /// No channel is chosen for it.
    Nowhere,
    /// Something of ours broke, or somebody else took over.
    Ours(Failure),
}

impl Setback {
    fn discord(error: serenity::Error, channel: ChannelId, needs: &'static str) -> Self {
        Self::Discord { error: Box::new(error), channel, needs }
    }

    /// Discord's own number for it, if it said one.
    fn code(&self) -> Option<isize> {
        match self {
            Self::Discord { error, .. } => code(error),
            Self::Early { .. } | Self::Nowhere | Self::Ours(_) => None,
        }
    }

    fn trouble(&self) -> Trouble {
        match self {
            Self::Discord { error, .. } => plan::trouble(error),
            Self::Early { .. } => Trouble::Passing,
            Self::Nowhere | Self::Ours(_) => Trouble::Closed,
        }
    }
}

impl From<Failure> for Setback {
    fn from(failure: Failure) -> Self {
        Self::Ours(failure)
    }
}

impl From<store::Error> for Setback {
    fn from(error: store::Error) -> Self {
        Self::Ours(error.into())
    }
}

impl Outbox {
    /// One for these flows; `owner` is what this process calls itself.
    #[must_use]
    pub fn new(flows: Arc<Flows>, http: Arc<Http>, owner: String) -> Self {
        Self { flows, http, owner, memory: Arc::default() }
    }

    /// Tells people until it is told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.batch().await {
                Ok((0, _)) => {
                    let next = self.flows.store.next_notice().await.unwrap_or_default();
                    self.wait(next, &stop).await;
                }
                Ok(_) => {}
                Err(failure) => {
                    tracing::error!("Nobody can be told anything: {failure:?}");
                    let _ = tokio::time::timeout(AFTER_A_FAILURE, stop.cancelled()).await;
                }
            }
        }
    }

    /// Delivers everything that is due now; gives back how many notices arrived.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        let mut arrived = 0;
        loop {
            match self.batch().await? {
                (0, told) => return Ok(arrived + told),
                (_, told) => arrived += told,
            }
        }
    }

    /// Waits until something is due, until nudged, or until it is time to stop.
    async fn wait(&self, next: Option<DateTime<Utc>>, stop: &CancellationToken) {
        let left = next.map_or(LONGEST_WAIT, |at| (at - self.flows.clock.now()).to_std().unwrap_or(Duration::ZERO));
        // Without a token nothing is due, whatever the database says.
        let left = if self.memory.is_shut_out.load(Ordering::Relaxed) { LONGEST_WAIT } else { left.min(LONGEST_WAIT) };
        tokio::select! {
            () = stop.cancelled() => {}
            _ = tokio::time::timeout(left, self.flows.nudges.outbox.notified()) => {}
        }
    }

    /// Takes what is owed and tells it; gives back how much was taken and how much of it arrived.
    async fn batch(&self) -> Result<(usize, usize), Failure> {
        if self.memory.is_shut_out.load(Ordering::Relaxed) {
            return Ok((0, 0));
        }
        let gone = self.see_who_is_gone().await?;
        let mut taken = deliver::take(&self.flows, &self.owner, BATCH).await?;
        // Of what became true in the same moment, the card is told first, and before many cards what they are.
        taken.sort_by_key(|owed| (owed.created_at, place(&owed.notice)));
        let (count, mut arrived) = (taken.len(), gone);
        for mut owed in taken {
            let outcome = self.tell(&mut owed).await;
            if self.settle(&owed, outcome).await? {
                arrived += 1;
            }
        }
        Ok((count, arrived))
    }

    async fn tell(&self, owed: &mut Owed) -> Result<Option<MessageId>, Setback> {
        if self.memory.is_shut_out.load(Ordering::Relaxed) {
            return Err(Setback::Early { until: None });
        }
        let (language, away_until) = self.reaches(owed.workspace).await?;
        if let Some(until) = away_until {
            return Err(Setback::Early { until: Some(until) });
        }
        // What stands in a channel is for everybody there. What may stand there already is looked for in its own words.
        let language = owed.first_tried_at.and(owed.said_in).unwrap_or(language);
        speaking(language, Box::pin(self.tell_reachable(owed))).await
    }

    async fn tell_reachable(&self, owed: &mut Owed) -> Result<Option<MessageId>, Setback> {
        match owed.notice.clone() {
            Notice::Card { post } => self.card(owed, post).await,
            Notice::Happened { post, happening } => self.happened(owed, post, &happening).await,
            Notice::Reminder { post } => self.reminder(owed, post).await,
            Notice::ChannelGone { is_review } => self.channel_gone(owed, is_review).await,
            Notice::Batch { batch } => self.scheduled_batch(owed, batch).await,
            Notice::Connected { account, by } => self.connected(owed, account, by).await,
            Notice::Disconnected { username, by } => self.disconnected(owed, &username, by).await,
            Notice::Held => self.held(owed).await,
            Notice::HeldDecided => self.held_decided(owed).await,
            Notice::NeedsReconnect { account } => self.needs_reconnect(owed, account).await,
            Notice::WillNotGoOut { account } => self.will_not_go_out(owed, account).await,
            Notice::ConsentEnds { account } => self.consent_ends(owed, account).await,
            Notice::Stopped { account } => self.stopped(owed, account).await,
            Notice::GoesOn { account } => self.goes_on(owed, account).await,
            Notice::Paused { account, by, reason, past } => {
                self.paused(owed, account, (by, reason.as_deref()), &past).await
            }
            Notice::Resumed { account, by, reason, held } => {
                self.resumed(owed, account, (by, reason.as_deref()), held).await
            }
            Notice::Digest { day } => self.digest(owed, day).await,
        }
    }

    /// Writes down what became of a delivery; says whether it arrived.
    async fn settle(&self, owed: &Owed, outcome: Result<Option<MessageId>, Setback>) -> Result<bool, Failure> {
        let settled = match outcome {
            Ok(message) => deliver::done(&self.flows, owed, message).await.map(|()| true),
            Err(Setback::Ours(failure)) if failure.gave_way() => Ok(false),
            Err(setback) => self.again(owed, &setback).await.map(|()| false),
        };
        match settled {
            // Whoever took over settles it.
            Err(failure) if failure.gave_way() => Ok(false),
            settled => settled,
        }
    }

    async fn again(&self, owed: &Owed, setback: &Setback) -> Result<(), Failure> {
        let now = self.flows.clock.now();
        let trouble = setback.trouble();
        if trouble == Trouble::Token && !self.memory.is_shut_out.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "Discord does not accept the bot's token, so nobody is told anything: set `discord.token` to the \
                 present one and start again"
            );
        }
        match plan::plan(trouble, owed.tries, now - owed.created_at) {
            Plan::Again(wait) => {
                self.log(owed, setback, trouble);
                let at = match setback {
                    Setback::Early { until } => until.unwrap_or(now + wait),
                    Setback::Discord { .. } | Setback::Nowhere | Setback::Ours(_) => {
                        self.hold_up(owed, now + wait);
                        now + wait
                    }
                };
                deliver::later(&self.flows, owed, at).await
            }
            Plan::GiveUp => deliver::give_up(&self.flows, owed, &said(setback)).await,
        }
    }

    /// Logs trouble when it begins, not each time it is met again.
    fn log(&self, owed: &Owed, setback: &Setback, trouble: Trouble) {
        let why = said(setback);
        match (trouble, setback) {
            (Trouble::Token, _) | (_, Setback::Early { .. }) => {}
            _ if owed.tries > 0 => {
                tracing::debug!(workspace.id = %owed.workspace, notice.id = %owed.id, "Not told yet: {why}");
            }
            (Trouble::Passing, _) => {
                tracing::warn!(workspace.id = %owed.workspace, notice.id = %owed.id, "Not told yet, trying again: {why}");
            }
            (Trouble::Closed, _) => {
                tracing::error!(
                    workspace.id = %owed.workspace, notice.id = %owed.id,
                    "People cannot be told; trying every ten minutes for a day: {why}"
                );
            }
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<PostId, DateTime<Utc>>> {
        self.memory.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has what happened to the same post wait for this.
    fn hold_up(&self, owed: &Owed, until: DateTime<Utc>) {
        if let Some(post) = post_of(&owed.notice) {
            self.waiting().insert(post, until);
        }
    }

    /// Until when something about that post that comes first is being waited for.
    fn waits_until(&self, post: PostId) -> Option<DateTime<Utc>> {
        let now = self.flows.clock.now();
        let mut waiting = self.waiting();
        waiting.retain(|_, until| *until > now);
        waiting.get(&post).copied()
    }
}

/// In which order what became true at once is told.
const fn place(notice: &Notice) -> u8 {
    match notice {
        Notice::Batch { .. } => 0,
        Notice::Card { .. } => 1,
        Notice::Happened { .. }
        | Notice::Connected { .. }
        | Notice::Disconnected { .. }
        | Notice::NeedsReconnect { .. }
        | Notice::WillNotGoOut { .. }
        | Notice::ConsentEnds { .. }
        | Notice::Stopped { .. }
        | Notice::GoesOn { .. }
        | Notice::Reminder { .. }
        | Notice::ChannelGone { .. }
        | Notice::Paused { .. }
        | Notice::Resumed { .. }
        | Notice::Digest { .. } => 2,
        // What is to be decided comes after what led to it.
        Notice::Held | Notice::HeldDecided => 3,
    }
}

const fn post_of(notice: &Notice) -> Option<PostId> {
    match notice {
        Notice::Card { post } | Notice::Happened { post, .. } | Notice::Reminder { post } => Some(*post),
        Notice::ChannelGone { .. }
        | Notice::Batch { .. }
        | Notice::Connected { .. }
        | Notice::Disconnected { .. }
        | Notice::Held
        | Notice::HeldDecided
        | Notice::NeedsReconnect { .. }
        | Notice::WillNotGoOut { .. }
        | Notice::ConsentEnds { .. }
        | Notice::Stopped { .. }
        | Notice::GoesOn { .. }
        | Notice::Paused { .. }
        | Notice::Resumed { .. }
        | Notice::Digest { .. } => None,
    }
}

/// The trouble in words for the operator.
fn said(setback: &Setback) -> String {
    match setback {
        Setback::Discord { error, channel, needs } => {
            let error = match error.as_ref() {
                serenity::Error::Http(http) => http.to_string(),
                other => other.to_string(),
            };
            format!("channel {channel} did not take it ({error}); the bot needs {needs} there")
        }
        Setback::Early { .. } => "what comes before it has not arrived yet".to_owned(),
        Setback::Nowhere => "no channel is chosen for it; a manager chooses one with /setup".to_owned(),
        Setback::Ours(failure) => format!("{failure:?}"),
    }
}

/// A channel as serenity names it. Discord's ids start at one.
fn channel(id: ids::ChannelId) -> ChannelId {
    ChannelId::new(id.0.max(1))
}
