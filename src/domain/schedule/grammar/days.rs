//! Words about days that need their neighbours: parts of a day, `next` before something, a week ahead.

use chrono::NaiveTime;

use super::super::dayparts::DayPart;
use super::{Day, Part, Reader, WhenRefusal, Word, once, shown, unknown, words};

impl Reader {
    /// A part of a day, alone or in one word with its day; false when the word is none.
    pub(super) fn part_of_day(&mut self, word: &Word) -> Result<bool, WhenRefusal> {
        let low = word.low.as_str();
        if matches!(low, "noon" | "midday") {
            self.time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(), word)?;
            return Ok(true);
        }
        if low == "tonight" {
            self.daypart(DayPart::Evening, word)?;
            self.day(Day::Ahead { days: 0, word: "today".to_owned() }, word)?;
            return Ok(true);
        }
        if low == "morgen" {
            let before = self.words.before();
            if before == "am" {
                return Err(WhenRefusal::vague("am Morgen"));
            }
            // After a day it is the morning of that day, and before anything else tomorrow.
            if before == "heute" || words::is_german(before.trim_end_matches('.')) {
                self.daypart(DayPart::Morning, word)?;
                return Ok(true);
            }
        }
        if let Some(part) = DayPart::of(low) {
            self.daypart(part, word)?;
            return Ok(true);
        }
        if let Some((day, part)) = DayPart::split(low)
            && let Some(weekday) = words::weekday(day)
        {
            once(&mut self.phrase.weekday, weekday, Part::Day, word)?;
            self.daypart(part, word)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// `in the evening` and `in der Nacht`: the words before the part say nothing.
    pub(super) fn leads_to_part(&self) -> bool {
        matches!(self.words.peek(0), "the" | "der" | "den") && DayPart::of(self.words.peek(1)).is_some()
    }

    fn daypart(&mut self, part: DayPart, word: &Word) -> Result<(), WhenRefusal> {
        once(&mut self.phrase.daypart, (part, shown(&word.raw)), Part::Time, word)
    }

    /// Lets a part of the day say which half of the day a time is in, and refuses one that contradicts it.
    pub(super) fn settle_time(&mut self) -> Result<(), WhenRefusal> {
        let (Some((part, word)), Some(time)) = (&self.phrase.daypart, self.phrase.time) else { return Ok(()) };
        let Some(meant) = part.fits(time, self.phrase.is_halved) else {
            return Err(WhenRefusal::Twice { part: Part::Time, word: word.clone() });
        };
        self.phrase.time = Some(meant);
        self.phrase.daypart = None;
        Ok(())
    }

    /// `next`, before a weekday or a week.
    pub(super) fn next(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let following = self.words.peek(0).to_owned();
        if let Some(weekday) = words::weekday(&following) {
            self.words.skip(1);
            return self.day(Day::Next(weekday), word);
        }
        let said = format!("{} {following}", word.low);
        if words::unit(&following) == Some(words::Unit::Week) {
            self.words.skip(1);
            return once(&mut self.phrase.next_week, shown(&said), Part::Day, word);
        }
        if words::unit(&following).is_some() {
            return Err(WhenRefusal::vague(&said));
        }
        if matches!(following.as_str(), "slot" | "free" | "freier" | "freien") {
            return Err(WhenRefusal::Alone { word: "next slot".to_owned() });
        }
        Err(unknown(word))
    }
}
