//! What holds for any text, any instant and any zone.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use greenroom::domain::caption::{Caption, CaptionRefusal};
use greenroom::domain::schedule::{When, day_span, local_day, next_local, read, say, suggestions};
use proptest::prelude::*;

use super::utc;
use super::window::window;

/// Zones whose clock changes differ: by an hour, by half an hour, over midnight, on the other half of the earth.
const ZONES: [Tz; 6] = [
    Tz::Europe__Berlin,
    Tz::America__New_York,
    Tz::America__Santiago,
    Tz::Australia__Lord_Howe,
    Tz::Asia__Kolkata,
    Tz::UTC,
];

/// Instants from 2000 to 2060.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (946_684_800_i64..2_840_140_800).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).expect("in range"))
}

/// The grammar's own pieces, in both languages.
const PIECES: &[&str] = &[
    "tomorrow",
    "morgen",
    "fri",
    "next",
    "in",
    "am",
    "um",
    "uhr",
    "pm",
    "3h",
    "1h30m",
    "90",
    "12",
    "9:00",
    "18:00:05",
    "99:99",
    "1.12.",
    "31.2.26",
    "2026-12-01t",
    "2026-12-01",
    "03/04/2027",
    "1/2",
    "dec",
    "1st",
    "of",
    "2026",
    "z",
    "+02:00",
    "utc+",
    "Europe/Berlin",
    "europe/",
    "<t:1:F>",
    "<t:",
    "1796115600",
    "999999",
    "months",
    "asap",
    "slot",
    "é",
    "İ",
    "ü",
    "(",
    ",",
    "18.30",
    "29",
    "feb",
    "yesterday",
    "day",
    "after",
    "12:00am",
    "übermorgen",
    "heute",
    "nächsten",
    "woche",
    "week",
    "Montag",
    "freitagabend",
    "abends",
    "evening",
    "midnight",
    "noon",
    "früh",
    "1. ",
    "dez.",
    "dezember",
    "einer halben",
    "half an",
    "stunde",
    "zwei",
    "from now",
    "next slot",
    "30",
    "this",
];

/// Texts made of the grammar's own pieces, which reach deeper than letters at random.
fn nearly_times() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES.to_vec());
    (prop::collection::vec(pieces, 0..6), any::<bool>())
        .prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_strange_to_answer(text in prop_oneof![any::<String>(), nearly_times()], zone in 0..ZONES.len(), now in instants()) {
        let zone = ZONES[zone];
        if let Err(refusal) = read(&text, zone, now) {
            prop_assert!(!refusal.to_string().is_empty() && !refusal.hint().is_empty());
            prop_assert!(refusal.to_string().chars().count() < 200, "{refusal}");
        }
        let window = window(Vec::new());
        for suggestion in suggestions(&text, zone, now, &window) {
            prop_assert!(suggestion.label.chars().count() <= 100);
            prop_assert!(window.read(&suggestion.value, zone, now).is_ok(), "{}", suggestion.value);
        }
        if let Ok(caption) = Caption::new(&text) {
            prop_assert_eq!(Caption::new(caption.as_str()), Ok(caption.clone()));
            prop_assert!(caption.preview(20).chars().count() <= 20);
            prop_assert!(!caption.preview(20).contains('\n'));
        }
    }

    #[test]
    fn a_caption_is_counted_in_the_units_tiktok_counts(
        text in prop_oneof![any::<String>(), "(a|\u{e9}|\u{1f600}|\u{200d}|#|@|\n){2190,2210}", "[a-z]{2195,2205}"],
    ) {
        let units = |text: &str| text.encode_utf16().count();
        match Caption::new(&text) {
            Ok(caption) => {
                prop_assert_eq!(caption.length(), units(caption.as_str()));
                prop_assert!(caption.length() <= 2200 && caption.length() <= units(&text));
            }
            Err(CaptionRefusal::TooLong { length }) => prop_assert!(length > 2200 && length <= units(&text)),
            Err(CaptionRefusal::Control { character, line, .. }) => {
                prop_assert!(character.is_control() && text.contains(character));
                prop_assert!(line <= text.matches(['\n', '\r']).count() + 1);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(at in instants(), millis in 0_u32..1000, zone in 0..ZONES.len(), now in instants()) {
        let zone = ZONES[zone];
        prop_assert_eq!(read(&say(at, zone), Tz::Asia__Tokyo, now), Ok(When::At { at, zone }));
        prop_assert_eq!(read(&at.timestamp().to_string(), zone, now), Ok(When::At { at, zone }));
        let at = at + TimeDelta::milliseconds(i64::from(millis));
        prop_assert_eq!(read(&at.to_rfc3339(), zone, now), Ok(When::At { at, zone }));
        prop_assert_eq!(read(&at.with_timezone(&zone).to_rfc3339(), zone, now), Ok(When::At { at, zone }));
        let seconds = TimeDelta::seconds(i64::from(millis));
        let span = format!("in {}s", seconds.num_seconds());
        prop_assert_eq!(read(&span, zone, now), Ok(When::At { at: now + seconds, zone }));
    }

    #[test]
    fn the_next_local_time_is_that_time_or_the_end_of_a_gap(after in instants(), minute in 0_u32..1440, zone in 0..ZONES.len()) {
        let zone = ZONES[zone];
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        let mut last = after;
        for _ in 0..3 {
            let next = next_local(time, zone, last);
            prop_assert!(next > last && next - last <= TimeDelta::hours(49));
            let shown = next.with_timezone(&zone).time();
            let before = (next - TimeDelta::seconds(1)).with_timezone(&zone).time();
            prop_assert!(shown == time || (before < time || before > shown) && time < shown, "{before} {shown}");
            last = next;
        }
    }

    #[test]
    fn every_instant_is_in_its_day(at in instants(), zone in 0..ZONES.len()) {
        let zone = ZONES[zone];
        let (start, end) = day_span(local_day(at, zone), zone);
        prop_assert!(start <= at && at < end);
    }
}

#[test]
fn every_zone_there_is_can_be_said_and_read() {
    for zone in chrono_tz::TZ_VARIANTS {
        for month in 1..=12 {
            let at = utc(&format!("2027-{month:02}-15T12:34:56Z"));
            assert_eq!(read(&say(at, zone), Tz::Asia__Tokyo, at), Ok(When::At { at, zone }));
        }
    }
}

#[test]
fn the_digest_hour_survives_every_clock_change_of_ten_years() {
    for zone in ZONES {
        for time in ["00:00:00", "00:30:00", "01:45:00", "02:15:00", "02:30:00", "09:00:00"] {
            let time: NaiveTime = time.parse().unwrap();
            let mut at = utc("2026-01-01T00:00:00Z");
            let mut day = local_day(next_local(time, zone, at), zone);
            for _ in 0..3650 {
                at = next_local(time, zone, at);
                assert_eq!(local_day(at, zone), day, "{zone} {time}: each day once");
                day = day.succ_opt().unwrap();
            }
        }
    }
}
