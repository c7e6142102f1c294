//! Every code and what follows from it.

use std::time::Duration;

use greenroom::domain::publication::Whose::{self, Author, Manager, Operator, TikTok};
use greenroom::tiktok::trouble::Next::{self, Later, Never, Reconnect, Renew, Unclear};
use greenroom::tiktok::trouble::{Kind, Trouble};
use tokio::task::JoinSet;

use super::desk::{Answer, Desk, hangs_up, nobody};
use super::{access, client, latte, small_plan};

const MINUTE: Next = Later(Some(Duration::from_secs(60)));
const HOUR: Next = Later(Some(Duration::from_secs(3600)));
const DAY: Next = Later(Some(Duration::from_secs(24 * 3600)));

#[derive(Debug, Clone, Copy)]
enum Call {
    CreatorInfo,
    OpenDirect,
    OpenDraft,
    Status,
    User,
    Videos,
}

async fn refused(desk: &Desk, call: Call) -> Trouble {
    let (client, access) = (client(&desk.address), access());
    let refused = match call {
        Call::CreatorInfo => client.creator_info(&access).await.map(drop),
        Call::OpenDirect => client.open_direct(&access, &latte(), &small_plan()).await.map(drop),
        Call::OpenDraft => client.open_draft(&access, &small_plan()).await.map(drop),
        Call::Status => client.status(&access, "v_pub_file~v2-1.1").await.map(drop),
        Call::User => client.user(&access, &Default::default()).await.map(drop),
        Call::Videos => client.videos(&access, None).await.map(drop),
    };
    refused.expect_err("a refusal")
}

#[tokio::test]
async fn every_documented_code_leads_to_its_decision() {
    use Call::{CreatorInfo, OpenDirect, OpenDraft, Status, User, Videos};
    let table: &[(&[Call], u16, &str, Next, Whose)] = &[
        (&[CreatorInfo], 200, "spam_risk_too_many_posts", HOUR, Manager),
        (&[OpenDirect], 403, "spam_risk_too_many_posts", HOUR, Manager),
        (&[CreatorInfo], 200, "spam_risk_user_banned_from_posting", Never, Manager),
        (&[OpenDirect, OpenDraft], 403, "spam_risk_user_banned_from_posting", Never, Manager),
        (&[CreatorInfo], 200, "reached_active_user_cap", DAY, Operator),
        (&[OpenDirect], 403, "reached_active_user_cap", DAY, Operator),
        (&[CreatorInfo, OpenDirect, OpenDraft], 400, "invalid_param", Never, Author),
        (&[Status], 400, "invalid_param", Unclear, Author),
        (&[OpenDirect, OpenDraft, User, Videos], 400, "invalid_params", Never, Author),
        (&[Status], 400, "invalid_publish_id", Unclear, Author),
        (&[Status], 400, "token_not_authorized_for_specified_publish_id", Unclear, Operator),
        (&[Status], 400, "publish_not_cancellable", Unclear, TikTok),
        (&[Status], 400, "a_code_of_tomorrow", Unclear, TikTok),
        (&[OpenDraft], 400, "app_version_check_failed", Never, Manager),
        (&[OpenDirect], 400, "invalid_file_upload", Never, Author),
        (&[User, Videos], 400, "scope_permission_missed", Reconnect, Manager),
        (&[CreatorInfo, OpenDirect, OpenDraft, Status, User, Videos], 401, "access_token_invalid", Renew, Manager),
        (&[CreatorInfo, OpenDirect, OpenDraft, Status, User, Videos], 401, "scope_not_authorized", Reconnect, Manager),
        (&[OpenDirect], 403, "unaudited_client_can_only_post_to_private_accounts", Never, Operator),
        (&[OpenDirect], 403, "url_ownership_unverified", Never, Operator),
        (&[OpenDirect], 403, "privacy_level_option_mismatch", Never, Author),
        (&[OpenDraft], 403, "spam_risk_too_many_pending_share", DAY, Manager),
        (&[CreatorInfo, OpenDirect, OpenDraft, Status, User, Videos], 429, "rate_limit_exceeded", MINUTE, TikTok),
        (&[CreatorInfo, OpenDirect, OpenDraft, Status, User, Videos], 500, "internal_error", Later(None), TikTok),
        (&[OpenDirect], 400, "a_code_of_tomorrow", Never, TikTok),
        (&[OpenDirect], 503, "a_code_of_tomorrow", Later(None), TikTok),
    ];
    let desk = Desk::open().await;
    for (calls, status, code, next, whose) in table {
        for call in *calls {
            desk.says(Answer::refusal(*status, code));
            let trouble = refused(&desk, *call).await;
            let case = format!("{call:?} {status} {code}");
            assert_eq!((trouble.next, trouble.whose(), trouble.code.as_str()), (*next, *whose, *code), "{case}");
            assert_eq!(trouble.log_id.as_deref(), Some("20261122"), "{case}");
            assert_eq!(trouble.said, "a message", "{case}");
            assert_eq!(trouble.may_have_happened, *status >= 500, "{case}");
            assert_eq!(trouble.is_app_wide(), *code == "reached_active_user_cap", "{case}");
        }
    }
}

