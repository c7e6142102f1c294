//! Tells Discord which commands there are.
//!
//! poise describes most of it from the commands themselves; what it cannot say is added here: choices that are words
//! rather than numbers. Registering replaces the whole list and may be repeated. It runs beside the bot, never in its
//! way, because yesterday's commands still work while Discord does not listen.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::watchdog::pause;
use super::words::CommandIds;
use super::{Bot, commands, http};
use commands::menu;

/// The pauses between tries: 5 s, 30 s, 2 min, then always 10 min.
const AGAIN_AFTER: [Duration; 4] =
    [Duration::from_secs(5), Duration::from_secs(30), Duration::from_secs(120), Duration::from_secs(600)];

/// A word that can be chosen: what is sent, and its name in English and German.
type Choice = (&'static str, &'static str, &'static str);

/// The days of a slot.
const DAYS: [Choice; 10] = [
    ("monday", "Monday", "Montag"),
    ("tuesday", "Tuesday", "Dienstag"),
    ("wednesday", "Wednesday", "Mittwoch"),
    ("thursday", "Thursday", "Donnerstag"),
    ("friday", "Friday", "Freitag"),
    ("saturday", "Saturday", "Samstag"),
    ("sunday", "Sunday", "Sonntag"),
    ("every day", "every day", "jeden Tag"),
    ("weekdays", "Monday to Friday", "Montag bis Freitag"),
    ("weekend", "Saturday and Sunday", "Samstag und Sonntag"),
];

/// Options with a fixed set of words: command, option, words.
const CHOICES: [(&str, &str, &[Choice]); 4] = [
    (
        "account connect",
        "delivery",
        &[
            ("direct", "direct: Greenroom publishes", "direkt: Greenroom veröffentlicht"),
            ("draft", "draft: into the TikTok inbox", "Entwurf: in den TikTok-Posteingang"),
        ],
    ),
    (
        "queue",
        "state",
        &[
            ("in review", "in review", "in Prüfung"),
            ("approved", "approved", "freigegeben"),
            ("declined", "declined", "abgelehnt"),
            ("lapsed", "lapsed", "verfallen"),
            ("withdrawn", "withdrawn", "zurückgezogen"),
            ("scheduled", "scheduled", "geplant"),
            ("publishing", "publishing", "wird veröffentlicht"),
            ("processing", "processing", "in Verarbeitung"),
            ("published", "published", "veröffentlicht"),
            ("in inbox", "in inbox", "im Posteingang"),
            ("held", "held", "zurückgehalten"),
            ("failed", "failed", "fehlgeschlagen"),
            ("unclear", "unclear", "ungeklärt"),
            ("cancelled", "cancelled", "abgebrochen"),
        ],
    ),
    ("slots set", "day", &DAYS),
    ("slots clear", "day", &DAYS),
];

/// What stands in the menu of a message, in English and German; poise cannot say the German.
const MENUS: [(&str, &str); 1] = [(menu::NAME, "Auf TikTok planen")];

/// The list of commands as Discord takes it.
///
/// # Panics
/// Never: builders of commands are always JSON.
#[must_use]
pub fn description() -> Value {
    let builders = poise::builtins::create_application_commands(&commands::all());
    let mut described = serde_json::to_value(builders).expect("command builders are JSON");
    for command in described.as_array_mut().into_iter().flatten() {
        // Installed to servers only, as the product works nowhere else.
        command["integration_types"] = json!([0]);
    }
    for (name, german) in MENUS {
        if let Some(command) = named(&mut described, name) {
            command["name_localizations"] = json!({ "de": german });
        }
    }
    for (path, option, words) in CHOICES {
        if let Some(option) = find(&mut described, path, option) {
            option["choices"] = words
                .iter()
                .map(|(word, english, german)| {
                    json!({ "name": english, "name_localizations": { "de": german }, "value": word })
                })
                .collect();
        }
    }
    described
}

/// The option of that name of the command at that path.
fn find<'a>(described: &'a mut Value, path: &str, option: &str) -> Option<&'a mut Value> {
    let mut words = path.split(' ').chain([option]);
    let mut here = named(described, words.next()?)?;
    for word in words {
        here = named(here.get_mut("options")?, word)?;
    }
    Some(here)
}

fn named<'a>(list: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    list.as_array_mut()?.iter_mut().find(|one| one["name"] == name)
}

/// Registers the commands unless that is done, and goes on until it is or the bot stops.
pub(super) fn begin(bot: &Arc<Bot>, stop: &CancellationToken) {
    if bot.command_ids.get().is_some() {
        return;
    }
    let (bot, stop) = (Arc::clone(bot), stop.clone());
    let tasks = bot.tasks.clone();
    tasks.spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = register(&bot) => {}
        }
    });
}

async fn register(bot: &Bot) {
    let described = description();
    let waits = AGAIN_AFTER.iter().chain(std::iter::repeat(&AGAIN_AFTER[AGAIN_AFTER.len() - 1]));
    for wait in waits {
        match http::persist("PUT commands", || bot.http.create_global_commands(&described)).await {
            Ok(known) => {
                let ids: CommandIds = known.into_iter().map(|command| (command.name, command.id.get())).collect();
                tracing::info!("Discord knows {} commands", ids.len());
                let _ = bot.command_ids.set(ids);
                return;
            }
            Err(error) => {
                tracing::error!("Discord did not take the commands, trying again in {} s: {error}", wait.as_secs());
                pause(*wait).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fixed_choice_finds_its_option() {
        let mut described = description();
        for (path, option, words) in CHOICES {
            let option = find(&mut described, path, option).unwrap_or_else(|| panic!("{path} has no {option}"));
            assert_eq!(option["type"], 3, "{path}: words are no numbers");
            assert!(words.len() <= 25);
        }
    }

    #[test]
    fn a_state_is_offered_as_it_is_read() {
        let (.., states) = CHOICES[1];
        assert!(states.iter().all(|(word, ..)| word.parse::<crate::discord::look::Standing>().is_ok()));
    }
}
