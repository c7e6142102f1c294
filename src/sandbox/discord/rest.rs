//! The gate every REST call passes: credentials, trouble on demand, rate limits, the journal and the validator; behind
//! it the routes, each in the file of its subject.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{Response, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{delete, get, patch, post, put};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::Value;

use super::faults::RestTrouble;
use super::payload::Payload;
use super::refusal::{Form, Refused};
use super::wire::Wire;
use super::{Call, Discord};
use super::{callbacks, commands, people, reactions, rest_messages, threads, webhooks};

/// What every call is answered with.
pub(crate) type Answer = Result<Response<Body>, Refused>;

/// Where all routes begin.
const BASE: &str = "/api/v10";

/// The largest request that is read at all.
const LARGEST_REQUEST: usize = 110 * 1024 * 1024;

/// The routes under `/api/v10`.
pub(crate) fn router(discord: &Discord) -> Router<Discord> {
    let message = "/channels/{channel}/messages/{message}";
    let reaction = "/channels/{channel}/messages/{message}/reactions/{emoji}";
    let own = "/channels/{channel}/messages/{message}/reactions/{emoji}/@me";
    let others = "/channels/{channel}/messages/{message}/reactions/{emoji}/{user}";
    let webhook = "/webhooks/{app}/{token}";
    let reply = "/webhooks/{app}/{token}/messages/{message}";
    let in_guild = "/applications/{app}/guilds/{guild}/commands";
    let routes = Router::new()
        .route("/gateway", get(people::gateway))
        .route("/gateway/bot", get(people::gateway_bot))
        .route("/oauth2/applications/@me", get(people::application))
        .route("/applications/@me", get(people::application))
        .route("/users/@me", get(people::own_user))
        .route("/users/@me/channels", post(people::open_direct_messages))
        .route("/users/{user}", get(people::user))
        .route("/guilds/{guild}", get(people::guild))
        .route("/guilds/{guild}/roles", get(people::roles))
        .route("/guilds/{guild}/channels", get(people::channels))
        .route("/guilds/{guild}/members/{user}", get(people::member))
        .route("/channels/{channel}", get(people::channel).patch(threads::change))
        .route("/applications/{app}/commands", put(commands::register_global).get(commands::list_global))
        .route(in_guild, put(commands::register_in_guild).get(commands::list_in_guild))
        .route("/interactions/{id}/{token}/callback", post(callbacks::answer))
        .route(webhook, post(webhooks::follow_up))
        .route(reply, get(webhooks::read).patch(webhooks::edit).delete(webhooks::remove))
        .route("/channels/{channel}/messages", get(rest_messages::list).post(rest_messages::create))
        .route(message, get(rest_messages::read))
        .route(message, patch(rest_messages::edit))
        .route(message, delete(rest_messages::remove))
        .route(own, put(reactions::add_own).delete(reactions::remove_own))
        .route(reaction, get(reactions::list))
        .route(others, delete(reactions::remove_of))
        .route("/channels/{channel}/messages/{message}/threads", post(threads::start))
        .route("/channels/{channel}/typing", post(people::typing));
    let gated = routes.layer(middleware::from_fn_with_state(discord.clone(), gate));
    Router::new().nest(BASE, gated)
}

/// A path with its ids replaced by what the documentation calls them.
fn template(path: &str) -> String {
    let mut out = String::new();
    let mut before = "";
    for (depth, part) in path.split('/').enumerate().skip(1) {
        let word = match before {
            _ if part.starts_with('@') => part,
            "applications" => "{app}",
            "guilds" => "{guild}",
            "channels" => "{channel}",
            "messages" => "{message}",
            "users" | "members" => "{user}",
            "interactions" => "{id}",
            "webhooks" => "{app}",
            "reactions" => "{emoji}",
            "{app}" if depth == 3 && path.starts_with("/webhooks/") => "{token}",
            "{id}" => "{token}",
            "{emoji}" => "{user}",
            _ => part,
        };
        out.push('/');
        out.push_str(word);
        before = word;
    }
    out
}

/// Answers what no route knows.
pub(crate) async fn nowhere() -> Refused {
    Refused::not_found()
}

