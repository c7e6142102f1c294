//! After the bytes: statuses, pulls, the display endpoints and webhooks.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const INBOX: &str = "/v2/post/publish/inbox/video/init/";
const CANCEL: &str = "/v2/post/publish/cancel/";

/// Accepts a connection and reads the request on it to the end of its body.
async fn taken(listener: &TcpListener) -> (TcpStream, String) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = String::new();
    loop {
        let mut bytes = [0; 4_096];
        let count = stream.read(&mut bytes).await.unwrap();
        request.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        if let Some((head, body)) = request.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
            if body.len() == length.parse::<usize>().unwrap() {
                return (stream, request);
            }
        }
    }
}

async fn hosted(scene: &Scene) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    scene.tiktok.change_rules(|rules| rules.verified_prefixes = vec![base.clone()]);
    (listener, base)
}

fn pulling(url: &str) -> Value {
    json!({"post_info": public(), "source_info": {"source": "PULL_FROM_URL", "video_url": url}})
}

#[tokio::test]
async fn a_post_is_processed_then_complete_and_shows_its_id_after_moderation() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let id = scene.posts(&token, &public(), b"latte").await;
    let unseen = scene.posts(&token, &json!({"privacy_level": "SELF_ONLY"}), b"other").await;
    assert_eq!(scene.status(&token, &id).await["data"]["status"], "PROCESSING_UPLOAD");
    scene.wait(3);
    let data = scene.status(&token, &id).await["data"].clone();
    assert_eq!((&data["status"], &data["publicaly_available_post_id"]), (&json!("PUBLISH_COMPLETE"), &json!([])));
    scene.wait(5);
    let post_id: i64 = scene.tiktok.published("harbour.cafe")[0].post_id.as_ref().unwrap().parse().unwrap();
    assert_eq!(scene.status(&token, &id).await["data"]["publicaly_available_post_id"], json!([post_id]));
    assert_eq!(scene.status(&token, &unseen).await["data"]["publicaly_available_post_id"], json!([]));
    use greenroom::sandbox::tiktok::PostIdForm as Form;
    let rows = [
        (Form::Strings, json!([post_id.to_string()])),
        (Form::Number, json!(post_id)),
        (Form::String, json!(post_id.to_string())),
        (Form::Null, Value::Null),
        (Form::Absent, Value::Null),
    ];
    for (form, expected) in rows {
        scene.tiktok.change_rules(|rules| rules.post_id_form = form);
        let status = scene.status(&token, &id).await;
        assert_eq!(status["data"]["publicaly_available_post_id"], expected);
        let there = status["data"].as_object().unwrap().contains_key("publicaly_available_post_id");
        assert_eq!(there, form != Form::Absent);
    }
}

#[tokio::test]
async fn statuses_are_for_the_task_s_own_account_only() {
    let scene = Scene::open().await;
    let (token, other) = (scene.token().await, scene.token_for("northpier.bikes", &SCOPES).await);
    let id = scene.posts(&token, &public(), b"latte").await;
    assert_eq!(scene.status(&token, "v_pub_file~v2-1.0").await["error"]["code"], "invalid_publish_id");
    let wrong = scene.status(&other, &id).await;
    assert_eq!(wrong["error"]["code"], "token_not_authorized_for_specified_publish_id");
    assert_eq!(scene.tiktok.refusals().len(), 1);
}

#[tokio::test]
async fn a_draft_lands_in_the_inbox_and_ignores_everything_but_its_source() {
    let scene = Scene::with(Rules::default(), false).await;
    let token = scene.token().await;
    let (_, body) = scene.post(INBOX, &token, &opening(&public(), 5)).await;
    let (id, url) = (body["data"]["publish_id"].as_str().unwrap(), body["data"]["upload_url"].as_str().unwrap());
    assert!(id.starts_with("v_inbox_file~v2."));
    assert_eq!(scene.chunk(url, "bytes 0-4/5", b"draft".to_vec()).send().await.unwrap().status(), 201);
    scene.wait(3);
    assert_eq!(scene.status(&token, id).await["data"]["status"], "SEND_TO_USER_INBOX");
    assert_eq!(scene.tiktok.ledger()[0].caption, "");
    assert_eq!(scene.tiktok.published("harbour.cafe"), []);
    assert!(scene.tiktok.finish_draft(id));
    assert_eq!(scene.status(&token, id).await["data"]["status"], "PUBLISH_COMPLETE");
}

