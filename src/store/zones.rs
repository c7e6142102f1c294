//! The zone a member chose for themselves in a workspace.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::link::{Reader, statements};
use super::rows::values;
use super::{Result, Tx};
use crate::domain::ids::{MemberId, WorkspaceId};

statements! { "member_zones";
    ZONE = "SELECT member AS id, zone FROM member_zones WHERE workspace = $1 AND member = $2";
    KEEP = "INSERT INTO member_zones (workspace, member, zone, chosen_at) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (workspace, member) DO UPDATE SET zone = excluded.zone, chosen_at = excluded.chosen_at";
    DROP = "DELETE FROM member_zones WHERE workspace = $1 AND member = $2";
}

impl Reader {
    /// The zone a member chose for themselves, if they did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn member_zone(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<Option<Tz>> {
        self.row(ZONE, values![workspace, member]).await?.map(|row| row.read("zone")).transpose()
    }
}

impl Tx {
    /// Keeps the zone a member chose, or forgets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_member_zone(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        zone: Option<Tz>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        match zone {
            Some(zone) => self.change(KEEP, values![workspace, member, zone.name(), now]).await?,
            None => self.change(DROP, values![workspace, member]).await?,
        };
        Ok(())
    }
}
