//! Asks TikTok what became of an upload. Reading is always safe to repeat; nothing here opens a new upload.
//! <https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status>

use chrono::TimeDelta;

use super::setbacks::no_access;
use super::{Step, Work};
use crate::domain::account::Delivery;
use crate::domain::creator::Privacy;
use crate::domain::publication::{Next, PublicationState, Receipt, Setback, Upload, Whose};
use crate::domain::tempo;
use crate::drill;
use crate::flows::tokens::{self, Access};
use crate::flows::{Failure, tokens::NoAccess};
use crate::say;
use crate::tiktok::budget::Class;
use crate::tiktok::publish::{Progress, Status};
use crate::tiktok::trouble::{FailReason, Kind, Next as TikTokNext, Trouble};

/// How long after its end an address is taken for dead even by a slow clock.
const DEAD_AFTER: TimeDelta = tempo::minutes(70);

/// How long an upload that was committed to rests when TikTok cannot be asked.
pub(super) const REST: TimeDelta = tempo::seconds(30);

/// How long TikTok is asked about a last chunk whose answer was lost.
const ASK_FOR: TimeDelta = tempo::hours(24);

/// What asking brought.
enum Asked {
    Said(Status, String),
    NotNow,
    Unknown,
}

impl Work<'_> {
    /// Asks about an upload whose last chunk may or may not have arrived, and sends it again only if it did not.
    pub(super) async fn ask_before_sending_again(&mut self) -> Result<Step, Failure> {
        let Some(attempt) = self.publication.attempt() else { return Ok(Step::LetGo) };
        let Some(upload) = attempt.stage.upload().cloned() else { return Ok(Step::LetGo) };
        let waited = self.true_now() - attempt.started_at;
        let (status, username) = match self.ask_status(&upload).await? {
            Asked::Said(status, username) => (status, username),
            Asked::NotNow if waited < ASK_FOR => return self.ask_later(REST).await,
            Asked::NotNow | Asked::Unknown => return self.meet(nobody_knows()).await,
        };
        let arrived = status.uploaded_bytes.map(|bytes| bytes >= upload.size_bytes);
        match (&status.progress, arrived) {
            (Progress::Uploading | Progress::Other(_), Some(true)) | (Progress::Downloading, _) => {
                self.publication = self.publication.clone().deliver(self.now())?;
                self.let_go().await
            }
            (Progress::Uploading | Progress::Other(_), Some(false) | None) => {
                self.send_again(&upload, status.uploaded_bytes).await
            }
            (Progress::InInbox | Progress::Published | Progress::Failed(_), _) => {
                self.take_word(status, &upload, &username).await
            }
        }
    }

    /// Sends what is missing for as long as it can be sent; afterwards more questions bring no other answer.
    async fn send_again(&mut self, upload: &Upload, has: Option<u64>) -> Result<Step, Failure> {
        if self.address_lives(upload) {
            return self.send_missing(upload, has).await;
        }
        if self.true_now() - upload.issued_at > DEAD_AFTER {
            return self.meet(nobody_knows()).await;
        }
        self.ask_later(tempo::minutes(1)).await
    }

    /// Asks what TikTok makes of a video it has.
    pub(super) async fn ask(&mut self) -> Result<Step, Failure> {
        let upload = self.publication.attempt().and_then(|attempt| attempt.stage.upload()).cloned();
        let Some(upload) = upload else { return self.let_go().await };
        match self.ask_status(&upload).await? {
            Asked::Said(Status { progress: Progress::Uploading, uploaded_bytes: Some(bytes), .. }, _)
                if bytes + 1 < upload.size_bytes =>
            {
                self.send_again(&upload, Some(bytes)).await
            }
            Asked::Said(status, username) => self.take_word(status, &upload, &username).await,
            Asked::NotNow => self.ask_later(REST).await,
            Asked::Unknown => self.meet(nobody_knows()).await,
        }
    }

    async fn take_word(&mut self, status: Status, upload: &Upload, username: &str) -> Result<Step, Failure> {
        let now = self.now();
        let receipt = self.receipt(&upload.publish_id, status.post_id.as_deref(), username);
        self.publication = match status.progress {
            Progress::Published => self.publication.clone().confirm(receipt, self.expects_link(), now)?,
            Progress::InInbox => self.publication.clone().arrive_in_inbox(receipt, now)?,
            Progress::Failed(reason) => {
                let setback = failed(&reason);
                tracing::warn!(publication.id = %self.publication.id, code = setback.code, "TikTok failed: {}", setback.said);
                self.note_stop(&setback);
                self.publication.clone().fail(setback, now)?
            }
            Progress::Uploading | Progress::Downloading | Progress::Other(_) => {
                self.publication.clone().ask_again(now)?
            }
        };
        self.let_go().await
    }

    /// Asks for the link of a video that is out.
    pub(super) async fn ask_for_link(&mut self) -> Result<Step, Failure> {
        let PublicationState::Published { receipt, .. } = &self.publication.state else { return Ok(Step::LetGo) };
        let receipt = receipt.clone();
        let found = match self.ask_by_id(&receipt.publish_id).await? {
            Asked::Said(status, username) => self.receipt(&receipt.publish_id, status.post_id.as_deref(), &username),
            Asked::NotNow | Asked::Unknown => receipt,
        };
        let has_link = found.url.is_some();
        self.publication = self.publication.clone().confirm(found, self.expects_link(), self.now())?;
        if has_link {
            let notice = crate::domain::notice::Notice::Card { post: self.post.id };
            self.keep(Some(notice)).await?;
        }
        self.let_go().await
    }

    /// Asks whether the creator has finished a draft. Whatever else TikTok says of it, it was in the inbox: what became of
    /// it there is the creator's to know.
    pub(super) async fn ask_for_end(&mut self) -> Result<Step, Failure> {
        let PublicationState::InInbox { receipt, .. } = &self.publication.state else { return Ok(Step::LetGo) };
        let publish_id = receipt.publish_id.clone();
        let now = self.now();
        self.publication = match self.ask_by_id(&publish_id).await? {
            Asked::Said(Status { progress: Progress::Published, post_id, .. }, username) => {
                let receipt = self.receipt(&publish_id, post_id.as_deref(), &username);
                self.publication.clone().confirm(receipt, self.expects_link(), now)?
            }
            Asked::Said(..) | Asked::NotNow | Asked::Unknown => self.publication.clone().stay_in_inbox(now)?,
        };
        self.let_go().await
    }

    /// Who may see a draft is chosen in the app, where nobody tells us.
    fn expects_link(&self) -> bool {
        self.post.delivery == Delivery::Draft
            || self.post.choices.privacy.is_some_and(|privacy| privacy != Privacy::SelfOnly)
    }

    fn receipt(&self, publish_id: &str, post_id: Option<&str>, username: &str) -> Receipt {
        Receipt {
            publish_id: publish_id.to_owned(),
            post_id: post_id.map(str::to_owned),
            url: post_id.map(|id| self.flows.tiktok.video_page(username, id).to_string()),
        }
    }

    /// How many bytes TikTok says it has, if it says.
    pub(super) async fn uploaded_bytes(&self) -> Result<Option<u64>, Failure> {
        let upload = self.publication.attempt().and_then(|attempt| attempt.stage.upload());
        let Some(upload) = upload else { return Ok(None) };
        match self.ask_status(upload).await? {
            Asked::Said(status, _) => Ok(status.uploaded_bytes),
            Asked::NotNow | Asked::Unknown => Ok(None),
        }
    }

    async fn ask_status(&self, upload: &Upload) -> Result<Asked, Failure> {
        self.ask_by_id(&upload.publish_id).await
    }

    async fn ask_by_id(&self, publish_id: &str) -> Result<Asked, Failure> {
        let access = match tokens::access(self.flows, self.publication.account).await {
            Ok(access) => access,
            Err(none) => return Ok(not_now(none)),
        };
        if self.flows.budget.take(&access.account.open_id, Class::Status).await?.is_err() {
            return Ok(Asked::NotNow);
        }
        let username = access.account.username.clone();
        drill::point("status.before");
        let said = self.status_renewing(&access, publish_id).await?;
        drill::point("status.after");
        match said {
            Ok(status) => Ok(Asked::Said(status, username)),
            Err(trouble) if trouble.kind == Kind::InvalidPublishId => Ok(Asked::Unknown),
            Err(trouble) => {
                tracing::warn!(publication.id = %self.publication.id, "TikTok could not be asked: {trouble}");
                Ok(Asked::NotNow)
            }
        }
    }

    /// A token that died in the meantime is renewed and TikTok is asked again: asked, never sent anything anew.
    async fn status_renewing(&self, access: &Access, id: &str) -> Result<Result<Status, Trouble>, Failure> {
        match self.flows.tiktok.status(&access.token, id).await {
            Err(refused) if refused.next == TikTokNext::Renew => {
                match tokens::access_after_refusal(self.flows, access).await {
                    Ok(access) => Ok(self.flows.tiktok.status(&access.token, id).await),
                    Err(NoAccess::Broken(error)) => Err(Failure::Broken(error)),
                    Err(NoAccess::Trouble(_) | NoAccess::NotConnected(_)) => Ok(Err(refused)),
                }
            }
            answered => Ok(answered),
        }
    }
}

/// Whatever keeps TikTok from being asked, questions stay counted: only so do they come to an end.
fn not_now(none: NoAccess) -> Asked {
    match no_access(none) {
        Ok(setback) => tracing::warn!(code = setback.code, "TikTok cannot be asked: {}", setback.said),
        Err(failure) => tracing::error!("TikTok cannot be asked: {failure:?}"),
    }
    Asked::NotNow
}

fn failed(reason: &FailReason) -> Setback {
    Setback {
        code: reason.code.clone(),
        said: reason.sentence(),
        hint: reason.hint(),
        whose: reason.whose(),
        next: if matches!(reason.next(), TikTokNext::Later(_)) {
            Next::Later { at_least_seconds: 0 }
        } else {
            Next::Never
        },
    }
}

fn nobody_knows() -> Setback {
    Setback {
        code: "unclear".into(),
        said: say!("trouble-setback-nobody-knows"),
        hint: say!("trouble-setback-nobody-knows-hint"),
        whose: Whose::Author,
        next: Next::Unclear,
    }
}
