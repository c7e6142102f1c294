//! Zones by name: IANA's, in any case, with a space where they have an underscore.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::refusal::{WhenRefusal, shown};
use super::words::closest;

/// As many choices as Discord shows while somebody types: <https://discord.com/developers/docs/interactions/receiving-and-responding>.
pub(super) const MOST_CHOICES: usize = 25;

/// As many names as a refusal offers.
const MOST_CLOSE: usize = 3;

/// What is offered before anything is typed: one zone for each part of the day, where many people live.
const COMMON: [Tz; 25] = [
    Tz::UTC,
    Tz::Europe__London,
    Tz::Europe__Lisbon,
    Tz::Europe__Berlin,
    Tz::Europe__Paris,
    Tz::Europe__Madrid,
    Tz::Europe__Athens,
    Tz::Europe__Istanbul,
    Tz::Africa__Lagos,
    Tz::Africa__Cairo,
    Tz::Africa__Johannesburg,
    Tz::Asia__Dubai,
    Tz::Asia__Kolkata,
    Tz::Asia__Jakarta,
    Tz::Asia__Singapore,
    Tz::Asia__Shanghai,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
    Tz::Pacific__Auckland,
    Tz::America__Sao_Paulo,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::America__Mexico_City,
];

/// The regions current names begin with; every other name is an old or technical one.
const REGIONS: [&str; 10] =
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// The zones whose name contains what is typed so far, best first, as many as can be shown.
#[must_use]
pub fn zones(partial: &str) -> Vec<Tz> {
    let partial = folded(partial);
    if partial.is_empty() {
        return COMMON.to_vec();
    }
    let mut found: Vec<_> = TZ_VARIANTS
        .iter()
        .filter_map(|zone| {
            let name = zone.name();
            let old = !REGIONS.contains(&name.split('/').next().unwrap_or(name)) && *zone != Tz::UTC;
            Some((fit(&folded(name), &partial)?, old, name.len(), name, *zone))
        })
        .collect();
    found.sort_unstable_by_key(|(fit, old, length, name, _)| (*fit, *old, *length, *name));
    found.into_iter().map(|(.., zone)| zone).take(MOST_CHOICES).collect()
}

/// The zone of that name.
pub fn zone(name: &str) -> Result<Tz, WhenRefusal> {
    if let Some(zone) = named(name) {
        return Ok(zone);
    }
    let mut close: Vec<Tz> = close(name).into_iter().chain(zones(name).into_iter().take(MOST_CLOSE)).collect();
    let mut seen = std::collections::HashSet::new();
    close.retain(|zone| seen.insert(*zone));
    close.truncate(MOST_CLOSE);
    Err(WhenRefusal::UnknownZone { given: shown(name), close })
}

/// The zone of that name, in any case.
pub(super) fn named(name: &str) -> Option<Tz> {
    let name = name.trim();
    // A city's name alone is no zone's: there is a Berlin in many countries, and it is offered instead.
    TZ_VARIANTS.iter().copied().find(|zone| alike(zone.name(), name))
}

/// The zone somebody probably meant: the only city of that name, or the name closest in spelling.
fn close(name: &str) -> Option<Tz> {
    let name: String = folded(name).chars().take(40).collect();
    let of_city = |zone: &&Tz| zone.name().rsplit('/').next().is_some_and(|city| alike(city, &name));
    let city = name.rsplit('/').next().unwrap_or_default();
    let cities = || TZ_VARIANTS.iter().filter_map(|zone| zone.name().rsplit('/').next());
    TZ_VARIANTS.iter().find(of_city).copied().or_else(|| {
        closest(&name, TZ_VARIANTS.iter().map(|zone| zone.name())).and_then(named).or_else(|| {
            let near = closest(city, cities())?;
            TZ_VARIANTS.iter().find(|zone| zone.name().ends_with(&format!("/{near}"))).copied()
        })
    })
}

fn alike(name: &str, typed: &str) -> bool {
    let plain = |byte: u8| if byte == b' ' { b'_' } else { byte.to_ascii_lowercase() };
    name.len() == typed.len() && name.bytes().map(plain).eq(typed.bytes().map(plain))
}

fn folded(name: &str) -> String {
    name.trim().chars().take(60).map(|c| if c == ' ' { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// How well a name fits, smallest best; nothing if it does not contain what is typed.
fn fit(name: &str, partial: &str) -> Option<u8> {
    let city = name.rsplit('/').next().unwrap_or(name);
    match name.find(partial)? {
        _ if name == partial => Some(0),
        _ if city == partial => Some(1),
        _ if city.starts_with(partial) => Some(2),
        0 => Some(3),
        _ => Some(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_city_in_any_case() {
        assert_eq!(zones("berlin").first(), Some(&Tz::Europe__Berlin));
        assert_eq!(zones("new york").first(), Some(&Tz::America__New_York));
        assert_eq!(zones("utc").first(), Some(&Tz::UTC));
        assert_eq!(zones("a").len(), MOST_CHOICES);
        assert_eq!(zones("").len(), MOST_CHOICES);
        assert_eq!(zones("nowhere at all"), Vec::<Tz>::new());
    }

    #[test]
    fn a_zone_has_to_be_named_in_full() {
        assert_eq!(zone("europe/berlin"), Ok(Tz::Europe__Berlin));
        assert_eq!(zone("America/New York"), Ok(Tz::America__New_York));
        let hint = |name| zone(name).unwrap_err().hint();
        assert_eq!(hint("Berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(hint("Europe/Berlni"), "did you mean `Europe/Berlin`?");
        assert_eq!(hint("Germany/Berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(hint("lord"), "did you mean `Australia/Lord_Howe` or `Asia/Qyzylorda`?");
        assert_eq!(
            hint("argentina"),
            "did you mean `America/Argentina/Jujuy`, `America/Argentina/Salta` or `America/Argentina/Cordoba`?"
        );
        assert_eq!(hint("🍵"), "zones are written like `Europe/Berlin`; autocomplete lists them");
    }
}
