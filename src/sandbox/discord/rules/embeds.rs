//! The limits of embeds: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>

use serde_json::Value;

use super::{list, needed_text, only, text};
use crate::sandbox::discord::refusal::Form;

const KNOWN: &[&str] = &[
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "author",
    "fields",
    "video",
    "provider",
    "flags",
];

/// All the text of all embeds of one message.
const ALL_TEXT: usize = 6000;

pub(super) fn check(form: &mut Form, embeds: &Value, at: &str) {
    if list(embeds).len() > 10 {
        form.too_long(at, 10);
    }
    let mut total = 0;
    for (index, embed) in list(embeds).iter().enumerate() {
        let at = format!("{at}.{index}");
        check_one(form, embed, &at);
        total += size(embed);
    }
    if total > ALL_TEXT {
        form.wrong(at, "MAX_EMBED_SIZE_EXCEEDED", &format!("Embed size exceeds maximum size of {ALL_TEXT}"));
    }
}

fn check_one(form: &mut Form, embed: &Value, at: &str) {
    only(form, embed, at, KNOWN);
    text(form, embed, &format!("{at}.title"), "title", (0, 256));
    text(form, embed, &format!("{at}.description"), "description", (0, 4096));
    text(form, &embed["footer"], &format!("{at}.footer.text"), "text", (0, 2048));
    text(form, &embed["author"], &format!("{at}.author.name"), "name", (0, 256));
    if embed["color"].as_u64().is_some_and(|colour| colour > 0x00ff_ffff) {
        form.wrong(&format!("{at}.color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
    }
    let fields = list(&embed["fields"]);
    if fields.len() > 25 {
        form.too_long(&format!("{at}.fields"), 25);
    }
    for (index, field) in fields.iter().enumerate() {
        let at = format!("{at}.fields.{index}");
        only(form, field, &at, &["name", "value", "inline"]);
        for (key, limit) in [("name", 256), ("value", 1024)] {
            let at = format!("{at}.{key}");
            if field[key].as_str().is_some_and(|text| text.trim().is_empty()) {
                form.required(&at);
            } else {
                needed_text(form, field, &at, key, (1, limit));
            }
        }
    }
    for place in ["image", "thumbnail"] {
        let link = embed[place]["url"].as_str();
        let known = |link: &str| ["http://", "https://", "attachment://"].iter().any(|start| link.starts_with(start));
        if link.is_some_and(|link| !known(link)) {
            form.wrong(
                &format!("{at}.{place}.url"),
                "URL_TYPE_INVALID_SCHEME",
                "Scheme must be one of ('http', 'https', 'attachment').",
            );
        }
    }
}

fn size(embed: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields = list(&embed["fields"]).iter().map(|field| length(&field["name"]) + length(&field["value"]));
    length(&embed["title"])
        + length(&embed["description"])
        + length(&embed["footer"]["text"])
        + length(&embed["author"]["name"])
        + fields.sum::<usize>()
}
