//! Lets people watch the video of a post outside Discord, where it is too large for a card.
//!
//! The link is for whoever sees the card, and good for that very revision: when the post changes, it shows nothing any
//! more. It works until a day after the post is due, so that a card nobody redraws stays useful for as long as anybody
//! may have to judge by it.

use anyhow::Context as _;
use chrono::TimeDelta;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::links::{Link, NotALink, Purpose};
use super::{Failure, Flows};
use crate::domain::ids::PostId;
use crate::domain::post::{Due, Post};
use crate::domain::video::Video;

/// Where the page is, below our public address; the link comes after it.
pub const PAGE: &str = "/preview/";

/// How long a link works after its post is due, or from now if that is later. A post without a time is judged within a
/// day or lapses.
const AFTER_DUE: TimeDelta = TimeDelta::hours(24);

/// Why there is nothing to watch.
#[derive(Debug)]
pub enum NothingToWatch {
    /// The link was not made here for this, or its post is gone.
    NotALink,
    /// Its time is over.
    Expired,
    /// The post has changed since.
    Changed,
    /// The bytes are not kept any more.
    Gone,
    /// Something of ours broke.
    Broken(anyhow::Error),
}

impl From<NotALink> for NothingToWatch {
    fn from(error: NotALink) -> Self {
        match error {
            NotALink::Forged => Self::NotALink,
            NotALink::Expired => Self::Expired,
        }
    }
}

/// A link to the video of a post as it is now, if there is an address people reach us at.
#[must_use]
pub fn link(flows: &Flows, post: &Post) -> Option<SecretString> {
    let base = flows.rules.public_url.as_ref()?;
    let now = flows.clock.now();
    let expires_at = match post.due {
        Due::At(at) => at.max(now) + AFTER_DUE,
        Due::Asap => now + AFTER_DUE + AFTER_DUE,
    };
    let revision = *post.revision().as_bytes();
    let link =
        Link { workspace: post.workspace, subject: subject(post.id)?, digest: revision, member: None, expires_at };
    let signed = link.sign(&flows.vault, Purpose::Preview);
    let page = base.join(PAGE.trim_start_matches('/')).ok()?;
    Some(format!("{page}{}", signed.expose_secret()).into())
}

/// The post and the video a link is for, with all its bytes there.
///
/// # Errors
/// When there is nothing to watch.
pub async fn open(flows: &Flows, link: &str) -> Result<(Post, Video), NothingToWatch> {
    let link = Link::read(&flows.vault, Purpose::Preview, link, flows.clock.now())?;
    let broken = |failure: Failure| match failure {
        Failure::Broken(error) => NothingToWatch::Broken(error),
        Failure::Refused(refusal) => NothingToWatch::Broken(anyhow::anyhow!("{refusal}")),
    };
    let id = post(&link).ok_or(NothingToWatch::NotALink)?;
    let post = flows.store.post(id).await.map_err(|error| broken(error.into()))?;
    let post = post.filter(|post| post.workspace == link.workspace).ok_or(NothingToWatch::NotALink)?;
    if *post.revision().as_bytes() != link.digest {
        return Err(NothingToWatch::Changed);
    }
    let video = flows.store.video(post.video).await.map_err(|error| broken(error.into()))?;
    let video = video.context("a post's video is not in the store").map_err(NothingToWatch::Broken)?;
    let size = flows.media.size(&video.key).await.context("the video could not be looked up");
    match size.map_err(NothingToWatch::Broken)? {
        Some(size) if size == video.size_bytes && video.sha256 == post.video_sha256 => Ok((post, video)),
        // What lies there is not what was approved; a publication would find that out, too.
        Some(_) => Err(NothingToWatch::Broken(anyhow::anyhow!("the stored video `{}` was altered", video.key))),
        None => Err(NothingToWatch::Gone),
    }
}

fn subject(post: PostId) -> Option<[u8; 16]> {
    Uuid::try_parse(&post.to_string()).ok().map(Uuid::into_bytes)
}

fn post(link: &Link) -> Option<PostId> {
    Uuid::from_bytes(link.subject).simple().to_string().parse().ok()
}
