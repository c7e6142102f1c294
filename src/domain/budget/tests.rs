use chrono::TimeZone as _;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

const GUARDS: Guards = Guards { uploads_per_hour: 10, posts_per_day: 15, scheduled_per_day: 50 };

/// So many minutes after a Wednesday's noon in Berlin.
fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 11, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// So many instants, that many minutes apart.
fn every(minutes: i64, count: i64) -> Vec<DateTime<Utc>> {
    (0..count).map(|index| at(index * minutes)).collect()
}

fn direct(usage: &Usage, others: &[DateTime<Utc>], due: DateTime<Utc>) -> Option<Excess> {
    forecast(&GUARDS, Delivery::Direct, usage, others, due)
}

#[test]
fn the_sixteenth_post_of_a_day_would_be_moved_on() {
    let others = every(30, 15);
    assert_eq!(direct(&Usage::default(), &others[..14], at(450)), None);
    let excess = direct(&Usage::default(), &others, at(450)).unwrap();
    assert_eq!((excess.guard, excess.count, excess.moved_to), (Guard::Posts, 16, Some(at(24 * 60))));
    let said = excess.said("harbour.cafe", chrono_tz::Europe::Berlin);
    assert_eq!(
        said,
        "That is the 16th post for @harbour.cafe within 24 hours; 15 are allowed. \
         It would be moved on to Thu 26 Nov, 12:00 (Europe/Berlin)."
    );
    assert_eq!(direct(&Usage::default(), &others, at(24 * 60)), None, "the first no longer counts by then");
}

#[test]
fn what_is_out_counts_as_well_as_what_is_due() {
    let usage = Usage { posts: every(30, 12), ..Usage::default() };
    let excess = direct(&usage, &[at(400), at(410), at(420)], at(450)).unwrap();
    assert_eq!((excess.count, excess.moved_to), (16, Some(at(24 * 60))));
}

#[test]
fn an_earlier_post_that_pushes_a_later_one_is_told_so() {
    let others: Vec<_> = every(30, 15);
    let excess = direct(&Usage::default(), &others, at(-60)).unwrap();
    assert_eq!((excess.guard, excess.count, excess.moved_to), (Guard::Posts, 16, None));
    let said = excess.said("harbour.cafe", chrono_tz::Europe::Berlin);
    assert!(said.starts_with("With it, 16 posts for @harbour.cafe are due within 24 hours; 15 are allowed."), "{said}");
}

#[test]
fn an_hour_takes_ten_uploads() {
    let excess = direct(&Usage::default(), &every(1, 10), at(30)).unwrap();
    assert_eq!((excess.guard, excess.count, excess.moved_to), (Guard::Uploads, 11, Some(at(60))));
    assert_eq!(direct(&Usage::default(), &every(1, 10), at(60)), None);
}

#[test]
fn drafts_are_few_and_direct_posts_do_not_count_among_them() {
    let others = every(60, 5);
    let excess = forecast(&GUARDS, Delivery::Draft, &Usage::default(), &others, at(300)).unwrap();
    assert_eq!((excess.guard, excess.allowed, excess.moved_to), (Guard::Drafts, 5, Some(at(24 * 60))));
    assert!(excess.said("harbour.cafe", Tz::UTC).contains("; TikTok takes 5 drafts."));
    assert_eq!(direct(&Usage { drafts: others, ..Usage::default() }, &[], at(300)), None);
}

#[test]
fn the_fifty_first_submission_of_a_day_is_told() {
    let usage = |count| Usage { submissions: every(1, count), ..Usage::default() };
    assert_eq!(submitted(&GUARDS, &usage(49), at(60)), None);
    let said = submitted(&GUARDS, &usage(50), at(60)).unwrap().said("harbour.cafe", Tz::UTC);
    assert_eq!(said, "That is the 51st post submitted for @harbour.cafe within 24 hours; 50 are allowed.");
}

#[test]
fn a_spent_guard_names_the_moment_and_later_ones_queue_behind() {
    let usage = Usage { uploads: every(1, 10), posts: every(1, 10), ..Usage::default() };
    let asked = |promised: &[DateTime<Utc>]| room(&GUARDS, Delivery::Direct, &usage, promised, at(20));
    assert_eq!(asked(&[]), Room::Spent { guard: Guard::Uploads, until: at(60) });
    assert_eq!(asked(&[at(60), at(61)]), Room::Spent { guard: Guard::Uploads, until: at(62) });
    let later = room(&GUARDS, Delivery::Direct, &usage, &[at(61)], at(60));
    assert_eq!(later, Room::Free, "who was promised a later moment does not stand in the way");
}

#[test]
fn the_last_place_is_not_given_twice_while_somebody_may_take_it() {
    let usage = Usage { posts: every(1, 14), under_way: 1, ..Usage::default() };
    assert_eq!(room(&GUARDS, Delivery::Direct, &usage, &[], at(60)), Room::Soon);
    let usage = Usage { under_way: 0, ..usage };
    assert_eq!(room(&GUARDS, Delivery::Direct, &usage, &[], at(60)), Room::Free);
}

#[test]
fn every_guard_is_found_by_its_word() {
    for guard in Guard::ALL {
        assert_eq!(Guard::named(guard.word()), Some(guard));
    }
    assert_eq!(Guard::named("something else"), None);
}

proptest! {
    #[test]
    fn going_out_when_told_breaks_no_guard(mut dues in proptest::collection::vec(0_i64..3_000, 1..80)) {
        dues.sort_unstable();
        let (mut usage, mut promised) = (Usage::default(), Vec::new());
        for due in &dues {
            // Everybody is looked at when due, and goes out at once or at the moment they are told.
            let now = at(*due);
            let (over, ahead): (Vec<_>, Vec<_>) = promised.iter().copied().partition(|moment| *moment <= now);
            for moment in over {
                usage.uploads.push(moment);
                usage.posts.push(moment);
            }
            usage.uploads.sort_unstable();
            usage.posts.sort_unstable();
            promised = ahead;
            match room(&GUARDS, Delivery::Direct, &usage, &promised, now) {
                Room::Free => promised.push(now),
                Room::Soon => prop_assert!(false, "nothing is under way"),
                Room::Spent { until, .. } => promised.push(until),
            }
        }
        usage.posts.extend(promised);
        usage.posts.sort_unstable();
        for (span, most) in [(TimeDelta::hours(1), 10), (TimeDelta::hours(24), 15)] {
            prop_assert!(usage.posts.windows(most + 1).all(|run| run[most] - run[0] >= span), "{most} in {span}");
        }
    }
}
