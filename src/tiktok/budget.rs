//! Staying under TikTok's limits before TikTok has to say so, for each account and each class of calls.
//!
//! TikTok counts calls in any 60 seconds and sends no headers about it. Half of a limit may go out at once and the other
//! half comes back evenly over the minute, so that no 60 seconds ever hold more than the limit, wherever they begin.
//! The accounts are told apart by `open_id`, because tokens change every two hours. The counters are in memory: after
//! a restart TikTok's own 429 is the guard. Limits over a day are rows in the database, not here.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-rate-limit>

use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::domain::clock::SharedClock;

use super::trouble::Trouble;

/// Calls that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// What a creator allows, asked before a post goes out: 6 of TikTok's 20 a minute, as many as can be opened.
    CreatorInfo,
    /// What a creator allows, asked for people who compose: the other 14, so that they never hold up a post.
    Composing,
    /// Opening uploads, posts and drafts together: 6 a minute.
    Open,
    /// Asking how a post proceeds: 30 a minute.
    Status,
    /// Profile and video numbers: 600 a minute.
    Display,
}

impl Class {
    /// How many calls there are in any 60 seconds; classes that share a limit of TikTok's share it out.
    #[must_use]
    pub const fn per_minute(self) -> u32 {
        match self {
            Self::CreatorInfo | Self::Open => 6,
            Self::Composing => 14,
            Self::Status => 30,
            Self::Display => 600,
        }
    }
}

type Limiter = RateLimiter<String, DefaultKeyedStateStore<String>, Forward, NoOpMiddleware<Duration>>;

/// The calls each account still has. Clones share the counters.
#[derive(Clone)]
pub struct Budget {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Forward,
    creator_info: Limiter,
    composing: Limiter,
    open: Limiter,
    status: Limiter,
    display: Limiter,
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget").finish_non_exhaustive()
    }
}

impl Budget {
    /// Full budgets for everybody.
    #[must_use]
    pub fn new(clock: SharedClock) -> Self {
        let clock = Forward::new(clock);
        let limiter = |class: Class| {
            let half = NonZeroU32::new(class.per_minute() / 2).unwrap_or(NonZeroU32::MIN);
            RateLimiter::new(Quota::per_minute(half), DefaultKeyedStateStore::default(), clock.clone())
        };
        Self {
            inner: Arc::new(Inner {
                creator_info: limiter(Class::CreatorInfo),
                composing: limiter(Class::Composing),
                open: limiter(Class::Open),
                status: limiter(Class::Status),
                display: limiter(Class::Display),
                clock,
            }),
        }
    }

    /// Takes one call of this class, or says when there will be one.
    ///
    /// # Errors
    /// The account has to wait; nothing was taken.
    pub fn take(&self, open_id: &str, class: Class) -> Result<(), Trouble> {
        self.try_take(open_id, class).map_err(Trouble::paced)
    }

    /// Takes one call of this class, waiting for it if that is a matter of `patience`. For reads a person waits for.
    ///
    /// # Errors
    /// The wait would be longer; nothing was taken.
    pub async fn take_within(&self, open_id: &str, class: Class, patience: Duration) -> Result<(), Trouble> {
        match self.try_take(open_id, class) {
            Ok(()) => Ok(()),
            Err(wait) if wait <= patience => {
                pause(wait).await;
                self.take(open_id, class)
            }
            Err(wait) => Err(Trouble::paced(wait)),
        }
    }

    fn try_take(&self, open_id: &str, class: Class) -> Result<(), Duration> {
        let limiter = match class {
            Class::CreatorInfo => &self.inner.creator_info,
            Class::Composing => &self.inner.composing,
            Class::Open => &self.inner.open,
            Class::Status => &self.inner.status,
            Class::Display => &self.inner.display,
        };
        limiter.check_key(&open_id.to_owned()).map_err(|not_yet| not_yet.wait_time_from(self.inner.clock.now()))
    }
}

#[expect(clippy::disallowed_methods, reason = "a pause of a moment while a person waits; longer ones are the caller's")]
async fn pause(wait: Duration) {
    // Our clock counts whole milliseconds, so the moment is only surely there one later.
    tokio::time::sleep(wait + Duration::from_millis(1)).await;
}

