//! From what people type to an instant: the accepted forms, the refusals and what they offer, and what holds for any text.

use std::time::Duration;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use greenroom::domain::caption::Caption;
use greenroom::domain::schedule::{
    Maintenance, When, WhenRefusal, Window, day_span, local_day, next_local, read, say, suggestions,
};
use proptest::prelude::*;

/// Wednesday 25 November 2026, 17:30 in Berlin.
fn now() -> DateTime<Utc> {
    utc("2026-11-25T16:30:00Z")
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn berlin(text: &str) -> Result<When, WhenRefusal> {
    read(text, Tz::Europe__Berlin, now())
}

/// What a text is read as, on a Berlin clock, or `refused:` and why.
fn reading(text: &str) -> String {
    match berlin(text) {
        Ok(When::At { at, .. }) => {
            at.with_timezone(&Tz::Europe__Berlin).format("%a %-d %b %Y %H:%M:%S").to_string().replace(":00 ", " ")
        }
        Ok(other) => other.to_string(),
        Err(refusal) => format!("refused: {refusal}"),
    }
}

#[track_caller]
fn all_read(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let expected =
            if expected.matches(':').count() == 2 { (*expected).to_owned() } else { format!("{expected}:00") };
        assert_eq!(reading(text), expected, "for `{text}`");
    }
}

#[track_caller]
fn all_refused(cases: &[(&str, &str, &str)]) {
    for (text, sentence, hint) in cases {
        let refusal = berlin(text).expect_err(text);
        assert_eq!((refusal.to_string().as_str(), refusal.hint().as_str()), (*sentence, *hint), "for `{text}`");
    }
}

fn offered(text: &str) -> Vec<String> {
    let offers = berlin(text).expect_err(text).offers();
    offers.iter().map(|at| at.with_timezone(&Tz::Europe__Berlin).to_rfc3339()).collect()
}

const EXAMPLES: &str = "for example `tomorrow 18:00`, `fri 6pm`, `in 3h`, `2026-12-01 09:00` or `asap`";

#[test]
fn days_and_times_are_read_in_any_order() {
    all_read(&[
        ("tomorrow 6pm", "Thu 26 Nov 2026 18:00"),
        ("tomorrow at 18:30", "Thu 26 Nov 2026 18:30"),
        ("fri 18:30", "Fri 27 Nov 2026 18:30"),
        ("friday at 6:30pm", "Fri 27 Nov 2026 18:30"),
        ("18:30 friday", "Fri 27 Nov 2026 18:30"),
        ("wed 18:00", "Wed 25 Nov 2026 18:00"),
        ("wed 17:00", "Wed 2 Dec 2026 17:00"),
        ("wed 17:30", "Wed 2 Dec 2026 17:30"),
        ("18:30", "Wed 25 Nov 2026 18:30"),
        ("6pm", "Wed 25 Nov 2026 18:00"),
        ("9:00", "Thu 26 Nov 2026 09:00"),
        ("noon tomorrow", "Thu 26 Nov 2026 12:00"),
        ("12am tomorrow", "Thu 26 Nov 2026 00:00"),
        ("12 pm tomorrow", "Thu 26 Nov 2026 12:00"),
        ("tomorrow 6 p.m.", "Thu 26 Nov 2026 18:00"),
        ("the day after tomorrow at 9am", "Fri 27 Nov 2026 09:00"),
        ("today 18:00:05", "Wed 25 Nov 2026 18:00:05"),
    ]);
}

