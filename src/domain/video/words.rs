//! Lengths, rates and sizes as people write them. A value beyond a limit is never rounded onto it.

/// A length as a clock shows it: `0:15`, `12:40`, `1:02:03`, and `10:00.02` when it is not whole seconds.
#[must_use]
pub fn clock(millis: u64) -> String {
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole =
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") };
    let fraction = format!(".{rest:03}");
    format!("{whole}{}", fraction.trim_end_matches('0').trim_end_matches('.'))
}

/// A frame rate without needless zeros: `24`, `23.976`, `59.94`.
pub(super) fn frames(milli: u32) -> String {
    let text = format!("{}.{:03}", milli / 1000, milli % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A size in powers of a thousand: `19 kB`, `52.4 MB`, `1.18 GB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let (unit, name, digits) = match bytes {
        0..1_000 => return format!("{bytes} bytes"),
        1_000..1_000_000 => (1_000, "kB", 0),
        1_000_000..1_000_000_000 => (1_000_000, "MB", 1),
        _ => (1_000_000_000, "GB", 2),
    };
    let step = unit / 10_u64.pow(digits);
    let rounded = bytes.saturating_add(step / 2) / step;
    let (whole, rest) = (rounded / 10_u64.pow(digits), rounded % 10_u64.pow(digits));
    if rest == 0 {
        return format!("{whole} {name}");
    }
    let width = usize::try_from(digits).unwrap_or(0);
    format!("{} {name}", format!("{whole}.{rest:0width$}").trim_end_matches('0'))
}

/// A size that is over a limit, told so exactly that it does not look like the limit.
pub(super) fn size_over(bytes: u64, limit: u64) -> String {
    if size(bytes) == size(limit) { format!("{bytes} bytes") } else { size(bytes) }
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
