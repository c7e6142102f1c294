//! How a publication moves from state to state.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Attempt, Next, Publication, PublicationState, Receipt, Setback, Stage, Upload, Whose};
use crate::domain::ids::AttemptId;
use crate::domain::jitter::jittered;
use crate::domain::tempo;
use crate::say;

/// How often a publication is tried before a person has to decide.
pub const MOST_ATTEMPTS: u32 = 5;

/// The waits before the second, third, fourth and fifth try: 30 s, 2 min, 8 min, 30 min, each and up to a quarter more.
const RETRY_DELAYS: [TimeDelta; 4] = [tempo::seconds(30), tempo::minutes(2), tempo::minutes(8), tempo::minutes(30)];

/// How TikTok is asked: every 5 s six times, every 15 s eight times, every minute 25 times, then every 5 minutes.
const ASK_SERIES: [(u32, TimeDelta); 3] = [(6, tempo::seconds(5)), (14, tempo::seconds(15)), (39, tempo::minutes(1))];

/// The wait between two questions once the series is over; also between two questions for a missing link.
const ASK_SLOWLY: TimeDelta = tempo::minutes(5);

/// After this long without TikTok's word it is unclear: a person looks.
const ASK_FOR: TimeDelta = tempo::hours(24);

/// So often it must have been asked by then, at least: a clock that was set forward has not brought more answers.
const ASK_LEAST: u32 = 60;

/// After this long past its time, a publication that could not even begin is left to a person.
pub(super) const BEGIN_WITHIN: TimeDelta = tempo::hours(24);

/// After this long a published video's missing link is no longer asked for.
const LINK_FOR: TimeDelta = tempo::hours(6);

/// How long it is asked whether the creator has finished a draft, and how often: a quarter of the time it has lain there,
/// so that a quick one is soon known, but at least every six hours.
const INBOX_FOR: TimeDelta = TimeDelta::days(7);
const INBOX_SOONEST: TimeDelta = tempo::minutes(5);
const INBOX_LATEST: TimeDelta = tempo::hours(6);

/// An earlier post of the same account no longer keeps a later one waiting once its time is so long past: an address has
/// died by then, and whatever keeps it is its own trouble.
pub const LANE_HOLDS: TimeDelta = tempo::minutes(60);

/// An upload address lives an hour from the moment it was asked for; bytes are only begun well before its end.
pub const ADDRESS_LIVES: TimeDelta = tempo::minutes(55);

/// The publication is not in the state that the transition starts from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a publication that is {state} cannot {act}")]
pub struct WrongState {
    /// What was tried.
    pub act: &'static str,
    /// Where it stands.
    pub state: &'static str,
}

impl Upload {
    /// Whether bytes may still be sent to the address.
    #[must_use]
    pub fn lives(&self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not lengthen the address's life: before its issue it counts as ended.
        now >= self.issued_at && now < self.issued_at + ADDRESS_LIVES
    }
}

impl Publication {
    /// Begins a try. Written down before TikTok is asked to open an upload.
    ///
    /// # Errors
    /// When it is not scheduled, or its time has not come.
    pub fn start(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Scheduled { wake_at, .. } = self.state else { return Err(self.wrong("start")) };
        if wake_at > now {
            return Err(self.wrong("start before its time"));
        }
        let number = self.attempts + 1;
        let attempt = Attempt { id: AttemptId::new(now), number, started_at: now, stage: Stage::Opening };
        Ok(Self { attempts: number, state: PublicationState::Publishing { attempt, resume_at: now }, ..self })
    }

    /// Notes what TikTok opened. Written down before the first byte leaves.
    ///
    /// # Errors
    /// When no upload is being opened.
    pub fn open(self, upload: Upload) -> Result<Self, WrongState> {
        let PublicationState::Publishing { attempt: attempt @ Attempt { stage: Stage::Opening, .. }, resume_at } =
            self.state
        else {
            return Err(self.wrong("open an upload"));
        };
        let attempt = Attempt { stage: Stage::Uploading { upload, sent_bytes: 0 }, ..attempt };
        Ok(Self { state: PublicationState::Publishing { attempt, resume_at }, ..self })
    }

    /// Notes how many bytes TikTok has confirmed.
    ///
    /// # Errors
    /// When no bytes are on their way.
    pub fn progress(self, confirmed_bytes: u64) -> Result<Self, WrongState> {
        let PublicationState::Publishing {
            attempt: Attempt { stage: Stage::Uploading { upload, .. }, id, number, started_at },
            resume_at,
        } = self.state
        else {
            return Err(self.wrong("send bytes"));
        };
        let stage = Stage::Uploading { upload, sent_bytes: confirmed_bytes };
        let attempt = Attempt { id, number, started_at, stage };
        Ok(Self { state: PublicationState::Publishing { attempt, resume_at }, ..self })
    }

