//! The desk behind the stage, under `/__sandbox/`: what the sandbox page and tests ask and arrange. TikTok has none of
//! it. Whatever changes something takes JSON, which a page from elsewhere cannot send unasked.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::answer::document;
use super::consent::escaped;
use super::creator::Creator;
use super::ledger::{Entry, Posted};
use super::state::{Rules, Shared};
use crate::sandbox::mischief::Fault;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/__sandbox/faults", get(faults).post(arm).delete(disarm))
        .route("/__sandbox/release", post(release))
        .route("/__sandbox/posts", get(posts))
        .route("/__sandbox/tasks", get(tasks))
        .route("/__sandbox/journal", get(journal))
        .route("/__sandbox/creators", get(creators).post(change_creator))
        .route("/__sandbox/rules", get(rules).post(change_rules))
        .route("/__sandbox/video/{publish_id}", get(video))
        .route("/__sandbox/avatar/{username}", get(avatar))
}

async fn faults(State(shared): State<Arc<Shared>>) -> Json<Vec<Fault>> {
    Json(shared.mischief.armed())
}

async fn arm(State(shared): State<Arc<Shared>>, Json(fault): Json<Fault>) -> StatusCode {
    shared.mischief.arm(fault);
    StatusCode::NO_CONTENT
}

async fn disarm(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.mischief.clear();
    StatusCode::NO_CONTENT
}

async fn release(State(shared): State<Arc<Shared>>, Json(_): Json<Value>) -> StatusCode {
    shared.mischief.release();
    StatusCode::NO_CONTENT
}

async fn posts(State(shared): State<Arc<Shared>>) -> Json<Vec<Posted>> {
    Json(shared.with(|world, _| world.ledger()))
}

async fn tasks(State(shared): State<Arc<Shared>>) -> Json<Vec<Posted>> {
    Json(shared.with(|world, _| world.tasks()))
}

async fn journal(State(shared): State<Arc<Shared>>) -> Json<Vec<Entry>> {
    Json(shared.with(|world, _| world.journal.clone()))
}

async fn creators(State(shared): State<Arc<Shared>>) -> Json<Vec<Creator>> {
    Json(shared.with(|world, _| world.creators.values().cloned().collect()))
}

async fn change_creator(State(shared): State<Arc<Shared>>, Json(creator): Json<Creator>) -> StatusCode {
    shared.add_creator(creator);
    StatusCode::NO_CONTENT
}

async fn rules(State(shared): State<Arc<Shared>>) -> Json<Rules> {
    Json(shared.with(|world, _| world.rules.clone()))
}

/// Changes the rules that are named and leaves the others as they are.
async fn change_rules(State(shared): State<Arc<Shared>>, Json(named): Json<Value>) -> Response<Body> {
    let changed = shared.change(|world, _| {
        let mut all = serde_json::to_value(&world.rules).unwrap_or(json!({}));
        for (name, value) in named.as_object().into_iter().flatten() {
            all[name.as_str()] = value.clone();
        }
        world.rules = serde_json::from_value(all)?;
        Ok::<(), serde_json::Error>(())
    });
    match changed {
        Ok(()) => document(204, "text/plain", Body::empty()),
        Err(error) => document(400, "text/plain; charset=utf-8", error.to_string()),
    }
}

async fn video(State(shared): State<Arc<Shared>>, Path(publish_id): Path<String>) -> Response<Body> {
    match shared.with(|world, _| world.video(&publish_id)) {
        Some((media_type, bytes)) => {
            let known = ["video/mp4", "video/quicktime", "video/webm"];
            let media_type = known.into_iter().find(|known| *known == media_type);
            document(200, media_type.unwrap_or("application/octet-stream"), bytes)
        }
        None => document(404, "text/plain; charset=utf-8", "its bytes were not kept"),
    }
}

async fn avatar(State(shared): State<Arc<Shared>>, Path(username): Path<String>) -> Response<Body> {
    match shared.avatar(&username) {
        Some(picture) => document(200, "image/svg+xml", picture),
        None => document(404, "text/plain", Body::empty()),
    }
}

impl Shared {
    /// A creator's picture: a coloured disc with the first letter of the name.
    pub(super) fn avatar(&self, username: &str) -> Option<String> {
        let named = |world: &super::state::World| {
            world.creators.values().find(|one| one.username == username).map(|one| one.nickname.clone())
        };
        let nickname = self.with(|world, _| named(world))?;
        let hue = username.bytes().fold(0_u32, |sum, byte| sum + u32::from(byte) * 7) % 360;
        let letter = escaped(&nickname.chars().take(1).collect::<String>());
        Some(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><circle cx=\"50\" cy=\"50\" r=\"50\" \
             fill=\"hsl({hue} 45% 42%)\"/><text x=\"50\" y=\"68\" font-size=\"52\" text-anchor=\"middle\" fill=\"#fff\" \
             font-family=\"sans-serif\">{letter}</text></svg>"
        ))
    }
}
