//! Connecting an account, keeping the connection alive, ending it.
//!
//! TikTok has two ways for the same consent: a web app comes back to an `https` address and uses no code challenge, a
//! desktop app comes back to this machine and must use one, written in hex (the usual base64url is refused). Lifetimes
//! come from TikTok with every answer and are never assumed; each renewal replaces both tokens and kills the old ones.
//! <https://developers.tiktok.com/doc/oauth-user-access-token-management>

use std::collections::HashMap;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::domain::creator::{Scope, Scopes};

use super::trouble::Trouble;
use super::{Client, joined};

/// What a connected account gives us. Both tokens belong to the vault.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Opens every call for this account.
    pub access: SecretString,
    /// Gets the next pair; works once.
    pub refresh: SecretString,
    /// How long the access token has left, counted from the answer.
    pub access_lives_for: Duration,
    /// How long the refresh token has left, counted from the answer.
    pub refresh_lives_for: Duration,
    /// Who it is, as this app knows them.
    pub open_id: String,
    /// What the person really granted, which may be less than was asked for.
    pub scopes: Scopes,
}

#[derive(Deserialize)]
struct TokensOnTheWire {
    access_token: SecretString,
    refresh_token: SecretString,
    expires_in: u64,
    refresh_expires_in: u64,
    open_id: String,
    scope: String,
}

impl From<TokensOnTheWire> for Tokens {
    fn from(wire: TokensOnTheWire) -> Self {
        Self {
            access: wire.access_token,
            refresh: wire.refresh_token,
            access_lives_for: Duration::from_secs(wire.expires_in),
            refresh_lives_for: Duration::from_secs(wire.refresh_expires_in),
            open_id: wire.open_id,
            scopes: Scopes::parse(&wire.scope),
        }
    }
}

/// The secret half of a code challenge: made for one consent, shown when its code is exchanged.
#[derive(Debug, Clone)]
pub struct Verifier(SecretString);

impl Verifier {
    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has random bytes to give");
        Self(hex::encode(bytes).into())
    }

    /// One that was kept while the person was away; none if it cannot be a verifier.
    #[must_use]
    pub fn kept(text: SecretString) -> Option<Self> {
        let shown = text.expose_secret();
        let fits = (43..=128).contains(&shown.len())
            && shown.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        fits.then_some(Self(text))
    }

    /// The text to keep, sealed, until the person comes back.
    #[must_use]
    pub const fn text(&self) -> &SecretString {
        &self.0
    }

    /// What TikTok is shown beforehand: SHA-256 in lower-case hex.
    /// <https://developers.tiktok.com/doc/login-kit-desktop>
    #[must_use]
    pub fn challenge(&self) -> String {
        hex::encode(Sha256::digest(self.0.expose_secret()))
    }
}

/// What a person brings back from the consent page, in the query of the redirect address.
#[derive(Debug, Clone)]
pub enum Consent {
    /// Yes, perhaps without some of the scopes.
    Given {
        /// To be exchanged at once.
        code: SecretString,
        /// What was granted.
        scopes: Scopes,
        /// Which request this answers.
        state: String,
    },
    /// No, or TikTok refused to ask.
    Refused {
        /// Why.
        trouble: Trouble,
        /// Which request this answers.
        state: String,
    },
}

impl Consent {
    /// Reads the address a person came back to, or pasted; none if it is not an answer of TikTok's, or says a thing twice.
    #[must_use]
    pub fn read(address: &Url) -> Option<Self> {
        let mut query = HashMap::new();
        for (name, value) in address.query_pairs().into_owned() {
            if query.insert(name, value).is_some() {
                return None;
            }
        }
        let state = query.get("state")?.clone();
        if let Some(error) = query.get("error") {
            let said = query.get("error_description").map_or("", String::as_str);
            return Some(Self::Refused { trouble: Trouble::answered(200, error, said, None), state });
        }
        let code = query.get("code").filter(|code| !code.is_empty())?.as_str().into();
        let scopes = Scopes::parse(query.get("scopes").map_or("", String::as_str));
        Some(Self::Given { code, scopes, state })
    }
}

