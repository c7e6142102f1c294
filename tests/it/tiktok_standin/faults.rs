//! Troubles on demand: each strikes the calls it was armed for and does exactly what it says.

use super::*;

fn error(code: &str) -> Trouble {
    Trouble::ErrorCode { code: code.to_owned(), status: None, message: None }
}

#[tokio::test]
async fn an_answer_lost_after_the_effect_leaves_the_effect() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let url = format!("{}/v2/post/publish/video/init/", scene.tiktok.base_url());
    for (trouble, tasks) in [(Trouble::LostBefore, 0), (Trouble::LostAfter, 1), (Trouble::ResetMidAnswer, 2)] {
        scene.tiktok.arm(Fault::next("video_init", trouble));
        let sent = scene.http.post(&url).bearer_auth(&token).json(&opening(&public(), 9)).send().await;
        let read = match sent {
            Ok(answer) => answer.text().await.map(|_| ()),
            Err(error) => Err(error),
        };
        assert!(read.is_err());
        assert_eq!(scene.tiktok.tasks().len(), tasks);
        assert_eq!(scene.tiktok.journal().pop().unwrap().status, None);
    }
    assert_eq!(scene.init(&token, &opening(&public(), 9)).await.0, 200);
}

#[tokio::test]
async fn an_answer_broken_in_the_middle_still_has_its_head() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.tiktok.arm(Fault::next("status", Trouble::ResetMidAnswer));
    let url = format!("{}/v2/post/publish/status/fetch/", scene.tiktok.base_url());
    let answer = scene.http.post(url).bearer_auth(&token).json(&json!({"publish_id": "x"})).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.is_err());
}

#[tokio::test]
async fn the_last_chunk_can_arrive_without_its_answer() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (_, body) = scene.init(&token, &opening(&public(), 5)).await;
    let url = body["data"]["upload_url"].as_str().unwrap();
    let chunk = || scene.chunk(url, "bytes 0-4/5", b"latte".to_vec());
    scene.tiktok.arm(Fault::next("upload", Trouble::ResetMidBody { after_bytes: 3 }));
    assert!(chunk().send().await.is_err());
    assert_eq!(scene.tiktok.tasks()[0].size_bytes, 0);
    scene.tiktok.arm(Fault::next("upload", Trouble::ServerError { status: 502 }));
    assert_eq!(chunk().send().await.unwrap().status(), 502);
    assert_eq!(scene.tiktok.ledger(), []);
    scene.tiktok.arm(Fault::next("upload", Trouble::LostAfter));
    assert!(chunk().send().await.is_err());
    assert_eq!(scene.tiktok.ledger().len(), 1);
    assert_eq!(chunk().send().await.unwrap().status(), 416);
    assert_eq!(scene.tiktok.refusals(), []);
}

#[tokio::test]
async fn storms_codes_and_server_errors_come_as_often_as_armed() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let info = "/v2/post/publish/creator_info/query/";
    scene.tiktok.arm(Fault::next("creator_info", error("rate_limit_exceeded")).times(2));
    scene.tiktok.arm(Fault::next("creator_info", Trouble::ServerError { status: 503 }).after(3));
    scene.tiktok.arm(Fault::next("video_init", error("spam_risk_too_many_posts")));
    let mut seen = Vec::new();
    for _ in 0..5 {
        let answer = scene.post(info, &token, &json!({})).await;
        seen.push((answer.0, answer.1["error"]["code"].as_str().unwrap().to_owned()));
    }
    let seen: Vec<(u16, &str)> = seen.iter().map(|(status, code)| (*status, code.as_str())).collect();
    let storm = (429, "rate_limit_exceeded");
    assert_eq!(seen, [storm, storm, (200, "ok"), (503, "internal_error"), (200, "ok")]);
    assert_eq!(code_of(&scene.init(&token, &opening(&public(), 9)).await), (403, "spam_risk_too_many_posts"));
    scene.tiktok.arm(Fault::next("token", error("temporarily_unavailable")));
    let (_, body) = scene.form("/v2/oauth/token/", &[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
    assert_eq!(body["error"], "temporarily_unavailable");
    assert_eq!(scene.tiktok.refusals(), []);
}

#[tokio::test]
async fn a_held_call_waits_for_its_release() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.tiktok.arm(Fault::next("video_init", Trouble::Held { millis: None }));
    let body = opening(&public(), 9);
    let call = scene.init(&token, &body);
    let watcher = async {
        scene.tiktok.mischief().until_held().await;
        assert_eq!(scene.tiktok.tasks(), []);
        scene.tiktok.mischief().release();
    };
    let (answer, ()) = tokio::join!(call, watcher);
    assert_eq!(answer.0, 200);
    scene.tiktok.arm(Fault::next("video_init", Trouble::HeldAnswer { millis: None }));
    let call = scene.init(&token, &body);
    let watcher = async {
        scene.tiktok.mischief().until_held().await;
        assert_eq!(scene.tiktok.tasks().len(), 2);
        scene.tiktok.mischief().release();
    };
    let (answer, ()) = tokio::join!(call, watcher);
    assert_eq!(answer.0, 200);
}

