//! Discord: the token, what the portal says about the application, and what the bot may do in each team's channels.

use serenity::all::Http;

use super::Finding;
use crate::app::settings;
use crate::config::Config;
use crate::discord::http;
use crate::discord::portal::{Portal, portal};
use crate::domain::workspace::Workspace;

const TOKEN: &str = "Discord token";
const CHANNELS: &str = "Discord channels";
const INTENTS: &str = "Discord intents";

pub(super) async fn look(config: &Config, workspaces: Option<&[Workspace]>) -> Vec<Finding> {
    let Some(token) = &config.discord.token else { return Vec::new() };
    let client = match http::build(&settings(config, token)) {
        Ok(client) => client,
        Err(error) => return vec![Finding::bad(TOKEN, format!("{error:#}"), "check `discord.api_url`")],
    };
    let me = match client.get_current_user().await {
        Ok(me) => me,
        Err(error) => {
            let advice = "check `discord.token` (Developer Portal, your application, Bot, Reset Token) and the network";
            return vec![Finding::bad(TOKEN, error.to_string(), advice)];
        }
    };
    let mut findings = vec![Finding::good(TOKEN, format!("signs in as {}", me.name))];
    match portal(&client).await {
        Ok(portal) => findings.extend(application(&portal)),
        Err(error) => findings.push(Finding::notice(
            INTENTS,
            format!("Discord does not describe the application: {error}"),
            "run doctor again; if it stays so, look at the application in the Developer Portal",
        )),
    }
    match workspaces {
        Some([]) => findings.push(Finding::notice(
            CHANNELS,
            "no server has been set up yet",
            format!("invite the bot and run `/setup`: {}", http::invitation(me.id)),
        )),
        Some(workspaces) => {
            for workspace in workspaces {
                findings.push(channels(&client, workspace).await);
            }
        }
        None => findings.push(Finding::notice(
            CHANNELS,
            "not checked, as which they are could not be read from the database",
            format!("to invite the bot somewhere: {}", http::invitation(me.id)),
        )),
    }
    findings
}

/// What the portal says. Everything the bot listens for comes without being turned on there.
fn application(portal: &Portal) -> Vec<Finding> {
    let mut findings = vec![if portal.privileged.is_empty() {
        Finding::good(INTENTS, "none has to be turned on in the Developer Portal, and none is")
    } else {
        Finding::notice(
            INTENTS,
            format!("turned on although not needed: {}", portal.privileged.join(", ")),
            "turn them off in the Developer Portal, your application, Bot: the bot reads no one's messages",
        )
    }];
    if portal.has_endpoint {
        findings.push(Finding::bad(
            "Discord interactions",
            "the application sends commands and buttons to a web address, so the bot never hears of them",
            "clear Interactions Endpoint URL in the Developer Portal, your application, General Information",
        ));
    }
    let minutes = portal.starts_anew_in_millis / 60_000;
    match portal.starts_left {
        0 => findings.push(Finding::bad(
            "Discord sessions",
            "the bot has signed in too often and may not do so again for now",
            format!("wait {minutes} minutes, and see why it was started so often"),
        )),
        left @ 1..20 => findings.push(Finding::notice(
            "Discord sessions",
            format!("the bot may sign in {left} more times in the next {minutes} minutes"),
            "see whether something starts it over and over",
        )),
        _ => {}
    }
    findings
}

async fn channels(client: &Http, workspace: &Workspace) -> Finding {
    let name = &workspace.name;
    match http::missing_permissions(client, workspace).await {
        Ok(_) if workspace.ready_for_review().is_err() => Finding::notice(
            CHANNELS,
            format!("{name}: no reviewer role or no review channel has been chosen"),
            "somebody who may manage the server runs `/setup`",
        ),
        Ok(missing) if missing.is_empty() => Finding::good(CHANNELS, format!("{name}: nothing is missing")),
        Ok(missing) => Finding::bad(
            CHANNELS,
            format!("{name}: {}", missing.join("; ")),
            "give the bot's role these permissions in those channels",
        ),
        Err(error) => Finding::bad(CHANNELS, format!("{name}: {error:#}"), "is the bot still a member of that server?"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    fn fine() -> Portal {
        Portal { has_endpoint: false, privileged: Vec::new(), starts_left: 1000, starts_anew_in_millis: 0 }
    }

    #[test]
    fn an_application_that_keeps_the_bot_silent_is_found() {
        let worst = |portal: &Portal| {
            let levels: Vec<Level> = application(portal).into_iter().map(|finding| finding.level).collect();
            levels.last().copied().unwrap()
        };
        assert_eq!(worst(&fine()), Level::Good);
        assert_eq!(worst(&Portal { privileged: vec!["Presence Intent"], ..fine() }), Level::Notice);
        assert_eq!(worst(&Portal { has_endpoint: true, ..fine() }), Level::Bad);
        assert_eq!(worst(&Portal { starts_left: 3, ..fine() }), Level::Notice);
        assert_eq!(worst(&Portal { starts_left: 0, ..fine() }), Level::Bad);
    }
}
