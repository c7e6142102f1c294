//! What a person reads after a command, a button or a form.

use chrono::{DateTime, Utc};

use super::{no, parts};
use crate::discord::buttons::cover_seconds;
use crate::discord::face::{Face, link_button, literal};
use crate::discord::look::{Standing, YES};
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
    Face::text(format!(
        "Upload the video on this page; it is yours alone and works until {}. The composer opens here afterwards.\n\
         hint: videos that fit into a Discord message go straight into the option `video`",
        parts::short(expires_at)
    ))
    .with_buttons(link_button("Upload a video", url).into_iter().collect())
}

/// The draft went to the reviewers.
#[must_use]
pub fn submitted(post: &Post, workspace: &Workspace) -> Face {
    let place = workspace.review_channel.map_or_else(String::new, |channel| format!(" in <#{channel}>"));
    let needs = parts::count(usize::from(workspace.approvals), "approval");
    let goes = parts::goes(post.delivery);
    let next = match post.due {
        Due::At(_) => format!("Once it has {needs}, it {goes} {}.", parts::due_in_zone(post)),
        Due::Asap => format!("It {goes} as soon as it has {needs}; after a day without, it lapses."),
    };
    Face::text(format!(
        "{} Submitted as post #{}. It is in review{place}.\n{next} TikTok may then take a few minutes to process it.",
        Standing::InReview.emoji(),
        post.number
    ))
}

/// The draft is gone.
#[must_use]
pub fn discarded(post: &Post) -> Face {
    Face::text(format!("Draft #{} is discarded. Nothing was sent to anybody.", post.number))
}

/// A reviewer's word arrived, about a post whose account is paused or not.
#[must_use]
pub fn judged(judged: Judged, post: &Post, is_paused: bool) -> Face {
    let number = post.number;
    Face::text(match (judged, post.stage()) {
        (Judged::Already, _) => format!("You have said so about post #{number} already; nothing has changed."),
        (Judged::Settled, PostStage::Declined) => {
            format!("{} Post #{number} is declined. Its author has been told.", Standing::Declined.emoji())
        }
        (Judged::Settled, _) if is_paused => format!(
            "{YES} Post #{number} is approved. Publishing is paused: should its time come before somebody resumes, it is \
             held, and somebody decides."
        ),
        (Judged::Settled, _) => {
            let (goes, when) = (parts::goes(post.delivery), parts::goes_out(post.due));
            format!("{YES} Post #{number} is approved and {goes} {when}.")
        }
        (Judged::Counts { missing: 0 }, _) => {
            format!("Noted. Post #{number} waits until the changes that were asked for are made.")
        }
        (Judged::Counts { missing }, _) => {
            format!("Noted. Post #{number} still needs {}.", parts::count(missing, "approval"))
        }
    })
}

/// A reviewer took an approval back.
#[must_use]
pub fn took_back(judged: Judged, post: &Post) -> Face {
    Face::text(match judged {
        Judged::Already => format!("There was no approval of yours on post #{}; nothing has changed.", post.number),
        Judged::Counts { .. } | Judged::Settled => {
            format!("Your approval of post #{} is taken back.", post.number)
        }
    })
}

/// A post was changed and is in review again.
#[must_use]
pub fn edited(post: &Post) -> Face {
    Face::text(format!(
        "Post #{} is changed and in review again; earlier verdicts are void. It is due {}.",
        post.number,
        parts::due_in_zone(post)
    ))
}

/// A post has another time and is in review again.
#[must_use]
pub fn moved(post: &Post) -> Face {
    Face::text(format!(
        "Post #{} is now due {}. It is in review again; earlier verdicts are void.",
        post.number,
        parts::due_in_zone(post)
    ))
}

/// A post was stopped.
#[must_use]
pub fn withdrawn(post: &Post) -> Face {
    Face::text(format!("{} Post #{} is withdrawn. Nothing goes out.", Standing::Withdrawn.emoji(), post.number))
}

/// A held post goes out after all.
#[must_use]
pub fn released(post: &Post) -> Face {
    Face::text(format!("Post #{} is published now, late as it is. Its card shows how that goes.", post.number))
}

/// Everything that was held goes out after all.
#[must_use]
pub fn released_all(count: usize) -> Face {
    Face::text(match count {
        0 => "Nothing is held any more; nothing has changed.".to_owned(),
        1 => "1 post is published now, late as it is. Its card shows how that goes.".to_owned(),
        _ => format!(
            "{} are published now, late as they are. Their cards show how that goes.",
            parts::count(count, "post")
        ),
    })
}

/// A publication is tried again.
#[must_use]
pub fn retried(post: &Post) -> Face {
    Face::text(format!("Post #{} is tried again now. Its card shows how that goes.", post.number))
}

/// Somebody said it is out.
#[must_use]
pub fn vouched(post: &Post) -> Face {
    Face::text(format!(
        "{} Post #{} counts as published, by your word. Nothing more is sent.",
        Standing::Published.emoji(),
        post.number
    ))
}

/// What was typed as a cover's place cannot be read, or lies behind the end.
#[must_use]
pub fn bad_cover(given: &str, longest_millis: Option<u64>) -> Face {
    let until = longest_millis
        .and_then(|millis| u32::try_from(millis).ok())
        .map_or_else(String::new, |millis| format!(", up to {}", cover_seconds(millis)));
    no(
        &format!("`{}` is no place in this video.", literal(given)),
        &format!("write the cover as seconds into the video, for example `2.5`{until}"),
    )
}
