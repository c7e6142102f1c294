//! The first answer to an interaction: within three real seconds, once, and of a type that fits what was asked.
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response>

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State as Shared};
use serde_json::{Value, json};

use super::message_shape::message;
use super::messages::Draft;
use super::payload::Payload;
use super::refusal::{Form, Refused};
use super::rest::{Answer, done, ok};
use super::rules::{Writing, check_choices, check_message, check_modal};
use super::state::{Asked, EPHEMERAL, LOADING, State};
use super::{Discord, Snowflake};

pub(crate) async fn answer(
    Shared(discord): Shared<Discord>,
    Path((id, token)): Path<(Snowflake, String)>,
    Query(query): Query<HashMap<String, String>>,
    Extension(payload): Extension<Arc<Payload>>,
) -> Answer {
    let wants = query.get("with_response").is_some_and(|word| word == "true" || word == "1");
    let response = discord.change(|state| {
        state.take_answer(id, &token, &payload)?;
        Ok::<_, Refused>(state.callback_response(id))
    })?;
    if wants { ok(response) } else { done() }
}

impl State {
    fn take_answer(&mut self, id: Snowflake, token: &str, payload: &Payload) -> Result<(), Refused> {
        let known = self.asked.get(&id).filter(|asked| asked.token == token);
        let asked = known.ok_or_else(|| Refused::unknown(10062, "interaction"))?.clone();
        let after = asked.delivered_at.elapsed();
        if asked.answered.is_some() {
            return Err(Refused::new(400, 40060, "Interaction has already been acknowledged."));
        }
        if after > self.answer_within {
            return Err(Refused::unknown(10062, "interaction"));
        }
        let body = &payload.json;
        let kind = body["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0);
        if !fits(&asked, kind) {
            return Err(Form::refuse("type", "BASE_TYPE_CHOICES", "This answer does not fit the interaction."));
        }
        let changed = self.perform_answer(asked, kind, payload)?;
        self.asked.insert(id, Asked { answered: Some((kind, after)), ..changed });
        Ok(())
    }

    fn perform_answer(&mut self, mut asked: Asked, kind: u8, payload: &Payload) -> Result<Asked, Refused> {
        let data = &payload.json["data"];
        let private = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
        let only_for = private.then_some(asked.user);
        match kind {
            4 => {
                check_message(data, Writing::Callback, "data")?;
                let draft = Draft {
                    channel: asked.channel,
                    author: self.bot,
                    only_for,
                    interaction: Some(asked.id),
                    body: data,
                    files: &payload.files,
                    forwards: None,
                };
                asked.original = Some(self.create_message(&draft)?);
            }
            5 => {
                asked.deferred = true;
                asked.original = Some(self.create_thinking(asked.channel, only_for, asked.id));
            }
            6 => asked.original = asked.source,
            7 => {
                check_message(data, Writing::Callback, "data")?;
                let source = asked.source.ok_or_else(|| Refused::unknown(10008, "Message"))?;
                self.edit_message(source, data, &payload.files)?;
                asked.original = Some(source);
            }
            8 => {
                check_choices(data)?;
                asked.choices = data["choices"].as_array().cloned().unwrap_or_default();
            }
            _ => {
                check_modal(data)?;
                let mut form = data.clone();
                if let Some(rows) = form["components"].as_array_mut() {
                    super::messages::number(rows, &mut 0);
                }
                asked.form = Some(form);
            }
        }
        Ok(asked)
    }

    fn callback_response(&self, id: Snowflake) -> Value {
        let Some(asked) = self.asked.get(&id) else { return Value::Null };
        let kind = asked.answered.map_or(0, |(kind, _)| kind);
        let reply = asked.original.and_then(|id| self.message(id));
        let mut interaction = json!({
            "id": id.to_string(), "type": asked.kind, "channel_id": asked.channel.to_string(), "guild_id": asked.guild.to_string(),
        });
        let Some(reply) = reply else { return json!({"interaction": interaction}) };
        interaction["response_message_id"] = json!(reply.id.to_string());
        interaction["response_message_loading"] = json!(reply.flags & LOADING != 0);
        interaction["response_message_ephemeral"] = json!(reply.only_for.is_some());
        json!({"interaction": interaction, "resource": {"type": kind, "message": message(self, reply)}})
    }
}

/// Which answers fit which question: a form is not answered with a form, and only what came from a message changes one.
fn fits(asked: &Asked, kind: u8) -> bool {
    match (asked.kind, kind) {
        (2 | 3, 4 | 5 | 9) | (3, 6 | 7) | (4, 8) | (5, 4 | 5) => true,
        (5, 6 | 7) => asked.source.is_some(),
        _ => false,
    }
}
