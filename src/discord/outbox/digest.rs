//! The digest: composed when it is told, so that it says what is true then, and told once for each day.

use chrono::NaiveDate;
use serenity::all::CreateAttachment;

use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::discord::commands::digest::chart;
use crate::discord::story;
use crate::domain::ids::MessageId;
use crate::domain::notice::Owed;
use crate::flows::digest;

/// What a digest needs in its channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links, Attach Files and Read Message History";

impl Outbox {
    /// Tells the story of a day.
    pub(super) async fn digest(&self, owed: &mut Owed, day: NaiveDate) -> Result<Option<MessageId>, Setback> {
        let Some(workspace) = self.flows.store.workspace(owed.workspace).await? else { return Ok(None) };
        let place = workspace.digest_channel.or(workspace.review_channel).ok_or(Setback::Nowhere)?;
        let digest = digest::compose(&self.flows, &workspace, day).await?;
        let file = chart(&digest).map(|picture| CreateAttachment::bytes(picture, story::CHART_FILE));
        let face = story::digest(&digest, file.is_some());
        let letter = Letter { to: channel(place), mark: Mark::words(&face), face: &face, file, needs: NEEDS };
        let message = self.once(owed, &letter).await?;
        Ok(Some(MessageId(message.id.get())))
    }
}
