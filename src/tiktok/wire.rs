//! The two shapes of JSON TikTok answers with, read in one place.
//!
//! The v2 envelope is `{"data": …, "error": {"code": …}}`, and the code alone decides: some refusals come as HTTP 200,
//! and an `ok` counts with any status as long as the data is there (an upload that TikTok says it opened is harmless to
//! believe and costly to forget). OAuth is flat, and an `error` in it is a failure whatever the status. The
//! status only helps where there is no code to read: 5xx may pass, 429 asks for a slower pace.
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling>

use reqwest::RequestBuilder;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Client;
use super::trouble::{Kind, Trouble};
use crate::drill;

/// Twenty videos with all their fields are about 60 kB.
const LARGEST_ANSWER_BYTES: usize = 2 * 1024 * 1024;

impl Client {
    /// Posts a body to a v2 path and reads `data` out of the envelope.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: Option<&str>,
        access: &SecretString,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Trouble> {
        let request = self
            .http
            .post(self.with_fields(path, fields))
            .header(CONTENT_TYPE, "application/json; charset=UTF-8")
            .json(body);
        self.envelope(path, request.bearer_auth(access.expose_secret())).await
    }

    /// Gets a v2 path and reads `data` out of the envelope.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &str,
        access: &SecretString,
    ) -> Result<T, Trouble> {
        let request = self.http.get(self.with_fields(path, Some(fields)));
        self.envelope(path, request.bearer_auth(access.expose_secret())).await
    }

    /// Posts a form to an OAuth path and reads the flat answer; an empty one reads as `{}`.
    pub(super) async fn form<T: DeserializeOwned>(&self, path: &str, form: &[(&str, &str)]) -> Result<T, Trouble> {
        let request = self.http.post(self.api(path)).header(CACHE_CONTROL, "no-cache").form(form);
        let (status, body) = drill::around(path, self.answer(request)).await?;
        let body = if body.is_empty() && (200..300).contains(&status) { b"{}".to_vec() } else { body };
        flat(status, &body)
    }

    fn with_fields(&self, path: &str, fields: Option<&str>) -> url::Url {
        let mut url = self.api(path);
        if let Some(fields) = fields {
            url.query_pairs_mut().append_pair("fields", fields);
        }
        url
    }

    async fn envelope<T: DeserializeOwned>(&self, path: &str, request: RequestBuilder) -> Result<T, Trouble> {
        let (status, body) = drill::around(path, self.answer(request)).await?;
        opened(status, &body)
    }

    /// Sends a request and takes the whole answer, with its HTTP status.
    async fn answer(&self, request: RequestBuilder) -> Result<(u16, Vec<u8>), Trouble> {
        let mut response = request.timeout(self.patience.call).send().await.map_err(Trouble::unanswered)?;
        self.skew.read(response.headers());
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(Trouble::unanswered)? {
            body.extend_from_slice(&part);
            if body.len() > LARGEST_ANSWER_BYTES {
                return Err(Trouble::new(Kind::Unreadable, format!("HTTP {status} with more than 2 MB")));
            }
        }
        Ok((status, body))
    }
}

fn opened<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, Trouble> {
    let Ok(mut whole) = serde_json::from_slice::<Value>(body) else {
        return Err(codeless(status, "not JSON"));
    };
    let error = &whole["error"];
    let code = text(&error["code"]).unwrap_or_default();
    let log_id = text(&error["log_id"]).or_else(|| text(&error["logid"]));
    if code != "ok" {
        let said = text(&error["message"]).unwrap_or_default();
        let trouble =
            if code.is_empty() { codeless(status, &said) } else { Trouble::answered(status, &code, &said, None) };
        return Err(Trouble { log_id, ..trouble });
    }
    let data = match whole["data"].take() {
        Value::Null => Value::Object(serde_json::Map::new()),
        data => data,
    };
    serde_json::from_value(data).map_err(|error| Trouble { log_id, ..codeless(status, &lacks(&error)) })
}

