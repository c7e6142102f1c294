//! Has the program die at every place there is, again and again, and then come to rest.

use std::path::Path;
use std::time::{Duration, Instant};

use greenroom::drill::POINTS;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::TikTok;

use crate::chance::Chance;
use crate::course::Course;
use crate::history::Verdict;
use crate::places::Places;
use crate::records::Records;
use crate::scene::Scene;
use crate::team::Given;
use crate::workers::{Life, Start, Workers, died_at_a_point};
use crate::{faults, pause, say, told};

/// How many processes die at the same time, each at a place of its own. There is one bot.
const AT_ONCE: usize = 6;

/// How many posts wait to be published, so that every place is on somebody's way.
const AHEAD: i64 = 30;

/// So many wait at most, and one is handed in so often until then.
const MOST_AHEAD: i64 = 600;
const FEEDS_EVERY: Duration = Duration::from_millis(50);

/// How often trouble is armed that leads to other places.
const ARMS_EVERY: Duration = Duration::from_millis(250);

/// How often it is said how far it is.
const SAYS_EVERY: Duration = Duration::from_secs(60);

/// A life that has not come to its place by then is asked to stop; with the bot it first has to introduce itself.
const LIFE_WITHIN: Duration = Duration::from_secs(5);
const BOT_WITHIN: Duration = Duration::from_secs(15);

/// What has not stopped by then, after it was asked to, is killed.
const STOPS_WITHIN: Duration = Duration::from_secs(12);

/// Dies so many times at every place, and says whether the history holds.
pub(crate) async fn play(course: &Course, times: usize, program: &Path, folder: &Path) -> anyhow::Result<bool> {
    let begun = Instant::now();
    let mut course = course.clone();
    // Only for the number of accounts, and with it TikTok's limits: few deaths let more posts go by.
    course.posts = u64::try_from(times * POINTS.len())?.max(150) * 5;
    let mut scene = Scene::set(&course, program, folder).await?;
    let mut chance = Chance::new(course.seed, 5);
    let mut drill = Drill::new(Places::new(times, course.discord, folder.join("passed.log")), course.discord);
    let mut given = Vec::new();
    let mut said = Instant::now();
    while drill.goes_on() {
        if said.elapsed() > SAYS_EVERY {
            said = Instant::now();
            say(&format!("after {:.0} s: {}", begun.elapsed().as_secs_f64(), drill.places.progress()))?;
        }
        for _ in drill.lives.len()..drill.at_once {
            drill.one_more(&scene.start, &mut chance)?;
        }
        drill.arm(&scene.tiktok, &mut chance);
        feed(&mut scene, &mut drill, &mut given, &mut chance).await?;
        drill.bury()?;
        drill.places.discover();
        pause(Duration::from_millis(5)).await;
    }
    drill.lives.clear();
    scene.tiktok.mischief().clear();
    drill.come_to_rest(&course, &scene, &mut chance).await?;
    scene.tiktok.tick();
    let records = Records::read(&scene.rows).await?;
    let mut verdict = Verdict::of(&given, &scene.tiktok.tasks(), &records);
    if let Some(discord) = &scene.discord {
        told::check(&mut verdict, discord, &given, &records);
    }
    let (lines, mut missing) = drill.places.report();
    verdict.wrong.append(&mut missing);
    verdict.wrong.append(&mut drill.wrong);
    verdict.wrong.append(&mut scene.teams.broken_trails().await?);
    for line in lines {
        say(&line)?;
    }
    sum_up(&course, &scene, &drill, (given.len(), begun.elapsed()), &verdict)?;
    Ok(verdict.wrong.is_empty())
}

