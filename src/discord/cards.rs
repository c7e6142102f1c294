//! The review card.
use chrono::{DateTime, Utc};

use super::face::Face;
use crate::domain::account::Account;
use crate::domain::post::{Post, Revision};
use crate::domain::publication::Publication;
use crate::domain::video::Video;
use crate::domain::workspace::Workspace;

/// How a reviewer watches the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview<'a> {
    /// It is attached to the card under this name.
    Attached(&'a str),
    /// A signed link leads to it.
    Link(&'a str),
    /// It cannot be watched any more (or yet).
    None,
}

/// What a card shows.
#[derive(Debug, Clone, Copy)]
pub struct CardView<'a> {
    /// The post.
    pub post: &'a Post,
    /// Its publication, once there is one.
    pub publication: Option<&'a Publication>,
    /// Where it should appear.
    pub account: &'a Account,
    /// The bytes.
    pub video: &'a Video,
    /// The team.
    pub workspace: &'a Workspace,
    /// Another card has taken its place.
    pub superseded: bool,
    /// How to watch the video.
    pub preview: Preview<'a>,
    /// It is sent for the first time, so it pings the reviewers.
    pub first: bool,
    /// Which moment it shows.
    pub now: DateTime<Utc>,
}

/// The message a revision is judged on, drawn as the post stands.
#[must_use]
pub fn card(view: &CardView<'_>) -> Face {
    Face::text(view.post.caption.as_str())
}

/// What the card of that revision carries in its footer, so that it is found again: `#42 · 1a2b3c4d`.
#[must_use]
pub fn marker(number: i64, revision: Revision) -> String {
    format!("#{number} · {}", revision.short())
}
