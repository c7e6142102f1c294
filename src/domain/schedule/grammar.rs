//! From text to what it says, without asking what time it is. Words are taken one after the other; each must say
//! something new, and one that is not known ends the reading with its name.

mod days;
mod numbers;
mod spans;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use super::dayparts::DayPart;
use super::month::day_of;
use super::refusal::{Part, WhenRefusal, shown};
use super::words::{self, Unit};
use super::zones;

/// What a text says as a whole.
#[derive(Debug)]
pub(super) enum Said {
    Asap,
    NextSlot,
    Phrase(Box<Phrase>),
}

/// What a text says about one instant.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    pub(super) instant: Option<DateTime<Utc>>,
    pub(super) day: Option<Day>,
    pub(super) weekday: Option<Weekday>,
    /// `next week`, as it was typed: the weekday is the one of that week.
    pub(super) next_week: Option<String>,
    pub(super) time: Option<NaiveTime>,
    /// The time was said with `am` or `pm`, so no part of the day moves it.
    pub(super) is_halved: bool,
    /// A part of the day, and the word for it.
    pub(super) daypart: Option<(DayPart, String)>,
    pub(super) span: Option<Span>,
    pub(super) zone: Option<Tz>,
    pub(super) offset: Option<FixedOffset>,
}

/// The ways to name a day.
#[derive(Debug)]
pub(super) enum Day {
    /// With its year.
    Date(NaiveDate),
    /// Without its year: the next one there is.
    EachYear { month: u32, day: u32 },
    /// So many days from today.
    Ahead { days: i64, word: String },
    /// `next friday`, which is one of two.
    Next(Weekday),
    /// `03/04/2027`, which is one of two: month and day both ways, and the year if given.
    Slashed { given: String, readings: Vec<(u32, u32)>, year: Option<i32> },
}

/// A span from now: months and days are counted on the calendar, hours and less on the clock.
#[derive(Debug, Default, Clone)]
pub(super) struct Span {
    pub(super) months: u32,
    pub(super) days: u64,
    /// Nothing when no unit below a day was said, so that a time of day may be.
    pub(super) seconds: Option<i64>,
    units: Vec<Unit>,
}

impl Span {
    /// Adds one counted unit, unless that unit was counted before.
    fn add(&mut self, count: u32, unit: Unit) -> bool {
        if self.units.contains(&unit) {
            return false;
        }
        self.units.push(unit);
        let seconds = match unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3600,
            Unit::Day | Unit::Week => {
                self.days += u64::from(count) * if unit == Unit::Week { 7 } else { 1 };
                return true;
            }
            Unit::Month => {
                self.months = count;
                return true;
            }
        };
        self.seconds = Some(self.seconds.unwrap_or(0) + i64::from(count) * seconds);
        true
    }
}

/// Reads a text that is short enough to be read.
pub(super) fn parse(text: &str) -> Result<Said, WhenRefusal> {
    let words = Words::of(text);
    let all: Vec<&str> = words.all.iter().map(|word| word.low.as_str()).collect();
    match all.as_slice() {
        [] => return Err(WhenRefusal::Empty),
        ["asap" | "sofort" | "schnellstmöglich"] | ["as", "soon", "as", "possible" | "approved"] => {
            return Ok(Said::Asap);
        }
        ["so", "schnell" | "bald", "wie", "möglich"] | ["sobald", "wie", "möglich"] => return Ok(Said::Asap),
        [next, "slot" | "termin"] | [next, "free" | "freier" | "freien" | "fester" | "festen", "slot" | "termin"]
            if words::is_next(next) =>
        {
            return Ok(Said::NextSlot);
        }
        _ => {}
    }
    let mut reader = Reader { words, phrase: Phrase::default() };
    while let Some(word) = reader.words.take() {
        reader.word(&word)?;
    }
    reader.finish()
}

/// One word: as it was typed, and in the form it is looked up in.
#[derive(Debug, Clone)]
struct Word {
    raw: String,
    low: String,
}

/// The words of a text, and how far they have been read.
#[derive(Debug)]
struct Words {
    all: Vec<Word>,
    at: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')');
        let all = text.split(separates).filter(|word| !word.is_empty());
        let all = all.map(|raw| {
            // An umlaut can be typed as two characters.
            let low = raw.to_lowercase().replace("u\u{308}", "ü").replace("a\u{308}", "ä").replace("o\u{308}", "ö");
            let low = match low.as_str() {
                "a.m." => "am".to_owned(),
                "p.m." => "pm".to_owned(),
                word if word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(':') => low,
                word => word.strip_suffix('.').filter(|word| !word.is_empty()).unwrap_or(word).to_owned(),
            };
            Word { raw: raw.to_owned(), low }
        });
        Self { all: all.collect(), at: 0 }
    }

    fn take(&mut self) -> Option<Word> {
        let word = self.all.get(self.at).cloned();
        self.at += 1;
        word
    }

    /// The word `ahead` words after the next one, in the form it is looked up in; empty past the end.
    fn peek(&self, ahead: usize) -> &str {
        self.all.get(self.at + ahead).map_or("", |word| word.low.as_str())
    }

    /// The word before the one taken last; empty at the start.
    fn before(&self) -> &str {
        self.at.checked_sub(2).and_then(|index| self.all.get(index)).map_or("", |word| word.low.as_str())
    }

    fn skip(&mut self, count: usize) {
        self.at += count;
    }
}

/// Takes words and fills in what they say.
#[derive(Debug)]
struct Reader {
    words: Words,
    phrase: Phrase,
}

