//! The web surface over a real connection: what it answers, what it refuses, and what it never says.

mod logs;
mod pages;
mod preview;
mod webhooks;

use greenroom::sandbox::tiktok::TikTok;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{Response, StatusCode};
use sha2::Sha256;

use crate::studio::{Studio, client};

/// The address of a page of the program.
fn at(studio: &Studio, path: &str) -> String {
    format!("http://{}{path}", studio.program().web_address())
}

/// Asks for a page.
async fn get(studio: &Studio, path: &str) -> Response {
    client().get(at(studio, path)).send().await.unwrap()
}

/// TikTok's signature over a body, as of some second.
fn signed(secret: &str, stamp: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{stamp}.{body}").as_bytes());
    format!("t={stamp},s={}", hex::encode(mac.finalize().into_bytes()))
}

/// Says something to the program in TikTok's name.
async fn says(studio: &Studio, signature: &str, body: &str) -> StatusCode {
    let said = client().post(at(studio, "/webhooks/tiktok")).header("TikTok-Signature", signature);
    said.body(body.to_owned()).send().await.unwrap().status()
}

/// An event as TikTok words it.
fn event(tiktok: &TikTok, name: &str, open_id: &str, content: &serde_json::Value) -> String {
    serde_json::json!({
        "client_key": tiktok.client_key(), "event": name, "create_time": 1_700_000_000, "user_openid": open_id,
        "content": content.to_string(),
    })
    .to_string()
}