    /// Passes the point of no return. Written down before the last chunk leaves.
    ///
    /// # Errors
    /// When no bytes are on their way, or it is not due yet: whatever was sent ahead, nothing is out before its time.
    pub fn commit(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        if self.due_at > now {
            return Err(self.wrong("be out before its time"));
        }
        let PublicationState::Publishing {
            attempt: Attempt { stage: Stage::Uploading { upload, .. }, id, number, started_at },
            resume_at,
        } = self.state
        else {
            return Err(self.wrong("send the last chunk"));
        };
        let attempt = Attempt { id, number, started_at, stage: Stage::Committing { upload } };
        Ok(Self { state: PublicationState::Publishing { attempt, resume_at }, ..self })
    }

    /// TikTok has every byte, or it is to be asked whether it has.
    ///
    /// # Errors
    /// When the last chunk was never sent.
    pub fn deliver(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Publishing {
            attempt: Attempt { stage: Stage::Committing { upload }, id, number, started_at },
            ..
        } = self.state
        else {
            return Err(self.wrong("be delivered"));
        };
        let attempt = Attempt { id, number, started_at, stage: Stage::Delivered { upload } };
        let ask_at = now + ask_delay(0);
        Ok(Self { state: PublicationState::Processing { attempt, asked: 0, since: now, ask_at }, ..self })
    }

    /// TikTok is still working, or could not be asked: ask again later. A day of questions without an
    /// answer is unclear.
    ///
    /// # Errors
    /// When TikTok is not being asked.
    pub fn ask_again(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Processing { attempt, asked, since, .. } = self.state else {
            return Err(self.wrong("be asked about"));
        };
        if now - since >= ASK_FOR && asked >= ASK_LEAST {
            let setback = Setback {
                code: "no_answer".into(),
                said: say!("trouble-setback-silent"),
                hint: say!("trouble-setback-silent-hint"),
                whose: Whose::TikTok,
                next: Next::Unclear,
            };
            let publish_id = attempt.stage.upload().map(|upload| upload.publish_id.clone());
            return Ok(Self { state: PublicationState::Unclear { setback, publish_id, at: now }, ..self });
        }
        let asked = asked + 1;
        let ask_at = now + ask_delay(asked);
        Ok(Self { state: PublicationState::Processing { attempt, asked, since, ask_at }, ..self })
    }

