//! Tokens: exchange, renewal, revocation. The body tells success from failure; which HTTP status a refusal has is not
//! documented, so it can be chosen.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::answer::{Refused, Said, flat_refusal, json_answer, media_type};
use super::state::{Grant, Shared, World, secret};

/// The fields of a form, each given once.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refused> {
        if media_type(headers) != "application/x-www-form-urlencoded" {
            return Err(bad("Only `application/x-www-form-urlencoded` is accepted as Content-Type."));
        }
        Self::parse(body).ok_or_else(|| bad("A parameter is repeated."))
    }

    /// Reads form-encoded fields; none if one is repeated.
    pub(super) fn parse(encoded: &[u8]) -> Option<Self> {
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(encoded).into_owned().collect();
        let repeated = |index: usize, name: &str| fields[..index].iter().any(|(earlier, _)| earlier == name);
        let once = !fields.iter().enumerate().any(|(index, (name, _))| repeated(index, name));
        once.then_some(Self(fields))
    }

    /// A field that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name)?;
        Some(found.1.as_str()).filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<&str, Refused> {
        self.get(name).ok_or_else(|| bad("The request parameters are malformed."))
    }
}

/// A refusal of a request that is not what the documentation asks for.
fn bad(message: &str) -> Refused {
    Refused::with("invalid_request", message).breach()
}

/// `POST /v2/oauth/token/`
pub(super) async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    answer(&shared, |world, now| {
        let form = Form::read(&headers, &body)?;
        let grant_type = form.need("grant_type")?;
        check_client(&shared, &form)?;
        match grant_type {
            "authorization_code" => world.exchange(&form, now),
            "refresh_token" => world.renew(&form, now),
            _ => Err(Refused::with("unsupported_grant_type", "The grant type is not supported.").breach()),
        }
    })
}

/// `POST /v2/oauth/revoke/`
pub(super) async fn revoke(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    answer(&shared, |world, now| {
        let form = Form::read(&headers, &body)?;
        check_client(&shared, &form)?;
        let token = form.need("token")?;
        let unknown = || Refused::with("invalid_grant", "The access token is invalid or has expired.");
        let open_id = world.access.get(token).ok_or_else(unknown)?.open_id.clone();
        world.disconnect(&open_id, 5, now);
        Ok(json!({}))
    })
}

fn answer(shared: &Shared, act: impl FnOnce(&mut World, DateTime<Utc>) -> Result<Value, Refused>) -> Response<Body> {
    shared.change(|world, now| match act(world, now) {
        Ok(body) => json_answer(200, &body, Said::default()),
        Err(refused) => flat_refusal(world.rules.oauth_refusal_status, &refused),
    })
}

fn check_client(shared: &Shared, form: &Form) -> Result<(), Refused> {
    if form.need("client_key")? == shared.client_key && form.need("client_secret")? == shared.client_secret {
        return Ok(());
    }
    Err(Refused::with("invalid_client", "Client key or secret is incorrect."))
}

impl World {
    fn exchange(&mut self, form: &Form, now: DateTime<Utc>) -> Result<Value, Refused> {
        let redirect_uri = form.need("redirect_uri")?;
        // A code is spent by the attempt, whatever comes of it.
        let code = self.codes.remove(form.need("code")?).filter(|code| code.expires_at > now);
        let code = code.ok_or_else(|| Refused::with("invalid_grant", "Authorization code is expired."))?;
        if code.redirect_uri != redirect_uri {
            let message = "Redirect_uri is not matched with the uri when requesting code.";
            return Err(Refused::with("invalid_grant", message).breach());
        }
        if let Some(challenge) = &code.challenge {
            let verifier = form.get("code_verifier").unwrap_or_default();
            let fits = hex::encode(Sha256::digest(verifier)) == *challenge;
            if !fits || !is_verifier(verifier) {
                return Err(bad("Code verifier or code challenge is invalid."));
            }
        }
        Ok(self.grant(&code.open_id, code.scopes, now))
    }

    fn renew(&mut self, form: &Form, now: DateTime<Utc>) -> Result<Value, Refused> {
        let grant = self.refresh.remove(form.need("refresh_token")?).filter(|grant| grant.expires_at > now);
        let grant = grant.ok_or_else(|| Refused::with("invalid_grant", "Refresh token is invalid or expired."))?;
        if self.rules.renewal_kills_access {
            self.access.retain(|_, other| other.open_id != grant.open_id);
        }
        Ok(self.grant(&grant.open_id, grant.scopes, now))
    }

    fn grant(&mut self, open_id: &str, scopes: Vec<String>, now: DateTime<Utc>) -> Value {
        let (access, refresh) = (secret("act."), secret("rft."));
        let (access_seconds, refresh_seconds) = (self.rules.access_seconds, self.rules.refresh_seconds);
        let scope = scopes.join(",");
        let until = |seconds: u32| now + TimeDelta::seconds(seconds.into());
        let grant = Grant { open_id: open_id.to_owned(), scopes, expires_at: until(access_seconds) };
        self.refresh.insert(refresh.clone(), Grant { expires_at: until(refresh_seconds), ..grant.clone() });
        self.access.insert(access.clone(), grant);
        json!({
            "access_token": access,
            "expires_in": access_seconds,
            "open_id": open_id,
            "refresh_expires_in": refresh_seconds,
            "refresh_token": refresh,
            "scope": scope,
            "token_type": "Bearer",
        })
    }
}

fn is_verifier(verifier: &str) -> bool {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-._~".contains(character);
    (43..=128).contains(&verifier.len()) && verifier.chars().all(allowed)
}
