//! People, a post in every stage, a publication in every place.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use greenroom::domain::account::Delivery;
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy};
use greenroom::domain::ids::{MemberId, PostId, RoleId, VideoId, WorkspaceId};
use greenroom::domain::post::{Due, Edit, Post, PostStage, PostState, SubmitRules};
use greenroom::domain::publication::{Next, Publication, Receipt, Setback, Upload, Whose};
use greenroom::domain::review::{Member, ReviewPolicy, Reviewer};
use greenroom::domain::schedule::Window;
use greenroom::domain::workspace::Workspace;

pub(crate) const TEAM: WorkspaceId = WorkspaceId(7);
const ROLE: RoleId = RoleId(5);
pub(crate) const WINDOW: Window = Window {
    min_lead: std::time::Duration::from_secs(15 * 60),
    max_ahead: std::time::Duration::from_secs(30 * 24 * 60 * 60),
    maintenance: Vec::new(),
};
pub(crate) const RULES: SubmitRules<'static> = SubmitRules { window: &WINDOW, audited: true };

/// So many minutes after the stories begin.
pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 4, 17, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) const fn policy(approvals: u8) -> ReviewPolicy {
    ReviewPolicy { approvals, self_review: false }
}

fn person(id: u64, name: &str) -> Member {
    Member { id: MemberId(id), workspace: TEAM, name: name.into(), roles: vec![ROLE], manages: false, link: None }
}

/// The author of every post here.
pub(crate) fn mia() -> Member {
    person(1, "mia")
}

/// Somebody who may judge; a number for each.
pub(crate) fn reviewer(number: u64) -> Reviewer {
    proof(&person(10 + number, &format!("reviewer {number}")))
}

pub(crate) fn proof(member: &Member) -> Reviewer {
    let team = Workspace { reviewer_role: Some(ROLE), ..Workspace::new(TEAM, "Harbour".into()) };
    Reviewer::of(member, &team).expect("they hold the role")
}

/// A draft of Mia's, due in an hour.
pub(crate) fn draft() -> Post {
    Post {
        id: PostId::new(at(0)),
        workspace: TEAM,
        number: 42,
        author: mia().id,
        author_name: "mia".into(),
        delivery: Delivery::Direct,
        // The same every time: it is part of the revision.
        account: "0190000000007000800000000000000a".parse().unwrap(),
        video: VideoId::new(at(0)),
        video_sha256: [7; 32],
        caption: Caption::new("Friday latte").unwrap(),
        choices: Choices { privacy: Some(Privacy::PublicToEveryone), ..Choices::default() },
        due: Due::At(at(60)),
        zone: chrono_tz::Europe::Lisbon,
        creator: CreatorInfo {
            nickname: "Harbour".into(),
            username: "harbour.cafe".into(),
            avatar_url: None,
            privacy_options: Privacy::ALL.to_vec(),
            comment_disabled: false,
            duet_disabled: false,
            stitch_disabled: false,
            max_duration_seconds: Some(600),
        },
        warnings: Vec::new(),
        in_spite_of: Vec::new(),
        state: PostState::Draft,
        verdicts: Vec::new(),
        created_at: at(0),
        version: 0,
    }
}

/// The same post in review since the beginning.
pub(crate) fn in_review() -> Post {
    draft().submit(&mia(), RULES, at(0)).expect("the draft is complete")
}

/// The same post in a stage.
pub(crate) fn post_in(stage: PostStage) -> Post {
    let state = match stage {
        PostStage::Draft => return draft(),
        PostStage::InReview => PostState::InReview { since: at(0) },
        PostStage::Approved => PostState::Approved { at: at(1) },
        PostStage::Declined => PostState::Declined { at: at(1) },
        PostStage::Lapsed => PostState::Lapsed { at: at(1) },
        PostStage::Withdrawn => PostState::Withdrawn { at: at(1) },
    };
    Post { state, ..draft() }
}

pub(crate) fn saying(caption: &str) -> Edit {
    Edit { caption: Some(Caption::new(caption).unwrap()), ..Edit::default() }
}

pub(crate) fn upload() -> Upload {
    Upload {
        publish_id: "v_pub_1".into(),
        sealed_url: vec![1],
        issued_at: at(60),
        size_bytes: 100,
        chunk_bytes: 50,
        chunk_count: 2,
    }
}

pub(crate) fn receipt() -> Receipt {
    Receipt { publish_id: "v_pub_1".into(), post_id: None, url: None }
}

pub(crate) fn setback(next: Next) -> Setback {
    Setback { code: "odd".into(), said: "Odd.".into(), hint: "wait".into(), whose: Whose::TikTok, next }
}

pub(crate) const LATER: Next = Next::Later { at_least_seconds: 0 };

/// A publication that is due now, an hour after the beginning.
pub(crate) fn scheduled() -> Publication {
    Publication::of(&post_in(PostStage::Approved), at(1))
}

pub(crate) fn opening() -> Publication {
    scheduled().start(at(60)).expect("its time has come")
}

pub(crate) fn uploading() -> Publication {
    opening().open(upload()).unwrap()
}

pub(crate) fn committing() -> Publication {
    uploading().commit(at(60)).unwrap()
}

pub(crate) fn processing() -> Publication {
    committing().deliver(at(60)).unwrap()
}

/// One publication for every place one can be in, by the name of the place.
pub(crate) fn places() -> Vec<(&'static str, Publication)> {
    vec![
        ("scheduled", scheduled()),
        ("opening", opening()),
        ("uploading", uploading()),
        ("committing", committing()),
        ("processing", processing()),
        ("published", processing().confirm(receipt(), true, at(61)).unwrap()),
        ("in_inbox", processing().arrive_in_inbox(receipt(), at(61)).unwrap()),
        ("held", scheduled().hold(at(90)).unwrap()),
        ("failed", uploading().meet(setback(Next::Never), at(61)).unwrap()),
        ("unclear", committing().meet(setback(Next::Unclear), at(61)).unwrap()),
        ("cancelled", scheduled().cancel(at(59)).unwrap()),
    ]
}
