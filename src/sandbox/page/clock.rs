//! The clock one can push. On its way it stops at everything that falls due, so that a day pushed by is a day lived and
//! not an outage after which everything is late.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State as Shared;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, timeout};

use super::{Refused, Stage};
use crate::domain::clock::{Clock as _, PushedClock};
use crate::sandbox::tiktok::TikTok;

/// The furthest one push goes, in seconds: a year.
const FURTHEST: i64 = 366 * 24 * 60 * 60;

/// How long, in real time, one push waits altogether for what falls due on its way.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long, in real time, it waits for what was due before when it is asked for the next thing.
const BACKLOG: Duration = Duration::from_secs(5);

/// How long, in real time, TikTok hears nothing before what was due counts as done.
const QUIET: Duration = Duration::from_millis(250);

/// What is due next, also when that is past and it is not done yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Upcoming {
    /// The next post that goes out, or is asked after.
    pub post: Option<DateTime<Utc>>,
    /// The next of everything else, such as a digest.
    pub other: Option<DateTime<Utc>>,
}

impl Upcoming {
    fn first(self) -> Option<DateTime<Utc>> {
        self.post.into_iter().chain(self.other).min()
    }
}

/// Tells what is due next.
pub type NextDue = Arc<dyn Fn() -> BoxFuture<'static, Upcoming> + Send + Sync>;

/// The clock of everything, and how to tell the program that it moved.
#[derive(Clone)]
pub struct ClockPush {
    clock: Arc<PushedClock>,
    nudge: Arc<dyn Fn() + Send + Sync>,
    next: NextDue,
    pushes: watch::Sender<u64>,
    /// One push at a time.
    turn: Arc<Mutex<()>>,
}

impl fmt::Debug for ClockPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClockPush").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl ClockPush {
    /// A clock, what to call after each push, and who knows what is due next.
    pub fn new(clock: Arc<PushedClock>, nudge: Arc<dyn Fn() + Send + Sync>, next: NextDue) -> Self {
        Self { clock, nudge, next, pushes: watch::Sender::new(0), turn: Arc::default() }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn pushed(&self) -> watch::Receiver<u64> {
        self.pushes.subscribe()
    }

    fn put(&self, at: DateTime<Utc>) {
        if at > self.clock.now() {
            self.clock.set(at);
        }
        (self.nudge)();
        self.pushes.send_modify(|count| *count += 1);
    }

    /// When the next post falls due, or without one the next of everything else, once what was due before is done.
    async fn next_after(&self, now: DateTime<Utc>, tiktok: &TikTok) -> Option<DateTime<Utc>> {
        let give_up = Instant::now() + BACKLOG;
        loop {
            let due = (self.next)().await;
            if due.first()? > now || Instant::now() >= give_up {
                return due.post.or(due.other).map(|at| at.max(now));
            }
            settled(tiktok, give_up).await;
        }
    }

    /// Goes to an instant by way of everything that falls due before it.
    async fn advance(&self, to: DateTime<Utc>, tiktok: &TikTok) {
        let give_up = Instant::now() + PATIENCE;
        while let Some(due) = (self.next)().await.first().filter(|due| *due < to && Instant::now() < give_up) {
            if due > self.clock.now() {
                self.put(due);
            }
            settled(tiktok, give_up).await;
        }
        self.put(to);
        settled(tiktok, give_up).await;
    }
}

/// Waits until TikTok hears nothing more for a moment.
async fn settled(tiktok: &TikTok, give_up: Instant) {
    let mut news = tiktok.subscribe();
    while Instant::now() < give_up && timeout(QUIET, news.changed()).await.is_ok() {}
}

/// Where the clock shall go.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Wish {
    By { push_seconds: i64 },
    To { to: Goal },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Goal {
    At(DateTime<Utc>),
    Word(String),
}

fn told(clock: &ClockPush) -> Json<Value> {
    Json(json!({"now": clock.now()}))
}

pub(super) async fn now(Shared(stage): Shared<Stage>) -> Json<Value> {
    told(&stage.clock)
}

pub(super) async fn push(Shared(stage): Shared<Stage>, Json(wish): Json<Wish>) -> Result<Json<Value>, Refused> {
    let clock = &stage.clock;
    let _turn = clock.turn.lock().await;
    let now = clock.now();
    let to = match wish {
        Wish::By { push_seconds } => now + TimeDelta::seconds(push_seconds.clamp(0, FURTHEST)),
        Wish::To { to: Goal::At(at) } => at,
        Wish::To { to: Goal::Word(word) } if word == "next" => clock
            .next_after(now, &stage.tiktok)
            .await
            .ok_or_else(|| Refused("Nothing waits for its time.".to_owned()))?,
        Wish::To { to: Goal::Word(word) } => return Err(Refused(format!("The clock knows no `{word}`."))),
    };
    if to < now {
        return Err(Refused("The clock only goes forward.".to_owned()));
    }
    if to - now > TimeDelta::seconds(FURTHEST) {
        return Err(Refused("A year at a time is enough.".to_owned()));
    }
    clock.advance(to, &stage.tiktok).await;
    Ok(told(clock))
}
