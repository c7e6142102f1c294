//! What a run does: how much, how often, with which mistake. Everything that is drawn is drawn from its seed.

use std::ops::Range;
use std::time::Duration;

/// Where the rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    /// In a temporary folder.
    Sqlite,
    /// On a PostgreSQL server of our own.
    Own,
    /// In an empty database at this address.
    At(String),
}

/// One run.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) seed: u64,
    /// How often a worker is killed or frozen, at least.
    pub(crate) rounds: u64,
    pub(crate) posts: u64,
    pub(crate) workers: usize,
    pub(crate) database: Database,
    /// The milliseconds between two strikes.
    pub(crate) between: Range<u64>,
    /// How many of a hundred strikes freeze instead of killing, where somebody else can take over.
    pub(crate) freezes: u64,
    /// How many of a thousand posts need several chunks.
    pub(crate) large: u64,
    /// The mistake that is made on purpose.
    pub(crate) mistake: Option<&'static str>,
    /// The bot runs as well, against a Discord in trouble.
    pub(crate) discord: bool,
    /// How long everything may take to come to rest after the last strike.
    pub(crate) settle: Duration,
}

/// With more posts than this a run takes many minutes.
pub(crate) const LONG: u64 = 20_000;

/// How many posts an account gets: few enough for TikTok's limits of a minute and of a day.
const POSTS_FOR_EACH: u64 = 4;

/// The same for a run of many minutes.
const POSTS_FOR_EACH_IN_LONG: u64 = 10;

impl Course {
    /// Whether it takes many minutes.
    pub(crate) const fn is_long(&self) -> bool {
        self.posts > LONG
    }

    /// Whether bytes go ahead of their time, as the setting `scheduling.precommit` has it: in every other seed.
    pub(crate) const fn sends_ahead(&self) -> bool {
        self.seed.is_multiple_of(2)
    }

    /// How many accounts are connected.
    pub(crate) const fn accounts(&self) -> u64 {
        let each = if self.is_long() { POSTS_FOR_EACH_IN_LONG } else { POSTS_FOR_EACH };
        let count = self.posts.div_ceil(each);
        if count == 0 { 1 } else { count }
    }

    /// How much happens at TikTok between two strikes, at least and on the average half of it.
    pub(crate) fn calls_between(&self) -> u64 {
        (self.posts * 4).div_ceil(self.rounds.max(1)).max(1)
    }

    /// How many teams hand them in: what one team does is written into one trail, entry by entry, so in a long run one alone
    /// would be what everybody waits for.
    pub(crate) const fn teams(&self) -> u64 {
        if self.is_long() && !self.discord { 50 } else { 1 }
    }

    /// How many are handed in before the first strike, due evenly over the strikes. In a long run nearly all: one team
    /// that writes by itself would be what everybody waits for.
    pub(crate) const fn beforehand(&self) -> u64 {
        if self.posts > 1_000 { self.posts / 10 * 9 } else { 0 }
    }

    /// How many uploads a process has under way, and how many questions. A claim is renewed seven times a second here, and
    /// in a large database that is what everybody would wait for.
    pub(crate) const fn at_once(&self) -> u64 {
        if self.is_long() { 16 } else { 64 }
    }

    /// How long the strikes take.
    pub(crate) fn span(&self) -> Duration {
        let middle = u128::from(self.between.start.midpoint(self.between.end)) * u128::from(self.rounds);
        Duration::from_millis(u64::try_from(middle).unwrap_or(u64::MAX))
    }

    /// A course on which that mistake is found for sure: each needs another trouble.
    pub(crate) fn proving(&self, mistake: &'static str) -> Self {
        let course = Self { mistake: Some(mistake), large: 0, discord: false, ..self.clone() };
        match mistake {
            // Who was overtaken has to wake up and write: that needs freezes at the right moment, and others at work.
            "unfenced" => Self { workers: 4, freezes: 85, rounds: 120, posts: 900, between: 50..250, ..course },
            _ => Self { rounds: 40, posts: 400, ..course },
        }
    }
}
