//! A café on TikTok, its team, and a post in every state.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy, Scope};
use greenroom::domain::ids::{ChannelId, MemberId, RoleId, VerdictId, WorkspaceId};
use greenroom::domain::pause::Pause;
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::{
    Attempt, Next, Publication, PublicationState, Receipt, Setback, Stage, Upload, Whose,
};
use greenroom::domain::review::{Verdict, Word};
use greenroom::domain::video::{AudioCodec, Codec, Container, Video, VideoFacts};
use greenroom::domain::workspace::Workspace;

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-26T09:00:00Z".parse().expect("an instant")
}

pub(super) fn due() -> DateTime<Utc> {
    "2026-11-27T17:00:00Z".parse().expect("an instant")
}

pub(super) fn creator() -> CreatorInfo {
    CreatorInfo {
        nickname: "Harbour Café".into(),
        username: "harbour.cafe".into(),
        avatar_url: Some("https://p16.tiktokcdn.example/avatar.webp".into()),
        privacy_options: vec![Privacy::PublicToEveryone, Privacy::MutualFollowFriends, Privacy::SelfOnly],
        comment_disabled: false,
        duet_disabled: true,
        stitch_disabled: false,
        max_duration_seconds: Some(600),
    }
}

pub(super) fn account() -> Account {
    Account {
        id: "01930c0d5e0d7000800000000000000a".parse().expect("an id"),
        workspace: WorkspaceId(7),
        open_id: "open".into(),
        username: "harbour.cafe".into(),
        nickname: "Harbour Café".into(),
        scopes: Scope::ALL.into_iter().collect(),
        delivery: Delivery::Direct,
        health: Health::Connected,
        access_expires_at: now() + TimeDelta::hours(20),
        refresh_expires_at: now() + TimeDelta::days(300),
        renewed_at: now(),
        connected_by: MemberId(11),
        connected_at: now() - TimeDelta::days(65),
    }
}

pub(super) fn video() -> Video {
    Video {
        id: "04930c0d5e0d7000800000000000000a".parse().expect("an id"),
        workspace: WorkspaceId(7),
        sha256: [7; 32],
        size_bytes: 8_412_331,
        facts: VideoFacts {
            container: Container::Mp4,
            codec: Codec::H264,
            coded_width: 1080,
            coded_height: 1920,
            width: 1080,
            height: 1920,
            turn_degrees: 0,
            duration_millis: Some(15_000),
            frames_per_second_milli: Some(30_000),
            peak_frames_per_second_milli: Some(30_000),
            audio: Some(AudioCodec::Aac),
        },
        file_name: "latte_final.mp4".into(),
        key: "videos/07".into(),
        created_by: MemberId(12),
        created_at: now(),
    }
}

pub(super) fn workspace() -> Workspace {
    Workspace {
        reviewer_role: Some(RoleId(50)),
        review_channel: Some(ChannelId(60)),
        zone: Tz::Europe__Berlin,
        approvals: 2,
        next_digest_at: Some(now() + TimeDelta::hours(23)),
        ..Workspace::new(WorkspaceId(7), "Harbour".into())
    }
}

pub(super) fn draft() -> Post {
    Post {
        id: "02930c0d5e0d7000800000000000000a".parse().expect("an id"),
        workspace: WorkspaceId(7),
        number: 42,
        author: MemberId(12),
        author_name: "mia".into(),
        delivery: Delivery::Direct,
        account: account().id,
        video: video().id,
        video_sha256: [7; 32],
        caption: Caption::new("Friday latte ☕\n#harbour *fresh*").expect("a caption"),
        choices: Choices::default(),
        due: Due::At(due()),
        zone: Tz::Europe__Berlin,
        creator: creator(),
        warnings: Vec::new(),
        in_spite_of: Vec::new(),
        state: PostState::Draft,
        verdicts: Vec::new(),
        created_at: now(),
        version: 1,
    }
}

/// The draft with everything chosen, in review.
pub(super) fn in_review() -> Post {
    let choices =
        Choices { privacy: Some(Privacy::PublicToEveryone), comments: true, cover_millis: 2_500, ..Choices::default() };
    Post { choices, state: PostState::InReview { since: now() }, ..draft() }
}

