//! What stories begin with: a team, its account, a video, a post.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy, Scopes};
use greenroom::domain::ids::{
    AccountId, AttemptId, MemberId, PostId, PublicationId, RoleId, VerdictId, VideoId, WorkspaceId,
};
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::{Attempt, Publication, PublicationState, Stage, Upload};
use greenroom::domain::review::{Verdict, Word};
use greenroom::domain::video::Video;
use greenroom::domain::workspace::Workspace;
use greenroom::store::Store;

pub(crate) const TEAM: WorkspaceId = WorkspaceId(u64::MAX - 6);
pub(crate) const MIA: MemberId = MemberId(11);
pub(crate) const RUI: MemberId = MemberId(12);
pub(crate) const KIM: MemberId = MemberId(13);

/// So many minutes after the stories begin.
pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 4, 17, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// A team with one account, ready to post.
pub(crate) struct Team {
    pub(crate) account: Account,
    pub(crate) video: Video,
}

impl Team {
    pub(crate) async fn moves_in(store: &Store) -> Self {
        let account = account(TEAM, "open-harbour", "harbour.cafe");
        let video = video();
        let mut tx = store.begin().await.unwrap();
        tx.ensure_workspace(TEAM, "Harbour", at(0)).await.unwrap();
        tx.save_account(&account).await.unwrap();
        tx.add_video(&video).await.unwrap();
        tx.commit().await.unwrap();
        Self { account, video }
    }

    /// A post of the team's account and video, not kept yet.
    pub(crate) fn post(&self, number: i64, state: PostState) -> Post {
        post(&self.account, &self.video, number, state)
    }

    /// A post that was put before the reviewers at the beginning.
    pub(crate) async fn in_review(&self, store: &Store, number: i64) -> Post {
        let post = self.post(number, PostState::InReview { since: at(0) });
        let mut tx = store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        tx.commit().await.unwrap();
        post
    }

    /// A kept, approved post with its publication, due at that time.
    pub(crate) async fn approved(&self, store: &Store, number: i64, due: DateTime<Utc>) -> (Post, Publication) {
        let post = Post { due: Due::At(due), ..self.post(number, PostState::Approved { at: at(0) }) };
        let publication = Publication::of(&post, at(0));
        let mut tx = store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        tx.add_publication(&publication).await.unwrap();
        tx.commit().await.unwrap();
        (post, publication)
    }
}

pub(crate) fn workspace_set_up() -> Workspace {
    Workspace {
        reviewer_role: Some(RoleId(u64::MAX)),
        approvals: 2,
        self_review: true,
        zone: chrono_tz::Australia::Lord_Howe,
        digest_time: chrono::NaiveTime::from_hms_opt(9, 30, 0).unwrap(),
        next_digest_at: Some(at(60)),
        ..Workspace::new(TEAM, "Harbour".into())
    }
}

pub(crate) fn account(workspace: WorkspaceId, open_id: &str, username: &str) -> Account {
    Account {
        id: AccountId::new(at(0)),
        workspace,
        open_id: open_id.into(),
        username: username.into(),
        nickname: "Harbour Café ☕".into(),
        scopes: Scopes::parse("user.info.basic,video.publish"),
        delivery: Delivery::Direct,
        health: Health::Connected,
        access_expires_at: at(24 * 60),
        refresh_expires_at: at(365 * 24 * 60),
        renewed_at: at(0),
        connected_by: RUI,
        connected_at: at(0),
    }
}

pub(crate) fn video() -> Video {
    let facts = serde_json::json!({
        "container": "mp4", "codec": "h264", "coded_width": 1080, "coded_height": 1920, "width": 1080, "height": 1920,
        "turn_degrees": 0, "duration_millis": 15_000, "frames_per_second_milli": 24_000,
        "peak_frames_per_second_milli": 24_000, "audio": "aac",
    });
    Video {
        id: VideoId::new(at(0)),
        workspace: TEAM,
        sha256: [7; 32],
        size_bytes: 19_000_000,
        facts: serde_json::from_value(facts).unwrap(),
        file_name: "latte.mp4".into(),
        key: "videos/07/latte".into(),
        created_by: MIA,
        created_at: at(0),
    }
}

pub(crate) fn post(account: &Account, video: &Video, number: i64, state: PostState) -> Post {
    Post {
        id: PostId::new(at(0)),
        workspace: account.workspace,
        number,
        author: MIA,
        author_name: "mia".into(),
        delivery: Delivery::Direct,
        account: account.id,
        video: video.id,
        video_sha256: video.sha256,
        caption: Caption::new("Friday latte, 100% oat_milk #coffee").unwrap(),
        choices: Choices { privacy: Some(Privacy::SelfOnly), comments: true, cover_millis: 1500, ..Choices::default() },
        due: Due::At(at(60)),
        zone: chrono_tz::Europe::Lisbon,
        creator: CreatorInfo {
            nickname: "Harbour Café ☕".into(),
            username: "harbour.cafe".into(),
            avatar_url: None,
            privacy_options: vec![Privacy::PublicToEveryone, Privacy::SelfOnly],
            comment_disabled: false,
            duet_disabled: true,
            stitch_disabled: true,
            max_duration_seconds: Some(600),
        },
        warnings: vec!["It has no sound.".into()],
        in_spite_of: Vec::new(),
        state,
        verdicts: Vec::new(),
        created_at: at(0),
        version: 0,
    }
}

pub(crate) fn verdict(post: &Post, by: MemberId, word: Word) -> Verdict {
    Verdict {
        id: VerdictId::new(at(1)),
        by,
        by_name: format!("reviewer {by}"),
        revision: post.revision(),
        word,
        as_manager: false,
        reacted: false,
        at: at(1),
    }
}

pub(crate) fn upload(publish_id: &str) -> Upload {
    Upload {
        publish_id: publish_id.into(),
        sealed_url: vec![0, 159, 146, 150],
        issued_at: at(60),
        size_bytes: 19_000_000,
        chunk_bytes: 5_242_880,
        chunk_count: 3,
    }
}

pub(crate) fn attempt(number: u32, stage: Stage) -> Attempt {
    Attempt { id: AttemptId::new(at(60)), number, started_at: at(60), stage }
}

/// A publication that was never kept, in that state.
pub(crate) fn publication(post: &Post, state: PublicationState) -> Publication {
    Publication { id: PublicationId::new(at(0)), state, ..Publication::of(post, at(0)) }
}
