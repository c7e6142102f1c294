//! Reads a message the way a person would: its text, its panels, its buttons, and whom it pings.

use greenroom::discord::face::Face;
use greenroom::words::{Language, in_language};
use serde_json::Value;

/// Tells something in every language; what is not English has a snapshot of its own.
pub(super) fn in_each_language(tell: impl Fn()) {
    for language in Language::ALL {
        let mut settings = insta::Settings::clone_current();
        if language != Language::English {
            settings.set_snapshot_suffix(language.word());
        }
        settings.bind(|| in_language(language, &tell));
    }
}

/// Everything a person sees of a message. `(Label)` is a button that cannot be pressed, `<Label>` one that opens a link,
/// `*` stands before what is chosen.
pub(super) fn read_aloud(face: &Face) -> String {
    let json = serde_json::to_value(face.message()).expect("a message is JSON");
    let mut lines = Vec::new();
    if let Some(content) = json["content"].as_str().filter(|content| !content.is_empty()) {
        lines.push(content.to_owned());
    }
    for embed in list(&json["embeds"]) {
        lines.push(format!("┌ {}", text(&embed["title"])));
        let part = |name: &str, value: &Value| value.as_str().map(|value| format!("│ [{name}] {value}"));
        lines.extend(embed["description"].as_str().map(indented));
        for field in list(&embed["fields"]) {
            lines.push(format!("│ {}:", text(&field["name"])));
            lines.push(indented(text(&field["value"])));
        }
        lines.extend(part("thumbnail", &embed["thumbnail"]["url"]));
        lines.extend(part("image", &embed["image"]["url"]));
        lines.extend(part("footer", &embed["footer"]["text"]));
    }
    for row in list(&json["components"]) {
        let said: Vec<String> = list(&row["components"]).iter().map(component).collect();
        lines.push(said.join(" "));
    }
    let pinged: Vec<String> = ["roles", "users"]
        .iter()
        .flat_map(|kind| list(&json["allowed_mentions"][*kind]).iter().map(move |id| format!("{kind} {id}")))
        .collect();
    assert_eq!(json["allowed_mentions"]["parse"], serde_json::json!([]), "nobody is pinged by accident");
    if !pinged.is_empty() {
        lines.push(format!("pings: {}", pinged.join(", ")));
    }
    lines.join("\n")
}

/// The parts of a message that Discord limits.
pub(super) fn json(face: &Face) -> Value {
    serde_json::to_value(face.message()).expect("a message is JSON")
}

fn component(component: &Value) -> String {
    if component["type"] == 3 {
        let options: Vec<String> = list(&component["options"])
            .iter()
            .map(|option| {
                let mark = if option["default"] == true { "*" } else { "" };
                format!("{mark}{} = {}", text(&option["label"]), text(&option["value"]))
            })
            .collect();
        let disabled = if component["disabled"] == true { " (disabled)" } else { "" };
        return format!("{{{}{disabled}: {}}}", text(&component["placeholder"]), options.join(" | "));
    }
    let label = text(&component["label"]);
    match (component["disabled"] == true, component["url"].as_str()) {
        (true, _) => format!("({label})"),
        (false, Some(url)) => format!("<{label} → {url}>"),
        (false, None) => format!("[{label}]"),
    }
}

fn indented(said: impl AsRef<str>) -> String {
    said.as_ref().lines().map(|line| format!("│   {line}")).collect::<Vec<_>>().join("\n")
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}
