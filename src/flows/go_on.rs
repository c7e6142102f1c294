//! A manager says that TikTok lets an account post again.
//!
//! Nothing else ends a ban: TikTok does not tell when it is over, and trying by itself would only meet it again. What was
//! held meanwhile was approved for another time, so people are asked about each.

use super::publish::breakers;
use super::{Failure, Flows};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::review::Manager;

/// Has an account go on; gives back the account.
///
/// # Errors
/// When there is no such account here, or nothing stops it.
pub async fn go_on(flows: &Flows, by: &Manager, id: AccountId) -> Result<Account, Failure> {
    let member = by.member();
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let account = tx.account(id).await?.filter(|account| account.workspace == member.workspace);
    let account = account.ok_or(Refusal::OldButton)?;
    let lifted = breakers::lift(&mut tx, &account, now).await?.ok_or(Refusal::OldButton)?;
    let detail = serde_json::json!({ "account": account.username, "stopped_by": lifted.word() });
    tx.audit(account.workspace, &member.actor(), "account.goes_on", None, detail, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(account.id = %id, "{account} goes on");
    Ok(account)
}
