//! The one message in which the rows of a file are told: what went to review together, and who judges it.

use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::discord::words;
use crate::domain::ids::{BatchId, MessageId};
use crate::domain::notice::Owed;

/// What the message needs in the review channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links and Read Message History";

impl Outbox {
    /// Tells which rows of a file went to review, and calls the reviewers once for all of them.
    pub(super) async fn scheduled_batch(&self, owed: &mut Owed, id: BatchId) -> Result<Option<MessageId>, Setback> {
        let store = &self.flows.store;
        let Some(workspace) = store.workspace(owed.workspace).await? else { return Ok(None) };
        let Some(batch) = store.prepared(id).await? else { return Ok(None) };
        let place = workspace.review_channel.ok_or(Setback::Nowhere)?;
        let posts = store.batch_posts(id).await?;
        let accounts = store.every_account(workspace.id).await?;
        let face = words::batch_card(&batch, &posts, &accounts, workspace.reviewer_role);
        let letter = Letter { to: channel(place), mark: Mark::words(&face), face: &face, file: None, needs: NEEDS };
        Ok(Some(MessageId(self.once(owed, &letter).await?.id.get())))
    }
}
