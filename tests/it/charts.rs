//! The picture in the digest: what its pixels say, and that no numbers can break it.

use chrono::{Days, NaiveDate};
use greenroom::charts::{ChartLabels, EMPTY_HEIGHT, HEIGHT, WIDTH, day_chart};
use proptest::prelude::*;

const CARD: [u8; 3] = [0x1b, 0x1d, 0x23];
const LINE: [u8; 3] = [0x41, 0x46, 0x52];
const BAR: [u8; 3] = [0x5f, 0x7f, 0xb8];
const HIGHLIGHT: [u8; 3] = [0x3d, 0xdc, 0x97];
const LOSS: [u8; 3] = [0xb8, 0x5f, 0x6d];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

fn labels() -> ChartLabels<'static> {
    ChartLabels {
        title: "Views gained each day",
        aside: "harbour.cafe",
        no_numbers: "No numbers yet: the first two mornings make the first bar.",
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        last_day: today(),
        days: 14,
    }
}

/// A series from values by age, today first.
fn series(values: &[(u64, i64)]) -> Vec<(NaiveDate, i64)> {
    values.iter().map(|(ago, value)| (today() - Days::new(*ago), *value)).collect()
}

pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pixels: Vec<u8>,
}

impl Picture {
    fn of(values: &[(u64, i64)]) -> Self {
        Self::read(&day_chart(&series(values), &labels()).unwrap())
    }

    pub(crate) fn read(file: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        let side = |pixels: u32| usize::try_from(pixels).unwrap();
        Self { width: side(info.width), height: side(info.height), pixels }
    }

    fn size(&self) -> (i32, i32) {
        (i32::try_from(self.width).unwrap(), i32::try_from(self.height).unwrap())
    }

    /// The upper part of it.
    pub(crate) fn cut_at(self, height: usize) -> Self {
        Self { height, ..self }
    }

    pub(crate) fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    /// The colours down the middle of a day's slot, from the header to the dates.
    fn column(&self, days_ago: usize) -> Vec<[u8; 3]> {
        let x = 24 + (self.width - 48) * (2 * (13 - days_ago) + 1) / 28;
        (70..325).map(|y| self.pixel(x, y)).collect()
    }

    /// How high a day's bar of that colour is; its number above may have the same colour, in shorter runs.
    fn height_of(&self, days_ago: usize, colour: [u8; 3]) -> usize {
        let column = self.column(days_ago);
        column.chunk_by(|one, next| one == next).filter(|run| run[0] == colour).map(<[_]>::len).max().unwrap_or(0)
    }
}

fn about(height: usize, expected: usize) -> bool {
    height.abs_diff(expected) <= 2
}

#[test]
fn a_chart_is_a_png_of_the_promised_size() {
    let picture = Picture::of(&[(0, 1_200), (1, 900)]);
    assert_eq!(picture.size(), (WIDTH, HEIGHT));
    assert_eq!(picture.pixel(2, 2), CARD);
}

#[test]
fn bars_are_as_high_as_their_numbers_and_today_is_highlighted() {
    let picture = Picture::of(&[(0, 500), (3, 1_000), (5, 250), (6, 0)]);
    let full = picture.height_of(3, BAR);
    assert!(full > 180, "{full}");
    assert!(about(picture.height_of(5, BAR), full / 4));
    assert!(about(picture.height_of(0, HIGHLIGHT), full / 2));
    assert_eq!(picture.height_of(0, BAR), 0);
}

#[test]
fn an_unknown_day_is_a_gap_and_a_zero_is_not() {
    let picture = Picture::of(&[(0, 500), (2, 0)]);
    assert!(picture.height_of(2, BAR) > 0);
    assert!(picture.column(1).contains(&LINE));
    assert!(picture.column(1).iter().all(|colour| [CARD, LINE].contains(colour)));
}

#[test]
fn days_below_zero_hang_from_the_line() {
    let picture = Picture::of(&[(0, 500), (4, 1_000), (5, -1_000)]);
    let (up, down) = (picture.height_of(4, BAR), picture.height_of(5, LOSS));
    assert!(about(up, down) && down > 70, "{up} {down}");
    assert_eq!(picture.height_of(5, BAR), 0);
}

#[test]
fn equal_days_are_equally_high_and_zeros_stay_on_the_line() {
    let equal: Vec<_> = (0..14).map(|ago| (ago, 77)).collect();
    let picture = Picture::of(&equal);
    assert!((2..14).all(|ago| picture.height_of(ago, BAR) == picture.height_of(1, BAR)));
    let zeros: Vec<_> = (0..14).map(|ago| (ago, 0)).collect();
    assert!(Picture::of(&zeros).height_of(1, BAR) <= 5);
}

#[test]
fn the_largest_numbers_there_are_keep_their_proportions() {
    let picture = Picture::of(&[(1, i64::MAX), (2, i64::MIN), (3, i64::MAX / 2)]);
    let full = picture.height_of(1, BAR);
    assert!(about(picture.height_of(2, LOSS), full) && about(picture.height_of(3, BAR), full / 2));
}

#[test]
fn without_numbers_the_picture_is_small_and_says_so() {
    for nothing in [Vec::new(), series(&[(14, 500)])] {
        let picture = Picture::read(&day_chart(&nothing, &labels()).unwrap());
        assert_eq!(picture.size(), (WIDTH, EMPTY_HEIGHT));
        assert!((60..150).any(|y| (100..700).any(|x| picture.pixel(x, y) != CARD)));
    }
}

#[test]
fn the_order_of_days_does_not_matter() {
    let there = series(&[(0, 1), (1, 2), (2, 3)]);
    let back: Vec<_> = there.iter().rev().copied().collect();
    assert_eq!(day_chart(&there, &labels()).unwrap(), day_chart(&back, &labels()).unwrap());
}

#[test]
fn characters_the_font_lacks_are_left_out() {
    let with = ChartLabels { title: "Latte ☕漢\n\u{202e}time", ..labels() };
    let without = ChartLabels { title: "Latte time", ..labels() };
    let days = series(&[(0, 5)]);
    assert_eq!(day_chart(&days, &with).unwrap(), day_chart(&days, &without).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_numbers_and_no_words_break_a_chart(
        values in prop::collection::vec((0_u64..40, prop_oneof![any::<i64>(), -1_000_i64..1_000]), 0..40),
        title in any::<String>(),
        aside in ".{0,300}",
        days in any::<u16>(),
        last_day in prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), Just(today())],
    ) {
        let labels = ChartLabels { title: &title, aside: &aside, days, last_day, ..labels() };
        let mut days = series(&values);
        days.push((last_day, i64::MIN));
        let picture = Picture::read(&day_chart(&days, &labels).unwrap());
        prop_assert_eq!(picture.size(), (WIDTH, HEIGHT));
    }
}