pub(super) fn with_verdicts(mut post: Post, words: &[(&str, Word)]) -> Post {
    let revision = post.revision();
    post.verdicts = (20..)
        .zip(words)
        .map(|(id, (name, word))| Verdict {
            id: VerdictId::new(now()),
            by: MemberId(id),
            by_name: (*name).into(),
            revision,
            word: word.clone(),
            as_manager: false,
            reacted: false,
            at: now(),
        })
        .collect();
    post
}

pub(super) fn approved() -> Post {
    let post = with_verdicts(in_review(), &[("rui", Word::Approve), ("kim", Word::Approve)]);
    Post { state: PostState::Approved { at: now() }, ..post }
}

pub(super) fn publication(state: PublicationState) -> Publication {
    Publication {
        id: "03930c0d5e0d7000800000000000000a".parse().expect("an id"),
        workspace: WorkspaceId(7),
        post: draft().id,
        account: account().id,
        revision: approved().revision(),
        due_at: due(),
        attempts: 1,
        moved_to: None,
        state,
    }
}

pub(super) fn setback(whose: Whose, next: Next) -> Setback {
    Setback {
        code: "picture_size_check_failed".into(),
        said: "TikTok does not take the size of this picture.".into(),
        hint: "export the video as 1080×1920 and hand it in again".into(),
        whose,
        next,
    }
}

pub(super) fn receipt(url: Option<&str>) -> Receipt {
    Receipt { publish_id: "v_pub_1".into(), post_id: None, url: url.map(str::to_owned) }
}

fn attempt(number: u32, stage: Stage) -> Attempt {
    Attempt { id: "05930c0d5e0d7000800000000000000a".parse().expect("an id"), number, started_at: due(), stage }
}

fn upload() -> Upload {
    Upload {
        publish_id: "v_pub_1".into(),
        sealed_url: Vec::new(),
        issued_at: due(),
        size_bytes: 1_000,
        chunk_bytes: 200,
        chunk_count: 5,
    }
}

/// A pause of everything, by somebody of that name.
pub(super) fn paused(by_name: &str, reason: Option<&str>) -> Pause {
    Pause {
        workspace: WorkspaceId(7),
        account: None,
        by: MemberId(20),
        by_name: by_name.into(),
        reason: reason.map(str::to_owned),
        since: now(),
    }
}

/// Every way a publication can stand.
pub(super) fn publications() -> Vec<Publication> {
    let at = due();
    let uploading = Stage::Uploading { upload: upload(), sent_bytes: 400 };
    let url = "https://www.tiktok.com/@harbour.cafe/video/7123";
    [
        PublicationState::Scheduled { wake_at: at, setback: None },
        PublicationState::Scheduled {
            wake_at: at + TimeDelta::minutes(2),
            setback: Some(setback(Whose::TikTok, Next::Later { at_least_seconds: 0 })),
        },
        PublicationState::Publishing { attempt: attempt(1, Stage::Opening), resume_at: at },
        PublicationState::Publishing { attempt: attempt(2, uploading), resume_at: at },
        PublicationState::Publishing { attempt: attempt(1, Stage::Committing { upload: upload() }), resume_at: at },
        PublicationState::Processing {
            attempt: attempt(1, Stage::Delivered { upload: upload() }),
            asked: 3,
            since: at,
            ask_at: at,
        },
        PublicationState::Published { receipt: receipt(Some(url)), at, ask_at: None },
        PublicationState::Published { receipt: receipt(None), at, ask_at: Some(at) },
        PublicationState::InInbox { receipt: receipt(None), at, ask_at: None },
        PublicationState::Failed { setback: setback(Whose::Author, Next::Never), at },
        PublicationState::Failed { setback: setback(Whose::Manager, Next::Never), at },
        PublicationState::Failed { setback: setback(Whose::Operator, Next::Never), at },
        PublicationState::Failed { setback: setback(Whose::TikTok, Next::Never), at },
        PublicationState::Unclear { setback: setback(Whose::TikTok, Next::Unclear), publish_id: None, at },
        PublicationState::Cancelled { at },
        PublicationState::Held { since: at + TimeDelta::hours(2) },
    ]
    .map(publication)
    .to_vec()
}