#[test]
fn spans_count_days_on_the_calendar_and_hours_on_the_clock() {
    all_read(&[
        ("in 3h", "Wed 25 Nov 2026 20:30"),
        ("3h", "Wed 25 Nov 2026 20:30"),
        ("in 1h 30m", "Wed 25 Nov 2026 19:00"),
        ("in 1h30m", "Wed 25 Nov 2026 19:00"),
        ("in 1 hour and 30 minutes", "Wed 25 Nov 2026 19:00"),
        ("in 90 minutes", "Wed 25 Nov 2026 19:00"),
        ("in 20s", "Wed 25 Nov 2026 17:30:20"),
        ("in 90 seconds", "Wed 25 Nov 2026 17:31:30"),
        ("in an hour", "Wed 25 Nov 2026 18:30"),
        ("in 2 days", "Fri 27 Nov 2026 17:30"),
        ("in 2 days at 9am", "Fri 27 Nov 2026 09:00"),
        ("in 1 week 18:00", "Wed 2 Dec 2026 18:00"),
        ("in 1 month", "Fri 25 Dec 2026 17:30"),
        ("in 2 Stunden", "Wed 25 Nov 2026 19:30"),
        ("in 3 Tagen", "Sat 28 Nov 2026 17:30"),
        ("in einer Stunde", "Wed 25 Nov 2026 18:30"),
        ("in 2 Monaten um 9 Uhr", "Mon 25 Jan 2027 09:00"),
    ]);
    // The night in between is an hour longer: three days are three days on the calendar, not seventy-two hours.
    let before = utc("2027-10-29T16:00:00Z");
    let at = |text| match read(text, Tz::Europe__Berlin, before).unwrap() {
        When::At { at, .. } => at - before,
        other => panic!("{other}"),
    };
    assert_eq!((at("in 3 days").num_hours(), at("in 72h").num_hours()), (73, 72));
}

#[test]
fn dates_are_read_as_they_are_written_here_and_there() {
    all_read(&[
        ("2026-12-01 09:00", "Tue 1 Dec 2026 09:00"),
        ("2026-12-01T09:00", "Tue 1 Dec 2026 09:00"),
        ("2026-12-01 9:00 pm", "Tue 1 Dec 2026 21:00"),
        ("01.12.2026 09:00", "Tue 1 Dec 2026 09:00"),
        ("1.12. 9:00", "Tue 1 Dec 2026 09:00"),
        ("01.12.26 18:30 Uhr", "Tue 1 Dec 2026 18:30"),
        ("1. Dezember 18 Uhr", "Tue 1 Dec 2026 18:00"),
        ("1 Dec 9am", "Tue 1 Dec 2026 09:00"),
        ("December 1, 2026 9:00", "Tue 1 Dec 2026 09:00"),
        ("dec 1 18:30", "Tue 1 Dec 2026 18:30"),
        ("the 1st of december at noon", "Tue 1 Dec 2026 12:00"),
        ("tue 1 dec 9:00", "Tue 1 Dec 2026 09:00"),
        ("25 nov 17:00", "Thu 25 Nov 2027 17:00"),
        ("29 feb 10:00", "Tue 29 Feb 2028 10:00"),
        ("morgen 18 Uhr", "Thu 26 Nov 2026 18:00"),
        ("MORGEN 18:30", "Thu 26 Nov 2026 18:30"),
        ("mo 18 Uhr", "Mon 30 Nov 2026 18:00"),
        ("Fr 18 Uhr", "Fri 27 Nov 2026 18:00"),
        ("Fr. um 18.30 Uhr", "Fri 27 Nov 2026 18:30"),
        ("18:30 am Freitag", "Fri 27 Nov 2026 18:30"),
        ("am 1.12. um 9:00", "Tue 1 Dec 2026 09:00"),
        ("übermorgen 08:00", "Fri 27 Nov 2026 08:00"),
        ("u\u{308}bermorgen 08:00", "Fri 27 Nov 2026 08:00"),
        ("heute 20 Uhr", "Wed 25 Nov 2026 20:00"),
        ("29. März 2027 10:00", "Mon 29 Mar 2027 10:00"),
    ]);
}

