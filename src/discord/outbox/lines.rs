//! Lines for people: what happened to a post, in its thread; what happened to an account, in the review channel.

use chrono::TimeDelta;

use super::plan::may_wait;
use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Setback, channel};
use crate::discord::face::Face;
use crate::discord::words;
use crate::domain::account::{Account, Health};
use crate::domain::ids::{AccountId, ChannelId, MemberId, MessageId, PostId, WorkspaceId};
use crate::domain::notice::{Happening, Owed};
use crate::domain::post::{Post, PostStage};
use crate::flows::deliver;

/// Discord's code for a channel or thread that is gone.
pub(super) const NO_CHANNEL: isize = 10003;

/// Discord's codes for a thread that cannot be written to: gone, archived, locked away from us.
const SHUT: [isize; 4] = [NO_CHANNEL, 50001, 50013, 50083];

/// How far ahead posts of a lost account are counted.
const A_DAY: TimeDelta = TimeDelta::hours(24);

/// What a line needs in a thread.
pub(super) const NEEDS: &str = "View Channel, Send Messages in Threads, Embed Links and Read Message History";
/// What a line needs in a channel.
pub(super) const NEEDS_IN_CHANNEL: &str = "View Channel, Send Messages, Embed Links and Read Message History";

impl Outbox {
    /// Tells in a post's thread what happened to it, after its card and whatever happened before.
    pub(super) async fn happened(
        &self,
        owed: &mut Owed,
        id: PostId,
        happening: &Happening,
    ) -> Result<Option<MessageId>, Setback> {
        if let Some(until) = self.waits_until(id) {
            return Err(Setback::Early { until: Some(until) });
        }
        let store = &self.flows.store;
        let Some(post) = store.post(id).await? else { return Ok(None) };
        let thread = store.thread(id).await?;
        let owed_for = self.flows.clock.now() - owed.created_at;
        if thread.is_none() && may_wait(owed_for) && store.cards(id).await?.is_empty() {
            return Err(Setback::Early { until: None });
        }
        if let Happening::AsksWhy { by } = happening
            && post.must_be_declined_without_reason(*by, post.revision()).is_err()
        {
            // They have said why or taken it back, or the review began anew.
            return Ok(None);
        }
        let publication = store.publication_of(id).await?;
        let face = match happening {
            Happening::Approved { by, missing: 0, as_manager }
                if post.stage() == PostStage::Approved
                    && store.pause_over(post.workspace, post.account).await?.is_some() =>
            {
                words::approved_during_a_pause(*by, *as_manager)
            }
            _ => words::happened(happening, &post, publication.as_ref()),
        };
        // What is said last may follow what has happened since the first try, such as the link of a video.
        let mark = words::opening(happening).map_or_else(|| Mark::words(&face), Mark::Opening);
        self.in_thread(owed, &post, &face, mark).await.map(Some)
    }

    /// Reminds the reviewers of a post, unless it is out of review by now.
    pub(super) async fn reminder(&self, owed: &mut Owed, id: PostId) -> Result<Option<MessageId>, Setback> {
        let store = &self.flows.store;
        let Some(post) = store.post(id).await?.filter(|post| post.stage() == PostStage::InReview) else {
            return Ok(None);
        };
        if post.lapses_at().is_none_or(|at| at <= self.flows.clock.now()) {
            return Ok(None);
        }
        let Some(workspace) = store.workspace(post.workspace).await? else { return Ok(None) };
        let face = words::reminder(&post, &workspace);
        let mark = Mark::words(&face);
        self.in_thread(owed, &post, &face, mark).await.map(Some)
    }

    /// Says something in a post's thread, or in the review channel where there is none (any more).
    async fn in_thread(&self, owed: &mut Owed, post: &Post, face: &Face, mark: Mark) -> Result<MessageId, Setback> {
        let store = &self.flows.store;
        if let Some(thread) = store.thread(post.id).await? {
            let letter = Letter { to: channel(thread), face, file: None, mark, needs: NEEDS };
            match self.once(owed, &letter).await {
                // The review channel then hears what the thread cannot.
                Err(setback) if setback.code().is_some_and(|code| SHUT.contains(&code)) => {
                    if setback.code() == Some(NO_CHANNEL) {
                        deliver::thread_gone(&self.flows, post, thread).await?;
                    }
                }
                told => return told.map(|message| MessageId(message.id.get())),
            }
        }
        let workspace = store.workspace(post.workspace).await?;
        let place = workspace.and_then(|workspace| workspace.review_channel).ok_or(Setback::Nowhere)?;
        self.line(owed, place, face, NEEDS_IN_CHANNEL).await
    }

