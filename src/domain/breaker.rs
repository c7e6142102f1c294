//! What stops a whole account, or the whole app, and not just one post.
//!
//! Some of TikTok's answers say nothing about the post that met them: the account is banned, has lost its permission or
//! has posted enough for a day, or the app has posted for enough accounts. The next post would meet the same. So the first
//! one opens a breaker, people are told once, and whatever falls due afterwards finds the breaker instead of TikTok. What
//! can pass by itself is tried by one post at a time; what cannot is for a person to end.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::ids::{AccountId, WorkspaceId};
use super::publication::Setback;
use super::tempo;

/// How long one post has for finding out whether it is over, before another may.
const TURN: TimeDelta = tempo::minutes(2);

/// How often a limit of a day is tried again: it moves with the hours, and asking more often only annoys.
const TRY_A_LIMIT: TimeDelta = tempo::hours(1);

/// How often it is looked whether an account is connected again; nobody waits for that, because connecting wakes all.
const TRY_AN_ACCOUNT: TimeDelta = tempo::minutes(15);

/// How often it is tried whether the operator has mended what TikTok did not like about the app.
const TRY_THE_APP: TimeDelta = tempo::minutes(10);

/// How long after midnight the app's count of accounts has surely begun anew.
const AFTER_MIDNIGHT: TimeDelta = TimeDelta::minutes(5);

/// What ends and begins again within this time was never over, and people are not told in between.
pub const SETTLES_WITHIN: TimeDelta = tempo::minutes(5);

/// What is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One account.
    Account(AccountId),
    /// The app: every account, or those it has not posted for today.
    App,
}

/// Why it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BreakerKind {
    /// TikTok does not let the account post. A manager says when it does again.
    Banned,
    /// The account has to be connected again.
    Reconnect,
    /// The account's posts of a day are spent.
    TooManyPosts,
    /// The account's inbox holds as many drafts as TikTok allows.
    TooManyDrafts,
    /// The app has posted for as many accounts as it may in a day.
    TooManyAccounts,
    /// TikTok does not know the app by the key and secret it is given.
    AppRefused,
}

/// What a publication whose time has come finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Nothing is in the way.
    Pass,
    /// It may be over: whoever takes the turn tries, the others wait for the end of the turn.
    Try {
        /// The end of the turn.
        turn_ends: DateTime<Utc>,
    },
    /// Wait until then.
    Wait {
        /// The next look.
        until: DateTime<Utc>,
    },
    /// Nothing goes out; people decide afterwards.
    Hold,
}

/// Something that stops an account or the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breaker {
    /// What is stopped.
    pub scope: Scope,
    /// Why.
    pub kind: BreakerKind,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When one publication may try whether it is over; none if only a person can say so.
    pub try_at: Option<DateTime<Utc>>,
    /// What was met, in words people read.
    pub setback: Setback,
    /// Who has been told.
    pub told: Vec<WorkspaceId>,
    /// When it was over, once it is.
    pub closed_at: Option<DateTime<Utc>>,
}

impl BreakerKind {
    /// Every kind there is.
    pub const ALL: [Self; 6] = [
        Self::Banned,
        Self::Reconnect,
        Self::TooManyPosts,
        Self::TooManyDrafts,
        Self::TooManyAccounts,
        Self::AppRefused,
    ];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Banned => "banned",
            Self::Reconnect => "reconnect",
            Self::TooManyPosts => "too_many_posts",
            Self::TooManyDrafts => "too_many_drafts",
            Self::TooManyAccounts => "too_many_accounts",
            Self::AppRefused => "app_refused",
        }
    }

    /// What it stops when a publication of that account meets it.
    #[must_use]
    pub const fn scope(self, account: AccountId) -> Scope {
        match self {
            Self::Banned | Self::Reconnect | Self::TooManyPosts | Self::TooManyDrafts => Scope::Account(account),
            Self::TooManyAccounts | Self::AppRefused => Scope::App,
        }
    }

    /// When it may be over.
    #[must_use]
    pub fn next_try(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Banned => None,
            Self::Reconnect => Some(now + TRY_AN_ACCOUNT),
            Self::TooManyPosts | Self::TooManyDrafts => Some(now + TRY_A_LIMIT),
            Self::AppRefused => Some(now + TRY_THE_APP),
            Self::TooManyAccounts => {
                let tomorrow = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(now.date_naive());
                Some(tomorrow.and_time(NaiveTime::MIN).and_utc() + AFTER_MIDNIGHT)
            }
        }
    }
}

