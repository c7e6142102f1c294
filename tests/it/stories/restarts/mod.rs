//! Stopped and started again over the same database and folder, at every point where it could matter. The points are
//! found by the harness: the n-th call to the outside world for n = 1, 2, 3 … until there is no n-th call.

mod line;
mod publishing;
mod stops;
mod telling;

use serde_json::Value;

use crate::postgres;
use crate::studio::{Post, Studio, text_of};

/// The databases a story is told on: SQLite always, PostgreSQL where there is one.
async fn postgres() -> Option<Studio> {
    let database = postgres::database().await?;
    Some(Studio::open_with(&[("GREENROOM_DATABASE__URL", &database)]).await)
}

/// The cards of a post, superseded ones too.
fn cards(studio: &Studio, post: &Post) -> Vec<Value> {
    let marker = format!("#{} · ", post.number);
    let is_card = |message: &Value| !message["embeds"][0].is_null() && text_of(message).contains(&marker);
    studio.discord.messages("review").into_iter().filter(is_card).collect()
}

/// The one card of a post.
#[track_caller]
fn only_card(studio: &Studio, post: &Post) -> Value {
    let [card] = &cards(studio, post)[..] else { panic!("one card of {post:?}: {:#?}", cards(studio, post)) };
    card.clone()
}

/// How often that was said in the post's thread.
#[track_caller]
fn said_in_thread(studio: &Studio, post: &Post, words: &str) -> usize {
    let card = only_card(studio, post);
    let thread = card["thread"]["id"].as_str().unwrap_or_else(|| panic!("no thread at {card:#}"));
    studio.discord.messages(thread).iter().filter(|message| text_of(message).contains(words)).count()
}

/// Nothing is owed to anybody.
async fn all_is_told(studio: &Studio) {
    studio.settles().await;
    assert_eq!(studio.program().flows().store.undelivered().await.unwrap(), 0, "people have not been told everything");
}