#[tokio::test]
async fn a_pull_really_fetches_the_address_once() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, base) = hosted(&scene).await;
    let (_, body) = scene.init(&token, &pulling(&format!("{base}film.mp4?key=1"))).await;
    let id = body["data"]["publish_id"].as_str().unwrap();
    assert!(id.starts_with("v_pub_url~v2.") && body["data"].get("upload_url").is_none());
    let (mut stream, request) = taken(&listener).await;
    assert!(request.starts_with("GET /film.mp4?key=1 "));
    stream.write_all(b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nlatte").await.unwrap();
    scene.tiktok.until(|tiktok| tiktok.ledger().len() == 1).await;
    assert_eq!(scene.status(&token, id).await["data"]["status"], "PROCESSING_DOWNLOAD");
    scene.wait(3);
    assert_eq!(scene.status(&token, id).await["data"]["status"], "PUBLISH_COMPLETE");
    let posted = scene.tiktok.ledger().remove(0);
    assert_eq!((posted.fetches, posted.sha256), (1, hex::encode(Sha256::digest("latte"))));
}

#[tokio::test]
async fn a_pull_fails_on_redirects_and_is_refused_for_addresses_of_others() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, base) = hosted(&scene).await;
    for url in ["https://cdn.example/film.mp4", "http://127.0.0.1:1/film.mp4"] {
        assert_eq!(code_of(&scene.init(&token, &pulling(url)).await), (403, "url_ownership_unverified"));
    }
    let wrong = json!({"post_info": public(), "source_info": {"source": "PULL_FROM_URL", "url": base}});
    assert_eq!(code_of(&scene.init(&token, &wrong).await), (400, "invalid_params"));
    let (_, body) = scene.init(&token, &pulling(&format!("{base}film.mp4"))).await;
    let id = body["data"]["publish_id"].as_str().unwrap();
    let (mut stream, _) = taken(&listener).await;
    stream.write_all(b"HTTP/1.0 302 Found\r\nLocation: /other.mp4\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    scene.tiktok.until(|tiktok| tiktok.tasks()[0].state != greenroom::sandbox::tiktok::Stage::Downloading).await;
    let data = scene.status(&token, id).await["data"].clone();
    assert_eq!((&data["status"], &data["fail_reason"]), (&json!("FAILED"), &json!("video_pull_failed")));
}

#[tokio::test]
async fn a_pull_is_cancelled_until_it_is_nearly_done_and_nothing_else_is() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, base) = hosted(&scene).await;
    for (sent, code) in [(89, "ok"), (90, "publish_not_cancellable")] {
        let (_, body) = scene.init(&token, &pulling(&base)).await;
        let id = json!({"publish_id": body["data"]["publish_id"]});
        let (mut stream, _) = taken(&listener).await;
        let head = b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n";
        stream.write_all(&[head.as_slice(), &vec![7; sent]].concat()).await.unwrap();
        let arrived = u64::try_from(sent).unwrap();
        scene.tiktok.until(|tiktok| tiktok.tasks().last().unwrap().size_bytes == arrived).await;
        assert_eq!(scene.post(CANCEL, &token, &id).await.1["error"]["code"], code);
        if code == "ok" {
            let status = scene.status(&token, id["publish_id"].as_str().unwrap()).await;
            assert_eq!(status["data"]["fail_reason"], "publish_cancelled");
        }
    }
    let sent = json!({"publish_id": scene.posts(&token, &public(), b"latte").await});
    assert_eq!(code_of(&scene.post(CANCEL, &token, &sent).await), (400, "publish_not_cancellable"));
}

#[tokio::test]
async fn photos_come_by_address_and_need_their_brand_switches() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, base) = hosted(&scene).await;
    let path = "/v2/post/publish/content/init/";
    let body = json!({"media_type": "PHOTO", "post_mode": "DIRECT_POST", "post_info": public(),
        "source_info": {"source": "PULL_FROM_URL", "photo_images": [format!("{base}1.jpg"), format!("{base}2.jpg")], "photo_cover_index": 0}});
    let (status, answer) = scene.post(path, &token, &body).await;
    assert!(status == 200 && answer["data"]["publish_id"].as_str().unwrap().starts_with("p_pub_url~v2."));
    for piece in ["lat", "te!"] {
        let (mut stream, _) = taken(&listener).await;
        stream.write_all(format!("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n{piece}").as_bytes()).await.unwrap();
    }
    scene.tiktok.until(|tiktok| tiktok.ledger().len() == 1).await;
    assert_eq!(scene.tiktok.ledger()[0].sha256, hex::encode(Sha256::digest("latte!")));
    let mut unbranded = body.clone();
    unbranded["post_info"] = json!({"privacy_level": "PUBLIC_TO_EVERYONE"});
    let mut uncovered = body.clone();
    uncovered["source_info"]["photo_cover_index"] = json!(2);
    for wrong in [unbranded, uncovered] {
        assert_eq!(code_of(&scene.post(path, &token, &wrong).await), (400, "invalid_params"));
    }
}

