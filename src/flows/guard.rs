//! Keeps accounts connected before anybody notices: tokens are renewed ahead of need, and people are warned of posts that
//! will not go out and of consents that end.

use chrono::TimeDelta;
use futures_util::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;

use super::tokens::{self, NoAccess};
use super::{Failure, Flows};
use crate::domain::account::Account;
use crate::domain::notice::Notice;
use crate::domain::tempo;
use crate::store::Warning;

/// So long before a post is due its account has fresh tokens.
const AHEAD: TimeDelta = tempo::minutes(10);

/// Tokens nobody needs are renewed this often, so that a connection that has ended is noticed before it is needed.
const IDLE: TimeDelta = tempo::hours(24);

/// Tokens this young are not renewed ahead of anything, however short TikTok lets them live.
const YOUNG: TimeDelta = tempo::minutes(5);

/// How many accounts are renewed at the same time.
const AT_ONCE: usize = 8;

/// So far ahead people are warned of posts that will not go out.
const WARN_AHEAD: TimeDelta = TimeDelta::hours(24);

/// How long until they are warned again, if that is still so.
const WARN_AGAIN: TimeDelta = TimeDelta::hours(12);

/// So far ahead people are warned that a consent ends.
const CONSENT_ENDS_WITHIN: TimeDelta = TimeDelta::days(14);

/// Renews the tokens that will be needed soon, and those that lay idle for a day; gives back how many.
///
/// # Errors
/// When the store cannot be reached.
pub async fn renew_ahead(flows: &Flows, stop: &CancellationToken) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let due = flows.store.accounts_to_renew(now, now + AHEAD, now - IDLE, now - YOUNG).await?;
    // Told to stop, it begins none: TikTok's answer to it might come too late to be kept.
    let due = stream::iter(due).take_until(stop.clone().cancelled_owned());
    let renewals = due.map(|account| renew(flows, account)).buffer_unordered(AT_ONCE);
    renewals.fold(Ok(0), async |sum: Result<usize, Failure>, renewed| Ok(sum? + renewed?)).await
}

async fn renew(flows: &Flows, account: Account) -> Result<usize, Failure> {
    match tokens::renew_ahead(flows, &account).await {
        Ok(renewed) => Ok(usize::from(renewed.is_some())),
        // Whoever needs it finds out for themselves; people were told if it is for them to mend.
        Err(NoAccess::Trouble(trouble)) => {
            tracing::warn!(account.id = %account.id, "The tokens of {account} were not renewed ahead: {trouble}");
            Ok(0)
        }
        Err(NoAccess::NotConnected(_)) => Ok(1),
        Err(NoAccess::Broken(error)) => Err(error.into()),
    }
}

/// Warns people of what will not go out, and of consents that end; gives back how often.
///
/// # Errors
/// When the store cannot be reached.
pub async fn warn(flows: &Flows) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let stranded = flows.store.accounts_to_warn_of(now - WARN_AGAIN, now + WARN_AHEAD).await?;
    let ending = flows.store.consents_that_end(now + CONSENT_ENDS_WITHIN).await?;
    let ending = ending.into_iter().filter(|(account, warned_at)| account.consent_ends_soon(*warned_at, now));
    let stranded = stranded.into_iter().map(|account| (account, Warning::WillNotGoOut));
    let mut warned = 0;
    for (account, warning) in stranded.chain(ending.map(|(account, _)| (account, Warning::ConsentEnds))) {
        let mut tx = flows.store.begin().await?;
        if tx.note_warning(account.id, warning, now, now - WARN_AGAIN).await? {
            let notice = match warning {
                Warning::WillNotGoOut => Notice::WillNotGoOut { account: account.id },
                Warning::ConsentEnds => Notice::ConsentEnds { account: account.id },
            };
            tx.tell(account.workspace, &notice, now).await?;
            tx.commit().await?;
            warned += 1;
        }
    }
    if warned > 0 {
        flows.nudges.outbox.notify_one();
    }
    Ok(warned)
}
