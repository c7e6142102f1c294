//! Discord's published specification as a judge of every body the bot sends and every answer the stand-in gives.
//! The document is Discord's own (`tests/data/discord/NOTICE.md`); two of its quirks are evened out before judging:
//! permission bits are integers there and strings on the wire, `attachments[].id` the other way round.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use greenroom::sandbox::discord::{Call, Validator};
use jsonschema::Registry;
use serde_json::{Value, json};

const ADDRESS: &str = "https://discord.example/openapi";

struct Spec {
    document: Value,
    registry: Registry<'static>,
    schemas: Mutex<HashMap<String, Arc<jsonschema::Validator>>>,
}

fn spec() -> &'static Spec {
    static SPEC: OnceLock<Spec> = OnceLock::new();
    SPEC.get_or_init(|| {
        let document: Value = serde_json::from_str(include_str!("../data/discord/openapi.json")).unwrap();
        let registry = Registry::new().add(ADDRESS, document.clone()).unwrap().prepare().unwrap();
        Spec { document, registry, schemas: Mutex::default() }
    })
}

/// Judges the bodies of requests; give it to the local Discord.
pub(crate) fn validator() -> Validator {
    Arc::new(|method, path, body| {
        let Some(operation) = operation(method, path) else {
            return Err(vec![format!("the specification knows no {method} {path}")]);
        };
        judge(&operation, "/requestBody/content/application~1json/schema", &even_out(body))
    })
}

/// What is wrong with the stand-in's own answers, by the specification.
pub(crate) fn misfits(calls: &[Call]) -> Vec<String> {
    let mut misfits = Vec::new();
    for call in calls.iter().filter(|call| call.status == 200 && !call.answer.is_null()) {
        let path = call.path.split('?').next().unwrap_or_default();
        let Some(operation) = operation(&call.method, path) else { continue };
        let schema = "/responses/200/content/application~1json/schema";
        if let Err(faults) = judge(&operation, schema, &with_known_references(&call.answer)) {
            misfits.push(format!("{} {path}: {}", call.method, faults.join("; ")));
        }
    }
    misfits
}

/// The pointer to what the specification says of a call. Paths with fewer variables come first, so `@me` wins.
fn operation(method: &str, path: &str) -> Option<String> {
    let given: Vec<&str> = path.split('/').collect();
    let fits = |template: &&String| {
        let wanted: Vec<&str> = template.split('/').collect();
        wanted.len() == given.len()
            && wanted.iter().zip(&given).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
    };
    let paths = spec().document["paths"].as_object()?;
    let method = method.to_ascii_lowercase();
    let known = paths.iter().filter(|(_, operations)| operations[&method].is_object()).map(|(template, _)| template);
    let best = known.filter(fits).min_by_key(|template| template.matches('{').count())?;
    Some(format!("/paths/{}/{method}", best.replace('~', "~0").replace('/', "~1")))
}

fn judge(operation: &str, below: &str, body: &Value) -> Result<(), Vec<String>> {
    let pointer = format!("{operation}{below}");
    if spec().document.pointer(&pointer).is_none() {
        return Ok(());
    }
    let schema = {
        let mut schemas = spec().schemas.lock().unwrap_or_else(PoisonError::into_inner);
        let built = schemas.entry(pointer.clone()).or_insert_with(|| {
            let escaped = pointer.replace('{', "%7B").replace('}', "%7D");
            let reference = json!({"$ref": format!("{ADDRESS}#{escaped}")});
            Arc::new(jsonschema::options().with_registry(&spec().registry).build(&reference).unwrap())
        });
        Arc::clone(built)
    };
    let faults: Vec<String> = schema
        .iter_errors(body)
        .map(|fault| format!("{} at {}", short(&fault.to_string()), fault.instance_path()))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn short(words: &str) -> String {
    if words.chars().count() < 300 {
        return words.to_owned();
    }
    let tail: Vec<char> = words.chars().rev().take(200).collect();
    format!("…{}", tail.iter().rev().collect::<String>())
}

/// The body with the two quirks evened out.
fn even_out(body: &Value) -> Value {
    match body {
        Value::Array(all) => all.iter().map(even_out).collect(),
        Value::Object(all) => {
            let even = all.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("default_member_permissions", Value::String(bits)) => json!(bits.parse::<u64>().unwrap_or(0)),
                    ("attachments", Value::Array(files)) => files.iter().map(with_text_id).collect(),
                    _ => even_out(value),
                };
                (key.clone(), value)
            });
            Value::Object(even.collect())
        }
        other => other.clone(),
    }
}

/// An answer in which forwards are replies: the copy of the specification does not know them yet, the documentation does.
/// <https://docs.discord.com/developers/resources/message#message-reference-types>
fn with_known_references(answer: &Value) -> Value {
    let mut answer = answer.clone();
    match answer.as_array_mut() {
        Some(messages) => messages.iter_mut().for_each(make_a_reply),
        None => make_a_reply(&mut answer),
    }
    answer
}

fn make_a_reply(message: &mut Value) {
    if let Some(kind) = message.pointer_mut("/message_reference/type").filter(|kind| **kind == 1) {
        *kind = json!(0);
    }
}

fn with_text_id(file: &Value) -> Value {
    let mut file = file.clone();
    if let Some(number) = file["id"].as_u64() {
        file["id"] = json!(number.to_string());
    }
    file
}

#[test]
fn a_plain_message_fits_and_a_long_nonce_does_not() {
    let judge = validator();
    assert_eq!(judge("POST", "/channels/1/messages", &json!({"content": "hello", "nonce": "a"})), Ok(()));
    assert!(judge("POST", "/channels/1/messages", &json!({"content": "hello", "nonce": "a".repeat(26)})).is_err());
    assert!(judge("POST", "/channels/1/massages", &json!({})).is_err());
}