impl Reader {
    fn word(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let low = word.low.as_str();
        if low.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(word);
        }
        if low == "in" {
            return self.span_follows(word);
        }
        if low == "day" && self.words.peek(0) == "after" && self.words.peek(1) == "tomorrow" {
            self.words.skip(2);
            return self.day(Day::Ahead { days: 2, word: "day after tomorrow".to_owned() }, word);
        }
        if low == "from" && self.words.peek(0) == "now" && self.phrase.span.is_some() {
            self.words.skip(1);
            return Ok(());
        }
        if self.part_of_day(word)? {
            return Ok(());
        }
        if words::is_next(low) {
            return self.next(word);
        }
        if let Some(month) = words::month(low) {
            return self.month(month, word);
        }
        if let Some(weekday) = words::weekday(low) {
            return once(&mut self.phrase.weekday, weekday, Part::Day, word);
        }
        if let Some(days) = words::days_ahead(low) {
            return self.day(Day::Ahead { days, word: low.to_owned() }, word);
        }
        if matches!(low, "noon" | "midday") {
            return self.time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(), word);
        }
        if words::is_filler(low) || (matches!(low, "and" | "und") && self.phrase.span.is_some()) {
            return Ok(());
        }
        if words::is_vague(low) {
            return Err(WhenRefusal::vague(&word.raw));
        }
        if matches!(low, "asap" | "sofort") {
            return Err(WhenRefusal::Alone { word: shown(&word.raw) });
        }
        self.place(word)
    }

    /// A word that can only be a zone, an offset or a stamp.
    fn place(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let low = word.low.as_str();
        if let Some(stamp) = low.strip_prefix("<t:").and_then(|rest| rest.strip_suffix('>')) {
            let instant = numbers::stamp(stamp).ok_or_else(|| unknown(word))?;
            return once(&mut self.phrase.instant, instant, Part::Time, word);
        }
        if let Some(zone) = zones::named(&word.raw) {
            return once(&mut self.phrase.zone, zone, Part::Zone, word);
        }
        if !low.starts_with('-')
            && let Some(offset) = numbers::offset(low)
        {
            return once(&mut self.phrase.offset, offset, Part::Zone, word);
        }
        if low.contains('/') {
            return Err(zones::zone(&word.raw).err().unwrap_or_else(|| unknown(word)));
        }
        Err(unknown(word))
    }

    /// A month's name before its day.
    fn month(&mut self, month: u32, word: &Word) -> Result<(), WhenRefusal> {
        let Some(day) = numbers::ordinal(self.words.peek(0)) else { return Err(unknown(word)) };
        self.words.skip(1);
        self.named_day(month, day, word)
    }

    /// A day of a named month, with the year if it follows.
    fn named_day(&mut self, month: u32, day: u32, word: &Word) -> Result<(), WhenRefusal> {
        let year = numbers::year(self.words.peek(0));
        if year.is_some() {
            self.words.skip(1);
        }
        let given = || day_of(day, month);
        let day = numbers::date(year, month, day).ok_or_else(|| WhenRefusal::NotInCalendar { given: given() })?;
        self.day(day, word)
    }

    fn day(&mut self, day: Day, word: &Word) -> Result<(), WhenRefusal> {
        once(&mut self.phrase.day, day, Part::Day, word)
    }

    fn time(&mut self, time: NaiveTime, word: &Word) -> Result<(), WhenRefusal> {
        once(&mut self.phrase.time, time, Part::Time, word)
    }

    fn span(&mut self, count: u32, unit: Unit, word: &Word) -> Result<(), WhenRefusal> {
        if self.phrase.span.get_or_insert_default().add(count, unit) {
            return Ok(());
        }
        Err(WhenRefusal::Twice { part: Part::Span, word: shown(&word.raw) })
    }

    /// Refuses what says two things at once, or nothing.
    fn finish(mut self) -> Result<Said, WhenRefusal> {
        self.settle_time()?;
        let Phrase { instant, day, weekday, time, span, .. } = &self.phrase;
        let last = self.words.all.last().map(|word| shown(&word.raw)).unwrap_or_default();
        let twice = |part| Err(WhenRefusal::Twice { part, word: last.clone() });
        let dated = day.is_some() || weekday.is_some();
        let timed = time.is_some() || self.phrase.daypart.is_some();
        if instant.is_some() && (dated || timed || span.is_some() || self.phrase.offset.is_some()) {
            return twice(Part::Time);
        }
        if span.is_some() && dated {
            return twice(Part::Day);
        }
        if span.as_ref().is_some_and(|span| span.seconds.is_some() || time.is_none()) && timed {
            return twice(Part::Time);
        }
        if matches!(day, Some(Day::Next(_))) && weekday.is_some() {
            return twice(Part::Day);
        }
        if let Some(week) = &self.phrase.next_week {
            if instant.is_some() || day.is_some() || span.is_some() {
                return twice(Part::Day);
            }
            if weekday.is_none() {
                return Err(WhenRefusal::vague(week));
            }
        }
        if instant.is_none() && !dated && !timed && span.is_none() {
            return Err(WhenRefusal::Empty);
        }
        Ok(Said::Phrase(Box::new(self.phrase)))
    }
}

/// Fills in a part that was not said before.
fn once<T>(part: &mut Option<T>, value: T, which: Part, word: &Word) -> Result<(), WhenRefusal> {
    if part.is_some() {
        return Err(WhenRefusal::Twice { part: which, word: shown(&word.raw) });
    }
    *part = Some(value);
    Ok(())
}

fn unknown(word: &Word) -> WhenRefusal {
    WhenRefusal::Unknown { word: shown(&word.raw) }
}
