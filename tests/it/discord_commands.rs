//! The commands as they are registered: people, other programs and muscle memory rely on their names, so a change of
//! one shows here; and Discord's own specification judges the whole list.

use std::fmt::Write as _;

use greenroom::discord::register;
use serde_json::Value;

use crate::discord_spec;

/// Discord's numbers for what an option is.
fn kind(option: &Value) -> &'static str {
    match option["type"].as_u64().unwrap() {
        1 => "subcommand",
        3 => "string",
        4 => "integer",
        5 => "boolean",
        7 => "channel",
        8 => "role",
        11 => "attachment",
        other => panic!("no option of type {other} is expected"),
    }
}

fn flags(option: &Value) -> String {
    let mut flags = String::new();
    for (name, flag) in [("required", "required"), ("autocomplete", "autocomplete")] {
        if option[flag] == true {
            let _ = write!(flags, " {name}");
        }
    }
    if let (Some(least), Some(most)) = (option["min_value"].as_f64(), option["max_value"].as_f64())
        && most < 1_000.0
    {
        let _ = write!(flags, " {least}–{most}");
    }
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty()) {
        let values: Vec<&str> = choices.iter().map(|choice| choice["value"].as_str().unwrap()).collect();
        let _ = write!(flags, " one of: {}", values.join(", "));
    }
    flags
}

fn list(options: &Value, depth: usize, out: &mut String) {
    for option in options.as_array().into_iter().flatten() {
        let indent = "  ".repeat(depth);
        let (name, said) = (option["name"].as_str().unwrap(), option["description"].as_str().unwrap());
        let _ = writeln!(out, "{indent}{name} ({}{}): {said}", kind(option), flags(option));
        list(&option["options"], depth + 1, out);
    }
}

/// Every command and option, wherever it is.
fn everything(description: &Value) -> Vec<&Value> {
    let mut all: Vec<&Value> = description.as_array().unwrap().iter().collect();
    let mut seen = 0;
    while seen < all.len() {
        all.extend(all[seen]["options"].as_array().into_iter().flatten());
        seen += 1;
    }
    all
}

#[test]
fn commands_keep_their_names() {
    let description = register::description();
    let mut out = String::new();
    for command in description.as_array().unwrap() {
        let who = if command["default_member_permissions"].is_string() { " (managers)" } else { "" };
        let (name, said) = (command["name"].as_str().unwrap(), command["description"].as_str());
        match said {
            Some(said) => writeln!(out, "/{name}{who}: {said}").unwrap(),
            None => writeln!(out, "{name}{who} (menu of a message)").unwrap(),
        }
        list(&command["options"], 1, &mut out);
    }
    insta::assert_snapshot!(out);
}

#[test]
fn discord_takes_the_list_as_it_is() {
    let judge = discord_spec::validator();
    judge("PUT", "/applications/1/commands", &register::description()).unwrap();
}

#[test]
fn everything_is_said_in_german_too_and_briefly() {
    let description = register::description();
    for one in everything(&description) {
        let name = &one["name"];
        let Some(said) = one["description"].as_str() else {
            // What stands in a menu has a name and nothing else.
            assert!(one["type"] == 3 && one["name_localizations"]["de"].is_string(), "{name} is not said in German");
            continue;
        };
        let german = one["description_localizations"]["de"].as_str();
        let german = german.unwrap_or_else(|| panic!("{name} is not said in German"));
        assert!((1..=100).contains(&said.chars().count()), "{name}: {said}");
        assert!((1..=100).contains(&german.chars().count()), "{name}: {german}");
    }
}

#[test]
fn commands_work_in_servers_only_and_setup_is_hidden_from_those_who_may_not() {
    let manage_server = (1_u64 << 5).to_string();
    for command in register::description().as_array().unwrap() {
        assert_eq!(command["contexts"], serde_json::json!([0]), "{}", command["name"]);
        // Everybody may see how the accounts are; who may connect one is asked when somebody does.
        let for_managers = ["setup", "export", "erase"].iter().any(|name| command["name"] == *name);
        let permissions = command["default_member_permissions"].as_str();
        assert_eq!(permissions, for_managers.then_some(manage_server.as_str()), "{}", command["name"]);
    }
}

#[test]
fn required_options_come_first() {
    let description = register::description();
    for one in everything(&description) {
        let required: Vec<bool> =
            one["options"].as_array().into_iter().flatten().map(|option| option["required"] == true).collect();
        assert!(required.is_sorted_by(|one, next| one >= next), "{}", one["name"]);
    }
}
