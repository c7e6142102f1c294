//! Weekly slots on a clock that changes: every week has each of them once, and no instant comes twice.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use greenroom::domain::schedule::slots::{Slot, SlotDays, clock_times, in_few_words, instants, slots_on};
use proptest::prelude::*;

use super::utc;

fn slot(weekday: Weekday, text: &str) -> Slot {
    Slot::new(weekday, text.parse::<NaiveTime>().unwrap())
}

fn shown(found: &[DateTime<Utc>], zone: Tz) -> Vec<String> {
    found.iter().map(|at| at.with_timezone(&zone).format("%a %-d %b %H:%M %:z").to_string()).collect()
}

fn between(slots: &[Slot], zone: Tz, after: &str, until: &str) -> Vec<String> {
    shown(&instants(slots, zone, utc(after), utc(until)), zone)
}

#[test]
fn a_slot_in_the_hour_that_is_skipped_falls_on_the_first_instant_after_it() {
    let (berlin, new_york) = (Tz::Europe__Berlin, Tz::America__New_York);
    let half_past_two = [slot(Weekday::Sun, "02:30:00")];
    assert_eq!(
        between(&half_past_two, berlin, "2027-03-20T00:00:00Z", "2027-04-05T00:00:00Z"),
        ["Sun 21 Mar 02:30 +01:00", "Sun 28 Mar 03:00 +02:00", "Sun 4 Apr 02:30 +02:00"]
    );
    assert_eq!(
        between(&half_past_two, new_york, "2027-03-06T00:00:00Z", "2027-03-22T00:00:00Z"),
        ["Sun 7 Mar 02:30 -05:00", "Sun 14 Mar 03:00 -04:00", "Sun 21 Mar 02:30 -04:00"]
    );
    let crowd = [slot(Weekday::Sun, "02:00:00"), slot(Weekday::Sun, "02:30:00"), slot(Weekday::Sun, "03:00:00")];
    assert_eq!(
        between(&crowd, berlin, "2027-03-27T12:00:00Z", "2027-03-28T12:00:00Z"),
        ["Sun 28 Mar 03:00 +02:00"],
        "three slots that come to one instant are one"
    );
}

#[test]
fn a_slot_in_the_hour_that_comes_twice_is_the_first_of_the_two() {
    let (berlin, new_york) = (Tz::Europe__Berlin, Tz::America__New_York);
    assert_eq!(
        between(&[slot(Weekday::Sun, "02:30:00")], berlin, "2027-10-30T00:00:00Z", "2027-11-08T00:00:00Z"),
        ["Sun 31 Oct 02:30 +02:00", "Sun 7 Nov 02:30 +01:00"]
    );
    assert_eq!(
        between(&[slot(Weekday::Sun, "01:30:00")], new_york, "2027-11-06T00:00:00Z", "2027-11-15T00:00:00Z"),
        ["Sun 7 Nov 01:30 -04:00", "Sun 14 Nov 01:30 -05:00"]
    );
    // After the first of the two has passed, the second is no slot.
    let between_both =
        between(&[slot(Weekday::Sun, "02:30:00")], berlin, "2027-10-31T00:45:00Z", "2027-11-01T00:00:00Z");
    assert_eq!(between_both, Vec::<String>::new());
}

#[test]
fn the_hour_on_the_wall_stays_the_same_around_a_change() {
    let evenings = slots_on(SlotDays::Weekend, &[NaiveTime::from_hms_opt(18, 0, 0).unwrap()]);
    assert_eq!(
        between(&evenings, Tz::Europe__Berlin, "2027-03-27T00:00:00Z", "2027-03-28T23:00:00Z"),
        ["Sat 27 Mar 18:00 +01:00", "Sun 28 Mar 18:00 +02:00"]
    );
    assert_eq!(
        between(&evenings, Tz::America__New_York, "2027-11-06T00:00:00Z", "2027-11-08T00:00:00Z"),
        ["Sat 6 Nov 18:00 -04:00", "Sun 7 Nov 18:00 -05:00"]
    );
}

#[test]
fn times_are_read_with_commas_between_them() {
    let read =
        |text| clock_times(text).map(|times| times.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(read("18:00"), Ok("18:00:00".into()));
    assert_eq!(read("6pm, 9:00,18 Uhr , noon; 18.30 Uhr"), Ok("09:00:00 12:00:00 18:00:00 18:30:00".into()));
    for (text, said) in [
        ("", "`` is not a time of day"),
        (" , ", "`,` is not a time of day"),
        ("25:00", "`25:00` is not a time of day"),
        ("18:00:30", "`18:00:30` is not a time of day"),
        ("tomorrow 18:00", "`tomorrow 18:00` is not a time of day"),
        ("in 3h", "`in 3h` is not a time of day"),
        ("asap", "`asap` is not a time of day"),
        ("18:00 UTC", "`18:00 UTC` is not a time of day"),
        ("soonish", "`soonish` is not understood"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), said, "{text}");
    }
}

#[test]
fn slots_are_named_in_few_words() {
    let said = |slots: &[Slot]| {
        let words = in_few_words(slots);
        words.into_iter().map(|(days, times)| format!("{} {times}", days.word())).collect::<Vec<_>>().join(" · ")
    };
    let at = |text: &str| clock_times(text).unwrap();
    let mut slots = slots_on(SlotDays::Every, &at("18:00"));
    assert_eq!(said(&slots), "every day 18:00");
    slots.extend(slots_on(SlotDays::Weekdays, &at("9:00, 12:00")));
    slots.extend(slots_on(SlotDays::Weekend, &at("10:00")));
    slots.extend(slots_on(SlotDays::One(Weekday::Fri), &at("20:00")));
    assert_eq!(said(&slots), "every day 18:00 · weekdays 09:00, 12:00 · weekend 10:00 · friday 20:00");
    assert_eq!(said(&[]), "");
    for days in SlotDays::all() {
        assert_eq!(days.word().parse(), Ok(days));
    }
    assert!("someday".parse::<SlotDays>().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_week_has_each_slot_once(
        weekday in 1_u8..8,
        minute in 0_u16..1440,
        start in 946_684_800_i64..2_840_140_800,
        zone in prop::sample::select(vec![
            Tz::Europe__Berlin, Tz::America__New_York, Tz::America__Santiago, Tz::Australia__Lord_Howe, Tz::UTC,
        ]),
    ) {
        let slot = Slot::from_numbers(weekday, minute).unwrap();
        let after = DateTime::from_timestamp(start, 0).unwrap();
        let found = instants(&[slot], zone, after, after + TimeDelta::weeks(8));
        prop_assert!((7..=9).contains(&found.len()), "{found:?}");
        prop_assert!(found.windows(2).all(|pair| {
            let apart = pair[1] - pair[0];
            (TimeDelta::days(7) - TimeDelta::hours(2)..=TimeDelta::days(7) + TimeDelta::hours(2)).contains(&apart)
        }), "{found:?}");
        prop_assert!(found.iter().all(|at| *at > after));
    }

    #[test]
    fn no_times_are_too_strange_to_answer(text in prop_oneof![any::<String>(), "[0-9:apm, ]{0,20}"]) {
        if let Err(refusal) = clock_times(&text) {
            prop_assert!(!refusal.to_string().is_empty() && refusal.to_string().chars().count() < 200);
        }
    }
}
