//! A channel as people saw it, as text: stable between runs, without ids, links' signatures or ports.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::state::{LOADING, Message, State};
use super::{Discord, Snowflake};

impl Discord {
    /// A channel as text, with the private messages marked by who sees them.
    #[must_use]
    pub fn transcript(&self, channel: &str) -> String {
        self.write_transcript(channel, |_| true)
    }

    /// A channel as text, as one member sees it.
    #[must_use]
    pub fn transcript_as(&self, member: &str, channel: &str) -> String {
        let user = self.lock().find_anybody(member).ok();
        self.write_transcript(channel, |one| one.only_for.is_none() || one.only_for == user)
    }

    fn write_transcript(&self, channel: &str, wanted: impl Fn(&Message) -> bool) -> String {
        let state = self.lock();
        let Ok(id) = state.find_channel(channel) else { return String::new() };
        let mut text = format!("#{}\n", state.channel_name(id));
        for message in state.messages_in(id).filter(|message| wanted(message)) {
            write_message(&mut text, &state, message);
        }
        text
    }
}

fn write_message(text: &mut String, state: &State, message: &Message) {
    let mut line = |indent: &str, words: &str| {
        for part in words.lines() {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{indent}{part}");
        }
    };
    let mut head = format!("[{}] {}", message.created_at.format("%Y-%m-%d %H:%M"), state.user_name(message.author));
    if state.is_bot(message.author) {
        head.push_str(" (bot)");
    }
    if let Some(asked) = message.interaction.and_then(|id| state.asked.get(&id)) {
        let _ = write!(head, " · {} used {}", state.user_name(asked.user), asked.with);
    }
    if let Some(only) = message.only_for {
        let _ = write!(head, " · only {} sees this", state.user_name(only));
    }
    if message.edited_at.is_some() {
        head.push_str(" · edited");
    }
    line("", &head);
    if message.flags & LOADING != 0 {
        line("  ", "is thinking …");
    }
    if let Some(replied) = message.replies_to.and_then(|id| state.message(id)) {
        line("  ", &format!("in reply to {}", state.user_name(replied.author)));
    }
    line("  ", &readable(state, &message.content));
    for embed in &message.embeds {
        line("  │ ", &readable(state, &embed_text(embed)));
    }
    let shown = super::message_shape::place_files(state, message, &mut message.embeds.clone());
    let others = message.attachments.iter().filter(|id| !shown.contains(id));
    for file in others.filter_map(|id| state.files.get(id)) {
        line("  ", &format!("📎 {}", file.name));
    }
    for row in &message.components {
        let row = component_line(std::slice::from_ref(row));
        line("  ", &readable(state, &row));
    }
    let reactions = message
        .reactions
        .iter()
        .map(|one| format!("{} {}", one.emoji["name"].as_str().unwrap_or("?"), one.users.len()));
    line("  ", &reactions.collect::<Vec<_>>().join("  "));
    if let Some(thread) = state.channels.get(&message.id) {
        let count = state.messages_in(thread.id).count();
        line("  ", &format!("🧵 {} ({count})", readable(state, &thread.name)));
    }
}

fn embed_text(embed: &Value) -> String {
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let mut lines: Vec<String> = Vec::new();
    lines.extend(word(&embed["author"]["name"]));
    let colour = embed["color"].as_u64().map(|colour| format!("(#{colour:06x})"));
    let title: Vec<String> = word(&embed["title"]).into_iter().chain(colour).collect();
    if !title.is_empty() {
        lines.push(title.join(" "));
    }
    lines.extend(word(&embed["description"]));
    for field in embed["fields"].as_array().into_iter().flatten() {
        let (name, value) = (field["name"].as_str().unwrap_or_default(), field["value"].as_str().unwrap_or_default());
        let between = if value.contains('\n') { "\n" } else { " " };
        lines.push(format!("{name}:{between}{value}"));
    }
    for (place, mark) in [("image", "🖼"), ("thumbnail", "▫")] {
        lines.extend(
            embed[place]["url"].as_str().map(|url| format!("{mark} {}", url.trim_start_matches("attachment://"))),
        );
    }
    lines.extend(word(&embed["footer"]["text"]).map(|text| format!("— {text}")));
    lines.join("\n")
}

