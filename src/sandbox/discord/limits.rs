//! The rate-limit headers of every answer, and limits that are really kept when a test sets them.
//! <https://discord.com/developers/docs/topics/rate-limits>

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, Response};

use super::Discord;
use super::faults::too_many;
use super::state::State;

/// What a route allows unless a test says otherwise: headers are sent, nothing is refused.
const GENEROUS: (u32, Duration) = (50, Duration::from_secs(1));

/// How much of a route's allowance is used in the running window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    used: u32,
    resets_at: Instant,
}

/// What the headers say about one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    limit: u32,
    remaining: u32,
    resets_in: Duration,
    refused: bool,
}

impl Discord {
    /// Keeps a limit on a route: `calls` in every `window` for each channel, webhook or server in its path.
    /// Without it a route sends the headers and refuses nothing.
    pub fn limit(&self, route: &str, calls: u32, window: Duration) {
        self.change(|state| state.limits.insert(route.to_owned(), (calls, window)));
    }

    /// Counts one call; the second word is the answer when it is one too many.
    pub(crate) fn count_call(&self, route: &str, path: &str) -> (Allowance, Option<Response<Body>>) {
        let mut state = self.lock();
        let allowance = count(&mut state, route, &format!("{route} {}", major(path)));
        let refused = allowance.refused.then(|| {
            let mut answer = too_many(allowance.resets_in.as_secs_f64(), "user", false);
            announce(answer.headers_mut(), route, allowance, &state);
            answer
        });
        (allowance, refused)
    }

    pub(crate) fn announce(&self, headers: &mut HeaderMap, route: &str, allowance: Allowance) {
        announce(headers, route, allowance, &self.lock());
    }
}

/// The part of a path that has its own allowance: the channel, server or webhook.
fn major(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

fn count(state: &mut State, route: &str, key: &str) -> Allowance {
    let kept = state.limits.get(route).copied();
    let (limit, window) = kept.unwrap_or(GENEROUS);
    let now = Instant::now();
    let fresh = Bucket { used: 0, resets_at: now + window };
    let bucket = state.buckets.entry(key.to_owned()).or_insert(fresh);
    if bucket.resets_at <= now {
        *bucket = fresh;
    }
    let refused = kept.is_some() && bucket.used >= limit;
    if !refused {
        bucket.used += 1;
    }
    let remaining = if kept.is_some() { limit.saturating_sub(bucket.used) } else { limit - 1 };
    Allowance { limit, remaining, resets_in: bucket.resets_at - now, refused }
}

fn announce(headers: &mut HeaderMap, route: &str, allowance: Allowance, state: &State) {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(route);
    let after = allowance.resets_in.as_secs_f64();
    let millis = u32::try_from(state.now().timestamp_millis().rem_euclid(1000)).unwrap_or(0);
    let at =
        format!("{}.{millis:03}", state.now().timestamp() + i64::try_from(allowance.resets_in.as_secs()).unwrap_or(0));
    for (name, text) in [
        ("x-ratelimit-limit", allowance.limit.to_string()),
        ("x-ratelimit-remaining", allowance.remaining.to_string()),
        ("x-ratelimit-reset", at),
        ("x-ratelimit-reset-after", format!("{after:.3}")),
        ("x-ratelimit-bucket", format!("{hash:016x}")),
    ] {
        if let Ok(value) = text.parse() {
            headers.insert(name, value);
        }
    }
}
