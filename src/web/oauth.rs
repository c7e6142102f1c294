//! Where TikTok sends a manager back to after its consent page.
//! <https://developers.tiktok.com/doc/login-kit-web>

use std::sync::Arc;

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::{ExposeSecret as _, SecretString};
use tokio_util::task::TaskTracker;
use url::form_urlencoded;

use super::Site;
use crate::flows::Failure;
use crate::flows::connect::{Answer, finish};
use crate::say;
use crate::words::{speaking, spoken};

/// What TikTok puts into the address.
#[derive(Debug, Default)]
struct Returned {
    code: Option<SecretString>,
    state: Option<SecretString>,
    error: Option<String>,
}

impl Returned {
    /// Reads a query. One that says the same thing twice was not made by TikTok.
    fn read(query: &str) -> Option<Self> {
        let mut returned = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let before = match name.as_ref() {
                "code" => returned.code.replace(value.into_owned().into()).is_some(),
                "state" => returned.state.replace(value.into_owned().into()).is_some(),
                "error" => returned.error.replace(value.into_owned()).is_some(),
                // TikTok adds more, such as `scopes` and `error_description`.
                _ => false,
            };
            if before {
                return None;
            }
        }
        Some(returned)
    }
}

/// Connects the account, and says so or why not.
pub(super) async fn callback(
    State(site): State<Site>,
    Extension(tasks): Extension<TaskTracker>,
    RawQuery(query): RawQuery,
) -> Response {
    let show = |status, title: &str, text: &str| site.pages.show(status, title, text);
    let returned = Returned::read(&query.unwrap_or_default()).unwrap_or_default();
    let answer = Answer::of(returned.code, returned.error.as_deref());
    let (Some(state), Some(answer)) = (returned.state, answer) else {
        let (title, text) = (say!("commands-web-not-from-tiktok-title"), say!("commands-web-start-again"));
        return show(StatusCode::BAD_REQUEST, &title, &text);
    };
    // In a task of its own: what TikTok has given must be kept, also when nobody waits for the page any more.
    let flows = Arc::clone(&site.flows);
    let connecting = async move { finish(&flows, state.expose_secret(), answer).await };
    let finished = tasks.spawn(speaking(spoken(), connecting));
    let finished = finished.await.unwrap_or_else(|panicked| Err(Failure::Broken(panicked.into())));
    match finished {
        Ok(account) => {
            let title = say!("commands-web-connected-title", account = account.username.as_str());
            show(StatusCode::OK, &title, &say!("commands-web-connected"))
        }
        Err(Failure::Refused(refusal)) => {
            tracing::warn!("Somebody came back from TikTok and nothing was connected: {refusal}");
            let hint = refusal.hint().replace('`', "");
            show(StatusCode::BAD_REQUEST, &refusal.to_string(), &say!("commands-web-hint", hint = hint))
        }
        Err(Failure::Broken(error)) => {
            tracing::error!("An account could not be connected: {error:#}");
            let (title, text) = (say!("commands-web-broke-title"), say!("commands-web-not-connected"));
            show(StatusCode::INTERNAL_SERVER_ERROR, &title, &text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_not_read() {
        let read =
            |query| Returned::read(query).map(|returned| returned.state.map(|state| state.expose_secret().to_owned()));
        assert_eq!(read("code=a&state=b%2Bc&scopes=x&scopes=y"), Some(Some("b+c".to_owned())));
        assert_eq!(read(""), Some(None));
        for twice in ["state=a&state=b", "code=a&state=b&code=a", "error=a&error="] {
            assert_eq!(read(twice), None, "{twice}");
        }
    }
}
