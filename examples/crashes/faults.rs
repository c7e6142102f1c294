//! Arms the local TikTok with trouble at random: about one call in three goes wrong.

use std::collections::BTreeMap;

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

/// The kinds of trouble that are armed, in the words of the local TikTok's journal.
pub(crate) const KINDS: [&str; 10] = [
    "lost_after",
    "lost_before",
    "reset_mid_answer",
    "reset_mid_body",
    "server_error",
    "held",
    "held_answer",
    "error_code",
    "revoke_token",
    "failed_in_processing",
];

/// Makes sure that each endpoint has troubles ahead. When calls come fast they need more of them at once, or most would
/// go well before this is called again.
pub(crate) fn arm(tiktok: &TikTok, chance: &mut Chance) {
    const AHEAD: usize = 6;
    let armed = tiktok.mischief().armed();
    for endpoint in ENDPOINTS {
        let there = armed.iter().filter(|fault| fault.on == endpoint).count();
        let mut after = armed.iter().filter(|fault| fault.on == endpoint).map(|fault| fault.after).max().unwrap_or(0);
        for _ in there..AHEAD {
            after += 1 + draw(chance, 4);
            tiktok.arm(Fault::next(endpoint, trouble(endpoint, chance)).after(after));
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
    match chance.within(0..8) {
        0..=2 => Trouble::LostAfter,
        3 | 4 => Trouble::LostBefore,
        5 => Trouble::ResetMidAnswer,
        6 => Trouble::ServerError { status: chance.one_of(&[500, 502, 503, 504]) },
        // Some slow answers outlast a lease, which is 0.4 s here.
        _ if chance.percent(50) => Trouble::Held { millis: Some(slowness(chance)) },
        _ => Trouble::HeldAnswer { millis: Some(slowness(chance)) },
    }
}

fn slowness(chance: &mut Chance) -> u64 {
    if chance.percent(20) { chance.within(400..700) } else { chance.within(20..200) }
}

/// A refusal with one of TikTok's codes.
pub(crate) fn refusal(code: &str) -> Trouble {
    Trouble::ErrorCode { code: code.to_owned(), status: None, message: None }
}

/// Lets whatever was stuck for a while come to its end.
pub(crate) fn unstick(tiktok: &TikTok, chance: &mut Chance) {
    for name in tiktok.stuck() {
        if chance.percent(20) {
            tiktok.finish_processing(&name);
        }
    }
}

/// How many calls met which trouble, and how many calls there were.
pub(crate) fn met(tiktok: &TikTok) -> (BTreeMap<String, usize>, usize) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let journal = tiktok.journal();
    for fault in journal.iter().filter_map(|entry| entry.fault.clone()) {
        *kinds.entry(fault).or_default() += 1;
    }
    let tasks = tiktok.tasks();
    let failed = tasks.iter().filter(|task| matches!(task.state, Stage::Failed { .. })).count();
    kinds.insert("failed_in_processing".to_owned(), failed);
    (kinds, journal.len())
}
