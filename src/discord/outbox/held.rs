//! The one message after an outage: everything that is held at the moment it is told, drawn anew as people decide.

use super::plan::{Trouble, trouble};
use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::discord::face::Face;
use crate::discord::held;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::notice::Owed;
use crate::domain::workspace::Workspace;
use crate::drill;
use crate::say;

/// What the message needs in the review channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links and Read Message History";

/// What is asked, of whom, and where.
struct Question {
    workspace: Workspace,
    place: ChannelId,
    is_open: bool,
    face: Face,
}

impl Outbox {
    /// Asks the team what becomes of its held posts, unless somebody has decided about all of them already.
    pub(super) async fn held(&self, owed: &mut Owed) -> Result<Option<MessageId>, Setback> {
        let Some(Question { workspace, place, is_open: true, mut face }) = self.question(owed).await? else {
            return Ok(None);
        };
        // Only the first sending may ping.
        face.ping_roles.extend(workspace.reviewer_role);
        let letter = Letter { to: channel(place), mark: Mark::words(&face), face: &face, file: None, needs: NEEDS };
        Ok(Some(MessageId(self.once(owed, &letter).await?.id.get())))
    }

    /// Has the message show what is still held. One that cannot be edited any more says too much; the cards are true.
    pub(super) async fn held_decided(&self, owed: &Owed) -> Result<Option<MessageId>, Setback> {
        let Some(id) = self.flows.store.held_message(owed.workspace).await? else { return Ok(None) };
        let Some(Question { place, face, .. }) = self.question(owed).await? else { return Ok(None) };
        let message = serenity::all::MessageId::new(id.0.max(1));
        let asked = channel(place).edit_message(&*self.http, message, face.edit());
        match drill::around("discord held", asked).await {
            Err(error) if trouble(&error) != Trouble::Closed => Err(Setback::discord(error, channel(place), NEEDS)),
            Ok(_) | Err(_) => Ok(Some(id)),
        }
    }

    async fn question(&self, owed: &Owed) -> Result<Option<Question>, Setback> {
        let Some(workspace) = self.flows.store.workspace(owed.workspace).await? else { return Ok(None) };
        let place = workspace.review_channel.ok_or(Setback::Nowhere)?;
        let (posts, total) = held::load(&self.flows, workspace.id).await?;
        let mut face = held::list(&posts, total);
        if let (Some(role), false) = (workspace.reviewer_role, posts.is_empty()) {
            face.content = say!("commands-held-decide", role = format!("<@&{role}>"));
        }
        Ok(Some(Question { workspace, place, is_open: !posts.is_empty(), face }))
    }
}
