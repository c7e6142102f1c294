//! After the opening: how far a task is, and stopping a pull.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::answer::{Refused, envelope, json_object};
use super::publication::{Publication, Stage, Transfer};
use super::state::{PostIdForm, Shared, World};
use super::terms::text;

/// Either scope may ask.
const SCOPES: [&str; 2] = ["video.upload", "video.publish"];

/// `POST /v2/post/publish/status/fetch/`
pub(super) async fn status(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    shared.with(|world, now| {
        let form = world.rules.post_id_form;
        let result = world.find(&headers, &body, "status", now).map(|index| {
            let publication = &world.publications[index];
            let mut data = json!({"status": publication.status()});
            let count = match publication.transfer {
                Transfer::File { .. } => "uploaded_bytes",
                Transfer::Pull { .. } => "downloaded_bytes",
            };
            data[count] = publication.arrived.bytes.into();
            if let Stage::Failed { reason } = &publication.stage {
                data["fail_reason"] = reason.as_str().into();
            }
            if let Some(ids) = post_ids(publication, form, now) {
                data["publicaly_available_post_id"] = ids;
            }
            data
        });
        envelope(&world.rules, result)
    })
}

fn post_ids(publication: &Publication, form: PostIdForm, now: DateTime<Utc>) -> Option<Value> {
    let id = publication.public_post(now).map(|post| post.id);
    match form {
        PostIdForm::Numbers => Some(id.into_iter().collect::<Vec<i64>>().into()),
        PostIdForm::Strings => Some(id.map(|id| id.to_string()).into_iter().collect::<Vec<String>>().into()),
        PostIdForm::Number => id.map(Into::into),
        PostIdForm::String => id.map(|id| id.to_string().into()),
        PostIdForm::Null => Some(Value::Null),
        PostIdForm::Absent => None,
    }
}

/// `POST /v2/post/publish/cancel/`; it stops pulls that are not nearly done, and nothing else.
pub(super) async fn cancel(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    shared.change(|world, now| {
        let result = world.find(&headers, &body, "cancel", now).and_then(|index| {
            let publication = &world.publications[index];
            let nearly_done = |all: u64| publication.arrived.bytes.saturating_mul(10) >= all.saturating_mul(9);
            if publication.stage != Stage::Downloading || publication.expected_bytes.is_some_and(nearly_done) {
                return Err(Refused::with("publish_not_cancellable", "The publish task can no longer be cancelled"));
            }
            world.fail(index, "publish_cancelled", now);
            Ok(Value::Null)
        });
        envelope(&world.rules, result)
    })
}

impl World {
    /// The task a request names, if it is the caller's.
    fn find(
        &mut self,
        headers: &HeaderMap,
        body: &[u8],
        endpoint: &'static str,
        now: DateTime<Utc>,
    ) -> Result<usize, Refused> {
        let guest = self.admit(headers, endpoint, &SCOPES, now)?;
        let body = json_object(headers, body, false)?;
        let publish_id = text(&body, "publish_id")?.ok_or_else(|| Refused::malformed("publish_id is required"))?;
        let unknown = || Refused::with("invalid_publish_id", "The publish_id does not exist");
        let index = self.publications.place(&publish_id).ok_or_else(unknown)?;
        if self.publications[index].open_id != guest.open_id {
            let message = "The access token is not authorized for the publish_id";
            return Err(Refused::with("token_not_authorized_for_specified_publish_id", message).breach());
        }
        Ok(index)
    }
}
