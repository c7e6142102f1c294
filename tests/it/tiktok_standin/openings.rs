//! Creator info and the inits: the order of checks, the body, the caps and the audit.

use super::*;

const INFO: &str = "/v2/post/publish/creator_info/query/";

#[tokio::test]
async fn creator_info_tells_what_the_account_allows() {
    let scene = Scene::open().await;
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.comment_disabled = true);
    let token = scene.token().await;
    let (_, body) = scene.post(INFO, &token, &json!({})).await;
    let data = &body["data"];
    assert_eq!(
        (&data["creator_username"], &data["creator_nickname"]),
        (&json!("harbour.cafe"), &json!("Harbour Café"))
    );
    assert_eq!(data["privacy_level_options"], json!(["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]));
    assert_eq!((&data["comment_disabled"], &data["duet_disabled"]), (&json!(true), &json!(false)));
    assert_eq!(data["max_video_post_duration_sec"], 600);
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.private = true);
    let url = format!("{}{INFO}", scene.tiktok.base_url());
    let bare = scene.http.post(url).bearer_auth(&token).send().await.unwrap();
    let data: Value = bare.json().await.unwrap();
    let data = &data["data"];
    assert_eq!(data["privacy_level_options"], json!(["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]));
    assert_eq!((&data["duet_disabled"], &data["stitch_disabled"]), (&json!(true), &json!(true)));
}

#[tokio::test]
async fn creator_info_tells_of_bans_and_caps_with_status_200_and_init_with_403() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    type Change = fn(&mut Creator);
    let rows: [(Change, &str); 2] = [
        (|creator| creator.banned = true, "spam_risk_user_banned_from_posting"),
        (
            |creator| {
                creator.banned = false;
                creator.posts_elsewhere = 15;
            },
            "spam_risk_too_many_posts",
        ),
    ];
    for (change, code) in rows {
        scene.tiktok.change_creator("harbour.cafe", change);
        assert_eq!(code_of(&scene.post(INFO, &token, &json!({})).await), (200, code));
        assert_eq!(code_of(&scene.init(&token, &opening(&public(), 9)).await), (403, code));
    }
    assert_eq!(scene.tiktok.refusals(), []);
}

#[tokio::test]
async fn checks_come_in_order_token_scope_rate_body_account() {
    let scene = Scene::open().await;
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.banned = true);
    let (reader, token) = (scene.token_for("harbour.cafe", &["video.list"]).await, scene.token().await);
    let (bad, good) = (json!({}), opening(&public(), 9));
    assert_eq!(code_of(&scene.init("act.unknown", &bad).await), (401, "access_token_invalid"));
    assert_eq!(code_of(&scene.init(&reader, &bad).await), (401, "scope_not_authorized"));
    for _ in 0..5 {
        assert_eq!(code_of(&scene.init(&token, &bad).await), (400, "invalid_params"));
    }
    assert_eq!(code_of(&scene.init(&token, &good).await), (403, "spam_risk_user_banned_from_posting"));
    assert_eq!(code_of(&scene.init(&token, &bad).await), (429, "rate_limit_exceeded"));
    let unsigned = scene.http.post(format!("{}{INFO}", scene.tiktok.base_url())).send().await.unwrap();
    assert_eq!(unsigned.status(), 401);
}

#[tokio::test]
async fn rates_are_counted_over_a_sliding_minute() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    for (path, limit) in [(INFO, 20), ("/v2/post/publish/status/fetch/", 30), ("/v2/post/publish/inbox/video/init/", 6)]
    {
        for call in 0..limit {
            assert_ne!(scene.post(path, &token, &json!({})).await.0, 429, "call {call} of {path}");
            scene.wait(1);
        }
        assert_eq!(scene.post(path, &token, &json!({})).await.0, 429, "{path}");
        scene.wait(60 - limit);
        assert_ne!(scene.post(path, &token, &json!({})).await.0, 429, "{path}");
        scene.wait(60);
    }
}

#[tokio::test]
async fn a_malformed_init_is_refused_and_remembered() {
    let scene = Scene::open().await;
    let long = "x".repeat(2_199) + "😀";
    let source =
        json!({"source": "FILE_UPLOAD", "video_size": 66_259_900, "chunk_size": 10_000_000, "total_chunk_count": 6});
    let with = |name: &str, value: Value| {
        let mut post_info = public();
        post_info[name] = value;
        json!({"post_info": post_info, "source_info": source})
    };
    let sized = |name: &str, value: Value| {
        let mut source = source.clone();
        source[name] = value;
        json!({"post_info": public(), "source_info": source})
    };
    let rows = [
        (json!({"source_info": source}), "post_info"),
        (with("privacy_level", Value::Null), "privacy_level"),
        (with("privacy_level", json!("PUBLIC")), "privacy_level"),
        (with("title", json!(long)), "title"),
        (with("title", json!(7)), "title"),
        (with("disable_duet", json!("true")), "disable_duet"),
        (with("video_cover_timestamp_ms", json!(1.5)), "video_cover"),
        (sized("source", json!("UPLOAD")), "source"),
        (sized("video_size", json!("66259900")), "video_size"),
        (sized("total_chunk_count", json!(7)), "The total chunk count is invalid"),
        (sized("chunk_size", json!(4_999_999)), "The chunk size is invalid"),
    ];
    for (body, says) in &rows {
        let token = scene.token().await;
        let answer = scene.init(&token, body).await;
        assert_eq!(code_of(&answer), (400, "invalid_params"), "{body}");
        assert!(answer.1["error"]["message"].as_str().unwrap().contains(says), "{}", answer.1);
    }
    assert_eq!(scene.tiktok.refusals().len(), rows.len());
    scene.tiktok.change_rules(|rules| rules.invalid_code = "invalid_param".to_owned());
    let token = scene.token().await;
    assert_eq!(code_of(&scene.init(&token, &json!({})).await), (400, "invalid_param"));
    assert_eq!(code_of(&scene.init(&token, &with("title", json!(&long[1..]))).await), (200, "ok"));
    let ignored = with("schedule_time", json!(1_800_000_000));
    assert_eq!(code_of(&scene.init(&token, &ignored).await), (200, "ok"));
    assert!(scene.tiktok.refusals().pop().unwrap().violation.unwrap().contains("schedule_time"));
}

#[tokio::test]
async fn an_opening_gives_an_id_and_an_address_on_another_host() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (status, body) = scene.init(&token, &opening(&public(), 9)).await;
    let (id, url) = (body["data"]["publish_id"].as_str().unwrap(), body["data"]["upload_url"].as_str().unwrap());
    assert!(status == 200 && id.starts_with("v_pub_file~v2-1.") && id.len() <= 64 && url.len() <= 256);
    assert!(!url.starts_with(scene.tiktok.base_url()) && url.contains('?'));
    assert!(body["error"]["log_id"].is_string());
    assert_eq!(scene.tiktok.ledger(), []);
    assert_eq!(scene.tiktok.tasks().len(), 1);
}

