//! Words that begin with a digit: dates, clock times, counted units, unix seconds; and offsets, which are numbers too.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::{Day, Part, Reader, WhenRefusal, Word, once, shown, unknown, words};

impl Reader {
    /// A word that begins with a digit, with the words that belong to it.
    pub(super) fn number(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let (digits, rest) = split_digits(&word.low);
        let bare = rest.is_empty();
        if rest.starts_with('-') {
            return self.iso(word);
        }
        if rest.starts_with('/') {
            return self.slashed(word);
        }
        if rest.starts_with(':') || matches!(rest, "am" | "pm" | "a.m." | "p.m." | "uhr") {
            return self.clock(&word.low, word);
        }
        if bare && (9..=11).contains(&digits.len()) {
            let instant = stamp(digits).ok_or_else(|| unknown(word))?;
            return once(&mut self.phrase.instant, instant, Part::Time, word);
        }
        if bare && digits == "12" && matches!(self.words.peek(0), "noon" | "midday") {
            // The word after it says it all.
            return Ok(());
        }
        if bare && (self.hour_of_part(digits) || self.hour_follows() || self.meridiem_follows(digits, word)?) {
            return self.clock(&word.low, word);
        }
        if let Some((hour, minute)) = word.low.split_once('.')
            && minute.len() == 2
            && minute.bytes().all(|byte| byte.is_ascii_digit())
            && (self.words.peek(0) == "uhr" || matches!(self.words.before(), "um" | "at"))
        {
            return self.clock(&format!("{hour}:{minute}"), word);
        }
        if let Some(day) = ordinal(&word.low) {
            let gap = usize::from(self.words.peek(0) == "of");
            if let Some(month) = words::month(self.words.peek(gap)) {
                self.words.skip(gap + 1);
                return self.named_day(month, day, word);
            }
        }
        if rest.starts_with('.') {
            return self.dotted(word);
        }
        self.counted(word)
    }

    /// Whether a bare number is the hour of a part of the day said before it: `morgen früh um 9`.
    fn hour_of_part(&self, digits: &str) -> bool {
        let counts = words::unit(self.words.peek(0)).is_some() || words::month(self.words.peek(0)).is_some();
        self.phrase.daypart.is_some() && digits.len() <= 2 && !counts
    }

    /// Whether the next word makes a bare number an hour: `18 Uhr`, `8 abends`.
    fn hour_follows(&self) -> bool {
        matches!(self.words.peek(0), "uhr" | "morgens" | "vormittags" | "mittags" | "nachmittags" | "abends" | "nachts")
    }