async fn gate(
    Shared(discord): Shared<Discord>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let route = format!("{} {}", parts.method, template(parts.uri.path()));
    let bytes = to_bytes(body, LARGEST_REQUEST).await;
    let payload = match bytes {
        Ok(bytes) => read(&discord, &parts, bytes).await,
        Err(_) => Err(too_large()),
    };
    let number = discord.begin_call(&parts, &route, payload.as_ref().ok());
    let trouble = discord.strike(&route);
    if matches!(trouble, Some(RestTrouble::Held)) {
        // Whoever waits for it looks again.
        discord.change(|_| ());
        discord.stopping().cancelled().await;
    }
    if let Some(instead) = trouble.as_ref().and_then(|trouble| trouble.instead(&wire)) {
        let cut = matches!(trouble, Some(RestTrouble::CutBefore | RestTrouble::Held));
        discord.end_call(number, if cut { 0 } else { instead.status().as_u16() }, Value::Null);
        return instead;
    }
    let (allowance, refused) = discord.count_call(&route, parts.uri.path());
    if let Some(refused) = refused {
        discord.end_call(number, 429, Value::Null);
        return refused;
    }
    let answer = match payload {
        Ok(payload) => perform(&discord, parts, payload, next).await,
        Err(refused) => refused.into_response(),
    };
    let (mut answer, shown) = look_at(answer).await;
    discord.announce(answer.headers_mut(), &route, allowance);
    discord.end_call(number, answer.status().as_u16(), shown);
    match trouble {
        Some(RestTrouble::CutAfter) => wire.cut(),
        Some(RestTrouble::Slow(by)) => {
            // Either the time passes or the whole server stops; both end the wait.
            let _ = tokio::time::timeout(by, discord.stopping().cancelled()).await;
        }
        _ => {}
    }
    answer
}

/// Credentials and shape, then the route itself.
async fn perform(discord: &Discord, parts: Parts, payload: Payload, next: Next) -> Response<Body> {
    if let Err(refused) = discord.admit(&parts, &payload) {
        return refused.into_response();
    }
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(Arc::new(payload));
    next.run(request).await
}

async fn read(discord: &Discord, parts: &Parts, bytes: Bytes) -> Result<Payload, Refused> {
    // The documented 25 MiB, or more where the server's boosts allow larger files.
    let limit = discord.lock().guilds.values().map(super::server::Guild::upload_limit).max().unwrap_or(0);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1 << 20).max(25 << 20);
    if bytes.len() > limit {
        return Err(too_large());
    }
    Payload::read(&parts.headers, bytes, "payload_json").await
}

fn too_large() -> Refused {
    Refused::new(413, 40005, "Request entity too large")
}

/// Keeps a readable copy of an answer's body for the journal.
async fn look_at(answer: Response<Body>) -> (Response<Body>, Value) {
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, LARGEST_REQUEST).await.unwrap_or_default();
    let shown = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    (Response::from_parts(parts, Body::from(bytes)), shown)
}

impl Discord {
    fn begin_call(&self, parts: &Parts, route: &str, payload: Option<&Payload>) -> usize {
        let path = parts.uri.path_and_query().map_or(parts.uri.path(), |whole| whole.as_str());
        let call = Call {
            at: self.clock().now(),
            method: parts.method.to_string(),
            path: path.to_owned(),
            route: route.to_owned(),
            body: payload.map_or(Value::Null, |payload| payload.json.clone()),
            files: payload.map_or_else(Vec::new, |payload| {
                payload.files.iter().map(|file| (file.name.clone(), file.bytes.len())).collect()
            }),
            form: payload.is_some_and(|payload| payload.form),
            status: 0,
            answer: Value::Null,
        };
        let mut state = self.lock();
        state.journal.push(call);
        state.journal.len() - 1
    }

    fn end_call(&self, number: usize, status: u16, answer: Value) {
        self.change(|state| {
            if let Some(call) = state.journal.get_mut(number) {
                call.status = status;
                call.answer = answer;
            }
        });
    }

    /// Is the caller the bot, and does the body fit the specification?
    fn admit(&self, parts: &Parts, payload: &Payload) -> Result<(), Refused> {
        let path = parts.uri.path();
        let own_token_in_path = path.starts_with("/interactions/") || path.starts_with("/webhooks/");
        if !own_token_in_path && path != "/gateway" {
            let given = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let token = given.and_then(|value| value.strip_prefix("Bot "));
            if token != Some(self.lock().token.as_str()) {
                return Err(Refused::unauthorized());
            }
        }
        let Some(validator) = self.validator().filter(|_| !payload.json.is_null()) else { return Ok(()) };
        validator(parts.method.as_str(), path, &payload.json).map_err(|faults| {
            let what = format!("{} {path}: {}", parts.method, faults.join("; "));
            self.change(|state| state.violations.push(what));
            let mut form = Form::default();
            faults.iter().for_each(|fault| form.wrong("", "SPECIFICATION", fault));
            form.finish().err().unwrap_or_else(Refused::not_found)
        })
    }
}

/// An answer in JSON with status 200.
pub(crate) fn ok(body: Value) -> Answer {
    Ok(Json(body).into_response())
}

/// An answer without a body.
pub(crate) fn done() -> Answer {
    Ok(axum::http::StatusCode::NO_CONTENT.into_response())
}
