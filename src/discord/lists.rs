//! Lists.
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::buttons::QueueFilter;
use super::cards::CardView;
use super::face::Face;
use crate::domain::account::Account;
use crate::domain::post::Post;
use crate::domain::publication::Publication;

/// How many posts one page of the queue shows.
pub const PAGE_SIZE: usize = 10;

/// One post of a queue.
#[derive(Debug, Clone, Copy)]
pub struct QueueEntry<'a> {
    /// The post.
    pub post: &'a Post,
    /// Its publication, once there is one.
    pub publication: Option<&'a Publication>,
    /// Where it should appear.
    pub account: &'a Account,
}

/// What a page of the queue shows.
#[derive(Debug, Clone, Copy)]
pub struct QueueView<'a> {
    /// The posts of this page only, in any order, at most [`PAGE_SIZE`].
    pub entries: &'a [QueueEntry<'a>],
    /// What was asked for.
    pub filter: QueueFilter,
    /// Which page, from zero.
    pub page: u16,
    /// How many posts there are on all pages.
    pub total: usize,
    /// The member's zone.
    pub zone: Tz,
    /// Which moment it shows.
    pub now: DateTime<Utc>,
}

/// One page of what is coming.
#[must_use]
pub fn queue(view: &QueueView<'_>) -> Face {
    Face::text(view.total.to_string())
}

/// One post for whoever asked: the card without verdict buttons and without pinging anybody.
#[must_use]
pub fn shown(view: &CardView<'_>) -> Face {
    Face::text(view.post.caption.as_str())
}
