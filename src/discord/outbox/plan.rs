//! When a delivery that did not work is tried again, and when the same word may be said once more.
//!
//! Ten thousand refusals in ten minutes make Discord shut an address out, so a refusal is repeated slowly and not for
//! ever, while what may pass is repeated soon and for as long as it takes.
//! <https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::HttpError;

use crate::domain::tempo;

/// The waits after something that may pass: 2 s, 10 s, 1 min, 5 min, then always 10 min.
const SOON: [TimeDelta; 4] = [tempo::seconds(2), tempo::seconds(10), tempo::minutes(1), tempo::minutes(5)];

/// The wait after a refusal, which only a person mends: they set a permission, a channel or a setting right.
const SLOWLY: TimeDelta = TimeDelta::minutes(10);

/// How long a refusal is repeated before the notice is given up.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// How long Discord surely remembers a nonce ("the past few minutes").
/// <https://docs.discord.com/developers/resources/message#create-message>
const REMEMBERED: TimeDelta = TimeDelta::minutes(2);

/// What kind of trouble a delivery met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It may pass: Discord is busy or cannot be reached. The message may have arrived all the same.
    Passing,
    /// Discord refuses this; somebody has to set something right.
    Closed,
    /// Discord does not know the token: nothing more will work.
    Token,
}

/// What to do after trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// Try again after that long.
    Again(TimeDelta),
    /// Nobody is left to tell.
    GiveUp,
}

/// What to do before a message is sent that may have been sent already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resend {
    /// It never was: send it.
    First,
    /// Send it under the same nonce: Discord gives back the earlier message if there is one.
    SameWord,
    /// Look whether it is there; only if it is not, send it under another nonce.
    LookFirst,
}

/// What kind of trouble an error of Discord's is.
pub(super) fn trouble(error: &serenity::Error) -> Trouble {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => match answer.status_code.as_u16() {
            401 => Trouble::Token,
            408 | 429 => Trouble::Passing,
            400..=499 => Trouble::Closed,
            _ => Trouble::Passing,
        },
        // The message breaks a limit that serenity knows itself.
        serenity::Error::Model(_) => Trouble::Closed,
        _ => Trouble::Passing,
    }
}

/// When to try again after the `tries`-th try of a notice that has been owed for so long.
pub(super) fn plan(trouble: Trouble, tries: u32, owed_for: TimeDelta) -> Plan {
    match trouble {
        Trouble::Passing => {
            let place = usize::try_from(tries).unwrap_or(usize::MAX);
            Plan::Again(SOON.get(place).copied().unwrap_or(SLOWLY))
        }
        Trouble::Closed if owed_for >= PATIENCE => Plan::GiveUp,
        Trouble::Closed | Trouble::Token => Plan::Again(SLOWLY),
    }
}

/// Whether a notice is still young enough to wait for what comes before it.
pub(super) fn may_wait(owed_for: TimeDelta) -> bool {
    owed_for < PATIENCE
}

/// How to send what was first tried at `first_tried_at`.
pub(super) fn resend(first_tried_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Resend {
    match first_tried_at {
        None => Resend::First,
        Some(at) if now - at <= REMEMBERED => Resend::SameWord,
        Some(_) => Resend::LookFirst,
    }
}

#[cfg(test)]
mod tests {
    use serenity::all::ModelError;
    use serenity::http::ErrorResponse;

    use super::*;

    async fn answered(status: u16) -> serenity::Error {
        let body = r#"{"code":0,"message":"no"}"#;
        let answer = axum::http::Response::builder().status(status).body(body).unwrap();
        let answer = ErrorResponse::from_response(answer.into(), reqwest::Method::POST).await;
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))
    }

    #[test]
    fn what_may_pass_is_tried_soon_and_then_ever_more_rarely() {
        let waits: Vec<i64> = (0..7)
            .map(|tries| match plan(Trouble::Passing, tries, TimeDelta::days(3)) {
                Plan::Again(wait) => wait.num_seconds(),
                Plan::GiveUp => 0,
            })
            .collect();
        assert_eq!(waits, [2, 10, 60, 300, 600, 600, 600]);
    }

    #[test]
    fn a_refusal_is_tried_slowly_and_for_a_day() {
        assert_eq!(plan(Trouble::Closed, 0, TimeDelta::zero()), Plan::Again(TimeDelta::minutes(10)));
        assert_eq!(plan(Trouble::Closed, 143, TimeDelta::minutes(1_439)), Plan::Again(TimeDelta::minutes(10)));
        assert_eq!(plan(Trouble::Closed, 144, TimeDelta::hours(24)), Plan::GiveUp);
    }

    #[tokio::test]
    async fn every_status_has_its_kind_of_trouble() {
        for status in [500, 502, 503, 429, 408] {
            assert_eq!(trouble(&answered(status).await), Trouble::Passing, "{status}");
        }
        for status in [400, 403, 404, 413] {
            assert_eq!(trouble(&answered(status).await), Trouble::Closed, "{status}");
        }
        assert_eq!(trouble(&answered(401).await), Trouble::Token);
        assert_eq!(trouble(&serenity::Error::Model(ModelError::EmbedAmount)), Trouble::Closed);
        assert_eq!(trouble(&serenity::Error::Other("the line broke")), Trouble::Passing);
    }

    #[test]
    fn a_word_is_said_again_for_two_minutes_and_looked_for_afterwards() {
        let first = DateTime::UNIX_EPOCH;
        assert_eq!(resend(None, first), Resend::First);
        assert_eq!(resend(Some(first), first + TimeDelta::seconds(120)), Resend::SameWord);
        assert_eq!(resend(Some(first), first + TimeDelta::seconds(121)), Resend::LookFirst);
    }
}
