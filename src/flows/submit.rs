//! A member hands in a video, a caption and a time; composes; submits for review.

use anyhow::Context as _;
use chrono::TimeDelta;
use url::Url;

use super::warn::{Findings, Weighed};
use super::when::Asked;
use super::{Failure, Flows, forget, slots, tokens, when};
use crate::domain::account::{Account, Delivery};
use crate::domain::budget::Guard;
use crate::domain::caption::Caption;
use crate::domain::conflict::{Mark, Matter};
use crate::domain::creator::{Choices, CreatorInfo, Privacy};
use crate::domain::ids::{AccountId, PostId, VideoId, WorkspaceId};
use crate::domain::notice::Notice;
use crate::domain::post::{Due, Edit, Post, PostStage, PostState};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::schedule::WhenRefusal;
use crate::domain::video::{Video, VideoFacts, judge};
use crate::media::fetch::link::LINK_WITHIN;
use crate::media::fetch::{self, FetchLimits};
use crate::media::{Staged, probe};
use crate::tiktok::budget::Class;

/// How long a composer may rely on what TikTok said of a creator.
const LATELY: TimeDelta = TimeDelta::seconds(60);

/// The most that is kept of a file's name.
const LONGEST_FILE_NAME: usize = 100;

/// What a member hands in.
#[derive(Debug, Clone)]
pub struct HandIn {
    /// Where the bytes are.
    pub video_url: Url,
    /// What the member calls the file; shown, never used as a path.
    pub file_name: String,
    /// When, as it was typed.
    pub when: String,
    /// The words.
    pub caption: String,
    /// The account's handle or id; the only one there is if absent.
    pub account: Option<String>,
    /// Who may see it, if it was chosen already.
    pub privacy: Option<Privacy>,
}

/// Brings a video home from Discord, checks it, and opens a draft.
///
/// # Errors
/// When anything about it does not work; nothing is stored then.
pub async fn hand_in(
    flows: &Flows,
    by: &Member,
    given: HandIn,
    progress: impl Fn(u64, Option<u64>) + Send + Sync,
) -> Result<Post, Failure> {
    let limits = FetchLimits::up_to(flows.rules.video.max_bytes);
    take_in(flows, by, given, async |link: &Url| {
        Ok(fetch::fetch(&flows.fetcher, &flows.origins, link, limits, &flows.staging, progress).await?)
    })
    .await
}

/// The same from a link that a member typed: of a video in Discord, or of a file anywhere on the public internet. The link
/// is not kept.
///
/// # Errors
/// When anything about it does not work; nothing is stored then.
pub async fn hand_in_link(
    flows: &Flows,
    by: &Member,
    given: HandIn,
    progress: impl Fn(u64, Option<u64>) + Send + Sync,
) -> Result<Post, Failure> {
    if flows.origins.allow(&given.video_url) {
        return hand_in(flows, by, given, progress).await;
    }
    let limits = (flows.rules.video.max_bytes, LINK_WITHIN);
    take_in(flows, by, given, async |link: &Url| {
        Ok(flows.links.fetch(by.workspace, link, limits, &flows.staging, progress).await?)
    })
    .await
}

