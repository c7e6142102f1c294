//! Numbers short enough for a bar or a line on a phone.

use crate::say;

/// What the units of a shortened number stand for.
const UNITS: [u128; 5] = [1_000_000_000_000_000, 1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000];

/// Shortens a number to three figures: `999`, `1.2k`, `12.3k`, `123k`, `1M`. Rounded half up, with a true minus sign; only
/// beyond a thousand quadrillions are there more figures.
#[must_use]
pub fn short_number(value: i64) -> String {
    let size = u128::from(value.unsigned_abs());
    let sign = if value < 0 { "−" } else { "" };
    for (index, unit) in UNITS.into_iter().enumerate() {
        // 999,950 reads 1M, not 1000k: whoever rounds up to a thousand of a unit takes the next one.
        let reaches = if index + 1 < UNITS.len() { size * 1_000 >= unit * 1_000 - unit / 2 } else { size >= unit };
        if !reaches {
            continue;
        }
        let tenths = (size * 10 + unit / 2) / unit;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let figure = if whole >= 100 {
            ((size + unit / 2) / unit).to_string()
        } else if tenth == 0 {
            whole.to_string()
        } else {
            say!("cards-number-decimal", whole = whole.to_string(), tenth = tenth.to_string())
        };
        return format!("{sign}{}", counted(&figure, index));
    }
    format!("{sign}{size}")
}

/// A figure with its unit, by the unit's place.
fn counted(figure: &str, unit: usize) -> String {
    match unit {
        0 => say!("cards-number-quadrillions", figure = figure),
        1 => say!("cards-number-trillions", figure = figure),
        2 => say!("cards-number-billions", figure = figure),
        3 => say!("cards-number-millions", figure = figure),
        _ => say!("cards-number-thousands", figure = figure),
    }
}

#[cfg(test)]
mod tests {
    use super::short_number;

    #[test]
    fn numbers_are_shortened_as_people_say_them() {
        let read: Vec<_> = [
            0,
            7,
            999,
            1_000,
            1_049,
            1_050,
            1_234,
            9_999,
            12_345,
            99_949,
            99_950,
            123_456,
            999_499,
            999_500,
            1_000_000,
            1_250_000,
            45_600_000,
            999_600_000,
            7_300_000_000,
            1_500_000_000_000,
        ]
        .map(short_number)
        .to_vec();
        assert_eq!(
            read.join(" "),
            "0 7 999 1k 1k 1.1k 1.2k 10k 12.3k 99.9k 100k 123k 999k 1M 1M 1.3M 45.6M 1B 7.3B 1.5T"
        );
    }

    #[test]
    fn a_number_below_zero_keeps_its_sign_and_the_largest_have_a_name() {
        assert_eq!(short_number(-12_345), "−12.3k");
        assert_eq!(short_number(-3), "−3");
        assert_eq!(short_number(i64::MAX), "9223Q");
        assert_eq!(short_number(i64::MIN), "−9223Q");
    }
}
