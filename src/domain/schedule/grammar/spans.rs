//! `in`, before how long: counted in digits, in words, or in halves and quarters of an hour.

use super::words::{self, Unit};
use super::{Reader, WhenRefusal, Word, unknown};

impl Reader {
    /// `in`, before one or more counted units.
    pub(super) fn span_follows(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        if self.leads_to_part() {
            self.words.skip(1);
            return Ok(());
        }
        if let Some((taken, minutes)) = self.fraction() {
            self.words.skip(taken);
            return self.span(minutes, Unit::Minute, word);
        }
        if let Some(count) = words::count(self.words.peek(0))
            && let Some(unit) = words::unit(self.words.peek(1))
        {
            self.words.skip(2);
            return self.span(count, unit, word);
        }
        // Only something counted may follow: `in 18:30` is a slip for one thing or the other.
        match self.words.take() {
            Some(counted) if counted.low.starts_with(|c: char| c.is_ascii_digit()) => self.counted(&counted),
            Some(other) => Err(unknown(&other)),
            None => Err(unknown(word)),
        }
    }

    /// Parts of an hour that have words of their own: how many words, and how many minutes.
    fn fraction(&self) -> Option<(usize, u32)> {
        let is_one = |word: &str| words::count(word) == Some(1);
        let is_hour = |word: &str| words::unit(word) == Some(Unit::Hour);
        match [self.words.peek(0), self.words.peek(1), self.words.peek(2)] {
            ["half", one, hour] | [one, "halben" | "half", hour] if is_one(one) && is_hour(hour) => Some((3, 30)),
            ["anderthalb" | "eineinhalb", hour, _] if is_hour(hour) => Some((2, 90)),
            [one, "viertelstunde", _] if is_one(one) => Some((2, 15)),
            [one, "dreiviertelstunde", _] if is_one(one) => Some((2, 45)),
            _ => None,
        }
    }
}
