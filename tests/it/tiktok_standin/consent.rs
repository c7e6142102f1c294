//! Consent and tokens.

use super::*;

const VERIFIER: &str = "sandbox-verifier-0123456789-abcdefghijklmnopqrstuvwxyz";
const CHALLENGE: &str = "228700f7e5c93f0eca3331c6d310470fbc82a11c48ef7b22235d1895972aa2ee";
const DESKTOP: &str = "http://127.0.0.1:3455/callback/";

#[tokio::test]
async fn consent_returns_what_was_granted_and_the_state() {
    let scene = Scene::open().await;
    let url = scene.authorize_url(WEB, "");
    let target = scene.tiktok.consent(&url, "harbour.cafe", &["video.publish"]).unwrap();
    assert!(target.as_str().starts_with(WEB));
    assert_eq!(query(&target, "scopes").unwrap(), "user.info.basic,video.publish");
    assert_eq!(query(&target, "state").unwrap(), "s 1");
    let target = scene.tiktok.decline(&url).unwrap();
    assert_eq!(query(&target, "error").unwrap(), "access_denied");
    assert_eq!(query(&target, "code"), None);
}

#[tokio::test]
async fn the_page_works_without_script_and_sends_the_browser_back() {
    let scene = Scene::open().await;
    let url = scene.authorize_url(WEB, "&disable_auto_auth=1");
    let page = scene.http.get(&url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Harbour Café") && page.contains("video.publish") && !page.contains("<script"));
    let asked = url.split_once('?').unwrap().1;
    let answers = [("query", asked), ("creator", "harbour.cafe"), ("scope", "video.list"), ("answer", "allow")];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(answers).finish();
    let answer = scene.http.post(format!("{}/v2/auth/authorize/", scene.tiktok.base_url())).body(body).send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 303);
    let target = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    assert_eq!(query(&target, "scopes").unwrap(), "user.info.basic,video.list");
    let (status, body) = scene.exchange(&query(&target, "code").unwrap()).await;
    assert_eq!((status, body["scope"].as_str().unwrap()), (200, "user.info.basic,video.list"));
    assert_eq!(scene.tiktok.refusals(), []);
}

#[tokio::test]
async fn an_authorize_address_that_breaks_a_rule_shows_an_error_page() {
    let scene = Scene::open().await;
    let good = scene.authorize_url(WEB, "");
    let desktop = |extra: &str| scene.authorize_url(DESKTOP, extra);
    let broken = [
        good.replace("client_key", "client_id"),
        good.replace("sandbox_key", "other"),
        good.replace("response_type=code", "response_type=token"),
        good.replace("video.list", "video.create"),
        good.replace(',', "%20"),
        good.replace("state=s%201", "state="),
        good.replace("https://greenroom.example", "http://greenroom.example"),
        good.replace("/callback", "/callback%3Fa=1"),
        good.replace(WEB, "/callback"),
        good.replace(WEB, "http://localhost/callback"),
        desktop(""),
        desktop(&format!("&code_challenge={CHALLENGE}")),
        desktop("&code_challenge_method=S256&code_challenge=IocA9-XJPw7KMzHG0xBHD7yCoRxI73siI10YlZcqou4"),
        desktop(&format!("&code_challenge_method=plain&code_challenge={CHALLENGE}")),
    ];
    for url in &broken {
        let answer = scene.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{url}");
        assert!(scene.tiktok.consent_to_all(url, "harbour.cafe").is_err());
    }
    assert_eq!(scene.tiktok.refusals().len(), broken.len());
}

#[tokio::test]
async fn the_desktop_flow_checks_the_verifier_against_the_hex_challenge() {
    let scene = Scene::open().await;
    let url = scene.authorize_url(DESKTOP, &format!("&code_challenge_method=S256&code_challenge={CHALLENGE}"));
    for (verifier, expected) in
        [(VERIFIER, None), (&VERIFIER[1..], Some("invalid_request")), ("", Some("invalid_request"))]
    {
        let code = query(&scene.tiktok.consent_to_all(&url, "harbour.cafe").unwrap(), "code").unwrap();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", DESKTOP),
            ("code_verifier", verifier),
        ];
        let (_, body) = scene.form("/v2/oauth/token/", &fields).await;
        assert_eq!(body["error"].as_str(), expected);
        if expected.is_some() {
            assert_eq!(body["error_description"], "Code verifier or code challenge is invalid.");
        }
    }
}

