//! Where the program can die: at the points that have a name, and at every transaction and call it came by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use greenroom::drill::POINTS;

/// The rooms whose every transaction has to be died at: those of a publication, of TikTok's tokens and limits.
const PUBLISH: [&str; 7] = [
    "src/flows/publish.rs",
    "src/flows/publish/",
    "src/flows/tokens.rs",
    "src/flows/quorum.rs",
    "src/flows/budget.rs",
    "src/store/claims.rs",
    "src/flows/release.rs",
];

/// The rooms of what is told.
const TELL: [&str; 2] = ["src/flows/deliver.rs", "src/store/outbox.rs"];

/// Transactions of those rooms that this test does not bring about, and why.
const NOT_HERE: [(&str, &str); 5] = [
    ("ask", "only where Discord answers"),
    ("bring_near", "only where the system's clock is set back"),
    ("publish_now", "only where a manager asks for it"),
    ("forget", "only where a manager disconnects"),
    ("redraw_all", "only where a manager changes a setting"),
];

/// A place that was not come by in so many lives in a row is given up, when it has to be died at.
const PATIENCE: usize = 15;

/// The same where it does not have to be: a transaction of another room, which this test comes by or does not.
const LITTLE_PATIENCE: usize = 2;

/// A place, and what came of the lives that were to end there.
#[derive(Debug)]
struct Place {
    name: String,
    left: usize,
    deaths: usize,
    /// How many lives in a row did not come by.
    misses: usize,
    /// Which way leads there, of those that are tried: the next after each miss.
    way: usize,
}

/// Every place that is known so far.
#[derive(Debug)]
pub(crate) struct Places {
    all: Vec<Place>,
    times: usize,
    is_about_telling: bool,
    next: usize,
    /// Where the program writes down what it came by.
    log: PathBuf,
}

impl Places {
    /// Those with a name; the others are found on the way. With the bot only those are wanted that need it.
    pub(crate) fn new(times: usize, is_about_telling: bool, log: PathBuf) -> Self {
        let mut places = Self { all: Vec::new(), times, is_about_telling, next: 0, log };
        for name in POINTS.iter().filter(|_| !is_about_telling) {
            places.add(name);
        }
        places
    }

    /// Where the program is to write down what it comes by.
    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// Reads what was come by since.
    pub(crate) fn discover(&mut self) {
        // Nothing is there before the first process has begun.
        let Ok(text) = std::fs::read_to_string(&self.log) else { return };
        let known: BTreeSet<String> = self.all.iter().map(|place| place.name.clone()).collect();
        let found: BTreeSet<&str> = text.lines().filter(|name| !known.contains(*name)).collect();
        for name in found {
            if !self.is_about_telling || is_told(name) {
                self.add(name);
            }
        }
    }

    fn add(&mut self, name: &str) {
        self.all.push(Place { name: name.to_owned(), left: self.times, deaths: 0, misses: 0, way: 0 });
    }

    /// Whether there is somewhere left to die, or everything is still unknown.
    pub(crate) fn goes_on(&self) -> bool {
        self.all.is_empty() || self.all.iter().any(|place| place.left > 0 && !place.is_given_up())
    }

    /// The next place for which more deaths are left than are on their way, and the way to try; nothing when nobody can
    /// be armed now.
    pub(crate) fn draw(&mut self, on_the_way: impl Fn(&str) -> usize) -> Option<(String, usize)> {
        for _ in 0..self.all.len() {
            self.next = (self.next + 1) % self.all.len();
            let place = &self.all[self.next];
            if !place.is_given_up() && place.left > on_the_way(&place.name) {
                return Some((place.name.clone(), place.way));
            }
        }
        None
    }

    /// Somebody died there.
    pub(crate) fn died(&mut self, name: &str) {
        if let Some(place) = self.find(name) {
            place.deaths += 1;
            place.left = place.left.saturating_sub(1);
            place.misses = 0;
        }
    }

    /// Somebody was to die there and never came by.
    pub(crate) fn missed(&mut self, name: &str) {
        if let Some(place) = self.find(name) {
            place.misses += 1;
            place.way += 1;
        }
    }

    fn find(&mut self, name: &str) -> Option<&mut Place> {
        self.all.iter_mut().find(|place| place.name == name)
    }

