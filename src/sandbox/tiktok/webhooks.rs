//! What the local TikTok tells the app by itself: at least once, in no promised order, signed, and again with growing
//! pauses for three days until the app answers 200. Pauses follow the injected clock.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::state::Shared;
use super::wire;
use crate::sandbox::mischief::Trouble;

/// The pause after the first refusal; each later one is twice as long.
const FIRST_PAUSE_SECONDS: i64 = 60;
/// After so many hours an event is given up.
const GIVEN_UP_HOURS: i64 = 72;

/// An event on its way to the app.
#[derive(Debug, Clone)]
pub(super) struct Event {
    name: String,
    open_id: String,
    content: String,
    happened_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    refusals: u32,
}

impl Event {
    pub(super) fn new(name: &str, open_id: &str, content: &Value, at: DateTime<Utc>) -> Self {
        Self {
            name: name.to_owned(),
            open_id: open_id.to_owned(),
            content: content.to_string(),
            happened_at: at,
            due_at: at,
            refusals: 0,
        }
    }

    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.due_at <= now
    }

    fn body(&self, client_key: &str) -> String {
        let created = self.happened_at.timestamp();
        json!({
            "client_key": client_key,
            "event": self.name,
            "create_time": created,
            "user_openid": self.open_id,
            "content": self.content,
        })
        .to_string()
    }
}

/// Delivers events until the server stops.
pub(super) async fn deliver(shared: Arc<Shared>) {
    let mut kept_back: Option<Event> = None;
    let rounds = async {
        loop {
            shared.postman.notified().await;
            while let Some(event) = take_due(&shared) {
                match shared.mischief.strike("webhook") {
                    Some(Trouble::Reordered) => kept_back = Some(event),
                    trouble => {
                        post(&shared, event, trouble.as_ref()).await;
                        if let Some(earlier) = kept_back.take() {
                            post(&shared, earlier, None).await;
                        }
                    }
                }
            }
        }
    };
    shared.stopping.run_until_cancelled(rounds).await;
}

fn take_due(shared: &Shared) -> Option<Event> {
    shared.with(|world, now| {
        let index = world.events.iter().position(|event| event.is_due(now))?;
        Some(world.events.remove(index))
    })
}

async fn post(shared: &Shared, event: Event, trouble: Option<&Trouble>) {
    let Some(address) = shared.with(|world, _| world.webhook_url.clone()) else { return };
    let body = event.body(&shared.client_key);
    let key = if trouble == Some(&Trouble::BadSignature) { "somebody else's secret" } else { &shared.client_secret };
    let stamp = shared.clock.now().timestamp();
    let signature = sign(key, stamp, body.as_bytes());
    let headers = format!("Content-Type: application/json\r\nTikTok-Signature: t={stamp},s={signature}\r\n");
    let mut taken = false;
    for _ in 0..if trouble == Some(&Trouble::Duplicate) { 2 } else { 1 } {
        taken = wire::send("POST", &address, &headers, body.as_bytes()).await.is_ok_and(|answer| answer.status == 200);
    }
    if !taken {
        shared.change(|world, now| {
            let pause = TimeDelta::seconds(FIRST_PAUSE_SECONDS << event.refusals.min(12));
            if now + pause <= event.happened_at + TimeDelta::hours(GIVEN_UP_HOURS) {
                world.events.push(Event { due_at: now + pause, refusals: event.refusals + 1, ..event });
            }
        });
    }
}

/// The signature of a webhook: HMAC-SHA256 over the time, a dot and the body, in hex.
pub(super) fn sign(key: &str, stamp: i64, body: &[u8]) -> String {
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key.as_bytes());
    }
    let inner = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x36))
        .chain_update(format!("{stamp}."))
        .chain_update(body)
        .finalize();
    hex::encode(Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize())
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn the_signature_is_the_documented_one() {
        let body = concat!(
            r#"{"client_key":"sbx_key","event":"post.publish.complete","create_time":1700000000,"#,
            r#""user_openid":"sbx-open-id","content":"{\"publish_id\":\"v_pub_file~v2-1.1\",\"publish_type\":\"DIRECT_PUBLISH\"}"}"#
        );
        let expected = "96358f18f78e9db6625dbea9da333c8fec5070df3324b517ef8d17cb2297eb49";
        assert_eq!(sign("sbx_secret", 1_700_000_000, body.as_bytes()), expected);
    }
}