#[tokio::test]
async fn an_app_without_audit_posts_only_unseen_on_private_accounts() {
    let scene = Scene::with(Rules::default(), false).await;
    let token = scene.token().await;
    let private = json!({"privacy_level": "SELF_ONLY"});
    let refused = (403, "unaudited_client_can_only_post_to_private_accounts");
    assert_eq!(code_of(&scene.init(&token, &opening(&public(), 9)).await), refused);
    assert_eq!(code_of(&scene.init(&token, &opening(&private, 9)).await), refused);
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.private = true);
    assert_eq!(code_of(&scene.init(&token, &opening(&private, 9)).await), (200, "ok"));
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.private = false);
    scene.tiktok.change_rules(|rules| rules.unaudited_needs_private_account = false);
    assert_eq!(code_of(&scene.init(&token, &opening(&private, 9)).await), (200, "ok"));
}

#[tokio::test]
async fn an_audience_the_account_does_not_offer_and_a_hidden_partnership_are_refused() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let followers = json!({"privacy_level": "FOLLOWER_OF_CREATOR"});
    assert_eq!(code_of(&scene.init(&token, &opening(&followers, 9)).await), (403, "privacy_level_option_mismatch"));
    let hidden = json!({"privacy_level": "SELF_ONLY", "brand_content_toggle": true});
    assert_eq!(code_of(&scene.init(&token, &opening(&hidden, 9)).await), (400, "invalid_params"));
}

#[tokio::test]
async fn posts_drafts_and_people_have_daily_caps() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    for _ in 0..15 {
        scene.posts(&token, &public(), b"latte").await;
        scene.wait(11);
    }
    assert_eq!(code_of(&scene.init(&token, &opening(&public(), 9)).await), (403, "spam_risk_too_many_posts"));
    let draft = json!({"source_info": opening(&public(), 5)["source_info"]});
    for _ in 0..5 {
        let (_, body) = scene.post("/v2/post/publish/inbox/video/init/", &token, &draft).await;
        let url = body["data"]["upload_url"].as_str().unwrap();
        assert_eq!(scene.chunk(url, "bytes 0-4/5", b"latte".to_vec()).send().await.unwrap().status(), 201);
    }
    scene.wait(60);
    let sixth = scene.post("/v2/post/publish/inbox/video/init/", &token, &draft).await;
    assert_eq!(code_of(&sixth), (403, "spam_risk_too_many_pending_share"));
    scene.wait(86_400);
    let token = scene.token().await;
    assert_eq!(code_of(&scene.init(&token, &opening(&public(), 9)).await), (200, "ok"));
}

#[tokio::test]
async fn five_people_a_day_post_through_an_app_without_audit() {
    let scene = Scene::with(Rules::default(), false).await;
    for number in 1..=6 {
        let name = format!("person{number}");
        scene.tiktok.add_creator(Creator { private: true, ..Creator::named(&name, &name) });
        let token = scene.token_for(&name, &SCOPES).await;
        let unseen = json!({"privacy_level": "SELF_ONLY"});
        if number <= 5 {
            scene.posts(&token, &unseen, b"latte").await;
        } else {
            assert_eq!(code_of(&scene.post(INFO, &token, &json!({})).await), (200, "reached_active_user_cap"));
            assert_eq!(code_of(&scene.init(&token, &opening(&unseen, 9)).await), (403, "reached_active_user_cap"));
        }
    }
}
