//! From what people type to an instant: the forms that are read, and the refusals with what they offer.

mod any_text;
mod slots;
mod table;
mod window;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use greenroom::domain::schedule::{When, WhenRefusal, read};

/// Wednesday 25 November 2026, 17:30 in Berlin.
fn now() -> DateTime<Utc> {
    utc("2026-11-25T16:30:00Z")
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant in RFC 3339")
}

fn berlin(text: &str) -> Result<When, WhenRefusal> {
    read(text, Tz::Europe__Berlin, now())
}

/// What a text is read as, on a Berlin clock, or `refused:` and why.
fn reading(text: &str) -> String {
    match berlin(text) {
        Ok(When::At { at, .. }) => at.with_timezone(&Tz::Europe__Berlin).format("%a %-d %b %Y %H:%M:%S").to_string(),
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
        ("um 9:00 am Freitag", "Fri 27 Nov 2026 09:00"),
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
        ("2026-12-01T02:00:00-05:00", "Tue 1 Dec 2026 08:00"),
        ("2026-12-01 02:00 UTC-5", "Tue 1 Dec 2026 08:00"),
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
        ("am Morgen um 9 Uhr", "`am Morgen` does not say an exact time", exact),
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
        ("tomorrow 9:00-10:00", "`9:00-10:00` is not understood", EXAMPLES),
        ("tomorrow 9:00 -10:00", "`-10:00` is not understood", EXAMPLES),
        ("tomorrow 9:00+15:00", "`9:00+15:00` is not understood", EXAMPLES),
        ("tomorrow 18,30 Uhr", "`18` is not understood", "write a time of day like `18:00` or `6pm`"),
        ("in 1,5h", "`1` is not understood", "write a time of day like `18:00` or `6pm`"),
        ("10.30", "`10.30` is not understood", EXAMPLES),
        ("friday morgen 9:00", "Thu 26 Nov 2026 is not a Friday", "leave the weekday out, or write `Thu`"),
        ("1 dec 2030", "Sun 1 Dec 2030 is a day without a time", "add the time, for example `2030-12-01 18:00`"),
        ("um 12 am Freitag", "`12` is not understood", "write a time of day like `18:00` or `6pm`"),
        ("every friday 18:00", "`every` is not understood", EXAMPLES),
        ("in 3h 18:00", "`18:00` says the time a second time", "leave only one time"),
        ("tomorrow 1.12. 9:00", "`1.12.` says the day a second time", "leave only one day"),
        ("in 1h 1h", "`1h` says the unit a second time", "say each unit once, for example `in 1h 30m`"),
        ("in 9999999 days", "that is further away than the calendar goes", "choose a closer time"),
        ("in 999999 weeks", "that is further away than the calendar goes", "choose a closer time"),
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
    assert_eq!(reading("24/12 9:00"), "Thu 24 Dec 2026 09:00:00", "it can be only one");
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
