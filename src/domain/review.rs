//! Who may judge, and what a verdict is.
//!
//! [`Reviewer`] and [`Manager`] are proofs: they can only be made from a member whose roles allow it, so a function that
//! takes one has nothing left to check. A verdict is about one revision; about any other it says nothing. What a verdict
//! was worth when it was said is not what it is worth when something goes out: for that there is [`KnownRights`].

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

    /// Whether they are one of those who lead a team: its reviewers, and who may manage its server.
    #[must_use]
    pub fn leads(&self, workspace: &Workspace) -> bool {
        let reviews = workspace.reviewer_role.is_some_and(|role| self.roles.contains(&role));
        self.workspace == workspace.id && (self.manages || reviews)
    }
}

/// Proof that a member may judge here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    member: Member,
    as_manager: bool,
    reacted: bool,
}

impl Reviewer {
    /// The proof, if the member holds the reviewer role of this very workspace, or may manage it.
    ///
    /// # Errors
    /// When no role is set, or the member neither holds it nor manages.
    pub fn of(member: &Member, workspace: &Workspace) -> Result<Self, Refusal> {
        let role = workspace
            .reviewer_role
            .ok_or(Refusal::NotSetUp { reviewer_role: true, review_channel: workspace.review_channel.is_none() })?;
        let holds_the_role = member.roles.contains(&role);
        if member.workspace == workspace.id && (holds_the_role || member.manages) {
            Ok(Self { member: member.clone(), as_manager: !holds_the_role, reacted: false })
        } else {
            Err(Refusal::NotAReviewer { role })
        }
    }

    /// The same proof of somebody who speaks with an emoji on the card.
    #[must_use]
    pub fn reacting(self) -> Self {
        Self { reacted: true, ..self }
    }

    /// Whether they judge without the role, because they may manage the server.
    #[must_use]
    pub const fn as_manager(&self) -> bool {
        self.as_manager
    }

    /// Whether they speak with an emoji on the card.
    #[must_use]
    pub const fn reacted(&self) -> bool {
        self.reacted
    }

    /// Who holds the proof.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.member
    }
}

/// What somebody was allowed to when Discord last said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRights {
    /// The roles they held; none if they had left.
    pub roles: Vec<RoleId>,
    /// They could manage the server.
    pub manages: bool,
    /// When Discord said so.
    pub seen_at: DateTime<Utc>,
}

impl KnownRights {
    /// What is known of a member who acts now.
    #[must_use]
    pub fn of(member: &Member, now: DateTime<Utc>) -> Self {
        Self { roles: member.roles.clone(), manages: member.manages, seen_at: now }
    }

    /// What is known of somebody who has left.
    #[must_use]
    pub const fn gone(now: DateTime<Utc>) -> Self {
        Self { roles: Vec::new(), manages: false, seen_at: now }
    }

    /// Whether that is enough to judge in a workspace. Where no role reviews any more, only managers do.
    #[must_use]
    pub fn let_judge(&self, workspace: &Workspace) -> bool {
        self.manages || workspace.reviewer_role.is_some_and(|role| self.roles.contains(&role))
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
        if member.leads(workspace) { Ok(Self { member: member.clone() }) } else { Err(SlotRefusal::NotAPlanner.into()) }
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
    /// They said it without the role, because they may manage the server.
    pub as_manager: bool,
    /// They said it with an emoji on the card, and take it back with it.
    pub reacted: bool,
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
        assert!(!Reviewer::of(&member(&[3, 5]), &workspace(7)).unwrap().as_manager());
        assert_eq!(Reviewer::of(&member(&[3]), &workspace(7)), Err(Refusal::NotAReviewer { role: RoleId(5) }));
    }

    #[test]
    fn a_manager_may_judge_without_the_role_and_that_is_said() {
        let manager = |roles| Member { manages: true, ..member(roles) };
        assert!(Reviewer::of(&manager(&[3]), &workspace(7)).unwrap().as_manager());
        assert!(!Reviewer::of(&manager(&[5]), &workspace(7)).unwrap().as_manager(), "as a reviewer, with the role");
        assert!(Reviewer::of(&manager(&[3]), &workspace(8)).is_err(), "not in another team");
    }

    #[test]
    fn what_is_known_of_somebody_counts_by_the_role_that_reviews_now() {
        let now = DateTime::UNIX_EPOCH;
        assert!(KnownRights::of(&member(&[5]), now).let_judge(&workspace(7)));
        let another = Workspace { reviewer_role: Some(RoleId(6)), ..workspace(7) };
        assert!(!KnownRights::of(&member(&[5]), now).let_judge(&another));
        assert!(KnownRights { manages: true, ..KnownRights::gone(now) }.let_judge(&another));
        assert!(!KnownRights::gone(now).let_judge(&workspace(7)));
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
