//! The stop button: people have decided that nothing goes out, to one account or to any, until somebody resumes.
//!
//! While a pause lasts, what falls due is held and an upload under way stops before its last chunk. Afterwards nothing of
//! it goes out by itself: a person decides about each post.

use chrono::{DateTime, Utc};

use super::ids::{AccountId, MemberId, WorkspaceId};
use super::review::Member;
use super::workspace::Workspace;
use crate::say;

/// Longest reason that is kept, in characters.
pub const LONGEST_REASON: usize = 300;

/// Who paused what, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Whose accounts.
    pub workspace: WorkspaceId,
    /// Which of them; all of them where none is named.
    pub account: Option<AccountId>,
    /// Who paused it.
    pub by: MemberId,
    /// What they were called then.
    pub by_name: String,
    /// Why, in their words, if they said.
    pub reason: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Pause {
    /// A pause that begins now.
    #[must_use]
    pub fn new(by: &MayPause, account: Option<AccountId>, reason: Option<&str>, now: DateTime<Utc>) -> Self {
        let member = by.member();
        Self {
            workspace: member.workspace,
            account,
            by: member.id,
            by_name: member.name.clone(),
            reason: reason.and_then(kept),
            since: now,
        }
    }

    /// Whether it stops that account of its workspace.
    #[must_use]
    pub fn covers(&self, account: AccountId) -> bool {
        self.account.is_none_or(|paused| paused == account)
    }
}

/// What is kept of a reason: nothing of an empty one, and not more than [`LONGEST_REASON`].
#[must_use]
pub fn kept(reason: &str) -> Option<String> {
    let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
    (!reason.is_empty()).then_some(reason)
}

/// Of a workspace's pauses, the one that stops an account: that of all before its own.
#[must_use]
pub fn pause_over(pauses: &[Pause], account: AccountId) -> Option<&Pause> {
    let own = || pauses.iter().find(|pause| pause.covers(account));
    pauses.iter().find(|pause| pause.account.is_none()).or_else(own)
}

/// Proof that a member may pause and resume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayPause {
    member: Member,
}

impl MayPause {
    /// The proof, if the member is a reviewer of this very workspace or may manage it.
    ///
    /// # Errors
    /// When they are neither.
    pub fn of(member: &Member, workspace: &Workspace) -> Result<Self, PauseRefusal> {
        if member.leads(workspace) { Ok(Self { member: member.clone() }) } else { Err(PauseRefusal::NotYours) }
    }

    /// Who holds the proof.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.member
    }
}

/// Why what a person asked for was not done, because of a pause or for want of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PauseRefusal {
    /// The member is neither a reviewer nor a manager.
    #[error("{}", say!("refusals-pause-not-yours"))]
    NotYours,
    /// People have paused what should go out.
    #[error("{}", now_paused(username.as_deref(), by, &why(reason.as_deref())))]
    Paused {
        /// The account's handle, unless everything is paused.
        username: Option<String>,
        /// What whoever paused it is called.
        by: String,
        /// Why, if they said.
        reason: Option<String>,
    },
    /// The same was paused before.
    #[error("{}", paused_already(username.as_deref(), by, &why(reason.as_deref())))]
    Already {
        /// The account's handle, unless everything is paused.
        username: Option<String>,
        /// What whoever paused it is called.
        by: String,
        /// Why, if they said.
        reason: Option<String>,
    },
    /// There is nothing to resume.
    #[error("{}", not_paused(username.as_deref()))]
    NotPaused {
        /// The account's handle, if one was named.
        username: Option<String>,
    },
    /// One account cannot be resumed while all are paused.
    #[error("{}", say!("refusals-paused-with-all", username = username, by = by))]
    WithAll {
        /// Its handle.
        username: String,
        /// What whoever paused all is called.
        by: String,
    },
}

impl PauseRefusal {
    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NotYours => say!("refusals-pause-not-yours-hint"),
            Self::Paused { .. } => say!("refusals-paused-hint"),
            Self::Already { .. } => say!("refusals-paused-already-hint"),
            Self::NotPaused { .. } => say!("refusals-not-paused-hint"),
            Self::WithAll { .. } => say!("refusals-paused-with-all-hint"),
        }
    }
}

fn now_paused(username: Option<&str>, by: &str, why: &str) -> String {
    match username {
        Some(username) => say!("refusals-paused", username = username, by = by, why = why),
        None => say!("refusals-paused-all", by = by, why = why),
    }
}

fn paused_already(username: Option<&str>, by: &str, why: &str) -> String {
    match username {
        Some(username) => say!("refusals-paused-already", username = username, by = by, why = why),
        None => say!("refusals-paused-already-all", by = by, why = why),
    }
}

fn not_paused(username: Option<&str>) -> String {
    match username {
        Some(username) => say!("refusals-not-paused", username = username),
        None => say!("refusals-not-paused-all"),
    }
}

/// A reason in brackets after what it is the reason of; nothing if none was given.
fn why(reason: Option<&str>) -> String {
    reason.map_or_else(String::new, |reason| say!("refusals-paused-why", reason = reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RoleId;

    fn member(manages: bool, roles: &[u64]) -> Member {
        let roles = roles.iter().copied().map(RoleId).collect();
        Member { id: MemberId(2), workspace: WorkspaceId(1), name: "mia".into(), roles, manages, link: None }
    }

    fn workspace() -> Workspace {
        Workspace { reviewer_role: Some(RoleId(5)), ..Workspace::new(WorkspaceId(1), "Harbour".into()) }
    }

    #[test]
    fn reviewers_and_managers_may_pause_and_nobody_else() {
        assert!(MayPause::of(&member(true, &[]), &workspace()).is_ok());
        assert!(MayPause::of(&member(false, &[5]), &workspace()).is_ok());
        assert_eq!(MayPause::of(&member(false, &[4]), &workspace()), Err(PauseRefusal::NotYours));
        let other = Workspace { id: WorkspaceId(9), ..workspace() };
        assert_eq!(MayPause::of(&member(true, &[5]), &other), Err(PauseRefusal::NotYours));
    }

    #[test]
    fn the_pause_of_all_is_named_before_an_accounts_own() {
        let now = DateTime::UNIX_EPOCH;
        let by = MayPause::of(&member(true, &[]), &workspace()).unwrap();
        let (one, other) = (AccountId::new(now), AccountId::new(now));
        let own = Pause::new(&by, Some(one), Some("  "), now);
        assert_eq!(own.reason, None);
        let all = Pause::new(&by, None, Some(" a crisis "), now);
        assert_eq!(all.reason.as_deref(), Some("a crisis"));
        let both = [own.clone(), all.clone()];
        assert_eq!(pause_over(&both, one), Some(&all));
        assert_eq!(pause_over(&both[..1], one), Some(&own));
        assert_eq!(pause_over(&both[..1], other), None);
    }
}
