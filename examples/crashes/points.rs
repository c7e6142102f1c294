//! Has the program die at every named point, again and again, and then come to rest.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use greenroom::drill::POINTS;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::TikTok;

use crate::chance::Chance;
use crate::course::Course;
use crate::history::Verdict;
use crate::records::Records;
use crate::scene::Scene;
use crate::team::Given;
use crate::workers::{Life, Start, Workers, died_at_a_point};
use crate::{faults, pause, say};

/// How many processes die at the same time, each at a point of its own.
const AT_ONCE: usize = 3;

/// How many posts wait to be published, so that every point is on somebody's way.
const AHEAD: i64 = 24;

/// A life that has not come to its point by then is ended and begun anew.
const LIFE_WITHIN: Duration = Duration::from_secs(8);

/// A point at which nobody died for so long is one that nobody reaches.
const REACHED_WITHIN: Duration = Duration::from_secs(90);

/// Dies so many times at every point, and says whether the history holds.
pub(crate) async fn play(course: &Course, times: usize, program: &Path, folder: &Path) -> anyhow::Result<bool> {
    let begun = Instant::now();
    let mut course = course.clone();
    // Only for the number of accounts, and with it TikTok's limits: few deaths let more posts go by.
    course.posts = u64::try_from(times * POINTS.len())?.max(150) * 3;
    let mut scene = Scene::set(&course, program, folder).await?;
    let mut chance = Chance::new(course.seed, 5);
    let mut drill = Drill { left: POINTS.map(|point| (point, times)).to_vec(), ..Drill::default() };
    let mut given = Vec::new();
    while drill.goes_on() {
        for _ in drill.lives.len()..AT_ONCE {
            drill.one_more(&scene.start, &mut chance)?;
        }
        drill.arm(&scene.tiktok, &mut chance);
        feed(&mut scene, &mut drill, &mut given, &mut chance).await?;
        drill.bury()?;
        if drill.is_stuck() {
            break;
        }
        pause(Duration::from_millis(5)).await;
    }
    drill.lives.clear();
    scene.tiktok.mischief().clear();
    drill.come_to_rest(&course, &scene, &mut chance).await?;
    scene.tiktok.tick();
    let records = Records::read(&scene.rows).await?;
    let mut verdict = Verdict::of(&given, &scene.tiktok.tasks(), &records);
    verdict.wrong.append(&mut drill.wrong);
    verdict.wrong.append(&mut scene.teams.broken_trails().await?);
    for point in POINTS {
        say(&format!("{:<22} {:>5} deaths", point, drill.deaths.get(point).unwrap_or(&0)))?;
    }
    say(&format!(
        "seed {}, {}, {} points, {} deaths, {} posts, {:.0} s: published {}, failed and told {}, unclear and told {}, \
         not approved {}, claims {}; duplicates {}, lost {}, unapproved out {}, violations {}",
        course.seed,
        scene.rows.engine(),
        POINTS.len(),
        drill.deaths.values().sum::<usize>(),
        given.len(),
        begun.elapsed().as_secs_f64(),
        verdict.published,
        verdict.failed,
        verdict.unclear,
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

/// What is still to be died for, and who is about to.
#[derive(Default)]
struct Drill {
    left: Vec<(&'static str, usize)>,
    lives: Vec<Armed>,
    deaths: BTreeMap<&'static str, usize>,
    last_death: Option<Instant>,
    next: usize,
    /// How many large posts are to be handed in, for those who are to die at a chunk.
    large: usize,
    wrong: Vec<String>,
}

struct Armed {
    life: Life,
    point: &'static str,
    begun: Instant,
}

impl Drill {
    fn goes_on(&self) -> bool {
        self.left.iter().any(|(_, times)| *times > 0)
    }

    /// Starts a process that dies at the next point there is something left for: at its first passage, or at one of the
    /// next, so that it is not always the first publication of a life.
    fn one_more(&mut self, start: &Start, chance: &mut Chance) -> anyhow::Result<()> {
        for _ in 0..POINTS.len() {
            self.next = (self.next + 1) % self.left.len();
            let (point, times) = self.left[self.next];
            let dying = self.lives.iter().filter(|armed| armed.point == point).count();
            if times <= dying {
                continue;
            }
            self.large += usize::from(point.starts_with("chunk"));
            let odds = chance.one_of(&["", "", "60%", "30%"]);
            let start = Start { armed: Some(format!("{point}={odds}return")), ..start.clone() };
            self.lives.push(Armed { life: start.life(None)?, point, begun: Instant::now() });
            break;
        }
        Ok(())
    }

    /// Arms what has to happen for the points that are waited for.
    fn arm(&self, tiktok: &TikTok, chance: &mut Chance) {
        let armed = tiktok.mischief().armed();
        let make_sure = |on: &str, trouble: Trouble| {
            if !armed.iter().any(|fault| fault.on == on) {
                tiktok.arm(Fault::next(on, trouble));
            }
        };
        if self.waits_for("renew") || self.waits_for("tokens") {
            make_sure(if chance.percent(50) { "creator_info" } else { "status" }, Trouble::RevokeToken);
        }
        if self.waits_for("renew.again") {
            make_sure("token", Trouble::LostBefore);
        }
        if self.waits_for("extend") {
            make_sure("upload", Trouble::HeldAnswer { millis: Some(300) });
        } else if chance.percent(2) {
            make_sure("upload", if chance.percent(50) { Trouble::LostAfter } else { Trouble::LostBefore });
        }
        if chance.percent(2) {
            let refused = faults::refusal("internal_error");
            make_sure("video_init", if chance.percent(50) { Trouble::LostAfter } else { refused });
        }
    }

    fn waits_for(&self, room: &str) -> bool {
        self.lives.iter().any(|armed| armed.point.starts_with(room))
    }

    /// Counts who died and ends who never came to the point.
    fn bury(&mut self) -> anyhow::Result<()> {
        let mut alive = Vec::new();
        for mut armed in std::mem::take(&mut self.lives) {
            match armed.life.ended()? {
                Some(status) if died_at_a_point(status) => {
                    *self.deaths.entry(armed.point).or_default() += 1;
                    self.last_death = Some(Instant::now());
                    for (_, times) in self.left.iter_mut().filter(|(point, _)| *point == armed.point) {
                        *times = times.saturating_sub(1);
                    }
                }
                Some(status) => self.wrong.push(format!("a worker that was to die at {} ended: {status}", armed.point)),
                None if armed.begun.elapsed() > LIFE_WITHIN => drop(armed),
                None => alive.push(armed),
            }
        }
        self.lives = alive;
        Ok(())
    }

    fn is_stuck(&mut self) -> bool {
        let is_stuck = self.last_death.get_or_insert_with(Instant::now).elapsed() > REACHED_WITHIN;
        if is_stuck {
            let left = self.left.iter().filter(|(_, times)| *times > 0);
            self.wrong
                .extend(left.map(|(point, times)| format!("nobody comes to {point}: {times} deaths are missing")));
        }
        is_stuck
    }

    /// A program in which nothing is armed finishes everything.
    async fn come_to_rest(&mut self, course: &Course, scene: &Scene, chance: &mut Chance) -> anyhow::Result<()> {
        let mut workers = Workers::start(2, scene.start.clone())?;
        let deadline = Instant::now() + course.settle;
        while scene.rows.open_ones().await? > 0 {
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