#[tokio::test]
async fn the_account_shows_the_fields_of_the_granted_scopes() {
    let scene = Scene::open().await;
    let (all, basic) = (scene.token().await, scene.token_for("harbour.cafe", &["user.info.basic"]).await);
    let (_, body) = scene.get("/v2/user/info/?fields=open_id,display_name,username,follower_count", &all).await;
    let user = &body["data"]["user"];
    assert_eq!(user.as_object().unwrap().len(), 4);
    assert_eq!((&user["username"], &user["follower_count"]), (&json!("harbour.cafe"), &json!(8_412)));
    let missing = scene.get("/v2/user/info/?fields=open_id,username", &basic).await;
    assert_eq!(code_of(&missing), (400, "scope_permission_missed"));
    for path in ["/v2/user/info/", "/v2/user/info/?fields=open_id,shoe_size"] {
        assert_eq!(code_of(&scene.get(path, &all).await), (400, "invalid_params"));
    }
    let list = scene.post("/v2/video/list/?fields=id", &basic, &json!({})).await;
    assert_eq!(code_of(&list), (401, "scope_not_authorized"));
}

#[tokio::test]
async fn lists_are_paged_newest_first_and_hide_what_is_not_public() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.posts(&token, &json!({"privacy_level": "SELF_ONLY"}), b"hidden").await;
    for number in 0..5 {
        let mut post_info = public();
        post_info["title"] = json!(format!("film {number}"));
        scene.posts(&token, &post_info, b"latte").await;
    }
    scene.wait(60);
    let path = "/v2/video/list/?fields=id,title,create_time";
    let (mut cursor, mut titles, mut more) = (json!(0), Vec::new(), Vec::new());
    for _ in 0..3 {
        let (_, body) = scene.post(path, &token, &json!({"cursor": cursor, "max_count": 2})).await;
        let videos = body["data"]["videos"].as_array().unwrap();
        titles.extend(videos.iter().map(|video| video["title"].as_str().unwrap().to_owned()));
        more.push(body["data"]["has_more"].as_bool().unwrap());
        cursor = body["data"]["cursor"].clone();
    }
    assert_eq!(titles, ["film 4", "film 3", "film 2", "film 1", "film 0"]);
    assert_eq!(more, [true, true, false]);
    let wrong = [(path, json!({"max_count": 21})), ("/v2/video/list/", json!({"fields": ["id"]}))];
    for (path, body) in wrong {
        assert_eq!(code_of(&scene.post(path, &token, &body).await), (400, "invalid_params"));
    }
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.private = true);
    assert_eq!(scene.post(path, &token, &json!({})).await.1["data"]["videos"], json!([]));
}

#[tokio::test]
async fn numbers_grow_with_time_and_are_the_same_for_everyone() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    scene.posts(&token, &public(), b"latte").await;
    scene.wait(60);
    scene.tiktok.tick();
    let id = scene.tiktok.ledger()[0].post_id.clone().unwrap();
    let path = "/v2/video/query/?fields=id,view_count,like_count,share_url";
    let ask = json!({"filters": {"video_ids": [id, "1"]}});
    let mut views = Vec::new();
    for _ in 0..3 {
        scene.wait(6_000);
        let token = scene.token().await;
        let once = scene.post(path, &token, &ask).await.1["data"]["videos"].clone();
        assert_eq!(once, scene.post(path, &token, &ask).await.1["data"]["videos"]);
        assert_eq!(once.as_array().unwrap().len(), 1);
        assert!(once[0]["like_count"].as_i64() < once[0]["view_count"].as_i64());
        views.push(once[0]["view_count"].as_i64().unwrap());
    }
    assert!(0 < views[0] && views[0] < views[1] && views[1] < views[2], "{views:?}");
    let ids: Vec<String> = (0..21).map(|number| number.to_string()).collect();
    let token = scene.token().await;
    let many = scene.post(path, &token, &json!({"filters": {"video_ids": ids}})).await;
    assert_eq!(code_of(&many), (400, "invalid_params"));
}

