//! The calls an account has made in the last minute, by class.

use std::collections::BTreeMap;

use chrono::serde::ts_milliseconds;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Allowance;
use crate::domain::tempo;

/// TikTok counts calls in any 60 seconds. <https://developers.tiktok.com/doc/tiktok-api-v2-rate-limit>
const MINUTE: TimeDelta = tempo::minutes(1);

/// An instant as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Moment(#[serde(with = "ts_milliseconds")] DateTime<Utc>);

/// The calls of the last minute, by the word of their class and in order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls(BTreeMap<String, Vec<Moment>>);

impl Calls {
    /// Forgets what is over and takes what lies in the future for just now; says whether that changed anything that
    /// must be kept.
    pub fn settle(&mut self, now: DateTime<Utc>) -> bool {
        let mut was_ahead = false;
        for moments in self.0.values_mut() {
            moments.retain(|moment| moment.0 > now - MINUTE);
            for moment in moments {
                if moment.0 > now {
                    (moment.0, was_ahead) = (now, true);
                }
            }
        }
        self.0.retain(|_, moments| !moments.is_empty());
        was_ahead
    }

    /// Takes one call of a class, if the class and all of them together leave room for it now.
    ///
    /// # Errors
    /// How long until there is room; nothing was taken.
    pub fn take(&mut self, class: &str, of_class: u32, of_all: u32, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        self.settle(now);
        let instants = |moments: &Vec<Moment>| moments.iter().map(|moment| moment.0).collect::<Vec<_>>();
        let mut all: Vec<_> = self.0.values().flat_map(instants).collect();
        all.sort_unstable();
        let own = self.0.get(class).map(instants).unwrap_or_default();
        let room = |most, taken: &[DateTime<Utc>]| Allowance { most, within: MINUTE }.room_from(taken, now);
        let until = room(of_class, &own).max(room(of_all, &all));
        if until > now {
            return Err(until - now);
        }
        self.0.entry(class.to_owned()).or_default().push(Moment(now));
        Ok(())
    }

    /// How many calls there were in the last minute.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(millis)
    }

    #[test]
    fn a_whole_limit_may_go_at_once_and_comes_back_after_a_minute() {
        let mut calls = Calls::default();
        for _ in 0..6 {
            calls.take("open", 6, 100, at(0)).unwrap();
        }
        assert_eq!(calls.take("open", 6, 100, at(10_000)), Err(TimeDelta::seconds(50)));
        assert_eq!(calls.take("open", 6, 100, at(60_000)), Ok(()));
        assert_eq!(calls.count(), 1, "what is over is forgotten");
    }

    #[test]
    fn classes_do_not_share_but_all_together_have_a_limit_too() {
        let mut calls = Calls::default();
        for _ in 0..6 {
            calls.take("open", 6, 8, at(0)).unwrap();
        }
        calls.take("status", 30, 8, at(0)).unwrap();
        calls.take("status", 30, 8, at(5_000)).unwrap();
        assert_eq!(calls.take("status", 30, 8, at(10_000)), Err(TimeDelta::seconds(50)));
    }

    #[test]
    fn a_clock_set_back_makes_nobody_wait_longer_than_a_minute_and_gives_nobody_more() {
        let mut calls = Calls::default();
        for _ in 0..6 {
            calls.take("open", 6, 100, at(3_600_000)).unwrap();
        }
        assert!(calls.settle(at(0)), "what lies ahead is brought back");
        assert_eq!(calls.take("open", 6, 100, at(0)), Err(TimeDelta::seconds(60)));
        assert_eq!(calls.take("open", 6, 100, at(60_000)), Ok(()));
    }

    #[test]
    fn calls_are_kept_as_they_are() {
        let mut calls = Calls::default();
        calls.take("open", 6, 100, at(1)).unwrap();
        let text = serde_json::to_string(&calls).unwrap();
        assert_eq!(text, r#"{"open":[1]}"#);
        assert_eq!(serde_json::from_str::<Calls>(&text).unwrap(), calls);
    }

    proptest! {
        #[test]
        fn no_sixty_seconds_hold_more_than_the_limit(
            steps in proptest::collection::vec((0_i64..9_000, 0_usize..3), 1..120),
            all in 7_u32..40,
        ) {
            const CLASSES: [(&str, u32); 3] = [("open", 6), ("composing", 14), ("status", 30)];
            let (mut calls, mut now, mut taken) = (Calls::default(), at(0), Vec::new());
            for (push, class) in steps {
                now += TimeDelta::milliseconds(push);
                let (word, most) = CLASSES[class];
                while calls.take(word, most, all, now).is_ok() {
                    taken.push((word, now));
                }
            }
            let within = |instants: &[DateTime<Utc>], most: u32| {
                instants.windows(usize::try_from(most).unwrap() + 1).all(|run| run[run.len() - 1] - run[0] >= MINUTE)
            };
            for (word, most) in CLASSES {
                let own: Vec<_> = taken.iter().filter(|one| one.0 == word).map(|one| one.1).collect();
                prop_assert!(within(&own, most), "{word}");
            }
            let every: Vec<_> = taken.iter().map(|one| one.1).collect();
            prop_assert!(within(&every, all), "all together");
        }

        #[test]
        fn a_clock_that_jumps_back_gives_no_more_in_real_time(
            steps in proptest::collection::vec((0_i64..9_000, 0_i64..40_000), 1..80),
        ) {
            let (mut calls, mut real, mut behind, mut taken) = (Calls::default(), 0, 0, Vec::new());
            for (push, back) in steps {
                real += push;
                behind += back;
                while calls.take("open", 6, 100, at(real - behind)).is_ok() {
                    taken.push(real);
                }
                calls.settle(at(real - behind));
            }
            prop_assert!(taken.windows(7).all(|run| run[6] - run[0] >= 60_000), "{taken:?}");
        }
    }
}
