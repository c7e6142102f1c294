//! The one door: every request is named, met with whatever trouble is armed for it, answered, and written into the
//! journal. Paths TikTok does not have are breaches of the documentation, above all the one that schedules.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;
use axum::http::header::DATE;
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{get, post, put};
use serde_json::Value;

use super::answer::{Refused, Said, bare, envelope, flat_refusal, status_of};
use super::ledger::Entry;
use super::limits::bearer;
use super::line::Line;
use super::publication::Transfer;
use super::state::Shared;
use super::upload::BreaksAfter;
use super::{consent, desk, display, follow, oauth, publish, upload};
use crate::sandbox::mischief::{Fault, Trouble};

/// Every path there is, with its trailing slash.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .route("/v2/auth/authorize/", get(consent::page).post(consent::decide))
        .route("/v2/oauth/token/", post(oauth::token))
        .route("/v2/oauth/revoke/", post(oauth::revoke))
        .route("/v2/post/publish/creator_info/query/", post(publish::creator_info))
        .route("/v2/post/publish/video/init/", post(publish::video_init))
        .route("/v2/post/publish/inbox/video/init/", post(publish::inbox_init))
        .route("/v2/post/publish/content/init/", post(publish::content_init))
        .route("/v2/post/publish/status/fetch/", post(follow::status))
        .route("/v2/post/publish/cancel/", post(follow::cancel))
        .route("/v2/user/info/", get(display::user_info))
        .route("/v2/video/list/", post(display::video_list))
        .route("/v2/video/query/", post(display::video_query))
        .route("/upload/video/", put(upload::put))
        .merge(desk::router())
        .fallback(no_such_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(shared), attend))
        .with_state(Arc::clone(shared))
}

/// The short name of an endpoint, as faults and the journal use it.
fn name_of(path: &str) -> &'static str {
    match path {
        "/v2/auth/authorize/" => "authorize",
        "/v2/oauth/token/" => "token",
        "/v2/oauth/revoke/" => "revoke",
        "/v2/post/publish/creator_info/query/" => "creator_info",
        "/v2/post/publish/video/init/" => "video_init",
        "/v2/post/publish/inbox/video/init/" => "inbox_init",
        "/v2/post/publish/content/init/" => "content_init",
        "/v2/post/publish/status/fetch/" => "status",
        "/v2/post/publish/cancel/" => "cancel",
        "/v2/user/info/" => "user_info",
        "/v2/video/list/" => "video_list",
        "/v2/video/query/" => "video_query",
        "/upload/video/" => "upload",
        path if path.starts_with("/__sandbox/") => "sandbox",
        _ => "unknown",
    }
}

async fn no_such_path(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let message = format!("TikTok has no path {}", request.uri().path());
    let refused = Refused { status: 404, ..Refused::with("invalid_request", &message).breach() };
    shared.with(|world, _| envelope(&world.rules, Err(refused)))
}

async fn wrong_method(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let message = format!("{} is not the method of {}", request.method(), request.uri().path());
    let refused = Refused { status: 405, ..Refused::with("invalid_request", &message).breach() };
    shared.with(|world, _| envelope(&world.rules, Err(refused)))
}

async fn attend(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let mut answer = answer(&shared, &line, request, next).await;
    // Otherwise the machine's own time would be in it.
    let date = shared.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    answer.headers_mut().extend(date.parse().ok().map(|date| (DATE, date)));
    answer
}

async fn answer(shared: &Arc<Shared>, line: &Line, request: Request, next: Next) -> Response<Body> {
    let endpoint = name_of(request.uri().path());
    if endpoint == "sandbox" {
        return next.run(request).await;
    }
    let trouble = shared.mischief.strike(endpoint);
    let place = write_down(shared, &request, endpoint, trouble.as_ref());
    let (answer, reaches) = meet(shared, line, endpoint, trouble, request, next).await;
    shared.change(|world, _| {
        let said = answer.extensions().get::<Said>().cloned().unwrap_or_default();
        if let Some(entry) = world.journal.get_mut(place) {
            entry.status = reaches.then_some(answer.status().as_u16());
            (entry.code, entry.violation) = (said.code, said.violation);
        }
    });
    answer
}

/// How much of a token the journal shows: enough to tell whose it is, and no key to anything.
pub const TOKEN_SHOWN: usize = 16;