#[tokio::test]
async fn answers_that_are_not_tiktoks_pass_or_may_pass() {
    let desk = Desk::open().await;
    for (status, body, kind, next) in [
        (502, "<html>Bad Gateway</html>", Kind::InternalError, Later(None)),
        (503, "", Kind::InternalError, Later(None)),
        (429, "slow", Kind::RateLimitExceeded, MINUTE),
        (200, "<html>Welcome to the hotel</html>", Kind::Unreadable, Later(None)),
        (404, "404 page not found", Kind::Unreadable, Later(None)),
        (302, "", Kind::Unreadable, Later(None)),
        (200, r#"{"data":{"publish_id":"p"},"error":{"code":"ok"}}"#, Kind::Unreadable, Later(None)),
    ] {
        let mut answer = Answer::new(status, body);
        answer.headers.push(("location", "http://127.0.0.1:1/elsewhere".to_owned()));
        desk.says(answer);
        let trouble = refused(&desk, Call::OpenDirect).await;
        assert_eq!((trouble.kind, trouble.next), (kind, next), "{status} {body}");
    }
}

#[tokio::test]
async fn every_oauth_error_leads_to_its_decision_whatever_the_status() {
    let desk = Desk::open().await;
    let client = client(&desk.address);
    for (code, next, whose) in [
        ("access_denied", Never, Manager),
        ("invalid_client", Never, Operator),
        ("invalid_grant", Reconnect, Manager),
        ("invalid_request", Never, Operator),
        ("invalid_scope", Never, Operator),
        ("unauthorized_client", Never, Operator),
        ("unsupported_grant_type", Never, Operator),
        ("unsupported_response_type", Never, Operator),
        ("server_error", Later(None), TikTok),
        ("temporarily_unavailable", Later(None), TikTok),
    ] {
        for status in [200, 400, 401] {
            let body = serde_json::json!({ "error": code, "error_description": "why", "log_id": "7" }).to_string();
            for _ in 0..3 {
                desk.says(Answer::new(status, body.clone()));
            }
            let redirect = "https://greenroom.example/callback".parse().unwrap();
            let troubles = [
                client.exchange(&"code".into(), &redirect, None).await.map(drop).unwrap_err(),
                client.renew(&"rft.old".into()).await.map(drop).unwrap_err(),
                client.revoke(&access()).await.unwrap_err(),
            ];
            for trouble in troubles {
                assert_eq!((trouble.next, trouble.whose()), (next, whose), "{status} {code}");
                assert_eq!((trouble.said.as_str(), trouble.log_id.as_deref()), ("why", Some("7")));
                assert_eq!(trouble.is_app_wide(), matches!(code, "invalid_client" | "unauthorized_client"));
            }
        }
    }
}

#[tokio::test]
async fn a_lost_answer_says_that_it_may_have_happened() {
    let mut serving = JoinSet::new();
    let address = hangs_up(&mut serving).await;
    let trouble = client(&address).open_direct(&access(), &latte(), &small_plan()).await.unwrap_err();
    assert_eq!((trouble.kind, trouble.next, trouble.may_have_happened), (Kind::NoAnswer, Later(None), true));
    let trouble = client(&address).renew(&"rft.old".into()).await.unwrap_err();
    assert!(trouble.may_have_happened);
    assert!(!trouble.to_string().contains(&address), "{trouble}");
}

#[tokio::test]
async fn a_call_that_never_left_did_not_happen() {
    let trouble = client(&nobody().await).open_draft(&access(), &small_plan()).await.unwrap_err();
    assert_eq!((trouble.kind, trouble.next, trouble.may_have_happened), (Kind::NoAnswer, Later(None), false));
}
