//! The window a time has to fall into, and the choices shown while somebody types.

use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Tz;
use greenroom::domain::schedule::{Maintenance, Window, suggestions};

use super::{now, utc};

pub(super) fn window(maintenance: Vec<Maintenance>) -> Window {
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
    assert!(refusal.offers().is_empty());
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