/// Checks everything before the bytes come, has them fetched, and opens a draft.
async fn take_in(
    flows: &Flows,
    by: &Member,
    given: HandIn,
    fetched: impl AsyncFnOnce(&Url) -> Result<Staged, Failure>,
) -> Result<Post, Failure> {
    let workspace = flows
        .store
        .workspace(by.workspace)
        .await?
        .ok_or(Refusal::NotSetUp { reviewer_role: true, review_channel: true })?;
    workspace.ready_for_review()?;
    let caption = Caption::new(&given.caption).map_err(Refusal::from)?;
    let (asked, unclear) = what_was_asked(flows, by, &given.when).await?;
    let account = choose_account(flows, by.workspace, given.account.as_deref()).await?;
    if asked == Asked::NextSlot {
        // Nobody waits for a video to come only to hear that there is no slot for it.
        slots::next_free(flows, &account).await?;
    }

    let staged = fetched(&given.video_url).await?;
    let facts = probe::probe_path(&staged.path).await?;
    // TikTok is asked last: a file that is no good costs nobody a question.
    let creator = creator_info_lately(flows, account.id, account.delivery).await?;
    let limit = creator.max_duration_seconds;
    let warnings = judge(&facts, staged.size_bytes, &flows.rules.video, limit).map_err(Refusal::from)?;

    let video = keep(flows, by, &given.file_name, staged, facts).await?;
    let now = flows.clock.now();
    let id = PostId::new(now);
    let mut tx = flows.store.begin().await?;
    let (due, zone) = match asked {
        Asked::Due(due, zone) => (due, zone),
        Asked::NextSlot => slots::take(&mut tx, &flows.rules, (by.workspace, account.id), id, now).await?,
    };
    let post = Post {
        id,
        workspace: by.workspace,
        number: tx.next_post_number(by.workspace).await?,
        author: by.id,
        author_name: by.name.clone(),
        account: account.id,
        delivery: account.delivery,
        video: video.id,
        video_sha256: video.sha256,
        caption,
        choices: Choices { privacy: given.privacy, ..Choices::default() },
        due,
        zone,
        creator,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        in_spite_of: Vec::new(),
        state: PostState::Draft,
        verdicts: Vec::new(),
        created_at: now,
        version: 0,
    };
    tx.add_video(&video).await?;
    tx.add_post(&post).await?;
    tx.audit(by.workspace, &by.actor(), "post.drafted", Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    tracing::info!(post.id = %post.id, "Drafted post {}", post.number);
    match unclear {
        Some(refusal) => Err(Refusal::WhichTime { post: post.id, zone, refusal }.into()),
        None => Ok(post),
    }
}

/// What was typed for a time. When it leaves open which of several instants it means, the first of them stands in until
/// somebody chooses, so that the video need not be sent again.
async fn what_was_asked(flows: &Flows, by: &Member, text: &str) -> Result<(Asked, Option<WhenRefusal>), Failure> {
    let zone = when::zone_of(flows, by).await?;
    let now = flows.clock.now();
    match when::read_in(flows, text, zone) {
        Ok(asked) => Ok((asked, None)),
        Err(Refusal::When(refusal)) if refusal.asks_which() => {
            let works = refusal.offers().into_iter().find(|at| flows.rules.window.check(*at, now).is_ok());
            let Some(at) = works else { return Err(Refusal::When(refusal).into()) };
            Ok((Asked::Due(Due::At(at), zone), Some(refusal)))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Changes a draft in its composer. What changes is worked out from the draft as it is, so that of two quick presses
/// neither undoes the other.
///
/// # Errors
/// When it is not this member's draft any more.
pub async fn compose(
    flows: &Flows,
    by: &Member,
    post: PostId,
    change: impl FnOnce(&Post) -> Edit,
) -> Result<Post, Failure> {
    let mut tx = flows.store.begin().await?;
    let post = mine(tx.post(post).await?, by.workspace)?;
    let edit = change(&post);
    if let Some((Due::At(at), _)) = edit.due {
        flows.rules.window.check(at, flows.clock.now()).map_err(Refusal::from)?;
    }
    let post = post.compose(by, edit)?;
    tx.save_post(&post).await?;
    tx.commit().await?;
    Ok(post)
}

/// Gives a draft the next free slot of its account.
///
/// # Errors
/// When it is not this member's draft any more, or there is no such slot.
pub async fn compose_into_slot(flows: &Flows, by: &Member, id: PostId) -> Result<Post, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let draft = mine(tx.post(id).await?, by.workspace)?.compose(by, Edit::default())?;
    let due = slots::take(&mut tx, &flows.rules, (draft.workspace, draft.account), id, now).await?;
    let draft = draft.compose(by, Edit { due: Some(due), ..Edit::default() })?;
    tx.save_post(&draft).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Hands a draft to the reviewers, after asking TikTok once more what this creator allows. What speaks against it is asked
/// about first, unless exactly that was shown and accepted.
///
/// # Errors
/// When something TikTok requires is missing or has changed, or the time no longer works.
pub async fn submit(flows: &Flows, by: &Member, id: PostId, accepted: Option<Mark>) -> Result<Weighed<Post>, Failure> {
    // Before anybody is asked anything: whoever may not hand it in spends none of the account's calls either.
    let draft = mine(flows.store.post(id).await?, by.workspace)?.compose(by, Edit::default())?;
    // Whoever was asked something and answers it is not asked about the creator anew at once.
    let creator = match accepted {
        Some(_) => creator_info_lately(flows, draft.account, draft.delivery).await?,
        None => creator_info(flows, draft.account, draft.delivery).await?,
    };
    let video = flows.store.video(draft.video).await?.context("the draft's video is not in the store")?;
    let limit = creator.max_duration_seconds;
    judge(&video.facts, video.size_bytes, &flows.rules.video, limit).map_err(Refusal::from)?;

    let account = flows.store.account(draft.account).await?.context("a post's account is not in the store")?;
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    // Of two posts of an account that are handed in at once, the second sees the first.
    tx.hold_budget(&account.open_id).await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    workspace.ready_for_review()?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    slots::refuse_lost(&mut tx, &flows.rules, &post, now).await?;
    let post = Post { creator, ..post };
    let draft = post.clone();
    let post = match post.submit(by, flows.rules.submit(), now) {
        Ok(post) => post,
        Err(refusal) => {
            // The composer shows from now on what the creator allows.
            if draft.stage() == PostStage::Draft {
                tx.save_post(&draft).await?;
                tx.commit().await?;
            }
            return Err(refusal.into());
        }
    };
    let findings = Findings::of(&mut tx, &flows.rules, &post, true, now).await?;
    if let Some(question) = findings.question(&post, &Matter::ALL, accepted) {
        return Ok(Weighed::Asks(question));
    }
    let post = findings.carried_by(post, &Matter::ALL);
    tx.spend(&account.open_id, Guard::Submissions, &post.id.to_string(), now).await?;
    tx.save_post(&post).await?;
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.audit(post.workspace, &by.actor(), "post.submitted", Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "Submitted post {} for review", post.number);
    Ok(Weighed::Done(post))
}

/// Throws a draft away, its bytes included.
///
/// # Errors
/// When it is not this member's draft.
pub async fn discard(flows: &Flows, by: &Member, id: PostId) -> Result<(), Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    post.clone().compose(by, Edit::default())?;
    let video = tx.video(post.video).await?.context("the draft's video is not in the store")?;
    tx.drop_post_draft(id).await?;
    tx.drop_video(video.id).await?;
    tx.audit(post.workspace, &by.actor(), "post.discarded", None, summary(&post), now).await?;
    tx.commit().await?;
    // What cannot be deleted now is left over and deleted later.
    if let Err(failure) = forget::delete(flows, &video.key).await {
        tracing::warn!(post.id = %id, "The bytes of a discarded draft are deleted later: {failure:?}");
    }
    Ok(())
}

/// What the creator of an account allows, as of the last minute: a composer is asked about again when it is submitted.
async fn creator_info_lately(flows: &Flows, account: AccountId, delivery: Delivery) -> Result<CreatorInfo, Failure> {
    let now = flows.clock.now();
    let known = {
        let known = flows.creators.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.get(&account).filter(|(at, _)| (TimeDelta::zero()..LATELY).contains(&(now - *at))).cloned()
    };
    match known {
        Some((_, creator)) if delivery == Delivery::Direct => Ok(creator),
        Some(_) | None => creator_info(flows, account, delivery).await,
    }
}

/// What the creator of an account allows right now. Of one who takes drafts TikTok is asked nothing: it would not say
/// without the scope for publishing, and whoever finishes the draft is told in the app.
///
/// # Errors
/// When TikTok does not say.
pub async fn creator_info(flows: &Flows, account: AccountId, delivery: Delivery) -> Result<CreatorInfo, Failure> {
    let access = tokens::access(flows, account).await?;
    if delivery == Delivery::Draft {
        return Ok(CreatorInfo::unknown(&access.account.nickname, &access.account.username));
    }
    let patience = std::time::Duration::from_secs(5);
    flows.budget.take_within(&access.account.open_id, Class::Composing, patience).await?;
    let creator = match flows.tiktok.creator_info(&access.token).await {
        Err(refused) if refused.next == crate::tiktok::trouble::Next::Renew => {
            let access = tokens::access_after_refusal(flows, &access).await?;
            flows.tiktok.creator_info(&access.token).await?
        }
        answered => answered?,
    };
    let mut known = flows.creators.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.insert(account, (flows.clock.now(), creator.clone()));
    Ok(creator)
}

pub(super) fn mine(post: Option<Post>, workspace: WorkspaceId) -> Result<Post, Refusal> {
    post.filter(|post| post.workspace == workspace).ok_or(Refusal::NoSuchPost)
}

pub(super) fn summary(post: &Post) -> serde_json::Value {
    let mut summary = serde_json::json!({
        "number": post.number,
        "revision": post.revision().to_string(),
        "state": post.stage().word(),
        "due": post.due,
    });
    if post.stage() == PostStage::InReview && !post.in_spite_of.is_empty() {
        summary["in_spite_of"] = post.in_spite_of.iter().map(|one| one.said.as_str()).collect();
    }
    summary
}

/// The account of that handle or id; the only one there is if none is named.
///
/// # Errors
/// When there is none, or several and none is named.
pub async fn named_account(flows: &Flows, workspace: WorkspaceId, named: Option<&str>) -> Result<Account, Failure> {
    Ok(named_of(flows.store.accounts(workspace).await?, named)?)
}

async fn choose_account(flows: &Flows, workspace: WorkspaceId, named: Option<&str>) -> Result<Account, Failure> {
    Ok(pick_account(flows.store.accounts(workspace).await?, named)?)
}

/// The same of those a team has, if it can publish.
pub(super) fn pick_account(accounts: Vec<Account>, named: Option<&str>) -> Result<Account, Refusal> {
    let account = named_of(accounts, named)?;
    if account.can_publish() { Ok(account) } else { Err(Refusal::AccountNotReady { username: account.username }) }
}

fn named_of(mut accounts: Vec<Account>, named: Option<&str>) -> Result<Account, Refusal> {
    Ok(match named.map(|name| name.trim().trim_start_matches('@')) {
        Some(name) => accounts
            .into_iter()
            .find(|account| account.username.eq_ignore_ascii_case(name) || account.id.to_string() == name)
            .ok_or(Refusal::NoSuchAccount)?,
        None if accounts.len() > 1 => {
            let names = accounts.iter().map(|account| format!("`@{}`", account.username)).collect();
            return Err(Refusal::WhichAccount { names });
        }
        None => accounts.pop().ok_or(Refusal::NoAccount)?,
    })
}

pub(super) async fn keep(
    flows: &Flows,
    by: &Member,
    file_name: &str,
    staged: Staged,
    facts: VideoFacts,
) -> Result<Video, Failure> {
    let now = flows.clock.now();
    let id = VideoId::new(now);
    let key = crate::media::key(by.workspace, id);
    flows.media.keep(&staged, &key).await.context("the video could not be stored")?;
    Ok(Video {
        id,
        workspace: by.workspace,
        sha256: staged.sha256,
        size_bytes: staged.size_bytes,
        facts,
        file_name: file_name.chars().filter(|letter| !letter.is_control()).take(LONGEST_FILE_NAME).collect(),
        key,
        created_by: by.id,
        created_at: now,
    })
}