/// Our clock as `governor` needs it: only ever forward. A step back counts as standing still.
#[derive(Clone)]
struct Forward {
    clock: SharedClock,
    seen: Arc<Mutex<(DateTime<Utc>, Duration)>>,
}

impl Forward {
    fn new(clock: SharedClock) -> Self {
        let now = clock.now();
        Self { clock, seen: Arc::new(Mutex::new((now, Duration::ZERO))) }
    }
}

impl governor::clock::Clock for Forward {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let gone = (now - seen.0).to_std().unwrap_or(Duration::ZERO);
        *seen = (now, seen.1 + gone);
        seen.1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::domain::clock::{Clock as _, PushedClock};
    use crate::tiktok::trouble::{Kind, Next};

    use super::*;

    fn held() -> (Arc<PushedClock>, Budget) {
        let clock = PushedClock::standing(DateTime::UNIX_EPOCH);
        (clock.clone(), Budget::new(clock))
    }

    #[test]
    fn a_spent_budget_says_when_to_come_back() {
        let (clock, budget) = held();
        for _ in 0..3 {
            budget.take("cafe", Class::Open).unwrap();
        }
        let trouble = budget.take("cafe", Class::Open).unwrap_err();
        assert_eq!(trouble.kind, Kind::OwnPace);
        assert_eq!(trouble.next, Next::Later(Some(Duration::from_secs(20))));
        clock.push(Duration::from_secs(20));
        budget.take("cafe", Class::Open).unwrap();
    }

    #[test]
    fn accounts_and_classes_do_not_share() {
        let (_, budget) = held();
        for _ in 0..4 {
            let _ = budget.take("cafe", Class::Open);
        }
        budget.take("harbour", Class::Open).unwrap();
        budget.take("cafe", Class::Status).unwrap();
    }

    #[test]
    fn people_who_compose_leave_the_posts_their_share() {
        let (_, budget) = held();
        while budget.take("cafe", Class::Composing).is_ok() {}
        budget.take("cafe", Class::CreatorInfo).unwrap();
        assert_eq!(Class::CreatorInfo.per_minute() + Class::Composing.per_minute(), 20, "TikTok's own limit");
    }

    #[test]
    fn a_clock_that_steps_back_does_not_lock_anybody_out() {
        let (clock, budget) = held();
        clock.push(Duration::from_secs(3600));
        for _ in 0..3 {
            budget.take("cafe", Class::Open).unwrap();
        }
        clock.set(DateTime::UNIX_EPOCH);
        assert!(budget.take("cafe", Class::Open).is_err());
        clock.push(Duration::from_secs(20));
        budget.take("cafe", Class::Open).unwrap();
    }

    #[tokio::test]
    async fn a_long_wait_is_not_waited_for() {
        let (_, budget) = held();
        for _ in 0..3 {
            budget.take("cafe", Class::Open).unwrap();
        }
        let waited = budget.take_within("cafe", Class::Open, Duration::from_secs(2)).await;
        assert_eq!(waited.unwrap_err().next, Next::Later(Some(Duration::from_secs(20))));
    }

    #[tokio::test]
    async fn a_short_wait_is_waited_for() {
        let budget = Budget::new(PushedClock::running());
        while budget.take("cafe", Class::Display).is_ok() {}
        budget.take_within("cafe", Class::Display, Duration::from_secs(1)).await.unwrap();
    }

    proptest! {
        #[test]
        fn no_sixty_seconds_hold_more_than_the_limit(pushes in proptest::collection::vec(0_u64..9_000, 1..120)) {
            for class in [Class::CreatorInfo, Class::Composing, Class::Open, Class::Status] {
                let (clock, budget) = held();
                let mut taken = Vec::new();
                for push in &pushes {
                    clock.push(Duration::from_millis(*push));
                    while budget.take("cafe", class).is_ok() {
                        taken.push(clock.now());
                    }
                }
                let limit = usize::try_from(class.per_minute()).unwrap();
                for calls in taken.windows(limit + 1) {
                    let span = calls[limit] - calls[0];
                    prop_assert!(span >= chrono::TimeDelta::seconds(60), "{class:?} {span}");
                }
            }
        }
    }
}
