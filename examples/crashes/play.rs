//! One run: posts are handed in while workers are killed, frozen and starved, and trouble is armed everywhere; then
//! everything comes to rest and is judged.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use greenroom::sandbox::discord::Discord;
use greenroom::sandbox::tiktok::TikTok;

use crate::chance::Chance;
use crate::course::Course;
use crate::history::Verdict;
use crate::outages::{self, Outages};
use crate::pause;
use crate::records::Records;
use crate::report::Report;
use crate::rows::{Rows, Watch};
use crate::scene::Scene;
use crate::team::{Given, Teams};
use crate::told;
use crate::workers::Workers;
use crate::{Clean, faults};

/// How often the claims are looked at and trouble is armed anew.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// About how long it takes to hand a post in while no worker is there: the first is due when the last is handed in.
const HANDED_IN_WITHIN: Duration = Duration::from_millis(5);

/// How long a strike waits for something to strike at.
const STRIKES_ALL_THE_SAME: Duration = Duration::from_secs(3);

/// The same in a run of many minutes, where starting again takes its time beside a large database.
const STRIKES_LATEST: Duration = Duration::from_secs(10);

/// How often it is looked whether everything has come to rest.
const ASK_EVERY: Duration = Duration::from_millis(200);

/// How often a manager looks whether an account has to be connected anew.
const MEND_EVERY: Duration = Duration::from_secs(2);

/// In a run of so many posts every kind of trouble is met. In one of 1,000 the rarest came three times, which chance can bring
/// down to none.
const MEETS_EVERY_TROUBLE: u64 = 4_000;

/// Past this many times the strikes asked for, whatever is left has to come to rest without any.
const MOST_ROUNDS: u64 = 6;

/// Plays a course in a folder.
pub(crate) async fn play(course: &Course, program: &Path, folder: &Path) -> anyhow::Result<(Report, Clean)> {
    let set = Instant::now();
    let mut scene = Scene::set(course, program, folder).await?;
    let before = hand_in_beforehand(course, &mut scene.teams).await?;
    let setting = set.elapsed();
    let begun = Instant::now();
    let mut workers = Workers::start(course.workers, scene.start.clone())?;
    let mut watch = Watch::default();
    let outages = Outages::default();
    let is_long = course.rounds >= 150 && course.mistake.is_none();
    let blocks = scene.file_blocks();
    let Scene { tiktok, discord, url, rows, teams, .. } = &mut scene;
    let discord = discord.as_ref();
    let sky = Sky { tiktok, discord, rows, outages: &outages, blocks };
    let ((given, mended), (), ()) = tokio::try_join!(
        hand_in(course, before, teams, tiktok, &outages),
        strike(course, &sky, &mut workers, &mut watch),
        outages::lock(url, course.seed, is_long, &outages),
    )?;
    tiktok.mischief().clear();
    if let Some(discord) = discord {
        discord.heal();
    }
    workers.tend(true, false)?;
    workers.feed()?;
    let reconnected = settle(course, &sky, teams, &mut workers, &mut watch).await?;
    let took = begun.elapsed();
    workers.stop()?;
    tiktok.tick();

    let records = Records::read(rows).await?;
    let mut verdict = Verdict::of(&given, &tiktok.tasks(), &records);
    if let Some(discord) = discord {
        told::check(&mut verdict, discord, &given, &records);
    }
    verdict.wrong.append(&mut watch.wrong);
    verdict.wrong.append(&mut workers.wrong);
    verdict.wrong.append(&mut teams.broken_trails().await?);
    if reconnected.is_none() {
        verdict.wrong.push(format!("it did not come to rest within {} s", course.settle.as_secs()));
    }
    let troubles = faults::met(tiktok);
    proves_something(course, &mut verdict, &troubles.0);
    let clean = Clean { wrong: verdict.wrong.len(), duplicates: verdict.duplicates };
    let report = Report {
        course: course.clone(),
        engine: rows.engine(),
        kills: workers.kills,
        freezes: workers.freezes,
        starved: workers.starved,
        locks: outages.locks.load(Ordering::Relaxed),
        long_locks: outages.long_locks.load(Ordering::Relaxed),
        reconnected: mended + reconnected.unwrap_or(0),
        troubles,
        setting,
        took,
        verdict,
    };
    Ok((report, clean))
}

/// A run in which hardly anything went out, or in which a trouble never came, proves nothing.
fn proves_something(course: &Course, verdict: &mut Verdict, troubles: &BTreeMap<String, usize>) {
    if course.mistake.is_some() {
        return;
    }
    let out = verdict.published + verdict.drafts;
    if out * 2 < verdict.approved {
        verdict.wrong.push(format!("only {out} of {} approved posts went out", verdict.approved));
    }
    if course.posts >= MEETS_EVERY_TROUBLE {
        let never = faults::KINDS.into_iter().filter(|kind| troubles.get(*kind).is_none_or(|count| *count == 0));
        verdict.wrong.extend(never.map(|kind| format!("nobody met the trouble `{kind}`")));
    }
}

/// What the strikes look at.
struct Sky<'a> {
    tiktok: &'a TikTok,
    discord: Option<&'a Discord>,
    rows: &'a Rows,
    outages: &'a Outages,
    blocks: Option<u64>,
}

/// What is scheduled before the first strike and falls due evenly during them.
async fn hand_in_beforehand(course: &Course, teams: &mut Teams) -> anyhow::Result<Vec<Given>> {
    let mut chance = Chance::new(course.seed, 4);
    let begun = Instant::now();
    let mut given = Vec::new();
    let count = u32::try_from(course.beforehand())?;
    let pace = course.span() / u32::try_from(course.posts.max(1))?;
    for number in 0..count {
        let is_large = chance.within(0..1_000) < course.large;
        // As long as it takes on this machine, and a little more: nothing should be due before the first strike.
        let each = if number < 100 { HANDED_IN_WITHIN } else { begun.elapsed() / number };
        let ahead = (each * (count - number) + pace * number).mul_f64(1.05);
        given.push(teams.hand_in(number.into(), is_large, Some(ahead), &mut chance).await?);
    }
    Ok(given)
}

