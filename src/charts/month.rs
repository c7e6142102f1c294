//! A month as a picture: weeks from Monday down, a small plate for each post.
//!
//! A plate's colour and mark say where the post stands, so that no colour has to be told from another; its stripe is the
//! account's, explained below. Weeks are as high as their fullest day, up to three posts; more are counted.

use chrono::{Datelike, Days, NaiveDate};

use super::PictureError;
use super::canvas::{Canvas, Colour, Side, Text};
use crate::domain::schedule::Month;

/// Width of the picture, in pixels.
pub const MONTH_WIDTH: i32 = 1080;

/// How many posts of a day are shown one by one.
pub const MOST_SHOWN: usize = 3;

/// How many accounts have a stripe of their own.
pub const MOST_ACCOUNTS: usize = 6;

const MARGIN: i32 = 22;
const COLUMN: i32 = 148;
const TITLE_LINE: i32 = 62;
const WEEKDAY_LINE: i32 = 112;
/// Where the first week begins.
const TOP: i32 = 128;
/// The free space between two days.
const GAP: i32 = 6;
/// What the number of a day takes.
const DAY: i32 = 44;
/// A plate and the space below it.
const PLATE: i32 = 46;
const PLATE_HEIGHT: i32 = 40;
/// What the count of posts that are not shown takes.
const MORE: i32 = 34;
/// A line of the legend.
const LEGEND: i32 = 48;

/// Where a post stands, as far as a picture says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Somebody has yet to approve it.
    Waits,
    /// It goes out by itself.
    Coming,
    /// It is out, or in the creator's inbox.
    Out,
    /// A person is needed.
    Trouble,
    /// It does not go out.
    Over,
}

impl Tone {
    /// Every tone, in the order of the legend.
    pub const ALL: [Self; 5] = [Self::Waits, Self::Coming, Self::Out, Self::Trouble, Self::Over];

    /// The mark on its plate.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Waits => "?",
            Self::Coming => "→",
            Self::Out => "✓",
            Self::Trouble => "!",
            Self::Over => "✗",
        }
    }

    const fn plate(self) -> Colour {
        match self {
            Self::Waits => Colour::Waits,
            Self::Coming => Colour::Coming,
            Self::Out => Colour::Out,
            Self::Trouble => Colour::Trouble,
            Self::Over => Colour::Over,
        }
    }
}

/// A post on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthEntry<'a> {
    /// Which day.
    pub day: NaiveDate,
    /// Its time, as it is read there: `18:00`.
    pub time: &'a str,
    /// Which of the accounts.
    pub account: usize,
    /// Where it stands.
    pub tone: Tone,
}

/// What the picture of a month shows.
#[derive(Debug, Clone, Copy)]
pub struct MonthView<'a> {
    /// Which month.
    pub month: Month,
    /// The day that is marked.
    pub today: NaiveDate,
    /// Its posts, in the order of their times.
    pub entries: &'a [MonthEntry<'a>],
    /// The accounts' names.
    pub accounts: &'a [String],
    /// At the top left.
    pub title: &'a str,
    /// A few words at the top right; may be empty.
    pub aside: &'a str,
    /// Short names of the weekdays, Monday first.
    pub weekdays: [&'a str; 7],
    /// What each tone is called, in the order of [`Tone::ALL`].
    pub tones: [&'a str; 5],
    /// The word after the number of posts or accounts that are not shown.
    pub more: &'a str,
}

/// Draws a month as PNG.
///
/// # Errors
/// When the drawing library gives up.
pub fn month_chart(view: &MonthView<'_>) -> Result<Vec<u8>, PictureError> {
    let weeks = weeks(view);
    let legend = legend(view);
    let rows = i32::try_from(legend.len()).unwrap_or(0);
    let below = if rows == 0 { MARGIN / 2 } else { rows * LEGEND + MARGIN };
    let height = TOP + weeks.iter().map(|week| week.height + GAP).sum::<i32>() + below;
    let mut canvas = Canvas::new(MONTH_WIDTH, height)?;
    draw_head(&mut canvas, view)?;
    let mut top = TOP;
    for week in &weeks {
        for (column, day) in (0..).zip(&week.days) {
            if let Some(day) = day {
                draw_day(&mut canvas, view, day, (MARGIN + column * COLUMN, top, week.height))?;
            }
        }
        top += week.height + GAP;
    }
    for line in &legend {
        draw_legend(&mut canvas, line, top + LEGEND - 8)?;
        top += LEGEND;
    }
    canvas.into_png()
}

/// A week: its days from Monday, those of other months left out.
struct Week<'a> {
    days: Vec<Option<DayOf<'a>>>,
    height: i32,
}

