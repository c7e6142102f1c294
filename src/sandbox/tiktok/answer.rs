//! How the local TikTok answers: three shapes for three classes of endpoints, and the documented HTTP status of each
//! code. What was said goes along as an extension, so that the journal can tell without reading bodies back.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use super::state::{Rules, secret};

/// What the journal learns about an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) code: String,
    /// Why the request breaks TikTok's rules, if it does.
    pub(super) violation: Option<String>,
}

/// A refusal of an endpoint.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    /// Whether a client that follows the documentation never hears this.
    pub(super) violation: bool,
}

impl Refused {
    /// A refusal with the documented status of its code.
    pub(super) fn with(code: &str, message: &str) -> Self {
        Self { status: status_of(code), code: code.to_owned(), message: message.to_owned(), violation: false }
    }

    /// A refusal of a malformed request.
    pub(super) fn malformed(message: &str) -> Self {
        Self { violation: true, ..Self::with("invalid_param", message) }
    }

    /// The same refusal with HTTP 200, as creator info gives the caps.
    pub(super) fn politely(self) -> Self {
        Self { status: 200, ..self }
    }

    /// The same refusal, counted as a breach of the documentation.
    pub(super) fn breach(self) -> Self {
        Self { violation: true, ..self }
    }
}

/// The HTTP status the documentation gives a code.
pub(super) fn status_of(code: &str) -> u16 {
    match code {
        "ok" => 200,
        "access_token_invalid" | "scope_not_authorized" => 401,
        "unaudited_client_can_only_post_to_private_accounts"
        | "url_ownership_unverified"
        | "privacy_level_option_mismatch"
        | "spam_risk_too_many_posts"
        | "spam_risk_user_banned_from_posting"
        | "spam_risk_too_many_pending_share"
        | "reached_active_user_cap" => 403,
        "rate_limit_exceeded" => 429,
        "internal_error" => 500,
        _ => 400,
    }
}

/// An answer in the envelope of the posting and display endpoints.
pub(super) fn envelope(rules: &Rules, result: Result<Value, Refused>) -> Response<Body> {
    match result {
        Ok(data) => {
            let mut body = json!({"error": {"code": "ok", "message": "", "log_id": log_id()}});
            if !data.is_null() {
                body["data"] = data;
            }
            json_answer(200, &body, Said { code: "ok".to_owned(), violation: None })
        }
        Err(refused) => {
            let code = if refused.code == "invalid_param" { &rules.invalid_code } else { &refused.code };
            let error = json!({"code": code, "message": refused.message, "log_id": log_id()});
            json_answer(refused.status, &json!({"data": {}, "error": error}), said(code, &refused))
        }
    }
}

/// A refusal in the flat shape of the OAuth endpoints.
pub(super) fn flat_refusal(status: u16, refused: &Refused) -> Response<Body> {
    let body = json!({"error": refused.code, "error_description": refused.message, "log_id": log_id()});
    json_answer(status, &body, said(&refused.code, refused))
}

/// An answer of the upload host: a status and perhaps a range, no body.
pub(super) fn bare(status: u16, range: Option<String>, violation: Option<String>) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(range) = range.and_then(|range| range.parse().ok()) {
        answer.headers_mut().insert("content-range", range);
    }
    answer.extensions_mut().insert(Said { code: String::new(), violation });
    answer
}

/// An answer of one media type.
pub(super) fn document(status: u16, media_type: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(media_type));
    answer
}

/// An answer in JSON.
pub(super) fn json_answer(status: u16, body: &Value, said: Said) -> Response<Body> {
    let mut answer = document(status, "application/json; charset=utf-8", body.to_string());
    answer.extensions_mut().insert(said);
    answer
}

fn said(code: &str, refused: &Refused) -> Said {
    let violation = refused.violation.then(|| refused.message.clone());
    Said { code: code.to_owned(), violation }
}

/// The id TikTok's support asks for.
fn log_id() -> String {
    secret("").to_uppercase()
}

/// A request's JSON object; an empty body is an empty object only where the caller allows it.
pub(super) fn json_object(headers: &HeaderMap, body: &[u8], may_be_empty: bool) -> Result<Map<String, Value>, Refused> {
    if body.is_empty() && may_be_empty {
        return Ok(Map::new());
    }
    if media_type(headers) != "application/json" {
        return Err(Refused::malformed("The Content-Type must be application/json"));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Refused::malformed("The request body is not a JSON object")),
    }
}

/// A request's media type without its parameters.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
