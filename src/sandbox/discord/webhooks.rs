//! What follows the first answer, for fifteen minutes: reading, changing and deleting it, and followups.
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};
use chrono::TimeDelta;
use serde_json::Value;

use super::message_shape::message;
use super::messages::Draft;
use super::payload::Payload;
use super::refusal::Refused;
use super::rest::{Answer, done, ok};
use super::rest_messages::named;
use super::rules::{Writing, check_message};
use super::state::{Asked, EPHEMERAL, State};
use super::{Discord, Snowflake};

/// How long a token serves after the interaction.
const TOKEN_LIVES_MINUTES: i64 = 15;

impl State {
    /// The answered interaction a token belongs to, while the token lives.
    fn webhook(&self, app: Snowflake, token: &str) -> Result<&Asked, Refused> {
        let known = self.asked.values().find(|asked| asked.token == token && app == self.application);
        let asked = known.filter(|asked| asked.answered.is_some());
        let asked = asked.ok_or_else(|| Refused::unknown(10015, "Webhook"))?;
        if self.now() - asked.created_at > TimeDelta::minutes(TOKEN_LIVES_MINUTES) {
            return Err(Refused::new(401, 50027, "Invalid Webhook Token"));
        }
        Ok(asked)
    }

    /// The message a token may touch: the original answer or a followup.
    fn reply(&self, app: Snowflake, token: &str, which: &str) -> Result<Snowflake, Refused> {
        let asked = self.webhook(app, token)?;
        let id = if which == "@original" { asked.original } else { named(which) };
        let own = id.filter(|id| asked.original == Some(*id) || asked.followups.contains(id));
        let exists = own.filter(|id| self.message(*id).is_some());
        exists.ok_or_else(|| Refused::unknown(10008, "Message"))
    }

    fn shown(&self, id: Snowflake) -> Value {
        self.message(id).map_or(Value::Null, |one| message(self, one))
    }
}

pub(crate) async fn follow_up(
    Shared(discord): Shared<Discord>,
    Path((app, token)): Path<(Snowflake, String)>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let body = &payload.json;
    let made = discord.change(|state| {
        let asked = state.webhook(app, &token)?.clone();
        check_message(body, Writing::Webhook, "")?;
        let made = match asked.original.filter(|_| asked.deferred) {
            // The first followup to a deferred reply is that reply; the defer decided who sees it.
            Some(original) => {
                state.edit_message(original, body, &payload.files)?;
                original
            }
            None => {
                let private = body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
                state.create_message(&Draft {
                    channel: asked.channel,
                    author: state.bot,
                    only_for: private.then_some(asked.user),
                    interaction: Some(asked.id),
                    body,
                    files: &payload.files,
                    forwards: None,
                })?
            }
        };
        if let Some(asked) = state.asked.get_mut(&asked.id) {
            if !asked.deferred {
                asked.followups.push(made);
            }
            asked.deferred = false;
        }
        Ok::<_, Refused>(state.shown(made))
    })?;
    ok(made)
}

type OfReply = Path<(Snowflake, String, String)>;

pub(crate) async fn read(Shared(discord): Shared<Discord>, Path((app, token, which)): OfReply) -> Answer {
    let state = discord.lock();
    ok(state.shown(state.reply(app, &token, &which)?))
}

pub(crate) async fn edit(
    Shared(discord): Shared<Discord>,
    Path((app, token, which)): OfReply,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let edited = discord.change(|state| {
        let id = state.reply(app, &token, &which)?;
        check_message(&payload.json, Writing::Edit, "")?;
        state.edit_message(id, &payload.json, &payload.files)?;
        let waiting = state.asked.values_mut().find(|asked| asked.original == Some(id) && asked.deferred);
        if let Some(asked) = waiting {
            asked.deferred = false;
        }
        Ok::<_, Refused>(state.shown(id))
    })?;
    ok(edited)
}

pub(crate) async fn remove(Shared(discord): Shared<Discord>, Path((app, token, which)): OfReply) -> Answer {
    discord.change(|state| {
        let id = state.reply(app, &token, &which)?;
        state.delete_message(id);
        Ok::<_, Refused>(())
    })?;
    done()
}
