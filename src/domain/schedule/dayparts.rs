//! Parts of a day: words everybody understands and nobody can set a clock by, unless a time stands beside them. Alone
//! they are refused, with the usual times of that part to choose from.

use chrono::{NaiveTime, TimeDelta, Timelike as _};

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    /// Until noon.
    Morning,
    /// Around noon.
    Midday,
    /// After it.
    Afternoon,
    /// Before bed.
    Evening,
    /// Late in the evening: past midnight nobody knows which night is meant.
    Night,
    /// Said of an hour, as in `2 Uhr nachts`, which belongs to its own day.
    AtNight,
    /// Where two days meet: which of the two midnights of a day is meant is for people to say.
    Midnight,
}

impl DayPart {
    /// The part a word names.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "morning" | "früh" | "frueh" | "morgens" | "vormittag" | "vormittags" => Self::Morning,
            "mittag" | "mittags" => Self::Midday,
            "afternoon" | "nachmittag" | "nachmittags" => Self::Afternoon,
            "evening" | "abend" | "abends" => Self::Evening,
            "night" | "nacht" => Self::Night,
            "nachts" => Self::AtNight,
            "midnight" | "mitternacht" => Self::Midnight,
            _ => return None,
        })
    }

    /// The weekday's name and the part in a German word for both, as in `freitagabend`.
    pub(super) fn split(word: &str) -> Option<(&str, Self)> {
        let endings = [
            ("vormittag", Self::Morning),
            ("nachmittag", Self::Afternoon),
            ("mittag", Self::Midday),
            ("morgen", Self::Morning),
            ("abend", Self::Evening),
            ("nacht", Self::Night),
        ];
        endings.into_iter().find_map(|(ending, part)| {
            let day = word.strip_suffix(ending).filter(|day| day.ends_with("tag") || *day == "mittwoch")?;
            Some((day, part))
        })
    }

    /// The times offered for it.
    pub(super) fn usual(self) -> Vec<NaiveTime> {
        let hours: &[u32] = match self {
            Self::Morning => &[8, 9, 10],
            Self::Midday => &[12, 13],
            Self::Afternoon => &[14, 15, 16],
            Self::Evening => &[18, 19, 20, 21],
            Self::Night | Self::AtNight => &[21, 22, 23],
            Self::Midnight => &[0],
        };
        hours.iter().filter_map(|hour| NaiveTime::from_hms_opt(*hour, 0, 0)).collect()
    }

    /// The time as it is meant beside this part: as it was said, or in the other half of the day when only that fits.
    pub(super) fn fits(self, time: NaiveTime, is_halved: bool) -> Option<NaiveTime> {
        if self.holds(time) {
            return Some(time);
        }
        let later = time.overflowing_add_signed(TimeDelta::hours(12)).0;
        ((1..12).contains(&time.hour()) && !is_halved && self.holds(later)).then_some(later)
    }

    fn holds(self, time: NaiveTime) -> bool {
        match self {
            Self::Morning => (4..=11).contains(&time.hour()),
            Self::Midday => (11..=14).contains(&time.hour()),
            Self::Afternoon => (12..=18).contains(&time.hour()),
            Self::Evening => (16..=23).contains(&time.hour()),
            Self::Night => (19..=23).contains(&time.hour()),
            Self::AtNight => !(6..=19).contains(&time.hour()),
            Self::Midnight => time == NaiveTime::MIN,
        }
    }
}
