use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

fn settings(address: &str, api_is_changed: bool) -> DiscordSettings {
    DiscordSettings { token: "secret".into(), api_url: Url::parse(address).unwrap(), api_is_changed }
}

const GATEWAY: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 21\r\nconnection: close\r\n\r\n{\"url\":\"ws://a.test\"}";
const LIMITED: &str = "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
const DOWN: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\ndown";
const LOST: &str = "";
const FORBIDDEN: &str = "HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: 41\r\nconnection: close\r\n\r\n{\"code\":50013,\"message\":\"No permission.\"}";

#[test]
fn the_real_discord_is_never_called_without_a_limiter() {
    let http = build(&settings("https://discord.com/", false)).unwrap();
    assert!(http.ratelimiter.is_some());
    assert_eq!(http.proxy, None);
}

#[test]
fn another_address_is_kept_because_its_limiter_is_off() {
    let http = build(&settings("http://127.0.0.1:4000/", true)).unwrap();
    assert!(http.ratelimiter.is_none());
    assert_eq!(http.proxy.as_deref(), Some("http://127.0.0.1:4000"));
}

#[test]
fn an_address_that_contradicts_itself_is_refused() {
    assert!(build(&settings("http://127.0.0.1:4000/", false)).is_err());
    assert!(build(&settings("https://discord.com/", true)).is_err());
}

#[test]
fn the_real_discord_under_another_name_is_refused_too() {
    for address in [
        "http://discord.com/",
        "https://discord.com:8443/",
        "https://DISCORD.com./",
        "https://canary.discord.com/",
        "https://discordapp.com/",
    ] {
        assert!(build(&settings(address, true)).is_err(), "{address} without a limiter");
        assert!(build(&settings(address, false)).is_err(), "{address}");
    }
    assert!(build(&settings("https://discord.com.example/", true)).is_ok());
    assert!(build(&settings("https://notdiscord.com/", true)).is_ok());
}

#[test]
fn nobody_is_pinged_unless_a_message_says_so() {
    let http = build(&settings("https://discord.com/", false)).unwrap();
    let mentions = serde_json::to_value(http.default_allowed_mentions.unwrap()).unwrap();
    assert_eq!(mentions["parse"], serde_json::json!([]));
}

/// Calls somebody who gives each connection the next of `answers`; tells what came out and after how many tries.
async fn call(answers: &[&str]) -> (serenity::Result<String>, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let http = build(&settings(&format!("http://{}/", listener.local_addr().unwrap()), true)).unwrap();
    let serve = async {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    };
    let tries = AtomicUsize::new(0);
    let ask = again_after(&[Duration::ZERO; 3], "gateway", || {
        tries.fetch_add(1, Ordering::SeqCst);
        http.get_gateway()
    });
    let ((), answer) = tokio::join!(serve, ask);
    (answer.map(|gateway| gateway.url), tries.into_inner())
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let (answer, tries) = call(&[DOWN, LIMITED, LOST, GATEWAY]).await;
    assert_eq!((answer.unwrap().as_str(), tries), ("ws://a.test", 4));
}

#[tokio::test]
async fn a_refusal_is_never_repeated() {
    let (answer, tries) = call(&[FORBIDDEN]).await;
    let error = answer.unwrap_err();
    assert_eq!((code(&error), tries, was_answered(&error)), (Some(50013), 1, false));
}

#[tokio::test]
async fn after_four_tries_it_is_given_up() {
    let (answer, tries) = call(&[DOWN, DOWN, DOWN, DOWN]).await;
    assert!(may_pass(&answer.unwrap_err()));
    assert_eq!(tries, 4);
}
