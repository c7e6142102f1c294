//! Many posts from one file: checked row by row, scheduled together or not at all.

mod nasty;
mod pressing;
mod weeks;

use greenroom::sandbox::discord::{Snowflake, Upload};
use serde_json::Value;

use crate::studio::{Person, Studio, button, id_of, text_of};

/// The columns most files have.
const HEAD: &str = "when,video,caption,account,privacy";

/// Sends videos so that the bot may see them: in a message that mentions it.
fn sends(studio: &Studio, who: &str, files: &[(&str, Vec<u8>)]) {
    let uploads: Vec<_> = files.iter().map(|(name, bytes)| Upload::new("file", name, bytes.clone())).collect();
    for ten in uploads.chunks(10) {
        studio.discord.say(who, "studio", &format!("<@{}> for the week", studio.discord.bot_id()), ten).unwrap();
    }
}

/// Gives `/bulk` a file and waits for what became of it.
async fn checks(by: &Person<'_>, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
    let files = [Upload::new("file", name, bytes.into())];
    let asked = by.asks(&["bulk"], &[], &files).await;
    let done = |message: &Value| {
        let text = text_of(message);
        text.contains("hint:") || text.contains("eference")
    };
    asked.until(|view| view.original.as_ref().is_some_and(done)).await.unwrap().original.unwrap()
}

/// The file that hangs on a message.
fn attached(studio: &Studio, message: &Value) -> String {
    let id = message["attachments"][0]["id"].as_str().expect("a file").parse().unwrap();
    String::from_utf8(studio.discord.file(id).unwrap().to_vec()).unwrap()
}

/// What a message becomes after a press.
async fn becomes(studio: &Studio, by: &Person<'_>, message: Snowflake, label: &str) -> Value {
    let before = studio.discord.message(message).unwrap();
    by.presses(message, label).await;
    let changed = |now: Option<Value>| now.filter(|now| now["content"] != before["content"]);
    studio.discord.until("an answer", |discord| changed(discord.message(message))).await.unwrap()
}

/// How many posts the team has put before its reviewers.
async fn in_review(studio: &Studio) -> usize {
    studio.program().flows().store.open_reviews(Some(studio.workspace())).await.unwrap().len()
}

/// The button that schedules, and the message it is on.
fn offer(message: &Value) -> (Snowflake, String) {
    (id_of(message), button(message, "Schedule ").expect("a button"))
}
