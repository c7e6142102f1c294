//! What Discord refuses in the bodies a bot sends, including what its published schema does not catch. Each rule names
//! the path it is about, so the answer reads like the real one.
//! <https://discord.com/developers/docs/resources/message>, `…/components/reference`

mod commands;
mod components;
mod embeds;

use std::collections::BTreeSet;

use serde_json::Value;

pub(crate) use commands::check_commands;

use super::refusal::{Form, Refused};

/// Who is writing a message: each has its own set of properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// `POST /channels/{channel}/messages`
    Message,
    /// `PATCH` of any message
    Edit,
    /// A followup
    Webhook,
    /// The `data` of a callback
    Callback,
}

/// The flag of a message made of the newer components.
const COMPONENTS_V2: u64 = 1 << 15;

const EVERYWHERE: &[&str] = &["content", "embeds", "allowed_mentions", "components", "attachments", "flags"];
const IN_MESSAGES: &[&str] =
    &["tts", "nonce", "enforce_nonce", "message_reference", "sticker_ids", "poll", "shared_client_theme"];
const IN_EDITS: &[&str] = &["sticker_ids", "poll"];
const IN_WEBHOOKS: &[&str] = &["tts", "username", "avatar_url", "thread_name", "applied_tags", "poll"];
const IN_CALLBACKS: &[&str] = &["tts", "poll"];

/// Checks the body of a message.
pub(crate) fn check_message(body: &Value, writing: Writing, at: &str) -> Result<(), Refused> {
    let mut form = Form::default();
    let path = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    if !body.is_object() {
        form.wrong(at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return form.finish();
    }
    let own = match writing {
        Writing::Message => IN_MESSAGES,
        Writing::Edit => IN_EDITS,
        Writing::Webhook => IN_WEBHOOKS,
        Writing::Callback => IN_CALLBACKS,
    };
    only(&mut form, body, at, &[EVERYWHERE, own].concat());
    text(&mut form, body, &path("content"), "content", (0, 2000));
    embeds::check(&mut form, &body["embeds"], &path("embeds"));
    if body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 == 0 {
        components::check_rows(&mut form, &body["components"], &path("components"));
    }
    components::check_ids(&mut form, &body["components"], &path("components"));
    check_nonce(&mut form, body);
    check_mentions(&mut form, &body["allowed_mentions"], &path("allowed_mentions"));
    form.finish()
}

fn check_nonce(form: &mut Form, body: &Value) {
    match &body["nonce"] {
        Value::String(nonce) if nonce.chars().count() > 25 => form.too_long("nonce", 25),
        Value::Null | Value::String(_) => {}
        Value::Number(number) if number.is_i64() || number.is_u64() => {}
        _ => form.wrong("nonce", "NONCE_TYPE_TOO_LONG", "Value is neither a string nor an integer."),
    }
}

fn check_mentions(form: &mut Form, allowed: &Value, at: &str) {
    if allowed.is_null() {
        return;
    }
    only(form, allowed, at, &["parse", "roles", "users", "replied_user"]);
    let parse: Vec<&str> = list(&allowed["parse"]).iter().filter_map(Value::as_str).collect();
    for (index, word) in parse.iter().enumerate() {
        if !["roles", "users", "everyone"].contains(word) {
            form.no_choice(&format!("{at}.parse.{index}"));
        }
    }
    for kind in ["roles", "users"] {
        let named = list(&allowed[kind]).len();
        if named > 100 {
            form.wrong(&format!("{at}.{kind}"), "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
        }
        if named > 0 && parse.contains(&kind) {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.wrong(at, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
}

/// Refuses a message with nothing in it.
pub(crate) fn check_not_empty(content: &str, others: usize) -> Result<(), Refused> {
    let empty = content.trim().is_empty() && others == 0;
    if empty { Err(Refused::new(400, 50006, "Cannot send an empty message")) } else { Ok(()) }
}

/// Checks the form of a type-9 answer.
pub(crate) fn check_modal(body: &Value) -> Result<(), Refused> {
    let mut form = Form::default();
    only(&mut form, body, "data", &["custom_id", "title", "components"]);
    needed_text(&mut form, body, "data.custom_id", "custom_id", (1, 100));
    needed_text(&mut form, body, "data.title", "title", (1, 45));
    components::check_modal_rows(&mut form, &body["components"], "data.components");
    components::check_ids(&mut form, &body["components"], "data.components");
    form.finish()
}

/// Checks the choices of a type-8 answer.
pub(crate) fn check_choices(body: &Value) -> Result<(), Refused> {
    let mut form = Form::default();
    only(&mut form, body, "data", &["choices"]);
    commands::check_choices(&mut form, &body["choices"], "data.choices");
    form.finish()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Notes every property that does not belong.
fn only(form: &mut Form, body: &Value, at: &str, known: &[&str]) {
    for key in body.as_object().into_iter().flatten().map(|(key, _)| key) {
        if !known.contains(&key.as_str()) {
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            form.wrong(&path, "UNKNOWN_PROPERTY", "This property is not known here.");
        }
    }
}

/// Checks a text that may be missing.
fn text(form: &mut Form, body: &Value, at: &str, key: &str, (least, most): (usize, usize)) {
    match &body[key] {
        Value::Null => {}
        Value::String(text) => {
            let length = text.chars().count();
            if length < least {
                form.bad_length(at, least, most);
            } else if length > most {
                form.too_long(at, most);
            }
        }
        _ => form.wrong(at, "STRING_TYPE_CONVERT", "Could not interpret as string."),
    }
}

/// Checks a text that must be there.
fn needed_text(form: &mut Form, body: &Value, at: &str, key: &str, limits: (usize, usize)) {
    if body[key].is_null() { form.required(at) } else { text(form, body, at, key, limits) }
}

/// Notes what is said a second time.
fn twice<'a>(seen: &mut BTreeSet<&'a str>, word: &'a str) -> bool {
    !seen.insert(word)
}
