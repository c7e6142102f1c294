//! Captions, counted as TikTok counts.
//!
//! A caption is kept exactly as it goes out. Line ends are made the same on every machine and white space at the end is
//! dropped, since nobody sees either; everything else stays, and a control character is refused rather than removed,
//! because what a reviewer approves has to be what was typed. What a hashtag or a mention is, TikTok decides when it
//! publishes; here they are only found the way its documentation says it finds them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::say;

/// Longest caption, in UTF-16 units: <https://developers.tiktok.com/doc/content-posting-api-reference-direct-post>.
pub const LONGEST_CAPTION: usize = 2200;

/// The text published with a video; it may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Caption(String);

/// A text that cannot be a caption.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaptionRefusal {
    /// More than TikTok takes.
    #[error("{}", say!("refusals-caption-too-long", length = length, more = length.saturating_sub(LONGEST_CAPTION)))]
    TooLong {
        /// Its length in UTF-16 units.
        length: usize,
    },
    /// A character that moves a cursor or rings a bell instead of being seen.
    #[error("{}", control_in(*character, *line, *column))]
    Control {
        /// The character.
        character: char,
        /// Its line, from 1.
        line: usize,
        /// Its place in the line, from 1.
        column: usize,
    },
}

impl CaptionRefusal {
    /// The way out, in a few words.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::TooLong { .. } => say!("refusals-caption-too-long-hint", most = LONGEST_CAPTION),
            Self::Control { character: '\t', .. } => say!("refusals-caption-tab-hint"),
            Self::Control { .. } => say!("refusals-caption-control-hint"),
        }
    }
}

impl Caption {
    /// Takes a text as a caption.
    pub fn new(text: &str) -> Result<Self, CaptionRefusal> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim_end();
        for (line, written) in text.split('\n').enumerate() {
            if let Some((column, character)) = written.chars().enumerate().find(|(_, c)| c.is_control()) {
                return Err(CaptionRefusal::Control { character, line: line + 1, column: column + 1 });
            }
        }
        let length = units(text);
        if length > LONGEST_CAPTION {
            return Err(CaptionRefusal::TooLong { length });
        }
        Ok(Self(text.to_owned()))
    }

    /// Its length as TikTok counts it, in UTF-16 units.
    #[must_use]
    pub fn length(&self) -> usize {
        units(&self.0)
    }

    /// The text as it goes out.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the video goes out without a caption.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hashtags, without their sign, in order.
    #[must_use]
    pub fn hashtags(&self) -> Vec<&str> {
        self.marked('#')
    }

    /// The mentioned people, without their sign, in order.
    #[must_use]
    pub fn mentions(&self) -> Vec<&str> {
        self.marked('@')
    }

    /// The caption on one line, of at most so many characters, with `…` where it was shortened.
    #[must_use]
    pub fn preview(&self, most: usize) -> String {
        let line = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= most {
            return line;
        }
        let Some(room) = most.checked_sub(1) else { return String::new() };
        let short: String = line.chars().take(room).collect();
        // A joiner left at the end would tie the dots to an emoji that is half gone.
        let short = short.trim_end_matches(|c: char| c == '\u{200d}' || c.is_whitespace());
        format!("{short}…")
    }

    fn marked(&self, sign: char) -> Vec<&str> {
        let words = self.0.split([' ', '\n']).filter_map(|word| word.strip_prefix(sign));
        words.filter(|word| !word.is_empty()).collect()
    }
}

impl fmt::Display for Caption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Caption {
    type Err = CaptionRefusal;
    fn from_str(text: &str) -> Result<Self, CaptionRefusal> {
        Self::new(text)
    }
}

impl TryFrom<String> for Caption {
    type Error = CaptionRefusal;
    fn try_from(text: String) -> Result<Self, CaptionRefusal> {
        Self::new(&text)
    }
}

impl From<Caption> for String {
    fn from(caption: Caption) -> Self {
        caption.0
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn control_in(character: char, line: usize, column: usize) -> String {
    match character {
        '\t' => say!("refusals-caption-tab", line = line, column = column),
        other => {
            let code = format!("U+{:04X}", u32::from(other));
            say!("refusals-caption-control", code = code, line = line, column = column)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_counts_twice() {
        assert_eq!(Caption::new("😀").unwrap().length(), 2);
        assert!(Caption::new(&"😀".repeat(1100)).is_ok());
        let refusal = Caption::new(&"😀".repeat(1101)).unwrap_err();
        assert_eq!(refusal.to_string(), "the caption is 2202 characters long, 2 more than TikTok takes");
    }

    #[test]
    fn line_ends_become_one_kind_and_the_end_is_trimmed() {
        assert_eq!(Caption::new("  Friday\r\n\rlatte \n\n").unwrap().as_str(), "  Friday\n\nlatte");
        assert!(Caption::new(" \n").unwrap().is_empty());
    }

    #[test]
    fn white_space_at_the_end_is_not_counted() {
        assert!(Caption::new(&format!("{}   ", "a".repeat(2200))).is_ok());
    }

    #[test]
    fn a_control_character_is_refused_with_its_place() {
        let refusal = Caption::new("Friday\nla\u{7}tte").unwrap_err();
        assert_eq!(refusal, CaptionRefusal::Control { character: '\u{7}', line: 2, column: 3 });
        assert_eq!(refusal.to_string(), "the caption has the control character U+0007 at character 3 of line 2");
        assert_eq!(Caption::new("a\tb").unwrap_err().hint(), "use a space instead");
    }

    #[test]
    fn hashtags_and_mentions_stand_between_spaces_or_lines() {
        let caption = Caption::new("#latte with @rui\n#friday mail@cafe.example # @").unwrap();
        assert_eq!(caption.hashtags(), ["latte", "friday"]);
        assert_eq!(caption.mentions(), ["rui"]);
    }

    #[test]
    fn a_preview_is_one_short_line() {
        let caption = Caption::new("Friday\nlatte 👩‍🍳 for all").unwrap();
        assert_eq!(caption.preview(100), "Friday latte 👩‍🍳 for all");
        assert_eq!(caption.preview(15), "Friday latte 👩…");
        assert_eq!(caption.preview(8), "Friday…");
        assert_eq!(caption.preview(0), "");
    }

    #[test]
    fn a_caption_is_written_as_plain_text_and_checked_when_read() {
        let caption = Caption::new("Friday latte").unwrap();
        assert_eq!(serde_json::to_string(&caption).unwrap(), "\"Friday latte\"");
        assert_eq!(serde_json::from_str::<Caption>("\"Friday latte\"").unwrap(), caption);
        assert!(serde_json::from_str::<Caption>("\"a\\u0000b\"").is_err());
    }
}
