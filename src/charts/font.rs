//! The font of the charts, compiled in and registered once. `assets/fonts/README.md` says how it was cut.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use plotters::style::{FontStyle, register_font};

use super::PictureError;

/// The name the font is asked for by.
pub(super) const FAMILY: &str = "greenroom";

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");

/// The characters both faces have, in the order of their code points.
const DRAWABLE: [RangeInclusive<char>; 24] = [
    // Latin
    '\u{20}'..='\u{7e}',
    '\u{a0}'..='\u{24f}',
    // Greek
    '\u{370}'..='\u{377}',
    '\u{37a}'..='\u{37f}',
    '\u{384}'..='\u{38a}',
    '\u{38c}'..='\u{38c}',
    // Greek, then Cyrillic
    '\u{38e}'..='\u{3a1}',
    '\u{3a3}'..='\u{525}',
    // Latin with more marks
    '\u{1e00}'..='\u{1efb}',
    // Punctuation
    '\u{2010}'..='\u{2027}',
    '\u{202f}'..='\u{205e}',
    // € № ™
    '\u{20ac}'..='\u{20ac}',
    '\u{2116}'..='\u{2116}',
    '\u{2122}'..='\u{2122}',
    // Arrows
    '\u{2190}'..='\u{2199}',
    // − ≠ ≤ ≥
    '\u{2212}'..='\u{2212}',
    '\u{2260}'..='\u{2260}',
    '\u{2264}'..='\u{2265}',
    // ▲ ▼ ● ★ ✓ ✗
    '\u{25b2}'..='\u{25b2}',
    '\u{25bc}'..='\u{25bc}',
    '\u{25cf}'..='\u{25cf}',
    '\u{2605}'..='\u{2605}',
    '\u{2713}'..='\u{2713}',
    '\u{2717}'..='\u{2717}',
];

/// Does the font have this character? Others are left out of a picture, because they would show as boxes.
#[must_use]
pub fn can_draw(character: char) -> bool {
    DRAWABLE.iter().any(|range| range.contains(&character))
}

/// Makes the font known to the drawing library, the first time it is asked.
pub(super) fn register() -> Result<(), PictureError> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let ready = *REGISTERED.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    });
    if ready { Ok(()) } else { Err(PictureError::Font) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn number(bytes: &[u8], at: usize) -> usize {
        usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]))
    }

    /// The characters a face has, read from its `cmap` table (format 4, the only one left in the cut files).
    fn characters(face: &[u8]) -> BTreeSet<char> {
        let record =
            (0..number(face, 4)).map(|index| 12 + 16 * index).find(|at| &face[*at..*at + 4] == b"cmap").unwrap();
        let cmap = &face[number(face, record + 8) * 65_536 + number(face, record + 10)..];
        let table = &cmap[number(cmap, 10)..];
        assert_eq!(number(table, 0), 4);
        let doubled = number(table, 6);
        (0..doubled / 2)
            .flat_map(|segment| number(table, 16 + doubled + 2 * segment)..=number(table, 14 + 2 * segment))
            .filter(|code| *code != 0xffff)
            .map(|code| char::from_u32(u32::try_from(code).unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn the_list_of_drawable_characters_is_what_the_font_has() {
        let listed: BTreeSet<char> = DRAWABLE.iter().cloned().flatten().collect();
        assert_eq!(characters(REGULAR), listed);
        assert_eq!(characters(BOLD), listed);
    }

    #[test]
    fn everything_the_charts_say_can_be_drawn() {
        let said =
            "0123456789.−+%kMBTQ…·–— Views gained each day Aufrufe über Größe éñçøåżłőğş Ελληνικά Кириллица →▲▼✓";
        assert_eq!(said.chars().find(|character| !can_draw(*character)), None);
        assert!(!can_draw('☕') && !can_draw('漢') && !can_draw('\n'));
    }
}