    /// TikTok says it is out. Where a link is to be expected it is asked for until it is there.
    ///
    /// # Errors
    /// When nothing was opened at TikTok.
    pub fn confirm(self, receipt: Receipt, expects_link: bool, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let at = match &self.state {
            PublicationState::Published { at, .. } => *at,
            PublicationState::Processing { .. } | PublicationState::Publishing { .. } if self.is_open() => now,
            PublicationState::InInbox { .. } => now,
            PublicationState::Scheduled { .. }
            | PublicationState::Publishing { .. }
            | PublicationState::Processing { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => return Err(self.wrong("be confirmed")),
        };
        let ask_at = (expects_link && receipt.url.is_none() && now - at < LINK_FOR).then_some(now + ASK_SLOWLY);
        Ok(Self { state: PublicationState::Published { receipt, at, ask_at }, ..self })
    }

    /// TikTok says it lies in the creator's inbox.
    ///
    /// # Errors
    /// When nothing was opened at TikTok.
    pub fn arrive_in_inbox(self, receipt: Receipt, now: DateTime<Utc>) -> Result<Self, WrongState> {
        if !self.is_open() {
            return Err(self.wrong("arrive in the inbox"));
        }
        Ok(Self { state: PublicationState::InInbox { receipt, at: now, ask_at: Some(now + INBOX_SOONEST) }, ..self })
    }

    /// It still lies in the inbox, or TikTok could not be asked. After a week nobody asks any more.
    ///
    /// # Errors
    /// When it does not lie in the inbox.
    pub fn stay_in_inbox(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::InInbox { receipt, at, .. } = self.state else {
            return Err(self.wrong("stay in the inbox"));
        };
        let lain = now - at;
        let ask_at = (lain < INBOX_FOR).then(|| now + (lain / 4).clamp(INBOX_SOONEST, INBOX_LATEST));
        Ok(Self { state: PublicationState::InInbox { receipt, at, ask_at }, ..self })
    }

    /// Something went wrong. What follows is in the setback; tries that are spent end in failure. Past the point of no
    /// return nobody but TikTok can say that nothing is out, so there the end is unclear, whatever the setback says.
    ///
    /// # Errors
    /// When nothing is under way.
    pub fn meet(self, setback: Setback, now: DateTime<Utc>) -> Result<Self, WrongState> {
        if self.attempt().is_some_and(|attempt| attempt.stage.is_committed()) {
            return self.end_attempt(Setback { next: Next::Unclear, ..setback }, now);
        }
        self.end_attempt(setback, now)
    }

    /// TikTok itself says that the whole attempt failed: nothing of it is out or ever will be.
    ///
    /// # Errors
    /// When nothing was opened at TikTok.
    pub fn fail(self, setback: Setback, now: DateTime<Utc>) -> Result<Self, WrongState> {
        if !self.is_open() {
            return Err(self.wrong("fail at TikTok"));
        }
        self.end_attempt(setback, now)
    }

    fn end_attempt(self, setback: Setback, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let publish_id = match &self.state {
            PublicationState::Scheduled { .. } => None,
            PublicationState::Publishing { attempt, .. } | PublicationState::Processing { attempt, .. } => {
                attempt.stage.upload().map(|upload| upload.publish_id.clone())
            }
            PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => return Err(self.wrong("meet a setback")),
        };
        // What keeps a try from beginning does not count as one, so it needs an end of its own.
        let never_began =
            matches!(self.state, PublicationState::Scheduled { .. }) && now - self.should_begin_at() >= BEGIN_WITHIN;
        let state = match setback.next {
            Next::Later { at_least_seconds } if self.attempts < MOST_ATTEMPTS && !never_began => {
                let wait = retry_delay(self.attempts).max(TimeDelta::seconds(at_least_seconds));
                let wake_at = now + jittered(wait, self.id, self.attempts);
                PublicationState::Scheduled { wake_at, setback: Some(setback) }
            }
            Next::Later { .. } | Next::Never => PublicationState::Failed { setback, at: now },
            Next::Unclear => PublicationState::Unclear { setback, publish_id, at: now },
        };
        Ok(Self { state, ..self })
    }

    /// Puts a try off without counting anything against it: our own pace at TikTok is spent for a moment.
    ///
    /// # Errors
    /// When a try has begun.
    pub fn postpone(self, until: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Scheduled { setback, .. } = self.state else { return Err(self.wrong("be put off")) };
        Ok(Self { state: PublicationState::Scheduled { wake_at: until, setback }, ..self })
    }

    /// Lets go of an upload for a moment without giving it up: the same address, the next chunk, later.
    ///
    /// # Errors
    /// When no bytes are on their way.
    pub fn pause(self, resume_at: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Publishing { attempt, .. } = self.state else { return Err(self.wrong("pause")) };
        Ok(Self { state: PublicationState::Publishing { attempt, resume_at }, ..self })
    }

    /// The post changed before its last chunk left, while it was held, or after it failed for good. Until the last chunk
    /// nothing can be out, so bytes on their way are simply not followed by more.
    ///
    /// # Errors
    /// When it may be out.
    pub fn cancel(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        if !self.is_cancellable() {
            return Err(self.wrong("be cancelled"));
        }
        Ok(Self { state: PublicationState::Cancelled { at: now }, ..self })
    }

    /// Whether the last chunk cannot have left, so that a person may still stop it or change the post.
    #[must_use]
    pub const fn is_cancellable(&self) -> bool {
        match &self.state {
            PublicationState::Scheduled { .. } | PublicationState::Held { .. } | PublicationState::Failed { .. } => {
                true
            }
            PublicationState::Publishing { attempt, .. } => !attempt.stage.is_committed(),
            PublicationState::Processing { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => false,
        }
    }

    /// A person wants it tried again.
    ///
    /// # Errors
    /// When it has not failed. What is unclear may be out: see [`deny`](Self::deny).
    pub fn retry(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Failed { .. } = self.state else { return Err(self.wrong("be tried again")) };
        Ok(self.tried_again(now))
    }

    /// A person looked and says it is not out: it is tried again.
    ///
    /// # Errors
    /// When it is not unclear.
    pub fn deny(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Unclear { .. } = self.state else { return Err(self.wrong("be denied")) };
        Ok(self.tried_again(now))
    }

    fn tried_again(self, now: DateTime<Utc>) -> Self {
        let state = PublicationState::Scheduled { wake_at: now.max(self.due_at), setback: None };
        Self { attempts: 0, state, ..self }
    }

    /// A person looked and says it is out.
    ///
    /// # Errors
    /// When it is not unclear.
    pub fn vouch(self, now: DateTime<Utc>) -> Result<Self, WrongState> {
        let PublicationState::Unclear { publish_id, .. } = self.state else {
            return Err(self.wrong("be vouched for"));
        };
        let receipt = Receipt { publish_id: publish_id.unwrap_or_default(), post_id: None, url: None };
        Ok(Self { state: PublicationState::Published { receipt, at: now, ask_at: None }, ..self })
    }

    /// Whether TikTok has a name for what is under way.
    fn is_open(&self) -> bool {
        self.attempt().is_some_and(|attempt| attempt.stage.upload().is_some())
    }

    pub(super) fn wrong(&self, act: &'static str) -> WrongState {
        WrongState { act, state: self.stage().said() }
    }
}

fn retry_delay(attempts: u32) -> TimeDelta {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(RETRY_DELAYS.len() - 1);
    RETRY_DELAYS[index]
}

fn ask_delay(asked: u32) -> TimeDelta {
    ASK_SERIES.iter().find(|(until, _)| asked < *until).map_or(ASK_SLOWLY, |(_, delay)| *delay)
}
