//! What it takes to hear what people say with emoji, whoever listens: the bot when it is told, the outbox when it has just
//! placed a card.

use serenity::all::{Http, UserId};

use super::Bot;
use crate::domain::ids::WorkspaceId;
use crate::domain::refusal::Refusal;
use crate::domain::review::{Member, Reviewer};
use crate::flows::{Failure, Flows};

/// Somebody who hears.
#[derive(Clone, Copy)]
pub(super) struct Ears<'a> {
    pub(super) flows: &'a Flows,
    pub(super) http: &'a Http,
    /// Who we are, if that is known yet.
    pub(super) me: Option<UserId>,
}

impl Bot {
    /// The bot's own.
    pub(super) fn ears(&self) -> Ears<'_> {
        Ears { flows: &self.flows, http: &self.http, me: self.me.get().copied() }
    }
}

impl Ears<'_> {
    /// The proof that somebody who reacted may judge. With a reaction Discord says which roles they hold, not whether
    /// they manage the server; whoever lacks the role is asked about.
    pub(super) async fn reviewer(&self, by: &Member) -> Result<Reviewer, Failure> {
        let workspace = self.flows.store.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
        let refused = match Reviewer::of(by, &workspace) {
            Ok(reviewer) => return Ok(reviewer.reacting()),
            Err(refused) => refused,
        };
        if !matches!(refused, Refusal::NotAReviewer { .. }) || !self.manages(by.workspace, by).await {
            return Err(refused.into());
        }
        Ok(Reviewer::of(&Member { manages: true, ..by.clone() }, &workspace)?.reacting())
    }

    async fn manages(&self, workspace: WorkspaceId, by: &Member) -> bool {
        match self.flows.rights.manages(workspace, by.id).await {
            Ok(manages) => manages,
            Err(error) => {
                tracing::warn!(workspace.id = %workspace, "Discord does not say whether somebody manages: {error:#}");
                false
            }
        }
    }
}
