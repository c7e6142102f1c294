//! How time moves the world: processing ends, posts appear, ids show after moderation, pulls run out of their hour.
//! Instants are those at which a thing was due, not those at which somebody looked.

use chrono::{DateTime, TimeDelta, Utc};

use super::media::verdict;
use super::publication::{Post, Publication, Stage, Transfer};
use super::state::World;
use super::webhooks::Event;
use crate::sandbox::mischief::{Mischief, Trouble};

/// The first id a post gets; ids have nineteen digits, as TikTok's have.
const FIRST_POST_ID: i64 = 7_390_000_000_000_000_000;

impl World {
    /// Lets everything happen that was due by now.
    pub(super) fn settle(&mut self, now: DateTime<Utc>) {
        for index in self.publications.moving() {
            self.settle_pull(index, now);
            self.settle_processing(index, now);
            self.settle_announcement(index, now);
            self.publications.rest(index);
        }
    }

    fn settle_pull(&mut self, index: usize, now: DateTime<Utc>) {
        let publication = &self.publications[index];
        if publication.stage == Stage::Downloading && publication.opened_at + TimeDelta::hours(1) <= now {
            self.fail(index, "video_pull_failed", publication.opened_at + TimeDelta::hours(1));
        }
    }

    fn settle_processing(&mut self, index: usize, now: DateTime<Utc>) {
        let publication = &self.publications[index];
        let Stage::Processing { ends_at: Some(ends_at) } = publication.stage else { return };
        if ends_at > now {
            return;
        }
        let limit = self.creator(&publication.open_id).map_or(u32::MAX, |creator| creator.max_duration_seconds);
        match publication.fate.clone().or_else(|| verdict(publication.facts.as_ref()?, limit)) {
            Some(reason) => self.fail(index, &reason, ends_at),
            None if publication.kind.is_draft() => {
                self.publications[index].stage = Stage::InInbox;
                self.tell(index, "post.publish.inbox_delivered", None, ends_at);
            }
            None => self.publish(index, ends_at),
        }
    }

    /// Makes the post. Posts of one account never share a millisecond, so that a cursor can stand between any two.
    pub(super) fn publish(&mut self, index: usize, at: DateTime<Utc>) {
        let serial = i64::try_from(self.next_serial()).unwrap_or(i64::MAX >> 8);
        let open_id = self.publications[index].open_id.clone();
        let mine = self.publications.of(&open_id);
        let last = mine.filter_map(|publication| publication.post.as_ref()).map(|post| post.posted_at).max();
        let posted_at = last.map_or(at, |last| at.max(last + TimeDelta::milliseconds(1)));
        let account_is_private = self.creator(&open_id).is_some_and(|creator| creator.private);
        let publication = &mut self.publications[index];
        let public = publication.terms.privacy == "PUBLIC_TO_EVERYONE" && !account_is_private;
        let shows_at = posted_at + TimeDelta::milliseconds(self.rules.moderation_millis.into());
        publication.post = Some(Post {
            id: FIRST_POST_ID + serial,
            posted_at,
            shows_at: public.then_some(shows_at),
            announced: false,
            taken_down: false,
        });
        publication.stage = Stage::Published;
        self.tell(index, "post.publish.complete", None, at);
    }

    fn settle_announcement(&mut self, index: usize, now: DateTime<Utc>) {
        let publication = &mut self.publications[index];
        if publication.public_post(now).is_none() {
            return;
        }
        let Some(post) = publication.post.as_mut().filter(|post| !post.announced) else { return };
        post.announced = true;
        let (id, at) = (post.id, post.shows_at.unwrap_or(now));
        self.tell(index, "post.publish.publicly_available", Some(id), at);
    }

    /// Ends a task without a post.
    pub(super) fn fail(&mut self, index: usize, reason: &str, at: DateTime<Utc>) {
        let publication = &mut self.publications[index];
        if let Transfer::Pull { stop, .. } = &publication.transfer {
            stop.cancel();
        }
        publication.stage = Stage::Failed { reason: reason.to_owned() };
        self.tell(index, "post.publish.failed", None, at);
    }

    /// Begins posting once every byte is here, unless a cap is reached meanwhile.
    pub(super) fn commit(&mut self, publish_id: &str, mischief: &Mischief, now: DateTime<Utc>) {
        let Some(index) = self.publications.place(publish_id) else { return };
        self.publications.wake(index);
        let (open_id, draft) = (self.publications[index].open_id.clone(), self.publications[index].kind.is_draft());
        let over = self.cap_reached(&open_id, draft, Some(publish_id), now);
        let processing = TimeDelta::milliseconds(self.rules.processing_millis.into());
        let publication = &mut self.publications[index];
        publication.commit(now, processing);
        if let Some(code) = over {
            publication.fate = Some(code.to_owned());
        }
        match mischief.strike("processing") {
            Some(Trouble::Stuck) => publication.stage = Stage::Processing { ends_at: None },
            Some(Trouble::Fail { reason }) => publication.fate = Some(reason),
            _ => {}
        }
        self.changed = true;
    }

    /// Queues what the app's webhook is to hear about a task.
    pub(super) fn tell(&mut self, index: usize, event: &str, post_id: Option<i64>, at: DateTime<Utc>) {
        self.changed = true;
        let publication = &self.publications[index];
        let mut content = serde_json::json!({
            "publish_id": publication.publish_id,
            "publish_type": publication.kind.publish_type(),
        });
        if let Some(post_id) = post_id {
            content["post_id"] = post_id.into();
        }
        if let Stage::Failed { reason } = &publication.stage {
            content["reason"] = reason.as_str().into();
        }
        let open_id = publication.open_id.clone();
        self.events.extend(self.webhook_url.is_some().then(|| Event::new(event, &open_id, &content, at)));
    }

    /// Ends everything an app may do for a creator, and what it had begun.
    pub(super) fn disconnect(&mut self, open_id: &str, reason: u8, now: DateTime<Utc>) {
        self.changed = true;
        self.access.retain(|_, grant| grant.open_id != open_id);
        self.refresh.retain(|_, grant| grant.open_id != open_id);
        self.codes.retain(|_, code| code.open_id != open_id);
        let unfinished = |publication: &Publication| publication.open_id == open_id && !publication.is_over();
        for index in 0..self.publications.len() {
            if unfinished(&self.publications[index]) {
                self.fail(index, "auth_removed", now);
            }
        }
        let content = serde_json::json!({ "reason": reason });
        let event = Event::new("authorization.removed", open_id, &content, now);
        self.events.extend(self.webhook_url.is_some().then_some(event));
    }
}
