//! The digest: composed when it is told, so that it says what is true then, and told once for each day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serenity::all::CreateAttachment;

use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::charts::{ChartLabels, day_chart, short_number};
use crate::discord::story;
use crate::domain::digest::{AccountStory, Digest};
use crate::domain::ids::MessageId;
use crate::domain::notice::Owed;
use crate::flows::digest;

/// How many days the chart shows.
const DAYS: u16 = 14;

/// What a digest needs in its channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links, Attach Files and Read Message History";

impl Outbox {
    /// Tells the story of a day.
    pub(super) async fn digest(&self, owed: &mut Owed, day: NaiveDate) -> Result<Option<MessageId>, Setback> {
        let Some(workspace) = self.flows.store.workspace(owed.workspace).await? else { return Ok(None) };
        let place = workspace.digest_channel.or(workspace.review_channel).ok_or(Setback::Nowhere)?;
        let digest = digest::compose(&self.flows, &workspace, day).await?;
        let file = picture(&digest).map(|picture| CreateAttachment::bytes(picture, story::CHART_FILE));
        let face = story::digest(&digest, file.is_some());
        let letter = Letter { to: channel(place), mark: Mark::words(&face), face: &face, file, needs: NEEDS };
        let message = self.once(owed, &letter).await?;
        Ok(Some(MessageId(message.id.get())))
    }
}

/// The chart of a digest as PNG, if any day is known.
pub(in crate::discord) fn picture(digest: &Digest) -> Option<Vec<u8>> {
    let series = together(&digest.accounts);
    let last_day = series.last()?.0;
    let title = match digest.accounts.as_slice() {
        [one] => format!("{}: views gained", one.name),
        many => format!("Views gained, {} accounts", many.len()),
    };
    let aside = format!("{} in all", short_number(series.iter().map(|(_, views)| views).sum()));
    let labels = ChartLabels {
        title: &title,
        aside: &aside,
        no_numbers: "No numbers yet",
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        last_day: last_day.max(digest.day),
        days: DAYS,
    };
    match day_chart(&series, &labels) {
        Ok(picture) => Some(picture),
        Err(error) => {
            tracing::error!(workspace.id = %digest.workspace, "The digest goes without its chart: {error}");
            None
        }
    }
}

/// What all accounts gained on the days that are known of every one of them: a sum that leaves one out would be wrong.
fn together(accounts: &[AccountStory]) -> Vec<(NaiveDate, i64)> {
    let mut days: BTreeMap<NaiveDate, (usize, i64)> = BTreeMap::new();
    for (date, views) in accounts.iter().filter_map(|account| account.day.as_ref()).flat_map(|day| &day.series) {
        let (known, sum) = days.entry(*date).or_default();
        *known += 1;
        *sum += views;
    }
    days.into_iter().filter(|(_, (known, _))| *known == accounts.len()).map(|(date, (_, sum))| (date, sum)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::digest::AccountDay;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn account(series: &[(u32, i64)]) -> AccountStory {
        let day = AccountDay {
            taken_at: DateTime::UNIX_EPOCH,
            views: None,
            likes: None,
            comments: None,
            shares: None,
            followers: None,
            videos_listed: 0,
            videos_in_all: None,
            best: None,
            best_of_week: None,
            series: series.iter().map(|(date, views)| (day(*date), *views)).collect(),
        };
        AccountStory { name: "harbour.cafe".into(), day: Some(day) }
    }

    #[test]
    fn accounts_are_added_up_only_where_all_are_known() {
        let both = [account(&[(1, 10), (2, 20)]), account(&[(2, 5), (3, 7)])];
        assert_eq!(together(&both), [(day(2), 25)]);
        assert_eq!(together(&both[..1]), [(day(1), 10), (day(2), 20)]);
    }

    #[test]
    fn an_account_without_numbers_leaves_no_sum_to_show() {
        let silent = AccountStory { name: "quiet".into(), day: None };
        assert_eq!(together(&[account(&[(1, 10)]), silent]), []);
        assert_eq!(together(&[]), []);
    }
}
