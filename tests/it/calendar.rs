//! The picture of a month: what its pixels say, and that no month and no words can break it.

use chrono::NaiveDate;
use greenroom::charts::{MONTH_WIDTH, MOST_SHOWN, MonthEntry, MonthView, Tone, month_chart};
use greenroom::domain::schedule::Month;
use proptest::prelude::*;

use crate::charts::Picture;

const CARD: [u8; 3] = [0x1b, 0x1d, 0x23];
const CELL: [u8; 3] = [0x24, 0x27, 0x2f];
const HIGHLIGHT: [u8; 3] = [0x3d, 0xdc, 0x97];
const WAITS: [u8; 3] = [0x7a, 0x59, 0x0a];
const COMING: [u8; 3] = [0x27, 0x52, 0x92];
const STRIPES: [[u8; 3]; 2] = [[0x6c, 0xb2, 0xff], [0xff, 0xa9, 0x4d]];

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, number).unwrap()
}

fn entry(number: u32, account: usize, tone: Tone) -> MonthEntry<'static> {
    MonthEntry { day: day(number), time: "18:00", account, tone }
}

fn names(count: usize) -> Vec<String> {
    let names = ["@harbour.cafe", "@northpier.bikes", "@old_mill", "@quay.books", "@tide.yoga", "@lamp.lab", "@more"];
    names.into_iter().cycle().take(count).map(str::to_owned).collect()
}

fn view<'a>(entries: &'a [MonthEntry<'a>], accounts: &'a [String]) -> MonthView<'a> {
    MonthView {
        month: "2026-12".parse().unwrap(),
        today: day(9),
        entries,
        accounts,
        title: "December 2026",
        aside: "12 posts",
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        tones: ["in review", "goes out", "out", "needs a hand", "does not go out"],
        more: "more",
    }
}

fn drawn(view: &MonthView<'_>) -> Picture {
    Picture::read(&month_chart(view).unwrap())
}

/// How many pixels of a day's column have a colour, over the whole height.
fn in_column(picture: &Picture, column: usize, colour: [u8; 3]) -> usize {
    let left = 22 + column * 148;
    let places = (0..picture.height).flat_map(|y| (left..left + 148).map(move |x| (x, y)));
    places.filter(|(x, y)| picture.pixel(*x, *y) == colour).count()
}

#[test]
fn weeks_begin_on_monday_and_days_of_other_months_are_left_out() {
    let picture = drawn(&view(&[], &[]));
    assert_eq!(i32::try_from(picture.width).unwrap(), MONTH_WIDTH);
    // December 2026 begins on a Tuesday and ends on a Thursday: five weeks, five of them with a Tuesday.
    let [monday, tuesday, friday] = [0, 1, 4].map(|column| in_column(&picture, column, CELL));
    assert!(monday > 0 && tuesday > monday && friday < tuesday, "{monday} {tuesday} {friday}");
    assert_eq!(picture.pixel(2, 2), CARD);
}

#[test]
fn today_is_marked_and_no_other_day() {
    let picture = drawn(&view(&[], &[]));
    let marked: Vec<usize> = (0..7).filter(|column| in_column(&picture, *column, HIGHLIGHT) > 0).collect();
    assert_eq!(marked, [2], "the ninth is a Wednesday");
    let elsewhere = MonthView { today: day(9).pred_opt().unwrap() - chrono::Days::new(10), ..view(&[], &[]) };
    assert_eq!((0..7).map(|column| in_column(&drawn(&elsewhere), column, HIGHLIGHT)).sum::<usize>(), 0);
}

#[test]
fn a_post_shows_where_it_stands_and_whose_it_is() {
    let accounts = names(2);
    let entries = [entry(1, 0, Tone::Waits), entry(2, 1, Tone::Coming)];
    let picture = drawn(&view(&entries, &accounts));
    // The legend stands below the first columns, so colours are looked for above it.
    let height = picture.height - 120;
    let above = picture.cut_at(height);
    for (column, tone, other, stripe) in [(1, WAITS, COMING, 0), (2, COMING, WAITS, 1)] {
        assert!(in_column(&above, column, tone) > 1_000, "{column}");
        assert_eq!(in_column(&above, column, other), 0, "{column}");
        assert!(in_column(&above, column, STRIPES[stripe]) > 100, "{column}");
        assert_eq!(in_column(&above, column, STRIPES[1 - stripe]), 0, "{column}");
    }
}

#[test]
fn a_full_day_is_counted_instead_of_growing_without_end() {
    let accounts = names(1);
    let of = |count: usize| drawn(&view(&vec![entry(1, 0, Tone::Coming); count], &accounts)).height;
    let full = of(MOST_SHOWN);
    assert!(of(1) < of(2) && of(2) < full && full < of(MOST_SHOWN + 1));
    assert_eq!(of(MOST_SHOWN + 1), of(300));
}

#[test]
fn the_same_month_is_the_same_picture() {
    let accounts = names(7);
    let entries: Vec<_> = (1..=7).zip(0..).map(|(number, account)| entry(number, account, Tone::Out)).collect();
    assert_eq!(month_chart(&view(&entries, &accounts)).unwrap(), month_chart(&view(&entries, &accounts)).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_month_and_no_words_break_a_calendar(
        by in -2_500_i32..2_500,
        posts in prop::collection::vec((1_u32..=31, 0_usize..300, 0_usize..5), 0..60),
        words in ".{0,300}",
    ) {
        let month = Month::of(day(1)).later(by).unwrap_or(Month::of(day(1)));
        let accounts = vec![words.clone(); 9];
        let first = month.first_day();
        let entries: Vec<_> = posts
            .iter()
            .filter_map(|(number, account, tone)| {
                let day = chrono::Datelike::with_day(&first, *number)?;
                Some(MonthEntry { day, time: &words, account: *account, tone: Tone::ALL[*tone] })
            })
            .collect();
        let view = MonthView { month, title: &words, aside: &words, more: &words, ..view(&entries, &accounts) };
        let picture = drawn(&view);
        prop_assert_eq!(i32::try_from(picture.width).unwrap(), MONTH_WIDTH);
    }
}
