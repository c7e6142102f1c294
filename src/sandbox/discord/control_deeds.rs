//! The half of the page's routes that do something. The module `control` documents them.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State as Shared};
use serde_json::{Value, json};

use super::control::Trouble;
use super::payload::Payload;
use super::{Discord, Interaction, Snowflake, Upload};

/// What a page may send at once.
const LARGEST_WISH: usize = 600 * 1024 * 1024;

type Granted = Result<Json<Value>, Trouble>;

/// A wish: its JSON, and the files that came along.
struct Wish {
    json: Value,
    uploads: Vec<Upload>,
}

impl Wish {
    async fn read(request: Request) -> Result<Self, Trouble> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, LARGEST_WISH).await.map_err(|_| malformed("the request is too large"))?;
        let payload = Payload::read(&parts.headers, bytes, "request").await;
        let payload = payload.map_err(|_| malformed("the request is neither JSON nor a form with a part `request`"))?;
        let uploads = payload.files.into_iter().map(|file| Upload {
            option: file.field,
            name: file.name,
            bytes: file.bytes,
            content_type: file.content_type,
        });
        Ok(Self { json: payload.json, uploads: uploads.collect() })
    }

    fn text(&self, key: &str) -> Result<&str, Trouble> {
        self.json[key].as_str().ok_or_else(|| malformed(&format!("`{key}` is missing")))
    }

    fn id(&self, key: &str) -> Result<Snowflake, Trouble> {
        super::messages::snowflake(&self.json[key]).ok_or_else(|| malformed(&format!("`{key}` is no id")))
    }

    fn words(&self, key: &str) -> Vec<&str> {
        match &self.json[key] {
            Value::String(one) => vec![one],
            many => many.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
        }
    }

    fn options(&self) -> Vec<(&str, Value)> {
        let options = self.json["options"].as_object().into_iter().flatten();
        options.map(|(name, value)| (name.as_str(), value.clone())).collect()
    }
}

fn malformed(why: &str) -> Trouble {
    Trouble::Malformed(why.to_owned())
}

/// Waits for the first answer and tells the page what it was.
async fn told(discord: &Discord, interaction: &Interaction) -> Granted {
    let id = interaction.id().to_string();
    let Ok(answer) = interaction.answer().await else {
        return Ok(Json(json!({"interaction": id, "answered": false, "type": null, "message": null, "modal": null})));
    };
    Ok(Json(json!({
        "interaction": id, "answered": true, "type": answer.kind,
        "after_ms": u64::try_from(answer.after.as_millis()).unwrap_or(u64::MAX),
        "message": answer.message.and_then(|message| discord.message(message)), "modal": answer.form,
    })))
}

pub(crate) async fn command(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let (member, channel, path) = (wish.text("as")?, wish.text("channel")?, wish.words("name"));
    told(&discord, &discord.command(member, channel, &path, &wish.options(), &wish.uploads)?).await
}

pub(crate) async fn message_command(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    told(&discord, &discord.message_command(wish.text("as")?, wish.text("name")?, wish.id("message")?)?).await
}

pub(crate) async fn press(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    told(&discord, &discord.press(wish.text("as")?, wish.id("message")?, wish.text("custom_id")?)?).await
}

pub(crate) async fn select(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let (member, message, custom_id) = (wish.text("as")?, wish.id("message")?, wish.text("custom_id")?);
    told(&discord, &discord.select(member, message, custom_id, &wish.words("values"))?).await
}

pub(crate) async fn submit(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let fields = wish.json["fields"].as_object().into_iter().flatten();
    let fields: Vec<(&str, &str)> = fields.filter_map(|(name, text)| Some((name.as_str(), text.as_str()?))).collect();
    told(&discord, &discord.submit(wish.text("as")?, wish.id("interaction")?, &fields)?).await
}

pub(crate) async fn autocomplete(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let (member, channel, path) = (wish.text("as")?, wish.text("channel")?, wish.words("name"));
    let choices = discord.autocomplete(member, channel, &path, &wish.options(), wish.text("focused")?).await?;
    Ok(Json(json!({"choices": choices})))
}

pub(crate) async fn react(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    discord.react(wish.text("as")?, wish.id("message")?, wish.text("emoji")?)?;
    Ok(Json(json!({})))
}

pub(crate) async fn unreact(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    discord.unreact(wish.text("as")?, wish.id("message")?, wish.text("emoji")?)?;
    Ok(Json(json!({})))
}

pub(crate) async fn say(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let text = wish.json["text"].as_str().unwrap_or_default();
    let message = discord.say(wish.text("as")?, wish.text("channel")?, text, &wish.uploads)?;
    Ok(Json(json!({"message": message.to_string()})))
}

pub(crate) async fn forward(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    let message = discord.forward(wish.text("as")?, wish.id("message")?, wish.text("channel")?)?;
    Ok(Json(json!({"message": message.to_string()})))
}

pub(crate) async fn delete(Shared(discord): Shared<Discord>, request: Request) -> Granted {
    let wish = Wish::read(request).await?;
    discord.delete(wish.text("as")?, wish.id("message")?)?;
    Ok(Json(json!({})))
}

pub(crate) async fn kick(Shared(discord): Shared<Discord>) -> Granted {
    discord.kick_bot();
    Ok(Json(json!({})))
}

pub(crate) async fn invite(Shared(discord): Shared<Discord>) -> Granted {
    discord.invite_bot()?;
    Ok(Json(json!({})))
}
