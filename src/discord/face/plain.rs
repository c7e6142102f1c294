//! Other people's text, made harmless: captions, names, file names and reasons are shown as they were typed, but they
//! format nothing, mention nobody and cannot turn the text around them.
//!
//! Lengths are counted in UTF-16 units, which is never less than what Discord counts.

use std::iter::Peekable;
use std::str::Chars;

/// Stands where a mention would otherwise begin; it has no width.
const BREAK: char = '\u{200b}';

/// The length of a text as Discord's clients count it.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Shows foreign text of several lines harmlessly, in at most so many UTF-16 units.
#[must_use]
pub fn plain(text: &str, most: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect();
    let (whole, complete) = escape(&kept, usize::MAX);
    if complete && units(&whole) <= most {
        return whole;
    }
    let (mut head, _) = escape(&kept, most.saturating_sub(1));
    // A joiner left at the end would tie the dots to an emoji that is half gone.
    while head.ends_with(|c: char| c == '\u{200d}' || c.is_whitespace()) {
        head.pop();
    }
    if most > 0 {
        head.push('…');
    }
    head
}

/// Shows foreign text harmlessly on one line, in at most so many UTF-16 units.
#[must_use]
pub fn plain_line(text: &str, most: usize) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// Foreign text for places where Discord renders no markdown (labels, names of threads): one line, nothing hidden in it.
#[must_use]
pub fn bare_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    shorten(&sentence(&line), most)
}

/// A handle as people write it: `@harbour.cafe`.
#[must_use]
pub fn handle(username: &str) -> String {
    plain_line(&format!("@{username}"), 60)
}

/// Foreign text in a block that keeps every character: for copying, and for captions made of little but markdown.
///
/// At most half as long again as the text, and never ends the block early.
#[must_use]
pub fn block(text: &str) -> String {
    let mut inside = String::with_capacity(text.len() + 16);
    let mut ticks = 0;
    let mut chars = text.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect::<String>();
    chars = break_mentions(&chars);
    for c in chars.chars() {
        ticks = if c == '`' { ticks + 1 } else { 0 };
        if ticks == 3 {
            inside.push(BREAK);
            ticks = 1;
        }
        inside.push(c);
    }
    format!("```\n{inside}\n```")
}

/// A word that will stand between backticks: without backticks, mentions and hidden characters, one short line.
#[must_use]
pub fn literal(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept: String = line.chars().filter(|c| *c != '`' && !is_hidden(*c)).collect();
    let broken = break_mentions(&kept);
    if units(&broken) <= 100 { broken } else { format!("{}…", broken.chars().take(49).collect::<String>()) }
}

/// Our own sentence with somebody else's words in it: formatting stays, mentions go, hidden characters too.
#[must_use]
pub fn sentence(text: &str) -> String {
    break_mentions(&text.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect::<String>())
}

/// Shortens our own text to so many UTF-16 units, at a space or line end where one is near.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    // Room for the dots and for the end of a block that would otherwise stay open.
    let room = most.saturating_sub(5);
    let mut length = 0;
    let head: String = text
        .chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= room
        })
        .collect();
    let near = head.rfind(char::is_whitespace).filter(|end| head.len() - end < 200 && *end > head.len() / 2);
    let head = near.map_or(head.as_str(), |end| &head[..end]);
    let head = head.trim_end_matches(|c: char| c == '\\' || c == '\u{200d}' || c.is_whitespace());
    let open = head.matches("```").count() % 2 == 1;
    match most {
        0 => String::new(),
        1..5 => "…".to_owned(),
        _ if open => format!("{head}…\n```"),
        _ => format!("{head}…"),
    }
}

/// Escapes as much as fits, and says whether that was everything.
fn escape(text: &str, most: usize) -> (String, bool) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut length = 0;
    let mut line_start = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' => Some('\\'),
            '#' | '>' | '-' | '+' if line_start => Some('\\'),
            '@' if begins_everybody(&chars) => None,
            '<' => Some('\\'),
            _ => None,
        };
        let after = match c {
            '@' if begins_everybody(&chars) => Some(BREAK),
            '<' if begins_mention(&chars) => Some(BREAK),
            _ => None,
        };
        let piece: String = before.into_iter().chain([c]).chain(after).collect();
        length += units(&piece);
        if length > most {
            return (out, false);
        }
        out.push_str(&piece);
        line_start = c == '\n' || (line_start && c == ' ');
    }
    (out, true)
}

fn break_mentions(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if (c == '@' && begins_everybody(&chars)) || (c == '<' && begins_mention(&chars)) {
            out.push(BREAK);
        }
    }
    out
}

fn begins_everybody(rest: &Peekable<Chars<'_>>) -> bool {
    let ahead: String = rest.clone().take(8).collect::<String>().to_lowercase();
    ahead.starts_with("everyone") || ahead.starts_with("here")
}

/// `<@1>`, `<@&1>`, `<#1>`, `<t:1>`, `<:name:1>`, `<a:name:1>`, `</command:1>`, `<id:guide>`.
fn begins_mention(rest: &Peekable<Chars<'_>>) -> bool {
    rest.clone().next().is_some_and(|c| matches!(c, '@' | '#' | ':' | '/' | 't' | 'a' | 'i'))
}

/// Characters nobody sees: those that move a cursor, and those that turn the direction of the text after them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_shown_as_it_was_typed() {
        assert_eq!(plain("**bold** _x_ `c` ||s|| [a](b)", 100), r"\*\*bold\*\* \_x\_ \`c\` \|\|s\|\| \[a\](b)");
        assert_eq!(plain("# big\n > quote #tag", 100), "\\# big\n \\> quote #tag");
    }

    #[test]
    fn nobody_is_mentioned() {
        assert_eq!(plain("@everyone @Here @rui <@1> <@&2> <#3>", 100).replace(BREAK, "·"), {
            r"@·everyone @·Here @rui \<·@1> \<·@&2> \<·#3>"
        });
        assert_eq!(block("<@1> ```").replace(BREAK, "·"), "```\n<·@1> ``·`\n```");
    }

    #[test]
    fn hidden_characters_go_before_mentions_are_looked_for() {
        assert_eq!(plain("@\u{202e}everyone\u{7}", 100).replace(BREAK, "·"), "@·everyone");
    }

    #[test]
    fn an_escape_is_never_cut_in_two() {
        assert_eq!(plain("ab*cdef", 4), "ab…");
        assert_eq!(plain("ab*cdef", 5), r"ab\*…");
        assert_eq!(shorten("one two three four", 15), "one two…");
    }
}
