//! The one message after an outage: everything that is held at the moment it is told.

use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::discord::held;
use crate::domain::ids::MessageId;
use crate::domain::notice::Owed;

/// What the message needs in the review channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links and Read Message History";

impl Outbox {
    /// Asks the team what becomes of its held posts, unless somebody has decided about all of them already.
    pub(super) async fn held(&self, owed: &mut Owed) -> Result<Option<MessageId>, Setback> {
        let Some(workspace) = self.flows.store.workspace(owed.workspace).await? else { return Ok(None) };
        let place = workspace.review_channel.ok_or(Setback::Nowhere)?;
        let (posts, total) = held::load(&self.flows, workspace.id).await?;
        if posts.is_empty() {
            return Ok(None);
        }
        let mut face = held::list(&posts, total);
        if let Some(role) = workspace.reviewer_role {
            face.content = format!("<@&{role}> somebody has to decide.");
            face.ping_roles.push(role);
        }
        let letter = Letter { to: channel(place), mark: Mark::words(&face), face: &face, file: None, needs: NEEDS };
        Ok(Some(MessageId(self.once(owed, &letter).await?.id.get())))
    }
}
