//! Discord's ways of saying no: a status, a code of its own, and for invalid forms a tree that mirrors the body.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// A call that was refused.
/// Codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    body: Value,
}

impl Refused {
    pub(crate) fn new(status: u16, code: u64, message: &str) -> Self {
        Self { status, body: json!({"message": message, "code": code}) }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn unknown(code: u64, what: &str) -> Self {
        Self::new(404, code, &format!("Unknown {what}"))
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST), Json(self.body)).into_response()
    }
}

/// What is wrong with a body, collected so that one answer names everything.
#[derive(Debug, Default)]
pub(crate) struct Form(Map<String, Value>);

impl Form {
    /// Notes a fault at a dotted path such as `embeds.0.title`; the empty path is the body itself.
    pub(crate) fn wrong(&mut self, path: &str, code: &str, message: &str) {
        let mut at = &mut self.0;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            let below = at.entry(part).or_insert_with(|| json!({}));
            let Value::Object(below) = below else { return };
            at = below;
        }
        let list = at.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message}));
        }
    }

    pub(crate) fn too_long(&mut self, path: &str, limit: usize) {
        self.wrong(path, "BASE_TYPE_MAX_LENGTH", &format!("Must be {limit} or fewer in length."));
    }

    pub(crate) fn bad_length(&mut self, path: &str, least: usize, most: usize) {
        self.wrong(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between {least} and {most} in length."));
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn no_choice(&mut self, path: &str) {
        self.wrong(path, "BASE_TYPE_CHOICES", "Value is not one of the accepted ones.");
    }

    /// Nothing was wrong, or 400 with everything that was.
    pub(crate) fn finish(self) -> Result<(), Refused> {
        if self.0.is_empty() {
            return Ok(());
        }
        let body = json!({"message": "Invalid Form Body", "code": 50035, "errors": self.0});
        Err(Refused { status: 400, body })
    }

    /// Refuses for this one fault.
    pub(crate) fn refuse(path: &str, code: &str, message: &str) -> Refused {
        let mut form = Self::default();
        form.wrong(path, code, message);
        match form.finish() {
            Err(refused) => refused,
            Ok(()) => Refused::new(400, 50035, "Invalid Form Body"),
        }
    }
}