fn flat<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, Trouble> {
    let Ok(whole) = serde_json::from_slice::<Value>(body) else {
        return Err(codeless(status, "not JSON"));
    };
    let log_id = text(&whole["log_id"]).or_else(|| text(&whole["logid"]));
    match &whole["error"] {
        Value::Null if status >= 400 => Err(Trouble { log_id, ..codeless(status, "no error is named") }),
        Value::Null => {
            serde_json::from_value(whole).map_err(|error| Trouble { log_id, ..codeless(status, &lacks(&error)) })
        }
        error => {
            let code = text(error).unwrap_or_default();
            let said = text(&whole["error_description"]).unwrap_or_default();
            Err(Trouble::answered(status, &code, &said, log_id))
        }
    }
}

/// Why an answer could not be read. Only a missing field is named: anything else may quote a token.
fn lacks(error: &serde_json::Error) -> String {
    let said = error.to_string();
    if said.starts_with("missing field") { said } else { "a field is not what it should be".to_owned() }
}

/// An answer without a code of TikTok's.
fn codeless(status: u16, said: &str) -> Trouble {
    let said = format!("HTTP {status}: {said}");
    match status {
        429 => Trouble::answered(status, "", &said, None),
        500.. => Trouble::new(Kind::InternalError, said),
        _ => Trouble::new(Kind::Unreadable, said),
    }
}

/// Text, or a number in its digits: TikTok is not of one mind about identifiers.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Cup {
        size: u32,
    }

    fn kind_of(status: u16, body: &str) -> Kind {
        opened::<Cup>(status, body.as_bytes()).unwrap_err().kind
    }

    #[test]
    fn the_code_decides_and_not_the_status() {
        let cup = r#"{"data":{"size":3,"more":[]},"error":{"code":"ok","message":"","log_id":"7"},"extra":1}"#;
        for status in [200, 400, 500] {
            assert_eq!(opened::<Cup>(status, cup.as_bytes()), Ok(Cup { size: 3 }), "{status}");
        }
        let refused = r#"{"data":{},"error":{"code":"reached_active_user_cap","message":"m","logid":"8"}}"#;
        let trouble = opened::<Cup>(200, refused.as_bytes()).unwrap_err();
        assert_eq!((trouble.kind, trouble.log_id.as_deref()), (Kind::ReachedActiveUserCap, Some("8")));
        assert!(!trouble.may_have_happened);
    }

    #[test]
    fn answers_without_a_code_go_by_the_status() {
        assert_eq!(kind_of(502, "<html>bad gateway</html>"), Kind::InternalError);
        assert_eq!(kind_of(500, r#"{"error":{"message":"oops"}}"#), Kind::InternalError);
        assert_eq!(kind_of(429, "slow down"), Kind::RateLimitExceeded);
        assert_eq!(kind_of(200, "hello"), Kind::Unreadable);
        assert_eq!(kind_of(200, r#"{"data":{"size":3}}"#), Kind::Unreadable);
        assert_eq!(kind_of(404, "<html>not here</html>"), Kind::Unreadable);
        assert_eq!(kind_of(200, r#"{"data":{},"error":{"code":"ok"}}"#), Kind::Unreadable);
        assert_eq!(kind_of(500, r#"{"data":{},"error":{"code":"ok"}}"#), Kind::InternalError);
    }

    #[test]
    fn an_oauth_error_is_one_whatever_the_status() {
        for status in [200, 400] {
            let body = r#"{"error":"invalid_grant","error_description":"d","log_id":"9"}"#;
            let trouble = flat::<Cup>(status, body.as_bytes()).unwrap_err();
            assert_eq!((trouble.kind, trouble.said.as_str()), (Kind::InvalidGrant, "d"));
        }
        assert_eq!(flat::<Cup>(200, br#"{"size":1,"extra":2}"#), Ok(Cup { size: 1 }));
        assert_eq!(flat::<Cup>(503, b"").unwrap_err().kind, Kind::InternalError);
        assert_eq!(flat::<Value>(500, b"{}").unwrap_err().kind, Kind::InternalError);
    }

    #[test]
    fn an_unreadable_token_is_not_quoted() {
        let trouble = flat::<Cup>(200, br#"{"size":"act.secret"}"#).unwrap_err();
        assert!(!trouble.to_string().contains("secret"), "{trouble}");
        let trouble = opened::<Cup>(200, br#"{"data":{},"error":{"code":"ok"}}"#).unwrap_err();
        assert_eq!(trouble.said, "HTTP 200: missing field `size`");
    }
}
