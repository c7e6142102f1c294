//! What a person reads after a command, a button or a form.

use chrono::{DateTime, Utc};

use super::{no, parts};
use crate::discord::buttons::cover_seconds;
use crate::discord::face::{Face, link_button, literal};
use crate::discord::look::{Standing, WARNING, YES};
use crate::domain::post::{Due, Judged, Post, PostStage};
use crate::domain::workspace::Workspace;
use crate::say;

/// `/schedule` is bringing the video home; the percentage is absent while the size is unknown.
#[must_use]
pub fn fetching(percent: Option<u8>) -> Face {
    Face::text(match percent {
        Some(percent) => say!("replies-fetching-percent", percent = percent.min(100)),
        None => say!("replies-fetching"),
    })
}

/// `/schedule` is checking the video.
#[must_use]
pub fn checking() -> Face {
    Face::text(say!("replies-checking"))
}

/// `/schedule` without a video: a personal page takes files too big for Discord.
#[must_use]
pub fn upload_link(url: &str, expires_at: DateTime<Utc>) -> Face {
    let button = link_button(&say!("replies-upload-button"), url);
    Face::text(say!("replies-upload-link", until = parts::short(expires_at))).with_buttons(button.into_iter().collect())
}

/// The draft went to the reviewers, who may not see it where the bot lacks permissions.
#[must_use]
pub fn submitted(post: &Post, workspace: &Workspace, lacking: &[String]) -> Face {
    let (emoji, number) = (Standing::InReview.emoji(), post.number);
    let said = match workspace.review_channel {
        Some(channel) => {
            say!("replies-submitted-in", emoji = emoji, number = number, channel = format!("<#{channel}>"))
        }
        None => say!("replies-submitted", emoji = emoji, number = number),
    };
    let (count, delivery) = (workspace.approvals, post.delivery.word());
    let next = match post.due {
        Due::At(_) => {
            say!("replies-submitted-at", count = count, delivery = delivery, when = parts::due_in_zone(post))
        }
        Due::Asap => say!("replies-submitted-asap", count = count, delivery = delivery),
    };
    let said = format!("{said}\n{next} {}", say!("replies-submitted-then"));
    if lacking.is_empty() {
        return Face::text(said);
    }
    Face::text(format!("{said}\n{}", say!("replies-submitted-unseen", warning = WARNING, missing = lacking.join(", "))))
}

/// The draft is gone.
#[must_use]
pub fn discarded(post: &Post) -> Face {
    Face::text(say!("replies-discarded", number = post.number))
}

/// A reviewer's word arrived, about a post whose account is paused or not.
#[must_use]
pub fn judged(judged: Judged, post: &Post, is_paused: bool) -> Face {
    let number = post.number;
    Face::text(match (judged, post.stage()) {
        (Judged::Already, _) => say!("replies-judged-already", number = number),
        (Judged::Settled, PostStage::Declined) => {
            say!("replies-judged-declined", emoji = Standing::Declined.emoji(), number = number)
        }
        (Judged::Settled, _) if is_paused => say!("replies-judged-paused", yes = YES, number = number),
        (Judged::Settled, _) => say!(
            "replies-judged-approved",
            yes = YES,
            number = number,
            delivery = post.delivery.word(),
            due = parts::due_word(post.due),
            when = parts::due_briefly(post.due),
        ),
        (Judged::Counts { missing: 0 }, _) => say!("replies-judged-waits", number = number),
        (Judged::Counts { missing }, _) => say!("replies-judged-needs", number = number, count = missing),
    })
}

/// A reviewer took an approval back.
#[must_use]
pub fn took_back(judged: Judged, post: &Post) -> Face {
    Face::text(match judged {
        Judged::Already => say!("replies-took-back-nothing", number = post.number),
        Judged::Counts { .. } | Judged::Settled => say!("replies-took-back", number = post.number),
    })
}

/// A post was changed and is in review again.
#[must_use]
pub fn edited(post: &Post) -> Face {
    Face::text(say!(
        "replies-edited",
        number = post.number,
        due = parts::due_word(post.due),
        when = parts::due_in_zone(post),
    ))
}

/// A post has another time and is in review again.
#[must_use]
pub fn moved(post: &Post) -> Face {
    Face::text(say!(
        "replies-moved",
        number = post.number,
        due = parts::due_word(post.due),
        when = parts::due_in_zone(post),
    ))
}

/// A post was stopped.
#[must_use]
pub fn withdrawn(post: &Post) -> Face {
    Face::text(say!("replies-withdrawn", emoji = Standing::Withdrawn.emoji(), number = post.number))
}

/// A held post goes out after all.
#[must_use]
pub fn released(post: &Post) -> Face {
    Face::text(say!("replies-released", number = post.number))
}

/// Everything that was held goes out after all.
#[must_use]
pub fn released_all(count: usize) -> Face {
    Face::text(say!("replies-released-all", count = count))
}

/// A publication is tried again.
#[must_use]
pub fn retried(post: &Post) -> Face {
    Face::text(say!("replies-retried", number = post.number))
}

/// Somebody said it is out.
#[must_use]
pub fn vouched(post: &Post) -> Face {
    Face::text(say!("replies-vouched", emoji = Standing::Published.emoji(), number = post.number))
}

/// What was typed as a cover's place cannot be read, or lies behind the end.
#[must_use]
pub fn bad_cover(given: &str, longest_millis: Option<u64>) -> Face {
    let hint = match longest_millis.and_then(|millis| u32::try_from(millis).ok()) {
        Some(millis) => say!("replies-bad-cover-hint-most", most = cover_seconds(millis)),
        None => say!("replies-bad-cover-hint"),
    };
    no(&say!("replies-bad-cover", given = literal(given)), &hint)
}
