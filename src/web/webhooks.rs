//! Where TikTok says things by itself. <https://developers.tiktok.com/doc/webhooks-overview>
//!
//! TikTok wants 200 at once and says everything again until it gets it, so what is proven is put aside and answered, also
//! when it cannot be read or is of no use to us.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::Site;
use crate::say;
use crate::tiktok::webhook::SIGNATURE;

/// Takes an event in, if it is TikTok's.
pub(super) async fn tiktok(
    State(site): State<Site>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Response> {
    let body = body.map_err(|refused| {
        let (title, text) = (say!("commands-web-too-much-title"), say!("commands-web-no-event"));
        site.pages.show(refused.status(), &title, &text)
    })?;
    let mut signatures = headers.get_all(SIGNATURE).iter();
    let signature = match (signatures.next(), signatures.next()) {
        (Some(only), None) => only.to_str().ok(),
        (_, _) => None,
    };
    match site.flows.tiktok.hear(signature, &body, site.flows.clock.now()) {
        Ok(Some(event)) => {
            if site.flows.inbox.put(event) {
                return Ok(StatusCode::OK);
            }
            tracing::warn!("More is said by TikTok than can be heeded; it is asked to say it again later");
            Ok(StatusCode::SERVICE_UNAVAILABLE)
        }
        Ok(None) => {
            tracing::warn!(size_bytes = body.len(), "TikTok said something that cannot be read");
            Ok(StatusCode::OK)
        }
        Err(why) => {
            tracing::warn!("Something came to {} that is not TikTok's word: {why}", super::WEBHOOKS);
            let (title, text) = (say!("commands-web-not-for-you-title"), say!("commands-web-not-for-you"));
            Err(site.pages.show(StatusCode::UNAUTHORIZED, &title, &text))
        }
    }
}
