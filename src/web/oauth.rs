//! Where TikTok sends a manager back to after its consent page.
//! <https://developers.tiktok.com/doc/login-kit-web>

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use secrecy::SecretString;
use serde::Deserialize;

use crate::flows::connect::{Answer, finish};
use crate::flows::{Failure, Flows};

/// What TikTok puts into the address.
#[derive(Debug, Deserialize)]
pub(super) struct Returned {
    code: Option<SecretString>,
    state: Option<SecretString>,
    error: Option<String>,
}

/// Connects the account, and says so or why not.
pub(super) async fn callback(
    State(flows): State<Arc<Flows>>,
    Query(returned): Query<Returned>,
) -> (StatusCode, Html<String>) {
    use secrecy::ExposeSecret as _;
    let answer = Answer::of(returned.code, returned.error.as_deref());
    let (Some(state), Some(answer)) = (returned.state, answer) else {
        return page(StatusCode::BAD_REQUEST, "This is not a link from TikTok", "Start again with /account connect.");
    };
    match finish(&flows, state.expose_secret(), answer).await {
        Ok(account) => {
            let title = format!("@{} is connected", account.username);
            page(StatusCode::OK, &title, "You can close this page and go back to Discord.")
        }
        Err(Failure::Refused(refusal)) => {
            let hint = refusal.hint().replace('`', "");
            page(StatusCode::BAD_REQUEST, &refusal.to_string(), &format!("hint: {hint}"))
        }
        Err(Failure::Broken(error)) => {
            tracing::error!("An account could not be connected: {error:#}");
            let title = "Something broke on our side";
            page(StatusCode::INTERNAL_SERVER_ERROR, title, "Nothing was connected. Try again with /account connect.")
        }
    }
}

fn page(status: StatusCode, title: &str, text: &str) -> (StatusCode, Html<String>) {
    let template = include_str!("pages/plain.html");
    (status, Html(template.replace("{title}", &escaped(title)).replace("{text}", &escaped(text))))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