#[tokio::test]
async fn a_code_is_exchanged_once_and_in_time() {
    let scene = Scene::open().await;
    let code = scene.code("harbour.cafe", &SCOPES);
    assert!(code.contains('*') && code.contains('!') && code.contains('-'));
    let (status, body) = scene.exchange(&code).await;
    assert_eq!(status, 200);
    assert!(body["access_token"].as_str().unwrap().starts_with("act."));
    assert!(body["refresh_token"].as_str().unwrap().starts_with("rft."));
    assert_eq!((&body["expires_in"], &body["refresh_expires_in"]), (&json!(7_200), &json!(15_552_000)));
    assert_eq!(
        (&body["token_type"], &body["open_id"]),
        (&json!("Bearer"), &json!(scene.tiktok.open_id("harbour.cafe")))
    );
    assert_eq!(scene.exchange(&code).await.1["error"], "invalid_grant");
    let late = scene.code("harbour.cafe", &SCOPES);
    scene.wait(600);
    assert_eq!(scene.exchange(&late).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn token_requests_are_refused_in_the_flat_shape() {
    let scene = Scene::open().await;
    let (code, grant) = (scene.code("harbour.cafe", &SCOPES), ("grant_type", "authorization_code"));
    let rows: [(&[(&str, &str)], &str); 5] = [
        (&[grant, ("code", &code)], "invalid_request"),
        (&[grant, ("client_secret", "wrong"), ("code", &code), ("redirect_uri", WEB)], "invalid_client"),
        (&[("grant_type", "password")], "unsupported_grant_type"),
        (&[grant, ("code", "unknown"), ("redirect_uri", WEB)], "invalid_grant"),
        (&[grant, ("code", &code), ("redirect_uri", "https://greenroom.example/callback/")], "invalid_grant"),
    ];
    for (fields, error) in rows {
        let (status, body) = scene.form("/v2/oauth/token/", fields).await;
        assert_eq!((status, body["error"].as_str().unwrap()), (400, error));
        assert!(body["error_description"].is_string() && body["log_id"].is_string());
    }
    scene.tiktok.change_rules(|rules| rules.oauth_refusal_status = 200);
    let (status, body) =
        scene.form("/v2/oauth/token/", &[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
    assert_eq!((status, body["error"].as_str().unwrap()), (200, "invalid_grant"));
}

#[tokio::test]
async fn a_renewal_replaces_the_refresh_token_and_the_old_one_is_dead() {
    let scene = Scene::open().await;
    let (_, first) = scene.exchange(&scene.code("harbour.cafe", &SCOPES)).await;
    let old = first["refresh_token"].as_str().unwrap();
    let renew = |token: String| {
        let scene = &scene;
        async move { scene.form("/v2/oauth/token/", &[("grant_type", "refresh_token"), ("refresh_token", &token)]).await.1 }
    };
    let second = renew(old.to_owned()).await;
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["access_token"], first["access_token"]);
    assert_eq!(renew(old.to_owned()).await["error"], "invalid_grant");
    assert!(renew(second["refresh_token"].as_str().unwrap().to_owned()).await["access_token"].is_string());
}

#[tokio::test]
async fn tokens_die_with_their_time_and_by_revocation() {
    let scene = Scene::open().await;
    let info = "/v2/user/info/?fields=open_id";
    let token = scene.token().await;
    scene.wait(7_199);
    assert_eq!(code_of(&scene.get(info, &token).await), (200, "ok"));
    scene.wait(1);
    assert_eq!(code_of(&scene.get(info, &token).await), (401, "access_token_invalid"));
    let (_, body) = scene.exchange(&scene.code("harbour.cafe", &SCOPES)).await;
    let (token, refresh) = (body["access_token"].as_str().unwrap(), body["refresh_token"].as_str().unwrap());
    assert_eq!(scene.form("/v2/oauth/revoke/", &[("token", token)]).await, (200, json!({})));
    assert_eq!(code_of(&scene.get(info, token).await), (401, "access_token_invalid"));
    let renewal = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    assert_eq!(scene.form("/v2/oauth/token/", &renewal).await.1["error"], "invalid_grant");
}
