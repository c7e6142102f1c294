//! Reviews that hold: reminders before a post lapses, the reason of a no, approvals of people who may not judge any more,
//! two who decide in the same moment, and what happens while nobody listens.

mod managers;
mod outages;
mod places;
mod quorum;
mod races;
mod reasons;
mod reminders;

use crate::studio::{Post, Studio, text_of};

/// What a post's thread says.
fn thread_of(studio: &Studio, post: &Post) -> String {
    studio.discord.transcript(&studio.card(post).to_string())
}

/// How often the reviewers were reminded of a post.
fn reminders_of(studio: &Studio, post: &Post) -> usize {
    thread_of(studio, post).matches("or it lapses").count()
}

/// What somebody reads in answer to a press.
async fn told(pressed: &greenroom::sandbox::discord::Interaction) -> String {
    pressed.answer().await.unwrap();
    text_of(&pressed.view().original.unwrap_or_default())
}
