//! The limits of buttons, selects and forms: <https://discord.com/developers/docs/components/reference>

use std::collections::BTreeSet;

use serde_json::Value;

use super::{list, needed_text, only, text, twice};
use crate::sandbox::discord::refusal::Form;

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
/// Rows of forms in the newer style: text display and label.
const NEWER_IN_FORMS: [u64; 2] = [10, 18];

pub(super) fn check_rows(form: &mut Form, rows: &Value, at: &str) {
    if list(rows).len() > 5 {
        form.too_long(at, 5);
    }
    for (index, row) in list(rows).iter().enumerate() {
        let at = format!("{at}.{index}");
        if row["type"] != ROW {
            form.no_choice(&format!("{at}.type"));
            continue;
        }
        only(form, row, &at, &["type", "id", "components"]);
        let inside = list(&row["components"]);
        let buttons = inside.iter().filter(|one| one["type"] == BUTTON).count();
        let fits = if buttons > 0 { buttons == inside.len() && buttons <= 5 } else { inside.len() == 1 };
        if !fits {
            form.wrong(
                &format!("{at}.components"),
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "A row holds up to five buttons or one select.",
            );
        }
        for (index, inner) in inside.iter().enumerate() {
            let at = format!("{at}.components.{index}");
            match inner["type"].as_u64() {
                Some(BUTTON) => check_button(form, inner, &at),
                Some(3 | 5..=8) => check_select(form, inner, &at),
                _ => form.no_choice(&format!("{at}.type")),
            }
        }
    }
}

fn check_button(form: &mut Form, button: &Value, at: &str) {
    only(form, button, at, &["type", "id", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled"]);
    text(form, button, &format!("{at}.label"), "label", (0, 80));
    if button["label"].as_str().is_none_or(str::is_empty) && button["emoji"].is_null() && button["style"] != 6 {
        form.wrong(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji.");
    }
    match button["style"].as_u64() {
        Some(1..=4) => {
            needed_text(form, button, &format!("{at}.custom_id"), "custom_id", (1, 100));
            if !button["url"].is_null() {
                form.wrong(
                    at,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        Some(5) => {
            needed_text(form, button, &format!("{at}.url"), "url", (1, 512));
            let link = button["url"].as_str().unwrap_or_default();
            if !["http://", "https://", "discord://"].iter().any(|start| link.starts_with(start)) {
                form.wrong(
                    &format!("{at}.url"),
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme must be one of ('discord', 'http', 'https').",
                );
            }
        }
        Some(6) => {}
        _ => form.no_choice(&format!("{at}.style")),
    }
}

fn check_select(form: &mut Form, select: &Value, at: &str) {
    let known = [
        "type",
        "id",
        "custom_id",
        "options",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
        "channel_types",
        "default_values",
        "required",
    ];
    only(form, select, at, &known);
    needed_text(form, select, &format!("{at}.custom_id"), "custom_id", (1, 100));
    text(form, select, &format!("{at}.placeholder"), "placeholder", (0, 150));
    let (least, most) = (select["min_values"].as_u64().unwrap_or(1), select["max_values"].as_u64().unwrap_or(1));
    if least > 25 || !(1..=25).contains(&most) || least > most {
        form.wrong(&format!("{at}.max_values"), "NUMBER_TYPE_MAX", "min_values and max_values do not fit together.");
    }
    if select["type"] == STRING_SELECT {
        check_options(form, select, most, at);
    }
}

fn check_options(form: &mut Form, select: &Value, most: u64, at: &str) {
    let options = list(&select["options"]);
    let at = format!("{at}.options");
    if options.is_empty() || options.len() > 25 {
        form.bad_length(&at, 1, 25);
    }
    if u64::try_from(options.len()).is_ok_and(|count| count < most) {
        form.wrong(
            &at,
            "SELECT_COMPONENT_MAX_VALUES_LARGER_THAN_OPTIONS",
            "max_values is larger than the number of options.",
        );
    }
    let chosen = options.iter().filter(|option| option["default"] == true).count();
    if u64::try_from(chosen).is_ok_and(|chosen| chosen > most) {
        form.wrong(&at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More options are preselected than may be chosen.");
    }
    let mut seen = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        let at = format!("{at}.{index}");
        only(form, option, &at, &["label", "value", "description", "emoji", "default"]);
        needed_text(form, option, &format!("{at}.label"), "label", (1, 100));
        needed_text(form, option, &format!("{at}.value"), "value", (1, 100));
        text(form, option, &format!("{at}.description"), "description", (0, 100));
        if twice(&mut seen, option["value"].as_str().unwrap_or_default()) {
            form.wrong(
                &format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

pub(super) fn check_modal_rows(form: &mut Form, rows: &Value, at: &str) {
    if list(rows).is_empty() || list(rows).len() > 5 {
        form.bad_length(at, 1, 5);
    }
    for (index, row) in list(rows).iter().enumerate() {
        let at = format!("{at}.{index}");
        if row["type"].as_u64().is_some_and(|kind| NEWER_IN_FORMS.contains(&kind)) {
            continue;
        }
        let inside = list(&row["components"]);
        if row["type"] != ROW || inside.len() != 1 || inside[0]["type"] != TEXT_INPUT {
            form.wrong(&at, "COMPONENT_TYPE_INVALID", "A row of a form holds one text input.");
            continue;
        }
        check_input(form, &inside[0], &format!("{at}.components.0"));
    }
}

fn check_input(form: &mut Form, input: &Value, at: &str) {
    let known =
        ["type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"];
    only(form, input, at, &known);
    needed_text(form, input, &format!("{at}.custom_id"), "custom_id", (1, 100));
    needed_text(form, input, &format!("{at}.label"), "label", (1, 45));
    text(form, input, &format!("{at}.placeholder"), "placeholder", (0, 100));
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.no_choice(&format!("{at}.style"));
    }
    let (least, most) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
    if least > most || !(1..=4000).contains(&most) {
        form.wrong(&format!("{at}.max_length"), "NUMBER_TYPE_MAX", "min_length and max_length do not fit together.");
    }
    let most = usize::try_from(most).unwrap_or(4000).min(4000);
    text(form, input, &format!("{at}.value"), "value", (0, most));
}

/// Every `custom_id` of a message or form may be there once, however deep.
pub(super) fn check_ids(form: &mut Form, components: &Value, at: &str) {
    let mut seen = BTreeSet::new();
    walk(form, components, at, &mut seen);
}

fn walk<'a>(form: &mut Form, components: &'a Value, at: &str, seen: &mut BTreeSet<&'a str>) {
    for (index, one) in list(components).iter().enumerate() {
        let at = format!("{at}.{index}");
        if let Some(id) = one["custom_id"].as_str()
            && twice(seen, id)
        {
            form.wrong(
                &format!("{at}.custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        walk(form, &one["components"], &format!("{at}.components"), seen);
    }
}