#[test]
fn a_zone_or_an_offset_overrides_the_members_own() {
    all_read(&[
        ("2026-12-01T09:00+02:00", "Tue 1 Dec 2026 08:00"),
        ("2026-12-01T07:00:00Z", "Tue 1 Dec 2026 08:00"),
        ("2026-12-01T07:00:05z", "Tue 1 Dec 2026 08:00:05"),
        ("2026-12-01 09:00 +02:00", "Tue 1 Dec 2026 08:00"),
        ("2026-12-01 09:00 UTC", "Tue 1 Dec 2026 10:00"),
        ("2026-12-01 09:00 Europe/London", "Tue 1 Dec 2026 10:00"),
        ("tomorrow 09:00 america/new_york", "Thu 26 Nov 2026 15:00"),
        ("tomorrow 01:00 Asia/Tokyo", "Thu 26 Nov 2026 17:00"),
        ("1796115600", "Tue 1 Dec 2026 10:00"),
        ("<t:1796115600:F>", "Tue 1 Dec 2026 10:00"),
        ("<t:1796115600>", "Tue 1 Dec 2026 10:00"),
        ("Tue 1 Dec 2026, 09:00 (Europe/London, UTC+0)", "Tue 1 Dec 2026 10:00"),
    ]);
    let zoned = berlin("2026-12-01 09:00 Europe/London").unwrap();
    assert_eq!(zoned, When::At { at: utc("2026-12-01T09:00:00Z"), zone: Tz::Europe__London });
}

#[test]
fn two_answers_need_no_clock() {
    for text in ["asap", "ASAP", " sofort ", "as soon as possible"] {
        assert_eq!(berlin(text), Ok(When::Asap));
    }
    assert_eq!(berlin("next slot"), Ok(When::NextSlot));
}

#[test]
fn what_is_not_exact_is_refused_with_its_reason() {
    let date = "add the time, for example `2026-11-26 18:00`";
    let clock = "times go from `00:00` to `23:59`, or from `12am` to `11:59pm`";
    let month = "check how many days that month has";
    let exact = "give the day and the time, for example `tomorrow 18:00`";
    all_refused(&[
        ("", "no time was given", EXAMPLES),
        ("at", "no time was given", EXAMPLES),
        ("asdf", "`asdf` is not understood", EXAMPLES),
        ("🍵", "`🍵` is not understood", EXAMPLES),
        ("tommorow 18:00", "`tommorow` is not understood", "did you mean `tomorrow`?"),
        ("tomorrow at 6", "`6` is not understood", "write a time of day like `18:00` or `6pm`"),
        ("in 18:30", "`18:30` is not understood", EXAMPLES),
        ("tomorrow", "Thu 26 Nov 2026 is a day without a time", date),
        ("tonight", "`tonight` does not say an exact time", exact),
        ("midnight tomorrow", "`midnight` does not say an exact time", exact),
        ("12:30 am Freitag", "`12:30 am` does not say an exact time", exact),
        ("next week 18:00", "`next week` does not say an exact time", exact),
        ("now", "`now` does not say an exact time", "`asap` goes out as soon as it is approved"),
        ("asap tomorrow", "`asap` stands alone", EXAMPLES),
        ("2026-02-30 10:00", "`2026-02-30` is not in the calendar", month),
        ("30 feb 10:00", "`30 February` is not in the calendar", month),
        ("tomorrow 25:00", "`25:00` is not a time of day", clock),
        ("tomorrow 24:00", "`24:00` is not a time of day", clock),
        ("tomorrow 99:00", "`99:00` is not a time of day", clock),
        ("13pm", "`13pm` is not a time of day", clock),
        ("18:30 pm", "`18:30 pm` is not a time of day", clock),
        ("18:30 19:30", "`19:30` says the time a second time", "leave only one time"),
        ("in 3h 18:00", "`18:00` says the time a second time", "leave only one time"),
        ("tomorrow 1.12. 9:00", "`1.12.` says the day a second time", "leave only one day"),
        ("in 1h 1h", "`1h` says the unit a second time", "say each unit once, for example `in 1h 30m`"),
        ("in 9999999 days", "`9999999` is beyond the calendar", "choose a closer time"),
        ("in 999999 weeks", "`that date` is beyond the calendar", "choose a closer time"),
        ("yesterday 5pm", "`yesterday` is over", "choose a day to come"),
        ("9:00 Europe/Berlni", "`Europe/Berlni` is not a time zone", "did you mean `Europe/Berlin`?"),
        ("@everyone `x`", "`@everyone` is not understood", EXAMPLES),
    ]);
}

