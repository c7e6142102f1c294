//! Everything a card is drawn from, as the store has it now.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::discord::cards::{CardView, Preview};
use crate::domain::account::Account;
use crate::domain::breaker::Breaker;
use crate::domain::ids::PostId;
use crate::domain::pause::Pause;
use crate::domain::post::Post;
use crate::domain::publication::Publication;
use crate::domain::video::Video;
use crate::domain::workspace::Workspace;
use crate::flows::publish::stopped_by;
use crate::flows::{Failure, Flows};

/// A post and everything around it.
#[derive(Debug, Clone)]
pub(in crate::discord) struct Scene {
    /// The post.
    pub(in crate::discord) post: Post,
    /// Its publication, once there is one.
    pub(in crate::discord) publication: Option<Publication>,
    /// Where it should appear.
    pub(in crate::discord) account: Account,
    /// The bytes.
    pub(in crate::discord) video: Video,
    /// The team.
    pub(in crate::discord) workspace: Workspace,
    /// What stops the account or the app, if that is what the post waits for.
    pub(in crate::discord) stopped: Option<Breaker>,
    /// Who has paused the account or all, if somebody has.
    pub(in crate::discord) paused: Option<Pause>,
}

impl Scene {
    /// The scene of a post, or nothing when there is no such post.
    pub(in crate::discord) async fn of(flows: &Flows, id: PostId) -> Result<Option<Self>, Failure> {
        let store = &flows.store;
        match store.post(id).await? {
            Some(post) => Self::around(flows, post).await.map(Some),
            None => Ok(None),
        }
    }

    /// The scene of that very post.
    pub(in crate::discord) async fn around(flows: &Flows, post: Post) -> Result<Self, Failure> {
        let store = &flows.store;
        let publication = store.publication_of(post.id).await?;
        let account = store.account(post.account).await?.context("a post's account is not in the store")?;
        let video = store.video(post.video).await?.context("a post's video is not in the store")?;
        let workspace = store.workspace(post.workspace).await?.context("a post's workspace is not in the store")?;
        let stopped = stopped_by(flows, post.account, publication.as_ref()).await?;
        let paused = store.pause_over(post.workspace, post.account).await?;
        Ok(Self { post, publication, account, video, workspace, stopped, paused })
    }

    /// What its card shows.
    pub(in crate::discord) fn view<'a>(&'a self, preview: Preview<'a>, now: DateTime<Utc>) -> CardView<'a> {
        CardView {
            post: &self.post,
            publication: self.publication.as_ref(),
            account: &self.account,
            video: &self.video,
            workspace: &self.workspace,
            superseded: false,
            preview,
            first: false,
            stopped: self.stopped.as_ref(),
            paused: self.paused.as_ref(),
            now,
        }
    }
}
