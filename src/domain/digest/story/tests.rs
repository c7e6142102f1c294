//! The rules of comparison, each as a sentence.

use chrono::TimeZone;
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::super::super::ids::AccountId;
use super::*;

fn newest_at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 8, 0, 0).unwrap()
}

fn hours_ago(hours: i64) -> DateTime<Utc> {
    newest_at() - TimeDelta::hours(hours)
}

fn video(id: &str, created_hours_ago: i64, views: i64) -> VideoSnapshot {
    VideoSnapshot {
        tiktok_id: id.to_owned(),
        title: format!("The {id}"),
        share_url: Some(format!("https://www.tiktok.com/@harbour.cafe/video/{id}")),
        created_at: hours_ago(created_hours_ago),
        views,
        likes: views / 10,
        comments: views / 100,
        shares: views / 50,
    }
}

fn snapshot(taken_hours_ago: i64, videos: Vec<VideoSnapshot>) -> Snapshot {
    Snapshot {
        account: AccountId::new(DateTime::UNIX_EPOCH),
        taken_at: hours_ago(taken_hours_ago),
        followers: None,
        likes_total: None,
        video_count: None,
        videos,
    }
}

/// The usual case: one old video with these views at these hours.
fn told(moments: &[(i64, i64)]) -> AccountDay {
    let snapshots: Vec<_> =
        moments.iter().map(|&(ago, views)| snapshot(ago, vec![video("latte", 999, views)])).collect();
    story(&snapshots)
}

fn story(snapshots: &[Snapshot]) -> AccountDay {
    account_day(snapshots, &Window::fortnight(newest_at(), Berlin)).unwrap()
}

fn figure(now: i64, since_yesterday: Option<i64>, over_week: Option<i64>) -> Option<Figure> {
    Some(Figure { now, since_yesterday, over_week })
}

#[test]
fn without_snapshots_there_is_no_story() {
    assert_eq!(account_day(&[], &Window::fortnight(newest_at(), Berlin)), None);
    let tomorrow = snapshot(-24, vec![video("latte", 999, 5)]);
    assert_eq!(account_day(&[tomorrow], &Window::fortnight(newest_at(), Berlin)), None);
}

#[test]
fn the_first_snapshot_knows_no_change() {
    let day = told(&[(0, 1_200)]);
    assert_eq!(day.views, figure(1_200, None, None));
    assert_eq!((day.best, day.best_of_week, day.series), (None, None, Vec::new()));
}

#[test]
fn the_change_is_taken_from_yesterday_and_from_a_week_ago() {
    let day = told(&[(168, 100), (24, 900), (0, 1_200)]);
    assert_eq!(day.views, figure(1_200, Some(300), Some(1_100)));
    assert_eq!(day.likes, figure(120, Some(30), Some(110)));
}

#[test]
fn snapshots_may_come_in_any_order() {
    assert_eq!(told(&[(0, 1_200), (168, 100), (24, 900)]), told(&[(168, 100), (24, 900), (0, 1_200)]));
}

#[test]
fn yesterday_is_the_closest_snapshot_within_half_a_day() {
    assert_eq!(told(&[(36, 10), (26, 20), (20, 30), (0, 100)]).views, figure(100, Some(80), None));
    assert_eq!(told(&[(36, 10), (0, 100)]).views, figure(100, Some(90), None));
    assert_eq!(told(&[(12, 10), (0, 100)]).views, figure(100, Some(90), None));
    assert_eq!(told(&[(37, 10), (11, 10), (0, 100)]).views, figure(100, None, None));
}

#[test]
fn a_week_ago_may_be_a_day_off() {
    assert_eq!(told(&[(192, 10), (0, 100)]).views, figure(100, None, Some(90)));
    assert_eq!(told(&[(193, 10), (143, 10), (0, 100)]).views, figure(100, None, None));
}

#[test]
fn a_vanished_video_takes_nothing_from_the_change() {
    let before = snapshot(24, vec![video("latte", 999, 900), video("gone", 999, 50_000)]);
    let day = story(&[before, snapshot(0, vec![video("latte", 999, 1_000)])]);
    assert_eq!(day.views, figure(1_000, Some(100), None));
}

#[test]
fn a_new_video_counts_with_everything_it_has() {
    let before = snapshot(24, vec![video("latte", 999, 900)]);
    let day = story(&[before, snapshot(0, vec![video("latte", 999, 1_000), video("scone", 5, 700)])]);
    assert_eq!(day.views, figure(1_700, Some(800), None));
    let best = day.best.unwrap();
    assert_eq!((best.title.as_str(), best.views_gained, best.views), ("The scone", 700, 700));
}

#[test]
fn a_video_posted_just_before_the_snapshot_that_lacks_it_is_new() {
    let before = snapshot(24, vec![video("latte", 999, 900)]);
    let day = story(&[before, snapshot(0, vec![video("latte", 999, 900), video("scone", 24, 700)])]);
    assert_eq!(day.views, figure(1_600, Some(700), None));
}

#[test]
fn a_video_made_public_again_is_not_a_gain() {
    let before = snapshot(24, vec![video("latte", 999, 900)]);
    let day = story(&[before, snapshot(0, vec![video("latte", 999, 950), video("back", 999, 80_000)])]);
    assert_eq!(day.views, figure(80_950, Some(50), None));
    assert_eq!(day.best.unwrap().title, "The latte");
}

