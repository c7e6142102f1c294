//! The one message when an account or the app is stopped, and the one when it is over.

use super::{Outbox, Setback};
use crate::discord::words;
use crate::domain::breaker::{Breaker, Scope};
use crate::domain::ids::{AccountId, MessageId};
use crate::domain::notice::Owed;

impl Outbox {
    /// Tells the team what is stopped, unless it is over already.
    pub(super) async fn stopped(
        &self,
        owed: &mut Owed,
        account: Option<AccountId>,
    ) -> Result<Option<MessageId>, Setback> {
        let Some(breaker) = self.open_breaker(account).await? else { return Ok(None) };
        let account = match account {
            Some(id) => self.flows.store.account(id).await?,
            None => None,
        };
        self.tell_team(owed, &words::stopped(&breaker, account.as_ref())).await
    }

    /// Tells the team that it is over, unless it has begun again.
    pub(super) async fn goes_on(
        &self,
        owed: &mut Owed,
        account: Option<AccountId>,
    ) -> Result<Option<MessageId>, Setback> {
        if self.open_breaker(account).await?.is_some() {
            return Ok(None);
        }
        let account = match account {
            Some(id) => self.flows.store.account(id).await?,
            None => None,
        };
        self.tell_team(owed, &words::goes_on(account.as_ref())).await
    }

    async fn open_breaker(&self, account: Option<AccountId>) -> Result<Option<Breaker>, Setback> {
        let scope = account.map_or(Scope::App, Scope::Account);
        Ok(self.flows.store.breaker(scope).await?.filter(Breaker::is_open))
    }
}
