//! One team and its settings: who reviews, where cards and digests go, which clock the team lives by.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::ids::{ChannelId, MemberId, RoleId, WorkspaceId};
use super::refusal::Refusal;
use super::review::{Manager, ReviewPolicy};
use super::schedule;
use crate::words::Language;

/// The most approvals a team can ask for.
pub const MOST_APPROVALS: u8 = 5;

/// A team and its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Which team.
    pub id: WorkspaceId,
    /// What the team calls itself.
    pub name: String,
    /// Whoever holds this role may judge.
    pub reviewer_role: Option<RoleId>,
    /// Where review cards appear.
    pub review_channel: Option<ChannelId>,
    /// Where the digest appears; the review channel if none is set.
    pub digest_channel: Option<ChannelId>,
    /// The team's time zone.
    pub zone: Tz,
    /// The local time of the daily digest.
    pub digest_time: NaiveTime,
    /// How many approvals a revision needs.
    pub approvals: u8,
    /// Authors may approve their own posts.
    pub self_review: bool,
    /// A summary every Monday, too.
    pub weekly_summary: bool,
    /// What is spoken in the team's channels: what its Discord server says of itself.
    pub language: Language,
    /// When the next digest is owed; nothing is owed until there is a place for it.
    pub next_digest_at: Option<DateTime<Utc>>,
    /// Since when the bot is no longer in the team's server. Nothing goes out meanwhile.
    pub removed_at: Option<DateTime<Utc>>,
    /// Since when everything of the team is being erased.
    pub erasing_at: Option<DateTime<Utc>>,
}

/// What a manager wants changed; what is absent stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkspaceChange {
    /// The role that may judge.
    pub reviewer_role: Option<RoleId>,
    /// Where cards appear.
    pub review_channel: Option<ChannelId>,
    /// Where digests appear.
    pub digest_channel: Option<ChannelId>,
    /// The team's zone.
    pub zone: Option<Tz>,
    /// The digest's local time.
    pub digest_time: Option<NaiveTime>,
    /// Approvals a revision needs.
    pub approvals: Option<u8>,
    /// Whether authors may approve their own posts.
    pub self_review: Option<bool>,
    /// Whether there is a weekly summary.
    pub weekly_summary: Option<bool>,
}

impl Workspace {
    /// A team that has set nothing up yet: UTC, a digest at 09:00, one approval by somebody else.
    #[must_use]
    pub fn new(id: WorkspaceId, name: String) -> Self {
        Self {
            id,
            name,
            reviewer_role: None,
            review_channel: None,
            digest_channel: None,
            zone: Tz::UTC,
            digest_time: NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock exists"),
            approvals: 1,
            self_review: false,
            weekly_summary: false,
            language: Language::default(),
            next_digest_at: None,
            removed_at: None,
            erasing_at: None,
        }
    }

    /// Refuses whatever a person wants while everything is being erased.
    ///
    /// # Errors
    /// When it is.
    pub const fn stays(&self) -> Result<(), Refusal> {
        match self.erasing_at {
            Some(_) => Err(Refusal::BeingErased),
            None => Ok(()),
        }
    }

    /// Takes over what a manager changed, and works out anew when the next digest is owed.
    ///
    /// # Errors
    /// When the number of approvals is not one to five.
    pub fn change(mut self, _by: &Manager, change: WorkspaceChange, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if let Some(asked) = change.approvals
            && !(1..=MOST_APPROVALS).contains(&asked)
        {
            return Err(Refusal::TooManyApprovals { asked, most: MOST_APPROVALS });
        }
        self.reviewer_role = change.reviewer_role.or(self.reviewer_role);
        self.review_channel = change.review_channel.or(self.review_channel);
        self.digest_channel = change.digest_channel.or(self.digest_channel);
        self.zone = change.zone.unwrap_or(self.zone);
        self.digest_time = change.digest_time.unwrap_or(self.digest_time);
        self.approvals = change.approvals.unwrap_or(self.approvals);
        self.self_review = change.self_review.unwrap_or(self.self_review);
        self.weekly_summary = change.weekly_summary.unwrap_or(self.weekly_summary);
        Ok(self.expects_digest(now))
    }

    /// Works out anew when the next digest is owed.
    #[must_use]
    pub fn expects_digest(self, now: DateTime<Utc>) -> Self {
        Self { next_digest_at: self.digest_place().map(|_| self.digest_after(now)), ..self }
    }

    /// The first digest time strictly after `now`, in the team's zone.
    #[must_use]
    pub fn digest_after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        schedule::next_local(self.digest_time, self.zone, now)
    }

    /// Where the digest goes, if anywhere.
    #[must_use]
    pub fn digest_place(&self) -> Option<ChannelId> {
        self.digest_channel.or(self.review_channel)
    }

    /// What a verdict must satisfy here.
    #[must_use]
    pub const fn policy(&self) -> ReviewPolicy {
        ReviewPolicy { approvals: self.approvals, self_review: self.self_review }
    }

    /// The role and the place without which nothing can be reviewed.
    ///
    /// # Errors
    /// When either is missing: a manager has to run `/setup` first. When everything is being erased.
    pub fn ready_for_review(&self) -> Result<(RoleId, ChannelId), Refusal> {
        self.stays()?;
        match (self.reviewer_role, self.review_channel) {
            (Some(role), Some(channel)) => Ok((role, channel)),
            (None, _) | (_, None) => Err(Refusal::NotSetUp {
                reviewer_role: self.reviewer_role.is_none(),
                review_channel: self.review_channel.is_none(),
            }),
        }
    }
}

/// Somebody acting, as the audit trail and the cards name them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Actor {
    /// A person.
    Member {
        /// Who.
        id: MemberId,
        /// What they were called then.
        name: String,
        /// The roles they held then; none if nobody asked, as in entries from before they were noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        roles: Option<Vec<RoleId>>,
        /// Whether they were allowed to manage the server then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        manages: bool,
        /// The message or channel in which they acted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// The program itself.
    Program,
}

impl Actor {
    /// A person of whom nothing more is known than who they are.
    #[must_use]
    pub const fn person(id: MemberId, name: String) -> Self {
        Self::Member { id, name, roles: None, manages: false, link: None }
    }
}
