//! Another library's reading of what the local Discord sends: a frame that only serenity understands is not Discord's.

use serde::de::DeserializeSeed as _;
use serde_json::Value;
use twilight_model::gateway::event::GatewayEventDeserializer;

/// The frames that the other library cannot read, and why.
pub(crate) fn unreadable(frames: &[Value]) -> Vec<String> {
    frames.iter().filter_map(|frame| read(frame).err().map(|why| format!("{why}: {frame}"))).collect()
}

fn read(frame: &Value) -> Result<(), String> {
    let text = frame.to_string();
    let shape = GatewayEventDeserializer::from_json(&text).ok_or("no opcode")?;
    let mut reader = serde_json::Deserializer::from_str(&text);
    shape.deserialize(&mut reader).map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn a_frame_without_what_belongs_to_it_is_noticed() {
    let whole = serde_json::json!({"op": 0, "s": 1, "t": "MESSAGE_DELETE", "d": {"id": "1", "channel_id": "2"}});
    let lacking = serde_json::json!({"op": 0, "s": 2, "t": "MESSAGE_DELETE", "d": {"id": "1"}});
    let found = unreadable(&[whole, lacking]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("missing field `channel_id`"), "{found:?}");
}