#[tokio::test]
async fn webhooks_are_signed_repeated_and_tried_again() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, address) = hosted(&scene).await;
    scene.tiktok.send_webhooks_to(Some(&format!("{address}hooks")));
    let id = scene.posts(&token, &json!({"privacy_level": "SELF_ONLY"}), b"latte").await;
    scene.tiktok.arm(Fault::next("webhook", Trouble::Duplicate).after(1));
    scene.wait(3);
    scene.tiktok.tick();
    let (mut stream, first) = taken(&listener).await;
    let mut version = scene.tiktok.subscribe();
    stream.write_all(b"HTTP/1.0 500 Oops\r\n\r\n").await.unwrap();
    version.changed().await.unwrap();
    scene.wait(60);
    scene.tiktok.tick();
    for _ in 0..2 {
        let (mut stream, again) = taken(&listener).await;
        stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n").await.unwrap();
        assert_eq!(again.split_once("\r\n\r\n").unwrap().1, first.split_once("\r\n\r\n").unwrap().1);
    }
    assert!(first.starts_with("POST /hooks ") && first.contains("TikTok-Signature: t="));
    let body: Value = serde_json::from_str(first.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!((&body["event"], &body["client_key"]), (&json!("post.publish.complete"), &json!("sandbox_key")));
    assert_eq!(body["create_time"], json!((friday() + chrono::TimeDelta::seconds(3)).timestamp()));
    let content: Value = serde_json::from_str(body["content"].as_str().unwrap()).unwrap();
    assert_eq!(content, json!({"publish_id": id, "publish_type": "DIRECT_PUBLISH"}));
}

#[tokio::test]
async fn a_person_who_disconnects_ends_tokens_and_unfinished_posts() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let id = scene.posts(&token, &public(), b"latte").await;
    scene.tiktok.disconnect("harbour.cafe");
    assert_eq!(scene.status(&token, &id).await["error"]["code"], "access_token_invalid");
    let token = scene.token().await;
    assert_eq!(scene.status(&token, &id).await["data"]["fail_reason"], "auth_removed");
}

/// The documented signature, computed by the block.
fn signature(secret: &str, message: &str) -> String {
    let mut key = [0; 64];
    key[..secret.len()].copy_from_slice(secret.as_bytes());
    let padded = |with: u8| Sha256::new().chain_update(key.map(|byte| byte ^ with));
    let inner = padded(0x36).chain_update(message).finalize();
    hex::encode(padded(0x5c).chain_update(inner).finalize())
}

#[tokio::test]
async fn webhooks_can_come_in_the_wrong_order_and_badly_signed() {
    let scene = Scene::open().await;
    let token = scene.token().await;
    let (listener, address) = hosted(&scene).await;
    scene.tiktok.send_webhooks_to(Some(&address));
    let unseen = json!({"privacy_level": "SELF_ONLY"});
    let ids = [scene.posts(&token, &unseen, b"one").await, scene.posts(&token, &unseen, b"two").await];
    scene.tiktok.arm(Fault::next("webhook", Trouble::Reordered));
    scene.tiktok.arm(Fault::next("webhook", Trouble::BadSignature).after(1));
    scene.wait(3);
    scene.tiktok.tick();
    let stamp = (friday() + chrono::TimeDelta::seconds(3)).timestamp();
    for (id, well_signed) in [(&ids[1], false), (&ids[0], true)] {
        let (mut stream, request) = taken(&listener).await;
        stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n").await.unwrap();
        let body = request.split_once("\r\n\r\n").unwrap().1;
        assert!(body.contains(id.as_str()));
        let signature = signature("sandbox_secret", &format!("{stamp}.{body}"));
        assert_eq!(request.contains(&format!("TikTok-Signature: t={stamp},s={signature}\r\n")), well_signed);
    }
}

#[tokio::test]
async fn a_video_longer_than_the_account_allows_fails_in_processing() {
    let scene = Scene::open().await;
    scene.tiktok.change_creator("harbour.cafe", |creator| creator.max_duration_seconds = 60);
    let token = scene.token().await;
    let mut header = vec![0; 12];
    header.extend(1_000_u32.to_be_bytes());
    header.extend(61_000_u32.to_be_bytes());
    let boxed = |name: &str, body: &[u8]| {
        [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), name.as_bytes(), body].concat()
    };
    let id = scene.posts(&token, &public(), &boxed("moov", &boxed("mvhd", &header))).await;
    scene.wait(3);
    assert_eq!(scene.status(&token, &id).await["data"]["fail_reason"], "duration_check_failed");
}
