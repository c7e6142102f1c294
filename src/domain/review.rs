//! Who may judge, and what a verdict is.
//!
//! [`Reviewer`] and [`Manager`] are proofs: they can only be made from a member whose roles allow it, so a function that
//! takes one has nothing left to check. A verdict is about one revision; about any other it says nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{MemberId, RoleId, VerdictId, WorkspaceId};
use super::post::Revision;
use super::refusal::{Refusal, SlotRefusal};
use super::workspace::{Actor, Workspace};

/// A person in a workspace, with the rights they hold at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// Where.
    pub workspace: WorkspaceId,
    /// What they are called there.
    pub name: String,
    /// The roles they hold now.
    pub roles: Vec<RoleId>,
    /// They may manage the server.
    pub manages: bool,
    /// The message or channel they act in, if they do so in one.
    pub link: Option<String>,
}

impl Member {
    /// The same person, as the audit trail names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Member {
            id: self.id,
            name: self.name.clone(),
            roles: Some(self.roles.clone()),
            manages: self.manages,
            link: self.link.clone(),
        }
    }
}

/// Proof that a member may judge here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    member: Member,
}

impl Reviewer {
    /// The proof, if the member holds the reviewer role of this very workspace.
    ///
    /// # Errors
    /// When no role is set, or the member does not hold it.
    pub fn of(member: &Member, workspace: &Workspace) -> Result<Self, Refusal> {
        let role = workspace
            .reviewer_role
            .ok_or(Refusal::NotSetUp { reviewer_role: true, review_channel: workspace.review_channel.is_none() })?;
        if member.workspace == workspace.id && member.roles.contains(&role) {
            Ok(Self { member: member.clone() })
        } else {
            Err(Refusal::NotAReviewer { role })
        }
    }

    /// Who holds the proof.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.member
    }
}

/// Proof that a member may manage the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manager {
    member: Member,
}

impl Manager {
    /// The proof, if the member may manage the server.
    ///
    /// # Errors
    /// When they may not.
    pub fn of(member: &Member) -> Result<Self, Refusal> {
        if member.manages { Ok(Self { member: member.clone() }) } else { Err(Refusal::NotAManager) }
    }

    /// Who holds the proof.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.member
    }
}

/// Proof that a member may set an account's weekly slots: a reviewer, or who may manage the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planner {
    member: Member,
}

impl Planner {
    /// The proof, if the member holds the reviewer role or may manage the server.
    ///
    /// # Errors
    /// When neither is so.
    pub fn of(member: &Member, workspace: &Workspace) -> Result<Self, Refusal> {
        if Manager::of(member).is_ok() || Reviewer::of(member, workspace).is_ok() {
            Ok(Self { member: member.clone() })
        } else {
            Err(SlotRefusal::NotAPlanner.into())
        }
    }

    /// Who holds the proof.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.member
    }
}

/// What a verdict must satisfy in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewPolicy {
    /// How many approvals a revision needs.
    pub approvals: u8,
    /// Authors may approve their own posts.
    pub self_review: bool,
}

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
pub enum Word {
    /// This may go out.
    Approve,
    /// This may go out once something is changed; it blocks until then.
    RequestChanges {
        /// What should change.
        reason: String,
    },
    /// This must not go out.
    Decline {
        /// Why not, if a reason was given.
        reason: Option<String>,
    },
}

/// One reviewer's word on one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Which verdict.
    pub id: VerdictId,
    /// Whose.
    pub by: MemberId,
    /// What they were called then.
    pub by_name: String,
    /// About exactly this.
    pub revision: Revision,
    /// What they said.
    pub word: Word,
    /// When.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(roles: &[u64]) -> Member {
        Member {
            id: MemberId(1),
            workspace: WorkspaceId(7),
            name: "rui".into(),
            roles: roles.iter().copied().map(RoleId).collect(),
            manages: false,
            link: None,
        }
    }

    fn workspace(id: u64) -> Workspace {
        Workspace { reviewer_role: Some(RoleId(5)), ..Workspace::new(WorkspaceId(id), "team".into()) }
    }

    #[test]
    fn only_the_role_makes_a_reviewer() {
        assert!(Reviewer::of(&member(&[3, 5]), &workspace(7)).is_ok());
        assert_eq!(Reviewer::of(&member(&[3]), &workspace(7)), Err(Refusal::NotAReviewer { role: RoleId(5) }));
    }

    #[test]
    fn a_reviewer_of_another_team_is_none_here() {
        assert!(Reviewer::of(&member(&[5]), &workspace(8)).is_err());
    }

    #[test]
    fn slots_are_for_reviewers_and_managers() {
        assert!(Planner::of(&member(&[5]), &workspace(7)).is_ok());
        assert!(Planner::of(&Member { manages: true, ..member(&[]) }, &workspace(7)).is_ok());
        assert_eq!(Planner::of(&member(&[3]), &workspace(7)), Err(SlotRefusal::NotAPlanner.into()));
    }

    #[test]
    fn without_a_role_nobody_reviews() {
        let nobody = Workspace::new(WorkspaceId(7), "team".into());
        assert!(matches!(Reviewer::of(&member(&[5]), &nobody), Err(Refusal::NotSetUp { .. })));
    }
}
