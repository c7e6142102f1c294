//! Checks each row and keeps the good ones: the cells first, then what the creator allows, and the videos last, so that no
//! bytes are fetched for a row that is no good. The drafts of all good rows are kept in one transaction at the end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::home::{Home, Place, fetched, let_go_of, place};
use super::{Checked, Creators, RowOutcome, SentFile, Wrong, forget_earlier};
use crate::domain::account::Account;
use crate::domain::bulk::{Sheet, Wish, read_row};
use crate::domain::caption::Caption;
use crate::domain::creator::CreatorInfo;
use crate::domain::ids::{AccountId, BatchId, PostId, VideoId};
use crate::domain::post::{Due, Post, PostState, choices_refusal};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::{Video, judge};
use crate::flows::submit::{pick_account, summary};
use crate::flows::warn::{Findings, Ledger, Peer};
use crate::flows::when::{self, Asked};
use crate::flows::{Failure, Flows, Rules, slots};
use crate::store::{Batch, Tx};

/// How long prepared rows wait for a press; drafts are forgotten after as long.
const WAITS_FOR: TimeDelta = TimeDelta::hours(24);

/// A row whose cells are good.
#[derive(Debug, Clone)]
struct Plan {
    row: usize,
    wish: Wish,
    caption: Caption,
    due: Asked,
    account: Account,
    creator: CreatorInfo,
    place: Place,
}

/// Checks every row and keeps the good ones for a press. `sent` are the files rows may name, the newest first; `progress`
/// hears how many rows are checked.
///
/// # Errors
/// When nothing at all could be checked. What is wrong with a row is said of the row.
pub async fn prepare(
    flows: &Flows,
    by: &Member,
    (sheet, file_name): (Sheet, &str),
    sent: &[SentFile],
    progress: impl Fn(usize) + Send + Sync,
) -> Result<Checked, Failure> {
    forget_earlier(flows, by).await?;
    let mut outcomes: Vec<Option<RowOutcome>> = vec![None; sheet.rows.len()];
    let mut plans = plan(flows, by, &sheet, sent, &mut outcomes).await?;
    let done = AtomicUsize::new(outcomes.iter().flatten().count());
    progress(done.load(Ordering::Relaxed));
    let mut homes = HashMap::new();
    let count = |rows| progress(done.fetch_add(rows, Ordering::Relaxed) + rows);
    let prepared = async {
        let places: Vec<Place> = plans.iter().map(|plan| plan.place.clone()).collect();
        fetched(flows, by, &places, &mut homes, count).await?;
        keep_good(flows, by, file_name, &mut plans, &homes, &mut outcomes).await
    };
    let prepared = prepared.await;
    let is_kept = |place: &Place| matches!(prepared, Ok(Some(_))) && plans.iter().any(|plan| plan.place == *place);
    let unused = homes.iter().filter(|(place, _)| !is_kept(place)).filter_map(|(_, home)| home.as_ref().ok());
    let_go_of(flows, unused.collect()).await;
    let rows: Vec<RowOutcome> =
        outcomes.into_iter().map(|row| row.unwrap_or_else(|| RowOutcome::Bad(Vec::new()))).collect();
    Ok(Checked { sheet, rows, batch: prepared? })
}

/// Keeps the drafts of the rows that are good with their videos, too; none when there is none.
async fn keep_good(
    flows: &Flows,
    by: &Member,
    file_name: &str,
    plans: &mut Vec<Plan>,
    homes: &HashMap<Place, Result<Home, Wrong>>,
    outcomes: &mut [Option<RowOutcome>],
) -> Result<Option<Batch>, Failure> {
    plans.retain(|plan| match homes.get(&plan.place) {
        Some(Ok(home)) => {
            match judge(&home.facts, home.video.size_bytes, &flows.rules.video, plan.creator.max_duration_seconds) {
                Ok(_) => true,
                Err(refusal) => bad(outcomes, plan.row, &Refusal::Video(refusal)),
            }
        }
        Some(Err(wrong)) => {
            outcomes[plan.row] = Some(RowOutcome::Bad(vec![wrong.clone()]));
            false
        }
        None => bad(outcomes, plan.row, &Refusal::NoVideo),
    });
    if plans.is_empty() {
        return Ok(None);
    }
    keep_drafts(flows, by, file_name, plans, homes, outcomes).await.map(Some)
}

