//! Nothing goes out for a team that removed the bot from its server: what falls due is held, an upload under way stops
//! before its last chunk.

use super::{Step, Work};
use crate::domain::publication::{Next, Setback, Whose};
use crate::flows::Failure;
use crate::say;

impl Work<'_> {
    /// Whether the bot is no longer in the team's server, or everything of the team is being erased.
    pub(super) async fn team_left(&self) -> Result<bool, Failure> {
        let workspace = self.flows.store.workspace(self.post.workspace).await?;
        Ok(workspace.is_none_or(|workspace| workspace.removed_at.is_some() || workspace.stays().is_err()))
    }

    /// Leaves it to the team whether it still goes out, should it come back.
    pub(super) async fn leave_to_the_team(&mut self) -> Result<Step, Failure> {
        let (now, due_at) = (self.now(), self.publication.due_at);
        let publication = self.publication.clone();
        self.publication = if due_at > now { publication.postpone(due_at)? } else { publication.hold_back(now)? };
        self.let_go().await
    }
}

/// An upload that goes no further; what was sent of it comes to nothing.
pub(super) fn team_left() -> Setback {
    Setback {
        code: "bot_removed".into(),
        said: say!("trouble-setback-removed"),
        hint: say!("trouble-setback-removed-hint"),
        whose: Whose::Manager,
        next: Next::Later { at_least_seconds: 0 },
    }
}
