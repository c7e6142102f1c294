//! Numbers in, PNG out.
//!
//! A chart is drawn on its own dark card, so that it reads the same in Discord's dark and light themes, and sized for a
//! phone: few things, each bar with its number, no axis to look across to. The font is compiled in, so that a machine
//! without fonts draws the same picture. Only numbers, dates and our own labels belong here; people's text (captions,
//! emoji) belongs in the message beside the picture.

mod canvas;
mod font;
mod month;
mod number;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use canvas::{Canvas, Colour, Side, Text};

pub use font::can_draw;
pub use month::{MONTH_WIDTH, MOST_ACCOUNTS, MOST_SHOWN, MonthEntry, MonthView, Tone, month_chart};
pub use number::short_number;

/// Width of every chart, in pixels.
pub const WIDTH: i32 = 800;

/// Height of a chart with bars, in pixels.
pub const HEIGHT: i32 = 400;

/// Height of the picture that says there are no numbers yet, in pixels.
pub const EMPTY_HEIGHT: i32 = 160;

/// The most days one chart shows: more, and a day's number no longer finds its bar on a phone.
pub const MOST_DAYS: u16 = 31;

/// Free space left and right.
const MARGIN: i32 = 24;
/// Where the title stands.
const TITLE_LINE: i32 = 50;
/// The highest bar's top; its number stands above it.
const PLOT_TOP: i32 = 122;
/// The lowest bar's end when nothing is below zero.
const PLOT_END: i32 = 312;
/// What numbers under bars take when something is below zero.
const NUMBERS_BELOW: i32 = 28;
/// Where the days stand, and the weekdays under them.
const DAY_LINE: i32 = 346;
const WEEKDAY_LINE: i32 = 374;

const TITLE_SIZE: i32 = 30;
const ASIDE_SIZE: i32 = 25;
const NUMBER_SIZE: i32 = 23;
/// A number smaller than this is a smudge on a phone: then only the highest and the last day carry theirs.
const SMALLEST_NUMBER: i32 = 15;
const DAY_SIZE: i32 = 24;
const WEEKDAY_SIZE: i32 = 19;

/// A bar this high still shows that a day is known, also at zero.
const STUB: i32 = 3;

/// What the picture says besides its numbers, in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartLabels<'a> {
    /// What is counted, at the top left; cut when it is too long.
    pub title: &'a str,
    /// A few words at the top right, such as the total; may be empty.
    pub aside: &'a str,
    /// What an empty chart says.
    pub no_numbers: &'a str,
    /// Short names of the weekdays, Monday first.
    pub weekdays: [&'a str; 7],
    /// The day at the right end, which is highlighted.
    pub last_day: NaiveDate,
    /// How many days up to the last one are shown, at most [`MOST_DAYS`].
    pub days: u16,
}

/// A picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The font in the program cannot be read.
    #[error("the built-in font cannot be read")]
    Font,
    /// The drawing library gave up.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
    /// The picture could not be written as PNG.
    #[error("the chart could not be written as PNG")]
    Encoding(#[from] png::EncodingError),
}

/// Draws a bar for each day as PNG. A day missing from the series is unknown and stays a gap; days outside the labels'
/// days are not shown; without any known day the picture says so.
pub fn day_chart(series: &[(NaiveDate, i64)], labels: &ChartLabels<'_>) -> Result<Vec<u8>, PictureError> {
    let known: BTreeMap<NaiveDate, i64> = series.iter().copied().collect();
    let days: Vec<Day> = (0..labels.days.clamp(1, MOST_DAYS))
        .rev()
        .filter_map(|ago| labels.last_day.checked_sub_days(Days::new(u64::from(ago))))
        .map(|date| Day { date, value: known.get(&date).copied(), is_last: date == labels.last_day })
        .collect();
    if days.iter().all(|day| day.value.is_none()) {
        return nothing_yet(labels);
    }
    let mut canvas = Canvas::new(WIDTH, HEIGHT)?;
    draw_header(&mut canvas, labels)?;
    let plot = Plot::new(&days);
    draw_bars(&mut canvas, &plot, &days)?;
    draw_numbers(&mut canvas, &plot, &days)?;
    draw_dates(&mut canvas, &plot, &days, labels)?;
    canvas.into_png()
}

