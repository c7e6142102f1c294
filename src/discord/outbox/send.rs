//! Sending once: the nonce, the two minutes in which Discord remembers it, and looking first after that.
//!
//! The first try is noted before anything is sent, so whoever takes over after a crash or a lost answer knows that the
//! message may be there already.

use serenity::all::{ChannelId, CreateAttachment, Message, Nonce};

use super::plan::{Resend, resend};
use super::trace::Mark;
use super::{Outbox, Setback};
use crate::discord::face::Face;
use crate::domain::notice::Owed;
use crate::drill;
use crate::flows::deliver;

/// A message that has to appear once.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    /// Where.
    pub(super) to: ChannelId,
    /// What it looks like.
    pub(super) face: &'a Face,
    /// What goes with it.
    pub(super) file: Option<CreateAttachment>,
    /// By what it is known again.
    pub(super) mark: Mark,
    /// What the bot must be allowed to there.
    pub(super) needs: &'static str,
}

impl Outbox {
    /// Sends a letter unless it is there already, and gives back the message it is.
    pub(super) async fn once(&self, owed: &mut Owed, letter: &Letter<'_>) -> Result<Message, Setback> {
        let refused = |error| Setback::discord(error, letter.to, letter.needs);
        if resend(owed.first_tried_at, self.flows.clock.now()) == Resend::LookFirst
            && let Some(first) = owed.first_tried_at
        {
            if let Some(found) = self.find(letter.to, first, &letter.mark).await.map_err(refused)? {
                return Ok(found);
            }
            self.renonce(owed).await?;
        }
        if owed.first_tried_at.is_none() {
            deliver::tried(&self.flows, owed).await?;
            owed.first_tried_at = Some(self.flows.clock.now());
        }
        let mut message = letter.face.message().nonce(Nonce::String(owed.nonce.clone())).enforce_nonce(true);
        if let Some(file) = &letter.file {
            message = message.add_file(file.clone());
        }
        drill::around("discord send", letter.to.send_message(&*self.http, message)).await.map_err(refused)
    }

    /// Gives what is owed another word.
    pub(super) async fn renonce(&self, owed: &mut Owed) -> Result<(), Setback> {
        *owed = deliver::renonce(&self.flows, owed.clone()).await?;
        Ok(())
    }
}
