//! What is offered while somebody types a time: what it reads as so far, what it could mean, and ways to finish it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::local::{distance, say_clock, say_offset};
use super::window::MOMENT;
use super::words::VOCABULARY;
use super::zones::MOST_CHOICES;
use super::{When, WhenRefusal, Window, read};

/// Longest label Discord shows: <https://discord.com/developers/docs/interactions/application-commands>.
const LONGEST_LABEL: usize = 100;

/// What is offered before anything is typed.
const USUAL: [&str; 11] = [
    "today 18:00",
    "today 20:00",
    "tomorrow 09:00",
    "tomorrow 12:00",
    "tomorrow 18:00",
    "in 1h",
    "in 3h",
    "in 2 days at 18:00",
    "in 3 days at 18:00",
    "sat 12:00",
    "mon 09:00",
];

/// Ways to finish what is typed, the likeliest first; whatever does not read is not offered.
const ENDINGS: [&str; 16] = [
    " 18:00", " 09:00", " 12:00", " 15:00", " 20:00", ":00", ":30", "0:00", "8:00", "pm", "am", "h", " days", " 1h",
    " 3h", " minutes",
];

/// Most half-typed words that are completed, so that the work is bounded.
const MOST_STEMS: usize = 6;

/// A time that can be chosen while typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown: weekday, full date, time, zone, distance; at most 100 characters.
    pub label: String,
    /// What is sent when it is chosen, which [`read`] takes: an instant as in RFC 3339, `asap` or `next slot`.
    pub value: String,
}

/// How people may begin to ask for the next free slot.
const NEXT_SLOT: [&str; 10] = [
    "next slot",
    "next free slot",
    "nächster slot",
    "nächsten slot",
    "nächster freier slot",
    "slot",
    "nächster termin",
    "nächster freier termin",
    "nächster fester termin",
    "termin",
];

/// The times to choose from for what is typed so far, all inside the window, at most 25.
#[must_use]
pub fn suggestions(partial: &str, zone: Tz, now: DateTime<Utc>, window: &Window) -> Vec<Suggestion> {
    let partial = partial.trim();
    let chosen_at = now.checked_add_signed(MOMENT).unwrap_or(now);
    let mut list = List { window, now, chosen_at, found: Vec::new() };
    if partial.chars().count() > super::LONGEST_TEXT {
        return list.found;
    }
    if partial.is_empty() {
        list.word("asap");
        USUAL.iter().for_each(|usual| list.reading(usual, zone));
        return list.found;
    }
    list.typed(partial, zone);
    let low = partial.to_lowercase();
    for (word, typed) in [("asap", ["asap"].as_slice()), ("next slot", &NEXT_SLOT)] {
        if typed.iter().any(|whole| whole.starts_with(&low)) {
            list.word(word);
        }
    }
    for stem in stems(&low) {
        list.reading(&stem, zone);
        for ending in ENDINGS {
            if list.found.len() >= MOST_CHOICES {
                break;
            }
            list.reading(&format!("{stem}{ending}"), zone);
        }
    }
    list.found.truncate(MOST_CHOICES);
    list.found
}

/// An instant as a choice shows it: weekday, full date, time, zone and distance.
#[must_use]
pub fn say_with_distance(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    let local = at.with_timezone(&zone);
    let offset = say_offset(chrono::Offset::fix(local.offset()));
    let short = local.format("%Z").to_string();
    let named = if short.starts_with(|c: char| c.is_ascii_alphabetic()) && zone != Tz::UTC {
        format!("{short}, {offset}")
    } else if zone == Tz::UTC {
        short
    } else {
        offset
    };
    format!("{} ({named}) · {}", say_clock(local.naive_local()), distance(now, at))
}

/// What is typed, and what it could become when its last word is finished.
fn stems(partial: &str) -> Vec<String> {
    let start = partial.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    // The position after a space that is one byte long; another kind of space is left as it is.
    let (before, last) = partial.split_at_checked(start).unwrap_or(("", partial));
    let finished = VOCABULARY.iter().filter(|word| last.len() > 1 && word.starts_with(last) && **word != last);
    let finished = finished.take(MOST_STEMS).map(|word| format!("{before}{word}"));
    std::iter::once(partial.to_owned()).chain(finished).collect()
}

struct List<'a> {
    window: &'a Window,
    now: DateTime<Utc>,
    /// When a choice is made at the latest, more or less: what is offered has to work then too.
    chosen_at: DateTime<Utc>,
    found: Vec<Suggestion>,
}

impl List<'_> {
    /// Adds what somebody typed in full: its reading, or else what it could mean, or else the nearest that works.
    fn typed(&mut self, text: &str, zone: Tz) {
        match read(text, zone, self.now) {
            Ok(When::At { at, zone }) => match self.check(at) {
                Ok(()) => self.instant(at, zone, false),
                Err(refusal) => refusal.offers().iter().for_each(|at| self.instant(*at, zone, true)),
            },
            Ok(When::Asap) => self.word("asap"),
            Ok(When::NextSlot) => self.word("next slot"),
            Err(refusal) => refusal.offers().iter().for_each(|at| self.instant(*at, zone, false)),
        }
    }

    /// Adds an ending we thought of, if it reads and works.
    fn reading(&mut self, text: &str, zone: Tz) {
        if let Ok(When::At { at, zone }) = read(text, zone, self.now) {
            self.instant(at, zone, false);
        }
    }

    /// Refuses what does not work now, or no longer when it is chosen.
    fn check(&self, at: DateTime<Utc>) -> Result<(), WhenRefusal> {
        self.window.check(at, self.now).and_then(|()| self.window.check(at, self.chosen_at))
    }

    fn instant(&mut self, at: DateTime<Utc>, zone: Tz, is_nearest: bool) {
        if self.check(at).is_err() {
            return;
        }
        let when = say_with_distance(at, zone, self.now);
        let label = if is_nearest { crate::say!("times-nearest", when = when) } else { when };
        let value = at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        self.add(&label, value);
    }

    fn word(&mut self, word: &str) {
        let label = match word {
            "asap" => crate::say!("times-asap"),
            _ => crate::say!("times-next-slot"),
        };
        self.add(&label, word.to_owned());
    }

    fn add(&mut self, label: &str, value: String) {
        if self.found.len() < MOST_CHOICES && self.found.iter().all(|known| known.value != value) {
            self.found.push(Suggestion { label: label.chars().take(LONGEST_LABEL).collect(), value });
        }
    }
}