    /// How far it is: what is known, and where most is left.
    pub(crate) fn progress(&self) -> String {
        let left: usize = self.all.iter().filter(|place| !place.is_given_up()).map(|place| place.left).sum();
        let mut most: Vec<&Place> = self.all.iter().filter(|place| place.left > 0 && !place.is_given_up()).collect();
        most.sort_by_key(|place| std::cmp::Reverse(place.left));
        let source = Source::default();
        let most: Vec<String> =
            most.iter().take(3).map(|place| format!("{} ({})", source.shown(&place.name), place.left)).collect();
        let (places, deaths) = self.count();
        format!("{deaths} deaths at {places} places, {left} left, most of them at {}", most.join(", "))
    }

    /// How many places there are, and how many deaths there were.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.all.iter().filter(|place| place.deaths > 0).count(), self.all.iter().map(|place| place.deaths).sum())
    }

    /// One line for each, and every place that has to be died at and was not, as often as asked.
    pub(crate) fn report(&self) -> (Vec<String>, Vec<String>) {
        let source = Source::default();
        let mut lines = Vec::new();
        let mut wrong = Vec::new();
        for place in &self.all {
            let shown = source.shown(&place.name);
            if place.deaths > 0 || is_needed(&place.name) {
                lines.push(format!("{shown:<58} {:>5} deaths", place.deaths));
            }
            if place.left > 0 && is_needed(&place.name) {
                wrong.push(format!("{shown}: {} deaths are missing", place.left));
            }
        }
        // A few deaths let too few posts go by for what is rare.
        if self.times >= 10 {
            let rooms = if self.is_about_telling { TELL.as_slice() } else { PUBLISH.as_slice() };
            wrong.extend(source.never_come_by(rooms, &self.all));
        }
        (lines, wrong)
    }
}

impl Place {
    fn is_given_up(&self) -> bool {
        self.misses >= if is_needed(&self.name) { PATIENCE } else { LITTLE_PATIENCE }
    }
}

fn is_told(name: &str) -> bool {
    name.starts_with("discord ") || TELL.iter().any(|room| name.starts_with(room))
}

/// A point, a call, or a transaction of one of the rooms this is about.
fn is_needed(name: &str) -> bool {
    !name.starts_with("src/") || TELL.iter().chain(&PUBLISH).any(|room| name.starts_with(room))
}

/// The program's own source, to name a transaction by its function.
#[derive(Default)]
struct Source(std::cell::RefCell<BTreeMap<String, Vec<String>>>);

impl Source {
    /// `src/flows/publish.rs:12:9 before` as `src/flows/publish.rs, keep: before`.
    fn shown(&self, name: &str) -> String {
        let Some((file, line, when)) = taken_apart(name) else { return name.to_owned() };
        self.function(file, line).map_or_else(|| name.to_owned(), |function| format!("{file}, {function}: {when}"))
    }

    fn function(&self, file: &str, line: usize) -> Option<String> {
        let lines = self.lines(file);
        let above = lines.iter().take(line).rev();
        above.filter_map(|text| text.split_once("fn ")).map(|(_, rest)| rest).find_map(|rest| {
            let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            (!name.is_empty()).then_some(name)
        })
    }

    fn lines(&self, file: &str) -> Vec<String> {
        let read = |file: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            std::fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
        };
        self.0.borrow_mut().entry(file.to_owned()).or_insert_with(|| read(file)).clone()
    }

    /// Which transactions the source has in these rooms that nobody came by.
    fn never_come_by(&self, rooms: &[&str], all: &[Place]) -> Vec<String> {
        let met: BTreeSet<(&str, usize)> =
            all.iter().filter_map(|place| taken_apart(&place.name)).map(|(file, line, _)| (file, line)).collect();
        let mut never = Vec::new();
        for file in rooms.iter().flat_map(|room| files(room)) {
            for (index, text) in self.lines(&file).iter().enumerate() {
                let line = index + 1;
                if !text.contains("tx.commit()") || met.contains(&(file.as_str(), line)) {
                    continue;
                }
                let function = self.function(&file, line).unwrap_or_default();
                if !NOT_HERE.iter().any(|(name, _)| *name == function) {
                    never.push(format!("{file}, {function}: nobody came by its transaction"));
                }
            }
        }
        never
    }
}

fn taken_apart(name: &str) -> Option<(&str, usize, &str)> {
    let (place, when) = name.split_once(' ')?;
    let mut parts = place.split(':');
    let (file, line) = (parts.next()?, parts.next()?.parse().ok()?);
    Some((file, line, when))
}

/// A file by its name, or every file of a folder.
fn files(room: &str) -> Vec<String> {
    if !room.ends_with('/') {
        return vec![room.to_owned()];
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(room);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| format!("{room}{}", entry.file_name().to_string_lossy()))
        .filter(|file| file.ends_with(".rs"))
        .collect()
}