/// Notes that a row is no good; always false, as what is kept of it.
fn bad(outcomes: &mut [Option<RowOutcome>], row: usize, refusal: &Refusal) -> bool {
    outcomes[row] = Some(RowOutcome::Bad(vec![Wrong::from(refusal)]));
    false
}

/// The rows that are good as far as can be said without their videos; what is wrong with the others is noted.
async fn plan(
    flows: &Flows,
    by: &Member,
    sheet: &Sheet,
    sent: &[SentFile],
    outcomes: &mut [Option<RowOutcome>],
) -> Result<Vec<Plan>, Failure> {
    let zone = when::zone_of(flows, by).await?;
    let mut free_slots: HashMap<AccountId, Result<usize, Refusal>> = HashMap::new();
    let accounts = flows.store.accounts(by.workspace).await?;
    let mut creators = Creators::default();
    let mut plans = Vec::new();
    for (row, outcome) in outcomes.iter_mut().enumerate() {
        let wish = match read_row(sheet, row) {
            Ok(wish) => wish,
            Err(problems) => {
                let wrong = problems.iter().map(|one| Wrong { said: one.to_string(), hint: one.hint() });
                *outcome = Some(RowOutcome::Bad(wrong.collect()));
                continue;
            }
        };
        let mut wrong = Vec::new();
        let due = noted(&mut wrong, when::read_in(flows, &wish.when, zone));
        let caption = noted(&mut wrong, Caption::new(&wish.caption).map_err(Refusal::from));
        let account = noted(&mut wrong, pick_account(accounts.clone(), wish.account.as_deref()));
        if let (Some(Asked::NextSlot), Some(account)) = (due, &account) {
            let free = match free_slots.entry(account.id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(slots::how_many_free(flows, account).await?),
            };
            noted(&mut wrong, one_more(free, flows));
        }
        let place = place(&wish.video, sent).map_err(|one| wrong.push(one)).ok();
        let mut creator = None;
        if let Some(account) = &account {
            let said = creators.of(flows, account.id, account.delivery).await?.clone();
            creator = noted(&mut wrong, said);
            let refused = creator
                .as_ref()
                .and_then(|creator| choices_refusal(&wish.choices, creator, account.delivery, flows.rules.audited));
            wrong.extend(refused.as_ref().map(Wrong::from));
        }
        match (due, caption, account, place, creator, wrong.is_empty()) {
            (Some(due), Some(caption), Some(account), Some(place), Some(creator), true) => {
                plans.push(Plan { row, wish, caption, due, account, creator, place });
            }
            _ => *outcome = Some(RowOutcome::Bad(wrong)),
        }
    }
    Ok(plans)
}

/// Counts on one of an account's free slots for a row, if there is one more.
fn one_more(free: &mut Result<usize, Refusal>, flows: &Flows) -> Result<(), Refusal> {
    match free {
        Ok(0) => Err(slots::none_free(&flows.rules).into()),
        Ok(left) => {
            *left -= 1;
            Ok(())
        }
        Err(refusal) => Err(refusal.clone()),
    }
}

fn noted<T>(wrong: &mut Vec<Wrong>, outcome: Result<T, Refusal>) -> Option<T> {
    outcome.map_err(|refusal| wrong.push(Wrong::from(&refusal))).ok()
}

