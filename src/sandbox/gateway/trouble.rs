//! Trouble with the gateway on demand: connections that end, are refused or fall silent, and events that come twice or
//! come broken.

use serde_json::Value;

use super::super::discord::Discord;
use super::super::discord::state::State;
use super::{Happened, Outgoing};

/// What goes wrong with the gateway.
#[derive(Clone, Copy, Debug)]
pub enum GatewayTrouble {
    /// Every connection ends with a FIN, without a close frame.
    Cut,
    /// Every connection ends with a RST.
    Reset,
    /// Every connection gets a close frame with this code, or without one.
    Close(Option<u16>),
    /// Op 7: come again.
    Reconnect,
    /// Op 9: the session is gone, or (`true`) may be resumed.
    InvalidSession(bool),
    /// Heartbeats are not acknowledged any more (`false` ends it).
    NoAcknowledgement(bool),
    /// The next so many connections are refused with 503.
    RefuseConnects(u32),
    /// The next so many IDENTIFYs are answered with this close code.
    CloseIdentifies(u16, u32),
    /// The next so many RESUMEs are answered with this close code.
    CloseResumes(u16, u32),
}

/// Trouble that waits for its moment.
#[derive(Debug, Default)]
pub(crate) struct InStore {
    pub(super) silent: bool,
    pub(super) refuse_connects: u32,
    pub(super) close_identifies: (u16, u32),
    pub(super) close_resumes: (u16, u32),
    lacking: Vec<(String, String)>,
}

impl InStore {
    /// The part the next event of this kind lacks.
    pub(super) fn lacks(&mut self, kind: &str) -> Option<String> {
        let at = self.lacking.iter().position(|(of, _)| of == kind)?;
        Some(self.lacking.remove(at).1)
    }

    /// Takes one from a counted trouble, if any is left.
    pub(super) fn take(counted: &mut (u16, u32)) -> Option<u16> {
        counted.1 = counted.1.checked_sub(1)?;
        Some(counted.0)
    }
}

/// Removes what a JSON pointer names.
pub(super) fn remove(from: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    if let Some(Value::Object(parent)) = from.pointer_mut(parent) {
        parent.remove(key);
    }
}

impl Discord {
    /// Lets something go wrong with the gateway, now or at the next occasion.
    pub fn gateway_trouble(&self, trouble: GatewayTrouble) {
        self.change(|state| match trouble {
            GatewayTrouble::Cut => state.gateway.each_line(|line| line.wire.cut()),
            GatewayTrouble::Reset => state.gateway.each_line(|line| line.wire.reset()),
            GatewayTrouble::Close(code) => state.gateway.each_line(|line| line.send(Outgoing::Close(code))),
            GatewayTrouble::Reconnect => state.gateway.send_all(7, &Value::Null),
            GatewayTrouble::InvalidSession(resumable) => {
                state.gateway.send_all(9, &resumable.into());
                if !resumable {
                    state.gateway.sessions.clear();
                }
            }
            GatewayTrouble::NoAcknowledgement(silent) => state.gateway.troubles.silent = silent,
            GatewayTrouble::RefuseConnects(times) => state.gateway.troubles.refuse_connects = times,
            GatewayTrouble::CloseIdentifies(code, times) => state.gateway.troubles.close_identifies = (code, times),
            GatewayTrouble::CloseResumes(code, times) => state.gateway.troubles.close_resumes = (code, times),
        });
    }

    /// Lets the next event of this kind come without the part a JSON pointer names, such as `/member/user`.
    pub fn break_event(&self, kind: &str, pointer: &str) {
        self.change(|state| state.gateway.troubles.lacking.push((kind.to_owned(), pointer.to_owned())));
    }

    /// Sends every session its last event once more, as a new one.
    pub fn repeat_last_event(&self) {
        self.change(|state| {
            for session in state.gateway.sessions.values_mut() {
                let Some(last) = session.events.back().cloned() else { continue };
                session.push(last["t"].as_str().unwrap_or_default(), &last["d"].clone());
            }
        });
    }

    /// Sends an event of any kind, known to the documentation or not.
    pub fn send_event(&self, kind: &'static str, data: Value) {
        self.change(|state: &mut State| state.emit(&Happened::new(kind, 0, data)));
    }

    /// Allows the bot to ask for these privileged intents, as the switches in the developer portal do.
    pub fn allow_intents(&self, intents: u64) {
        self.change(|state| state.gateway.allowed_intents |= intents);
    }
}

impl super::Gateway {
    fn each_line(&self, act: impl Fn(&super::Line)) {
        self.sessions.values().filter_map(|session| session.line.as_ref()).for_each(act);
    }

    fn send_all(&self, op: u8, data: &Value) {
        let frame = serde_json::json!({"op": op, "d": data, "s": null, "t": null});
        self.each_line(|line| line.send(Outgoing::Frame(frame.clone())));
    }
}