fn sum_up(
    course: &Course,
    scene: &Scene,
    drill: &Drill,
    (posts, took): (usize, Duration),
    verdict: &Verdict,
) -> anyhow::Result<()> {
    let (places, deaths) = drill.places.count();
    say(&format!(
        "seed {}, {}{}, {places} places, {deaths} deaths, {} posts, {:.0} s: published {}, in the inbox {}, failed and told {}, \
         unclear and told {}, held and told {}, not approved {}, claims {}; duplicates {}, lost {}, unapproved out {}, \
         violations {}",
        course.seed,
        scene.rows.engine(),
        if course.discord { " with the bot" } else { "" },
        posts,
        took.as_secs_f64(),
        verdict.published,
        verdict.drafts,
        verdict.failed,
        verdict.unclear,
        verdict.held,
        verdict.unapproved,
        verdict.claims,
        verdict.duplicates,
        verdict.lost,
        verdict.unapproved_out,
        verdict.wrong.len(),
    ))?;
    for wrong in verdict.wrong.iter().take(40) {
        say(&format!("  {wrong}"))?;
    }
    Ok(())
}

/// Where somebody is still to die, and who is about to.
struct Drill {
    places: Places,
    lives: Vec<Armed>,
    at_once: usize,
    within: Duration,
    /// How many large posts are to be handed in, for those who are to die at a chunk.
    large: usize,
    /// When trouble that leads to other places was armed last.
    armed_at: Instant,
    /// When a post was handed in last.
    fed_at: Instant,
    wrong: Vec<String>,
}

struct Armed {
    life: Life,
    place: String,
    /// By which way it is to come to its place.
    way: usize,
    begun: Instant,
    is_asked: bool,
}

impl Drill {
    fn new(places: Places, is_with_bot: bool) -> Self {
        let (at_once, within) = if is_with_bot { (1, BOT_WITHIN) } else { (AT_ONCE, LIFE_WITHIN) };
        Self {
            places,
            lives: Vec::new(),
            at_once,
            within,
            large: 0,
            armed_at: Instant::now(),
            fed_at: Instant::now(),
            wrong: Vec::new(),
        }
    }

    fn goes_on(&self) -> bool {
        self.places.goes_on()
    }

    /// Starts a process that dies at the next place there is something left for: at its first passage, or at one of the
    /// next, so that it is not always the first publication of a life. What is easily missed is died at at once.
    fn one_more(&mut self, start: &Start, chance: &mut Chance) -> anyhow::Result<()> {
        let dying = |place: &str| self.lives.iter().filter(|armed| armed.place == place).count();
        // Before the first process has come by anything nothing may be known.
        let drawn = self.places.draw(dying);
        let Some((place, way)) = drawn.or_else(|| self.lives.is_empty().then(|| (String::from("nowhere"), 1))) else {
            return Ok(());
        };
        self.large += usize::from(place.contains("chunk"));
        let odds = if way > 0 { "" } else { chance.one_of(&["", "", "60%", "30%"]) };
        let passed = Some(self.places.log().to_owned());
        let start = Start { armed: Some(format!("{place}={odds}return")), passed, ..start.clone() };
        let life = start.life(None)?;
        self.lives.push(Armed { life, place, way, begun: Instant::now(), is_asked: false });
        Ok(())
    }

    /// Arms what has to happen for the places that are waited for: one way after the other, until one leads there.
    fn arm(&mut self, tiktok: &TikTok, chance: &mut Chance) {
        let armed = tiktok.mischief().armed();
        let is_armed = |on: &str| armed.iter().any(|fault| fault.on == on);
        for life in &self.lives {
            let (place, way) = (life.place.as_str(), life.way);
            let is_about = |any: &[&str]| any.iter().any(|name| place.starts_with(name));
            if is_about(&["renew", "tokens", "/v2/oauth/token", "src/flows/tokens"]) {
                let on = if chance.percent(50) { "creator_info" } else { "status" };
                if !is_armed(on) {
                    tiktok.arm(Fault::next(on, Trouble::RevokeToken));
                }
                arm_renewal(tiktok, if is_armed("token") { 0 } else { way });
            }
            if !is_armed("video_init") && is_about(&["src/flows/budget"]) && way % 2 == 1 {
                tiktok.arm(Fault::next("video_init", faults::refusal("rate_limit_exceeded")));
            }
            if !is_armed("upload") && is_about(&["extend", "src/store/claims"]) {
                tiktok.arm(Fault::next("upload", Trouble::HeldAnswer { millis: Some(300) }));
            }
        }
        if self.armed_at.elapsed() < ARMS_EVERY {
            return;
        }
        self.armed_at = Instant::now();
        let on = chance.one_of(&["upload", "video_init", "status", "creator_info"]);
        let lost = if chance.percent(50) { Trouble::LostAfter } else { Trouble::LostBefore };
        let refused = faults::refusal(chance.one_of(&["internal_error", "rate_limit_exceeded"]));
        tiktok.arm(Fault::next(on, if on == "upload" || chance.percent(50) { lost } else { refused }));
        // It is over for each account within a minute, for whoever is alive then.
        if chance.percent(20) {
            tiktok.arm(Fault::next("video_init", faults::refusal("spam_risk_too_many_posts")));
        }
    }

