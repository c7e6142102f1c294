//! Teams whose server the bot is no longer in: nobody there can be told anything, and after thirty days it is made sure that
//! the bot was not asked back while nobody listened.

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::GuildId;

use super::Outbox;
use crate::discord::http::code;
use crate::domain::ids::WorkspaceId;
use crate::flows::{Failure, gone};
use crate::words::Language;

/// Discord's codes for a server the bot is not in.
const NOT_THERE: [isize; 2] = [10004, 50001];

/// How long a notice waits for the bot to come back; it is looked at earlier when that happens.
const WAIT: TimeDelta = TimeDelta::hours(12);

/// How long Discord is left alone after it did not say whether the bot is in a server.
const ASK_AGAIN: TimeDelta = TimeDelta::minutes(10);

impl Outbox {
    /// What a team speaks, and until when it cannot be told anything, if it cannot.
    pub(super) async fn reaches(&self, team: WorkspaceId) -> Result<(Language, Option<DateTime<Utc>>), Failure> {
        let Some(workspace) = self.flows.store.workspace(team).await? else { return Ok((Language::default(), None)) };
        let is_away = workspace.removed_at.is_some();
        Ok((workspace.language, is_away.then(|| self.flows.clock.now() + WAIT)))
    }

    /// Has everything erased of teams that removed the bot thirty days ago, after asking Discord whether it is still so.
    /// Gives back about how many teams Discord said so or otherwise.
    pub(super) async fn see_who_is_gone(&self) -> Result<usize, Failure> {
        let (now, mut settled) = (self.flows.clock.now(), 0);
        if self.memory.ask_again_at().is_some_and(|at| now < at) {
            return Ok(0);
        }
        for team in self.flows.store.removed_before(now - gone::KEPT_FOR).await? {
            match self.http.get_guild(GuildId::new(team.0.max(1))).await {
                Ok(_) => settled += usize::from(gone::returned(&self.flows, team).await?),
                Err(error) if code(&error).is_some_and(|code| NOT_THERE.contains(&code)) => {
                    gone::erase_long_gone(&self.flows, team).await?;
                    settled += 1;
                }
                Err(error) => {
                    tracing::warn!(workspace.id = %team, "Discord does not say whether the bot is in server {team}: {error}");
                    self.memory.leave_alone_until(now + ASK_AGAIN);
                }
            }
        }
        Ok(settled)
    }
}