struct DayOf<'a> {
    date: NaiveDate,
    shown: Vec<&'a MonthEntry<'a>>,
    /// How many posts are not shown.
    hidden: usize,
}

fn weeks<'a>(view: &MonthView<'a>) -> Vec<Week<'a>> {
    let first = view.month.first_day();
    let blank = usize::try_from(first.weekday().num_days_from_monday()).unwrap_or(0);
    let days = (0..view.month.days()).filter_map(|day| first.checked_add_days(Days::new(u64::from(day))));
    let mut slots: Vec<Option<DayOf<'a>>> = (0..blank).map(|_| None).collect();
    slots.extend(days.map(|date| Some(day_of(view.entries, date))));
    let mut weeks = Vec::new();
    while !slots.is_empty() {
        let rest = slots.split_off(slots.len().min(7));
        let height = slots.iter().flatten().map(needed).max().unwrap_or(0).max(DAY + PLATE);
        weeks.push(Week { days: slots, height });
        slots = rest;
    }
    weeks
}

fn day_of<'a>(entries: &'a [MonthEntry<'a>], date: NaiveDate) -> DayOf<'a> {
    let mut shown: Vec<_> = entries.iter().filter(|entry| entry.day == date).collect();
    let hidden = shown.len().saturating_sub(MOST_SHOWN);
    shown.truncate(MOST_SHOWN);
    DayOf { date, shown, hidden }
}

fn needed(day: &DayOf<'_>) -> i32 {
    let plates = i32::try_from(day.shown.len()).unwrap_or(0);
    DAY + plates * PLATE + if day.hidden > 0 { MORE } else { 0 } + 4
}

fn draw_head(canvas: &mut Canvas, view: &MonthView<'_>) -> Result<(), PictureError> {
    let aside = Text { size: 32, colour: Colour::Quiet, bold: false };
    let taken = canvas.write(view.aside, aside, (MONTH_WIDTH - MARGIN, TITLE_LINE), Side::Right, MONTH_WIDTH / 2)?;
    let title = Text { size: 44, colour: Colour::Loud, bold: true };
    canvas.write(view.title, title, (MARGIN, TITLE_LINE), Side::Left, MONTH_WIDTH - 3 * MARGIN - taken)?;
    for (column, name) in (0..).zip(view.weekdays) {
        let look = Text { size: 27, colour: if column > 4 { Colour::Quiet } else { Colour::Number }, bold: false };
        let middle = MARGIN + column * COLUMN + (COLUMN - GAP) / 2;
        canvas.write(name, look, (middle, WEEKDAY_LINE), Side::Middle, COLUMN - GAP)?;
    }
    Ok(())
}

fn draw_day(
    canvas: &mut Canvas,
    view: &MonthView<'_>,
    day: &DayOf<'_>,
    (left, top, height): (i32, i32, i32),
) -> Result<(), PictureError> {
    let width = COLUMN - GAP;
    let is_today = day.date == view.today;
    if is_today {
        canvas.block((left, top), (width, height), 10, Colour::Highlight)?;
        canvas.block((left + 3, top + 3), (width - 6, height - 6), 8, Colour::Today)?;
    } else {
        canvas.block((left, top), (width, height), 10, Colour::Cell)?;
    }
    let colour = match (is_today, day.shown.is_empty()) {
        (true, _) => Colour::Highlight,
        (false, false) => Colour::Loud,
        (false, true) => Colour::Quiet,
    };
    let number = Text { size: 28, colour, bold: is_today || !day.shown.is_empty() };
    canvas.write(&day.date.day().to_string(), number, (left + 12, top + 33), Side::Left, width)?;
    let mut at = top + DAY;
    for entry in &day.shown {
        draw_plate(canvas, entry, (left + 6, at))?;
        at += PLATE;
    }
    if day.hidden > 0 {
        let text = Text { size: 25, colour: Colour::Number, bold: true };
        let said = format!("+{} {}", day.hidden, view.more);
        canvas.write(&said, text, (left + width / 2, at + 22), Side::Middle, width - 8)?;
    }
    Ok(())
}

fn draw_plate(canvas: &mut Canvas, entry: &MonthEntry<'_>, (left, top): (i32, i32)) -> Result<(), PictureError> {
    let width = COLUMN - GAP - 12;
    canvas.block((left, top), (width, PLATE_HEIGHT), 7, stripe(entry.account))?;
    canvas.block((left + 9, top), (width - 9, PLATE_HEIGHT), 7, entry.tone.plate())?;
    let is_over = entry.tone == Tone::Over;
    let time = Text { size: 27, colour: if is_over { Colour::Number } else { Colour::Loud }, bold: !is_over };
    canvas.write(entry.time, time, (left + 18, top + 30), Side::Left, width - 44)?;
    let mark = Text { size: 26, colour: Colour::Loud, bold: true };
    canvas.write(entry.tone.mark(), mark, (left + width - 15, top + 30), Side::Middle, 30)?;
    Ok(())
}

fn stripe(account: usize) -> Colour {
    Colour::Account(u8::try_from(account.min(MOST_ACCOUNTS)).unwrap_or(0))
}

/// A line of what the picture's colours and marks mean.
enum Legend<'a> {
    Accounts(Vec<(usize, String)>),
    Tones(Vec<(Tone, &'a str)>),
}

/// Explains what is on the picture, and nothing else.
fn legend<'a>(view: &MonthView<'a>) -> Vec<Legend<'a>> {
    let named = |(place, name): (usize, &String)| (place, name.clone());
    let is_there = |place: usize| view.entries.iter().any(|entry| entry.account == place);
    let mut accounts: Vec<_> =
        view.accounts.iter().enumerate().filter(|(place, _)| is_there(*place)).map(named).collect();
    let others = accounts.iter().filter(|(place, _)| *place >= MOST_ACCOUNTS).count();
    if others > 0 {
        accounts.retain(|(place, _)| *place < MOST_ACCOUNTS);
        accounts.push((MOST_ACCOUNTS, format!("+{others} {}", view.more)));
    }
    let tones: Vec<_> = Tone::ALL
        .into_iter()
        .zip(view.tones)
        .filter(|(tone, _)| view.entries.iter().any(|entry| entry.tone == *tone))
        .collect();
    let tones = tones.chunks(3).map(|some| Legend::Tones(some.to_vec()));
    accounts.chunks(3).map(|some| Legend::Accounts(some.to_vec())).chain(tones).collect()
}

fn draw_legend(canvas: &mut Canvas, legend: &Legend<'_>, line: i32) -> Result<(), PictureError> {
    let third = (MONTH_WIDTH - 2 * MARGIN) / 3;
    let text = Text { size: 28, colour: Colour::Number, bold: false };
    match legend {
        Legend::Accounts(accounts) => {
            for (column, (place, name)) in (0..).zip(accounts) {
                let left = MARGIN + column * third;
                canvas.block((left, line - 24), (12, 30), 5, stripe(*place))?;
                canvas.write(name, text, (left + 26, line), Side::Left, third - 40)?;
            }
        }
        Legend::Tones(tones) => {
            for (column, (tone, name)) in (0..).zip(tones) {
                let left = MARGIN + column * third;
                canvas.block((left, line - 27), (36, 36), 7, tone.plate())?;
                let mark = Text { size: 26, colour: Colour::Loud, bold: true };
                canvas.write(tone.mark(), mark, (left + 18, line), Side::Middle, 36)?;
                canvas.write(name, text, (left + 48, line), Side::Left, third - 60)?;
            }
        }
    }
    Ok(())
}