    /// Whether the next word makes a bare number a time of day; German `am` before a date does not.
    fn meridiem_follows(&self, hour: &str, word: &Word) -> Result<bool, WhenRefusal> {
        match self.words.peek(0) {
            "pm" => Ok(true),
            "am" if self.words.before() == "um" => Ok(false),
            "am" => {
                let after = self.words.peek(1);
                let dated = words::is_german(after) || after.starts_with(|c: char| c.is_ascii_digit());
                // Twelve is midnight in English and noon in German, so the language has to be certain.
                if dated && hour.trim_start_matches('0').starts_with("12") {
                    return Err(WhenRefusal::vague(&format!("{} am", word.raw)));
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// A clock time: `18:30`, `18:30:05`, `6pm`, `9:00 pm`, `18 Uhr`, `09:00+02:00`, `07:00:00Z`.
    fn clock(&mut self, text: &str, word: &Word) -> Result<(), WhenRefusal> {
        let (digits, suffix) = text.split_at(text.find(|c: char| !is_clock(c)).unwrap_or(text.len()));
        let mut suffix = suffix.to_owned();
        let mut given = word.raw.clone();
        let follows = self.words.peek(0).to_owned();
        let hour = digits.split(':').next().unwrap_or_default();
        let german = follows == "uhr" || (follows == "h" && digits.contains(':'));
        if suffix.is_empty() && (german || self.meridiem_of(hour, &follows, word)?) {
            self.words.skip(1);
            given = format!("{given} {follows}");
            suffix = follows;
        }
        let offset = match suffix.as_str() {
            "" | "uhr" | "h" | "am" | "pm" | "a.m." | "p.m." => None,
            // Without a `T` before it, `9:00-10:00` is from nine to ten.
            other if other.starts_with('-') && !word.low.contains('t') => return Err(unknown(word)),
            other => Some(offset(other).ok_or_else(|| unknown(word))?),
        };
        let half = match suffix.as_str() {
            "am" | "a.m." => Some(false),
            "pm" | "p.m." => Some(true),
            _ => None,
        };
        self.phrase.is_halved |= half.is_some();
        let mut digits = digits.to_owned();
        // `9 Uhr 30`: two digits that nothing follows which they could count.
        let minutes = self.words.peek(0).to_owned();
        if suffix == "uhr"
            && !digits.contains(':')
            && minutes.len() == 2
            && words::unit(self.words.peek(1)).is_none()
            && let Some(minute) = two(&minutes).filter(|minute| *minute < 60)
        {
            self.words.skip(1);
            digits = format!("{digits}:{minute:02}");
        }
        let time = time(&digits, half).ok_or_else(|| WhenRefusal::NotATimeOfDay { given: shown(&given) })?;
        self.time(time, word)?;
        match offset {
            Some(offset) => once(&mut self.phrase.offset, offset, Part::Zone, word),
            None => Ok(()),
        }
    }

    /// Whether the next word is this hour's `am` or `pm`; after an hour that needs neither, `am` is the German word.
    fn meridiem_of(&self, hour: &str, follows: &str, word: &Word) -> Result<bool, WhenRefusal> {
        let hours = hour.parse::<u32>().unwrap_or(u32::MAX);
        let after = self.words.peek(1);
        let german = hours > 12 && (words::is_german(after) || after.starts_with(|c: char| c.is_ascii_digit()));
        if follows == "am" && german {
            return Ok(false);
        }
        self.meridiem_follows(hour, word)
    }

    /// `2026-12-01`, alone or with `T` and a clock time.
    fn iso(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let (date, clock) = match word.low.split_once('t') {
            Some((date, clock)) => (date, Some(clock.to_owned())),
            None => (word.low.as_str(), None),
        };
        let parts: Vec<&str> = date.split('-').collect();
        let &[year, month, day] = parts.as_slice() else { return Err(unknown(word)) };
        let (Some(year), Some(month), Some(day)) = (self::year(year), two(month), two(day)) else {
            return Err(unknown(word));
        };
        let day = self::date(Some(year), month, day);
        self.day(day.ok_or_else(|| WhenRefusal::NotInCalendar { given: shown(date) })?, word)?;
        match clock {
            Some(clock) if clock.starts_with(|c: char| c.is_ascii_digit()) && clock.contains(':') => {
                self.clock(&clock, word)
            }
            Some(_) => Err(unknown(word)),
            None => Ok(()),
        }
    }

    /// `01.12.2026`, `1.12.26` or `1.12.`; without the last dot it could be a clock time, unless one follows or `am` leads
    /// to it.
    fn dotted(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let mut parts: Vec<&str> = word.low.split('.').collect();
        if parts.len() == 2 && (self.words.before() == "am" || self.clock_follows()) {
            parts.push("");
        }
        let &[day, month, year] = parts.as_slice() else { return Err(unknown(word)) };
        let year = match year.len() {
            0 => self::year(self.words.peek(0)).inspect(|_| self.words.skip(1)),
            2 => Some(2000 + i32::try_from(two(year).ok_or_else(|| unknown(word))?).unwrap_or(0)),
            _ => Some(self::year(year).ok_or_else(|| unknown(word))?),
        };
        let (Some(day), Some(month)) = (two(day), two(month)) else { return Err(unknown(word)) };
        let day = date(year, month, day).ok_or_else(|| WhenRefusal::NotInCalendar { given: shown(&word.raw) })?;
        self.day(day, word)
    }

    /// Whether a clock time comes next, with a word before it or not.
    fn clock_follows(&self) -> bool {
        let gap = usize::from(matches!(self.words.peek(0), "um" | "at"));
        let (next, after) = (self.words.peek(gap), self.words.peek(gap + 1));
        let number = next.starts_with(|c: char| c.is_ascii_digit());
        let marked = ["am", "pm", "uhr"].iter().any(|mark| next.ends_with(mark) || after == *mark);
        number && (next.contains(':') || marked)
    }

    /// `03/04/2027`: kept with each order that gives a date; a single one is that date.
    fn slashed(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let given = shown(&word.raw);
        let parts: Vec<&str> = word.low.split('/').collect();
        let (orders, year) = match parts.as_slice() {
            [one, other] => (vec![(one, other), (other, one)], None),
            [year, month, day] if year.len() == 4 => (vec![(month, day)], Some(self::year(year))),
            [one, other, short] if short.len() == 2 => {
                (vec![(one, other), (other, one)], Some(two(short).and_then(|short| i32::try_from(2000 + short).ok())))
            }
            [one, other, year] => (vec![(one, other), (other, one)], Some(self::year(year))),
            _ => return Err(unknown(word)),
        };
        let year = match year {
            Some(None) => return Err(unknown(word)),
            Some(year) => year,
            None => None,
        };
        let mut readings = Vec::new();
        for (month, day) in orders {
            let (Some(month), Some(day)) = (two(month), two(day)) else { return Err(unknown(word)) };
            if date(year, month, day).is_some() && !readings.contains(&(month, day)) {
                readings.push((month, day));
            }
        }
        if let &[(month, day)] = readings.as_slice()
            && let Some(day) = date(year, month, day)
        {
            return self.day(day, word);
        }
        if readings.is_empty() {
            return Err(WhenRefusal::NotInCalendar { given });
        }
        self.day(Day::Slashed { given, readings, year }, word)
    }

    /// Counted units: `3h`, `1h30m`, `90 minutes`.
    pub(super) fn counted(&mut self, word: &Word) -> Result<(), WhenRefusal> {
        let (digits, rest) = split_digits(&word.low);
        if rest.is_empty() {
            let Some(unit) = words::unit(self.words.peek(0)) else { return Err(unknown(word)) };
            self.words.skip(1);
            return self.span(count(digits, word)?, unit, word);
        }
        let mut text = word.low.as_str();
        while !text.is_empty() {
            let (digits, rest) = split_digits(text);
            let (name, rest) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
            let Some(unit) = words::unit(name) else { return Err(unknown(word)) };
            self.span(count(digits, word)?, unit, word)?;
            text = rest;
        }
        Ok(())
    }
}

/// The instant so many seconds after 1970, in up to eleven digits; with or without a stamp's style letter.
pub(super) fn stamp(text: &str) -> Option<DateTime<Utc>> {
    let (seconds, style) = text.split_once(':').unwrap_or((text, "f"));
    // Discord's styles: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    if !matches!(style, "t" | "d" | "f" | "r" | "s") || seconds.is_empty() || seconds.len() > 11 {
        return None;
    }
    if !seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    DateTime::from_timestamp(seconds.parse().ok()?, 0)
}

/// An offset from UTC: `z`, `+02:00`, `+0200`, `+2`, and each after `utc` or `gmt`.
pub(super) fn offset(text: &str) -> Option<FixedOffset> {
    if text == "z" {
        return FixedOffset::east_opt(0);
    }
    let text = text.strip_prefix("utc").or_else(|| text.strip_prefix("gmt")).unwrap_or(text);
    let (sign, text) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let parts: Vec<&str> = match text.split_at_checked(2) {
        Some((hours, minutes)) if text.len() == 4 && !text.contains(':') => vec![hours, minutes],
        _ => text.split(':').collect(),
    };
    let mut seconds = 0;
    for (index, part) in parts.iter().enumerate() {
        let value = two(part).filter(|value| if index == 0 { *value < 24 } else { *value < 60 && part.len() == 2 })?;
        seconds += i32::try_from(value).ok()? * [3600, 60, 1].get(index)?;
    }
    // The furthest clocks on earth: https://data.iana.org/time-zones/tz-link.html
    let east = sign * seconds;
    if (-12 * 3600..=14 * 3600).contains(&east) { FixedOffset::east_opt(east) } else { None }
}

/// The day of a month in `1`, `1.`, `1st`.
pub(super) fn ordinal(text: &str) -> Option<u32> {
    let (digits, rest) = split_digits(text);
    if matches!(rest, "" | "." | "st" | "nd" | "rd" | "th") { two(digits) } else { None }
}

/// A year in four digits, from 1970 on.
pub(super) fn year(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| *year >= 1970)
}

/// That day of that year; without a year, that day of every year that has it.
pub(super) fn date(year: Option<i32>, month: u32, day: u32) -> Option<Day> {
    // The year 2000 had every day a year can have.
    let date = NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day)?;
    Some(if year.is_some() { Day::Date(date) } else { Day::EachYear { month, day } })
}

/// A clock time from its digits; `half` says whether it is before or after noon on a clock of twelve hours.
fn time(text: &str, half: Option<bool>) -> Option<NaiveTime> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let parts: Vec<&str> = whole.split(':').collect();
    let mut values = [0; 3];
    for (index, part) in parts.iter().enumerate() {
        *values.get_mut(index)? = two(part).filter(|_| index == 0 || part.len() == 2)?;
    }
    let nanos = match fraction {
        Some(fraction) if parts.len() == 3 && (1..=9).contains(&fraction.len()) => {
            format!("{fraction:0<9}").parse().ok()?
        }
        Some(_) => return None,
        None => 0,
    };
    let [hour, minute, second] = values;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
}

/// A number that can be counted with; more than six digits lead out of every calendar.
fn count(digits: &str, word: &Word) -> Result<u32, WhenRefusal> {
    if digits.len() > 6 {
        return Err(WhenRefusal::Beyond);
    }
    digits.parse().map_err(|_| unknown(word))
}

fn two(text: &str) -> Option<u32> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn is_clock(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ':' | '.')
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}
