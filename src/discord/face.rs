//! What a message looks like before anybody knows how it is sent: text, embeds, components and whom it may ping.
//!
//! Words and cards make a [`Face`]; handlers and the outbox put it on. Nobody is ever pinged by accident, because every
//! way of sending says explicitly who may be: nobody but those in `ping_roles` and `ping_people`.

mod panel;
mod plain;

use serenity::all::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse, EditMessage,
};

use crate::domain::ids::{MemberId, RoleId};

pub(super) use panel::{LONGEST_VALUE, Panel, is_web_address};
pub use plain::{bare_line, block, handle, literal, plain, plain_line, sentence, shorten, units};

/// Longest text of a message.
const LONGEST_CONTENT: usize = 2_000;
/// Longest address of a link button.
const LONGEST_LINK: usize = 512;

/// A message before it is sent.
#[derive(Debug, Clone, Default)]
pub struct Face {
    /// The text above everything; may be empty when there is an embed.
    pub content: String,
    /// The embeds.
    pub embeds: Vec<CreateEmbed>,
    /// The rows of buttons and selects.
    pub components: Vec<CreateActionRow>,
    /// The roles it may ping.
    pub ping_roles: Vec<RoleId>,
    /// The people it may ping.
    pub ping_people: Vec<MemberId>,
}

impl Face {
    /// A message of text alone.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: shorten(&content.into(), LONGEST_CONTENT), ..Self::default() }
    }

    pub(super) fn panel(panel: Panel) -> Self {
        Self { embeds: vec![panel.embed()], ..Self::default() }
    }

    pub(super) fn with_rows(mut self, rows: impl IntoIterator<Item = CreateActionRow>) -> Self {
        self.components.extend(rows);
        self
    }

    pub(super) fn with_buttons(self, buttons: Vec<CreateButton>) -> Self {
        if buttons.is_empty() { self } else { self.with_rows([CreateActionRow::Buttons(buttons)]) }
    }

    pub(super) fn pinging(mut self, person: MemberId) -> Self {
        self.ping_people.push(person);
        self
    }

    /// A message in a channel.
    pub fn message(&self) -> CreateMessage {
        CreateMessage::new()
            .content(self.content.clone())
            .embeds(self.embeds.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions())
    }

    /// A message in a channel drawn anew; what it no longer shows disappears, attachments stay.
    pub fn edit(&self) -> EditMessage {
        EditMessage::new()
            .content(self.content.clone())
            .embeds(self.embeds.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions())
    }

    /// An answer everybody sees, or a component's message drawn anew.
    pub fn reply(&self) -> CreateInteractionResponseMessage {
        CreateInteractionResponseMessage::new()
            .content(self.content.clone())
            .embeds(self.embeds.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions())
    }

    /// An answer only the person who asked sees.
    pub fn private_reply(&self) -> CreateInteractionResponseMessage {
        self.reply().ephemeral(true)
    }

    /// The deferred answer filled in, or an earlier answer drawn anew.
    pub fn edit_reply(&self) -> EditInteractionResponse {
        EditInteractionResponse::new()
            .content(self.content.clone())
            .embeds(self.embeds.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions())
    }

    /// A further answer that everybody sees.
    pub fn followup(&self) -> CreateInteractionResponseFollowup {
        CreateInteractionResponseFollowup::new()
            .content(self.content.clone())
            .embeds(self.embeds.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions())
    }

    /// A further answer that only the person who asked sees.
    pub fn private_followup(&self) -> CreateInteractionResponseFollowup {
        self.followup().ephemeral(true)
    }

    /// A poise command's answer; poise decides whether it is a first one, a followup or an edit.
    #[must_use]
    pub fn poise(&self) -> poise::CreateReply {
        let reply = poise::CreateReply::default()
            .content(self.content.clone())
            .components(self.components.clone())
            .allowed_mentions(self.mentions());
        self.embeds.iter().cloned().fold(reply, poise::CreateReply::embed)
    }

    fn mentions(&self) -> CreateAllowedMentions {
        // Discord's ids start at one; zero would be refused with the whole message.
        let roles = self.ping_roles.iter().filter(|role| role.0 > 0).map(|role| serenity::all::RoleId::new(role.0));
        let people = self.ping_people.iter().filter(|one| one.0 > 0).map(|one| serenity::all::UserId::new(one.0));
        CreateAllowedMentions::new().roles(roles).users(people)
    }
}

/// A button that opens an address, if Discord takes the address.
pub(super) fn link_button(label: &str, address: &str) -> Option<CreateButton> {
    (units(address) <= LONGEST_LINK && is_web_address(address)).then(|| CreateButton::new_link(address).label(label))
}