/// Enters a request into the journal before anything happens to it, so that none is missing when its client hangs up.
fn write_down(shared: &Shared, request: &Request, endpoint: &str, trouble: Option<&Trouble>) -> usize {
    let token = bearer(request.headers()).map(|token| token.chars().take(TOKEN_SHOWN).chain(['…']).collect());
    shared.change(|world, now| {
        world.journal.push(Entry {
            at: now,
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            endpoint: endpoint.to_owned(),
            token,
            status: None,
            code: String::new(),
            fault: trouble.and_then(named),
            violation: None,
        });
        world.journal.len() - 1
    })
}

fn named(trouble: &Trouble) -> Option<String> {
    let value = serde_json::to_value(trouble).ok()?;
    value.get("trouble").and_then(Value::as_str).map(str::to_owned)
}

/// Answers a request, in trouble or not; also says whether the answer reaches the client.
async fn meet(
    shared: &Shared,
    line: &Line,
    endpoint: &str,
    trouble: Option<Trouble>,
    mut request: Request,
    next: Next,
) -> (Response<Body>, bool) {
    match trouble {
        None => {}
        Some(Trouble::LostBefore) => {
            line.cut();
            return (Response::new(Body::empty()), false);
        }
        Some(Trouble::LostAfter) => {
            let answer = next.run(request).await;
            line.cut();
            return (answer, false);
        }
        Some(Trouble::ResetMidAnswer) => {
            let answer = next.run(request).await;
            let half = usize::try_from(answer.body().size_hint().lower() / 2).unwrap_or(0);
            if half == 0 {
                line.cut();
            } else {
                line.cut_in_body(half);
            }
            return (answer, false);
        }
        Some(Trouble::ResetMidBody { after_bytes }) => {
            if endpoint == "upload" {
                request.extensions_mut().insert(BreaksAfter(after_bytes));
                drop(next.run(request).await);
            }
            line.cut();
            return (Response::new(Body::empty()), false);
        }
        Some(Trouble::HeldAnswer { millis }) => {
            let answer = next.run(request).await;
            shared.mischief.hold(millis).await;
            return (answer, true);
        }
        Some(Trouble::Held { millis }) => shared.mischief.hold(millis).await,
        Some(Trouble::ServerError { status }) => {
            let refused = Refused { status, ..Refused::with("internal_error", "Something is wrong. Try again later") };
            return (refusal(shared, endpoint, refused, request).await, true);
        }
        Some(Trouble::ErrorCode { code, status, message }) => {
            let status = status.unwrap_or_else(|| status_of(&code));
            let refused = Refused { status, ..Refused::with(&code, &message.unwrap_or_default()) };
            return (refusal(shared, endpoint, refused, request).await, true);
        }
        Some(Trouble::ExpireUpload) => expire(shared, request.uri().query().unwrap_or_default()),
        Some(Trouble::RevokeToken) => forget_token(shared, &request),
        // What happens behind a call, or on the way back, waits for its place.
        Some(later @ (Trouble::Stuck | Trouble::Fail { .. })) => shared.mischief.arm(Fault::next("processing", later)),
        Some(later @ (Trouble::Duplicate | Trouble::Reordered | Trouble::BadSignature)) => {
            shared.mischief.arm(Fault::next("webhook", later));
        }
    }
    (next.run(request).await, true)
}

/// A refusal in the shape of the endpoint's class, after the request's body has been read to its end.
async fn refusal(shared: &Shared, endpoint: &str, refused: Refused, request: Request) -> Response<Body> {
    use futures_util::StreamExt as _;
    let mut body = request.into_body().into_data_stream();
    while let Some(Ok(_)) = body.next().await {}
    match endpoint {
        "upload" => bare(refused.status, None, None),
        "token" | "revoke" if refused.code == "internal_error" => {
            flat_refusal(refused.status, &Refused { code: "server_error".to_owned(), ..refused })
        }
        "token" | "revoke" => flat_refusal(refused.status, &refused),
        _ => shared.with(|world, _| envelope(&world.rules, Err(refused))),
    }
}

fn expire(shared: &Shared, query: &str) {
    shared.change(|world, now| {
        if let Some(Transfer::File { expires_at, .. }) = world.task(query).map(|task| &mut task.transfer) {
            *expires_at = now;
        }
    });
}

fn forget_token(shared: &Shared, request: &Request) {
    if let Some(token) = bearer(request.headers()) {
        shared.change(|world, _| world.access.remove(token));
    }
}
