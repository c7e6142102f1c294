//! How two snapshots are compared, and which two.
//!
//! - **Yesterday** is the snapshot closest to 24 hours before the newest, at most 12 hours off; **a week ago** is the one
//!   closest to seven days before, at most a day off. None that close: no change is known.
//! - A number is summed over the videos listed *now*. A change is summed video by video: a video in both snapshots counts
//!   with its difference, as it is, also below zero; a video posted since counts with everything it has. A video that
//!   vanished (deleted, made private) takes its numbers out of the sum but out of no change, and one that was there before
//!   yet was not listed then (made public again) is not counted in the change, because its start is unknown.
//! - A day's bar is the change between the snapshots closest to its two ends, so the last bar is the change since yesterday.
//! - An account's own counters (followers, likes of everything) are simply subtracted.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{AccountDay, BestPost, Figure, Snapshot, VideoSnapshot};

const DAY: TimeDelta = TimeDelta::hours(24);
const WEEK: TimeDelta = TimeDelta::days(7);

/// How far from 24 hours a snapshot may be and still stand for yesterday.
const DAY_TOLERANCE: TimeDelta = TimeDelta::hours(12);

/// How far from seven days a snapshot may be and still stand for a week ago.
const WEEK_TOLERANCE: TimeDelta = TimeDelta::hours(24);

/// A video needs a while to appear in TikTok's list: posted this long before a snapshot that lacks it, it is still new.
const LISTING_LAG: TimeDelta = TimeDelta::hours(1);

/// Which days a story tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Later snapshots are not looked at.
    pub until: DateTime<Utc>,
    /// The zone whose dates the days carry.
    pub zone: Tz,
    /// How many days the series goes back.
    pub days: u16,
}

impl Window {
    /// The fourteen days of the digest.
    #[must_use]
    pub const fn fortnight(until: DateTime<Utc>, zone: Tz) -> Self {
        Self { until, zone, days: 14 }
    }

    /// Snapshots before this instant change nothing in the story; the week is always told.
    #[must_use]
    pub fn reaches_back_to(&self) -> DateTime<Utc> {
        let days = TimeDelta::days(i64::from(self.days.max(7)) + 3);
        self.until.checked_sub_signed(days).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }
}

/// Tells an account's day from its snapshots, given in any order; absent when there is none up to the window's end.
#[must_use]
pub fn account_day(snapshots: &[Snapshot], window: &Window) -> Option<AccountDay> {
    let known: Vec<&Snapshot> = snapshots.iter().filter(|snapshot| snapshot.taken_at <= window.until).collect();
    let now = *known.iter().max_by_key(|snapshot| snapshot.taken_at)?;
    let seen = Seen {
        now,
        yesterday: nearest(&known, now.taken_at, DAY, DAY_TOLERANCE),
        week_ago: nearest(&known, now.taken_at, WEEK, WEEK_TOLERANCE),
    };
    let likes = match now.likes_total {
        Some(_) => seen.counter(|snapshot| snapshot.likes_total),
        None => seen.sum(|video| video.likes),
    };
    Some(AccountDay {
        taken_at: now.taken_at,
        views: seen.sum(|video| video.views),
        likes,
        comments: seen.sum(|video| video.comments),
        shares: seen.sum(|video| video.shares),
        followers: seen.counter(|snapshot| snapshot.followers),
        videos_listed: now.videos.len(),
        videos_in_all: now.video_count,
        best: seen.yesterday.and_then(|earlier| best(earlier, now)),
        best_of_week: seen.week_ago.and_then(|earlier| best(earlier, now)),
        series: series(&known, now, window),
    })
}

/// Tells one video's days the same way; absent when the newest snapshot does not list it.
#[must_use]
pub fn video_day(snapshots: &[Snapshot], tiktok_id: &str, window: &Window) -> Option<AccountDay> {
    let alone: Vec<Snapshot> =
        snapshots.iter().filter(|snapshot| lists(snapshot)).map(|s| only(s, tiktok_id)).collect();
    account_day(&alone, window).filter(|day| day.videos_listed > 0)
}

/// The snapshot as if the account had no other video.
fn only(snapshot: &Snapshot, tiktok_id: &str) -> Snapshot {
    let videos: Vec<_> = snapshot.videos.iter().filter(|video| video.tiktok_id == tiktok_id).cloned().collect();
    Snapshot {
        account: snapshot.account,
        taken_at: snapshot.taken_at,
        followers: None,
        likes_total: None,
        video_count: i64::try_from(videos.len()).ok(),
        videos,
    }
}