#[test]
fn what_means_two_days_is_refused_with_both() {
    all_refused(&[
        (
            "next friday 18:00",
            "`next Friday` could be Fri 27 Nov 2026 or Fri 4 Dec 2026",
            "write `2026-11-27` or `2026-12-04`",
        ),
        (
            "03/04/2027 9:00",
            "`03/04/2027` could be Thu 4 Mar 2027 or Sat 3 Apr 2027",
            "write `2027-03-04` or `2027-04-03`",
        ),
        ("fri 1 dec 9:00", "Tue 1 Dec 2026 is not a Friday", "leave the weekday out, or write `Tue`"),
    ]);
    assert_eq!(offered("next friday 18:00"), ["2026-11-27T18:00:00+01:00", "2026-12-04T18:00:00+01:00"]);
    assert_eq!(offered("next wed 18:00"), ["2026-12-02T18:00:00+01:00", "2026-12-09T18:00:00+01:00"]);
    assert_eq!(offered("03/04/2027 9:00"), ["2027-03-04T09:00:00+01:00", "2027-04-03T09:00:00+02:00"]);
    assert_eq!(offered("24/12 9:00"), ["2026-12-24T09:00:00+01:00"]);
    assert_eq!(offered("fri 1 dec 9:00"), ["2026-12-01T09:00:00+01:00", "2026-11-27T09:00:00+01:00"]);
    assert_eq!(offered("today"), ["2026-11-25T18:00:00+01:00"]);
    assert_eq!(offered("yesterday 18:00"), ["2026-11-25T18:00:00+01:00", "2026-11-26T18:00:00+01:00"]);
}

