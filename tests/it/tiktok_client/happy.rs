//! Everything going well, and what exactly is said then.

use std::time::Duration;

use greenroom::domain::creator::{Privacy, Scopes};
use greenroom::tiktok::chunks::ChunkPlan;
use greenroom::tiktok::oauth::Verifier;
use greenroom::tiktok::publish::Progress;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::desk::{Answer, Desk};
use super::{access, client, latte};

fn pair(access: &str, refresh: &str) -> Answer {
    let body = json!({
        "access_token": access, "expires_in": 7200, "open_id": "open-1", "refresh_expires_in": 15_552_000,
        "refresh_token": refresh, "scope": "video.publish,user.info.basic", "token_type": "Bearer",
    });
    Answer::new(200, body.to_string())
}

#[tokio::test]
async fn an_account_connects_renews_and_leaves() {
    let desk = Desk::open().await;
    let client = client(&desk.address);
    let redirect = "http://127.0.0.1:8080/callback/".parse().unwrap();
    let verifier = Verifier::random();

    desk.says(pair("act.1", "rft.1"));
    let tokens = client.exchange(&"co*de!".into(), &redirect, Some(&verifier)).await.unwrap();
    assert_eq!((tokens.access.expose_secret(), tokens.refresh.expose_secret()), ("act.1", "rft.1"));
    assert_eq!(tokens.access_lives_for, Duration::from_secs(7200));
    assert_eq!(tokens.refresh_lives_for, Duration::from_secs(15_552_000));
    assert_eq!(
        (tokens.open_id.as_str(), tokens.scopes.to_string().as_str()),
        ("open-1", "user.info.basic,video.publish")
    );
    assert!(!format!("{tokens:?}").contains("act.1"));

    desk.says(pair("act.2", "rft.2"));
    let tokens = client.renew(&tokens.refresh).await.unwrap();
    desk.says(Answer::new(200, ""));
    client.revoke(&tokens.access).await.unwrap();
    desk.says(Answer::new(200, "{}"));
    client.revoke(&tokens.access).await.unwrap();

    let asked = desk.asked();
    let own = [("client_key", "a-key"), ("client_secret", "a-secret")];
    let forms: [(&str, Vec<(&str, &str)>); 3] = [
        (
            "POST /v2/oauth/token/",
            vec![
                ("grant_type", "authorization_code"),
                ("code", "co*de!"),
                ("redirect_uri", "http://127.0.0.1:8080/callback/"),
                ("code_verifier", verifier.text().expose_secret()),
            ],
        ),
        ("POST /v2/oauth/token/", vec![("grant_type", "refresh_token"), ("refresh_token", "rft.1")]),
        ("POST /v2/oauth/revoke/", vec![("token", "act.2")]),
    ];
    for (asked, (line, form)) in asked.iter().zip(forms) {
        assert_eq!(asked.line, line);
        assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
        let sent = asked.form();
        let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, [form, own.to_vec()].concat());
    }
}

#[tokio::test]
async fn a_post_is_opened_as_the_reference_writes_it() {
    let desk = Desk::open().await;
    let client = client(&format!("{}/", desk.address));
    desk.says(Answer::data(&json!({
        "creator_avatar_url": "https://p16.example/a.jpg", "creator_username": "harbour.cafe",
        "creator_nickname": "Harbour Café", "privacy_level_options": ["FOLLOWER_OF_CREATOR", "SELF_ONLY"],
        "comment_disabled": false, "duet_disabled": true, "stitch_disabled": true, "max_video_post_duration_sec": 300,
    })));
    let creator = client.creator_info(&access()).await.unwrap();
    assert_eq!((creator.nickname.as_str(), creator.max_duration_seconds), ("Harbour Café", Some(300)));
    assert_eq!(creator.privacy_options, [Privacy::FollowerOfCreator, Privacy::SelfOnly]);
    assert!(creator.duet_disabled && !creator.comment_disabled);

    let opened = json!({ "publish_id": "v_pub_file~v2-1.1", "upload_url": "https://upload.example/?token=hush" });
    desk.says(Answer::data(&opened));
    desk.says(Answer::data(&opened));
    let plan = ChunkPlan::for_size(66_259_900).unwrap();
    let direct = client.open_direct(&access(), &latte(), &plan).await.unwrap();
    assert_eq!(direct.publish_id, "v_pub_file~v2-1.1");
    assert_eq!(direct.upload_url.expose_secret(), "https://upload.example/?token=hush");
    assert!(!format!("{direct:?}").contains("hush"));
    client.open_draft(&access(), &plan).await.unwrap();

    let asked = desk.asked();
    let source = json!({
        "source": "FILE_UPLOAD", "video_size": 66_259_900, "chunk_size": 10_000_000, "total_chunk_count": 6,
    });
    let info = json!({
        "title": "Friday latte ☕ #latte", "privacy_level": "SELF_ONLY", "disable_duet": true, "disable_stitch": false,
        "disable_comment": true, "video_cover_timestamp_ms": 1500, "brand_content_toggle": false,
        "brand_organic_toggle": true, "is_aigc": false,
    });
    for (asked, (path, body)) in asked.iter().zip([
        ("creator_info/query", json!({})),
        ("video/init", json!({ "post_info": info, "source_info": source })),
        ("inbox/video/init", json!({ "source_info": source })),
    ]) {
        assert_eq!(asked.line, format!("POST /v2/post/publish/{path}/"));
        assert_eq!(asked.header("authorization"), Some("Bearer act.access"));
        assert_eq!(asked.header("content-type"), Some("application/json; charset=UTF-8"));
        assert_eq!(asked.json(), body);
    }
}

