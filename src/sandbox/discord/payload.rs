//! What came with a request: JSON, or a form with `payload_json` and files.
//! <https://discord.com/developers/docs/reference#uploading-files>

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::Value;

use super::refusal::Refused;

/// A file in a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The name of the form's field: `files[0]`.
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

/// A body, read once for everybody who looks at it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Payload {
    pub(crate) json: Value,
    pub(crate) files: Vec<Part>,
    /// Did it come as a form?
    pub(crate) form: bool,
}

impl Payload {
    /// Reads a body whose JSON part of a form is called `json_field`.
    pub(crate) async fn read(headers: &HeaderMap, bytes: Bytes, json_field: &str) -> Result<Self, Refused> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Self::read_form(kind, bytes, json_field).await.ok_or_else(unreadable);
        }
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        if !kind.starts_with("application/json") {
            return Err(Refused::new(
                400,
                50035,
                "Expected \"Content-Type\" header to be one of application/json, multipart/form-data.",
            ));
        }
        let json = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
        Ok(Self { json, files: Vec::new(), form: false })
    }

    async fn read_form(kind: &str, bytes: Bytes, json_field: &str) -> Option<Self> {
        let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes)).ok()?;
        let mut parts = Multipart::from_request(request, &()).await.ok()?;
        let mut payload = Self { form: true, ..Self::default() };
        while let Some(part) = parts.next_field().await.ok()? {
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = part.bytes().await.ok()?;
            match name {
                _ if field == json_field => payload.json = serde_json::from_slice(&bytes).ok()?,
                Some(name) => payload.files.push(Part { field, name, content_type, bytes }),
                None => return None,
            }
        }
        Some(payload)
    }
}

fn unreadable() -> Refused {
    Refused::new(400, 50109, "The request body contains invalid JSON.")
}
