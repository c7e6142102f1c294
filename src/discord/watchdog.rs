//! Is the line to Discord alive, and may it be opened once more?
//!
//! serenity mends most breaks by itself, but some of its repairs spin or storm for ever without a log line, and a bot
//! that identifies too often loses its token. So somebody who is not serenity looks at two signals: the stage has to be
//! *connected*, and the latency, measured anew with every heartbeat, has to change. Rules only; `gateway` acts on them.

use std::collections::VecDeque;
use std::time::Duration;

use serenity::all::ConnectionStage;
use tokio::time::Instant;

/// How long everything takes; stories that watch a line break shorten it.
#[derive(Debug, Clone, Copy)]
pub struct Spans {
    /// How often the two signals are looked at.
    pub look_every: Duration,
    /// The latency has to change within this.
    pub still_after: Duration,
    /// How long a line may be out of order before it is torn down.
    pub patience: Duration,
    /// The pause before a line is built anew; each one after it is twice as long.
    pub first_pause: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
    /// A line that held this long was a good one: the pauses start over.
    pub held: Duration,
    /// How often a bot may identify in a day before it slows down.
    pub most_identifies: usize,
    /// How long it waits between two tries then.
    pub rest: Duration,
}

impl Default for Spans {
    /// Three of Discord's heartbeats, which are 41.25 s apart, until a heart stands still; pauses of 5 s, 10 s, 20 s,
    /// 40 s, 80 s, 160 s, then always 5 min. At 1,000 greetings in a day Discord takes the token away.
    /// <https://docs.discord.com/developers/events/gateway>
    fn default() -> Self {
        Self {
            look_every: Duration::from_secs(5),
            still_after: Duration::from_millis(3 * 41_250),
            patience: Duration::from_secs(3 * 60),
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_secs(5 * 60),
            held: Duration::from_secs(10 * 60),
            most_identifies: 200,
            rest: Duration::from_secs(60 * 60),
        }
    }
}

/// The span Discord counts greetings over.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What to do with the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Leave it alone.
    Fine,
    /// Tear it down and build another.
    Dead,
    /// It hangs in its first greeting, which no new line mends.
    Stuck,
}

/// Looks at one shard of one line.
#[derive(Debug)]
pub(super) struct Watchdog {
    spans: Spans,
    latency: Option<Duration>,
    changed_at: Instant,
    fine_at: Instant,
    identified: u32,
    greeted: bool,
}

impl Watchdog {
    /// Begins to look at a line that is being built.
    pub(super) const fn new(spans: Spans, now: Instant) -> Self {
        Self { spans, latency: None, changed_at: now, fine_at: now, identified: 0, greeted: false }
    }

    /// The line has identified. One that does so again is refused each time, and does not hang.
    pub(super) const fn identified(&mut self) {
        self.identified += 1;
    }

    /// Looks at a shard; none is there while the line is being built.
    pub(super) fn look(&mut self, now: Instant, stage: Option<ConnectionStage>, latency: Option<Duration>) -> Line {
        if latency != self.latency {
            self.latency = latency;
            self.changed_at = now;
        }
        let connected = stage == Some(ConnectionStage::Connected);
        self.greeted |= connected;
        if connected && now.duration_since(self.changed_at) < self.spans.still_after {
            self.fine_at = now;
        }
        if now.duration_since(self.fine_at) < self.spans.patience {
            Line::Fine
        } else if stage == Some(ConnectionStage::Identifying) && !self.greeted && self.identified <= 1 {
            Line::Stuck
        } else {
            Line::Dead
        }
    }
}

/// How long to wait before the next line, and how often the bot has identified today.
#[derive(Debug)]
pub(super) struct Patience {
    spans: Spans,
    pause: Duration,
    identified_at: VecDeque<Instant>,
}

impl Patience {
    pub(super) const fn new(spans: Spans) -> Self {
        Self { spans, pause: spans.first_pause, identified_at: VecDeque::new() }
    }

    /// The bot identified; says whether it has done so too often for a day.
    pub(super) fn identified(&mut self, now: Instant) -> bool {
        self.identified_at.push_back(now);
        self.spent(now)
    }

