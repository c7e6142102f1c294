//! A member points at a video in a message, and says afterwards when it should go out.
//!
//! Discord shows what is in other people's messages only at the moment somebody points at one, so what was pointed at is
//! written down until the form comes back.

use chrono::TimeDelta;

use super::{Failure, Flows};
use crate::domain::account::Account;
use crate::domain::ids::MessageId;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::store::{Pick, PickedFile};

/// How long it is remembered what somebody pointed at: about as long as Discord's link to the file works.
pub(super) const KEPT: TimeDelta = TimeDelta::days(1);

/// Notes the video a member points at, and says between which accounts they can choose.
///
/// # Errors
/// When nothing could be handed in here anyway, so that nobody fills in a form for nothing.
pub async fn pick(flows: &Flows, by: &Member, message: MessageId, file: PickedFile) -> Result<Vec<Account>, Failure> {
    let unknown = Refusal::NotSetUp { reviewer_role: true, review_channel: true };
    let workspace = flows.store.workspace(by.workspace).await?.ok_or(unknown)?;
    workspace.ready_for_review()?;
    let accounts = flows.store.accounts(by.workspace).await?;
    match accounts.as_slice() {
        [] => return Err(Refusal::NoAccount.into()),
        [only] if !only.can_publish() => {
            return Err(Refusal::AccountNotReady { username: only.username.clone() }.into());
        }
        [..] => {}
    }
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    tx.forget_picks(now - KEPT).await?;
    tx.keep_pick(&Pick { workspace: by.workspace, member: by.id, message, file }, now).await?;
    tx.commit().await?;
    Ok(accounts)
}
