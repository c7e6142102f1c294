//! Filling in a form, with the checks a client makes before it lets anybody send it.

use serde_json::{Value, json};

use super::Impossible;

/// The `data` of a submitted form.
pub(crate) fn filled(form: &Value, fields: &[(&str, &str)]) -> Result<Value, Impossible> {
    let mut used = Vec::new();
    let mut rows = Vec::new();
    for row in form["components"].as_array().into_iter().flatten() {
        let mut answer = json!({"type": row["type"], "id": row["id"]});
        if let Some(inside) = row["components"].as_array() {
            let inside: Result<Vec<_>, _> = inside.iter().map(|input| answer_one(input, fields, &mut used)).collect();
            answer["components"] = json!(inside?);
        } else if row["component"].is_object() {
            answer["component"] = answer_one(&row["component"], fields, &mut used)?;
        }
        rows.push(answer);
    }
    if let Some((name, _)) = fields.iter().find(|(name, _)| !used.iter().any(|one| one == name)) {
        return Err(Impossible::new(format!("the form has no field `{name}`")));
    }
    Ok(json!({"custom_id": form["custom_id"], "components": rows}))
}

fn answer_one(input: &Value, fields: &[(&str, &str)], used: &mut Vec<String>) -> Result<Value, Impossible> {
    let name = input["custom_id"].as_str().unwrap_or_default();
    used.push(name.to_owned());
    let given = fields.iter().find(|(field, _)| *field == name).map(|(_, text)| *text);
    let text = given.or_else(|| input["value"].as_str()).unwrap_or_default();
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if text.is_empty() && input["required"] != false {
        return Err(Impossible::new(format!("the field `{name}` is required")));
    }
    let (least, most) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
    if !text.is_empty() && !(least..=most).contains(&length) {
        return Err(Impossible::new(format!("the field `{name}` takes {least} to {most} characters, not {length}")));
    }
    let (kind, id) = (&input["type"], &input["id"]);
    Ok(if *kind == 4 {
        json!({"type": kind, "id": id, "custom_id": name, "value": text})
    } else {
        json!({"type": kind, "id": id, "custom_id": name, "values": text.split(',').filter(|one| !one.is_empty()).collect::<Vec<_>>()})
    })
}