#[test]
fn a_counter_that_falls_is_shown_as_it_is() {
    let day = told(&[(24, 1_000), (0, 990)]);
    assert_eq!(day.views, figure(990, Some(-10), None));
    assert_eq!(day.best, None);
}

#[test]
fn a_list_that_was_not_read_is_unknown_and_no_zero() {
    let unread = |ago| Snapshot { followers: Some(500 - ago), video_count: Some(3), ..snapshot(ago, Vec::new()) };
    let day = story(&[unread(24), unread(0)]);
    assert_eq!((day.views, day.likes, day.comments, day.shares), (None, None, None, None));
    assert_eq!(day.followers, figure(500, Some(24), None));
    let day = story(&[unread(24), snapshot(0, vec![video("latte", 999, 70)])]);
    assert_eq!((day.views, day.best, day.series), (figure(70, None, None), None, Vec::new()));
}

#[test]
fn an_account_without_videos_has_zero_views_and_its_first_video_is_a_gain() {
    let empty = Snapshot { video_count: Some(0), ..snapshot(24, Vec::new()) };
    let day = story(&[empty, snapshot(0, vec![video("first", 3, 40)])]);
    assert_eq!(day.views, figure(40, Some(40), None));
}

#[test]
fn likes_come_from_the_account_when_it_tells_them() {
    let with_likes = |ago, likes| Snapshot { likes_total: likes, ..snapshot(ago, vec![video("latte", 999, 1_000)]) };
    let day = story(&[with_likes(168, None), with_likes(24, Some(9_000)), with_likes(0, Some(9_100))]);
    assert_eq!(day.likes, figure(9_100, Some(100), None));
}

#[test]
fn each_known_day_has_a_bar_and_an_unknown_one_has_none() {
    let day = told(&[(120, 10), (96, 30), (72, 60), (24, 200), (0, 260)]);
    let date = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    assert_eq!(day.series, vec![(date(21), 20), (date(22), 30), (date(25), 60)]);
    assert_eq!(day.views.unwrap().since_yesterday, Some(60));
}

#[test]
fn the_series_goes_back_fourteen_days_and_carries_local_dates() {
    let moments: Vec<_> = (0..20).map(|day| (day * 24, 1_000 - day * 10)).collect();
    let series = told(&moments).series;
    assert_eq!(series.len(), 14);
    assert_eq!(series[0].0, NaiveDate::from_ymd_opt(2026, 11, 12).unwrap());
    assert!(series.iter().all(|(_, gained)| *gained == 10));

    let evening = Window::fortnight(newest_at(), chrono_tz::Pacific::Auckland);
    let snapshots: Vec<_> = [25, 1].map(|ago| snapshot(ago - 12, vec![video("latte", 999, 1)])).to_vec();
    let late = Window { until: newest_at() + TimeDelta::hours(11), ..evening };
    assert_eq!(account_day(&snapshots, &late).unwrap().series[0].0, NaiveDate::from_ymd_opt(2026, 11, 26).unwrap());
}

#[test]
fn snapshots_every_day_and_a_half_never_make_one_of_them_both_ends_of_a_day() {
    let series = told(&[(108, 10), (72, 20), (36, 30), (0, 40)]).series;
    assert!(series.iter().all(|(_, gained)| *gained == 10), "{series:?}");
}

#[test]
fn one_video_has_its_own_days() {
    let snapshots = [
        snapshot(48, vec![video("latte", 999, 900)]),
        snapshot(24, vec![video("latte", 999, 950), video("scone", 40, 300)]),
        snapshot(0, vec![video("latte", 999, 990), video("scone", 40, 500)]),
    ];
    let window = Window::fortnight(newest_at(), Berlin);
    let scone = video_day(&snapshots, "scone", &window).unwrap();
    assert_eq!(scone.views, figure(500, Some(200), None));
    assert_eq!(scone.series.iter().map(|(_, gained)| *gained).collect::<Vec<_>>(), [300, 200]);
    assert_eq!(video_day(&snapshots, "unknown", &window), None);
}

#[test]
fn what_lies_before_the_window_changes_nothing() {
    let window = Window { days: 7, ..Window::fortnight(newest_at(), Berlin) };
    let mut snapshots: Vec<_> =
        (0..300).map(|ago| snapshot(ago * 5, vec![video("latte", 9_999, 9_000 - ago * 7)])).collect();
    let all = account_day(&snapshots, &window);
    snapshots.retain(|snapshot| snapshot.taken_at >= window.reaches_back_to());
    assert!(snapshots.len() < 60);
    assert_eq!(account_day(&snapshots, &window), all);
}

proptest! {
    #[test]
    fn no_snapshots_make_the_story_fail(
        moments in prop::collection::vec((-50_i64..500, prop::collection::vec((0_u8..5, -100_i64..500, any::<i64>()), 0..4), any::<Option<i64>>()), 0..20),
        days in 0_u16..40,
    ) {
        let snapshots: Vec<_> = moments
            .into_iter()
            .map(|(ago, videos, count)| Snapshot {
                followers: count,
                likes_total: count,
                video_count: count,
                ..snapshot(ago, videos.into_iter().map(|(id, age, views)| video(&id.to_string(), age, views)).collect())
            })
            .collect();
        let window = Window { until: newest_at(), zone: Berlin, days };
        if let Some(day) = account_day(&snapshots, &window) {
            prop_assert!(day.series.len() <= usize::from(days));
            prop_assert!(day.series.is_sorted_by(|a, b| a.0 < b.0));
        }
        let _ = video_day(&snapshots, "1", &window);
    }
}
