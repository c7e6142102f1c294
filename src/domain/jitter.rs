//! A little more waiting, so that what broke off together does not come back together.
//!
//! There is no chance in it: the same effort waits equally long in every process and after every restart, and a test
//! knows how long. Only different efforts differ.

use std::fmt::Display;

use chrono::TimeDelta;

/// The span and up to a quarter more, by whose it is and the how-manieth.
#[must_use]
pub fn jittered(span: TimeDelta, whose: impl Display, number: u32) -> TimeDelta {
    // FNV-1a: what is wanted is spread, not secrecy. <http://www.isthe.com/chongo/tech/comp/fnv/>
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash =
        format!("{whose}:{number}").bytes().fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    // Its middle bits are the well mixed ones.
    let thousandths = i64::try_from((hash >> 24) % 1_001).unwrap_or(0);
    span + TimeDelta::milliseconds(span.num_milliseconds() / 4 * thousandths / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: TimeDelta = TimeDelta::minutes(1);

    #[test]
    fn the_same_effort_waits_equally_long_and_others_do_not() {
        let waits: Vec<_> = (0..400).map(|whose| jittered(MINUTE, whose, 1)).collect();
        assert_eq!(waits, (0..400).map(|whose| jittered(MINUTE, whose, 1)).collect::<Vec<_>>());
        assert!(waits.iter().all(|wait| (MINUTE..=MINUTE * 5 / 4).contains(wait)));
        for quarter in 0..4 {
            let from = MINUTE + MINUTE * quarter / 16;
            let within = waits.iter().filter(|wait| (from..from + MINUTE / 16).contains(wait)).count();
            assert!((60..=140).contains(&within), "{within} of 400 in quarter {quarter}");
        }
    }

    #[test]
    fn each_try_has_its_own() {
        assert_ne!(jittered(MINUTE, "latte", 1), jittered(MINUTE, "latte", 2));
    }
}
