//! The page where a person lets the app in: choose the account, leave out scopes, allow or cancel. Plain HTML, no
//! script. A request that breaks the rules gets a page that says so and is never sent back to the app.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::{HeaderValue, LOCATION};
use axum::http::{Response, StatusCode};
use chrono::TimeDelta;
use url::Url;

use super::answer::{Said, document};
use super::oauth::Form;
use super::state::{Code, Shared, secret};

/// What an app asks for.
pub(super) struct Ask {
    redirect_uri: String,
    pub(super) scopes: Vec<String>,
    state: String,
    challenge: Option<String>,
}

/// `GET /v2/auth/authorize/`
pub(super) async fn page(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response<Body> {
    let query = query.unwrap_or_default();
    match Ask::read(&shared, &query) {
        Ok(ask) => {
            let names = shared.with(|world, _| {
                let names = world.creators.values().map(|one| (one.username.clone(), one.nickname.clone()));
                names.collect::<Vec<_>>()
            });
            document(200, "text/html; charset=utf-8", form(&ask, &query, &names))
        }
        Err(why) => complaint(&why),
    }
}

/// The page's answer comes back here.
pub(super) async fn decide(State(shared): State<Arc<Shared>>, body: Bytes) -> Response<Body> {
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let ask = match Ask::read(&shared, &field("query").unwrap_or_default()) {
        Ok(ask) => ask,
        Err(why) => return complaint(&why),
    };
    let scopes: Vec<&str> =
        fields.iter().filter(|(name, _)| name == "scope").map(|(_, value)| value.as_str()).collect();
    let target = match (field("answer").as_deref(), field("creator")) {
        (Some("allow"), Some(creator)) => ask.allow(&shared, &creator, &scopes),
        _ => ask.cancel(),
    };
    let mut answer = Response::new(Body::empty());
    match target.and_then(|target| HeaderValue::from_str(target.as_str()).map_err(|error| error.to_string())) {
        Ok(target) => {
            *answer.status_mut() = StatusCode::SEE_OTHER;
            answer.headers_mut().insert(LOCATION, target);
            answer
        }
        Err(why) => complaint(&why),
    }
}

fn complaint(why: &str) -> Response<Body> {
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>TikTok</title><h1>Something went wrong</h1><p>{}</p>",
        escaped(why)
    );
    let mut answer = document(400, "text/html; charset=utf-8", page);
    answer.extensions_mut().insert(Said { code: "invalid_request".to_owned(), violation: Some(why.to_owned()) });
    answer
}

impl Ask {
    /// Checks the parameters of an authorize address.
    pub(super) fn read(shared: &Shared, query: &str) -> Result<Self, String> {
        let form = Form::parse(query.as_bytes()).ok_or("a parameter is repeated")?;
        let need = |name: &str| form.get(name).map(str::to_owned).ok_or(format!("{name} is missing"));
        if need("client_key")? != shared.client_key {
            return Err("client_key is not known".to_owned());
        }
        if need("response_type")? != "code" {
            return Err("response_type must be code".to_owned());
        }
        if !matches!(form.get("disable_auto_auth"), None | Some("0" | "1")) {
            return Err("disable_auto_auth must be 0 or 1".to_owned());
        }
        let scopes: Vec<String> = need("scope")?.split(',').map(str::to_owned).collect();
        if let Some(unknown) = scopes.iter().find(|scope| !shared.enabled_scopes.contains(scope)) {
            return Err(format!("the scope {unknown} is not enabled for this app (scopes are separated by commas)"));
        }
        let redirect_uri = need("redirect_uri")?;
        if shared.redirect_uris.as_ref().is_some_and(|registered| !registered.contains(&redirect_uri)) {
            return Err("redirect_uri is not registered".to_owned());
        }
        let desktop = is_desktop(&redirect_uri)?;
        let challenge = form.get("code_challenge").map(str::to_owned);
        if desktop {
            let hex = |text: &String| {
                text.len() == 64 && text.chars().all(|digit| digit.is_ascii_digit() || ('a'..='f').contains(&digit))
            };
            if !challenge.as_ref().is_some_and(hex) {
                return Err("code_challenge must be the SHA-256 of the verifier in lower-case hex".to_owned());
            }
            if form.get("code_challenge_method") != Some("S256") {
                return Err("code_challenge_method must be S256".to_owned());
            }
        }
        Ok(Self { redirect_uri, scopes, state: need("state")?, challenge: challenge.filter(|_| desktop) })
    }

