//! What whoever holds the local TikTok can arrange and ask without a request.

use tokio::sync::watch;
use url::Url;

use super::consent::Ask;
use super::creator::Creator;
use super::ledger::{Entry, Posted};
use super::publication::{Stage, Transfer};
use super::state::{Rules, Shared};
use super::{SCOPES, TikTok};
use crate::sandbox::mischief::{Fault, Mischief};

impl Shared {
    /// Adds an account, or replaces the one of the same name.
    pub(super) fn add_creator(&self, creator: Creator) {
        let open_id = creator.open_id(&self.client_key);
        self.change(|world, _| world.creators.insert(open_id, creator));
    }

    fn open_id(&self, username: &str) -> String {
        Creator::named(username, "").open_id(&self.client_key)
    }
}

impl TikTok {
    /// The address of everything but uploads, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The app's key.
    #[must_use]
    pub fn client_key(&self) -> &str {
        &self.shared.client_key
    }

    /// The switches as they are.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.shared.with(|world, _| world.rules.clone())
    }

    /// Changes switches while it runs.
    pub fn change_rules(&self, change: impl FnOnce(&mut Rules)) {
        self.shared.change(|world, _| change(&mut world.rules));
    }

    /// Adds an account, or replaces the one of the same name.
    pub fn add_creator(&self, creator: Creator) {
        self.shared.add_creator(creator);
    }

    /// Changes an account; says whether there is one of that name.
    pub fn change_creator(&self, username: &str, change: impl FnOnce(&mut Creator)) -> bool {
        let open_id = self.open_id(username);
        self.shared.change(|world, _| world.creators.get_mut(&open_id).map(change).is_some())
    }

    /// Every account.
    #[must_use]
    pub fn creators(&self) -> Vec<Creator> {
        self.shared.with(|world, _| world.creators.values().cloned().collect())
    }

    /// The picture of an account, as SVG.
    #[must_use]
    pub fn avatar(&self, username: &str) -> Option<String> {
        self.shared.avatar(username)
    }

    /// The id an account has for the app.
    #[must_use]
    pub fn open_id(&self, username: &str) -> String {
        self.shared.open_id(username)
    }

    /// Does what a person does on the consent page who lets the app in for these scopes; gives the address the browser
    /// goes to, or why the page shows an error instead.
    pub fn consent(&self, authorize_url: &str, creator: &str, scopes: &[&str]) -> Result<Url, String> {
        self.ask(authorize_url)?.allow(&self.shared, creator, scopes)
    }

    /// Lets the app in for everything it asks for.
    pub fn consent_to_all(&self, authorize_url: &str, creator: &str) -> Result<Url, String> {
        self.consent(authorize_url, creator, &SCOPES)
    }

    /// Cancels on the consent page.
    pub fn decline(&self, authorize_url: &str) -> Result<Url, String> {
        self.ask(authorize_url)?.cancel()
    }

    fn ask(&self, authorize_url: &str) -> Result<Ask, String> {
        let address = Url::parse(authorize_url).map_err(|error| error.to_string())?;
        if address.path() != "/v2/auth/authorize/" {
            return Err(format!("TikTok has no path {}", address.path()));
        }
        Ask::read(&self.shared, address.query().unwrap_or_default())
    }

    /// The person takes the app's rights away in TikTok's settings.
    pub fn disconnect(&self, username: &str) {
        let open_id = self.open_id(username);
        self.shared.change(|world, now| world.disconnect(&open_id, 1, now));
    }

    /// The person finishes a draft from the inbox; says whether it was there.
    pub fn finish_draft(&self, publish_id: &str) -> bool {
        self.shared.change(|world, now| {
            let waits = |(_, one): &(usize, &super::publication::Publication)| {
                one.publish_id == publish_id && one.stage == Stage::InInbox
            };
            let found = world.publications.iter().enumerate().find(waits).map(|(index, _)| index);
            if let Some(index) = found {
                // In the app, the author chooses the audience; everybody is what the app offers first.
                world.publications[index].terms.privacy = "PUBLIC_TO_EVERYONE".to_owned();
                world.publish(index, now);
            }
            found.is_some()
        })
    }

    /// The person deletes a post in the app.
    pub fn take_down(&self, publish_id: &str) {
        self.shared.change(|world, now| {
            let Some(index) = world.publications.place(publish_id) else { return };
            let Some(post) = world.publications[index].post.as_mut().filter(|post| !post.taken_down) else { return };
            post.taken_down = true;
            let (id, announced) = (post.id, post.announced);
            if announced {
                world.tell(index, "post.publish.no_longer_publicaly_available", Some(id), now);
            }
        });
    }

    /// Lets a task's upload address expire now.
    pub fn expire_upload(&self, publish_id: &str) {
        self.shared.change(|world, now| {
            if let Some(Transfer::File { expires_at, .. }) =
                world.publication(publish_id).map(|publication| &mut publication.transfer)
            {
                *expires_at = now;
            }
        });
    }

    /// Fails a task that is not over, now.
    pub fn fail(&self, publish_id: &str, reason: &str) {
        self.shared.change(|world, now| {
            let found = world.publications.place(publish_id).filter(|place| !world.publications[*place].is_over());
            if let Some(index) = found {
                world.fail(index, reason, now);
            }
        });
    }

    /// Lets a task that is being processed, stuck or not, come to its end now.
    pub fn finish_processing(&self, publish_id: &str) {
        self.shared.change(|world, now| {
            if let Some(publication) = world.publication(publish_id)
                && let Stage::Processing { ends_at } = &mut publication.stage
            {
                *ends_at = Some(now);
            }
        });
    }

    /// The troubles on demand.
    #[must_use]
    pub fn mischief(&self) -> &Mischief {
        &self.shared.mischief
    }

    /// Arms a fault. Endpoints: `authorize`, `token`, `revoke`, `creator_info`, `video_init`, `inbox_init`,
    /// `content_init`, `upload`, `status`, `cancel`, `user_info`, `video_list`, `video_query`; behind the calls
    /// `processing`, and on the way back `webhook`.
    pub fn arm(&self, fault: Fault) {
        self.shared.mischief.arm(fault);
    }

    /// Where webhooks go from now on.
    pub fn send_webhooks_to(&self, address: Option<&str>) {
        self.shared.change(|world, _| world.webhook_url = address.map(str::to_owned));
    }

    /// Everything that was given out and would let somebody act for a creator: tokens of both kinds, and what makes upload
    /// addresses secret.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        self.shared
            .with(|world, _| world.access.keys().chain(world.refresh.keys()).cloned().chain(world.uploads()).collect())
    }

    /// Every task that has all its bytes: what is, or will be unless it fails, a post.
    #[must_use]
    pub fn ledger(&self) -> Vec<Posted> {
        self.shared.with(|world, _| world.ledger())
    }

    /// Every task, also those whose bytes never came.
    #[must_use]
    pub fn tasks(&self) -> Vec<Posted> {
        self.shared.with(|world, _| world.tasks())
    }

    /// The tasks that have all their bytes and never finish processing.
    #[must_use]
    pub fn stuck(&self) -> Vec<String> {
        self.shared.with(|world, _| {
            let moving = world.publications.moving().into_iter().filter_map(|place| world.publications.get(place));
            let stuck = moving.filter(|one| one.stage == Stage::Processing { ends_at: None });
            stuck.map(|one| one.publish_id.clone()).collect()
        })
    }

    /// The posts an account has, in the order of opening.
    #[must_use]
    pub fn published(&self, username: &str) -> Vec<Posted> {
        let mine = |posted: &Posted| posted.creator == username && posted.state == Stage::Published;
        self.ledger().into_iter().filter(mine).collect()
    }

    /// The bytes of a video, where they were few enough to keep.
    #[must_use]
    pub fn video(&self, publish_id: &str) -> Option<Vec<u8>> {
        self.shared.with(|world, _| world.video(publish_id)).map(|(_, bytes)| bytes)
    }

    /// Every request so far, in order of arrival.
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        self.shared.with(|world, _| world.journal.clone())
    }

    /// The requests a client that follows the documentation never makes.
    #[must_use]
    pub fn refusals(&self) -> Vec<Entry> {
        self.journal().into_iter().filter(|entry| entry.violation.is_some()).collect()
    }

    /// Lets everything happen that the clock has brought.
    pub fn tick(&self) {
        self.shared.with(|_, _| ());
    }

    /// A number that grows with each change.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.shared.version.subscribe()
    }

    /// Waits for the next change.
    pub async fn changed(&self) {
        // The sender lives as long as this handle.
        drop(self.subscribe().changed().await);
    }

    /// Waits until something is true, looking again at each change.
    pub async fn until(&self, met: impl Fn(&Self) -> bool) {
        let mut version = self.subscribe();
        while !met(self) {
            if version.changed().await.is_err() {
                return;
            }
        }
    }
}
