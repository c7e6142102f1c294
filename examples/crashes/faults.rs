//! Arms the local TikTok with trouble at random: about one call in three goes wrong.

use greenroom::sandbox::mischief::{Fault, Trouble};
use greenroom::sandbox::tiktok::{Stage, TikTok};

use crate::chance::Chance;

/// Every endpoint a worker calls, with what only happens there.
const ENDPOINTS: [&str; 5] = ["token", "creator_info", "video_init", "upload", "status"];

/// Why TikTok says a post failed; `internal` is the one that is tried again.
const FAIL_REASONS: [&str; 13] = [
    "internal",
    "file_format_check_failed",
    "duration_check_failed",
    "frame_rate_check_failed",
    "picture_size_check_failed",
    "video_pull_failed",
    "photo_pull_failed",
    "publish_cancelled",
    "auth_removed",
    "spam_risk_too_many_posts",
    "spam_risk_user_banned_from_posting",
    "spam_risk_text",
    "spam_risk",
];

/// Makes sure that each endpoint has a trouble ahead.
pub(crate) fn arm(tiktok: &TikTok, chance: &mut Chance) {
    let armed = tiktok.mischief().armed();
    for endpoint in ENDPOINTS {
        if !armed.iter().any(|fault| fault.on == endpoint) {
            let trouble = trouble(endpoint, chance);
            tiktok.arm(Fault::next(endpoint, trouble).after(draw(chance, 4)));
        }
    }
    if !armed.iter().any(|fault| fault.on == "processing") {
        let trouble = if chance.percent(40) {
            Trouble::Stuck
        } else if chance.percent(40) {
            Trouble::Fail { reason: "internal".to_owned() }
        } else {
            Trouble::Fail { reason: chance.one_of(&FAIL_REASONS).to_owned() }
        };
        tiktok.arm(Fault::next("processing", trouble).after(draw(chance, 10)));
    }
}

fn draw(chance: &mut Chance, below: u64) -> u32 {
    u32::try_from(chance.within(0..below)).unwrap_or(0)
}

fn trouble(endpoint: &str, chance: &mut Chance) -> Trouble {
    if endpoint == "upload" {
        if chance.percent(3) {
            return Trouble::ExpireUpload;
        }
        if chance.percent(15) {
            return Trouble::ResetMidBody { after_bytes: chance.within(0..19_000) };
        }
    }
    let carries_token = matches!(endpoint, "creator_info" | "video_init" | "status");
    if carries_token && chance.percent(15) {
        return if chance.percent(50) { Trouble::RevokeToken } else { refusal("rate_limit_exceeded") };
    }
    match chance.within(0..6) {
        0 | 1 => Trouble::LostAfter,
        2 => Trouble::LostBefore,
        3 => Trouble::ResetMidAnswer,
        4 => Trouble::ServerError { status: chance.one_of(&[500, 502, 503, 504]) },
        _ if chance.percent(50) => Trouble::Held { millis: Some(chance.within(50..700)) },
        _ => Trouble::HeldAnswer { millis: Some(chance.within(50..700)) },
    }
}

fn refusal(code: &str) -> Trouble {
    Trouble::ErrorCode { code: code.to_owned(), status: None, message: None }
}

/// Lets whatever was stuck for a while come to its end.
pub(crate) fn unstick(tiktok: &TikTok, chance: &mut Chance) {
    for task in tiktok.ledger() {
        if task.state == (Stage::Processing { ends_at: None }) && chance.percent(20) {
            tiktok.finish_processing(&task.publish_id);
        }
    }
}

/// How many calls met trouble so far, and how many calls there were.
pub(crate) fn met(tiktok: &TikTok) -> (usize, usize) {
    let journal = tiktok.journal();
    (journal.iter().filter(|entry| entry.fault.is_some()).count(), journal.len())
}