#[tokio::test]
async fn an_address_expires_and_a_token_is_revoked_at_the_worst_moment() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (_, body) = scene.init(&token, &opening(&public(), 5)).await;
    let (id, url) = (body["data"]["publish_id"].as_str().unwrap(), body["data"]["upload_url"].as_str().unwrap());
    scene.tiktok.arm(Fault::next("upload", Trouble::ExpireUpload));
    assert_eq!(scene.chunk(url, "bytes 0-4/5", b"latte".to_vec()).send().await.unwrap().status(), 403);
    scene.tiktok.arm(Fault::next("status", Trouble::RevokeToken).after(1));
    assert_eq!(scene.status(&token, id).await["error"]["code"], "ok");
    assert_eq!(scene.status(&token, id).await["error"]["code"], "access_token_invalid");
}

#[tokio::test]
async fn processing_can_fail_or_never_end() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.tiktok.arm(Fault::next("processing", Trouble::Fail { reason: "spam_risk_text".to_owned() }));
    scene.tiktok.arm(Fault::next("processing", Trouble::Stuck));
    let (failed, stuck) = (scene.posts(&token, &public(), b"one").await, scene.posts(&token, &public(), b"two").await);
    scene.wait(7_000);
    let status = scene.status(&token, &failed).await;
    assert_eq!(
        (&status["data"]["status"], &status["data"]["fail_reason"]),
        (&json!("FAILED"), &json!("spam_risk_text"))
    );
    assert_eq!(scene.status(&token, &stuck).await["data"]["status"], "PROCESSING_UPLOAD");
    scene.tiktok.finish_processing(&stuck);
    assert_eq!(scene.status(&token, &stuck).await["data"]["status"], "PUBLISH_COMPLETE");
}

#[tokio::test]
async fn faults_can_be_armed_from_outside() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let desk = format!("{}/__sandbox/faults", scene.tiktok.base_url());
    let fault = json!({"on": "user_info", "times": 2, "trouble": "error_code", "code": "internal_error"});
    assert_eq!(scene.http.post(&desk).json(&fault).send().await.unwrap().status(), 204);
    let info = "/v2/user/info/?fields=open_id";
    assert_eq!(code_of(&scene.get(info, &token).await), (500, "internal_error"));
    let armed: Value = scene.http.get(&desk).send().await.unwrap().json().await.unwrap();
    assert_eq!((&armed[0]["times"], &armed[0]["trouble"]), (&json!(1), &json!("error_code")));
    assert_eq!(scene.http.delete(&desk).send().await.unwrap().status(), 204);
    assert_eq!(code_of(&scene.get(info, &token).await), (200, "ok"));
}

#[tokio::test]
async fn a_path_tiktok_does_not_have_is_a_breach() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let paths = [
        "/v2/post/publish/video/schedule/",
        "/v2/post/publish/video/init",
        "/share/video/upload/",
        "/oauth/access_token/",
        "/v2/video/delete/",
    ];
    for path in paths {
        assert_eq!(scene.post(path, &token, &json!({})).await.0, 404, "{path}");
    }
    assert_eq!(scene.get("/v2/post/publish/video/init/", &token).await.0, 405);
    assert_eq!(scene.tiktok.refusals().len(), paths.len() + 1);
    assert!(scene.tiktok.refusals()[0].violation.as_ref().unwrap().contains("video/schedule"));
}

#[tokio::test]
async fn it_stops_with_a_call_under_way() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.tiktok.arm(Fault::next("user_info", Trouble::Held { millis: None }));
    let call = scene.get("/v2/user/info/?fields=open_id", &token);
    let stop = async {
        scene.tiktok.mischief().until_held().await;
        scene.tiktok.stop().await;
    };
    let (answer, ()) = tokio::join!(call, stop);
    assert_eq!(answer.0, 200);
    assert!(scene.http.get(scene.tiktok.base_url()).send().await.is_err());
}
