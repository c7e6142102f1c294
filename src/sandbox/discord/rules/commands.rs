//! The limits of commands: <https://discord.com/developers/docs/interactions/application-commands>

use std::collections::BTreeSet;

use serde_json::Value;

use super::{list, needed_text, only, text, twice};
use crate::sandbox::discord::refusal::{Form, Refused};

const KNOWN: &[&str] = &[
    "id",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "default_permission",
    "integration_types",
    "contexts",
    "type",
    "nsfw",
    "handler",
];
const KNOWN_IN_OPTIONS: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
    "file_types",
];

/// Name, description and values of one command with everything below it.
const ALL_TEXT: usize = 8000;

/// Checks a whole list of commands, as registering replaces them all.
pub(crate) fn check_commands(body: &Value) -> Result<(), Refused> {
    let mut form = Form::default();
    if !body.is_array() {
        form.wrong("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return form.finish();
    }
    let mut seen = BTreeSet::new();
    for (index, command) in list(body).iter().enumerate() {
        let at = index.to_string();
        let kind = command["type"].as_u64().unwrap_or(1);
        check_command(&mut form, command, kind, &at);
        if !seen.insert((kind, command["name"].as_str().unwrap_or_default())) {
            form.wrong(
                &format!("{at}.name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        if list(body).iter().filter(|command| command["type"].as_u64().unwrap_or(1) == kind).count() > most {
            return Err(Refused::new(400, 30032, &format!("Maximum number of application commands reached ({most})")));
        }
    }
    form.finish()
}

fn check_command(form: &mut Form, command: &Value, kind: u64, at: &str) {
    only(form, command, at, KNOWN);
    match &command["default_member_permissions"] {
        Value::Null => {}
        Value::String(bits) if bits.parse::<u64>().is_ok() => {}
        _ => form.wrong(
            &format!("{at}.default_member_permissions"),
            "BITFIELD_TYPE_CONVERT",
            "Value is not a bit set written as a string.",
        ),
    }
    if kind == 1 {
        check_name(form, command, at);
        needed_text(form, command, &format!("{at}.description"), "description", (1, 100));
        check_options(form, &command["options"], at, 0);
    } else {
        needed_text(form, command, &format!("{at}.name"), "name", (1, 32));
        let extra = !list(&command["options"]).is_empty()
            || command["description"].as_str().is_some_and(|text| !text.is_empty());
        if extra {
            form.wrong(
                at,
                "APPLICATION_COMMAND_INVALID_FIELDS",
                "Context menu commands cannot have description or options",
            );
        }
    }
    for key in ["name_localizations", "description_localizations"] {
        let most = if key.starts_with("name") { 32 } else { 100 };
        for locale in command[key].as_object().into_iter().flatten().map(|(locale, _)| locale) {
            needed_text(form, &command[key], &format!("{at}.{key}.{locale}"), locale, (1, most));
        }
    }
    if size(command) > ALL_TEXT {
        form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", &format!("Command exceeds maximum size ({ALL_TEXT})"));
    }
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case where there is one.
fn check_name(form: &mut Form, of: &Value, at: &str) {
    let at = format!("{at}.name");
    needed_text(form, of, &at, "name", (1, 32));
    let name = of["name"].as_str().unwrap_or_default();
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'') || is_deva_or_thai(letter);
    if !name.chars().all(fits) || name.to_lowercase() != name {
        form.wrong(&at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn is_deva_or_thai(letter: char) -> bool {
    matches!(letter, '\u{0900}'..='\u{097f}' | '\u{0e00}'..='\u{0e7f}')
}

fn check_options(form: &mut Form, options: &Value, at: &str, depth: u8) {
    let all = list(options);
    if all.len() > 25 {
        form.too_long(&format!("{at}.options"), 25);
    }
    let (mut seen, mut optional_before) = (BTreeSet::new(), false);
    for (index, option) in all.iter().enumerate() {
        let at = format!("{at}.options.{index}");
        only(form, option, &at, KNOWN_IN_OPTIONS);
        check_name(form, option, &at);
        needed_text(form, option, &format!("{at}.description"), "description", (1, 100));
        if twice(&mut seen, option["name"].as_str().unwrap_or_default()) {
            form.wrong(
                &format!("{at}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        match option["type"].as_u64() {
            Some(1 | 2) if depth < 2 => check_options(form, &option["options"], &at, depth + 1),
            Some(3..=11) => {
                let required = option["required"] == true;
                if required && optional_before {
                    form.wrong(
                        &at,
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        "Required options must be placed before non-required options",
                    );
                }
                optional_before |= !required;
                check_leaf(form, option, &at);
            }
            _ => form.no_choice(&format!("{at}.type")),
        }
    }
    let groups = all.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).count();
    if groups > 0 && groups < all.len() {
        form.wrong(
            &format!("{at}.options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
}

fn check_leaf(form: &mut Form, option: &Value, at: &str) {
    check_choices(form, &option["choices"], &format!("{at}.choices"));
    if option["autocomplete"] == true && !list(&option["choices"]).is_empty() {
        form.wrong(at, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Autocomplete and choices exclude each other");
    }
    if option["autocomplete"] == true && !matches!(option["type"].as_u64(), Some(3 | 4 | 10)) {
        form.wrong(
            &format!("{at}.autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_TYPE",
            "Only text and numbers can be completed",
        );
    }
}

/// Checks choices, registered or offered while typing.
pub(super) fn check_choices(form: &mut Form, choices: &Value, at: &str) {
    if list(choices).len() > 25 {
        form.too_long(at, 25);
    }
    for (index, choice) in list(choices).iter().enumerate() {
        let at = format!("{at}.{index}");
        only(form, choice, &at, &["name", "name_localizations", "value"]);
        needed_text(form, choice, &format!("{at}.name"), "name", (1, 100));
        match &choice["value"] {
            Value::String(_) => text(form, choice, &format!("{at}.value"), "value", (1, 100)),
            Value::Number(_) => {}
            _ => form.required(&format!("{at}.value")),
        }
    }
}

fn size(of: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    length(&of["name"])
        + length(&of["description"])
        + length(&of["value"])
        + list(&of["options"]).iter().chain(list(&of["choices"])).map(size).sum::<usize>()
}
