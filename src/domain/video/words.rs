//! Lengths, rates and sizes as people write them. A value beyond a limit is never rounded onto it.

use super::said::{bytes, decimal};

/// A length as a clock shows it: `0:15`, `12:40`, `1:02:03`, and `10:00.02` when it is not whole seconds.
#[must_use]
pub fn clock(millis: u64) -> String {
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole =
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") };
    decimal(&whole, format!("{rest:03}").trim_end_matches('0'))
}

/// A frame rate without needless zeros: `24`, `23.976`, `59.94`.
pub(super) fn frames(milli: u32) -> String {
    decimal(&(milli / 1000).to_string(), format!("{:03}", milli % 1000).trim_end_matches('0'))
}

/// A size in powers of a thousand: `19 kB`, `52.4 MB`, `1.18 GB`.
#[must_use]
pub fn size(count: u64) -> String {
    let (unit, name, digits) = match count {
        0..1_000 => return bytes(count),
        1_000..1_000_000 => (1_000, "kB", 0),
        1_000_000..1_000_000_000 => (1_000_000, "MB", 1),
        _ => (1_000_000_000, "GB", 2),
    };
    let step = unit / 10_u64.pow(digits);
    let rounded = count.saturating_add(step / 2) / step;
    let (whole, rest) = (rounded / 10_u64.pow(digits), rounded % 10_u64.pow(digits));
    let width = usize::try_from(digits).unwrap_or(0);
    let rest = if rest == 0 { String::new() } else { format!("{rest:0width$}") };
    format!("{} {name}", decimal(&whole.to_string(), rest.trim_end_matches('0')))
}

/// A size that is over a limit, told so exactly that it does not look like the limit.
pub(super) fn size_over(count: u64, limit: u64) -> String {
    if size(count) == size(limit) { bytes(count) } else { size(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_look_like_a_clock() {
        assert_eq!(clock(15_000), "0:15");
        assert_eq!(clock(760_000), "12:40");
        assert_eq!(clock(600_020), "10:00.02");
        assert_eq!(clock(3_723_000), "1:02:03");
    }

    #[test]
    fn rates_and_sizes_have_no_needless_zeros() {
        assert_eq!(frames(24_000), "24");
        assert_eq!(frames(59_940), "59.94");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(19_494), "19 kB");
        assert_eq!(size(52_428_800), "52.4 MB");
        assert_eq!(size(4_000_000_000), "4 GB");
        assert_eq!(size(u64::MAX), "18446744073.7 GB");
        assert_eq!(size_over(4_000_000_001, 4_000_000_000), "4000000001 bytes");
    }
}
