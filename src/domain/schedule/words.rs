//! The vocabulary: which words the grammar knows, in English and German, and which known word an unknown one is closest
//! to. Words arrive in lower case and without a trailing dot.

use chrono::Weekday;

/// What a number can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

/// Words offered to complete a half-typed one or to correct a misspelt one.
pub(super) const VOCABULARY: [&str; 41] = [
    "tomorrow",
    "today",
    "asap",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "morgen",
    "heute",
    "übermorgen",
    "sofort",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "noon",
    "uhr",
    "minutes",
    "hours",
    "days",
    "weeks",
    "minuten",
    "stunden",
    "tagen",
    "wochen",
    "january",
    "february",
    "march",
    "april",
    "august",
    "september",
    "october",
    "november",
    "december",
    "dezember",
];

/// The weekday a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" | "mo" | "montag" => Weekday::Mon,
        "tue" | "tues" | "tuesday" | "di" | "dienstag" => Weekday::Tue,
        "wed" | "weds" | "wednesday" | "mi" | "mittwoch" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" | "do" | "donnerstag" => Weekday::Thu,
        "fri" | "friday" | "fr" | "freitag" => Weekday::Fri,
        "sat" | "saturday" | "sa" | "samstag" | "sonnabend" => Weekday::Sat,
        "sun" | "sunday" | "so" | "sonntag" => Weekday::Sun,
        _ => return None,
    })
}

/// The month a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" | "januar" | "jänner" | "jaenner" => 1,
        "feb" | "february" | "februar" | "feber" => 2,
        "mar" | "march" | "mär" | "mrz" | "märz" | "maerz" => 3,
        "apr" | "april" => 4,
        "may" | "mai" => 5,
        "jun" | "june" | "juni" => 6,
        "jul" | "july" | "juli" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" | "okt" | "oktober" => 10,
        "nov" | "november" => 11,
        "dec" | "december" | "dez" | "dezember" => 12,
        _ => return None,
    })
}

/// The unit of a span a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" => Unit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Unit::Hour,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" => Unit::Week,
        "month" | "months" | "monat" | "monate" | "monaten" => Unit::Month,
        _ => return None,
    })
}

/// How many days ahead of today a word is.
pub(super) fn days_ahead(word: &str) -> Option<i64> {
    Some(match word {
        "yesterday" | "gestern" => -1,
        "today" | "heute" => 0,
        "tomorrow" | "tmrw" | "morgen" => 1,
        "übermorgen" | "uebermorgen" => 2,
        _ => return None,
    })
}

/// Words that may stand anywhere and say nothing.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(word, "at" | "on" | "um" | "am" | "den" | "the" | "of" | "@" | "this" | "diesen" | "dieser")
}

/// Numbers as words, after `in`.
pub(super) fn count(word: &str) -> Option<u32> {
    Some(match word {
        "a" | "an" | "one" | "ein" | "eine" | "einem" | "einer" => 1,
        "two" | "zwei" => 2,
        "three" | "drei" => 3,
        "four" | "vier" => 4,
        "five" | "fünf" | "fuenf" => 5,
        "six" | "sechs" => 6,
        "seven" | "sieben" => 7,
        "eight" | "acht" => 8,
        "nine" | "neun" => 9,
        "ten" | "zehn" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "zwölf" | "zwoelf" => 12,
        _ => return None,
    })
}

/// Words before a weekday that mean two different days to different people.
pub(super) fn is_next(word: &str) -> bool {
    matches!(
        word,
        "next"
            | "nächste"
            | "nächsten"
            | "nächster"
            | "nächstem"
            | "naechste"
            | "naechsten"
            | "naechster"
            | "kommende"
            | "kommenden"
            | "kommender"
    )
}

/// Words everybody understands and nobody can set a clock by; parts of a day are others.
pub(super) fn is_vague(word: &str) -> bool {
    matches!(
        word,
        "now"
            | "jetzt"
            | "gleich"
            | "soon"
            | "bald"
            | "later"
            | "später"
            | "spaeter"
            | "weekend"
            | "wochenende"
            | "eod"
    )
}

/// Words only a German sentence has, so that a lone `am` before them is the German one.
pub(super) fn is_german(word: &str) -> bool {
    matches!(
        word,
        "mo" | "montag"
            | "di"
            | "dienstag"
            | "mi"
            | "mittwoch"
            | "do"
            | "donnerstag"
            | "fr"
            | "freitag"
            | "sa"
            | "samstag"
            | "sonnabend"
            | "so"
            | "sonntag"
    )
}

/// The candidate at most two slips away from `word`, if there is one and the word is long enough to tell.
pub(super) fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = match length {
        0..=3 => return None,
        4..=5 => 1,
        _ => 2,
    };
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (slips(word, &candidate.to_lowercase()), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be added, left out, changed or swapped with their neighbour to make one word the other.
fn slips(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut above = vec![0; other.len() + 1];
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut next = vec![i];
        for j in 1..=other.len() {
            let same = usize::from(one[i - 1] != other[j - 1]);
            let mut best = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + same);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(above[j - 2] + 1);
            }
            next.push(best);
        }
        above = row;
        row = next;
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_its_neighbour() {
        assert_eq!(closest("tommorow", VOCABULARY.into_iter()), Some("tomorrow"));
        assert_eq!(closest("firday", VOCABULARY.into_iter()), Some("friday"));
        assert_eq!(closest("asdf", VOCABULARY.into_iter()), None);
        assert_eq!(closest("", VOCABULARY.into_iter()), None);
    }
}