/// The newest snapshot and those it is compared with.
struct Seen<'a> {
    now: &'a Snapshot,
    yesterday: Option<&'a Snapshot>,
    week_ago: Option<&'a Snapshot>,
}

impl Seen<'_> {
    fn sum(&self, of: impl Fn(&VideoSnapshot) -> i64) -> Option<Figure> {
        lists(self.now).then(|| Figure {
            now: self.now.videos.iter().map(&of).fold(0, i64::saturating_add),
            since_yesterday: self.yesterday.and_then(|earlier| change(earlier, self.now, &of)),
            over_week: self.week_ago.and_then(|earlier| change(earlier, self.now, &of)),
        })
    }

    fn counter(&self, of: impl Fn(&Snapshot) -> Option<i64>) -> Option<Figure> {
        let now = of(self.now)?;
        let since = |earlier: Option<&Snapshot>| earlier.and_then(&of).map(|then| now.saturating_sub(then));
        Some(Figure { now, since_yesterday: since(self.yesterday), over_week: since(self.week_ago) })
    }
}

/// Was the list of videos read? An empty list of an account that has videos (or may have) says nothing.
fn lists(snapshot: &Snapshot) -> bool {
    !snapshot.videos.is_empty() || snapshot.video_count == Some(0)
}

/// The snapshot closest to `span` before `from`, unless it is further off than `tolerance`; of two, the later.
fn nearest<'a>(
    known: &[&'a Snapshot],
    from: DateTime<Utc>,
    span: TimeDelta,
    tolerance: TimeDelta,
) -> Option<&'a Snapshot> {
    let off = |snapshot: &Snapshot| (from - snapshot.taken_at - span).abs();
    known
        .iter()
        .copied()
        .filter(|snapshot| off(snapshot) <= tolerance)
        .min_by_key(|snapshot| (off(snapshot), std::cmp::Reverse(snapshot.taken_at)))
}

/// Each video of the later snapshot whose start is known, with what it gained.
fn gains<'a>(
    earlier: &'a Snapshot,
    later: &'a Snapshot,
    of: impl Fn(&VideoSnapshot) -> i64 + 'a,
) -> impl Iterator<Item = (&'a VideoSnapshot, i64)> + 'a {
    let before: HashMap<&str, &VideoSnapshot> =
        earlier.videos.iter().map(|video| (video.tiktok_id.as_str(), video)).collect();
    later.videos.iter().filter_map(move |video| match before.get(video.tiktok_id.as_str()) {
        Some(then) => Some((video, of(video).saturating_sub(of(then)))),
        None if earlier.taken_at - video.created_at < LISTING_LAG => Some((video, of(video))),
        None => None,
    })
}

/// What was gained between two snapshots, when both listed the videos.
fn change(earlier: &Snapshot, later: &Snapshot, of: impl Fn(&VideoSnapshot) -> i64) -> Option<i64> {
    (lists(earlier) && lists(later))
        .then(|| gains(earlier, later, of).map(|(_, gained)| gained).fold(0, i64::saturating_add))
}

/// The video that gained most views; of two equal ones the more watched, then the newer.
fn best(earlier: &Snapshot, later: &Snapshot) -> Option<BestPost> {
    if !lists(earlier) {
        return None;
    }
    gains(earlier, later, |video| video.views)
        .filter(|(_, gained)| *gained > 0)
        .max_by_key(|(video, gained)| (*gained, video.views, video.created_at))
        .map(|(video, views_gained)| BestPost {
            title: video.title.clone(),
            share_url: video.share_url.clone(),
            views_gained,
            views: video.views,
        })
}

/// Views gained day by day, oldest first. Each end of a day is the snapshot closest to it, counted back from the newest.
fn series(known: &[&Snapshot], now: &Snapshot, window: &Window) -> Vec<(NaiveDate, i64)> {
    let today = now.taken_at.with_timezone(&window.zone).date_naive();
    let end_of = |days_ago: u16| nearest(known, now.taken_at, DAY * i32::from(days_ago), DAY_TOLERANCE);
    (0..window.days)
        .rev()
        .filter_map(|days_ago| {
            let later = if days_ago == 0 { now } else { end_of(days_ago)? };
            let earlier = end_of(days_ago + 1)?;
            // Two ends half a day off in opposite directions, or one snapshot for both, would not be a day.
            let apart = later.taken_at - earlier.taken_at;
            if (apart - DAY).abs() > DAY_TOLERANCE {
                return None;
            }
            let date = today.checked_sub_days(Days::new(u64::from(days_ago)))?;
            Some((date, change(earlier, later, |video| video.views)?))
        })
        .collect()
}

#[cfg(test)]
mod tests;