struct Day {
    date: NaiveDate,
    value: Option<i64>,
    is_last: bool,
}

/// Where a value stands. Whole numbers throughout: the widest span of two `i64` times the height fits `i128`.
struct Plot {
    slots: i32,
    lowest: i128,
    highest: i128,
    end: i32,
}

impl Plot {
    fn new(days: &[Day]) -> Self {
        let values = || days.iter().filter_map(|day| day.value).map(i128::from);
        let lowest = values().min().unwrap_or(0).min(0);
        let highest = values().max().unwrap_or(0).max(0);
        let end = if lowest < 0 { PLOT_END - NUMBERS_BELOW } else { PLOT_END };
        Self { slots: i32::try_from(days.len()).unwrap_or(1).max(1), lowest, highest, end }
    }

    /// The height of a value's bar, without its sign.
    fn length(&self, value: i64) -> i32 {
        let span = (self.highest - self.lowest).max(1);
        let height = i128::from(self.end - PLOT_TOP);
        let length = (i128::from(value).abs() * height + span / 2) / span;
        i32::try_from(length).unwrap_or(self.end - PLOT_TOP).max(STUB)
    }

    /// The line where zero is.
    fn zero(&self) -> i32 {
        match i64::try_from(self.highest) {
            Ok(0) if self.lowest < 0 => PLOT_TOP,
            Ok(0) | Err(_) => self.end,
            Ok(highest) => PLOT_TOP + self.length(highest),
        }
    }

    /// The middle of a day's slot.
    fn middle(&self, index: usize) -> i32 {
        let index = i32::try_from(index).unwrap_or(0);
        MARGIN + (WIDTH - 2 * MARGIN) * (2 * index + 1) / (2 * self.slots)
    }

    fn slot_width(&self) -> i32 {
        (WIDTH - 2 * MARGIN) / self.slots
    }

    fn bar_width(&self) -> i32 {
        (self.slot_width() * 2 / 3).clamp(4, 80)
    }
}

fn draw_header(canvas: &mut Canvas, labels: &ChartLabels<'_>) -> Result<(), PictureError> {
    let aside = Text { size: ASIDE_SIZE, colour: Colour::Quiet, bold: false };
    let aside_width = canvas.write(labels.aside, aside, (WIDTH - MARGIN, TITLE_LINE), Side::Right, WIDTH / 2)?;
    let title = Text { size: TITLE_SIZE, colour: Colour::Loud, bold: true };
    canvas.write(labels.title, title, (MARGIN, TITLE_LINE), Side::Left, WIDTH - 3 * MARGIN - aside_width)?;
    Ok(())
}

fn draw_bars(canvas: &mut Canvas, plot: &Plot, days: &[Day]) -> Result<(), PictureError> {
    let (zero, width) = (plot.zero(), plot.bar_width());
    canvas.line(MARGIN, WIDTH - MARGIN, zero)?;
    for (index, day) in days.iter().enumerate() {
        let Some(value) = day.value else { continue };
        let left = plot.middle(index) - width / 2;
        let length = plot.length(value);
        canvas.bar((left, zero), width, if value < 0 { length } else { -length }, colour_of(day.is_last, value))?;
    }
    Ok(())
}

const fn colour_of(is_last: bool, value: i64) -> Colour {
    match (value < 0, is_last) {
        (false, false) => Colour::Bar,
        (false, true) => Colour::Highlight,
        (true, false) => Colour::Loss,
        (true, true) => Colour::LossHighlight,
    }
}

/// A bar's number and where it stands.
struct Number {
    index: usize,
    words: String,
    value: i64,
    is_last: bool,
    width: i32,
    baseline: i32,
}

/// Writes each bar's number, all in the largest size in which none touches another or a bar beside it; where no size is
/// legible, only the highest and the last day carry theirs.
fn draw_numbers(canvas: &mut Canvas, plot: &Plot, days: &[Day]) -> Result<(), PictureError> {
    for size in (SMALLEST_NUMBER..=NUMBER_SIZE).rev() {
        let numbers = numbers_at(canvas, plot, days, size)?;
        if stand_apart(&numbers, plot, size) {
            return write_numbers(canvas, plot, &numbers, size);
        }
    }
    let mut numbers = numbers_at(canvas, plot, days, NUMBER_SIZE)?;
    let highest = numbers.iter().max_by_key(|number| (number.value, number.index)).map(|number| number.index);
    numbers.retain(|number| number.is_last || Some(number.index) == highest);
    if let [one, last] = numbers.as_slice()
        && (last.baseline - one.baseline).abs() < NUMBER_SIZE
        && plot.middle(last.index) - plot.middle(one.index) < one.width.midpoint(last.width) + 6
    {
        numbers.remove(0);
    }
    write_numbers(canvas, plot, &numbers, NUMBER_SIZE)
}

