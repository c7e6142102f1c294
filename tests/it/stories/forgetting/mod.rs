//! What is forgotten, by itself and on demand, and what a team takes away before that.

mod erasing;
mod exporting;
mod leaving;
mod retention;

use futures_util::TryStreamExt as _;
use greenroom::domain::ids::PostId;
use serde_json::Value;

use crate::studio::{Account, Post, Studio, text_of};

/// A team with an account and an approved post, due tomorrow at six.
async fn planned(studio: &Studio) -> (Account, Post) {
    let cafe = studio.connects_account("harbour.cafe").await;
    let post = studio.member("mia").schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
    studio.reviewer("rui").approves(&post).await;
    (cafe, post)
}

/// The keys of all bytes that are stored.
async fn stored(studio: &Studio) -> Vec<String> {
    studio.program().flows().media.keys().try_collect().await.unwrap()
}

async fn id(studio: &Studio, post: &Post) -> PostId {
    let store = &studio.program().flows().store;
    store.post_by_number(studio.workspace(), post.number).await.unwrap().unwrap().id
}

/// What Ada reads after a command of hers.
async fn ada_reads(studio: &Studio, path: &[&str], options: &[(&str, Value)]) -> String {
    text_of(&studio.person("ada").runs(path, options).await)
}