    /// Counts who died and ends who never came to the place: first with a word, for some places are on the way out.
    fn bury(&mut self) -> anyhow::Result<()> {
        let mut alive = Vec::new();
        for mut armed in std::mem::take(&mut self.lives) {
            let age = armed.begun.elapsed();
            match armed.life.ended()? {
                Some(status) if died_at_a_point(status) => self.places.died(&armed.place),
                Some(status) => {
                    if !armed.is_asked || !status.success() {
                        self.wrong.push(format!("a worker that was to die at {} ended: {status}", armed.place));
                    }
                    self.places.missed(&armed.place);
                }
                None if age > self.within + STOPS_WITHIN => {
                    self.wrong.push(format!("a worker that was to die at {} does not stop when asked", armed.place));
                    self.places.missed(&armed.place);
                }
                None => {
                    if age > self.within && !armed.is_asked {
                        armed.life.ask_to_stop()?;
                        armed.is_asked = true;
                    }
                    alive.push(armed);
                }
            }
        }
        self.lives = alive;
        Ok(())
    }

    /// A program in which nothing is armed finishes everything.
    async fn come_to_rest(&mut self, course: &Course, scene: &Scene, chance: &mut Chance) -> anyhow::Result<()> {
        let mut workers = Workers::start(if course.discord { 1 } else { 2 }, scene.start.clone())?;
        let deadline = Instant::now() + course.settle;
        loop {
            let untold = if course.discord { scene.rows.untold().await? } else { 0 };
            if scene.rows.open_ones().await? + untold == 0 {
                break;
            }
            if Instant::now() > deadline {
                self.wrong.push(format!("it did not come to rest within {} s", course.settle.as_secs()));
                break;
            }
            workers.tend(false, false)?;
            scene.teams.reconnect(&scene.tiktok).await?;
            faults::unstick(&scene.tiktok, chance);
            pause(Duration::from_millis(300)).await;
        }
        workers.stop()?;
        self.wrong.append(&mut workers.wrong);
        Ok(())
    }
}

/// Has the next renewal of tokens go well, fail twice, be refused, or go well at the second try.
fn arm_renewal(tiktok: &TikTok, way: usize) {
    let lost = Fault::next("token", Trouble::LostBefore);
    match way % 4 {
        1 => {
            tiktok.arm(lost.clone());
            tiktok.arm(lost.after(1));
        }
        2 => tiktok.arm(Fault::next("token", faults::refusal("invalid_grant"))),
        3 => tiktok.arm(lost),
        _ => {}
    }
}

/// Keeps posts on their way, and a large one for everybody who is to die at a chunk. Some wait for long because their
/// account is stopped: others are handed in meanwhile.
async fn feed(scene: &mut Scene, drill: &mut Drill, given: &mut Vec<Given>, chance: &mut Chance) -> anyhow::Result<()> {
    let open = scene.rows.open_ones().await?;
    let before = given.len();
    let mut small = usize::try_from((AHEAD - open).max(0))?;
    if small == 0 && open < MOST_AHEAD && drill.fed_at.elapsed() > FEEDS_EVERY {
        small = 1;
    }
    if small > 0 {
        drill.fed_at = Instant::now();
    }
    for index in 0..small + drill.large {
        let number = u64::try_from(given.len())?;
        given.push(scene.teams.hand_in(number, index >= small, None, chance).await?);
    }
    drill.large = 0;
    if given.len() / 50 > before / 50 {
        scene.teams.reconnect(&scene.tiktok).await?;
    }
    Ok(())
}
