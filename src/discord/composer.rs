//! The composer.
use super::face::Face;
use crate::domain::account::Account;
use crate::domain::post::Post;
use crate::domain::video::Video;

/// What a composer shows.
#[derive(Debug, Clone, Copy)]
pub struct ComposerView<'a> {
    /// The draft; its `creator` is what TikTok said just now.
    pub post: &'a Post,
    /// Where it would appear.
    pub account: &'a Account,
    /// The bytes.
    pub video: &'a Video,
    /// The app has passed TikTok's audit.
    pub audited: bool,
    /// Warnings besides those the post carries (conflict, duplicate, budget, video), each one sentence.
    pub problems: &'a [String],
}

/// The private message in which a draft is composed.
#[must_use]
pub fn composer(view: &ComposerView<'_>) -> Face {
    Face::text(view.post.caption.as_str())
}
