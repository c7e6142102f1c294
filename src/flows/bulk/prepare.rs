//! Checks each row and keeps the good ones: the cells first, then what the creator allows, and the videos last, so that no
//! bytes are fetched for a row that is no good. The drafts of all good rows are kept in one transaction at the end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use tokio::time::Instant;
use url::Url;

use super::{Checked, Creators, RowOutcome, SentFile, Wrong, forget_earlier};
use crate::domain::account::Account;
use crate::domain::bulk::{Sheet, Source, Wish, read_row};
use crate::domain::caption::Caption;
use crate::domain::creator::CreatorInfo;
use crate::domain::ids::{AccountId, BatchId, PostId, VideoId};
use crate::domain::post::{Post, PostState, choices_refusal};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::{Video, VideoFacts, judge, name_in_link};
use crate::flows::submit::{keep, pick_account, summary};
use crate::flows::warn::{Findings, Ledger, Peer};
use crate::flows::when::{self, Asked};
use crate::flows::{Failure, Flows, Rules, or_refused, slots};
use crate::media::fetch::link::LINK_WITHIN;
use crate::media::fetch::{self, FetchLimits};
use crate::media::probe;
use crate::store::{Batch, Tx};

/// How long prepared rows wait for a press; drafts are forgotten after as long.
const WAITS_FOR: TimeDelta = TimeDelta::hours(24);
/// Discord takes the answer to a command for fifteen minutes; what is not here by then is not waited for.
const PREPARED_WITHIN: Duration = Duration::from_secs(12 * 60);
/// How many videos are fetched at once: a team's links share four places.
const AT_ONCE: usize = 2;

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

/// Where a video is fetched from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    url: Url,
    name: String,
}

/// A video that came home.
#[derive(Debug, Clone)]
struct Home {
    video: Video,
    facts: VideoFacts,
}

/// What became of a place: the video that was there, or what is wrong with it.
type Came = (Place, Result<Home, Wrong>);

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
    let homes = fetched(flows, by, &plans, |rows| progress(done.fetch_add(rows, Ordering::Relaxed) + rows)).await?;
    plans.retain(|plan| match homes.get(&plan.place) {
        Some(Ok(home)) => {
            match judge(&home.facts, home.video.size_bytes, &flows.rules.video, plan.creator.max_duration_seconds) {
                Ok(_) => true,
                Err(refusal) => bad(&mut outcomes, plan.row, &Refusal::Video(refusal)),
            }
        }
        Some(Err(wrong)) => {
            outcomes[plan.row] = Some(RowOutcome::Bad(vec![wrong.clone()]));
            false
        }
        None => bad(&mut outcomes, plan.row, &Refusal::NoVideo),
    });
    let batch = if plans.is_empty() {
        None
    } else {
        Some(keep_drafts(flows, by, file_name, &plans, &homes, &mut outcomes).await?)
    };
    let rows: Vec<RowOutcome> =
        outcomes.into_iter().map(|row| row.unwrap_or_else(|| RowOutcome::Bad(Vec::new()))).collect();
    Ok(Checked { sheet, rows, batch })
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

/// Where a row's video is.
fn place(source: &Source, sent: &[SentFile]) -> Result<Place, Wrong> {
    match source {
        Source::Link(url) => Ok(Place { url: url.clone(), name: name_in_link(url).to_owned() }),
        Source::Named(name) => {
            let wanted = plain_name(name);
            let found = sent.iter().find(|file| plain_name(&file.name) == wanted);
            let found = found.map(|file| Place { url: file.url.clone(), name: file.name.clone() });
            found.ok_or_else(|| Wrong {
                said: format!("there is no file `{}` among those you sent here", name.replace('`', "")),
                hint:
                    "send it in this channel in a message that mentions the bot (Discord shows it no other messages), \
                       or give a link"
                        .to_owned(),
            })
        }
    }
}

/// A file's name as Discord writes it: spaces become underscores, and what is neither letter, digit nor `.-_` goes.
fn plain_name(name: &str) -> String {
    let kept = name.trim().chars().map(|letter| if letter == ' ' { '_' } else { letter.to_ascii_lowercase() });
    kept.filter(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(*letter)).collect()
}