#[test]
fn a_clock_change_is_never_guessed() {
    all_refused(&[
        (
            "2027-03-28 02:30",
            "clocks in Europe/Berlin skip Sun 28 Mar 2027, 02:30",
            "the first time after that is Sun 28 Mar 2027, 03:00 (Europe/Berlin, UTC+2)",
        ),
        (
            "2027-10-31 02:30",
            "clocks in Europe/Berlin show Sun 31 Oct 2027, 02:30 twice",
            "write `2027-10-31T02:30:00+02:00` or `2027-10-31T02:30:00+01:00`",
        ),
        (
            "2026-12-01 09:00 Europe/Berlin UTC+2",
            "Europe/Berlin is not at UTC+2 then",
            "write `2026-12-01T09:00:00+01:00`",
        ),
    ]);
    assert_eq!(offered("2027-03-28 02:30"), ["2027-03-28T03:00:00+02:00"]);
    assert_eq!(offered("2027-10-31 02:30"), ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"]);
    assert_eq!(offered("2027-04-04 01:45 Australia/Lord_Howe").len(), 2);
    assert_eq!(reading("2027-10-31 02:30 Europe/Berlin UTC+1"), "Sun 31 Oct 2027 02:30:00");
    assert!(matches!(berlin("2027-09-05 00:00 America/Santiago"), Err(WhenRefusal::Skipped { .. })));
}

#[test]
fn a_lone_time_whose_first_turn_is_over_means_the_second() {
    let between = utc("2027-10-31T00:45:00Z");
    let read = read("02:30", Tz::Europe__Berlin, between).unwrap();
    assert_eq!(read, When::At { at: utc("2027-10-31T01:30:00Z"), zone: Tz::Europe__Berlin });
}

#[test]
fn a_text_without_end_is_refused_at_once() {
    let refusal = berlin(&"1".repeat(10_000_000)).unwrap_err();
    assert_eq!(
        (refusal.to_string().as_str(), refusal.hint().as_str()),
        ("a time is at most 100 characters long", EXAMPLES)
    );
}

fn window(maintenance: Vec<Maintenance>) -> Window {
    Window { min_lead: Duration::from_secs(15 * 60), max_ahead: Duration::from_secs(30 * 86_400), maintenance }
}

#[track_caller]
fn turned_away(window: &Window, text: &str) -> (String, String) {
    let refusal = window.read(text, Tz::Europe__Berlin, now()).expect_err(text);
    for offer in refusal.offers() {
        assert_eq!(window.check(offer, now()), Ok(()), "what is offered works");
    }
    assert!(!refusal.offers().is_empty());
    (refusal.to_string(), refusal.hint())
}

#[test]
fn a_time_outside_the_window_is_refused_with_the_nearest_that_works() {
    let window = window(Vec::new());
    let soonest = "the nearest time that works is Wed 25 Nov 2026, 17:50 (Europe/Berlin, UTC+1)";
    let (sentence, hint) = turned_away(&window, "today 17:00");
    assert_eq!(sentence, "Wed 25 Nov 2026, 17:00 (Europe/Berlin, UTC+1) is over");
    assert_eq!(hint, soonest);
    let (sentence, hint) = turned_away(&window, "in 5 minutes");
    assert_eq!(sentence, "Wed 25 Nov 2026, 17:35 (Europe/Berlin, UTC+1) is too soon");
    assert_eq!(hint, format!("posts need at least 15 min ahead; {soonest}"));
    let (sentence, hint) = turned_away(&window, "29 feb 10:00");
    assert_eq!(sentence, "Tue 29 Feb 2028, 10:00 (Europe/Berlin, UTC+1) is too far away");
    let latest = "the nearest time that works is Fri 25 Dec 2026, 17:30 (Europe/Berlin, UTC+1)";
    assert_eq!(hint, format!("posts go up to 30 days ahead; {latest}"));
    for text in ["in 15m", "in 30 days", "asap", "next slot"] {
        assert!(window.read(text, Tz::Europe__Berlin, now()).is_ok(), "{text}");
    }
}

#[test]
fn nothing_is_scheduled_while_maintenance_lasts() {
    let nightly = Maintenance::new("0 2 * * *", Duration::from_secs(3600), Tz::Europe__Berlin).unwrap();
    let longer = Maintenance::new("30 2 * * fri", Duration::from_secs(7200), Tz::Europe__Berlin).unwrap();
    let window = window(vec![nightly, longer]);
    let (sentence, hint) = turned_away(&window, "fri 02:15");
    assert_eq!(
        sentence,
        "Fri 27 Nov 2026, 02:15 (Europe/Berlin, UTC+1) is in a maintenance window \
         that lasts until Fri 27 Nov 2026, 03:00 (Europe/Berlin, UTC+1)"
    );
    assert_eq!(
        hint,
        "the nearest time that works is Fri 27 Nov 2026, 01:59 (Europe/Berlin, UTC+1) \
         or Fri 27 Nov 2026, 04:30 (Europe/Berlin, UTC+1)"
    );
    for text in ["fri 01:59:59", "fri 04:30", "thu 03:00"] {
        assert!(window.read(text, Tz::Europe__Berlin, now()).is_ok(), "{text}");
    }
}

#[test]
fn maintenance_covers_both_turns_of_a_repeated_hour() {
    let nightly = Maintenance::new("0 2 * * *", Duration::from_secs(3600), Tz::Europe__Berlin).unwrap();
    let until = utc("2027-10-31T02:00:00Z");
    for inside in ["2027-10-31T00:00:00Z", "2027-10-31T00:59:59.9Z", "2027-10-31T01:30:00Z"] {
        assert_eq!(nightly.covering(utc(inside)), Some((utc("2027-10-31T00:00:00Z"), until)), "{inside}");
    }
    assert_eq!(nightly.covering(until), None);
    assert_eq!(nightly.covering(utc("2027-03-28T01:00:00Z")), None, "that night skips the hour");
}

#[test]
fn maintenance_without_an_end_leaves_nothing_to_offer() {
    let always = Maintenance::new("0 * * * *", Duration::from_secs(3600), Tz::UTC).unwrap();
    let refusal = window(vec![always]).check(now() + TimeDelta::hours(2), now()).unwrap_err();
    assert_eq!(refusal.offers(), []);
    let reason = |cron, seconds| Maintenance::new(cron, Duration::from_secs(seconds), Tz::UTC).unwrap_err().to_string();
    assert_eq!(reason("0 0 30 2 *", 60), "`0 0 30 2 *` never happens");
    assert_eq!(reason("0 0 * * *", 0), "a maintenance window lasts from a second to a year");
    assert!(reason("every night", 60).starts_with("`every night` is not a cron pattern: "));
}

fn labels(partial: &str) -> Vec<String> {
    let found = suggestions(partial, Tz::Europe__Berlin, now(), &window(Vec::new()));
    assert!(found.len() <= 25);
    found.into_iter().map(|suggestion| suggestion.label).collect()
}

#[test]
fn a_reading_is_shown_while_it_is_typed() {
    assert_eq!(labels("fri 18:00")[0], "Fri 27 Nov 2026, 18:00 (CET, UTC+1) · in 2 days");
    assert_eq!(labels("in 3h")[0], "Wed 25 Nov 2026, 20:30 (CET, UTC+1) · in 3 h");
    assert_eq!(
        labels("next friday 18:00")[..2],
        ["Fri 27 Nov 2026, 18:00 (CET, UTC+1) · in 2 days", "Fri 4 Dec 2026, 18:00 (CET, UTC+1) · in 9 days"]
    );
    assert_eq!(labels("today 9:00")[0], "nearest: Wed 25 Nov 2026, 17:50 (CET, UTC+1) · in 20 min");
    assert_eq!(labels("")[0], "asap · as soon as it is approved");
    assert_eq!(labels("as")[0], "asap · as soon as it is approved");
    assert!(labels("tom").iter().any(|label| label.starts_with("Thu 26 Nov 2026, 18:00")));
    assert!(labels("tomorrow 1").iter().any(|label| label.starts_with("Thu 26 Nov 2026, 18:00")));
    assert!(labels("fri").iter().any(|label| label.starts_with("Fri 27 Nov 2026, 09:00")));
    assert!(labels("in 2").iter().any(|label| label.ends_with("in 2 days")));
    assert_eq!(labels("2031-01-01 9:00"), ["nearest: Fri 25 Dec 2026, 17:30 (CET, UTC+1) · in 30 days"]);
    assert_eq!(labels("xyzzy"), Vec::<String>::new());
}

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
    (946_684_800_i64..2_840_140_800).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

/// Texts made of the grammar's own pieces, which reach deeper than letters at random.
fn nearly_times() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
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
    ]);
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
    fn what_is_written_is_read_back(at in instants(), millis in 0_u32..1000, zone in 0..ZONES.len(), now in instants()) {
        let zone = ZONES[zone];
        prop_assert_eq!(read(&say(at, zone), Tz::Asia__Tokyo, now), Ok(When::At { at, zone }));
        prop_assert_eq!(read(&at.timestamp().to_string(), zone, now), Ok(When::At { at, zone }));
        let at = at + TimeDelta::milliseconds(i64::from(millis));
        prop_assert_eq!(read(&at.to_rfc3339(), zone, now), Ok(When::At { at, zone }));
        prop_assert_eq!(read(&at.with_timezone(&zone).to_rfc3339(), zone, now), Ok(When::At { at, zone }));
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
