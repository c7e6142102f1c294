use proptest::prelude::*;

use super::*;
use crate::tiktok::{TikTokApp, http_client};

/// The published example of a signature.
const BODY: &str = concat!(
    r#"{"client_key":"sbx_key","event":"post.publish.complete","create_time":1700000000,"#,
    r#""user_openid":"sbx-open-id","content":"{\"publish_id\":\"v_pub_file~v2-1.1\",\"publish_type\":\"DIRECT_PUBLISH\"}"}"#
);
const SIGNED: &str = "t=1700000000,s=96358f18f78e9db6625dbea9da333c8fec5070df3324b517ef8d17cb2297eb49";

fn client() -> Client {
    let nowhere: url::Url = "http://127.0.0.1:9/".parse().unwrap();
    let app = TikTokApp {
        client_key: "sbx_key".to_owned(),
        client_secret: "sbx_secret".into(),
        api_url: nowhere.clone(),
        authorize_url: nowhere,
    };
    Client::new(app, http_client().unwrap())
}

fn then() -> DateTime<Utc> {
    DateTime::from_timestamp_secs(1_700_000_000).unwrap()
}

fn signed(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"sbx_secret").unwrap();
    mac.update(b"1700000000.");
    mac.update(body);
    format!("t=1700000000,s={}", hex::encode(mac.finalize().into_bytes()))
}

fn about(body: &str) -> Option<About> {
    client().hear(Some(&signed(body.as_bytes())), body.as_bytes(), then()).unwrap().map(|event| event.about)
}

#[test]
fn the_documented_signature_is_tiktoks_word() {
    let event = client().hear(Some(SIGNED), BODY.as_bytes(), then()).unwrap().unwrap();
    assert_eq!(event.about, About::Upload { publish_id: "v_pub_file~v2-1.1".to_owned() });
    assert_eq!(event.fingerprint, <[u8; 32]>::from(Sha256::digest(BODY)));
}

#[test]
fn a_signature_is_taken_for_as_long_as_tiktok_repeats_what_it_said() {
    let at = |hours, minutes| then() + TimeDelta::hours(hours) + TimeDelta::minutes(minutes);
    for (now, outcome) in [
        (at(0, -5), Ok(())),
        (at(0, -6), Err(Unproven::TooEarly)),
        (at(72, 59), Ok(())),
        (at(73, 1), Err(Unproven::TooOld)),
    ] {
        assert_eq!(client().hear(Some(SIGNED), BODY.as_bytes(), now).map(drop), outcome, "{now}");
    }
    const { assert!(REMEMBERED_FOR.num_minutes() > OLDEST.num_minutes() + MOST_AHEAD.num_minutes()) };
}

#[test]
fn whatever_is_not_signed_so_is_not_tiktoks_word() {
    let mac = &SIGNED["t=1700000000,s=".len()..];
    for wrong in [
        String::new(),
        "latte".to_owned(),
        format!("s={mac}"),
        "t=1700000000".to_owned(),
        "t=1700000000,s=".to_owned(),
        format!("t=1700000000,s={mac}00"),
        format!("t=1700000000,s={}", mac.to_uppercase()),
        format!("t=1700000000,t=1700000000,s={mac}"),
        format!("t=1700000000,s={mac},s={mac}"),
        format!("t=,s={mac}"),
        format!("t=+1700000000,s={mac}"),
        format!("t=-1,s={mac}"),
        format!("t=99999999999999999999,s={mac}"),
    ] {
        assert_eq!(client().hear(Some(&wrong), BODY.as_bytes(), then()), Err(Unproven::Unsigned), "{wrong}");
    }
    assert_eq!(client().hear(None, BODY.as_bytes(), then()), Err(Unproven::Unsigned));
    let forged = format!("t=1700000000,s={}", "0".repeat(64));
    assert_eq!(client().hear(Some(&forged), BODY.as_bytes(), then()), Err(Unproven::Forged));
    let elsewhen = format!("t=1700000001,s={mac}");
    assert_eq!(client().hear(Some(&elsewhen), BODY.as_bytes(), then()), Err(Unproven::Forged));
    assert!(client().hear(Some(&format!("{SIGNED},v=2")), BODY.as_bytes(), then()).is_ok(), "a sign of another sort");
}

#[test]
fn what_is_not_for_us_or_not_known_is_about_nothing() {
    let of = |event: &str, key: &str| {
        format!(r#"{{"client_key":"{key}","event":"{event}","user_openid":"o","content":"{{\"publish_id\":\"v\"}}"}}"#)
    };
    let upload = About::Upload { publish_id: "v".to_owned() };
    for event in ["failed", "complete", "completed", "inbox_delivered", "publicly_available"] {
        assert_eq!(about(&of(&format!("post.publish.{event}"), "sbx_key")), Some(upload.clone()), "{event}");
    }
    assert_eq!(about(&of("authorization.removed", "sbx_key")), Some(About::Authorization { open_id: "o".to_owned() }));
    for event in ["video.upload.failed", "post.publish.no_longer_publicaly_available", "tea.time"] {
        assert_eq!(about(&of(event, "sbx_key")), Some(About::Nothing), "{event}");
    }
    assert_eq!(about(&of("post.publish.complete", "another_app")), Some(About::Nothing));
    let plain = r#"{"event":"post.publish.complete","content":{"publish_id":"v","post_id":7}}"#;
    assert_eq!(about(plain), Some(upload));
}

#[test]
fn what_tiktok_said_and_nobody_can_read_is_told_apart() {
    let long = format!(r#"{{"event":"post.publish.complete","content":{{"publish_id":"{}"}}}}"#, "v".repeat(201));
    for odd in [
        "",
        "latte",
        "[]",
        r#"{"event":7}"#,
        r#"{"event":"post.publish.complete"}"#,
        r#"{"event":"post.publish.complete","content":"{"}"#,
        r#"{"event":"post.publish.complete","content":{"publish_id":7}}"#,
        r#"{"event":"authorization.removed"}"#,
        &long,
    ] {
        assert_eq!(about(odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn any_flipped_bit_is_refused(bit in any::<prop::sample::Index>(), in_body in any::<bool>()) {
        let (mut body, mut signature) = (BODY.as_bytes().to_vec(), SIGNED.as_bytes().to_vec());
        let place = if in_body { &mut body } else { &mut signature };
        let at = bit.index(place.len() * 8);
        place[at / 8] ^= 1 << (at % 8);
        // A header that is no text never comes this far.
        let signature = std::str::from_utf8(&signature).ok();
        prop_assert!(client().hear(signature, &body, then()).is_err());
    }

    #[test]
    fn nothing_but_the_exact_signature_passes(signature in "(t=[0-9]{0,12},s=[0-9a-f]{0,66}|.{0,90})", body in any::<Vec<u8>>()) {
        prop_assert!(client().hear(Some(&signature), &body, then()).is_err());
    }

    #[test]
    fn whatever_is_well_signed_is_read_or_told_apart(body in any::<Vec<u8>>(), text in ".{0,200}") {
        prop_assert!(client().hear(Some(&signed(&body)), &body, then()).is_ok());
        let content = serde_json::json!({ "event": "post.publish.complete", "content": text }).to_string();
        prop_assert!(client().hear(Some(&signed(content.as_bytes())), content.as_bytes(), then()).is_ok());
    }
}