/// Rows of components as one line: `[Approve] [Decline (disabled)] {Privacy: Everyone | *Friends*}`.
pub(crate) fn component_line(components: &[Value]) -> String {
    let shown = components.iter().map(|one| match one["type"].as_u64() {
        Some(2) => {
            let emoji = one["emoji"]["name"].as_str();
            let words: Vec<&str> = emoji.into_iter().chain(one["label"].as_str()).collect();
            let link = if one["style"] == 5 { " ↗" } else { "" };
            format!("[{}{link}{}]", words.join(" "), disabled(one))
        }
        Some(3) => {
            let options = one["options"].as_array().into_iter().flatten().map(|option| {
                let label = option["label"].as_str().unwrap_or_default();
                if option["default"] == true { format!("*{label}*") } else { label.to_owned() }
            });
            let options: Vec<String> = options.collect();
            format!("{{{}: {}{}}}", one["placeholder"].as_str().unwrap_or("choose"), options.join(" | "), disabled(one))
        }
        Some(5..=8) => format!("{{{}{}}}", one["placeholder"].as_str().unwrap_or("choose"), disabled(one)),
        Some(10) => one["content"].as_str().unwrap_or_default().to_owned(),
        _ => component_line(one["components"].as_array().map_or(&[], Vec::as_slice)),
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn disabled(one: &Value) -> &'static str {
    if one["disabled"] == true { " (disabled)" } else { "" }
}

/// A text with names instead of ids, instants instead of timestamps, and links without what changes from run to run.
pub(crate) fn readable(state: &State, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tag = rest[start + 1..].split_once('>').and_then(|(tag, _)| Some((tag, named(state, tag)?)));
        if let Some((tag, words)) = tag {
            out.push_str(&words);
            rest = &rest[start + tag.len() + 2..];
        } else {
            out.push('<');
            rest = &rest[start + 1..];
        }
    }
    out.push_str(rest);
    without_ids(&out.replace(&state.base_url, "https://discord"))
}

fn named(state: &State, tag: &str) -> Option<String> {
    let id = |text: &str| text.parse::<Snowflake>().ok();
    if let Some(role) = tag.strip_prefix("@&") {
        return Some(format!("@{}", state.role_name(id(role)?)));
    }
    if let Some(user) = tag.strip_prefix('@') {
        return Some(format!("@{}", state.user_name(id(user.trim_start_matches('!'))?)));
    }
    if let Some(channel) = tag.strip_prefix('#') {
        return Some(format!("#{}", state.channel_name(id(channel)?)));
    }
    if let Some(command) = tag.strip_prefix('/') {
        return command.rsplit_once(':').map(|(name, _)| format!("/{name}"));
    }
    let (seconds, style) = tag.strip_prefix("t:")?.split_once(':').unwrap_or((tag.strip_prefix("t:")?, "f"));
    let at = DateTime::<Utc>::from_timestamp(seconds.parse().ok()?, 0)?;
    Some(match style {
        "d" | "D" => at.format("%Y-%m-%d").to_string(),
        "t" => at.format("%H:%M UTC").to_string(),
        "T" => at.format("%H:%M:%S UTC").to_string(),
        "R" => relative(at, state.now()),
        _ => at.format("%a %Y-%m-%d %H:%M UTC").to_string(),
    })
}

/// The distance as a client words it.
fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (at - now).num_seconds();
    let (amount, unit) = match seconds.abs() {
        away @ 0..=59 => (away, "second"),
        away @ 60..=3_599 => (away / 60, "minute"),
        away @ 3_600..=86_399 => (away / 3_600, "hour"),
        away => (away / 86_400, "day"),
    };
    let plural = if amount == 1 { "" } else { "s" };
    if seconds < 0 { format!("{amount} {unit}{plural} ago") } else { format!("in {amount} {unit}{plural}") }
}

/// Puts `…` in the place of every number long enough to be an id.
fn without_ids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars().chain(std::iter::once('\0')) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if digits.len() >= 17 {
            out.push('…');
        } else {
            out.push_str(&digits);
        }
        digits.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}
