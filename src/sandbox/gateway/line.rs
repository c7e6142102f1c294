//! One connection to the gateway: HELLO, then whatever the bot says and whatever happens, until either side ends it.
//! Close codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>

use std::collections::HashMap;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::frames::Packer;
use super::trouble::InStore;
use super::{Identified, Line, Outgoing, Session, intent};
use crate::sandbox::discord::Discord;
use crate::sandbox::discord::state::{State, random_word};
use crate::sandbox::discord::wire::Wire;

/// The largest frame a bot may send.
const LARGEST_FRAME: usize = 4096;

/// Takes a bot's connection.
pub(crate) async fn connect(
    Shared(discord): Shared<Discord>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let refused = discord.change(|state| {
        let left = &mut state.gateway.troubles.refuse_connects;
        let refused = *left > 0;
        *left = left.saturating_sub(1);
        refused
    });
    if refused {
        return (StatusCode::SERVICE_UNAVAILABLE, "no healthy upstream").into_response();
    }
    let packer = Packer::new(query.get("compress").is_some_and(|how| how == "zlib-stream"));
    let known = query.get("encoding").is_none_or(|encoding| encoding == "json");
    let version = query.get("v").is_none_or(|version| version == "10" || version == "9");
    upgrade.on_upgrade(move |socket| {
        let tracker = discord.tracker().clone();
        tracker.track_future(async move {
            let stopped = discord.stopping();
            tokio::select! {
                () = stopped.cancelled() => {}
                () = talk(discord, socket, wire, packer, known && version) => {}
            }
        })
    })
}

/// Everything one connection knows about itself.
struct Talk {
    discord: Discord,
    line: Line,
    session: Option<String>,
    packer: Packer,
}

async fn talk(discord: Discord, mut socket: WebSocket, wire: Wire, packer: Packer, understood: bool) {
    let (sender, mut outgoing) = mpsc::unbounded_channel();
    let number = discord.change(|state| {
        state.gateway.lines += 1;
        state.gateway.lines
    });
    let mut talk = Talk { discord, line: Line { number, sender, wire }, session: None, packer };
    let interval = talk.discord.lock().gateway.heartbeat_millis;
    talk.say(10, &json!({"heartbeat_interval": interval, "_trace": ["[\"gateway\"]"]}));
    if !understood {
        talk.close(4012);
    }
    let given_up = talk.run(&mut socket, &mut outgoing).await;
    talk.hang_up(given_up);
}

impl Talk {
    /// Talks until the end; says whether the bot gave its session up.
    async fn run(&mut self, socket: &mut WebSocket, outgoing: &mut UnboundedReceiver<Outgoing>) -> bool {
        loop {
            tokio::select! {
                Some(next) = outgoing.recv() => match next {
                    Outgoing::Frame(frame) => {
                        self.discord.lock().gateway.keep(&frame);
                        let packed = self.packer.pack(&frame);
                        if socket.send(packed).await.is_err() {
                            return false;
                        }
                    }
                    Outgoing::Close(code) => {
                        let frame = code.map(|code| CloseFrame { code, reason: reason(code).into() });
                        // The other side may be gone already; then it is closed all the same.
                        let _ = socket.send(Message::Close(frame)).await;
                        return false;
                    }
                },
                heard = socket.recv() => match heard {
                    Some(Ok(Message::Text(text))) => self.hear(text.as_bytes()),
                    Some(Ok(Message::Binary(bytes))) => self.hear(&bytes),
                    Some(Ok(Message::Close(frame))) => {
                        return frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Err(_)) | None => return false,
                },
            }
        }
    }

    fn say(&self, op: u8, data: &Value) {
        self.line.send(Outgoing::Frame(json!({"op": op, "d": data, "s": null, "t": null})));
    }

    fn close(&self, code: u16) {
        self.line.send(Outgoing::Close(Some(code)));
    }

    fn hear(&mut self, bytes: &[u8]) {
        let frame: Option<Value> = if bytes.len() > LARGEST_FRAME { None } else { serde_json::from_slice(bytes).ok() };
        let Some(frame) = frame else { return self.close(4002) };
        match frame["op"].as_u64() {
            Some(1) => {
                if !self.discord.lock().gateway.troubles.silent {
                    self.say(11, &Value::Null);
                }
            }
            Some(2) => self.identify(&frame["d"]),
            Some(6) => self.resume(&frame["d"]),
            Some(3 | 4 | 8) if self.session.is_none() => self.close(4003),
            Some(3 | 4 | 8) => {}
            _ => self.close(4001),
        }
    }

    fn identify(&mut self, said: &Value) {
        let discord = self.discord.clone();
        if self.session.is_some() {
            return self.close(4005);
        }
        let heard = discord.change(|state| {
            admit(state, said).map(|session| {
                let id = random_word();
                let compress = session.compress;
                state.gateway.sessions.insert(id.clone(), Session { line: Some(self.line.clone()), ..session });
                state.welcome(&id);
                (id, compress)
            })
        });
        match heard {
            Ok((id, compress)) => {
                self.session = Some(id);
                self.packer.each = compress;
            }
            Err(code) => self.close(code),
        }
    }

    fn resume(&mut self, said: &Value) {
        let discord = self.discord.clone();
        discord.change(|state| {
            if let Some(code) = InStore::take(&mut state.gateway.troubles.close_resumes) {
                return self.close(code);
            }
            if !token_fits(state, said) {
                return self.close(4004);
            }
            let id = said["session_id"].as_str().unwrap_or_default();
            let Some(session) = state.gateway.sessions.get_mut(id) else { return self.say(9, &json!(false)) };
            let seen = said["seq"].as_u64().unwrap_or(0);
            if seen > session.sequence {
                return self.close(4007);
            }
            self.session = Some(id.to_owned());
            self.packer.each = session.compress;
            session.line = Some(self.line.clone());
            for missed in session.events.iter().filter(|event| event["s"].as_u64() > Some(seen)) {
                self.line.send(Outgoing::Frame(missed.clone()));
            }
            session.push("RESUMED", &json!({"_trace": []}));
            state.gateway.resumed += 1;
        });
    }

    fn hang_up(self, given_up: bool) {
        let Some(id) = self.session else { return };
        self.discord.change(|state| {
            let sessions = &mut state.gateway.sessions;
            let Some(session) = sessions.get_mut(&id) else { return };
            if session.line.as_ref().is_some_and(|line| line.number == self.line.number) {
                session.line = None;
                if given_up {
                    sessions.remove(&id);
                }
            }
        });
    }
}

/// Checks an IDENTIFY; `Err` is the close code it earns.
fn admit(state: &mut State, said: &Value) -> Result<Session, u16> {
    if let Some(code) = InStore::take(&mut state.gateway.troubles.close_identifies) {
        return Err(code);
    }
    if !said["properties"].is_object() {
        return Err(4002);
    }
    if !token_fits(state, said) {
        return Err(4004);
    }
    let intents = said["intents"].as_u64().ok_or(4013_u16)?;
    if intents & !intent::ALL != 0 {
        return Err(4013);
    }
    if intents & !state.gateway.allowed_intents != 0 {
        return Err(4014);
    }
    let compress = said["compress"].as_bool().unwrap_or(false);
    let at = state.now();
    state.gateway.identified.push(Identified { at, intents, compress });
    Ok(Session { sequence: 0, events: std::collections::VecDeque::new(), compress, intents, line: None })
}

fn token_fits(state: &State, said: &Value) -> bool {
    let token = said["token"].as_str().unwrap_or_default();
    token.strip_prefix("Bot ").unwrap_or(token) == state.token
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}
