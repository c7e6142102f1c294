//! The local TikTok does what TikTok's documentation says, point by point, asked by a client that is nobody's.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeZone as _, Utc};
use greenroom::domain::clock::PushedClock;
use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::{Creator, Rules, SCOPES, TikTok, TikTokOptions};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

mod after;
mod consent;
mod faults;
mod openings;
mod uploads;

/// The redirect address of the web flow.
const WEB: &str = "https://greenroom.example/callback";

/// A local TikTok, its clock, and a plain HTTP client.
struct Scene {
    tiktok: TikTok,
    clock: Arc<PushedClock>,
    http: reqwest::Client,
}

fn friday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap()
}

impl Scene {
    async fn open() -> Self {
        Self::with(Rules::default(), true).await
    }

    async fn with(rules: Rules, audited: bool) -> Self {
        let clock = PushedClock::standing(friday());
        let options = TikTokOptions { audited, rules, ..TikTokOptions::new(clock.clone()) };
        let tiktok = TikTok::start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { tiktok, clock, http }
    }

    fn authorize_url(&self, redirect: &str, extra: &str) -> String {
        let scopes = SCOPES.join(",");
        format!(
            "{}/v2/auth/authorize/?client_key=sandbox_key&response_type=code&scope={scopes}&state=s%201&redirect_uri={redirect}{extra}",
            self.tiktok.base_url()
        )
    }

    /// The code of a consent in the web flow.
    fn code(&self, creator: &str, scopes: &[&str]) -> String {
        let target = self.tiktok.consent(&self.authorize_url(WEB, ""), creator, scopes).unwrap();
        query(&target, "code").unwrap()
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let all = [("client_key", "sandbox_key"), ("client_secret", "sandbox_secret")];
        let fields: Vec<_> = all.iter().filter(|one| !fields.iter().any(|own| own.0 == one.0)).chain(fields).collect();
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(format!("{}{path}", self.tiktok.base_url())).body(body);
        let answer = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn exchange(&self, code: &str) -> (u16, Value) {
        self.form("/v2/oauth/token/", &[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", WEB)])
            .await
    }

    /// An access token of an account for some scopes.
    async fn token_for(&self, creator: &str, scopes: &[&str]) -> String {
        let (_, body) = self.exchange(&self.code(creator, scopes)).await;
        body["access_token"].as_str().unwrap().to_owned()
    }

    async fn token(&self) -> String {
        self.token_for("harbour.cafe", &SCOPES).await
    }

    async fn post(&self, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.tiktok.base_url())).bearer_auth(token).json(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        let request = self.http.get(format!("{}{path}", self.tiktok.base_url())).bearer_auth(token);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn init(&self, token: &str, body: &Value) -> (u16, Value) {
        self.post("/v2/post/publish/video/init/", token, body).await
    }

    async fn status(&self, token: &str, publish_id: &str) -> Value {
        self.post("/v2/post/publish/status/fetch/", token, &json!({"publish_id": publish_id})).await.1
    }

    fn chunk(&self, url: &str, range: &str, bytes: Vec<u8>) -> reqwest::RequestBuilder {
        self.http.put(url).header("content-type", "video/mp4").header("content-range", range).body(bytes)
    }

    /// Opens a post, sends its bytes in one chunk, and gives the publish id.
    async fn posts(&self, token: &str, post_info: &Value, bytes: &[u8]) -> String {
        let (_, body) = self.init(token, &opening(post_info, bytes.len())).await;
        let url = body["data"]["upload_url"].as_str().unwrap_or_else(|| panic!("refused: {body}"));
        let range = format!("bytes 0-{}/{}", bytes.len() - 1, bytes.len());
        let answer = self.chunk(url, &range, bytes.to_vec()).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        body["data"]["publish_id"].as_str().unwrap().to_owned()
    }

    fn wait(&self, seconds: u64) {
        self.clock.push(Duration::from_secs(seconds));
    }
}

fn query(target: &url::Url, name: &str) -> Option<String> {
    target.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn public() -> Value {
    json!({"privacy_level": "PUBLIC_TO_EVERYONE", "title": "Friday latte", "brand_content_toggle": false, "brand_organic_toggle": false})
}

fn opening(post_info: &Value, size: usize) -> Value {
    json!({"post_info": post_info, "source_info": {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": size, "total_chunk_count": 1}})
}

fn code_of(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["error"]["code"].as_str().unwrap_or_default())
}
