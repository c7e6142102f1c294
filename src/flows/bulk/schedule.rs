//! Hands every row of a prepared file to the reviewers: all of them in one transaction, or none.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::Creators;
use crate::domain::account::Account;
use crate::domain::budget::Guard;
use crate::domain::conflict::{Doubt, Mark, Matter};
use crate::domain::creator::CreatorInfo;
use crate::domain::ids::{AccountId, BatchId};
use crate::domain::notice::Notice;
use crate::domain::post::{Post, PostStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::judge;
use crate::flows::submit::summary;
use crate::flows::warn::{Findings, Ledger, Peer, Question, Weighed};
use crate::flows::{Failure, Flows, or_refused, slots};
use crate::say;
use crate::store::{Batch, Tx};

/// Rows that went to review together.
#[derive(Debug)]
pub struct Scheduled {
    /// From which file.
    pub batch: Batch,
    /// What they became.
    pub posts: Vec<Post>,
}

/// Schedules a prepared file. What speaks against any of its rows is asked about first, unless exactly that was shown and
/// accepted.
///
/// # Errors
/// When it is somebody else's, was scheduled or forgotten, or a row cannot be scheduled any more: then none was.
pub async fn schedule(
    flows: &Flows,
    by: &Member,
    id: BatchId,
    accepted: Option<Mark>,
) -> Result<Weighed<Scheduled>, Failure> {
    let now = flows.clock.now();
    let batch = usable(flows.store.prepared(id).await?, by, now)?;
    let drafts = flows.store.batch_posts(id).await?;
    let (accounts, creators) = Box::pin(ask(flows, &drafts)).await?;

    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    // Always in the same order, so that two files for the same accounts never wait for each other.
    for open_id in accounts.values().map(|account| account.open_id.as_str()).collect::<BTreeSet<_>>() {
        tx.hold_budget(open_id).await?;
    }
    tx.workspace(by.workspace).await?.ok_or(Refusal::BatchGone)?.ready_for_review()?;
    let batch = usable(tx.prepared(id).await?.filter(|held| held.rows == batch.rows), by, now)?;
    let drafts = tx.batch_posts(id).await?;
    let posts = submitted(flows, &mut tx, by, (&batch, drafts), &creators, now).await?;
    let findings = weigh(flows, &mut tx, &posts, &accounts, now).await?;
    if let Some(question) = question(&posts, &findings, accepted) {
        return Ok(Weighed::Asks(question));
    }
    let mut scheduled = Vec::with_capacity(posts.len());
    for ((_, post), found) in posts.into_iter().zip(findings) {
        let post = found.carried_by(post, &Matter::ALL);
        let account = accounts.get(&post.account).context("a post's account is not in the store")?;
        tx.spend(&account.open_id, Guard::Submissions, &post.id.to_string(), now).await?;
        tx.save_post(&post).await?;
        tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
        scheduled.push(post);
    }
    tx.use_batch(id, now).await?;
    tx.tell(by.workspace, &Notice::Batch { batch: id }, now).await?;
    // The audit trail comes after every row that others change: whoever appends to it keeps others from doing so.
    for post in &scheduled {
        tx.audit(post.workspace, &by.actor(), "post.submitted", Some(post.id), summary(post), now).await?;
    }
    let numbers: Vec<i64> = scheduled.iter().map(|post| post.number).collect();
    tx.audit(by.workspace, &by.actor(), "batch.scheduled", None, serde_json::json!({ "posts": numbers }), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(batch.id = %id, "Submitted {} rows of a file for review", scheduled.len());
    Ok(Weighed::Done(Scheduled { batch, posts: scheduled }))
}

/// The batch, if this member may schedule it now.
pub(super) fn usable(batch: Option<Batch>, by: &Member, now: DateTime<Utc>) -> Result<Batch, Refusal> {
    let batch = batch.filter(|batch| batch.workspace == by.workspace).ok_or(Refusal::BatchGone)?;
    if batch.member != by.id {
        return Err(Refusal::NotYours);
    }
    if batch.used_at.is_some() {
        return Err(Refusal::BatchUsed);
    }
    if batch.expires_at <= now { Err(Refusal::BatchGone) } else { Ok(batch) }
}

type Asked = (HashMap<AccountId, Account>, HashMap<AccountId, CreatorInfo>);

/// The accounts of the rows as they are now, and what their creators allow now.
async fn ask(flows: &Flows, drafts: &[(u32, Post)]) -> Result<Asked, Failure> {
    let (mut accounts, mut allowed, mut creators) = (HashMap::new(), HashMap::new(), Creators::default());
    for (_, post) in drafts {
        if accounts.contains_key(&post.account) {
            continue;
        }
        let account = flows.store.account(post.account).await?.context("a post's account is not in the store")?;
        let creator = creators.of(flows, account.id, post.delivery).await?.clone()?;
        allowed.insert(account.id, creator);
        accounts.insert(account.id, account);
    }
    Ok((accounts, allowed))
}

/// The rows in review, if each of them can be.
async fn submitted(
    flows: &Flows,
    tx: &mut Tx,
    by: &Member,
    (batch, drafts): (&Batch, Vec<(u32, Post)>),
    creators: &HashMap<AccountId, CreatorInfo>,
    now: DateTime<Utc>,
) -> Result<Vec<(u32, Post)>, Failure> {
    let (mut posts, mut spoilt) = (Vec::new(), Vec::new());
    let there = drafts.len();
    for (row, draft) in drafts {
        let video = tx.video(draft.video).await?.context("a draft's video is not in the store")?;
        let Some(creator) = creators.get(&draft.account) else { return Err(Refusal::SomebodyWasFaster.into()) };
        let longest = creator.max_duration_seconds;
        let judged = judge(&video.facts, video.size_bytes, &flows.rules.video, longest).map_err(Refusal::from);
        let is_draft = draft.stage() == PostStage::Draft;
        let slot = or_refused(slots::refuse_lost(tx, &flows.rules, &draft, now).await)?;
        let post = Post { creator: creator.clone(), ..draft }.submit(by, flows.rules.submit(), now);
        match judged.and(slot).and(post) {
            Ok(post) => posts.push((row, post)),
            Err(refusal) if is_draft => spoilt.push((row, refusal.to_string())),
            Err(_) => spoilt.push((row, say!("bulk-submitted-by-itself"))),
        }
    }
    let gone = batch.rows.saturating_sub(u32::try_from(there).unwrap_or(u32::MAX));
    if spoilt.is_empty() && gone == 0 { Ok(posts) } else { Err(Refusal::BatchSpoilt { said: spoilt, gone }.into()) }
}

/// What is said about each row beside the others.
async fn weigh(
    flows: &Flows,
    tx: &mut Tx,
    posts: &[(u32, Post)],
    accounts: &HashMap<AccountId, Account>,
    now: DateTime<Utc>,
) -> Result<Vec<Findings>, Failure> {
    let peers: Vec<Peer<'_>> = posts.iter().map(|(row, post)| Peer { row: *row, post }).collect();
    let mut ledgers: HashMap<AccountId, Ledger> = HashMap::new();
    let mut all = Vec::with_capacity(posts.len());
    for (_, post) in posts {
        if let Entry::Vacant(new) = ledgers.entry(post.account) {
            let account = accounts.get(&post.account).context("a post's account is not in the store")?;
            new.insert(Ledger::of(tx, account.clone(), post, now).await?);
        }
        let ledger = ledgers.get(&post.account).context("it was read just now")?;
        all.push(Findings::beside(tx, &flows.rules, ledger, post, (&peers, true)).await?);
    }
    Ok(all)
}

/// What is to be answered before the rows go to review, unless exactly that was.
fn question(posts: &[(u32, Post)], findings: &[Findings], accepted: Option<Mark>) -> Option<Question> {
    let asked: Vec<(u32, &Post, &Findings, Vec<Doubt>)> =
        posts.iter().zip(findings).map(|((row, post), found)| (*row, post, found, found.asked(&Matter::ALL))).collect();
    let doubts = asked.iter().flat_map(|(row, _, _, doubts)| doubts.iter().map(|doubt| (*row, doubt)));
    let mark = Mark::of(doubts).filter(|mark| Some(*mark) != accepted)?;
    let said = asked.iter().flat_map(|(row, post, found, doubts)| {
        found.said(doubts, post).into_iter().map(move |said| say!("bulk-row-doubt", row = *row, said = said))
    });
    Some(Question { said: said.collect(), mark, edit: None })
}