fn numbers_at(canvas: &mut Canvas, plot: &Plot, days: &[Day], size: i32) -> Result<Vec<Number>, PictureError> {
    let mut numbers = Vec::new();
    for (index, day) in days.iter().enumerate() {
        let Some(value) = day.value else { continue };
        let words = short_number(value);
        let width = canvas.width_of(&words, size, day.is_last)?;
        let length = plot.length(value);
        let baseline = if value < 0 { plot.zero() + length + size * 7 / 8 } else { plot.zero() - length - 7 };
        numbers.push(Number { index, words, value, is_last: day.is_last, width, baseline });
    }
    Ok(numbers)
}

fn stand_apart(numbers: &[Number], plot: &Plot, size: i32) -> bool {
    let widest = 2 * plot.slot_width() - plot.bar_width() - 6;
    let touch = |pair: &[Number]| {
        pair[1].index - pair[0].index == 1
            && (pair[1].baseline - pair[0].baseline).abs() < size
            && (pair[0].width + pair[1].width) / 2 + 6 > plot.slot_width()
    };
    numbers.iter().all(|number| number.width <= widest) && !numbers.windows(2).any(touch)
}

fn write_numbers(canvas: &mut Canvas, plot: &Plot, numbers: &[Number], size: i32) -> Result<(), PictureError> {
    for number in numbers {
        let colour = if number.is_last { colour_of(true, number.value) } else { Colour::Number };
        let margin = 8 + number.width / 2;
        let middle = plot.middle(number.index).clamp(margin, (WIDTH - margin).max(margin));
        let look = Text { size, colour, bold: number.is_last };
        canvas.write(&number.words, look, (middle, number.baseline), Side::Middle, WIDTH)?;
    }
    Ok(())
}

/// Writes the days, as many as fit, counted back from the last; unknown ones fainter.
fn draw_dates(canvas: &mut Canvas, plot: &Plot, days: &[Day], labels: &ChartLabels<'_>) -> Result<(), PictureError> {
    let room = canvas.width_of("30", DAY_SIZE, true)? + 6;
    let step = usize::try_from((room + plot.slot_width() - 1) / plot.slot_width()).unwrap_or(1).max(1);
    for (index, day) in days.iter().enumerate().rev().step_by(step) {
        let colour = match (day.is_last, day.value) {
            (true, _) => Colour::Loud,
            (false, Some(_)) => Colour::Number,
            (false, None) => Colour::Faint,
        };
        let middle = plot.middle(index);
        let text = Text { size: DAY_SIZE, colour, bold: day.is_last };
        canvas.write(&day.date.day().to_string(), text, (middle, DAY_LINE), Side::Middle, WIDTH)?;
        let weekday = usize::try_from(day.date.weekday().num_days_from_monday()).unwrap_or(0);
        let text = Text { size: WEEKDAY_SIZE, bold: false, ..text };
        let text = if day.is_last || day.value.is_none() { text } else { Text { colour: Colour::Quiet, ..text } };
        let width = plot.slot_width() * i32::try_from(step).unwrap_or(1) - 2;
        canvas.write(labels.weekdays[weekday], text, (middle, WEEKDAY_LINE), Side::Middle, width)?;
    }
    Ok(())
}

fn nothing_yet(labels: &ChartLabels<'_>) -> Result<Vec<u8>, PictureError> {
    let mut canvas = Canvas::new(WIDTH, EMPTY_HEIGHT)?;
    draw_header(&mut canvas, labels)?;
    let text = Text { size: ASIDE_SIZE + 2, colour: Colour::Quiet, bold: false };
    canvas.write(labels.no_numbers, text, (WIDTH / 2, 112), Side::Middle, WIDTH - 2 * MARGIN)?;
    canvas.into_png()
}