#[tokio::test]
async fn a_post_without_caption_sends_none() {
    let desk = Desk::open().await;
    desk.says(Answer::data(&json!({ "publish_id": "p", "upload_url": "http://u" })));
    let mut post = latte();
    post.title.clear();
    client(&desk.address).open_direct(&access(), &post, &super::small_plan()).await.unwrap();
    assert!(desk.asked()[0].json()["post_info"].get("title").is_none());
}

#[tokio::test]
async fn the_way_of_a_post_is_followed_to_its_end() {
    let desk = Desk::open().await;
    let client = client(&desk.address);
    desk.says(Answer::data(&json!({ "status": "PROCESSING_UPLOAD", "uploaded_bytes": 10_000_000 })));
    desk.says(Answer::data(&json!({
        "status": "PUBLISH_COMPLETE", "publicaly_available_post_id": [7_123_456_789_012_345_678_u64],
    })));
    let status = client.status(&access(), "v_pub_file~v2-1.1").await.unwrap();
    assert_eq!((status.progress, status.uploaded_bytes), (Progress::Uploading, Some(10_000_000)));
    let status = client.status(&access(), "v_pub_file~v2-1.1").await.unwrap();
    assert_eq!((status.progress, status.post_id.as_deref()), (Progress::Published, Some("7123456789012345678")));
    for asked in desk.asked() {
        assert_eq!(asked.line, "POST /v2/post/publish/status/fetch/");
        assert_eq!(asked.json(), json!({ "publish_id": "v_pub_file~v2-1.1" }));
    }
}

#[tokio::test]
async fn numbers_are_asked_for_in_the_query() {
    let desk = Desk::open().await;
    let client = client(&desk.address);
    let video = json!({
        "id": "71", "create_time": 1_700_000_000, "share_url": "https://tiktok.example/71", "title": "latte",
        "video_description": "Friday latte", "duration": 15, "view_count": 9_000_000_000_i64, "like_count": 3,
        "comment_count": 2, "share_count": 1,
    });
    desk.says(Answer::data(&json!({ "user": {
        "open_id": "open-1", "display_name": "Harbour Café", "follower_count": 12, "likes_count": 34,
    } })));
    desk.says(Answer::data(&json!({ "videos": [video], "cursor": 1_699_999_000_000_i64, "has_more": true })));
    desk.says(Answer::data(&json!({ "videos": [], "cursor": 0, "has_more": false })));
    desk.says(Answer::data(&json!({ "videos": [video] })));

    let user = client.user(&access(), &Scopes::parse("user.info.basic,user.info.stats")).await.unwrap();
    assert_eq!((user.followers, user.likes, user.username), (Some(12), Some(34), None));
    let page = client.videos(&access(), None).await.unwrap();
    assert_eq!((page.videos[0].views, page.has_more), (Some(9_000_000_000), true));
    assert!(client.videos(&access(), page.cursor).await.unwrap().videos.is_empty());
    let videos = client.videos_by_id(&access(), &["71".to_owned()]).await.unwrap();
    assert_eq!((videos[0].id.as_str(), videos[0].created_at.unwrap().timestamp()), ("71", 1_700_000_000));
    assert!(client.videos_by_id(&access(), &vec!["71".to_owned(); 21]).await.is_err());
    assert!(client.videos_by_id(&access(), &[]).await.unwrap().is_empty());

    let asked = desk.asked();
    let fields = "?fields=id%2Ccreate_time%2Cshare_url%2C";
    assert!(asked[0].line.starts_with("GET /v2/user/info/?fields=open_id%2Cdisplay_name%2C"), "{}", asked[0].line);
    assert!(!asked[0].line.contains("username") && asked[0].line.contains("follower_count"));
    assert!(asked[1].line.starts_with(&format!("POST /v2/video/list/{fields}")), "{}", asked[1].line);
    assert_eq!(asked[1].json(), json!({ "max_count": 20 }));
    assert_eq!(asked[2].json(), json!({ "max_count": 20, "cursor": 1_699_999_000_000_i64 }));
    assert!(asked[3].line.starts_with(&format!("POST /v2/video/query/{fields}")), "{}", asked[3].line);
    assert_eq!(asked[3].json(), json!({ "filters": { "video_ids": ["71"] } }));
    assert_eq!(asked.len(), 4, "neither too many nor none are asked for");
}