/// Does TikTok come back to this machine (the desktop way, which needs a [`Verifier`]) and not to a public address?
#[must_use]
pub fn is_loopback_redirect(redirect_uri: &Url) -> bool {
    matches!(redirect_uri.scheme(), "http" | "https")
        && matches!(redirect_uri.host_str(), Some("localhost" | "127.0.0.1"))
        && redirect_uri.port().is_some()
}

impl Client {
    /// Where to send a person for their consent. The page is always shown, so that missing scopes can be granted.
    /// <https://developers.tiktok.com/doc/login-kit-web>
    #[must_use]
    pub fn authorize_link(
        &self,
        redirect_uri: &Url,
        state: &str,
        scopes: &[Scope],
        challenge: Option<&Verifier>,
    ) -> Url {
        let scopes: Scopes = scopes.iter().copied().collect();
        let mut url = joined(&self.app.authorize_url, "/v2/auth/authorize/");
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("client_key", &self.app.client_key)
                .append_pair("scope", &scopes.to_string())
                .append_pair("response_type", "code")
                .append_pair("redirect_uri", redirect_uri.as_str())
                .append_pair("state", state)
                .append_pair("disable_auto_auth", "1");
            if let Some(verifier) = challenge {
                query.append_pair("code_challenge", &verifier.challenge()).append_pair("code_challenge_method", "S256");
            }
        }
        url
    }

    /// Turns the code a person came back with into tokens. The code is as it reads after URL decoding.
    ///
    /// # Errors
    /// TikTok refused, or no answer came: then the code may be spent and the person starts again.
    pub async fn exchange(
        &self,
        code: &SecretString,
        redirect_uri: &Url,
        verifier: Option<&Verifier>,
    ) -> Result<Tokens, Trouble> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect_uri.as_str()),
        ];
        if let Some(Verifier(text)) = verifier {
            form.push(("code_verifier", text.expose_secret()));
        }
        self.tokens(form).await
    }

    /// Gets the next pair of tokens. The one given here is dead as soon as TikTok has answered, so both new ones are
    /// saved before the access token is used.
    ///
    /// # Errors
    /// TikTok refused, or no answer came: then asking once more with the same token tells whether it still lives.
    pub async fn renew(&self, refresh: &SecretString) -> Result<Tokens, Trouble> {
        self.tokens(vec![("grant_type", "refresh_token"), ("refresh_token", refresh.expose_secret())]).await
    }

    /// Ends the connection at TikTok, which then no longer lists the app among the account's connected apps.
    ///
    /// # Errors
    /// TikTok refused, or no answer came.
    pub async fn revoke(&self, access: &SecretString) -> Result<(), Trouble> {
        let form = self.signed(vec![("token", access.expose_secret())]);
        let _: serde_json::Map<_, _> = self.form("/v2/oauth/revoke/", &form).await?;
        Ok(())
    }

    async fn tokens(&self, form: Vec<(&str, &str)>) -> Result<Tokens, Trouble> {
        let tokens: TokensOnTheWire = self.form("/v2/oauth/token/", &self.signed(form)).await?;
        Ok(tokens.into())
    }

    fn signed<'a>(&'a self, mut form: Vec<(&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
        form.push(("client_key", &self.app.client_key));
        form.push(("client_secret", self.app.client_secret.expose_secret()));
        form
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn client() -> Client {
        let app = crate::tiktok::TikTokApp {
            client_key: "key".to_owned(),
            client_secret: "hush".into(),
            api_url: "https://open.tiktokapis.com".parse().unwrap(),
            authorize_url: "https://www.tiktok.com".parse().unwrap(),
        };
        Client::new(app, crate::tiktok::http_client().unwrap())
    }

    fn known() -> Verifier {
        Verifier::kept("sandbox-verifier-0123456789-abcdefghijklmnopqrstuvwxyz".into()).unwrap()
    }

    #[test]
    fn the_challenge_is_lower_case_hex() {
        assert_eq!(known().challenge(), "228700f7e5c93f0eca3331c6d310470fbc82a11c48ef7b22235d1895972aa2ee");
    }

    #[test]
    fn a_verifier_is_fresh_and_survives_being_kept() {
        let first = Verifier::random();
        assert_ne!(first.challenge(), Verifier::random().challenge());
        assert_eq!(Verifier::kept(first.text().clone()).unwrap().challenge(), first.challenge());
        assert!(Verifier::kept("short".into()).is_none());
        assert!(Verifier::kept("ä".repeat(30).into()).is_none());
    }

    #[test]
    fn an_address_that_says_a_thing_twice_is_no_answer() {
        let read = |query: &str| Consent::read(&format!("http://127.0.0.1:8080/callback/?{query}").parse().unwrap());
        assert!(matches!(read("code=a&state=b&scopes=user.info.basic"), Some(Consent::Given { .. })));
        for twice in ["code=a&state=b&state=c", "code=a&code=b&state=c", "state=a&error=b&error=c"] {
            assert!(read(twice).is_none(), "{twice}");
        }
    }

    #[test]
    fn the_link_says_everything_tiktok_wants() {
        let redirect = "http://127.0.0.1:8080/callback/".parse().unwrap();
        let link =
            client().authorize_link(&redirect, "st&te", &[Scope::VideoList, Scope::UserInfoBasic], Some(&known()));
        assert!(link.as_str().starts_with("https://www.tiktok.com/v2/auth/authorize/?"));
        let query: BTreeMap<_, _> = link.query_pairs().into_owned().collect();
        let expected = [
            ("client_key", "key"),
            ("code_challenge", "228700f7e5c93f0eca3331c6d310470fbc82a11c48ef7b22235d1895972aa2ee"),
            ("code_challenge_method", "S256"),
            ("disable_auto_auth", "1"),
            ("redirect_uri", "http://127.0.0.1:8080/callback/"),
            ("response_type", "code"),
            ("scope", "user.info.basic,video.list"),
            ("state", "st&te"),
        ];
        assert!(query.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(expected), "{query:?}");
    }

    #[test]
    fn the_web_way_has_no_challenge() {
        let redirect: Url = "https://greenroom.example/tiktok/callback".parse().unwrap();
        let link = client().authorize_link(&redirect, "s", &Scope::ALL, None);
        assert!(!link.as_str().contains("challenge"));
        assert!(!is_loopback_redirect(&redirect));
    }

    #[test]
    fn only_this_machine_with_a_port_is_the_desktop_way() {
        for (redirect, loopback) in [
            ("http://localhost:8080/callback", true),
            ("http://127.0.0.1:1/", true),
            ("http://127.0.0.1/", false),
            ("http://greenroom.example:8080/", false),
        ] {
            assert_eq!(is_loopback_redirect(&redirect.parse().unwrap()), loopback, "{redirect}");
        }
    }

    #[test]
    fn a_person_comes_back_with_a_yes_or_a_no() {
        let read = |query| Consent::read(&format!("http://127.0.0.1:8080/callback/?{query}").parse().unwrap());
        let given = read("code=a%2Ab%21&scopes=user.info.basic%2Cvideo.upload&state=s1");
        let Some(Consent::Given { code, scopes, state }) = given else { panic!("{given:?}") };
        assert_eq!((code.expose_secret(), state.as_str()), ("a*b!", "s1"));
        assert!(scopes.contains(Scope::VideoUpload) && !scopes.contains(Scope::VideoPublish));

        let refused = read("error=access_denied&error_description=no+thanks&state=s1");
        let Some(Consent::Refused { trouble, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!((trouble.code.as_str(), trouble.said.as_str()), ("access_denied", "no thanks"));

        assert!(read("code=abc").is_none() && read("state=s1").is_none() && read("").is_none());
    }

    #[test]
    fn nothing_secret_is_shown() {
        let shown = format!("{:?} {:?}", client(), known());
        assert!(!shown.contains("hush") && !shown.contains("sandbox-verifier"), "{shown}");
    }
}