/// Hands the rest in, evenly over the time in which workers are killed, and mends accounts that lost their tokens.
async fn hand_in(
    course: &Course,
    mut given: Vec<Given>,
    teams: &mut Teams,
    tiktok: &TikTok,
    outages: &Outages,
) -> anyhow::Result<(Vec<Given>, usize)> {
    let mut chance = Chance::new(course.seed, 1);
    let beforehand = course.beforehand();
    let rest = u32::try_from(course.posts.saturating_sub(beforehand).max(1)).map_or(f64::MAX, f64::from);
    let pace = course.span().mul_f64(0.8).as_secs_f64() / rest;
    let begun = Instant::now();
    let mut due = 0.0;
    let (mut reconnected, mut mended) = (0, Instant::now());
    for number in beforehand..course.posts {
        let is_large = chance.within(0..1_000) < course.large;
        let ahead = if chance.percent(20) { None } else { Some(chance.millis(1_000..3_000)) };
        let gate = outages.gate.read().await;
        given.push(teams.hand_in(number, is_large, ahead, &mut chance).await?);
        if mended.elapsed() > MEND_EVERY {
            reconnected += teams.reconnect(tiktok).await?;
            mended = Instant::now();
        }
        drop(gate);
        due += pace;
        let left = due - begun.elapsed().as_secs_f64();
        if left > 0.0 {
            pause(Duration::from_secs_f64(left)).await;
        }
    }
    outages.handed_in.store(true, Ordering::Relaxed);
    while !outages.over.load(Ordering::Relaxed) {
        pause(ASK_EVERY).await;
        if mended.elapsed() > MEND_EVERY {
            let _gate = outages.gate.read().await;
            reconnected += teams.reconnect(tiktok).await?;
            mended = Instant::now();
        }
    }
    Ok((given, reconnected))
}

/// Kills, freezes and starves workers, and keeps trouble armed, until the rounds are played and nearly everything has
/// come to rest.
async fn strike(course: &Course, sky: &Sky<'_>, workers: &mut Workers, watch: &mut Watch) -> anyhow::Result<()> {
    let mut chance = Chance::new(course.seed, 2);
    let changes = sky.tiktok.subscribe();
    for round in 0..course.rounds * MOST_ROUNDS {
        if round >= course.rounds && is_nearly_done(course, sky).await? {
            break;
        }
        let strike = Instant::now() + chance.millis(course.between.clone());
        let drawn = chance.within(0..course.calls_between());
        // Towards the end of a short run there is little left to strike at; a long one has an end of its own.
        let calls = if round < course.rounds || course.is_long() { drawn } else { 0 };
        let at_most = strike + if course.is_long() { STRIKES_LATEST } else { STRIKES_ALL_THE_SAME };
        let before = *changes.borrow();
        // On a slow machine a worker that is struck before it came to anything would prove nothing.
        while Instant::now() < strike || (*changes.borrow() - before < calls && Instant::now() < at_most) {
            faults::arm(sky.tiktok, &mut chance);
            workers.tend(false, sky.outages.excused.load(Ordering::Relaxed))?;
            watch.look(sky.rows).await?;
            let left = strike.saturating_duration_since(Instant::now());
            pause(if left.is_zero() { LOOK_EVERY } else { LOOK_EVERY.min(left) }).await;
        }
        faults::unstick(sky.tiktok, &mut chance);
        if let Some(discord) = sky.discord {
            outages::trouble_discord(discord, &mut chance);
        }
        let index = usize::try_from(chance.within(0..workers.count() as u64))?;
        if workers.count() > 1 && chance.percent(course.freezes) {
            workers.freeze(index, chance.millis(500..1_500))?;
        } else {
            let starves = chance.percent(6);
            let most = sky.blocks.filter(|_| starves).map(|blocks| chance.within(64..blocks * 2));
            workers.kill(index, most)?;
        }
    }
    sky.outages.over.store(true, Ordering::Relaxed);
    workers.tend(true, true)
}

async fn is_nearly_done(course: &Course, sky: &Sky<'_>) -> anyhow::Result<bool> {
    let open = u64::try_from(sky.rows.open_ones().await?)?;
    Ok(sky.outages.handed_in.load(Ordering::Relaxed) && open <= course.posts / 20)
}

/// Waits until nothing is left to happen; gives back how many accounts were connected anew, unless that took too long.
async fn settle(
    course: &Course,
    sky: &Sky<'_>,
    teams: &Teams,
    workers: &mut Workers,
    watch: &mut Watch,
) -> anyhow::Result<Option<usize>> {
    let mut chance = Chance::new(course.seed, 3);
    let deadline = Instant::now() + course.settle;
    let mut reconnected = 0;
    let mut looks = 0;
    while Instant::now() < deadline {
        workers.tend(false, false)?;
        watch.look(sky.rows).await?;
        let open = sky.rows.open_ones().await?;
        let untold = if sky.discord.is_some() { sky.rows.untold().await? } else { 0 };
        if open + untold == 0 {
            return Ok(Some(reconnected));
        }
        if looks % 10 == 0 {
            reconnected += teams.reconnect(sky.tiktok).await?;
        }
        looks += 1;
        faults::unstick(sky.tiktok, &mut chance);
        pause(ASK_EVERY).await;
    }
    Ok(None)
}