    /// Tells the team that an account was connected.
    pub(super) async fn connected(
        &self,
        owed: &mut Owed,
        id: AccountId,
        by: MemberId,
    ) -> Result<Option<MessageId>, Setback> {
        let Some(account) = self.flows.store.account(id).await? else { return Ok(None) };
        self.tell_team(owed, &words::connected(&account, by)).await
    }

    /// Tells the team that an account was disconnected.
    pub(super) async fn disconnected(
        &self,
        owed: &mut Owed,
        username: &str,
        by: MemberId,
    ) -> Result<Option<MessageId>, Setback> {
        self.tell_team(owed, &words::disconnected(username, by)).await
    }

    /// Tells the team that an account has to be connected again, unless it has been meanwhile.
    pub(super) async fn needs_reconnect(&self, owed: &mut Owed, id: AccountId) -> Result<Option<MessageId>, Setback> {
        match self.flows.store.account(id).await? {
            Some(account) if account.health == Health::NeedsReconnect => {
                let waiting = self.waiting_of(&account).await?;
                self.tell_team(owed, &words::needs_reconnect(&account, waiting)).await
            }
            Some(_) | None => Ok(None),
        }
    }

    /// Warns the team of posts that will not go out, unless the account is connected by now or the posts are gone.
    pub(super) async fn will_not_go_out(&self, owed: &mut Owed, id: AccountId) -> Result<Option<MessageId>, Setback> {
        let Some(account) = self.flows.store.account(id).await? else { return Ok(None) };
        match self.waiting_of(&account).await? {
            waiting if waiting > 0 && account.health != Health::Connected => {
                self.tell_team(owed, &words::will_not_go_out(&account, waiting)).await
            }
            _ => Ok(None),
        }
    }

    /// Warns the team that a consent ends, unless the account was connected anew or is gone.
    pub(super) async fn consent_ends(&self, owed: &mut Owed, id: AccountId) -> Result<Option<MessageId>, Setback> {
        let now = self.flows.clock.now();
        match self.flows.store.account(id).await? {
            Some(account) if account.consent_ends_soon(None, now) => {
                self.tell_team(owed, &words::consent_ends(&account)).await
            }
            Some(_) | None => Ok(None),
        }
    }

    /// How many posts of an account are due within a day.
    async fn waiting_of(&self, account: &Account) -> Result<i64, Setback> {
        Ok(self.flows.store.posts_waiting(account.id, self.flows.clock.now() + A_DAY).await?)
    }

    /// Tells the team a line, where it reads about its accounts.
    pub(super) async fn tell_team(&self, owed: &mut Owed, face: &Face) -> Result<Option<MessageId>, Setback> {
        match self.team_channel(owed.workspace).await? {
            Some(place) => self.line(owed, place, face, NEEDS_IN_CHANNEL).await.map(Some),
            // A team that has not chosen a channel yet sees its accounts with `/account list`.
            None => Ok(None),
        }
    }

    async fn team_channel(&self, workspace: WorkspaceId) -> Result<Option<ChannelId>, Setback> {
        let workspace = self.flows.store.workspace(workspace).await?;
        Ok(workspace.and_then(|workspace| workspace.review_channel.or(workspace.digest_channel)))
    }

    pub(super) async fn line(
        &self,
        owed: &mut Owed,
        place: ChannelId,
        face: &Face,
        needs: &'static str,
    ) -> Result<MessageId, Setback> {
        let letter = Letter { to: channel(place), face, file: None, mark: Mark::words(face), needs };
        match self.once(owed, &letter).await {
            Err(setback) => Err(self.unless_gone(owed, place, setback).await?),
            Ok(message) => Ok(MessageId(message.id.get())),
        }
    }
}
