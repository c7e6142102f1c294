//! What every answer has in common, and the pages a supervisor asks for.

use std::path::Path;
use std::sync::Arc;

use greenroom::store::Store;
use greenroom::web;
use reqwest::{Method, StatusCode};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{at, get};
use crate::studio::{Studio, client};

const SECURE: &[(&str, &str)] = &[("GREENROOM_WEB__PUBLIC_URL", "https://greenroom.example/room")];

/// Each sort of answer there is: how it is asked for, and its status.
fn answers() -> Vec<(Method, &'static str, Vec<u8>, u16)> {
    vec![
        (Method::GET, "/healthz", Vec::new(), 200),
        (Method::GET, "/readyz", Vec::new(), 200),
        (Method::GET, "/style.css", Vec::new(), 200),
        (Method::HEAD, "/style.css", Vec::new(), 200),
        (Method::GET, "/", Vec::new(), 404),
        (Method::GET, "/nowhere/at/all", Vec::new(), 404),
        (Method::GET, "//evil.example/%2e%2e", Vec::new(), 404),
        (Method::GET, "/preview/latte", Vec::new(), 404),
        (Method::GET, "/preview/latte/video", Vec::new(), 404),
        (Method::GET, "/preview/%ff", Vec::new(), 400),
        (Method::GET, "/oauth/tiktok/callback", Vec::new(), 400),
        (Method::GET, "/oauth/tiktok/callback?state=a&state=b&code=c", Vec::new(), 400),
        (Method::GET, "/oauth/tiktok/callback?state=%ff&code=c", Vec::new(), 400),
        (Method::POST, "/healthz", Vec::new(), 405),
        (Method::DELETE, "/oauth/tiktok/callback", Vec::new(), 405),
        (Method::GET, "/webhooks/tiktok", Vec::new(), 405),
        (Method::POST, "/webhooks/tiktok", b"{}".to_vec(), 401),
        (Method::POST, "/webhooks/tiktok", vec![b'x'; 64 * 1024 + 1], 413),
    ]
}

#[tokio::test]
async fn every_answer_keeps_a_browser_from_running_or_passing_on_anything() {
    let studio = Studio::open_bare(SECURE).await;
    studio.has_reconciled().await;
    for (method, path, body, status) in answers() {
        let what = format!("{method} {path}");
        let asked = client().request(method.clone(), at(&studio, path)).body(body).send().await.unwrap();
        assert_eq!(asked.status().as_u16(), status, "{what}");
        let header = |name: &str| asked.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let policy = header("content-security-policy").expect(&what);
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{what}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{what}: {policy}");
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(header(name).as_deref(), Some(value), "{what}: {name}");
        }
        assert!(header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")), "{what}");
        assert_eq!(header("location"), None, "nobody is sent anywhere else: {what}");
        assert_eq!(header("cache-control").as_deref() == Some("no-store"), path != "/style.css", "{what}");
        let kind = header("content-type").expect(&what);
        let text = asked.text().await.unwrap();
        if status >= 400 {
            assert_eq!(kind, "text/html; charset=utf-8", "{what}");
            assert!(text.contains("<h1>") && text.contains("href=\"/room/style.css\""), "{what}: {text}");
            assert!(
                !text.contains("<style") && !text.contains("<script") && !text.contains("style="),
                "{what}: {text}"
            );
        }
    }
    studio.closes().await;
}

#[tokio::test]
async fn without_tls_nothing_is_promised_about_it() {
    let studio = Studio::open_bare(&[]).await;
    assert_eq!(get(&studio, "/nowhere").await.headers().get("strict-transport-security"), None);
    assert!(get(&studio, "/nowhere").await.text().await.unwrap().contains("href=\"/style.css\""));
    studio.closes().await;
}

#[tokio::test]
async fn whoever_asks_too_much_is_asked_to_wait_and_nobody_else_is() {
    let studio = Studio::open_bare(&[]).await;
    let browser = client();
    let asks = async |visitor: &str| {
        let asked = browser.get(at(&studio, "/healthz")).header("X-Forwarded-For", visitor);
        asked.send().await.unwrap()
    };
    let mut answered = 0;
    let refused = loop {
        let answer = asks("203.0.113.9").await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        answered += 1;
        assert!(answered < 10_000, "a visitor may ask as much as it likes");
    };
    assert!(answered >= 100, "{answered}");
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(refused.headers().contains_key("content-security-policy"));
    assert!(refused.text().await.unwrap().contains("<h1>"));
    // What a stranger says in front of the proxy changes nothing; another visitor is another one; we ourselves are none.
    assert_eq!(asks("198.51.100.7, 203.0.113.9").await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(asks("203.0.113.10").await.status(), StatusCode::OK);
    assert_eq!(get(&studio, "/healthz").await.status(), StatusCode::OK);
    studio.closes().await;
}

/// The answer of `/readyz` of pages over some database, with the line to Discord up or down.
async fn ready(studio: &Studio, line: Option<bool>) -> (u16, String) {
    let settings =
        web::Settings { line: line.map(|up| -> web::LineIsUp { Arc::new(move || up) }), ..web::Settings::default() };
    let pages = web::router(Arc::clone(studio.program().flows()), settings);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    tasks.spawn(web::serve(listener, pages, &[], stop.clone()));
    let answer = client().get(format!("http://{address}/readyz")).send().await.unwrap();
    let said = (answer.status().as_u16(), answer.text().await.unwrap());
    stop.cancel();
    tasks.close();
    tasks.wait().await;
    said
}

async fn changes(database: &Path, sql: &str) {
    let mut outside = SqliteConnection::connect(&format!("sqlite://{}", database.display())).await.unwrap();
    outside.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
}

#[tokio::test]
async fn what_keeps_the_program_from_its_work_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("greenroom.db");
    let url = format!("sqlite://{}", database.display());
    let studio = Studio::open_bare(&[("GREENROOM_DATABASE__URL", &url)]).await;
    studio.has_reconciled().await;
    let answer = get(&studio, "/readyz").await;
    assert_eq!((answer.status(), answer.text().await.unwrap().as_str()), (StatusCode::OK, "ready\n"));
    assert_eq!(ready(&studio, None).await, (200, "ready\n".to_owned()), "a process without the bot needs no line");
    assert_eq!(ready(&studio, Some(false)).await, (503, "not ready: the line to Discord is down\n".to_owned()));

    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'tomorrow', TRUE, X'00', 0)";
    changes(&database, newer).await;
    let (status, said) = ready(&studio, Some(true)).await;
    assert!(status == 503 && said.contains("1 migrations of a newer version"), "{said}");
    changes(&database, "DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    changes(&database, "CREATE TABLE kept AS SELECT * FROM _sqlx_migrations WHERE version = 1").await;
    changes(&database, "DELETE FROM _sqlx_migrations WHERE version = 1").await;
    let (status, said) = ready(&studio, Some(true)).await;
    assert!(status == 503 && said.contains("lacks 1 migrations; `greenroom migrate`"), "{said}");
    changes(&database, "INSERT INTO _sqlx_migrations SELECT * FROM kept").await;
    assert_eq!(ready(&studio, Some(true)).await.0, 200);

    let closed = Store::open(&url).await.unwrap();
    closed.close().await;
    assert!(closed.schema().await.is_err());
    studio.closes().await;
}