/// Keeps a draft of each row that is good, all at once, and says what each is.
async fn keep_drafts(
    flows: &Flows,
    by: &Member,
    file_name: &str,
    plans: &[Plan],
    homes: &HashMap<Place, Result<Home, Wrong>>,
    outcomes: &mut [Option<RowOutcome>],
) -> Result<Batch, Failure> {
    let now = flows.clock.now();
    let rows = u32::try_from(plans.len()).context("there are at most 200 rows")?;
    let shown: String = file_name.chars().filter(|letter| !letter.is_control()).take(100).collect();
    let batch = Batch {
        id: BatchId::new(now),
        workspace: by.workspace,
        member: by.id,
        member_name: by.name.clone(),
        file_name: shown,
        rows,
        created_at: now,
        expires_at: now + WAITS_FOR,
        used_at: None,
    };
    let mut tx = flows.store.begin().await?;
    tx.add_batch(&batch).await?;
    let times = take_times(&mut tx, &flows.rules, plans, now).await?;
    let mut drafts = Vec::new();
    for (plan, time) in plans.iter().zip(times) {
        let Some(Ok(home)) = homes.get(&plan.place) else { continue };
        let post = draft(&mut tx, by, plan, home, time, now).await?;
        let row = u32::try_from(plan.row + 1).context("there are at most 200 rows")?;
        tx.put_in_batch(post.id, batch.id, row).await?;
        drafts.push((row, post, plan));
    }
    let peers: Vec<Peer<'_>> = drafts.iter().map(|(row, post, _)| Peer { row: *row, post }).collect();
    let mut ledgers = HashMap::new();
    for (_, post, plan) in &drafts {
        if let Entry::Vacant(new) = ledgers.entry(post.account) {
            new.insert(Ledger::of(&mut tx, plan.account.clone(), post, now).await?);
        }
        let ledger = ledgers.get(&post.account).context("it was read just now")?;
        let findings = Findings::beside(&mut tx, &flows.rules, ledger, post, (&peers, true)).await?;
        let (due, username) = (post.due, plan.account.username.clone());
        outcomes[plan.row] =
            Some(RowOutcome::Good { number: post.number, due, username, warnings: findings.all(post) });
    }
    for (_, post, _) in &drafts {
        tx.audit(by.workspace, &by.actor(), "post.drafted", Some(post.id), summary(post), now).await?;
    }
    let detail = serde_json::json!({ "rows": rows });
    tx.audit(by.workspace, &by.actor(), "batch.prepared", None, detail, now).await?;
    tx.commit().await?;
    tracing::info!(batch.id = %batch.id, "Prepared {rows} rows of a file");
    Ok(batch)
}

/// What each row's post is called inside, and when it is due. Slots are taken account by account, and before the team's row
/// is changed: in this order everybody else takes them, too, so that nobody waits for each other.
async fn take_times(
    tx: &mut Tx,
    rules: &Rules,
    plans: &[Plan],
    now: DateTime<Utc>,
) -> Result<Vec<(PostId, Due, Tz)>, Failure> {
    let mut times = vec![None; plans.len()];
    let mut order: Vec<usize> = (0..plans.len()).collect();
    order.sort_by_key(|place| plans[*place].account.id);
    for place in order {
        let (plan, id) = (&plans[place], PostId::new(now));
        let (due, zone) = match plan.due {
            Asked::Due(due, zone) => (due, zone),
            Asked::NextSlot => {
                let whose = (plan.account.workspace, plan.account.id);
                slots::take(tx, rules, whose, id, now).await?
            }
        };
        times[place] = Some((id, due, zone));
    }
    Ok(times.into_iter().flatten().collect())
}

async fn draft(
    tx: &mut Tx,
    by: &Member,
    plan: &Plan,
    home: &Home,
    (id, due, zone): (PostId, Due, Tz),
    now: DateTime<Utc>,
) -> Result<Post, Failure> {
    // Rows that show the same video share its bytes; each has a row of its own, so that they are let go of one by one.
    let video = Video { id: VideoId::new(now), created_at: now, ..home.video.clone() };
    let post = Post {
        id,
        workspace: by.workspace,
        number: tx.next_post_number(by.workspace).await?,
        author: by.id,
        author_name: by.name.clone(),
        account: plan.account.id,
        delivery: plan.account.delivery,
        video: video.id,
        video_sha256: video.sha256,
        caption: plan.caption.clone(),
        choices: plan.wish.choices,
        due,
        zone,
        creator: plan.creator.clone(),
        warnings: Vec::new(),
        in_spite_of: Vec::new(),
        state: PostState::Draft,
        verdicts: Vec::new(),
        created_at: now,
        version: 0,
    };
    tx.add_video(&video).await?;
    tx.add_post(&post).await?;
    Ok(post)
}
