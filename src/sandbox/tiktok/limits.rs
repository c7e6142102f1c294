//! Who may call, how often, and how much may be posted: the part of the validation order that is the same everywhere.

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use chrono::{DateTime, TimeDelta, Utc};

use super::answer::Refused;
use super::publication::{Publication, Stage};
use super::state::World;

/// The creator on whose behalf a call is made.
pub(super) struct Guest {
    pub(super) open_id: String,
    pub(super) scopes: Vec<String>,
}

/// Calls in a sliding minute that one token may make of an endpoint; none is printed for cancelling.
fn calls_per_minute(endpoint: &str) -> usize {
    match endpoint {
        "creator_info" => 20,
        "video_init" | "inbox_init" | "content_init" => 6,
        "status" => 30,
        "user_info" | "video_list" | "video_query" => 600,
        _ => usize::MAX,
    }
}

/// The bearer token of a request.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

impl World {
    /// Checks token, scope and rate, in this order. One of the scopes is enough; no scopes means any token.
    pub(super) fn admit(
        &mut self,
        headers: &HeaderMap,
        endpoint: &'static str,
        scopes: &[&str],
        now: DateTime<Utc>,
    ) -> Result<Guest, Refused> {
        let missing = || Refused::with("access_token_invalid", "The access token is missing").breach();
        let token = bearer(headers).ok_or_else(missing)?;
        let stale = || Refused::with("access_token_invalid", "The access token is invalid or not found in the request");
        let grant = self.access.get(token).filter(|grant| grant.expires_at > now).ok_or_else(stale)?.clone();
        if !scopes.is_empty() && !grant.scopes.iter().any(|scope| scopes.contains(&scope.as_str())) {
            let message = format!("The user did not authorize the scope required: {}", scopes.join(" or "));
            return Err(Refused::with("scope_not_authorized", &message));
        }
        self.count_call(token, endpoint, now)?;
        Ok(Guest { open_id: grant.open_id, scopes: grant.scopes })
    }

    fn count_call(&mut self, token: &str, endpoint: &'static str, now: DateTime<Utc>) -> Result<(), Refused> {
        let window = TimeDelta::milliseconds(self.rules.rate_millis.into());
        let calls = self.calls.entry((token.to_owned(), endpoint)).or_default();
        while calls.front().is_some_and(|call| *call <= now - window) {
            calls.pop_front();
        }
        if calls.len() >= calls_per_minute(endpoint) {
            return Err(Refused::with("rate_limit_exceeded", "The API rate limit was exceeded. Try again later"));
        }
        calls.push_back(now);
        Ok(())
    }

    /// The cap, if any, that one more post or draft of a creator would break; `except` is the task being asked about.
    pub(super) fn cap_reached(
        &self,
        open_id: &str,
        draft: bool,
        except: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<&'static str> {
        let creator = self.creator(open_id)?;
        let day = now - TimeDelta::hours(24);
        let is_recent = |one: &&Publication| {
            let counts_from = if self.rules.openings_count { Some(one.opened_at) } else { one.committed_at };
            let failed = matches!(one.stage, Stage::Failed { .. });
            !failed && counts_from.is_some_and(|at| at > day) && Some(one.publish_id.as_str()) != except
        };
        let mine = self.publications.of(open_id).filter(is_recent).filter(|one| one.kind.is_draft() == draft).count();
        if draft {
            return (mine >= self.rules.drafts_per_day).then_some("spam_risk_too_many_pending_share");
        }
        let elsewhere = usize::try_from(creator.posts_elsewhere).unwrap_or(usize::MAX);
        if mine.saturating_add(elsewhere) >= usize::try_from(creator.posts_per_day).unwrap_or(usize::MAX) {
            return Some("spam_risk_too_many_posts");
        }
        if self.rules.audited {
            return None;
        }
        let recent = self.publications.iter().filter(is_recent).filter(|one| !one.kind.is_draft());
        let people: BTreeSet<&str> = recent.map(|one| &*one.open_id).collect();
        let crowded = people.len() >= self.rules.unaudited_people_per_day;
        (crowded && !people.contains(open_id)).then_some("reached_active_user_cap")
    }

    /// The refusal a creator meets before posting: a ban first, then the caps.
    pub(super) fn may_post(&self, open_id: &str, draft: bool, now: DateTime<Utc>) -> Result<(), Refused> {
        if self.creator(open_id).is_some_and(|creator| creator.banned) {
            return Err(Refused::with(
                "spam_risk_user_banned_from_posting",
                "The user is banned from making new posts",
            ));
        }
        let message = |code: &str| match code {
            "spam_risk_too_many_posts" => "The daily post cap from the API is reached for the current user",
            "reached_active_user_cap" => "The daily quota for active publishing users from your client is reached",
            _ => "There may be at most 5 pending shares within any 24-hour period",
        };
        match self.cap_reached(open_id, draft, None, now) {
            Some(code) => Err(Refused::with(code, message(code))),
            None => Ok(()),
        }
    }
}
