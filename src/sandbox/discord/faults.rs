//! Trouble on demand. Each fault names its trigger, so that a story meets it at the same place every time: the n-th call
//! of a route, the next file, the next connection.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use super::Discord;
use super::wire::Wire;

/// What goes wrong with one REST call.
#[derive(Clone, Debug)]
pub enum RestTrouble {
    /// 429 of this route, with these seconds to wait.
    RateLimited(f64),
    /// 429 of a resource shared with others; does not count against the bot.
    SharedLimit(f64),
    /// 429 over all routes.
    GlobalLimit(f64),
    /// 429 from the proxy in front: text, with or without `Retry-After`.
    Cloudflare(Option<u64>),
    /// This status (500, 502, 503, 504) with an HTML body.
    Html(u16),
    /// The connection ends before anything happens.
    CutBefore,
    /// It happens, then the connection ends without an answer.
    CutAfter,
    /// It happens, and the answer comes this much later.
    Slow(Duration),
    /// Nothing happens, and no answer comes for as long as the server stands.
    Held,
    /// Refused with this status, Discord code and message.
    Refused(u16, u64, String),
}

/// A fault that waits for its call.
#[derive(Clone, Debug)]
pub(crate) struct RestFault {
    route: String,
    /// How many calls still pass before it strikes.
    skip: u32,
    /// How many calls it strikes.
    times: u32,
    trouble: RestTrouble,
}

/// What goes wrong with a download.
#[derive(Clone, Debug)]
pub enum FileFault {
    /// The link counts as expired.
    Expired,
    /// Half of the promised bytes, then the connection ends.
    Truncated,
    /// Half of the bytes, then nothing until somebody gives up.
    Stalled,
    /// Pieces of so many bytes with a pause between them.
    Slow(usize, Duration),
}

impl Discord {
    /// Lets the `nth` call (1 is the next) of a route go wrong, and the `times - 1` after it.
    /// The route is the method and the path as documented, such as `POST /channels/{channel}/messages`, or `any`.
    pub fn fail(&self, route: &str, nth: u32, times: u32, trouble: RestTrouble) {
        let fault = RestFault { route: route.to_owned(), skip: nth.saturating_sub(1), times, trouble };
        self.change(|state| state.rest_faults.push(fault));
    }

    /// Lets the next download go wrong; several wait their turn.
    pub fn fail_file(&self, fault: FileFault) {
        self.change(|state| state.file_faults.push(fault));
    }

    /// Forgets the trouble that has not struck yet.
    pub fn heal(&self) {
        self.change(|state| {
            state.rest_faults.clear();
            state.file_faults.clear();
            state.gateway.heal();
        });
    }

    /// The trouble that strikes this call, if any.
    pub(crate) fn strike(&self, route: &str) -> Option<RestTrouble> {
        let mut state = self.lock();
        let mut struck = None;
        for fault in state.rest_faults.iter_mut().filter(|fault| fault.route == route || fault.route == "any") {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if struck.is_none() && fault.times > 0 {
                fault.times -= 1;
                struck = Some(fault.trouble.clone());
            }
        }
        state.rest_faults.retain(|fault| fault.times > 0);
        struck
    }
}

impl RestTrouble {
    /// The answer instead of the effect; `None` when the effect still comes.
    pub(crate) fn instead(&self, wire: &Wire) -> Option<Response<Body>> {
        match self {
            Self::RateLimited(wait) => Some(too_many(*wait, "user", false)),
            Self::SharedLimit(wait) => Some(too_many(*wait, "shared", false)),
            Self::GlobalLimit(wait) => Some(too_many(*wait, "global", true)),
            Self::Cloudflare(wait) => Some(cloudflare(*wait)),
            Self::Html(status) => Some(html(*status)),
            Self::CutBefore | Self::Held => {
                wire.cut();
                Some(Response::default())
            }
            Self::Refused(status, code, message) => {
                Some(super::refusal::Refused::new(*status, *code, message).into_response())
            }
            Self::CutAfter | Self::Slow(_) => None,
        }
    }
}

/// A 429 as Discord gives it: the body of an ordinary one has no `code`.
/// <https://discord.com/developers/docs/topics/rate-limits>
pub(crate) fn too_many(wait: f64, scope: &str, global: bool) -> Response<Body> {
    let body = json!({"message": "You are being rate limited.", "retry_after": wait, "global": global});
    let mut answer = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    let headers = answer.headers_mut();
    let mut put = |name: &'static str, text: String| {
        if let Ok(value) = text.parse() {
            headers.insert(name, value);
        }
    };
    put("retry-after", format!("{:.0}", wait.ceil()));
    put("x-ratelimit-scope", scope.to_owned());
    if global {
        put("x-ratelimit-global", "true".to_owned());
    }
    answer
}

fn cloudflare(wait: Option<u64>) -> Response<Body> {
    let mut answer = Response::new(Body::from("error code: 1015"));
    *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain; charset=UTF-8"));
    if let Some(wait) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, wait.into());
    }
    answer
}

fn html(status: u16) -> Response<Body> {
    let page = format!(
        "<html>\n<head><title>{status}</title></head>\n<body><center><h1>{status}</h1></center></body>\n</html>\n"
    );
    let mut answer = Response::new(Body::from(page));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
    answer
}