    /// How long to wait after a line that held for `held`.
    pub(super) fn pause_after(&mut self, held: Duration, now: Instant) -> Duration {
        if held >= self.spans.held {
            self.pause = self.spans.first_pause;
        }
        let pause = self.pause;
        self.pause = (pause * 2).min(self.spans.longest_pause);
        if self.spent(now) { self.spans.rest } else { pause }
    }

    fn spent(&mut self, now: Instant) -> bool {
        while self.identified_at.front().is_some_and(|at| now.duration_since(*at) >= DAY) {
            self.identified_at.pop_front();
        }
        self.identified_at.len() >= self.spans.most_identifies
    }
}

/// A short pause: between two looks, between two tries.
#[expect(clippy::disallowed_methods, reason = "the one place of this room that sleeps, never for what is owed")]
pub(super) async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONNECTED: Option<ConnectionStage> = Some(ConnectionStage::Connected);

    /// Looks every five seconds for that long; the last verdict.
    fn watch(
        dog: &mut Watchdog,
        from: Instant,
        seconds: u64,
        stage: Option<ConnectionStage>,
        latency: impl Fn(u64) -> Option<Duration>,
    ) -> Line {
        let looks = (0..=seconds).step_by(5);
        looks.map(|at| dog.look(from + Duration::from_secs(at), stage, latency(at))).last().unwrap()
    }

    fn beating(at: u64) -> Option<Duration> {
        Some(Duration::from_millis(20 + at / 41))
    }

    #[test]
    fn a_line_whose_heart_beats_is_left_alone() {
        let start = Instant::now();
        let mut dog = Watchdog::new(Spans::default(), start);
        assert_eq!(watch(&mut dog, start, 86_400, CONNECTED, beating), Line::Fine);
    }

    #[test]
    fn a_line_that_says_connected_but_whose_heart_stands_still_dies() {
        let start = Instant::now();
        let mut dog = Watchdog::new(Spans::default(), start);
        assert_eq!(watch(&mut dog, start, 290, CONNECTED, |_| None), Line::Fine);
        assert_eq!(watch(&mut dog, start + Duration::from_secs(290), 30, CONNECTED, |_| None), Line::Dead);
    }

    #[test]
    fn a_line_that_cannot_be_resumed_dies_after_three_minutes() {
        let start = Instant::now();
        let mut dog = Watchdog::new(Spans::default(), start);
        assert_eq!(watch(&mut dog, start, 60, CONNECTED, beating), Line::Fine);
        let later = start + Duration::from_secs(60);
        assert_eq!(watch(&mut dog, later, 175, Some(ConnectionStage::Resuming), |_| None), Line::Fine);
        assert_eq!(watch(&mut dog, later, 180, Some(ConnectionStage::Resuming), |_| None), Line::Dead);
    }

    #[test]
    fn a_greeting_that_is_never_answered_is_told_apart() {
        let start = Instant::now();
        let mut dog = Watchdog::new(Spans::default(), start);
        assert_eq!(watch(&mut dog, start, 180, Some(ConnectionStage::Identifying), |_| None), Line::Stuck);
        assert_eq!(watch(&mut Watchdog::new(Spans::default(), start), start, 180, None, |_| None), Line::Dead);
    }

    #[test]
    fn a_greeting_that_is_refused_again_and_again_gets_a_new_line() {
        let start = Instant::now();
        let mut dog = Watchdog::new(Spans::default(), start);
        dog.identified();
        dog.identified();
        assert_eq!(watch(&mut dog, start, 180, Some(ConnectionStage::Identifying), |_| None), Line::Dead);
    }

    #[test]
    fn pauses_grow_until_a_line_holds() {
        let now = Instant::now();
        let mut patience = Patience::new(Spans::default());
        let pauses: Vec<u64> = (0..8).map(|_| patience.pause_after(Duration::ZERO, now).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(patience.pause_after(Spans::default().held, now), Spans::default().first_pause);
    }

    #[test]
    fn two_hundred_greetings_in_a_day_are_enough() {
        let now = Instant::now();
        let mut patience = Patience::new(Spans::default());
        assert!((1..Spans::default().most_identifies).all(|_| !patience.identified(now)));
        assert!(patience.identified(now));
        assert_eq!(patience.pause_after(Duration::ZERO, now), Spans::default().rest);
        assert_eq!(patience.pause_after(Spans::default().held, now + DAY), Spans::default().first_pause);
    }
}
