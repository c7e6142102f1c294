//! The public word about a pause, and about its end.

use super::{Outbox, Setback};
use crate::discord::words;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, MemberId, MessageId};
use crate::domain::notice::Owed;

impl Outbox {
    /// Tells the team who paused what and why. That it is over by now is another word.
    pub(super) async fn paused(
        &self,
        owed: &mut Owed,
        account: Option<AccountId>,
        (by, reason): (MemberId, Option<&str>),
        past: &[i64],
    ) -> Result<Option<MessageId>, Setback> {
        let account = self.account_if(account).await?;
        self.tell_team(owed, &words::paused(account.as_ref(), by, reason, past)).await
    }

    /// Tells the team who resumed what, and what follows.
    pub(super) async fn resumed(
        &self,
        owed: &mut Owed,
        account: Option<AccountId>,
        (by, reason): (MemberId, Option<&str>),
        held: i64,
    ) -> Result<Option<MessageId>, Setback> {
        let still = match account {
            Some(id) => self.flows.store.pause_over(owed.workspace, id).await?.filter(|pause| pause.account.is_none()),
            None => None,
        };
        let account = self.account_if(account).await?;
        self.tell_team(owed, &words::resumed(account.as_ref(), by, reason, held, still.as_ref())).await
    }

    async fn account_if(&self, id: Option<AccountId>) -> Result<Option<Account>, Setback> {
        Ok(match id {
            Some(id) => self.flows.store.account(id).await?,
            None => None,
        })
    }
}
