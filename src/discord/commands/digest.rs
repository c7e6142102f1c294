//! `/digest`: the digest of today as it would look now, for the person who asks alone.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::NaiveDate;
use serenity::all::CreateAttachment;

use super::{Context, Outcome, enter, put};
use crate::charts::{ChartLabels, day_chart, short_number};
use crate::discord::story;
use crate::domain::digest::Digest;
use crate::domain::schedule::{local_day, short_weekdays};
use crate::flows::digest::{compose, measure_all};
use crate::say;

/// How many days the chart shows.
const DAYS: u16 = 14;

/// The digest now, as it would look
#[poise::command(slash_command, guild_only, description_localized("de", "Der Tagesbericht, wie er jetzt aussähe"))]
pub(super) async fn digest(ctx: Context<'_>) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    Box::pin(measure_all(flows, &visit.workspace)).await?;
    let day = local_day(flows.clock.now(), visit.workspace.zone);
    let digest = compose(flows, &visit.workspace, day).await?;
    let file = chart(&digest).map(|picture| CreateAttachment::bytes(picture, story::CHART_FILE));
    let face = story::digest(&digest, file.is_some());
    put(ctx, &face, file.as_ref()).await.context("an answer did not reach Discord")?;
    Ok(())
}

/// The picture that goes with a digest, if there is an account to draw.
pub(in crate::discord) fn chart(digest: &Digest) -> Option<Vec<u8>> {
    let series = views_by_day(digest)?;
    let gained: i64 = series.iter().rev().take(usize::from(DAYS)).map(|(_, views)| views).sum();
    let aside = match series.as_slice() {
        [] => String::new(),
        [..] => say!("commands-chart-aside", views = short_number(gained), days = DAYS),
    };
    let (title, no_numbers, weekdays) = (say!("commands-chart-title"), say!("commands-chart-empty"), short_weekdays());
    let labels = ChartLabels {
        title: &title,
        aside: &aside,
        no_numbers: &no_numbers,
        weekdays: weekdays.each_ref().map(String::as_str),
        last_day: series.last().map_or(digest.day, |(day, _)| *day),
        days: DAYS,
    };
    match day_chart(&series, &labels) {
        Ok(picture) => Some(picture),
        Err(error) => {
            tracing::error!("The chart of a digest could not be drawn: {error}");
            None
        }
    }
}

/// The views all accounts gained on each day; a day that one of them does not know is left out, as its sum would lie.
fn views_by_day(digest: &Digest) -> Option<Vec<(NaiveDate, i64)>> {
    if digest.accounts.is_empty() {
        return None;
    }
    let known: Vec<_> = digest.accounts.iter().filter_map(|story| story.day.as_ref()).map(|day| &day.series).collect();
    let known: Vec<_> = known.into_iter().filter(|series| !series.is_empty()).collect();
    let mut sums: BTreeMap<NaiveDate, (usize, i64)> = BTreeMap::new();
    for (day, views) in known.iter().copied().flatten() {
        let (count, sum) = sums.entry(*day).or_default();
        *count += 1;
        *sum += views;
    }
    Some(sums.into_iter().filter(|(_, (count, _))| *count == known.len()).map(|(day, (_, sum))| (day, sum)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::from_millis;
    use crate::domain::digest::{AccountDay, AccountStory};
    use crate::domain::ids::WorkspaceId;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn account(series: &[(u32, i64)]) -> AccountStory {
        let series = series.iter().map(|(number, views)| (day(*number), *views)).collect();
        let day = AccountDay {
            taken_at: from_millis(0),
            views: None,
            likes: None,
            comments: None,
            shares: None,
            followers: None,
            videos_listed: 0,
            videos_in_all: None,
            best: None,
            best_of_week: None,
            series,
        };
        AccountStory { name: "cafe".into(), day: Some(day) }
    }

    fn digest(accounts: Vec<AccountStory>) -> Digest {
        Digest {
            workspace: WorkspaceId(1),
            day: day(23),
            accounts,
            going_out_today: Vec::new(),
            waiting_for_review: Vec::new(),
            failed: Vec::new(),
            needs_a_hand: Vec::new(),
        }
    }

    #[test]
    fn a_day_counts_only_when_every_account_knows_it() {
        let both = digest(vec![account(&[(20, 5), (21, 7)]), account(&[(21, 3), (22, 9)])]);
        assert_eq!(views_by_day(&both), Some(vec![(day(21), 10)]));
    }

    #[test]
    fn an_account_without_numbers_takes_none_from_the_others() {
        let both = digest(vec![account(&[(20, 5)]), account(&[])]);
        assert_eq!(views_by_day(&both), Some(vec![(day(20), 5)]));
    }

    #[test]
    fn without_an_account_there_is_nothing_to_draw() {
        assert_eq!(chart(&digest(Vec::new())), None);
        assert!(chart(&digest(vec![account(&[])])).is_some());
    }
}
