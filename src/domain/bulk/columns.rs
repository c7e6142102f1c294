//! What columns are called.

use std::fmt;

/// An example of a file, with `{day}` where a date belongs.
pub const EXAMPLE: &str = "when,video,caption,account,privacy,comments,duet,stitch,disclosure,ai,cover\r\n\
     {day} 18:00,https://example.com/latte.mp4,\"Friday latte, with oat milk #coffee\",,everyone,yes,no,no,no,no,\r\n\
     {day} 19:00,cake.mp4,Carrot cake,,only you,no,no,no,own brand,no,2.5\r\n";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named as the column is")]
pub enum Column {
    When,
    Video,
    Caption,
    Account,
    Privacy,
    Comments,
    Duet,
    Stitch,
    Disclosure,
    Ai,
    Cover,
    /// What an earlier check said; not read.
    Ours,
}

impl Column {
    /// Every column there is.
    pub const ALL: [Self; 12] = [
        Self::When,
        Self::Video,
        Self::Caption,
        Self::Account,
        Self::Privacy,
        Self::Comments,
        Self::Duet,
        Self::Stitch,
        Self::Disclosure,
        Self::Ai,
        Self::Cover,
        Self::Ours,
    ];

    /// Those a file cannot do without.
    pub const NEEDED: [Self; 3] = [Self::When, Self::Video, Self::Privacy];

    /// What it may be called, our own name first; written without spaces, in small letters.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::When => &["when", "wann", "zeit", "zeitpunkt", "termin", "datum", "time", "date", "due"],
            Self::Video => {
                &["video", "videourl", "videolink", "videodatei", "datei", "file", "filename", "dateiname", "link"]
            }
            Self::Caption => &["caption", "text", "beschreibung", "bildunterschrift", "titel", "title"],
            Self::Account => &["account", "konto", "tiktok", "tiktokaccount", "tiktokkonto"],
            Self::Privacy => {
                &["privacy", "sichtbarkeit", "visibility", "privatsphäre", "werkannessehen", "whocanseeit"]
            }
            Self::Comments => &["comments", "kommentare", "comment", "kommentar"],
            Self::Duet => &["duet", "duett", "duets", "duette"],
            Self::Stitch => &["stitch", "stitches"],
            Self::Disclosure => &["disclosure", "offenlegung", "werbung", "kennzeichnung", "contentdisclosure"],
            Self::Ai => &["ai", "ki", "aigenerated", "kigeneriert", "ailabel"],
            Self::Cover => &["cover", "titelbild", "coverseconds"],
            Self::Ours => &["row", "zeile", "result", "ergebnis", "hint", "hinweis"],
        }
    }

    /// The column of that heading, in whatever case and however its words are put together.
    #[must_use]
    pub fn named(heading: &str) -> Option<Self> {
        let plain: String =
            heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect();
        Self::ALL.into_iter().find(|column| column.names().contains(&plain.as_str()))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().first().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_in_any_case_and_in_german() {
        for (heading, column) in [
            ("when", Column::When),
            (" Wann ", Column::When),
            ("VIDEO_URL", Column::Video),
            ("Video-Link", Column::Video),
            ("Sichtbarkeit", Column::Privacy),
            ("Privatsphäre", Column::Privacy),
            ("Who can see it", Column::Privacy),
            ("KI-generiert", Column::Ai),
            ("Hinweis", Column::Ours),
        ] {
            assert_eq!(Column::named(heading), Some(column), "{heading}");
        }
        for heading in ["", "privcy", "when?ever", "💥"] {
            assert_eq!(Column::named(heading), None, "{heading}");
        }
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut all: Vec<_> = Column::ALL.iter().flat_map(|column| column.names()).collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
