//! TikTok's official API and nothing else.
//!
//! Connecting accounts ([`oauth`]), posting ([`publish`], [`chunks`]), numbers ([`insights`]), staying under its limits
//! ([`budget`]) and what to do when it says no ([`trouble`]).
//!
//! Every address is a setting, so that the same client speaks to TikTok and to a stand-in. Calls that send an answer as
//! JSON go through one place (`wire`), which decides by TikTok's code and not by the HTTP status. Nothing here repeats a
//! call by itself: whoever calls knows whether repeating is safe. Tokens, secrets and upload addresses are
//! [`SecretString`]s and are in no log and no error.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect;
use secrecy::SecretString;
use url::Url;

pub mod budget;
pub mod chunks;
pub mod insights;
pub mod oauth;
pub mod publish;
mod skew;
pub mod trouble;
mod upload;
pub mod webhook;
mod wire;

pub use upload::{ChunkTrouble, Taken};

/// The app at TikTok, and where TikTok is.
#[derive(Debug, Clone)]
pub struct TikTokApp {
    /// The app's public name. A sandbox app has its own.
    pub client_key: String,
    /// The app's secret.
    pub client_secret: SecretString,
    /// Where OAuth, posting and numbers are: `https://open.tiktokapis.com`, or a stand-in.
    pub api_url: Url,
    /// Where people give their consent: `https://www.tiktok.com`, or a stand-in.
    pub authorize_url: Url,
}

/// How long nothing may come before a call is given up.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// A whole call that answers with JSON.
    call: Duration,
    /// Between two pieces of a chunk.
    idle: Duration,
    /// From a chunk's last piece to the answer: what the system still holds has to go out, and TikTok has to store it.
    answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { call: Duration::from_secs(30), idle: Duration::from_secs(30), answer: Duration::from_secs(120) }
    }
}

/// Speaks to TikTok for one app. Clones are cheap and share connections.
#[derive(Debug, Clone)]
pub struct Client {
    app: Arc<TikTokApp>,
    http: reqwest::Client,
    patience: Patience,
    skew: skew::Skew,
}

impl Client {
    /// A client for an app, over the connections of [`http_client`].
    #[must_use]
    pub fn new(app: TikTokApp, http: reqwest::Client) -> Self {
        Self { app: Arc::new(app), http, patience: Patience::default(), skew: skew::Skew::default() }
    }

    /// Where people watch a video, once it has a number of its own.
    #[must_use]
    pub fn video_page(&self, username: &str, video_id: &str) -> Url {
        let mut page = joined(&self.app.authorize_url, "");
        if let Ok(mut path) = page.path_segments_mut() {
            path.pop_if_empty().extend([&format!("@{username}"), "video", video_id]);
        }
        page
    }

    fn api(&self, path: &str) -> Url {
        joined(&self.app.api_url, path)
    }
}

/// The connections for everything said to TikTok.
///
/// There is no limit on a whole call here, because a chunk may take minutes on a slow line: calls that expect JSON set
/// their own 30 s, and uploads are given up when nothing moves for 30 s. `reqwest`'s read timeout is left alone
/// because it counts from the start of the call, sending included. Redirects are not followed: a call that carries a
/// token goes where it was sent.
///
/// # Errors
/// The system gives no TLS or no sockets.
pub fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(concat!("greenroom/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .tcp_keepalive(Duration::from_secs(30))
        .redirect(redirect::Policy::none())
        .build()
}

/// A path under a base address, which may or may not end in a slash.
fn joined(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use futures_util::stream;
    use tokio::net::TcpListener;

    use super::chunks::ChunkPlan;
    use super::trouble::Kind;
    use super::*;

    #[tokio::test]
    async fn an_address_that_never_says_a_word_is_given_up() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: Url = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
        let app = TikTokApp {
            client_key: "key".to_owned(),
            client_secret: "hush".into(),
            api_url: address.clone(),
            authorize_url: address.clone(),
        };
        let moment = Duration::from_millis(20);
        let patience = Patience { call: moment, idle: moment, answer: moment };
        let client = Client { patience, ..Client::new(app, http_client().unwrap()) };

        let trouble = client.creator_info(&"act.access".into()).await.unwrap_err();
        assert_eq!((trouble.kind, trouble.may_have_happened), (Kind::NoAnswer, true));
        let chunk = ChunkPlan::for_size(4).unwrap().chunk(0).unwrap();
        let body = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"1234"))]);
        let sent = client.send_chunk(&address.as_str().into(), "video/mp4", chunk, body).await;
        assert_eq!(sent, Err(ChunkTrouble::SendAgain("nothing moved any more".to_owned())));
    }

    #[test]
    fn paths_keep_their_slash_whatever_the_base_ends_in() {
        for (base, whole) in [
            ("https://open.tiktokapis.com", "https://open.tiktokapis.com/v2/oauth/token/"),
            ("https://open.tiktokapis.com/", "https://open.tiktokapis.com/v2/oauth/token/"),
            ("http://127.0.0.1:8787/tiktok/", "http://127.0.0.1:8787/tiktok/v2/oauth/token/"),
            ("http://127.0.0.1:8787/tiktok", "http://127.0.0.1:8787/tiktok/v2/oauth/token/"),
        ] {
            assert_eq!(joined(&base.parse().unwrap(), "/v2/oauth/token/").as_str(), whole);
        }
    }
}
