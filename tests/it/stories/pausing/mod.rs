//! The stop button: nothing goes out while it is pressed, and afterwards only what a person lets go.

mod pressing;
mod showing;
mod uploads;

use serde_json::{Value, json};

use crate::postgres;
use crate::studio::{Account, Person, Post, Studio, text_of};

/// The same story on the other database, where there is one.
async fn on_postgres() -> Option<Studio> {
    let database = postgres::database().await?;
    Some(Studio::open_with(&[("GREENROOM_DATABASE__URL", &database)]).await)
}

/// Somebody presses it, or lets it go: for an account or for all.
async fn runs(who: &Person<'_>, command: &str, account: Option<&Account>, reason: Option<&str>) -> String {
    let account = account.map(|account| ("account", json!(account.name)));
    let options: Vec<_> = account.into_iter().chain(reason.map(|reason| ("reason", json!(reason)))).collect();
    text_of(&who.runs(&[command], &options).await)
}

/// An approved post of Mia's.
async fn approved(studio: &Studio, account: &Account, caption: &str, at: &str) -> Post {
    let post = studio.member("mia").schedules("latte.mp4").caption(caption).at(at).on(account).await;
    studio.reviewer("rui").approves(&post).await;
    post
}

fn card(studio: &Studio, post: &Post) -> String {
    text_of(&studio.discord.message(studio.card(post)).unwrap())
}

/// The messages that ask what becomes of held posts.
fn questions(studio: &Studio) -> Vec<Value> {
    let asks = |message: &Value| text_of(message).contains("until then nothing is sent");
    studio.discord.messages("review").into_iter().filter(asks).collect()
}