    /// Lets the app in as far as the person wants; gives the address the browser goes to.
    pub(super) fn allow(&self, shared: &Shared, creator: &str, scopes: &[&str]) -> Result<Url, String> {
        let granted: Vec<String> = self
            .scopes
            .iter()
            .filter(|scope| scopes.contains(&scope.as_str()) || scope.as_str() == "user.info.basic")
            .cloned()
            .collect();
        shared.change(|world, now| {
            let found = world.creators.iter().find(|(_, one)| one.username == creator);
            let open_id = found.ok_or("there is no such account")?.0.clone();
            let code = format!("{}*0!{}-s1", secret(""), world.next_serial());
            let listed = granted.join(",");
            let target = self.target(&[("code", &code), ("scopes", &listed)])?;
            let expires_at = now + TimeDelta::seconds(world.rules.code_seconds.into());
            let (redirect_uri, challenge) = (self.redirect_uri.clone(), self.challenge.clone());
            world.codes.insert(code, Code { open_id, scopes: granted, redirect_uri, challenge, expires_at });
            Ok(target)
        })
    }

    /// Sends the person back without letting the app in.
    pub(super) fn cancel(&self) -> Result<Url, String> {
        self.target(&[("error", "access_denied"), ("error_description", "The user did not authorize the app")])
    }

    fn target(&self, answers: &[(&str, &str)]) -> Result<Url, String> {
        let mut target = Url::parse(&self.redirect_uri).map_err(|error| error.to_string())?;
        target.query_pairs_mut().extend_pairs(answers).append_pair("state", &self.state);
        Ok(target)
    }
}

/// Tells the desktop flow from the web flow by the address, and refuses addresses that fit neither.
fn is_desktop(redirect_uri: &str) -> Result<bool, String> {
    let address = Url::parse(redirect_uri).map_err(|_| "redirect_uri is not absolute".to_owned())?;
    if redirect_uri.len() >= 512 || address.query().is_some() || address.fragment().is_some() {
        return Err("redirect_uri must be shorter than 512 characters, without query and fragment".to_owned());
    }
    let loopback = matches!(address.host_str(), Some("localhost" | "127.0.0.1"));
    // An address keeps no port that is its scheme's own, so the text is asked.
    let authority = redirect_uri.split('/').nth(2).unwrap_or_default();
    match address.scheme() {
        "http" if loopback && authority.contains(':') => Ok(true),
        "https" => Ok(false),
        _ => Err("redirect_uri must be https, or http on localhost or 127.0.0.1 with a port".to_owned()),
    }
}

fn form(ask: &Ask, query: &str, names: &[(String, String)]) -> String {
    let radio = |(index, (username, nickname)): (usize, &(String, String))| {
        let checked = if index == 0 { " checked" } else { "" };
        let (username, nickname) = (escaped(username), escaped(nickname));
        format!(
            "<label><input type=radio name=creator value=\"{username}\"{checked}> {nickname} <small>@{username}</small></label>"
        )
    };
    let scope = |name: &String| {
        let fixed = if name == "user.info.basic" { " disabled" } else { "" };
        let name = escaped(name);
        format!("<label><input type=checkbox name=scope value=\"{name}\" checked{fixed}> {name}</label>")
    };
    let accounts: String = names.iter().enumerate().map(radio).collect();
    let scopes: String = ask.scopes.iter().map(scope).collect();
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Local TikTok</title><style>body{{font:1rem/1.5 system-ui;max-width:28rem;margin:3rem auto;padding:0 1rem}}\
         label{{display:block}}fieldset{{margin:1rem 0;border:1px solid #bbb;border-radius:.5rem}}</style>\
         <h1>Let this app in?</h1><p>This is the local TikTok of the sandbox; no real account is involved.</p>\
         <form method=post action=\"/v2/auth/authorize/\"><input type=hidden name=query value=\"{}\">\
         <fieldset><legend>As</legend>{accounts}</fieldset><fieldset><legend>It may use</legend>{scopes}</fieldset>\
         <button name=answer value=allow>Allow</button> <button name=answer value=cancel>Cancel</button></form></html>",
        escaped(query)
    )
}

/// Text made safe inside HTML and its attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
