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
const AT_ONCE: usize = 3;

/// How many posts wait to be published, so that every place is on somebody's way.
const AHEAD: i64 = 24;

/// A life that has not come to its place by then is asked to stop; with the bot it first has to introduce itself.
const LIFE_WITHIN: Duration = Duration::from_secs(8);
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
    while drill.goes_on() {
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
    let (places, deaths) = drill.places.count();
    say(&format!(
        "seed {}, {}{}, {places} places, {deaths} deaths, {} posts, {:.0} s: published {}, failed and told {}, \
         unclear and told {}, held and told {}, not approved {}, claims {}; duplicates {}, lost {}, unapproved out {}, \
         violations {}",
        course.seed,
        scene.rows.engine(),
        if course.discord { " with the bot" } else { "" },
        given.len(),
        begun.elapsed().as_secs_f64(),
        verdict.published,
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
    Ok(verdict.wrong.is_empty())
}

/// Where somebody is still to die, and who is about to.
struct Drill {
    places: Places,
    lives: Vec<Armed>,
    at_once: usize,
    within: Duration,
    /// How many large posts are to be handed in, for those who are to die at a chunk.
    large: usize,
    wrong: Vec<String>,
}

struct Armed {
    life: Life,
    place: String,
    begun: Instant,
    is_asked: bool,
}

impl Drill {
    const fn new(places: Places, is_with_bot: bool) -> Self {
        let (at_once, within) = if is_with_bot { (1, BOT_WITHIN) } else { (AT_ONCE, LIFE_WITHIN) };
        Self { places, lives: Vec::new(), at_once, within, large: 0, wrong: Vec::new() }
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
        let Some((place, is_rare)) = drawn.or_else(|| self.lives.is_empty().then(|| (String::from("nowhere"), true)))
        else {
            return Ok(());
        };
        self.large += usize::from(place.contains("chunk"));
        let odds = if is_rare { "" } else { chance.one_of(&["", "", "60%", "30%"]) };
        let passed = Some(self.places.log().to_owned());
        let start = Start { armed: Some(format!("{place}={odds}return")), passed, ..start.clone() };
        self.lives.push(Armed { life: start.life(None)?, place, begun: Instant::now(), is_asked: false });
        Ok(())
    }

    /// Arms what has to happen for the places that are waited for.
    fn arm(&self, tiktok: &TikTok, chance: &mut Chance) {
        let armed = tiktok.mischief().armed();
        let make_sure = |on: &str, trouble: Trouble| {
            if !armed.iter().any(|fault| fault.on == on) {
                tiktok.arm(Fault::next(on, trouble));
            }
        };
        if self.waits_for(&["renew", "tokens", "/v2/oauth/token", "src/flows/tokens"]) {
            make_sure(if chance.percent(50) { "creator_info" } else { "status" }, Trouble::RevokeToken);
        }
        if self.waits_for(&["renew.again", "src/flows/tokens"]) {
            make_sure("token", if chance.percent(30) { faults::refusal("invalid_grant") } else { Trouble::LostBefore });
        }
        if self.waits_for(&["src/flows/publish/breakers"]) {
            let cap = chance.one_of(&["reached_active_user_cap", "spam_risk_too_many_posts"]);
            make_sure("video_init", faults::refusal(cap));
        }
        if self.waits_for(&["src/flows/budget"]) {
            make_sure("video_init", faults::refusal("rate_limit_exceeded"));
        }
        if self.waits_for(&["extend", "src/store/claims"]) {
            make_sure("upload", Trouble::HeldAnswer { millis: Some(300) });
        } else if chance.percent(2) {
            make_sure("upload", if chance.percent(50) { Trouble::LostAfter } else { Trouble::LostBefore });
        }
        if chance.percent(2) {
            let refused = faults::refusal("internal_error");
            make_sure("video_init", if chance.percent(50) { Trouble::LostAfter } else { refused });
        }
    }

    fn waits_for(&self, any: &[&str]) -> bool {
        self.lives.iter().any(|armed| any.iter().any(|name| armed.place.starts_with(name)))
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

/// Keeps posts on their way, and a large one for everybody who is to die at a chunk.
async fn feed(scene: &mut Scene, drill: &mut Drill, given: &mut Vec<Given>, chance: &mut Chance) -> anyhow::Result<()> {
    let open = scene.rows.open_ones().await?;
    let before = given.len();
    let small = usize::try_from((AHEAD - open).max(0))?;
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