impl Breaker {
    /// A breaker that has just been met, where there was none or another.
    #[must_use]
    pub fn met(before: Option<Self>, scope: Scope, kind: BreakerKind, setback: Setback, now: DateTime<Utc>) -> Self {
        let try_at = kind.next_try(now);
        // A ban ends by a person's word and by nothing else that is met meanwhile.
        let before = match before {
            Some(banned) if banned.is_open() && banned.kind == BreakerKind::Banned && kind != BreakerKind::Banned => {
                return banned;
            }
            before => before,
        };
        match before.filter(|before| before.kind == kind && before.goes_on(now)) {
            Some(before) => Self { try_at, setback, closed_at: None, ..before },
            None => Self { scope, kind, since: now, try_at, setback, told: Vec::new(), closed_at: None },
        }
    }

    /// Whether it stops anything.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// What a publication finds that wants to begin.
    #[must_use]
    pub fn gate(&self, now: DateTime<Utc>) -> Gate {
        match (self.closed_at, self.try_at) {
            (Some(_), _) => Gate::Pass,
            (None, None) => Gate::Hold,
            // Connecting it again ends that; until then there is nothing to try.
            (None, Some(_)) if self.kind == BreakerKind::Reconnect => Gate::Wait { until: now + TRY_AN_ACCOUNT },
            (None, Some(at)) if at <= now => Gate::Try { turn_ends: now + TURN },
            (None, Some(until)) => Gate::Wait { until },
        }
    }

    /// It is over.
    #[must_use]
    pub fn close(self, now: DateTime<Utc>) -> Self {
        Self { closed_at: Some(now), ..self }
    }

    /// Notes that a workspace is told; says whether it had not been.
    pub fn tells(&mut self, workspace: WorkspaceId) -> bool {
        let is_new = !self.told.contains(&workspace);
        if is_new {
            self.told.push(workspace);
        }
        is_new
    }

    /// Whether the same trouble now would still be this one.
    fn goes_on(&self, now: DateTime<Utc>) -> bool {
        self.closed_at.is_none_or(|closed_at| now - closed_at < SETTLES_WITHIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::publication::{Next, Whose};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn setback() -> Setback {
        Setback {
            code: "spam_risk_too_many_posts".into(),
            said: "TikTok takes no more posts from this account today.".into(),
            hint: "wait".into(),
            whose: Whose::Manager,
            next: Next::Later { at_least_seconds: 3600 },
        }
    }

    fn met(kind: BreakerKind, before: Option<Breaker>, now: DateTime<Utc>) -> Breaker {
        Breaker::met(before, Scope::App, kind, setback(), now)
    }

    #[test]
    fn a_limit_is_tried_by_one_after_an_hour() {
        let noon = at("2026-11-25T12:00:00Z");
        let open = met(BreakerKind::TooManyPosts, None, noon);
        let hour = noon + TimeDelta::hours(1);
        assert_eq!(open.gate(noon), Gate::Wait { until: hour });
        assert_eq!(open.gate(hour), Gate::Try { turn_ends: hour + TimeDelta::minutes(2) });
        assert_eq!(open.close(hour).gate(hour), Gate::Pass);
    }

    #[test]
    fn only_a_person_ends_a_ban() {
        let noon = at("2026-11-25T12:00:00Z");
        assert_eq!(met(BreakerKind::Banned, None, noon).gate(noon + TimeDelta::days(300)), Gate::Hold);
    }

    #[test]
    fn the_apps_count_begins_anew_shortly_after_midnight() {
        for now in ["2026-11-25T00:00:00Z", "2026-11-25T23:59:59Z"] {
            assert_eq!(BreakerKind::TooManyAccounts.next_try(at(now)), Some(at("2026-11-26T00:05:00Z")), "{now}");
        }
    }

    #[test]
    fn what_begins_again_within_minutes_was_never_over() {
        let noon = at("2026-11-25T12:00:00Z");
        let mut open = met(BreakerKind::TooManyPosts, None, noon);
        assert!(open.tells(WorkspaceId(7)) && !open.tells(WorkspaceId(7)));
        let closed = open.close(noon + TimeDelta::hours(1));
        let soon = met(BreakerKind::TooManyPosts, Some(closed.clone()), noon + TimeDelta::minutes(64));
        assert_eq!((soon.since, soon.told.len(), soon.is_open()), (noon, 1, true));
        let later = met(BreakerKind::TooManyPosts, Some(closed.clone()), noon + TimeDelta::minutes(65));
        assert_eq!((later.told.len(), later.is_open()), (0, true));
        assert!(
            met(BreakerKind::Banned, Some(closed), noon + TimeDelta::minutes(61)).told.is_empty(),
            "another trouble"
        );
    }
}