/// Every video the rows need, each fetched once.
async fn fetched(
    flows: &Flows,
    by: &Member,
    plans: &[Plan],
    progress: impl Fn(usize) + Send + Sync,
) -> Result<HashMap<Place, Result<Home, Wrong>>, Failure> {
    let mut places: Vec<&Place> = Vec::new();
    for plan in plans {
        if !places.contains(&&plan.place) {
            places.push(&plan.place);
        }
    }
    let deadline = Instant::now() + PREPARED_WITHIN;
    let mut fetches = Vec::with_capacity(places.len());
    for place in places {
        fetches.push(reached(flows, by, place, deadline));
    }
    let mut fetches = stream::iter(fetches).buffer_unordered(AT_ONCE);
    let mut homes = HashMap::new();
    while let Some(came) = fetches.next().await {
        let (place, came) = came?;
        progress(plans.iter().filter(|plan| plan.place == place).count());
        homes.insert(place, came);
    }
    Ok(homes)
}

/// A video, or why it did not come; failures of ours end everything.
fn reached<'a>(
    flows: &'a Flows,
    by: &'a Member,
    place: &'a Place,
    deadline: Instant,
) -> BoxFuture<'a, Result<Came, Failure>> {
    async move {
        let came = match tokio::time::timeout_at(deadline, bring_home(flows, by, place)).await {
            Ok(came) => or_refused(came)?.map_err(|refusal| Wrong::from(&refusal)),
            Err(_) => Err(Wrong {
                said: "its video was not reached in time".to_owned(),
                hint: "check fewer rows at once".to_owned(),
            }),
        };
        Ok((place.clone(), came))
    }
    .boxed()
}

/// Fetches a video, looks into it and stores it.
async fn bring_home(flows: &Flows, by: &Member, place: &Place) -> Result<Home, Failure> {
    let most = flows.rules.video.max_bytes;
    let staged = if flows.origins.allow(&place.url) {
        let limits = FetchLimits::up_to(most);
        fetch::fetch(&flows.fetcher, &flows.origins, &place.url, limits, &flows.staging, |_, _| ()).await?
    } else {
        flows.links.fetch(by.workspace, &place.url, (most, LINK_WITHIN), &flows.staging, |_, _| ()).await?
    };
    let facts = probe::probe_path(&staged.path).await?;
    // What TikTok takes from nobody is not stored at all.
    judge(&facts, staged.size_bytes, &flows.rules.video, None).map_err(Refusal::from)?;
    let video = keep(flows, by, &place.name, staged, facts.clone()).await?;
    Ok(Home { video, facts })
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
    let mut drafts = Vec::new();
    for plan in plans {
        let Some(Ok(home)) = homes.get(&plan.place) else { continue };
        let post = draft(&mut tx, &flows.rules, by, plan, home, now).await?;
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

async fn draft(
    tx: &mut Tx,
    rules: &Rules,
    by: &Member,
    plan: &Plan,
    home: &Home,
    now: DateTime<Utc>,
) -> Result<Post, Failure> {
    let id = PostId::new(now);
    let (due, zone) = match plan.due {
        Asked::Due(due, zone) => (due, zone),
        Asked::NextSlot => slots::take(tx, rules, (by.workspace, plan.account.id), id, now).await?,
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_under_the_name_discord_gives_it() {
        let file = |name: &str| SentFile { name: name.into(), url: Url::parse("https://cdn.example/1").unwrap() };
        let sent = [file("My_latte_1.mp4"), file("cake.MP4")];
        let found = |name: &str| place(&Source::Named(name.into()), &sent).map(|place| place.name).ok();
        assert_eq!(found("my latte (1).mp4").as_deref(), Some("My_latte_1.mp4"));
        assert_eq!(found(" Cake.mp4").as_deref(), Some("cake.MP4"));
        assert_eq!(found("tea.mp4"), None);
    }
}
